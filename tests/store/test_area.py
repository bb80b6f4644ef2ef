import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.records import Place
from marsad.store.area import (
    boxes_meet,
    circle_boxes,
    find_spot,
    point_in_polygon,
    polygon_meets_box,
    squared_chord,
    unit_vector,
)

LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)
KILOMETRES = st.floats(0.1, 20_000)
L_SHAPE = ((0, 0), (4, 0), (4, 1), (1, 1), (1, 4), (0, 4))


def chord(one, other):
    return sum((a - b) ** 2 for a, b in zip(unit_vector(*one), unit_vector(*other), strict=True))


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        ((33.51, 36.29), (36.20, 37.16), 309.5),  # Damascus, Aleppo
        ((0, 179.5), (0, -179.5), 111.2),
        ((90, 0), (-90, 0), 20_015.1),
    ],
)
def test_distances_on_the_sphere(one, other, kilometres):
    assert chord(one, other) <= squared_chord(kilometres * 1.002)
    assert chord(one, other) >= squared_chord(kilometres * 0.998)


@given(LATITUDES, LONGITUDES, KILOMETRES, LATITUDES, LONGITUDES)
def test_the_boxes_of_a_circle_hold_all_of_it(latitude, longitude, kilometres, other, far):
    if chord((latitude, longitude), (other, far)) <= squared_chord(kilometres * 0.999_999):
        boxes = circle_boxes(latitude, longitude, kilometres)
        assert any(boxes_meet((far, other, far, other), box) for box in boxes)


@pytest.mark.parametrize(
    ("point", "inside"),
    [((0.5, 3), True), ((3, 0.5), True), ((3, 3), False), ((-1, 0.5), False), ((5, 0.5), False)],
)
def test_a_point_in_a_hollow_is_outside(point, inside):
    assert point_in_polygon(point[0], point[1], L_SHAPE) is inside


@pytest.mark.parametrize(
    ("box", "meets"),
    [
        ((2, 2, 3, 3), False),  # in the hollow
        ((0.2, 0.2, 0.3, 0.3), True),  # inside
        ((-1, -1, 5, 5), True),  # around
        ((-1, 0.4, 5, 0.6), True),  # across, with no corner in either
        ((3.5, 0.5, 9, 9), True),
        ((6, 6, 7, 7), False),
    ],
)
def test_boxes_that_meet_a_polygon(box, meets):
    assert polygon_meets_box(L_SHAPE, box) is meets


def test_what_a_word_may_mean_grows_with_its_vagueness():
    def width(precision):
        place = Place(name="x", latitude=35.0, longitude=36.0, precision=precision)
        spot = find_spot(place)
        assert spot is not None
        west, _, east, _ = spot.around
        return east - west

    widths = [width(p) for p in ("site", "town", "district", "province", "country")]
    assert widths == sorted(set(widths))


def test_a_place_without_a_point_lies_nowhere():
    assert find_spot(Place(name="x", precision="town")) is None
