"""Phrases that tell of an event's happening: those of the cue lists, and dates by old events.

Reads   the words of one sentence, the day of publication.
Writes  nothing; returns phrases. What they have in scope is settled by the finder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from marsad.coding.modality.cues import phrase_pattern

# A phrase before an event has it in scope up to this many tokens away.
PHRASE_REACH = 4
_ENDS_REACH = frozenset({"VERB", "ADP", "CCONJ", "SCONJ", "PUNCT"})


@dataclass(frozen=True)
class Phrase:
    """A cue phrase in the sentence: tokens [start, end)."""

    text: str
    start: int
    end: int
    old: bool = False  # "in the 1967 war": the year of a war
    elapsed: bool = False  # "twenty years after": reckoned from an event of years ago


def find_phrases(doc: Doc, start: int, end: int) -> list[Phrase]:
    """The cue phrases of the sentence."""
    low = doc[start].idx
    text = doc[start:end].text.lower()
    found: list[Phrase] = []
    wars, elapsed = _old_phrases(doc, text) if _YEARS.search(text) else ([], [])
    for match in (*phrase_pattern().finditer(text), *wars, *elapsed):
        span = doc.char_span(low + match.start(), low + match.end(), alignment_mode="expand")
        if span is not None:
            words = " ".join(match.group().split())
            old, late = match in wars, match in elapsed
            found.append(Phrase(words, span.start, span.end, old=old, elapsed=late))
    return found


def has_in_reach(doc: Doc, phrase: Phrase, path: set[int], parsed: bool) -> bool:
    """Whether a token of `path` follows the phrase with only its own modifiers between.

    An infinitive phrase ("in order to") has the next verb in scope, not that verb's object.
    """
    for index in range(phrase.end, min(phrase.end + PHRASE_REACH, len(doc))):
        if index in path:
            return True
        if parsed and doc[index].pos_ in _ENDS_REACH:
            return False
    return False


def _old_phrases(doc: Doc, text: str) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """ "in the 1967 war", and "twenty years after": dated by an old war, by an old event."""
    published = str((doc._.report or {}).get("published") or "9999")[:4]
    wars = [match for match in _WAR_YEAR.finditer(text) if match.group(1) < published]
    return wars, list(_ELAPSED.finditer(text))


_YEARS = re.compile(r"years?\b|decades?\b|[12]\d\d\d")
_WAR_YEAR = re.compile(
    r"\b(?:in|during) (?:the |its |their )?(1[0-9]\d\d|20\d\d)"
    r"(?:[-–—](?:\d\d|\d\d\d\d))?(?: [a-z][\w'’-]*){0,3}?"
    r" (?:wars?|conflict|invasion|uprising|revolution|revolt|rebellion|genocide|coup|intifada"
    r"|crisis)\b"
)
_ELAPSED = re.compile(
    r"\b(?:years|decades) (?:since|after|(?:on )?from|to the day (?:since|after)|on since)\b"
)
