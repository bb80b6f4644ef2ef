"""The lines of a page saved as text, and what each is by its own form.

Reads   the text of a page.
Writes  `PageLine`s: caption, byline, date, heading of a box, furniture, or words.
Never   looks at the lines around: what follows from the order is `plaintext`'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from marsad.records import Caption
from marsad.reports.bylines import read_byline
from marsad.reports.captions import read_caption
from marsad.reports.dates import DateFound, find_date
from marsad.reports.furniture import (
    LineKind,
    classify_line,
    is_agency_name,
    is_prose,
    strip_edges,
)

# A date line holds little else: "Published: Dec. 26, 2024 10:30 GMT | 2 min read".
MAX_DATE_LINE_CHARS = 140
# Lines wrapped by hand: half of the inner line ends come after 45 characters, in mid-sentence.
WRAP_MIN_CHARS, WRAP_MAX_CHARS, WRAP_SHARE = 45, 110, 0.5
_GOES_ON = re.compile(r"(?!by\b|via\b|https?:|www\.)[a-zà-öø-ÿ]")
_UNFINISHED = re.compile(
    r"(?:,|\b(?:a|an|and|as|at|by|for|from|in|into|its|least|near|of|on|or|some|than|that|the|their|to"
    r"|was|were|which|who|with))$"
)


@dataclass
class PageLine:
    """A line and its reading. `dated` is a date the line is about, not one in a sentence."""

    text: str
    kind: LineKind
    caption: Caption | None = None
    authors: tuple[str, ...] = ()
    dated: datetime | date | None = None
    updated: bool = False

    @property
    def is_words(self) -> bool:
        """Whether the line may be headline, standfirst or story."""
        return self.kind in ("prose", "text") and not (self.caption or self.authors or self.dated)


def split_lines(text: str) -> list[str]:
    """The non-empty lines with white space squeezed; lines wrapped by hand are joined."""
    text = text.replace("\u200b", "").replace("\ufeff", "").replace("\xad", "")
    blocks = [block for block in re.split(r"\n[^\S\n]*\n\s*|\x0c|\u2029", text) if block.strip()]
    lines: list[str] = []
    wrapped = _is_wrapped(blocks)
    for block in blocks:
        parts = [" ".join(line.split()) for line in re.split(r"\n|\u2028", block)]
        parts = [part for part in parts if part]
        if wrapped and len(parts) > 1:
            parts = [_join(parts)]
        lines += _join_broken(parts)
    return lines


def _join(parts: list[str]) -> str:
    """Lines as one; a word divided at a line's end keeps its hyphen."""
    return re.sub(r"(?<=[^\W\d_])- (?=[^\W\d_])", "-", " ".join(parts))


def _join_broken(parts: list[str]) -> list[str]:
    """Lines of a block, those joined that break in mid-sentence beyond doubt.

    A short text has too few line ends to tell whether it is wrapped, and one sentence lost
    may be the one that counts.
    """
    lines: list[str] = []
    for part in parts:
        if (
            lines
            and len(lines[-1]) >= WRAP_MIN_CHARS
            and not re.search(r"[.!?:…|\"”’')\]]$", lines[-1])
            and (_GOES_ON.match(part) or _UNFINISHED.search(lines[-1]))
        ):
            lines[-1] = _join([lines[-1], part])
        else:
            lines.append(part)
    return lines


def drop_cut_off(lines: list[str]) -> list[str]:
    """Without lines that are the cut-off beginning of the line after next ("... by al-Sha...")."""
    kept = []
    for index, line in enumerate(lines):
        stem = re.sub(r"\s*(?:\.{3}|…)$", "", line)
        cut = stem != line and len(stem) >= 30
        if not (cut and any(later.startswith(stem) for later in lines[index + 1 : index + 4])):
            kept.append(line)
    return kept


def _is_wrapped(blocks: list[str]) -> bool:
    inner = [line.rstrip() for block in blocks for line in block.split("\n")[:-1] if line.strip()]
    if len(inner) < 3:
        return False
    broken = sum(
        WRAP_MIN_CHARS <= len(line) <= WRAP_MAX_CHARS and line[-1] not in ".!?:\"”’'"
        for line in inner
    )
    return broken >= WRAP_SHARE * len(inner)


def read_line(text: str, title: str | None) -> PageLine:
    """What one line is by its own form. `title` is the headline, once it is known."""
    if title is not None:
        text = _drop_glued_title(text, title)
        if text.casefold() == title.casefold() or _is_browser_title(text, title):
            return PageLine(text, "furniture")
    caption = read_caption(text, title)
    if caption is not None:
        return PageLine(text, "furniture", caption=caption)
    kind = classify_line(text)
    if kind not in ("prose", "text"):
        return PageLine(text, kind)
    dated = _read_date_line(text) or _read_author_line(text)
    if dated is not None:
        return dated
    text = strip_edges(text)
    return PageLine(text, "prose" if is_prose(text) else kind)


def _drop_glued_title(text: str, title: str) -> str:
    """'HeadlineThe story ...' without the headline; any other line as it is."""
    if len(title) < 25 or len(text) <= len(title) + 20 or not text.startswith(title):
        return text
    following = text[len(title) :].lstrip(" :|-–—")
    return following if re.match(r"[A-ZÀ-Þ“\"]", following) else text


def _is_browser_title(text: str, title: str) -> bool:
    """'Headline | Outlet', as browsers title a page."""
    return (
        text.startswith(title)
        and re.fullmatch(r"\s*[|–—-]\s*\w[\w ]{0,30}", text[len(title) :]) is not None
    )


def _read_date_line(text: str) -> PageLine | None:
    found = find_date(text) if len(text) <= MAX_DATE_LINE_CHARS else None
    if found is None or not _is_date_line(text, found):
        return None
    updated = re.search(r"\b(?:updated?|modified)\b", text[: found.start], re.IGNORECASE)
    authors = _byline_before(text[: found.start])
    return PageLine(text, "furniture", dated=found.value, updated=bool(updated), authors=authors)


def _read_author_line(text: str) -> PageLine | None:
    authors = read_byline(text)
    agency = re.split(r"\s*[/|]\s*(?=[A-Z][a-z]+)", text)[0].strip(" ()[].—–-")
    if not authors and len(text) < 40 and is_agency_name(agency):
        authors = (agency,)  # "AFP", "AFP/Beirut"
    return PageLine(text, "furniture", authors=authors) if authors else None


_DATE_NOISE = re.compile(
    r"\b(?:published?|posted|updated?|last|modified|created|on|at|date|time|by|in|the|and|of|to|ist"
    r"|gmt|utc|est|edt|pst|pdt|local|min|minutes?|read|reading|views?|shares?|comments?|first"
    r"|issued|released?|a\.?m\.?|p\.?m\.?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b",
    re.IGNORECASE,
)


def _is_date_line(text: str, found: DateFound) -> bool:
    """Whether the line is about its date: without it and its labels only names are left."""
    left = text[: found.start] + " " + text[found.end :]
    words = re.findall(r"[^\W\d_]{2,}", _DATE_NOISE.sub(" ", left))
    most = 2 if text.endswith((".", "!", "?")) else 6
    return len(words) <= most and all(word[0].isupper() for word in words)


def _byline_before(head: str) -> tuple[str, ...]:
    """The names in "By Jane Doe | December 26, 2024", given what stands before the date."""
    label = r"(?:published|posted|updated|last|on|at|[|•·,–—:-]|\s)+$"
    return read_byline(re.sub(label, "", head, flags=re.IGNORECASE))
