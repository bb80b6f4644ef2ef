"""Areas: where an incident lies, how far around its words may mean, and what meets what.

Reads   places with their precision; boxes, circles and polygons of a filter.
Writes  plain numbers, and answers.
Never   takes the point of a province or country for a place, unless asked to be loose.

The earth is a sphere here (mean radius), as in PostGIS's sphere functions: good to half a
per cent, which is finer than any place in the news.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from marsad.records import Place

EARTH_KM = 6371.0088
KM_PER_DEGREE = EARTH_KM * math.pi / 180
# Of degrees: a tenth of a millimetre. PostgreSQL refuses to multiply what is much smaller.
DECIMALS = 9
# How far from its point a place of each precision may mean.
RADIUS_KM = {"site": 1.0, "town": 5.0, "district": 30.0, "province": 120.0, "country": 500.0}
# Of these the point says where.
EXACT = ("site", "town", "district")

Box = tuple[float, float, float, float]  # west, south, east, north; never across the date line
Corners = Sequence[tuple[float, float]]  # longitude, latitude


@dataclass(frozen=True)
class Spot:
    """A point, how precise it is, the point on the unit sphere, and the box of what it may mean."""

    latitude: float
    longitude: float
    precision: str
    x: float
    y: float
    z: float
    around: Box


def find_spot(place: Place | None) -> Spot | None:
    """Where a place lies; None without coordinates."""
    if place is None or place.latitude is None or place.longitude is None:
        return None
    latitude, longitude = round(place.latitude, DECIMALS), round(place.longitude, DECIMALS)
    x, y, z = unit_vector(latitude, longitude)
    radius = RADIUS_KM[place.precision]
    boxes = circle_boxes(place.latitude, place.longitude, radius)
    if len(boxes) > 1:  # it meets the date line: one box around the earth
        boxes = [(-180.0, boxes[0][1], 180.0, boxes[0][3])]
    west, south, east, north = (round(side, DECIMALS) for side in boxes[0])
    around = (west, south, east, north)
    return Spot(latitude, longitude, place.precision, x, y, z, around)


def unit_vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    """The point on a sphere of radius 1."""
    lat, lon = math.radians(latitude), math.radians(longitude)
    x, y, z = math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)
    return round(x, 15), round(y, 15), round(z, 15)


def round_corners(corners: Corners) -> list[tuple[float, float]]:
    """A polygon's corners as they are computed with."""
    return [(round(x, DECIMALS), round(y, DECIMALS)) for x, y in corners]


def squared_chord(kilometres: float) -> float:
    """The square of the straight way between two points of the unit sphere so far apart."""
    angle = min(kilometres / EARTH_KM, math.pi)
    return float((2 * math.sin(angle / 2)) ** 2)


def circle_boxes(latitude: float, longitude: float, kilometres: float) -> list[Box]:
    """Boxes that hold a circle: two where it crosses the date line."""
    reach = kilometres / KM_PER_DEGREE
    south, north = max(latitude - reach, -90.0), min(latitude + reach, 90.0)
    if latitude - reach <= -90 or latitude + reach >= 90:  # a pole lies in it
        return [(-180.0, south, 180.0, north)]
    ratio = math.sin(math.radians(reach)) / math.cos(math.radians(latitude))
    if reach >= 90 or ratio >= 1:
        return [(-180.0, south, 180.0, north)]
    wide = math.degrees(math.asin(ratio))
    west, east = longitude - wide, longitude + wide
    if west < -180:
        return [(west + 360, south, 180.0, north), (-180.0, south, east, north)]
    if east > 180:
        return [(west, south, 180.0, north), (-180.0, south, east - 360, north)]
    return [(west, south, east, north)]


def split_box(box: Box) -> list[Box]:
    """A box as boxes that do not cross the date line."""
    west, south, east, north = box
    if west <= east:
        return [box]
    return [(west, south, 180.0, north), (-180.0, south, east, north)]


def polygon_box(corners: Corners) -> Box:
    """The box around a polygon."""
    longitudes, latitudes = [c[0] for c in corners], [c[1] for c in corners]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def boxes_meet(one: Box, other: Box) -> bool:
    """Whether two boxes have a point in common."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def point_in_polygon(longitude: float, latitude: float, corners: Corners) -> bool:
    """Whether a point lies inside, by the even-odd rule."""
    inside = False
    x1, y1 = corners[-1]
    for x2, y2 in corners:
        if (y1 > latitude) != (y2 > latitude):
            crossing = x1 + (latitude - y1) * (x2 - x1) / (y2 - y1)
            if longitude < crossing:
                inside = not inside
        x1, y1 = x2, y2
    return inside


def polygon_meets_box(corners: Corners, box: Box) -> bool:
    """Whether a polygon and a box have a point in common."""
    west, south, east, north = box
    if any(west <= x <= east and south <= y <= north for x, y in corners):
        return True
    if point_in_polygon(west, south, corners):
        return True
    sides = (((west, south), (east, north)), ((west, north), (east, south)))
    # With no corner inside the other, an edge that enters the box crosses a diagonal of it.
    edges = zip(corners, [*corners[1:], corners[0]], strict=True)
    return any(_cross(a, b, *side) for a, b in edges for side in sides)


def _cross(
    a: tuple[float, float],
    b: tuple[float, float],
    c: tuple[float, float],
    d: tuple[float, float],
) -> bool:
    """Whether the lines from a to b and from c to d meet."""
    return (
        _side(a, b, c) * _side(a, b, d) <= 0
        and _side(c, d, a) * _side(c, d, b) <= 0
        and boxes_meet(polygon_box((a, b)), polygon_box((c, d)))
    )


def _side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
