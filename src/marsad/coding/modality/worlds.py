"""Other worlds: what a film or novel tells, and sieges of centuries ago told without a year.

Reads   doc._.triggers, doc._.times, the words of the report.
Writes  nothing; returns readings, some of them made hypothetical or historical.

A plot is told in plain sentences: "In the film, three robbers take a family hostage. A detective
is shot." It goes on until the report tells something with a fresh time. An account of old wars
often names no year, but besiegers, knights and ramparts; several such words are needed.
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
from marsad.coding.once import lower_text
from marsad.coding.times.choice import own_time_of
from marsad.records import Modality

REAL = frozenset({"asserted", "alleged"})
# A plot goes on for so many sentences without another word of film or book.
PLOT_SENTENCES = 3
# So many words of film or book make the whole report one.
MIN_PLOT_WORDS = 2
# So many different words of old wars; one more where a weekday or "today" is named.
MIN_OLD_WORDS = 3
_NOW = re.compile(r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday)\b")
_OLD_YEAR = re.compile(r"\b1[0-8]\d\d\b")


def read_other_worlds(doc: Doc, readings: list[ModalityReading]) -> list[ModalityReading]:
    """`readings` without what is told of fiction and of distant history."""
    if not any(reading["modality"] in REAL for reading in readings):
        return readings
    text = lower_text(doc)
    if _is_distant(text):
        return [_turn(r, "historical", "words of old wars, no event of today") for r in readings]
    if not any(hint in text for hint in load_cues().worlds["hints"]):
        return readings
    cues = [match.start() for match in _pattern("plot").finditer(text)]
    return _leave_plots(doc, readings, cues) if cues else readings


def _turn(reading: ModalityReading, modality: Modality, reason: str) -> ModalityReading:
    if reading["modality"] not in REAL:
        return reading
    return ModalityReading(modality=modality, cue=[], reason=reason)


def _is_distant(text: str) -> bool:
    if _pattern("modern").search(text):
        return False
    words = {match.group() for match in _pattern("distant").finditer(text)}
    if len(words) + 1 < MIN_OLD_WORDS:
        return False
    signs = len(words) + bool(_OLD_YEAR.search(text))
    return signs >= MIN_OLD_WORDS + bool(_NOW.search(text))


def _leave_plots(
    doc: Doc, readings: list[ModalityReading], cues: list[int]
) -> list[ModalityReading]:
    marks = doc.to_array([SENT_START]).reshape(-1)
    starts = [0, *(np.flatnonzero(marks[1:] == 1) + 1).tolist()]
    offsets = [doc[start].idx for start in starts]
    told = sorted({bisect_right(offsets, cue) - 1 for cue in cues})
    fresh = [_is_fresh(doc, index) for index in range(len(readings))]
    whole = len(cues) >= MIN_PLOT_WORDS and not any(fresh)
    back: int | None = None  # the sentence in which the report returned to the real world
    turned: list[ModalityReading] = []
    for index, reading in enumerate(readings):
        sentence = bisect_right(starts, int(doc._.triggers[index]["start"])) - 1
        if fresh[index]:
            back = sentence
        at = bisect_right(told, sentence) - 1
        near = at >= 0 and sentence - told[at] <= PLOT_SENTENCES
        inside = near and (back is None or back < told[at])
        if (whole or inside) and not fresh[index]:
            reading = _turn(reading, "hypothetical", "told of a film, a book or a play")
        turned.append(reading)
    return turned


def _is_fresh(doc: Doc, index: int) -> bool:
    if not 0 <= doc._.triggers[index]["head"] < len(doc):
        return False
    found = own_time_of(doc, doc._.triggers[index])
    return found is not None and doc._.times[found]["role"] == "event"


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{sign})\b" for sign in load_cues().worlds[kind]))
