"""Map features: what is drawn of many places at a zoom, as much as a screen can hold.

Reads   sums by place, a zoom and the part of the world in view.
Writes  clusters, points, soft discs and countries, each with its documented minimum.
Never   pins what is known only to a district or wider, and loses or doubles no incident.

A cell of the grid is 64 pixels wide. Places that share one are a cluster, which says no more
than "hereabouts"; a wider place joins it only while the cell is wider than what it may mean.
A country is never a point: it is told by its own shape.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from marsad.publish.exports.content import RADIUS_KM
from marsad.publish.exports.countries import country_number
from marsad.publish.wording import country_name
from marsad.records import PlacePrecision
from marsad.store.overview import PlaceSum

MAX_ZOOM = 12  # beyond, the shapes of countries say nothing
CELLS_AROUND = 8  # at zoom 0: the world is 512 pixels wide there, a cell 64
EQUATOR_KM = 40_075.017
MAX_LATITUDE = 85.051129  # where Web Mercator's square ends
# What a point stands for; wider places are areas, drawn as discs.
PINNED: tuple[PlacePrecision, ...] = ("site", "town")
_PRECISIONS: tuple[PlacePrecision, ...] = ("site", "town", "district", "province", "country")

Kind = Literal["cluster", "point", "disc"]
Box = tuple[float, float, float, float]  # west, south, east, north; west > east: date line


@dataclass(frozen=True)
class Feature:
    """One thing on the map. `box` holds its places; `radius_km` is how far a lone one may mean.

    `precision` is None for a cluster.
    """

    kind: Kind
    longitude: float
    latitude: float
    incidents: int
    contested: int
    killed: int
    injured: int
    places: int
    box: Box
    precision: PlacePrecision | None = None
    radius_km: int | None = None


@dataclass(frozen=True)
class Area:
    """Incidents known only to a country: `number` is its numeric code on the map, if it has one."""

    country: str
    name: str
    number: int | None
    incidents: int
    contested: int
    killed: int
    injured: int


class PlaceGrid:
    """The places of one filter, ready to be drawn at any zoom."""

    def __init__(self, places: Sequence[PlaceSum]) -> None:
        pointed = [p for p in places if _has_point(p)]
        wide = [p for p in places if not _has_point(p)]
        self.areas = _sum_areas(p for p in wide if p.country)
        self.unplaced = sum(p.incidents for p in wide if not p.country)
        self._latitude = _floats(p.latitude for p in pointed)
        self._longitude = _floats(p.longitude for p in pointed)
        self._x = (self._longitude + 180) / 360
        self._y = _mercator(self._latitude)
        self._precision = np.array(
            [_PRECISIONS.index(p.precision) for p in pointed],
            dtype=np.int64,
        )
        self._sums = np.array(
            [(p.incidents, p.contested, p.killed, p.injured) for p in pointed], dtype=np.int64
        ).reshape(-1, 4)

    @property
    def pointed(self) -> int:
        """How many incidents are drawn at a place: all but those of `areas` and `unplaced`."""
        return int(self._sums[:, 0].sum())

    @property
    def box(self) -> Box | None:
        """The box that holds all places; None where there is none."""
        if not len(self._x):
            return None
        lon, lat = self._longitude, self._latitude
        return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())

    def features(self, zoom: int, view: Box | None = None) -> list[Feature]:
        """What is drawn at a zoom, in the cells that the view meets; without one everywhere."""
        zoom = min(max(zoom, 0), MAX_ZOOM)
        across = CELLS_AROUND * 2**zoom
        columns = np.minimum((self._x * across).astype(np.int64), across - 1)
        rows = np.minimum((self._y * across).astype(np.int64), across - 1)
        seen = _in_view(columns, rows, across, view)
        alone = self._is_wide(across) & seen
        found = [self._single(int(i)) for i in np.flatnonzero(alone)]
        joined = np.flatnonzero(seen & ~alone)
        keys = rows[joined] * across + columns[joined]
        order = np.argsort(keys, kind="stable")
        joined, keys = joined[order], keys[order]
        cuts = np.flatnonzero(np.diff(keys)) + 1
        for members in np.split(joined, cuts):
            if len(members) == 1:
                found.append(self._single(int(members[0])))
            elif len(members):
                found.append(self._cluster(members, across))
        return found

    def _is_wide(self, across: int) -> NDArray[np.bool_]:
        """Of each place whether it is an area too wide for a cluster's cell."""
        radius = np.array([RADIUS_KM[name] for name in _PRECISIONS])
        area = np.array([name not in PINNED for name in _PRECISIONS])
        cell_km = EQUATOR_KM * np.cos(np.radians(self._latitude)) / across
        wide: NDArray[np.bool_] = area[self._precision] & (2 * radius[self._precision] > cell_km)
        return wide

    def _single(self, i: int) -> Feature:
        precision = _PRECISIONS[self._precision[i]]
        longitude, latitude = float(self._longitude[i]), float(self._latitude[i])
        incidents, contested, killed, injured = (int(n) for n in self._sums[i])
        return Feature(
            kind="point" if precision in PINNED else "disc",
            longitude=longitude,
            latitude=latitude,
            incidents=incidents,
            contested=contested,
            killed=killed,
            injured=injured,
            places=1,
            box=(longitude, latitude, longitude, latitude),
            precision=precision,
            radius_km=RADIUS_KM[precision],
        )

    def _cluster(self, members: NDArray[np.int64], across: int) -> Feature:
        sums = self._sums[members]
        lon, lat = self._longitude[members], self._latitude[members]
        x, y = (_towards_middle(side[members], sums[:, 0], across) for side in (self._x, self._y))
        incidents, contested, killed, injured = (int(n) for n in sums.sum(axis=0))
        return Feature(
            kind="cluster",
            longitude=x * 360 - 180,
            latitude=math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y)))),
            incidents=incidents,
            contested=contested,
            killed=killed,
            injured=injured,
            places=len(members),
            box=(float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())),
        )


