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
from marsad.reports.bylines import split_names
from marsad.reports.furniture import is_agency_name, is_prose, load_patterns, sounds_like_outlet
from marsad.reports.pagelines import PageLine, drop_cut_off, read_line, split_lines

MAX_TITLE_CHARS = 260
# A headline has three words at least; a standfirst seven, and shares words with the story.
MIN_TITLE_WORDS, MAX_TITLE_WORDS = 3, 32
MIN_STANDFIRST_WORDS = 7
# A menu before the headline may be long, but not longer than this.
MAX_HEAD_LINES = 150
# After a box of links, the story goes on only if the next three lines are all prose.
RESUME_LINES = 3
# A teaser is one sentence; a paragraph this long is the story.
LONG_PARAGRAPH_CHARS = 140


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


def read_page(text: str, *, title: str | None = None) -> PageText:
    """Read a page given as text. `title` is the headline if it is known already."""
    raw = split_lines(text)
    raw = drop_cut_off(raw)
    lines = [read_line(line, title) for line in raw]
    page = PageText(title=title)
    start = _find_start(lines)
    if page.title is None:
        page.title = _find_title(lines, start)
        if page.title is not None:
            lines = [read_line(line, page.title) for line in raw]
            start = _find_start(lines)
    head, rest = lines[:start], lines[start:]
    body, tail = _read_body(rest, page)
    _read_head(head, page, body)
    page.paragraphs += body
    page.outlet = _find_outlet(lines, page)
    page.authors = _find_authors(head, tail)
    page.published = _find_published(head, tail, page.title)
    if not page.paragraphs:
        _take_what_there_is(page, lines)
    return page


def _take_what_there_is(page: PageText, lines: list[PageLine]) -> None:
    """A text without a sentence: its wordy lines, or what was taken for a caption."""
    wordy = [line.text for line in lines if line.is_words and len(line.text.split()) >= 3]
    if not wordy:
        wordy = [line.text for line in lines if line.caption is not None and line.caption.text]
        page.captions = []
    if page.title in wordy and len(wordy) > 1:
        wordy.remove(page.title)
    page.paragraphs = wordy


def _find_start(lines: list[PageLine]) -> int:
    """The index of the first line of prose; the number of lines when there is none."""
    return next(
        (i for i, line in enumerate(lines) if line.kind == "prose" and line.is_words), len(lines)
    )


def _find_title(lines: list[PageLine], start: int) -> str | None:
    """The headline among the lines before the story."""
    earliest = max(0, start - MAX_HEAD_LINES)
    candidates = [
        (index, line.text)
        for index, line in enumerate(lines[earliest:start], earliest)
        if line.is_words
        and not re.match(r"[-•·*]\s", line.text)
        and MIN_TITLE_WORDS <= len(line.text.split()) <= MAX_TITLE_WORDS
        and len(line.text) <= MAX_TITLE_CHARS
    ]
    if not candidates or (start == len(lines) and len(candidates) < 2):
        return None
    story = _content_words(" ".join(line.text for line in lines[start : start + 6]))
    everything = " \n ".join(line.text.casefold() for line in lines[: start + MAX_HEAD_LINES])

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


def _drop_outlet_suffix(title: str, lines: list[PageLine]) -> str:
    """'Headline | Outlet' is the headline."""
    match = re.match(r"(.{15,}?)\s+[|–—-]\s+([^|–—]{2,40})$", title)
    if match and (sounds_like_outlet(match[2]) or any(line.text == match[2] for line in lines)):
        return match[1]
    return title


def _content_words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W\d_]{4,}|\d+", text)}


def _read_body(lines: list[PageLine], page: PageText) -> tuple[list[str], list[PageLine]]:
    """The story's paragraphs from its first line on, and the lines that are not it."""
    body: list[str] = []
    tail: list[PageLine] = []
    boxed = False
    prose_after = [0] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        prose_after[index] = prose_after[index + 1] + (lines[index].kind == "prose")
    prose_before = 0
    teasers = 0  # prose seen in the present box
    for index, line in enumerate(lines):
        if line.kind == "end" and prose_after[index] <= max(2, prose_before):
            tail += lines[index:]
            break
        if line.caption is not None:
            _add_caption(page, line.caption)
            continue
        if line.kind == "box":
            boxed, teasers = True, 0
        if boxed and line.is_words:
            boxed = not _resumes(lines, index, teasers)
            teasers += line.kind == "prose"
        if boxed or not line.is_words:
            tail.append(line)
            continue
        body.append(re.sub(r"^[•·*-]\s+", "", line.text))
        prose_before += line.kind == "prose"
    return _trim_tail(body, bool(tail or page.captions)), tail


