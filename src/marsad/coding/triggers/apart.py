"""Set apart: which news that is no political violence a report tells of, and in which words.

Reads   the lexicon's matches.
Writes  nothing; gives what goes to doc._.set_apart.

Accidents, disasters, crime for gain and diplomacy make no claim and no incident.
A passing mention says nothing of the report: a kind counts where the report
opens with it or comes back to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.codebook.event_types import load_apart_kinds
from marsad.coding.mentions import ApartMention
from marsad.coding.triggers.lexicon import APART, IF_QUIET
from marsad.coding.triggers.match import Match, Words
from marsad.records import ApartKind

# A report opens with what its first sentences tell: dateline and headline may be two of them.
OPENING_SENTENCES = 4
# Mentions further down that make a kind part of what the report is about.
MIN_MENTIONS = 3


def find_set_apart(words: Words, matches: Sequence[Match], *, eventful: bool) -> list[ApartMention]:
    """The first mention of each kind that the report is about, in text order.

    `eventful` is whether the report evokes any event: if so, words that only name people
    and things ("the ambassador", "firefighters") say nothing of it.
    """
    found: dict[ApartKind, list[Match]] = {}
    kinds = {APART + kind: kind for kind in load_apart_kinds()}
    if not eventful:
        kinds |= {field + IF_QUIET: kind for field, kind in kinds.items()}
    for match in matches:
        kind = kinds.get(match.pattern.field or "")
        if kind is not None:
            found.setdefault(kind, []).append(match)
    if not found:
        return []
    opening = _opening_end(words)
    return [
        ApartMention(start=told[0].start, end=told[0].end, kind=kind)
        for kind, told in found.items()
        if told[0].start < opening or len(told) >= MIN_MENTIONS
    ]


def _opening_end(words: Words) -> int:
    """Index of the first token after the opening sentences."""
    if len(words.starts) <= OPENING_SENTENCES:
        return len(words.doc)
    return words.at[words.starts[OPENING_SENTENCES]]