def as_geojson(feature: Feature) -> dict[str, Any]:
    """The feature as GeoJSON; a property that it has not is left out."""
    values = {
        "kind": feature.kind,
        "incidents": feature.incidents,
        "contested": feature.contested,
        "killed": feature.killed,
        "injured": feature.injured,
        "places": feature.places,
        "box": [round(side, 5) for side in feature.box],
        "precision": feature.precision,
        "radius_km": feature.radius_km,
    }
    at = [round(feature.longitude, 5), round(feature.latitude, 5)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": at},
        "properties": {key: value for key, value in values.items() if value is not None},
    }


def _has_point(place: PlaceSum) -> bool:
    return (
        place.latitude is not None
        and place.longitude is not None
        and place.precision in _PRECISIONS
        and place.precision != "country"
    )


def _sum_areas(places: Any) -> tuple[Area, ...]:
    sums: dict[str, list[int]] = {}
    for p in places:
        total = sums.setdefault(p.country, [0, 0, 0, 0])
        for place, value in enumerate((p.incidents, p.contested, p.killed, p.injured)):
            total[place] += value
    named = (
        Area(code, country_name(code), country_number(code), *total) for code, total in sums.items()
    )
    return tuple(sorted(named, key=lambda area: (-area.incidents, area.name)))


def _floats(values: Any) -> NDArray[np.float64]:
    return np.array(list(values), dtype=np.float64)


def _mercator(latitude: NDArray[np.float64]) -> NDArray[np.float64]:
    """From 0 in the north to 1 in the south; the poles are on the edge."""
    clipped = np.radians(np.clip(latitude, -MAX_LATITUDE, MAX_LATITUDE))
    y: NDArray[np.float64] = 0.5 - np.log(np.tan(math.pi / 4 + clipped / 2)) / (2 * math.pi)
    return np.clip(y, 0.0, 1.0)


def _towards_middle(sides: NDArray[np.float64], weights: NDArray[np.int64], across: int) -> float:
    """Where most incidents are, but not so near the cell's edge that numbers cover each other."""
    mean = float(np.average(sides, weights=weights)) * across
    middle = math.floor(min(mean, across - 0.5)) + 0.5
    return min(max(mean, middle - 0.2), middle + 0.2) / across


def _in_view(
    columns: NDArray[np.int64], rows: NDArray[np.int64], across: int, view: Box | None
) -> NDArray[np.bool_]:
    """Whole cells only, so that a cluster is the same from wherever one looks."""
    if view is None:
        return np.ones(len(columns), dtype=bool)
    west, south, east, north = view
    top, bottom = (int(y * across) for y in _mercator(np.array([north, south])))
    inside = (rows >= min(top, across - 1)) & (rows <= bottom)
    left, right = (math.floor((x + 180) / 360 * across) for x in (west, east))
    if left <= right:
        inside &= (columns >= min(left, across - 1)) & (columns <= right)
    else:
        inside &= (columns >= left) | (columns <= right)
    return inside
