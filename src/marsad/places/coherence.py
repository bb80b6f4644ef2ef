"""Coherence: how many other names of a report could lie in the neighbourhood of a candidate.

Reads   the candidates of every name with what speaks for each by itself.
Never   depends on which candidates are chosen, so that one famous namesake ("Paris") does not
        hide that all other names of a report lie around a lesser one.

The Earth is cut into cells of half a degree. Each name adds to the nine cells around each of its
candidates, less by as much as its best candidate stands above that one. What a candidate gets is
the sum of the other names in its cell.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from marsad.places.schema import PlaceEntry

Cell = tuple[int, int]  # whole degrees of latitude and longitude, rounded down

# What a name adds where its own best candidate lies; one that lies this far below adds nothing.
REACH = 3.0
# A degree has so many cells each way: towns of one local report lie within about 80 km.
CELLS = 2
# A country or province is named from anywhere: coherence says less for a village of its name.
AGAINST_DIVISION = 0.3
LISTED_MATCH, SPELLED_VOTE = 0.9, 0.25
_AROUND = tuple((north, east) for north in (-1, 0, 1) for east in (-1, 0, 1))


class Coherence:
    """The sums of all names of one report by cell."""

    def __init__(
        self,
        candidates: Sequence[Sequence[PlaceEntry]],
        standing: Sequence[Sequence[float]],
        trust: Sequence[float],
    ) -> None:
        """`trust` is how sure it is of each name, 0 to 1, that it names a place."""
        self.own: list[dict[Cell, float]] = []
        self.total: dict[Cell, float] = defaultdict(float)
        self.names_division: list[bool] = []
        for entries, scores, sure in zip(candidates, standing, trust, strict=True):
            shares = _spread(entries, scores, sure)
            self.own.append(shares)
            best = max(range(len(scores)), key=scores.__getitem__, default=None)
            self.names_division.append(
                best is not None and (entries[best].is_country or entries[best].feature == "ADM1")
            )
            for cell, share in shares.items():
                self.total[cell] += share

    def pull(self, number: int, entry: PlaceEntry) -> float:
        """0 to 1: how much the names other than name `number` speak for where `entry` lies."""
        cell = cell_of(entry)
        if cell is None:
            return 0.0
        others = max(0.0, self.total.get(cell, 0.0) - self.own[number].get(cell, 0.0))
        return (
            others / (others + REACH) * (AGAINST_DIVISION if self.names_division[number] else 1.0)
        )


def cell_of(entry: PlaceEntry) -> Cell | None:
    """The cell of a place; None for countries and large units, which have no neighbourhood."""
    if entry.latitude is None or entry.longitude is None:
        return None
    if entry.precision in {"country", "province"}:
        return None
    return math.floor(entry.latitude * CELLS), math.floor(entry.longitude * CELLS)


def localness(entry: PlaceEntry) -> float:
    """How much the naming of a place tells that a report is about its surroundings, 0.15 to 1.

    Villages are named by reports from there, cities of millions by reports from anywhere. Falls
    with the logarithm of the people, from 1 at 10,000.
    """
    return max(0.15, min(1.0, (6.2 - math.log10(entry.population + 1)) / 2.2))


def vote_of(entry: PlaceEntry) -> float:
    """The weight of a candidate in what a report tells of itself: little if only spelled alike."""
    return 1.0 if entry.match >= LISTED_MATCH else SPELLED_VOTE


def _spread(
    entries: Sequence[PlaceEntry], scores: Sequence[float], trust: float
) -> dict[Cell, float]:
    shares: dict[Cell, float] = {}
    top = max(scores, default=0.0)
    for entry, score in zip(entries, scores, strict=True):
        share = (REACH - (top - score)) * localness(entry) * vote_of(entry) * trust
        cell = cell_of(entry) if share > 0 else None
        if cell is None:
            continue
        for north, east in _AROUND:
            around = (cell[0] + north, cell[1] + east)
            if shares.get(around, 0.0) < share:
                shares[around] = share
    return shares
