"""Times: find and date the time expressions of a report.

Reads   tokens, sentence starts, the parse where there is one, doc._.report["published"].
Writes  doc._.times: a TimeMention for each expression that can be dated.
Never   takes the publication date for an event's date.

Relative words count from the publication day, or from the date of a dateline that opens the text
("SANTIAGO, 20 MAR 89 --") when that is at most a week older. Without either, only full dates are
resolved. Roles: "event" may date an event ("overnight" is an interval of two days, the night's, of
precision "day"); "background" ended more than a month before
publication, or is a running period or a bare year; "deadline" lies ahead or is a limit ("by
Friday"); "publication" is the page's or dateline's own date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from spacy.attrs import LOWER, SENT_START, SHAPE  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokens import Doc

from marsad.coding.extensions import put_mentions
from marsad.coding.mentions import TimeMention
from marsad.coding.times import calendar as cal
from marsad.coding.times.expressions import BACKGROUND_DAYS, Frame, Resolved, resolve
from marsad.coding.times.hosts import host_class, tense_of
from marsad.coding.times.patterns import Expression, anchor_kinds, find_expressions
from marsad.coding.times.publication import common_year, published_day
from marsad.coding.times.sequence import (
    AFTER_END,
    BESIDE,
    brings_in,
    day_beside,
    ends_in_after,
    is_moment,
    needs_told,
    sequence_words,
)
from marsad.coding.times.words import TimeRole

# A dateline stands in the first line or two; its date may be some days before publication.
DATELINE_CHARS = 200
DATELINE_DAYS = 7
# "the 7 October attacks": a date that has become a name is background sooner than a plain one.
NAME_DAYS = 14
# "since Monday" still dates an event that goes on; "since October" a war.
SINCE_DAYS = 14
# Longer sentences are lists or broken text; they are searched in pieces of this many tokens.
MAX_SENTENCE = 400

_SHAPES = ("dddd", "dddd-dd-dd", "dd/dd/dddd", "d/dd/dddd", "dd/d/dddd", "dd.dd.dddd", "d.dd.dddd",
           "dd.d.dddd", "dddd-dddd", "dddd–dddd", "dddd/dd", "ddddx")  # fmt: skip
_SINCE = re.compile(
    r"\b(?:since|ever since)\s+(?:the\s+)?(?:early\s+|late\s+|last\s+|at\s+least\s+)?$", re.I
)
_WHEN = re.compile(r"\s*,?\s+when\b", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?:until|till|by|before|no later than|up to|pending|ahead of|prior to|deadline of)\s+"
    r"(?:the\s+)?(?:end of\s+)?(?:early\s+|late\s+)?$",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\bas of\s+(?:early\s+|late\s+)?$", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:published|updated|posted|modified|created|printed|released at)\b[^.!?]{0,30}$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^\s*(?:\(|--|—|–|-\s|\[|/|:)")
_OWNS = re.compile(r"^['’]s?\s")
_RANGE = re.compile(
    r"^\s*(?:to|until|till|through|into|-|–|—)\s*(?:the\s+)?(?:early\s+|late\s+)?$", re.IGNORECASE
)
_AND = re.compile(r"^\s*(?:and|or|&|/)\s*(?:on\s+|early\s+|late\s+)*$", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\b(?:between|from)\s+(?:the\s+)?(?:early\s+|late\s+)?(?:on\s+)?$", re.IGNORECASE
)
_EVENT_NOUN = re.compile(
    r"^\s+(?:\w+\s+)?(?:attacks?|massacres?|assaults?|bombings?|raids?|riots?|coup|uprising|protests?|"
    r"invasion|killings?|shootings?|earthquake|elections?|revolution|crackdown|agreement|accords?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Reading:
    """An expression with its days, in characters of the whole text."""

    start: int
    end: int
    kind: str
    expression: Expression
    days: Resolved
    role: TimeRole


@Language.factory("marsad_times", assigns=["doc._.times"])
def make_times(nlp: Language, name: str) -> TimeFinder:
    """The time finder as a pipeline component."""
    return TimeFinder()


class TimeFinder:
    """Callable component around `find_times`."""

    def __call__(self, doc: Doc) -> Doc:
        """Set doc._.times and return the doc."""
        times = find_times(doc)
        put_mentions(doc, "times", times, [time["role"] for time in times])
        return doc


def find_times(doc: Doc) -> list[TimeMention]:
    """The dated time expressions of `doc`, in text order, none overlapping."""
    whole = doc.text  # built anew at each look, so looked at once
    anchor = published_day(doc)
    year = common_year(whole) if anchor is None else None
    frame = Frame(anchor=anchor, told=None, year=year, tense=None)
    readings: list[_Reading] = []
    for start, end, kinds in _sentences_with_times(doc):
        low = doc[start].idx
        high = doc[end - 1].idx + len(doc[end - 1])
        text = whole[low:high]
        expressions = find_expressions(text, kinds)
        if not expressions:
            continue
        if low < DATELINE_CHARS:
            frame = _with_dateline(frame, text, low, expressions)
        found, frame = _read_sentence(doc, text, low, expressions, frame)
        readings.extend(found)
    return list(_mentions(doc, readings))


@cache
def _anchor_ids() -> dict[int, str]:
    """Hashes of the words and shapes that call for a search, with the kind of pattern."""
    ids = {get_string_id(word): kind for word, kind in anchor_kinds().items()}
    return ids | {get_string_id(shape): "year" for shape in _SHAPES}


def _sentences_with_times(doc: Doc) -> Iterator[tuple[int, int, set[str]]]:
    """[start, end) and the kinds of time words of each sentence that has any."""
    ids = _anchor_ids()
    start, kinds = 0, set[str]()
    for index, (lower, shape, opens) in enumerate(
        doc.to_array([LOWER, SHAPE, SENT_START]).tolist()
    ):
        if (opens == 1 or index - start >= MAX_SENTENCE) and index > start:
            if kinds:
                yield start, index, kinds
            start, kinds = index, set()
        if lower in ids:
            kinds.add(ids[lower])
        elif shape in ids:
            kinds.add(ids[shape])
    if kinds:
        yield start, len(doc), kinds


def _with_dateline(frame: Frame, text: str, low: int, expressions: list[Expression]) -> Frame:
    """The frame anchored on a dateline's date, when the text opens with one."""
    for expression in expressions:
        if expression.kind != "date" or low + expression.start > DATELINE_CHARS:
            continue
        if _DATELINE.match(text[expression.end :]) is None or not _opens_text(
            text[: expression.start]
        ):
            continue
        days = resolve(expression, frame)
        if days is None:
            continue
        if frame.anchor is None or 0 <= (frame.anchor - days.first).days <= DATELINE_DAYS:
            return replace(frame, anchor=days.first)
    return frame


