"""Place and time: how those of two tellings compare, as named levels with a reason.

Reads   places, intervals of days and publication days.
Writes  nothing; returns the level, and the words for a reviewer ("" where none are worth it).
"""

from __future__ import annotations

from datetime import date

from marsad.geodesy import great_circle_km
from marsad.incidents.compare import UNCERTAINTY_KM
from marsad.records import Place, When

_WIDE = frozenset({"province", "country"})
_APART = frozenset({"far", "neighbours", "within-week", "within-two-months"})


def compare_places(a: Place | None, b: Place | None) -> tuple[str, str]:
    """The same, near, one perhaps within the other, unknown, or far."""
    if a is None or b is None:
        return "unknown", ""
    if (a.geonameid is not None and a.geonameid == b.geonameid) or a.name == b.name:
        return f"same-{a.precision}", f"both at {a.name}"
    names = " and ".join(sorted((a.name, b.name)))
    if a.country and b.country and a.country != b.country:
        return "far", f"{names} lie in two countries"
    if "country" in (a.precision, b.precision):
        return "unknown", ""
    if _WIDE & {a.precision, b.precision}:
        if a.admin1 is not None and a.admin1 == b.admin1:
            return "within", f"{names} both lie in {a.admin1}"
        return "far", f"{names} lie apart"
    if None in (a.latitude, a.longitude, b.latitude, b.longitude):
        return "unknown", ""
    km = great_circle_km(
        (a.latitude or 0.0, a.longitude or 0.0), (b.latitude or 0.0, b.longitude or 0.0)
    )
    told = f"{names} are {km:.0f} km apart"
    reach = UNCERTAINTY_KM[a.precision] + UNCERTAINTY_KM[b.precision]
    if km <= reach:
        both_towns = a.precision == b.precision == "town" and a.geonameid and b.geonameid
        return ("neighbours" if both_towns else "near"), told
    return ("unknown", "") if km <= 5 * reach else ("far", told)


def compare_dates(a: When | None, b: When | None) -> tuple[str, str]:
    """The same day, overlapping, or how far apart."""
    if a is None or b is None:
        return "unknown", ""
    if a.start == a.end == b.start == b.end:
        return "same-day", f"both on {a.start:%-d %B %Y}"
    if a.start <= b.end and b.start <= a.end:
        return "overlap", "the dates overlap"
    days = max((a.start - b.end).days, (b.start - a.end).days)
    return _gap(days), f"the events are {days} day{'s' if days > 1 else ''} apart"


def compare_published(a: date | None, b: date | None) -> tuple[str, str]:
    """How far apart the two were published."""
    if a is None or b is None:
        return "unknown", ""
    days = abs((a - b).days)
    return _gap(max(1, days)), f"published {days} days apart" if days > 1 else ""


def _gap(days: int) -> str:
    bounds = ((1, "next-day"), (7, "within-week"), (60, "within-two-months"))
    return next((name for most, name in bounds if days <= most), "far")


def are_apart(
    place: Place | None, when: When | None, other: Place | None, then: When | None
) -> bool:
    """Whether two accounts of one report name two places, or days that are not neighbours."""
    return compare_places(place, other)[0] in _APART or compare_dates(when, then)[0] in _APART
