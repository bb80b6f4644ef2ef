"""What the map draws: nothing lost, nothing doubled, nothing pinned that is not known so well."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import DeskError
from marsad.store.overview import PlaceSum
from marsad.web.map_features import MAX_ZOOM, PlaceGrid, as_geojson
from marsad.web.pages.map import read_part

COUNTS = st.integers(0, 500)
PRECISIONS = ("site", "town", "district", "province", "country")
POINTS = st.tuples(
    st.floats(-90, 90) | st.sampled_from([-90.0, 0.0, 35.0, 90.0]),
    st.floats(-180, 180) | st.sampled_from([-180.0, 0.0, 36.0, 180.0]),
)


@st.composite
def place_sums(draw):
    latitude, longitude = draw(POINTS | st.just((None, None)))
    incidents = draw(st.integers(1, 500))
    return PlaceSum(
        latitude,
        longitude,
        draw(st.sampled_from(PRECISIONS)) if latitude is not None else None,
        draw(st.sampled_from(["SYR", "SDN", None])),
        incidents,
        draw(st.integers(0, incidents)),
        draw(COUNTS),
        draw(COUNTS),
    )


def sums(things):
    things = list(things)
    return tuple(
        sum(getattr(thing, name) for thing in things)
        for name in ("incidents", "contested", "killed", "injured")
    )


@given(places=st.lists(place_sums(), max_size=30), zoom=st.integers(0, MAX_ZOOM))
def test_all_incidents_are_drawn_once(places, zoom):
    grid = PlaceGrid(places)
    pointed = [p for p in places if p.latitude is not None and p.precision != "country"]
    features = grid.features(zoom)
    assert sums(features) == sums(pointed)
    assert grid.pointed == sum(p.incidents for p in pointed)
    told = grid.pointed + grid.unplaced + sum(area.incidents for area in grid.areas)
    assert told == sum(p.incidents for p in places)


@given(places=st.lists(place_sums(), max_size=30), zoom=st.integers(0, MAX_ZOOM))
def test_only_what_is_known_to_a_town_or_site_is_a_point(places, zoom):
    for feature in PlaceGrid(places).features(zoom):
        match feature.kind:
            case "point":
                assert feature.precision in ("site", "town")
            case "disc":
                assert feature.precision in ("district", "province")
                assert feature.radius_km in (30, 120)
            case "cluster":
                assert feature.precision is None
                assert feature.places > 1


@given(places=st.lists(place_sums(), max_size=30), zoom=st.integers(0, MAX_ZOOM))
def test_a_number_stands_where_its_places_are(places, zoom):
    wide = 360 / (8 * 2**zoom)
    for feature in PlaceGrid(places).features(zoom):
        west, south, east, north = feature.box
        assert east - west <= wide + 1e-9
        assert west - wide <= feature.longitude <= east + wide
        if feature.places == 1:
            assert (feature.longitude, feature.latitude) == (west, south)
        assert -90 <= feature.latitude <= 90
        assert north >= south


@given(
    places=st.lists(place_sums(), max_size=30),
    zoom=st.integers(0, MAX_ZOOM),
    corner=POINTS,
    size=st.floats(0.01, 90),
)
def test_a_cluster_is_the_same_from_wherever_one_looks(places, zoom, corner, size):
    grid = PlaceGrid(places)
    south, west = max(-90.0, corner[0] - size), corner[1]
    east = west + size if west + size <= 180 else west + size - 360
    seen = grid.features(zoom, (west, south, east, corner[0]))
    assert set(seen) <= set(grid.features(zoom))
    for place in places:
        if place.latitude is None or place.precision == "country":
            continue
        across = east - west if east >= west else east - west + 360
        inside = (place.longitude - west) % 360 <= across
        if inside and south <= place.latitude <= corner[0] and place.longitude < 180:
            assert any(f.incidents >= place.incidents for f in seen)


def test_a_province_joins_a_number_only_where_that_says_no_more_than_hereabouts():
    places = [
        PlaceSum(35.0, 36.0, "province", "SYR", 1, 0, 1, 0),
        PlaceSum(35.1, 36.1, "town", "SYR", 1, 0, 1, 0),
        PlaceSum(35.1, 36.2, "town", "SYR", 1, 0, 1, 0),
    ]
    grid = PlaceGrid(places)
    assert [f.kind for f in grid.features(2)] == ["cluster"]
    assert sorted(f.kind for f in grid.features(6)) == ["cluster", "disc"]


def test_a_country_is_told_by_its_shape_and_a_place_without_coordinates_by_its_country():
    grid = PlaceGrid(
        [
            PlaceSum(35.0, 38.0, "country", "SYR", 2, 0, 3, 0),
            PlaceSum(None, None, "town", "SYR", 1, 1, 4, 0),
            PlaceSum(None, None, None, None, 5, 0, 0, 0),
        ]
    )
    assert grid.features(3) == []
    assert [(a.name, a.number, a.incidents, a.killed) for a in grid.areas] == [("Syria", 760, 3, 7)]
    assert grid.unplaced == 5


def test_no_place_at_all_draws_nothing():
    grid = PlaceGrid([])
    assert (grid.features(0), grid.areas, grid.box) == ([], (), None)


def test_a_feature_says_how_far_it_may_mean():
    (feature,) = PlaceGrid([PlaceSum(35.0, 36.0, "district", "SYR", 1, 0, 1, 0)]).features(9)
    values = as_geojson(feature)
    assert values["geometry"]["coordinates"] == [36.0, 35.0]
    assert values["properties"]["radius_km"] == 30


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", None),
        ("10,20,30,40", (10.0, 20.0, 30.0, 40.0)),
        ("170,-10,190,10", (170.0, -10.0, -170.0, 10.0)),  # over the date line
        ("-200,-90,400,90", (-180.0, -90.0, 180.0, 90.0)),  # more than once around
    ],
)
def test_the_part_in_view_is_read_however_a_map_was_turned(text, part):
    assert read_part(text) == part


@pytest.mark.parametrize("text", ["1,2,3", "a,b,c,d", "nan,0,1,1", "0,9,1,1"])
def test_what_is_no_part_of_the_world_is_refused(text):
    with pytest.raises(DeskError, match="west, south, east, north"):
        read_part(text)
