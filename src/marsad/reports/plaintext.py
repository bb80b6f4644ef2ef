"""Plain text, and pages saved as text with their furniture.

Reads   the lines of a page, in order.
Writes  `PageText`: the story in paragraphs, and what stood around it.
Never   drops a sentence for where it stands in a plain article: a line goes only
        when its own form, or a heading above it, says that it is furniture.

A page has a head (menu, headline, byline, date, caption), the story, and a tail
(author box, newsletter, related links, comments). The story begins at the first
line of prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest

from marsad.records import Caption
from marsad.reports.bylines import read_byline
from marsad.reports.captions import read_caption
from marsad.reports.dates import find_date
from marsad.reports.furniture import (
    LineKind,
    classify_line,
    is_agency_name,
    is_prose,
    load_patterns,
    sounds_like_outlet,
    strip_edges,
)

# A date line holds little else: "Published: Dec. 26, 2024 10:30 GMT | 2 min read".
MAX_DATE_LINE_CHARS = 140
MAX_TITLE_CHARS = 260
# A headline has three words at least; a standfirst seven, and shares words with the story.
MIN_TITLE_WORDS, MAX_TITLE_WORDS = 3, 32
MIN_STANDFIRST_WORDS = 7
# After a box of links, the story goes on only if the next three lines are all prose.
RESUME_LINES = 3
# Lines wrapped by hand: half of the inner line ends come after 45 characters, in mid-sentence.
WRAP_MIN_CHARS, WRAP_MAX_CHARS, WRAP_SHARE = 45, 110, 0.5


@dataclass
class PageText:
    """What was read from the lines of a page."""

    paragraphs: list[str] = field(default_factory=list)
    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | date | None = None
    captions: list[Caption] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The story, paragraphs separated by an empty line."""
        return "\n\n".join(self.paragraphs)


@dataclass
class _Line:
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


def read_page(text: str, *, title: str | None = None) -> PageText:
    """Read a page given as text. `title` is the headline if it is known already."""
    raw = split_lines(text)
    lines = [_read_line(line, title) for line in raw]
    page = PageText(title=title)
    start = _find_start(lines)
    if page.title is None:
        page.title = _find_title(lines, start)
        if page.title is not None:
            lines = [_read_line(line, page.title) for line in raw]
            start = _find_start(lines)
    head, rest = lines[:start], lines[start:]
    body, tail = _read_body(rest, page)
    _read_head(head, page, body)
    page.paragraphs += body
    page.outlet = _find_outlet(lines, page)
    page.authors = _find_authors(head, tail)
    page.published = _find_published(head, tail, page.title)
    if not page.paragraphs:
        page.paragraphs = [
            line.text for line in lines if line.is_words and len(line.text.split()) >= 3
        ]
        if page.title in page.paragraphs and len(page.paragraphs) > 1:
            page.paragraphs.remove(page.title)
    return page


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
            parts = [re.sub(r"(?<=[^\W\d_])- (?=[^\W\d_])", "-", " ".join(parts))]
        lines += parts
    return lines


def _is_wrapped(blocks: list[str]) -> bool:
    inner = [line.rstrip() for block in blocks for line in block.split("\n")[:-1] if line.strip()]
    if len(inner) < 3:
        return False
    broken = sum(
        WRAP_MIN_CHARS <= len(line) <= WRAP_MAX_CHARS and line[-1] not in ".!?:\"”’'"
        for line in inner
    )
    return broken >= WRAP_SHARE * len(inner)


def _read_line(text: str, title: str | None) -> _Line:
    if (
        title is not None
        and len(title) >= 25
        and text.startswith(title)
        and len(text) > len(title) + 20
    ):
        following = text[len(title) :].lstrip(" :|-–—")
        if following[:1].isupper() or following[:1] in '“"':
            text = following  # headline and story glued together
    if title is not None and text.casefold() == title.casefold():
        return _Line(text, "furniture")
    caption = read_caption(text, title)
    if caption is not None:
        return _Line(text, "furniture", caption=caption)
    kind = classify_line(text)
    if kind in ("prose", "text"):
        found = (
            find_date(text) if len(text) <= MAX_DATE_LINE_CHARS and _is_date_line(text) else None
        )
        if found is not None:
            updated = (
                re.search(r"\b(?:updated?|modified)\b", text[: found.start], re.IGNORECASE)
                is not None
            )
            return _Line(
                text, "furniture", dated=found.value, updated=updated, authors=_byline_before(text)
            )
        authors = read_byline(text)
        if not authors and is_agency_name(text) and len(text) < 40:
            return _Line(text, "furniture", authors=(text.strip(" ()[].—–-"),))
        if authors:
            return _Line(text, "furniture", authors=authors)
        if (
            not is_prose(text)
            and re.fullmatch(r".{0,60}[|]\s*\w[\w ]{0,30}", text)
            and title
            and text.startswith(title)
        ):
            return _Line(text, "furniture")
        text = strip_edges(text)
    elif kind == "end":
        author = re.fullmatch(
            r"(?:profile (?:picture|image|photo) of|about)\s+(.{2,60})", text, re.IGNORECASE
        )
        return _Line(
            text,
            kind,
            authors=(author[1],)
            if author
            and author[1][0].isupper()
            and not author[1].casefold().startswith("the author")
            else (),
        )
    return _Line(text, kind)