def _opens_text(before: str) -> bool:
    """Only a place and an agency may stand before a dateline's date."""
    return len(before.split()) <= 8 and not re.search(
        r"[.!?]\s|\b(?:on|the|since|was|were)\b", before
    )


def _read_sentence(
    doc: Doc, text: str, low: int, expressions: list[Expression], frame: Frame
) -> tuple[list[_Reading], Frame]:
    """The readings of one sentence, and the frame for the next."""
    found: list[_Reading] = []
    own_days: list[tuple[int, date]] = []
    # Of these, the days of events, not of what was done about them.
    event_days: list[tuple[int, date]] = []
    waiting: list[Expression] = []
    for expression in expressions:
        if needs_told(expression):
            waiting.append(expression)
            continue
        reading = _read(doc, text, low, expression, frame)
        if reading is None:
            continue
        found.append(reading)
        host = _told_by(doc, reading)
        if host != "say":
            own_days.append((reading.start, reading.days.last))
            if host != "follow":
                event_days.append((reading.start, reading.days.last))
        if frame.anchor is None:
            frame = replace(frame, year=reading.days.last)
    for expression in waiting:
        days = event_days if is_moment(expression) else own_days
        before = [day for start, day in days if start < low + expression.start]
        behind = [day for start, day in days if start > low + expression.start]
        # "two days after they fired on Sunday": Sunday is the other event's.
        others = behind[:1] if ends_in_after(expression) and not before else []
        told = next(iter(others or before[-1:] or behind[-1:]), frame.told)
        ends = [(reading.end - low, reading.days.first) for reading in found]
        beside = day_beside(text, expression, ends)
        told, days = (told, days) if beside is None else (beside, [(low, beside)])
        reading = _read_told(
            doc, text, low, expression, replace(frame, told=told), None if others else bool(days)
        )
        if reading is not None:
            found.append(reading)
            if not own_days and reading.days.first == reading.days.last:
                own_days.append((reading.start, reading.days.last))
                event_days.append((reading.start, reading.days.last))
    found.sort(key=lambda reading: reading.start)
    if event_days:
        frame = replace(frame, told=event_days[-1][1])
    return _join(text, low, found, frame), frame


