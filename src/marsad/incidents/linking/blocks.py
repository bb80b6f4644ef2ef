"""Blocks: keys under which tellings meet that may be of one incident.

Reads   the place, days, names and copies of a telling.
Writes  nothing; returns keys.

Only tellings that share a key are ever compared, so keys must be common to tellings of
one incident and rare otherwise. No key is of a time without end, but those of people hit
or charged, who are told of again at the trial or the anniversary.
"""

from __future__ import annotations

import math
from datetime import date

from marsad.incidents.linking.copies import Fingerprint
from marsad.incidents.linking.words import Names
from marsad.records import Place, When

CELL_DEGREES = 0.5
_CELLED = frozenset({"site", "town", "district"})
_MAX_DAYS = 10  # a longer interval is no day to look under


def block_keys(
    place: Place | None,
    when: When | None,
    published: date | None,
    names: Names,
    copy: Fingerprint,
) -> frozenset[str]:
    """All keys of one telling."""
    keys = {f"person|{name}" for name in (*names.harmed, *names.other)}
    days = _days(when, published)
    keys.update(f"{day}|{cell}" for day in days for cell in _cells(place))
    weeks = _weeks(published)
    keys.update(f"{week}|copy|{band}" for week in weeks for band in copy.bands)
    keys.add(f"copy|{copy.exact}")
    return frozenset(keys)


def _days(when: When | None, published: date | None) -> list[str]:
    """Two-day periods in two phases, so that neighbouring days share one."""
    if when is not None and (when.end - when.start).days <= _MAX_DAYS:
        span = range(when.start.toordinal(), when.end.toordinal() + 1)
    elif published is not None:
        span = range(published.toordinal() - 1, published.toordinal() + 1)
    else:
        return []
    return sorted({f"{phase}{(day + phase) // 2}" for day in span for phase in (0, 1)})


def _weeks(published: date | None) -> list[str]:
    """Two-week periods in two phases; a report without a date is of a time of its own."""
    if published is None:
        return ["undated"]
    week = published.toordinal() // 7
    return [f"w0.{week // 2}", f"w1.{(week + 1) // 2}"]


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
