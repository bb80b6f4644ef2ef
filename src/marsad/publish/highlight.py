"""Cut a text at the edges of overlapping spans, so that each piece can be marked once.

Reads   a text length, spans with a kind, and zones to withhold.
Writes  pieces in text order that cover the whole text without overlap.
Never   knows a format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise


@dataclass(frozen=True, order=True)
class Highlight:
    """A span of the text with the kind of value read from it, and the incident it serves.

    `incident` is 0 for a claim that makes no incident. `link` is where a reader goes from here.
    """

    start: int
    end: int
    kind: str
    incident: int
    link: str


@dataclass(frozen=True)
class Piece:
    """A run of text under the same spans, narrowest first. `starts` are spans that begin here."""

    start: int
    end: int
    spans: tuple[Highlight, ...] = ()
    starts: tuple[Highlight, ...] = field(default=())
    ends: tuple[Highlight, ...] = field(default=())


def cut_pieces(
    length: int, spans: Iterable[Highlight], extra_cuts: Iterable[int] = ()
) -> Iterator[Piece]:
    """Pieces that cover 0..length. Spans outside the text are ignored.

    A sweep over the sorted edges: cost grows with spans times their overlap, not with
    spans times text.
    """
    inside = sorted({span for span in spans if 0 <= span.start < span.end <= length})
    cuts = {0, length} | {cut for cut in extra_cuts if 0 < cut < length}
    for span in inside:
        cuts.update((span.start, span.end))
    edges = sorted(cuts)
    active: list[tuple[int, Highlight]] = []
    position = 0
    for start, end in pairwise(edges):
        while active and active[0][0] <= start:
            heappop(active)
        first = position
        while position < len(inside) and inside[position].start == start:
            heappush(active, (inside[position].end, inside[position]))
            position += 1
        covering = [span for _, span in active]
        yield Piece(
            start,
            end,
            spans=tuple(_narrowest_first(covering)),
            starts=tuple(inside[first:position]),
            ends=tuple(span for span in covering if span.end == end),
        )


def _narrowest_first(spans: Sequence[Highlight]) -> list[Highlight]:
    return sorted(spans, key=lambda span: (span.end - span.start, span))
