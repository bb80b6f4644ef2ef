"""Sums kept in memory are those of the tables, whatever was asked or changed."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.records import IncidentFilter
from marsad.store import columns
from marsad.store import overview as overviews
from marsad.store.overview import DRAWN, OverviewCache, Veil
from tests.store.generated import LEDGERS, STATUSES, filters
from tests.store.sample import CODER, RECEIPT, make_coded, make_incident
from tests.store.test_filtering import fill, ids

EVERYTHING = IncidentFilter(status=STATUSES)
TOWN = {"name": "Goma", "latitude": -1.68, "longitude": 29.22, "country": "COD"}


@pytest.fixture
def cache(database):
    return OverviewCache(database)


def put(ledger, seq, *incidents):
    """Put incidents as row `seq` of the ledger changed them."""
    with ledger.writing() as writer:
        for incident in incidents:
            writer.account.put_incident(incident, "", seq)
        writer.account.built_to = seq


def drop(ledger, seq, name):
    with ledger.writing() as writer:
        writer.account.drop_incident(name)
        writer.account.built_to = seq


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(made=LEDGERS, asked=st.lists(filters(), min_size=4, max_size=8))
def test_sums_are_those_of_the_tables(ledger, cache, made, asked):
    fill(ledger, made)
    for wanted in asked:
        overview = cache.read(wanted)
        assert overview.incidents == ledger.count_incidents(wanted)
        totals = ledger.totals(wanted)
        assert overview.totals.keys() == totals.keys()
        for outcome, total in totals.items():
            found = overview.totals[outcome]
            expected = (total.incidents, total.low, total.best, total.high, total.open_above)
            assert (
                found.incidents,
                found.low,
                found.best,
                found.high,
                found.open_above,
            ) == expected
        began: Counter[str | None] = Counter()
        for day in overview.days:
            began[day.start] += day.incidents
        assert dict(began) == {day.day: day.incidents for day in ledger.days(wanted)}
        assert sum(place.incidents for place in overview.places) == overview.incidents
        for outcome in DRAWN:
            low = totals[outcome].low if outcome in totals else 0
            assert sum(getattr(place, outcome) for place in overview.places) == low
            assert sum(getattr(day, outcome)[0] for day in overview.days) == low


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    made=LEDGERS,
    asked=st.lists(filters(), min_size=4, max_size=8),
    limit=st.integers(1, 5),
    offset=st.integers(0, 6),
)
def test_a_page_is_that_of_the_ledger(ledger, cache, made, asked, limit, offset):
    fill(ledger, made)
    for one in asked:
        wanted = one.model_copy(update={"limit": limit, "offset": offset})
        assert ids(cache.page(wanted)) == ids(ledger.incidents(wanted)), wanted


def test_a_page_among_very_many_that_are_level_is_the_ledger_s_too(ledger, cache, monkeypatch):
    monkeypatch.setattr(overviews, "MOST_CANDIDATES", 2)
    put(ledger, 1, *(make_incident(f"i{n}", 1) for n in range(6)))
    wanted = IncidentFilter(order="toll", limit=2, offset=1)
    assert ids(cache.page(wanted)) == ["i1", "i2"]


def test_the_contested_part_of_a_minimum_is_told(ledger, cache):
    fill(ledger, [(make_incident("a", 3), ""), (make_incident("b", 4, status="contested"), "")])
    overview = cache.read(EVERYTHING)
    assert (overview.contested, overview.totals["killed"].contested) == (1, 4)


@pytest.mark.parametrize("many", [0, 20_000], ids=["read anew", "brought up"])
def test_what_came_changed_and_went_is_followed(ledger, cache, monkeypatch, many):
    monkeypatch.setattr(columns, "MANY", many)
    put(ledger, 1, make_incident("a", 1), make_incident("b", 2))
    assert cache.read(EVERYTHING).totals["killed"].low == 3
    put(ledger, 2, make_incident("b", 20), make_incident("c", 300))
    assert cache.read(EVERYTHING).totals["killed"].low == 321
    drop(ledger, 3, "c")
    assert cache.read(EVERYTHING).totals["killed"].low == 21
    # A number that is free again may be given to another incident.
    put(ledger, 4, make_incident("d", 4000))
    overview = cache.read(EVERYTHING)
    assert (overview.totals["killed"].low, overview.incidents) == (4021, 3)


def test_an_account_built_anew_to_the_same_row_is_read_anew(ledger, cache):
    put(ledger, 5, make_incident("a", 1), make_incident("b", 20))
    assert cache.read(EVERYTHING).totals["killed"].low == 21
    with ledger.writing() as writer:
        writer.account.clear()
        for incident in (make_incident("b", 20), make_incident("c", 300)):
            writer.account.put_incident(incident, "", 5)
        writer.account.built_to = 5
    assert cache.read(EVERYTHING).totals["killed"].low == 320


def test_the_same_question_is_answered_from_memory_until_the_account_changes(ledger, cache):
    put(ledger, 1, make_incident("a", 1))
    first = cache.read(IncidentFilter(limit=10, order="toll"))
    assert cache.read(IncidentFilter(offset=5)) is first
    put(ledger, 2, make_incident("b", 1))
    assert cache.read(IncidentFilter()) is not first


def test_what_is_veiled_lies_in_the_middle_of_a_cell_and_is_not_listed(ledger, cache):
    veil = Veil(frozenset({"abduction"}), 0.2)
    taken = make_incident("a", event_type="abduction", place=TOWN | {"precision": "town"})
    seen = make_incident("b", place=TOWN | {"precision": "town"})
    put(ledger, 1, taken, seen)
    places = {(p.latitude, p.longitude, p.precision) for p in cache.read(EVERYTHING, veil).places}
    assert places == {(-1.68, 29.22, "town"), (-1.7, 29.3, "district")}
    here = (-1.68, 29.22, "town")
    assert [i.id for i in cache.incidents_at(EVERYTHING, here, 9, veil)] == ["b"]
    assert {i.id for i in cache.incidents_at(EVERYTHING, here, 9, None)} == {"a", "b"}


def test_an_incident_of_a_report_with_a_sensitive_claim_is_veiled_too(ledger, cache):
    coded = make_coded(3)
    claims = (coded.claims[0], coded.claims[1].model_copy(update={"event_type": "abduction"}))
    kept = ledger.keep(coded.model_copy(update={"claims": claims}), CODER, RECEIPT)
    incident = make_incident("a", place=TOWN | {"precision": "town"})
    with ledger.writing() as writer:
        writer.account.put_telling("t1", "r3", kept.report_seq, kept.run_seq, "{}", ["k"])
        writer.account.set_incident(["t1"], "a")
        writer.account.put_incident(incident, "", 1)
        writer.account.built_to = 1
    veil = Veil(frozenset({"abduction"}), 0.2)
    assert [p.precision for p in cache.read(EVERYTHING, veil).places] == ["district"]
    assert [p.precision for p in cache.read(EVERYTHING, None).places] == ["town"]
    goma = EVERYTHING.model_copy(update={"place": "Goma", "limit": 5})
    assert (cache.read(goma, veil).incidents, cache.page(goma, veil)) == (0, [])
    assert (cache.read(goma).incidents, ids(cache.page(goma))) == (1, ["a"])
