"""Blocks: keys under which tellings meet that may be of one incident.

Reads   the place, days, names, tolls and fingerprint of a telling.
Writes  nothing; returns keys.

Only tellings that share a key are ever compared, so keys must be common to tellings of
one incident and rare otherwise. No key is of a time without end, but those of people hit
or charged, who are told of again at the trial or the anniversary.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from marsad.incidents.linking.weights import load_weights
from marsad.incidents.linking.words import find_rare_names
from marsad.records import Outcome, Place, When

if TYPE_CHECKING:
    from marsad.incidents.linking.tellings import Telling

CELL_DEGREES = 0.5
WEEK, FORTNIGHT, TWO_YEARS = 8, 16, 720
_CELLED = frozenset({"site", "town", "district"})
_COMMON_TOLL = 3
_MAX_DAYS = 10  # a longer interval is no day to look under


def block_keys(telling: Telling) -> frozenset[str]:
    """All keys of a telling; what it has for `blocks` itself does not matter."""
    place, published = telling.place, telling.published
    people = telling.persons | telling.names
    rare = find_rare_names(telling.terms)
    keys = {f"person|{name}" for name in people}
    days = _days(telling.when, published)
    keys.update(f"{day}|{cell}" for day in days for cell in _cells(place))
    for fortnight in _periods(published, FORTNIGHT):
        keys.update(f"{fortnight}|{name}" for name in rare)
        keys.update(f"{fortnight}|copy|{band}" for band in telling.copy.bands)
    if telling.copy.exact:
        keys.add(f"copy|{telling.copy.exact}")
    if place is None:
        return frozenset(keys)
    division = f"{place.country}.{place.admin1}"
    keys.update(f"{week}|{place.name}" for week in _periods(published, WEEK))
    toll = _toll(telling.counts)
    # What war brings daily would fill such a block with hundreds in two years.
    for period in _periods(published, FORTNIGHT if recurs(telling) else TWO_YEARS):
        keys.update(f"{period}|{division}|{name.split()[-1]}" for name in people)
        if toll:
            keys.add(f"{period}|{place.name}|{toll}")
    return frozenset(keys)


def recurs(telling: Telling) -> bool:
    """Whether it tells of what war brings many times a day to one place."""
    weights = load_weights()
    if telling.event_type in weights.recurring:
        return True
    return telling.event_type in weights.recurring_by_listed and bool(telling.actors)


def _toll(counts: Mapping[Outcome, tuple[int, int]]) -> str | None:
    """The numbers of killed and injured, where they are not those of most events."""
    killed, injured = (counts.get(outcome, (0, 0))[1] for outcome in ("killed", "injured"))
    return f"{killed}+{injured}" if killed > 1 or killed + injured > _COMMON_TOLL else None


def _days(when: When | None, published: date | None) -> list[str]:
    """Two-day periods in two phases, so that neighbouring days share one."""
    if when is not None and (when.end - when.start).days <= _MAX_DAYS:
        span = range(when.start.toordinal(), when.end.toordinal() + 1)
    elif published is not None:
        span = range(published.toordinal() - 1, published.toordinal() + 1)
    else:
        return []
    return sorted({f"{phase}{(day + phase) // 2}" for day in span for phase in (0, 1)})


def _periods(published: date | None, days: int) -> list[str]:
    """Two periods, each half a period aside: what is half a period apart or less shares one.

    Reports without a date are of a time of their own.
    """
    if published is None:
        return [f"{days}:undated"]
    day = published.toordinal()
    return [f"{days}:{phase}.{(day + phase * days // 2) // days}" for phase in (0, 1)]


def _cells(place: Place | None) -> list[str]:
    """Cells of four grids, each half a cell aside: what lies within half a cell shares one."""
    if place is None or place.latitude is None or place.longitude is None:
        return []
    cells = [f"{place.country}.{place.admin1}"] if place.admin1 else []
    if place.precision in _CELLED:
        y, x = place.latitude / CELL_DEGREES, place.longitude / CELL_DEGREES
        for i, dy in enumerate((0.0, 0.5)):
            for j, dx in enumerate((0.0, 0.5)):
                cells.append(f"{i}{j}.{math.floor(y + dy)}.{math.floor(x + dx)}")
    return cells
