"""Base map: the shapes of countries, for drawing.

Reads   countries-50m.json (world-atlas, Natural Earth; TopoJSON).
Writes  rings of (longitude, latitude).
Never   says in which country a point lies: the shapes are too coarse for that.

TopoJSON keeps borders once, as arcs of whole-number steps; a ring is a list of arcs, where a
negative number is an arc walked backwards (https://github.com/topojson/topojson-specification).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate

Ring = tuple[tuple[float, float], ...]
Box = tuple[float, float, float, float]

_OUR_NAMES = {
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Central African Rep.": "Central African Republic",
    "Dem. Rep. Congo": "DR Congo",
    "Dominican Rep.": "Dominican Republic",
    "Eq. Guinea": "Equatorial Guinea",
    "Macedonia": "North Macedonia",
    "Palestine": "Palestinian territories",
    "S. Sudan": "South Sudan",
    "Solomon Is.": "Solomon Islands",
    "Turkey": "Türkiye",
    "United States of America": "United States",
    "W. Sahara": "Western Sahara",
    "eSwatini": "Eswatini",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A polygon of a country: its outer ring, holes, and box (west, south, east, north).

    `country` is its name as our other outputs have it, "" for one that is not to be named.
    """

    country: str
    outer: Ring
    holes: tuple[Ring, ...]
    box: Box


@cache
def load_shapes() -> tuple[Shape, ...]:
    """The polygons of all countries."""
    path = files("marsad.publish").joinpath("basemap", "countries-50m.json")
    topology = json.loads(path.read_text("utf-8"))
    arcs = [_decode(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes = []
    for country in topology["objects"]["countries"]["geometries"]:
        # Those without a number of ISO 3166 are claimed by others: drawn, but not named.
        name = country["properties"]["name"] if "id" in country else ""
        name = _OUR_NAMES.get(name, name)
        for polygon in _polygons(country):
            outer, *holes = (_ring(numbers, arcs) for numbers in polygon)
            shapes.append(Shape(name, outer, tuple(holes), _box(outer)))
    return tuple(shapes)


def _polygons(country: dict[str, object]) -> Iterator[list[list[int]]]:
    arcs = country.get("arcs", [])
    assert isinstance(arcs, list)
    if country["type"] == "Polygon":
        yield arcs
    elif country["type"] == "MultiPolygon":
        yield from arcs


def _decode(arc: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    xs = accumulate(step[0] for step in arc)
    ys = accumulate(step[1] for step in arc)
    return tuple((x * sx + tx, y * sy + ty) for x, y in zip(xs, ys, strict=True))


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    points: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc  # the first point is the last of the arc before
    return tuple(points)


def _box(ring: Ring) -> Box:
    longitudes, latitudes = zip(*ring, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)
