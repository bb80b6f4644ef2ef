"""Distances between found and gold places."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

from marsad.geodesy import great_circle_km
from marsad.places.gazetteer import Gazetteer, open_gazetteer
from marsad.settings import load_settings

Point = tuple[float, float]  # latitude, longitude in degrees


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer the coder uses by default."""
    return open_gazetteer(load_settings().gazetteer_path)


def listed_points(name: str, *, country: str, admin1: str) -> tuple[Point, ...]:
    """Where the gazetteer puts places of that name in a first-level unit of a country (ISO 3)."""
    return tuple(
        (entry.latitude, entry.longitude)
        for entry in gazetteer().exact(name)
        if entry.country == country and entry.admin1 == admin1 and entry.latitude is not None
        if entry.longitude is not None
    )


def least_km(found: Point | None, golds: Iterable[Point]) -> float:
    """Distance to the nearest gold point; infinite where nothing was found."""
    if found is None:
        return math.inf
    return min((great_circle_km(found, gold) for gold in golds), default=math.inf)