def _read_told(
    doc: Doc, text: str, low: int, expression: Expression, frame: Frame, has_own: bool | None
) -> _Reading | None:
    """A time that counts from the event told last ("a day after", "two hours later").

    "The strike came a day after a raid": what follows "after" is the earlier event, and the
    time is its own. "Two days after the raid, soldiers burned huts": the time is the later
    event's, so the mention leaves "after" out. `has_own`: the sentence gives the later event's
    day; None: it gives the earlier one's.
    """
    later = has_own is None
    inverse = ends_in_after(expression) and not later
    inverse = inverse and bool(has_own or brings_in(text, expression))
    reading = _read(doc, text, low, expression, replace(frame, inverse=inverse))
    if (
        not later
        and reading is not None
        and reading.role == "deadline"
        and frame.anchor is not None
    ):
        # "three days after they fired" cannot lie ahead: what was told last is the later day.
        inverse = True
        reading = _read(doc, text, low, expression, replace(frame, inverse=True))
    if reading is None or inverse or not ends_in_after(expression):
        return reading
    return replace(reading, end=reading.end - len(AFTER_END.search(sequence_words(expression))[0]))  # type: ignore[index]  # it ends so


def _told_by(doc: Doc, reading: _Reading) -> str | None:
    """What the reading hangs on, "say" also where it does not move the story's clock."""
    if reading.role != "event" or (reading.days.last - reading.days.first).days > 1:
        return "say"
    span = doc.char_span(reading.start, reading.end, alignment_mode="expand")
    return "say" if span is None else host_class(doc, span.start, span.end)


def _read(doc: Doc, text: str, low: int, expression: Expression, frame: Frame) -> _Reading | None:
    start, end = low + expression.start, low + expression.end
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return None
    before = text[: expression.start]
    tense = tense_of(doc, span.start, span.end, before)
    days = resolve(expression, replace(frame, tense=tense))
    if days is None:
        return None
    days, role = _place_in_time(days, text, expression, frame)
    return _Reading(start, end, expression.kind, expression, days, role)


def _place_in_time(
    days: Resolved, text: str, expression: Expression, frame: Frame
) -> tuple[Resolved, TimeRole]:
    """The role of the days, by the words around and the distance from publication."""
    before, after = text[: expression.start], text[expression.end :]
    anchor = frame.anchor
    words = expression.parts.get("before", "").lower()
    owns = _OWNS.match(after) is not None
    if _PUBLISHED.search(before):
        return days, "publication"
    dated = expression.kind in {"date", "iso", "numeric"} and days.first == days.last == anchor
    if dated and _is_own_date(text, before, after):
        return days, "publication"
    if (
        words == "since"
        or _SINCE.search(before)
        or text[expression.start :][:6].lower() == "since "
    ):
        # "since Sunday, when shots were fired": what is told of is Sunday's.
        since = None if _WHEN.match(after) else anchor
        last = max(days.first, since) if since else days.last
        near = anchor is not None and (anchor - days.first).days <= SINCE_DAYS
        ongoing = days.role in {None, "event"}
        return replace(days, last=last), "event" if near and ongoing else "background"
    limit = words in {"until", "till", "by", "before"} or _LIMIT.search(before) is not None
    if limit and not owns:
        return days, "deadline"
    if _AS_OF.search(before):
        return days, "publication"
    if anchor is None and expression.kind == "year" and frame.year is not None:
        return days, "event" if days.last >= frame.year else "background"
    if days.role is not None:
        return days, days.role
    if anchor is None:
        return days, "event"
    if days.first > cal.shift(anchor, 1):
        return days, "deadline"
    gap = (anchor - days.last).days
    named = expression.kind == "date" and _EVENT_NOUN.match(after) is not None
    if gap > BACKGROUND_DAYS or (named and gap > NAME_DAYS):
        return days, "background"
    return days, "event"


