"""Historical: events of the past, running totals and what goes on, told beside today's news.

Reads   doc._.times, the parse around the trigger, phrases and clues found before.
Writes  nothing; returns a reading, or None when the event is today's story.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from spacy.tokens import Doc

from marsad.coding.mentions import ModalityReading, TimeMention, Trigger
from marsad.coding.modality.cues import load_cues
from marsad.coding.modality.generality import is_perfect, read_generic
from marsad.coding.modality.governors import full_path
from marsad.coding.modality.mood import Clue
from marsad.coding.modality.phrases import PHRASE_REACH, Phrase, has_in_reach
from marsad.coding.modality.readings import make_reading
from marsad.coding.parse import is_parsed
from marsad.coding.sentences import sentence_bounds
from marsad.coding.times.choice import attached_time_of, own_time_of, time_of
from marsad.coding.times.hosts import MAX_CLIMB

# A phrase of habit or of old times holds for its clause, told here by distance in tokens.
AROUND_REACH = 14
# "The anniversary on Tuesday of the car bomb attack": words between it and the deed.
ANNIVERSARY_REACH = 9
# What has gone on since longer ago is no event of the day.
LONG_DAYS = 60
# An event dated further back than this is history even as a report's only subject.
FRESH_DAYS = 366
RUNNING_TOTAL = "a running total"


_ORDINAL = re.compile(
    r"(?:\d+(?:st|nd|rd|th)|[a-z]*(?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|th))"
)
_FIRSTS = frozenset(
    {
        "first",
        "worst",
        "deadliest",
        "biggest",
        "largest",
        "heaviest",
        "latest",
        "bloodiest",
        "most",
        "highest",
        "second",
        "only",
    }
)


def read_historical(
    doc: Doc, trigger: Trigger, clues: list[Clue], phrases: list[Phrase]
) -> ModalityReading | None:
    """The reading of an event of the past, or None when the event is today's story."""
    remembered = next((c for c in clues if c.finding == "historical" and c.governs), None)
    if remembered is not None:
        return make_reading(
            "historical", [remembered.token, remembered.token + 1], remembered.reason
        )
    named = next((p for p in phrases if p.elapsed and _puts_in_past(doc, trigger, p)), None)
    if named is not None:
        return make_reading(
            "historical", [named.start, named.end], f'"{named.text}": dated in the past'
        )
    marked = _marked_anniversary(doc, trigger)
    if marked is not None:
        return make_reading("historical", [marked, marked + 1], f'"{doc[marked].text}" of it')
    times: list[TimeMention] = doc._.times
    attached = attached_time_of(doc, trigger)
    if attached is None:
        shared = _time_of_conjunct(doc, trigger)
        attached = shared if shared is not None and _is_of_old(doc, times[shared]) else None
    if attached is not None:
        mention = times[attached]
        if _is_of_old(doc, mention) and not _is_ranking(doc, trigger, mention):
            return make_reading(
                "historical", [mention["start"], mention["end"]], "dated in the past"
            )
        if mention["role"] == "event":
            return None
    court = next((clue for clue in clues if clue.finding.startswith("court")), None)
    if court is not None and (court.finding == "court-strong" or not _story_is_new(doc, trigger)):
        return make_reading("historical", [court.token, court.token + 1], court.reason)
    if attached is None and own_time_of(doc, trigger) is not None:
        return None
    for clue in clues:
        if clue.finding == "historical":
            return make_reading("historical", [clue.token, clue.token + 1], clue.reason)
    for phrase in phrases:
        if _puts_in_past(doc, trigger, phrase):
            reason = f'"{phrase.text}": of old or again and again'
            return make_reading("historical", [phrase.start, phrase.end], reason)
    return _running_total(doc, trigger) or read_generic(doc, trigger) or _old_story(doc, trigger)


def _marked_anniversary(doc: Doc, trigger: Trigger) -> int | None:
    """ "Marked the 30th anniversary on Tuesday of the bombing": the word may hang on the day."""
    head = trigger["head"]
    start, _ = sentence_bounds(doc, head)
    for index in range(head - 1, max(start, head - ANNIVERSARY_REACH) - 1, -1):
        token = doc[index]
        if token.lower_ in {"anniversary", "centenary"}:
            return index if any(t.lower_ == "of" for t in doc[index + 1 : head]) else None
        if token.pos_ in {"VERB", "PUNCT"} and token.i != head:
            return None
    return None


def _time_of_conjunct(doc: Doc, trigger: Trigger) -> int | None:
    """ "They had burned a bus and killed a chief last year": the time at the end is of both."""
    for verb in doc[trigger["head"]].children:
        own = any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
        if verb.dep_ == "conj" and verb.pos_ == "VERB" and not own:
            spot = Trigger(**{**trigger, "start": verb.i, "end": verb.i + 1, "head": verb.i})
            found = attached_time_of(doc, spot)
            if found is not None and doc._.times[found]["start"] > verb.i:
                return found
    return None


