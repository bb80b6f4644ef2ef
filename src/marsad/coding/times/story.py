"""Story time: the time of the account around an event that is told without one.

Reads   doc._.times, the parse where there is one, sentence starts.
Writes  nothing.
Never   looks at the event's own sentence.
"""

from __future__ import annotations

import math
from bisect import bisect_left

from spacy.tokens import Doc

from marsad.coding.asides import aside_at
from marsad.coding.mentions import TimeMention, Toponym, Trigger
from marsad.coding.once import mentions_within, once
from marsad.coding.parse import is_parsed
from marsad.coding.sentences import sentence_bounds
from marsad.coding.times.hosts import chain_of, host_class, load_hosts

# How many sentences back and ahead the story's time is looked for. Local news often dates the
# event two or three sentences after the lead.
BACK_SENTENCES = 8
AHEAD_SENTENCES = 8
# The first times of a text are its lead's.
LEAD_TIMES = 3
LEAD_SENTENCES = 2
OLD = 3
# Some 40 km and more: neighbouring towns share their news, other districts do not.
APART_DEGREES = 0.4
FINE = frozenset({"day", "week"})
# What is done about an event does not date it.
RESPONSES = frozenset(
    {"arrest", "agreement", "movement", "weapons-seizure", "restriction", "other"}
)


def story_time_of(doc: Doc, trigger: Trigger, start: int, end: int) -> int | None:
    """The time of the story around: the nearest before, the lead's, else the next one.

    A time that stands on an event counts before one that stands on anything else.
    """
    times: list[TimeMention] = doc._.times
    kind = trigger["event_type"]
    triggers: list[Trigger] = doc._.triggers
    events = once(
        doc,
        f"heads of {kind}",
        triggers,
        lambda: {
            other["head"]
            for other in triggers
            if other["event_type"] == kind or other["event_type"] not in RESPONSES
        },
    )
    first = bisect_left(times, start, key=lambda time: time["start"])
    after = bisect_left(times, end, key=lambda time: time["start"])
    low = sentences_away(doc, start, -BACK_SENTENCES)
    high = sentences_away(doc, end, AHEAD_SENTENCES)
    grades: dict[int, int] = {
        index: _story_grade(doc, times[index], events)
        for index in (
            *range(min(LEAD_TIMES, len(times))),
            *range(bisect_left(times, low, key=lambda time: time["start"]), first),
            *range(after, bisect_left(times, high, key=lambda time: time["start"])),
        )
    }
    before = [index for index in sorted(grades, reverse=True) if index < first]
    ahead = [
        index
        for index in sorted(grades)
        if index >= after and not _is_elsewhere(doc, times[index]["start"], start, end)
    ]
    near = [index for index in before if times[index]["start"] >= low]
    order = (2, OLD, 1) if _is_court_story(doc, start, end) else (2, 1)
    for grade in order:
        # "In August he had pointed a gun at roofers": news keeps its clock by days.
        for fine in (True, False):
            for indices in (near, before[::-1], ahead):
                for index in indices:
                    if grades[index] == grade and (times[index]["precision"] in FINE) == fine:
                        return index
    return None


def _is_elsewhere(doc: Doc, index: int, start: int, end: int) -> bool:
    """Whether the sentence of token `index` speaks of other places than doc[start:end] does.

    "Three were beheaded in one district. Last week three were in another": its time is not that
    of the event told before. Every place of the one must lie far from every one of the other.
    """
    here = _locations(doc, start, end)
    there = _locations(doc, *sentence_bounds(doc, index)) if here else []
    return bool(here and there) and all(_are_apart(a, b) for a in here for b in there)


def _locations(doc: Doc, start: int, end: int) -> list[Toponym]:
    """The places that doc[start:end] names; countries only where it names nothing finer."""
    toponyms: list[Toponym] = doc._.toponyms
    found = [
        toponyms[i]
        for i in mentions_within(doc, "toponyms", start, end)
        if toponyms[i]["role"] == "location"
    ]
    return [place for place in found if place["precision"] != "country"] or found


def _are_apart(a: Toponym, b: Toponym) -> bool:
    if a["country"] != b["country"]:
        return a["country"] is not None and b["country"] is not None
    if "country" in {a["precision"], b["precision"]}:
        return False
    if a["admin1"] and b["admin1"] and a["admin1"] != b["admin1"]:
        return True
    if "province" in {a["precision"], b["precision"]}:
        return False
    points = (a["latitude"], a["longitude"], b["latitude"], b["longitude"])
    if any(point is None for point in points):
        return False
    degrees = math.hypot(points[0] - points[2], points[1] - points[3])  # type: ignore[operator]
    return degrees > APART_DEGREES


def _is_court_story(doc: Doc, start: int, end: int) -> bool:
    """Whether the lead or this sentence speaks of courts or remembrance."""
    words = load_hosts()["court"]
    lead = sentences_away(doc, 0, LEAD_SENTENCES)
    return any(doc[i].lower_ in words for i in (*range(lead), *range(start, end)))


def sentences_away(doc: Doc, index: int, count: int) -> int:
    """The token `count` sentences before (negative) or after the sentence edge `index`."""
    step = -1 if count < 0 else 1
    for _ in range(abs(count)):
        if not 0 <= index + min(step, 0) < len(doc):
            break
        low, high = sentence_bounds(doc, index - 1 if step < 0 else index)
        index = low if step < 0 else high
    return index


def _story_grade(doc: Doc, mention: TimeMention, events: set[int]) -> int:
    """2: a time on an event; OLD: a past date on one; 1: on something else; 0: not of the story."""
    if mention["role"] not in {"event", "background"}:
        return 0
    aside = aside_at(doc, mention["start"])
    if aside is not None and aside.dated:
        return 0
    old = mention["role"] == "background"
    if old and mention["precision"] not in {"day", "week", "month"}:
        return 0
    low, high = mention["start"], mention["end"]
    chain = chain_of(doc, low, high) if is_parsed(doc[low]) else []
    if any(token.i in events for token in chain):
        return OLD if old else 2
    if chain and chain[-1].pos_ in {"VERB", "AUX"} and chain[-1].lower_ not in load_hosts()["say"]:
        verb = chain[-1]
        held = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass", "dobj"}]
        if any(child.i in events for child in held):
            if verb.lower_ in load_hosts()["follow"]:
                return 0
            return OLD if old else 2
    return 1 if not old and host_class(doc, low, high) is None else 0