def _resumes(lines: list[PageLine], index: int, teasers: int) -> bool:
    """Whether the story goes on at `index`, inside a box of links.

    It does where prose follows prose; a teaser stands between headlines. A last
    single paragraph counts if the box had no teasers.
    """
    following: list[PageLine] = []
    for line in lines[index:]:
        if line.kind in ("box", "end") or len(following) == RESUME_LINES:
            break
        if line.is_words:
            following.append(line)
    if following and not teasers and len(following[0].text) >= LONG_PARAGRAPH_CHARS:
        return following[0].kind == "prose"
    needed = 2 if teasers else 1
    return len(following) >= needed and all(line.kind == "prose" for line in following)


def _trim_tail(body: list[str], furnished: bool) -> list[str]:
    """Drop link titles and key words after the last sentence, on a page that has furniture."""
    last = max((index for index, text in enumerate(body) if is_prose(text)), default=-1)
    loose = body[last + 1 :]
    if last < 0 or not loose or not (furnished or len(loose) > 2):
        return body
    return body[: last + 1]


def _read_head(head: list[PageLine], page: PageText, body: list[str]) -> None:
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
                standfirst.append(re.sub(r"^[•·*-]\s+", "", line.text))
    page.paragraphs += standfirst


def _add_caption(page: PageText, caption: Caption) -> None:
    """Keep a caption once; a credit without words goes to the caption before it."""
    if not caption.text:
        if page.captions and page.captions[-1].credit is None:
            page.captions[-1] = page.captions[-1].model_copy(update={"credit": caption.credit})
        return
    if all(caption.text != other.text for other in page.captions):
        page.captions.append(caption)


def _find_authors(head: list[PageLine], tail: list[PageLine]) -> tuple[str, ...]:
    for group in (head, tail):
        named = [line for line in group if line.authors]
        if named:
            labelled = [line for line in named if not is_agency_name(line.authors[0])]
            chosen = labelled or named
            names = [name for line in chosen for name in line.authors]
            return tuple(dict.fromkeys(names))
    return _unlabelled_author(head)


def _unlabelled_author(head: list[PageLine]) -> tuple[str, ...]:
    """A name alone on the line before or after the date."""
    for index, line in enumerate(head):
        if line.dated is None:
            continue
        for near in head[max(0, index - 1) : index + 2]:
            name = near.text
            if (
                near.kind == "text"
                and not near.dated
                and re.fullmatch(
                    r"(?:[A-ZÀ-Þ][\w.'’-]+\s+(?:al-|el-|bin |de |van )?){1,3}[A-ZÀ-Þ][\w'’-]+", name
                )
                and not sounds_like_outlet(name)
            ):
                return split_names(name)
    return ()


def _find_published(
    head: list[PageLine], tail: list[PageLine], title: str | None
) -> datetime | date | None:
    """The publication date: nearest after the headline, not an update if there is a choice."""
    titled = next(
        (i for i, line in enumerate(head) if title and line.text.casefold() == title.casefold()), -1
    )
    after = [line for line in head[titled + 1 :] if line.dated]
    before = [line for line in head[: max(titled, 0)] if line.dated]
    boxed = next((i for i, line in enumerate(tail) if line.kind == "box"), len(tail))
    below = [line for line in tail[:boxed] if line.dated]
    if len(below) > 1 or not all(isinstance(line.dated, datetime) for line in below):
        below = []  # the dates of other stories
    for group in (after, before, below):
        first = next((line for line in group if not line.updated), group[0] if group else None)
        if first is not None:
            return first.dated
    return None


def _find_outlet(lines: list[PageLine], page: PageText) -> str | None:
    """The outlet, when the page names it: a copyright line, or a repeated short name."""
    if len(lines) > 2 * MAX_HEAD_LINES:
        lines = lines[:MAX_HEAD_LINES] + lines[-MAX_HEAD_LINES:]
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
    opening = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", lines[0].text) if lines else ""
    named = not opening.casefold().startswith("the ") and sounds_like_outlet(opening)
    if (
        named
        and len(opening.split()) <= 4
        and lines[0].kind == "text"
        and lines[0].text != page.title
    ):
        return lines[0].text  # the masthead
    return _outlet_in_title_line(lines, page.title)


def _outlet_in_title_line(lines: list[PageLine], title: str | None) -> str | None:
    """'Headline | Outlet' in a line of its own, as browsers title a page."""
    for line in lines[:6]:
        if title and line.text.startswith(title):
            match = re.fullmatch(r"\s*[|–—-]\s*([^|]{2,40})", line.text[len(title) :])
            if match:
                return match[1].strip()
    return None