def _is_of_old(doc: Doc, mention: TimeMention) -> bool:
    """Whether the time alone makes its event history: a whole year or season, or over a year ago.

    A report that comes out months after an event may be the first to tell of it.
    """
    if mention["role"] != "background":
        return False
    published = doc._.report.get("published") if doc._.report else None
    if not published or mention["precision"] in {"year", "season"}:
        return True
    limit = date.fromisoformat(published[:10]) - timedelta(days=FRESH_DAYS)
    return date.fromisoformat(mention["last"]) < limit


def _is_ranking(doc: Doc, trigger: Trigger, mention: TimeMention) -> bool:
    """ "the seventh killing this year": the time is what is counted over, not the event's."""
    if mention["precision"] not in {"year", "season"}:
        return False
    low = max(0, min(trigger["head"], mention["start"]) - 6)
    high = max(trigger["head"], mention["end"])
    return any(
        token.tag_ == "JJS" or token.lower_ in _FIRSTS or _ORDINAL.fullmatch(token.lower_)
        for token in doc[low:high]
    )


def _story_is_new(doc: Doc, trigger: Trigger) -> bool:
    index = time_of(doc, trigger)
    return index is not None and doc._.times[index]["role"] == "event"


def _old_story(doc: Doc, trigger: Trigger) -> ModalityReading | None:
    """The story around dates the event in the past."""
    if not any(time["role"] == "background" for time in doc._.times):
        return None
    index = time_of(doc, trigger)
    if index is None:
        return None
    mention: TimeMention = doc._.times[index]
    if not _is_of_old(doc, mention):
        return None
    return make_reading(
        "historical", [mention["start"], mention["end"]], "its story is dated in the past"
    )


def _puts_in_past(doc: Doc, trigger: Trigger, phrase: Phrase) -> bool:
    cues = load_cues()
    head = trigger["head"]
    if phrase.text == "used to" and doc[phrase.start].tag_ not in {"VBD", ""}:
        return False  # "drones were used to attack"
    if phrase.elapsed:
        path = full_path(doc, trigger) if is_parsed(doc[head]) else {head}
        return has_in_reach(doc, phrase, path, is_parsed(doc[head]))
    if phrase.old or phrase.text in cues.around:
        gap = phrase.start - head if phrase.start > head else head - phrase.end + 1
        return gap <= AROUND_REACH and not _bounded(doc, head, phrase)
    if cues.phrases.get(phrase.text) != "historical":
        return False
    return phrase.end <= head <= phrase.end + PHRASE_REACH


def _bounded(doc: Doc, head: int, phrase: Phrase) -> bool:
    """Whether a clause boundary stands between the event and the phrase."""
    low, high = sorted((head, phrase.start))
    return any(
        token.text in {";", ":", "—", "–", "--", '"', "“", "”"} or token.lower_ in {"but", "while"}
        for token in doc[low:high]
    ) or (
        any(t.text == "," for t in doc[low:high])
        and not doc[max(0, phrase.start - 2)].is_sent_start
    )


def _running_total(doc: Doc, trigger: Trigger) -> ModalityReading | None:
    """ "40,000 have been killed since the war began": a total, no incident.

    Not "the deadliest attack since the war began", where "since" belongs to the superlative.
    """
    head = trigger["head"]
    _, end = sentence_bounds(doc, head)
    since = load_cues().since
    for index in range(head + 1, end):
        if doc[index].lower_ != "since":
            continue
        if _goes_on_for_long(doc, head, index) or any(
            doc[at].lower_ in since for at in range(index + 1, min(end, index + 6))
        ):
            before = range(max(0, head - 8), index)
            if any(doc[at].tag_ == "JJS" or doc[at].lower_ in _FIRSTS for at in before):
                return None
            return make_reading("historical", [index, index + 1], RUNNING_TOTAL)
    return None


def _goes_on_for_long(doc: Doc, head: int, since: int) -> bool:
    """ "The group has carried out attacks since 2011": not "has shelled the town since Sunday"."""
    verb = doc[head]
    for _ in range(MAX_CLIMB):
        if verb.pos_ in {"VERB", "AUX"} or verb.head.i == verb.i:
            break
        verb = verb.head
    if not is_perfect(verb) or doc[since].head.i < verb.i:
        return False
    published = doc._.report.get("published") if doc._.report else None
    _, end = sentence_bounds(doc, since)
    first = next((t["first"] for t in doc._.times if since <= t["start"] < end), None)
    if first is None or not published:
        return False
    return date.fromisoformat(first) < date.fromisoformat(published[:10]) - timedelta(
        days=LONG_DAYS
    )
