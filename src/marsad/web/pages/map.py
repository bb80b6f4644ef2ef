"""The map: what is drawn of a view at a zoom, and what there is at one of its points.

Reads   the sums of a view by place.
Writes  GeoJSON, and a part for the map's popup.
Never   gives the public a point that the public profile makes vague.
"""

from __future__ import annotations

import math
from threading import Lock
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Request, Response

from marsad.errors import DeskError
from marsad.publish.exports.protect import protect
from marsad.records import DEFAULT_POLICY
from marsad.store.overview import Overview
from marsad.web.desk import DeskDep
from marsad.web.guard import ReaderDep
from marsad.web.map_features import Box, PlaceGrid, as_geojson
from marsad.web.render import page
from marsad.web.rows import make_public_row, make_row
from marsad.web.view import read_view, view_json
from marsad.workflow.export import load_items

router = APIRouter()

MOST_HERE = 8

_grids: WeakKeyDictionary[Overview, PlaceGrid] = WeakKeyDictionary()
_grids_lock = Lock()


@router.get("/map")
def give_map(
    request: Request, desk: DeskDep, person: ReaderDep, zoom: int = 0, seen: str = ""
) -> Response:
    """What the map draws at a zoom, within the part of the world that is seen (W,S,E,N)."""
    view = read_view(request, person)
    part = read_part(seen)
    grid = _grid_of(view.overview(desk))
    return view_json(
        {
            "box": grid.box,
            "pointed": grid.pointed,
            "unplaced": grid.unplaced,
            "features": [as_geojson(feature) for feature in grid.features(zoom, part)],
            "areas": [vars(area) for area in grid.areas],
        },
        view,
    )


@router.get("/map/here")
def show_here(
    request: Request,
    desk: DeskDep,
    person: ReaderDep,
    latitude: float,
    longitude: float,
    precision: str,
) -> Response:
    """The incidents at one point of the map, as a part for its popup."""
    view = read_view(request, person)
    place = (latitude, longitude, precision)
    found = desk.overviews.incidents_at(view.wanted, place, MOST_HERE, view.veil)
    if view.public:
        items = load_items(desk.ledger, found, with_names=True)
        told = (protect(item, view.profile) for item in items)
        rows = [make_public_row(incident, DEFAULT_POLICY) for incident in told]
    else:
        rows = [make_row(i, DEFAULT_POLICY, names=view.names) for i in found]
    return page(request, "parts/here.html", rows=rows)


def _grid_of(overview: Overview) -> PlaceGrid:
    """The overview's grid, as long as the overview is kept."""
    with _grids_lock:
        held = _grids.get(overview)
    if held is None:
        held = PlaceGrid(overview.places)
        with _grids_lock:
            _grids[overview] = held
    return held


def read_part(text: str) -> Box | None:
    """A part of the world, W,S,E,N, however often a map was turned around; None for all of it.

    Raises:
        DeskError: it is none.
    """
    if not text:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        west = south = east = north = math.nan
    if not all(map(math.isfinite, (west, south, east, north))) or south > north:
        raise DeskError(f"seen: {text[:80]!r} is not west, south, east, north in degrees.")
    if east - west >= 360:
        return -180.0, south, 180.0, north
    west, east = (x if -180 <= x <= 180 else (x + 180) % 360 - 180 for x in (west, east))
    return west, south, east, north
