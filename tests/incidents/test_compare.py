import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.geodesy import great_circle_km
from marsad.incidents.compare import (
    compare_claims,
    compare_dates,
    compare_kinds,
    compare_places,
    same_party,
)

POINT = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def test_a_degree_of_latitude_is_111_kilometres():
    assert great_circle_km((0, 0), (1, 0)) == pytest.approx(111.19, abs=0.01)


def test_antipodes_are_half_the_circumference_apart():
    assert great_circle_km((0, 0), (0, 180)) == pytest.approx(math.pi * 6371.0088)


@given(POINT, POINT)
def test_distance_is_symmetric_and_never_negative(a, b):
    assert great_circle_km(a, b) == pytest.approx(great_circle_km(b, a))
    assert great_circle_km(a, b) >= 0


def test_a_latitude_beyond_the_pole_is_refused():
    with pytest.raises(ValueError, match="91"):
        great_circle_km((91, 0), (0, 0))


@pytest.mark.parametrize(
    ("first", "second", "least", "most"),
    [
        ("attack", "attack", 1, 1),
        ("peaceful-protest", "excessive-force", 1, 1),
        ("attack", "air-strike", 0.5, 1),
        ("air-strike", "suicide-bombing", 0.01, 0.5),
        ("attack", "peaceful-protest", -1, -1),
        ("agreement", "shelling", -1, -1),
        ("arrest", "abduction", -1, -1),
    ],
)
def test_kinds_agree_as_far_as_they_can_describe_one_event(make_claim, first, second, least, most):
    value = compare_kinds(make_claim(first), make_claim(second)).value
    assert least <= value <= most


def test_two_towns_are_two_places_however_near(town):
    assert compare_places(town("Sake", -1.57, 29.04), town("Goma", -1.67, 29.22)).value == -1


def test_a_place_near_a_town_may_be_in_it(town):
    near = town("Sake", -1.57, 29.04, relation="near")
    assert compare_places(near, town("Goma", -1.57, 29.10)).value == 0.5


def test_a_street_that_no_gazetteer_lists_may_lie_in_the_town(town):
    street = town("Cerise Avenue", 33.92, -118.35, geonameid=None)
    assert compare_places(street, town("Hawthorne", 33.92, -118.35)).value == 0.5


def test_a_town_lies_in_its_province(town):
    province = town("Idlib", 35.8, 36.6, precision="province", admin1="Idlib")
    assert compare_places(town("Saraqib", 35.86, 36.8, admin1="Idlib"), province).value == 0.5


def test_places_in_two_countries_are_apart(town):
    assert (
        compare_places(town("A", 1, 1, country="COD"), town("B", 1, 1.1, country="RWA")).value < 0
    )


def test_an_unknown_place_says_nothing(town):
    assert compare_places(None, town("Goma", -1.67, 29.22)).value == 0


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [("2024-05-01", "2024-05-01", 1), ("2024-05-01", "2024-05-03", -1)],
)
def test_days_agree_or_exclude(make_claim, day, first, second, value):
    assert compare_dates(make_claim(when=day(first)), make_claim(when=day(second))).value == value


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Syrian security forces", "security forces", True),
        ("loyalists of the former regime", "former regime loyalists", True),
        ("the army", "rebels", False),
        ("M23", "FDLR", False),
    ],
)
def test_a_shorter_name_of_a_party_is_that_party(a, b, expected):
    assert same_party(a, None, b, None) is expected


def test_listed_parties_are_told_apart_by_id():
    assert not same_party("National Army", "lby-lna", "National Army", "som-sna")


def test_another_day_forbids_a_match_unless_figures_are_equal(make_claim, day, figure):
    first = make_claim(when=day("2024-05-01"), figures=(figure("killed", 40),))
    other = make_claim(when=day("2024-05-02"), figures=(figure("killed", 12),))
    equal = make_claim(when=day("2024-05-02"), figures=(figure("killed", 40),))
    assert compare_claims(first, other)[2]
    assert not compare_claims(first, equal)[2]


def test_every_part_of_a_comparison_gives_its_reason(make_claim):
    _, parts, _ = compare_claims(make_claim(), make_claim())
    assert all(part.reason for part in parts)


def test_a_town_in_another_province_is_not_in_this_one(town):
    province = town("Idlib", 35.9, 36.6, precision="province", admin1="Idlib")
    city = town("Aleppo", 36.2, 37.16, admin1="Aleppo")
    assert compare_places(province, city).value == -1.0
    assert compare_places(province, town("Saraqib", 35.86, 36.8, admin1="Idlib")).value == 0.5


def test_a_camp_further_off_than_a_town_is_wide_lies_in_another(town):
    camp = town("Camp", 31.42, 34.38, precision="site")
    assert compare_places(camp, town("Own town", 31.45, 34.38)).value == 0.5
    assert compare_places(camp, town("Other town", 31.31, 34.38)).value == -1.0