def _is_own_date(text: str, before: str, after: str) -> bool:
    """A line of its own, or a dateline: the date of the page and not of an event."""
    alone = len(text.split()) <= 12 and not re.search(r"\b(?:on|in|at|since|of)\s*$", before)
    return alone or (_DATELINE.match(after) is not None and _opens_text(before))


def _join(text: str, low: int, readings: list[_Reading], frame: Frame) -> list[_Reading]:
    """Put together what is one time: "Monday, Jan. 16", "from Friday to Sunday"."""
    joined: list[_Reading] = []
    for reading in readings:
        if joined:
            gap = text[joined[-1].end - low : reading.start - low]
            both = _one_day(joined[-1], reading, gap, text, frame) or _one_range(
                joined[-1], reading, gap, text[: joined[-1].start - low]
            )
            if both is not None:
                joined[-1] = both
                continue
        joined.append(reading)
    return joined


def _one_day(a: _Reading, b: _Reading, gap: str, text: str, frame: Frame) -> _Reading | None:
    """A weekday beside a date: the date holds, and the weekday chooses its year."""
    if BESIDE.match(gap) is None:
        return None
    if a.kind in {"ago", "phrase"} and b.kind == "date" and "," in gap:
        return replace(b, start=a.start)  # "a week ago, on 29 June"
    kinds = {a.kind, b.kind}
    if "weekday" not in kinds or not kinds & {"date", "iso", "numeric"}:
        return None
    named, dated = (a, b) if a.kind == "weekday" else (b, a)
    days, role = dated.days, dated.role
    parts = dated.expression.parts
    if frame.anchor and dated.kind == "date" and not {"y", "yy", "d2"} & parts.keys():
        day = cal.nearest_year(
            frame.anchor, days.first.month, days.first.day, named.days.weekday, None
        )
        if day is not None and day != days.first:
            days, role = _place_in_time(Resolved(day, day), text, dated.expression, frame)
    return replace(dated, start=a.start, end=b.end, days=days, role=role)


def _one_range(a: _Reading, b: _Reading, gap: str, before: str) -> _Reading | None:
    """Two days joined by "to", "into", "and": one interval."""
    spans = _RANGE.match(gap) is not None
    listed = _AND.match(gap) is not None
    if not (spans or listed) or "publication" in {a.role, b.role}:
        return None
    spans = spans or _BETWEEN.search(before) is not None
    first, last = a.days.first, b.days.last
    if first > last and spans and a.days.weekday is not None:
        first = cal.latest_weekday(last, a.days.weekday, before=True)
    if first > last or (listed and not spans and (last - first).days > BACKGROUND_DAYS):
        return None
    role = (
        a.role if a.role == b.role else ("deadline" if "deadline" in {a.role, b.role} else a.role)
    )
    return replace(a, end=b.end, kind="range", days=Resolved(first, last), role=role)


def _mentions(doc: Doc, readings: list[_Reading]) -> Iterator[TimeMention]:
    """The readings as mentions, on whole tokens, none sharing a token."""
    at = 0
    for reading in readings:
        span = doc.char_span(reading.start, reading.end, alignment_mode="expand")
        if span is None or span.start < at or span.end <= span.start:
            continue
        at = span.end
        first, last = reading.days.first, reading.days.last
        yield TimeMention(
            start=span.start,
            end=span.end,
            first=first.isoformat(),
            last=last.isoformat(),
            precision=cal.precision_of(first, last),
            role=reading.role,
        )
