"""Quotes: the sentence that a value was read from, with the words that say it marked.

Reads   evidence, the spans to mark, and the names to withhold.
Writes  pieces of one line, to be shown one after the other.
Never   shows a part of a name that is withheld, however a mark would cut it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from marsad.publish.privacy import WITHHELD, NamePolicy
from marsad.publish.safe_text import neutralise
from marsad.records import Evidence

# Two long sentences; a longer passage is cut around the first mark.
MOST_SIGNS = 420
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Piece:
    """A run of a quote. `marked`: the value was read from it."""

    text: str
    marked: bool = False
    withheld: bool = False


def quote_pieces(
    passage: Evidence, marks: Iterable[Evidence], policy: NamePolicy
) -> tuple[Piece, ...]:
    """The passage in pieces. Marks of other reports, or outside of it, are left out."""
    spans = sorted(
        (mark.start - passage.start, mark.end - passage.start)
        for mark in marks
        if mark.report_id == passage.report_id
        and passage.start <= mark.start
        and mark.end <= passage.end
    )
    begin, end = _window(passage.quote, spans)
    hidden = [(a, b) for a, b in policy.spans(passage.quote) if a < end and b > begin]
    edges = {begin, end, *(e for span in (*spans, *hidden) for e in span if begin < e < end)}
    pieces: list[Piece] = []
    if begin:
        pieces.append(Piece("…"))
    ordered = sorted(edges)
    for left, right in pairwise(ordered):
        name = next(((a, b) for a, b in hidden if a <= left and right <= b), None)
        if name is not None:
            if max(name[0], begin) == left:
                pieces.append(Piece(WITHHELD, withheld=True))
            continue
        text = _SPACES.sub(" ", neutralise(passage.quote[left:right]))
        marked = any(a <= left and right <= b for a, b in spans)
        if text:
            pieces.append(Piece(text, marked=marked))
    if end < len(passage.quote):
        pieces.append(Piece("…"))
    return tuple(pieces)


def _window(quote: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """The part of a quote that is shown: all of it, or what lies around the first mark."""
    if len(quote) <= MOST_SIGNS:
        return 0, len(quote)
    middle = (spans[0][0] + min(spans[0][1], spans[0][0] + MOST_SIGNS // 2)) // 2 if spans else 0
    begin = max(0, min(middle - MOST_SIGNS // 2, len(quote) - MOST_SIGNS))
    end = begin + MOST_SIGNS
    # At a word's edge, if there is one near; a word of a million signs has none.
    space = quote.find(" ", begin, begin + 40)
    if begin and space >= 0 and (not spans or space < spans[0][0]):
        begin = space + 1
    space = quote.rfind(" ", end - 40, end)
    if end < len(quote) and space > begin:
        end = space
    return begin, end
