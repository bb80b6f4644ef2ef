"""Looking back: whole reports, or their first part, that tell of what is long past.

Reads   doc._.triggers, doc._.times, the modality readings of each trigger.
Writes  nothing; returns the readings, some of them made historical.

An account of the past seldom dates each sentence: "On this day in 1916 rebels seized the post
office. Some 485 people were killed." What follows an event of the past belongs to it until the
report tells something fresh. And a report that opens as an obituary, a piece on a museum or an
anniversary, or a yearly count tells no fresh event unless it gives that event a fresh time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

import numpy as np
from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.tokens import Doc

from marsad.coding.mentions import ModalityReading
from marsad.coding.modality.cues import load_cues
from marsad.coding.times.choice import own_time_of

REAL = frozenset({"asserted", "alleged"})
# How many sentences an account of the past goes on without a word that says so.
REACH_SENTENCES = 4
# A piece says in its first sentences what it is.
OPENING_SENTENCES = 3
MIN_SIGNS = 2
# Reasons that put an event itself in the past; habits and totals say nothing of what follows.
_PAST_REASONS = ("dated in the past", "puts it as historical", "its story is")
_COURT = "a court matter"
# What is done about old events is itself fresh.
_RESPONSES = frozenset({"arrest", "agreement", "movement", "weapons-seizure", "restriction"})


def look_back(doc: Doc, readings: list[ModalityReading]) -> list[ModalityReading]:
    """Make historical what only goes on with an account of the past."""
    if not readings:
        return readings
    marks = doc.to_array([SENT_START]).reshape(-1)
    starts = [0, *(np.flatnonzero(marks[1:] == 1) + 1).tolist()]
    backward = _looks_back(doc, starts)
    dated = _has_old_year(doc, starts)
    past: int | None = None
    told_fresh = False
    for index, reading in enumerate(readings):
        trigger = doc._.triggers[index]
        sentence = _sentence_of(starts, trigger["start"])
        if reading["modality"] == "historical":
            reason = reading["reason"]
            if any(sign in reason for sign in _PAST_REASONS) or (_COURT in reason and dated):
                past = sentence
            continue
        if reading["modality"] not in REAL:
            continue
        going_on = past is not None and sentence - past <= REACH_SENTENCES and not told_fresh
        going_on = going_on and trigger["event_type"] not in _RESPONSES
        child = not backward and _is_childhood(doc, starts, sentence)
        fresh = backward != "an obituary" and not child and _has_fresh_time(doc, index)
        if (backward or going_on or child) and not fresh:
            why = backward or "goes on with an account of the past"
            readings[index] = ModalityReading(modality="historical", cue=[], reason=why)
            past = sentence
        elif trigger["role"] != "means":
            told_fresh = True
    return readings


def _sentence_of(starts: list[int], token: int) -> int:
    return bisect_right(starts, token) - 1


def _has_fresh_time(doc: Doc, index: int) -> bool:
    found = own_time_of(doc, doc._.triggers[index])
    return found is not None and doc._.times[found]["role"] == "event"


def _looks_back(doc: Doc, starts: list[int]) -> str:
    """Why the whole report looks back, or "" when it does not."""
    opening = _opening(doc, starts)
    if _pattern("counting").search(opening):
        return "a count over a longer time"
    signs = {match.group() for match in _pattern("remembering").finditer(opening)}
    years = _old_years(doc, opening)
    signs |= years
    if _pattern("natural").search(opening):
        return "an obituary"
    if _pattern("obituary").search(opening):
        return "a life told after a death"
    if len(signs) >= MIN_SIGNS:
        return "a piece about the past"
    undated = not any(time["role"] == "event" for time in doc._.times)
    old = any(f"in {year}" in opening for year in years) or _IN_YEARS.search(opening)
    return "an undated piece about old times" if old and undated else ""


def _is_childhood(doc: Doc, starts: list[int], sentence: int) -> bool:
    """ "I was nine when the planes came": told by somebody grown up."""
    end = starts[sentence + 1] if sentence + 1 < len(starts) else len(doc)
    text = doc[starts[sentence] : end].text.lower()
    return " when " in text and _pattern("childhood").search(text) is not None


def _old_years(doc: Doc, text: str) -> set[str]:
    """Years in `text` at least three before publication's."""
    published = str((doc._.report or {}).get("published") or "")
    if not published[:4].isdigit():
        return set()
    limit = int(published[:4]) - 2
    return {year for year in _YEAR.findall(text) if int(year) < limit}


def _has_old_year(doc: Doc, starts: list[int]) -> bool:
    return bool(_old_years(doc, _opening(doc, starts)))


def _opening(doc: Doc, starts: list[int]) -> str:
    end = starts[OPENING_SENTENCES] if len(starts) > OPENING_SENTENCES else len(doc)
    return doc[:end].text.lower()


_IN_YEARS = re.compile(r"\bin (?:the )?(?:1[0-9]\d0s|[a-z]+ 1\d\d\d\b)")
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{sign})\b" for sign in load_cues().signs[kind]))