_DATE_NOISE = re.compile(
    r"\b(?:published?|posted|updated?|last|modified|created|on|at|date|time|by|ist|gmt|utc|est|edt|pst|pdt|local"
    r"|min|minutes?|read|reading|views?|shares?|comments?|first|issued|release[d]?|a\.?m\.?|p\.?m\.?|(?:mon|tues?|wed(?:nes)?"
    r"|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b",
    re.IGNORECASE,
)


def _is_date_line(text: str) -> bool:
    """Whether the line is about its date: little is left when date, labels and byline are gone."""
    found = find_date(text)
    if found is None:
        return False
    left = text[: found.start] + " " + text[found.end :]
    words = re.findall(r"[^\W\d_]{2,}", _DATE_NOISE.sub(" ", left))
    return len(words) <= 6 and not re.search(r"[a-z]{3,}[.!?]$", text)


def _byline_before(text: str) -> tuple[str, ...]:
    """The names in "By Jane Doe | December 26, 2024"."""
    found = find_date(text)
    head = text[: found.start] if found else text
    head = re.sub(
        r"(?:published|posted|updated|last|on|at|[|•·,–—:-]|\s)+$", "", head, flags=re.IGNORECASE
    )
    return read_byline(head)


def _find_start(lines: list[_Line]) -> int:
    """The index of the first line of prose; the number of lines when there is none."""
    return next(
        (i for i, line in enumerate(lines) if line.kind == "prose" and line.is_words), len(lines)
    )


def _find_title(lines: list[_Line], start: int) -> str | None:
    """The headline among the lines before the story."""
    candidates = [
        (index, line.text)
        for index, line in enumerate(lines[:start])
        if line.is_words
        and MIN_TITLE_WORDS <= len(line.text.split()) <= MAX_TITLE_WORDS
        and len(line.text) <= MAX_TITLE_CHARS
    ]
    if not candidates or (start == len(lines) and len(candidates) < 2):
        return None
    story = _content_words(" ".join(line.text for line in lines[start : start + 6]))
    everything = " \n ".join(line.text.casefold() for line in lines)

    def score(item: tuple[int, str]) -> float:
        index, text = item
        words = _content_words(text)
        shared = len(words & story) / len(words) if words else 0.0
        repeated = min(everything.count(text.casefold()) - 1, 2)
        long_enough = len(text.split()) >= 5
        if not long_enough and sounds_like_outlet(text):
            return -1.0  # the outlet's name is repeated all over its page
        dated = any(line.dated or line.authors for line in lines[index + 1 : index + 5])
        # An earlier line wins a tie; a line three times as telling wins over its place.
        return 3 * shared + 2 * repeated + 1.5 * long_enough + 0.5 * dated - 0.02 * index

    best = max(candidates, key=score)[1]
    return re.sub(r"^#+\s*", "", _drop_outlet_suffix(best, lines))


def _drop_outlet_suffix(title: str, lines: list[_Line]) -> str:
    """'Headline | Outlet' is the headline."""
    match = re.match(r"(.{15,}?)\s+[|–—-]\s+([^|–—]{2,40})$", title)
    if match and (sounds_like_outlet(match[2]) or any(line.text == match[2] for line in lines)):
        return match[1]
    return title


def _content_words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W\d_]{4,}|\d+", text)}


def _read_body(lines: list[_Line], page: PageText) -> tuple[list[str], list[_Line]]:
    """The story's paragraphs from its first line on, and the lines that are not it."""
    body: list[str] = []
    tail: list[_Line] = []
    boxed = False
    prose_after = [0] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        prose_after[index] = prose_after[index + 1] + (lines[index].kind == "prose")
    prose_before = 0
    for index, line in enumerate(lines):
        if line.kind == "end" and prose_after[index] <= max(2, prose_before):
            tail += lines[index:]
            break
        if line.caption is not None:
            _add_caption(page, line.caption)
            continue
        if line.kind == "box":
            boxed = True
        if boxed and line.is_words:
            boxed = not _resumes(lines, index)
        if boxed or not line.is_words:
            tail.append(line)
            continue
        body.append(line.text)
        prose_before += line.kind == "prose"
    return _trim_tail(body, bool(tail or page.captions)), tail


