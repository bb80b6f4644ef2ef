"""Containment: whether one place lies in another.

Never opens a file; works on gazetteer entries alone.
"""

from __future__ import annotations

from marsad.geodesy import great_circle_km
from marsad.places.schema import PlaceEntry


def lies_in(entry: PlaceEntry, container: PlaceEntry) -> bool:
    """Whether a place lies in another by the codes of country and divisions.

    A town holds sites and small places within 40 km; a region without a
    division code holds what lies within 400 km in its country.
    """
    if entry.id == container.id or entry.is_country:
        return False
    if container.is_country:
        return entry.country == container.country
    if container.feature == "ADM1":
        return (entry.country, entry.admin1_code) == (
            container.country,
            container.admin1_code,
        ) and (entry.feature != "ADM1")
    if entry.country != container.country and container.country is not None:
        return False
    if entry.feature == "ADM1" and container.precision not in {"province", "country"}:
        return False
    if entry.latitude is None or container.latitude is None:
        return False
    assert entry.longitude is not None
    assert container.longitude is not None
    distance = great_circle_km(
        (entry.latitude, entry.longitude), (container.latitude, container.longitude)
    )
    reach = {"town": 40.0, "site": 5.0, "district": 80.0, "province": 400.0}
    if container.precision == "town" and entry.population > container.population:
        return False
    return distance <= reach.get(container.precision, 3000.0)


def is_same_area(a: PlaceEntry, b: PlaceEntry) -> bool:
    """A town and the division of its name are no rivals."""
    return (a.country, a.admin1_code) == (b.country, b.admin1_code) and (
        a.feature.startswith("ADM") or b.feature.startswith("ADM") or a.id == b.id
    )
