import pytest

from marsad.incidents.group import group_claims
from marsad.incidents.sums import without_sums
from marsad.records import Evidence


@pytest.fixture
def make_told(make_claim, figure, town):
    """A claim that names its own place and counts its dead."""

    def make(name, dead, **place):
        claim = make_claim("remote-explosive", figures=(figure("killed", dead),))
        start = claim.trigger.start
        words = Evidence(report_id="r1", start=start, end=start + 6, quote="attack")
        where = town(name, 33.3, 44.4, **place).model_copy(update={"evidence": words})
        return claim.model_copy(update={"place": where, "evidence": (words,)})

    return make


def test_a_sum_whose_parts_are_told_by_place_does_not_stand_beside_them(make_told):
    whole = make_told("Basra", 9, geonameid=1)
    parts = [make_told("Ashar", 6, geonameid=None), make_told("Tannuma", 3, geonameid=None)]
    assert without_sums([whole, *parts]) == parts
    assert len(group_claims([whole, *parts], [])) == 2


def test_a_number_that_the_parts_do_not_make_up_stays(make_told):
    claims = [make_told("Basra", 9), make_told("Ashar", 6), make_told("Tannuma", 2)]
    assert without_sums(claims) == claims


def test_a_smaller_number_at_one_other_place_makes_no_sum(make_told):
    claims = [make_told("Basra", 9), make_told("Ashar", 9)]
    assert without_sums(claims) == claims


def test_two_districts_with_dead_of_their_own_are_two_incidents(make_told):
    claims = [make_told("Ashar", 6, geonameid=None), make_told("Tannuma", 2, geonameid=None)]
    assert len(group_claims(claims, [])) == 2


def test_two_names_with_the_same_dead_stay_one_incident(make_told):
    claims = [make_told("Ashar", 6, geonameid=None), make_told("Tannuma", 6, geonameid=None)]
    assert len(group_claims(claims, [])) == 1