def _resumes(lines: list[_Line], index: int) -> bool:
    following = [line for line in lines[index : index + 3 * RESUME_LINES] if line.is_words][
        :RESUME_LINES
    ]
    return all(line.kind == "prose" for line in following)


def _trim_tail(body: list[str], furnished: bool) -> list[str]:
    """Drop link titles and key words after the last sentence, on a page that has furniture."""
    last = max((index for index, text in enumerate(body) if is_prose(text)), default=-1)
    loose = body[last + 1 :]
    if last < 0 or not loose or not (furnished or len(loose) > 2):
        return body
    return body[: last + 1]


def _read_head(head: list[_Line], page: PageText, body: list[str]) -> None:
    """Captions and standfirst from above the story."""
    seen_title = page.title is None
    story = _content_words(" ".join(body[:5]))
    standfirst: list[str] = []
    for line, following in zip_longest(head, head[1:]):
        if line.caption is not None:
            if not line.caption.text and standfirst:
                # A credit alone under a line of the head: the line was the caption.
                _add_caption(page, Caption(text=standfirst.pop(), credit=line.caption.credit))
                continue
            _add_caption(page, line.caption)
        elif page.title is not None and line.text.casefold().startswith(page.title.casefold()):
            seen_title = True
        elif seen_title and line.is_words and len(line.text.split()) >= MIN_STANDFIRST_WORDS:
            credit_follows = (
                following is not None
                and following.caption is not None
                and not following.caption.text
            )
            if len(_content_words(line.text) & story) >= 2 or credit_follows:
                standfirst.append(line.text)
    page.paragraphs += standfirst


def _add_caption(page: PageText, caption: Caption) -> None:
    """Keep a caption once; a credit without words goes to the caption before it."""
    if not caption.text:
        if page.captions and page.captions[-1].credit is None:
            page.captions[-1] = page.captions[-1].model_copy(update={"credit": caption.credit})
        return
    if all(caption.text != other.text for other in page.captions):
        page.captions.append(caption)


def _find_authors(head: list[_Line], tail: list[_Line]) -> tuple[str, ...]:
    for group in (head, tail):
        named = [line for line in group if line.authors and line.kind != "end"]
        if named:
            labelled = [line for line in named if not is_agency_name(line.authors[0])]
            chosen = labelled or named
            names = [name for line in chosen for name in line.authors]
            return tuple(dict.fromkeys(names))
    return ()


def _find_published(
    head: list[_Line], tail: list[_Line], title: str | None
) -> datetime | date | None:
    """The publication date: nearest after the headline, not an update if there is a choice."""
    titled = next(
        (i for i, line in enumerate(head) if title and line.text.casefold() == title.casefold()), -1
    )
    after = [line for line in head[titled + 1 :] if line.dated]
    before = [line for line in head[: max(titled, 0)] if line.dated]
    boxed = next((i for i, line in enumerate(tail) if line.kind == "box"), len(tail))
    below = [line for line in tail[:boxed] if line.dated]
    for group in (after, before, below):
        first = next((line for line in group if not line.updated), group[0] if group else None)
        if first is not None:
            return first.dated
    return None


def _find_outlet(lines: list[_Line], page: PageText) -> str | None:
    """The outlet, when the page names it: a copyright line, or a repeated short name."""
    for line in lines:
        match = re.search(
            r"(?:©|\(c\)|copyright)\s*(?:©\s*|\(c\)\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?)\s*,?\s*(?:by\s+)?"
            r"([A-Z][\w&’'. -]{1,50}?)\s*(?:[.|,(]|-|–|\ball rights|$)",
            line.text,
            re.IGNORECASE,
        )
        if match and line.kind != "prose" and not re.match(r"(?i)all rights", match[1]):
            return match[1].strip(" .-")
    everything = [line.text.casefold() for line in lines]
    best: tuple[int, str] | None = None
    for line in lines:
        name = line.text.strip()
        if line.kind not in ("text", "section") or line.authors or not 1 <= len(name.split()) <= 5:
            continue
        if (
            name.casefold() in load_patterns().sections
            or not name[0].isupper()
            or name == page.title
        ):
            continue
        repeats = sum(name.casefold() in text for text in everything if len(text) < 120) - 1
        if sounds_like_outlet(name) and repeats >= 1 and (best is None or repeats > best[0]):
            best = (repeats, name)
    if best:
        return best[1]
    return _outlet_in_title_line(lines, page.title)


def _outlet_in_title_line(lines: list[_Line], title: str | None) -> str | None:
    """'Headline | Outlet' in a line of its own, as browsers title a page."""
    for line in lines[:6]:
        if title and line.text.startswith(title):
            match = re.fullmatch(r"\s*[|–—-]\s*([^|]{2,40})", line.text[len(title) :])
            if match:
                return match[1].strip()
    return None
