from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad.records import IncidentFilter
from marsad.store import filtering
from marsad.store.facets import find_facets
from marsad.store.matching import matches_facets, sort_key
from tests.store.generated import LEDGERS, QUERIES, filters
from tests.store.sample import make_incident


def fill(ledger, made):
    """Put incidents in the place of those that are there; their order is that of changes."""
    with ledger.writing() as writer:
        writer.account.clear()
        for seq, (incident, words) in enumerate(made, start=1):
            writer.account.put_incident(incident, words, seq)


def ids(incidents):
    return [incident.id for incident in incidents]


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(made=LEDGERS, asked=st.lists(filters(), min_size=6, max_size=12), few=st.booleans())
def test_the_database_takes_what_matching_takes_in_the_same_order(
    ledger, monkeypatch, made, asked, few
):
    monkeypatch.setattr(filtering, "FEW", 4000 if few else 0)
    fill(ledger, made)
    all_facets = [(find_facets(i, words), seq) for seq, (i, words) in enumerate(made, start=1)]
    for wanted in asked:
        expected = sorted(
            (sort_key(wanted, facets, seq), facets.incident_id)
            for facets, seq in all_facets
            if matches_facets(wanted, facets)
        )
        assert ids(ledger.incidents(wanted)) == [name for _, name in expected], wanted
        assert ledger.count_incidents(wanted) == len(expected)


@pytest.fixture
def two_places(ledger):
    towns = {"fiji": (-17.8, 179.5), "samoa": (-13.8, -171.8)}
    made = []
    for name, (latitude, longitude) in towns.items():
        place = {"name": name, "latitude": latitude, "longitude": longitude, "precision": "town"}
        made.append((make_incident(name, place=place), f"Two hurt in {name}"))
    whole = {"name": "Fiji", "latitude": -18, "longitude": 178, "precision": "country"}
    made.append((make_incident("country", place=whole), "Unrest in Fiji"))
    fill(ledger, made)
    return ledger


def found(ledger, **wanted):
    return set(ids(ledger.incidents(IncidentFilter.model_validate(wanted))))


def test_a_box_across_the_date_line(two_places):
    assert found(two_places, box=(179, -20, -170, -10)) == {"fiji", "samoa"}
    assert found(two_places, box=(-170, -20, 179, -10)) == set()


def test_a_circle_across_the_date_line(two_places):
    assert found(two_places, near=(-17.8, -179.9, 100)) == {"fiji"}
    assert found(two_places, near=(-17.8, -179.9, 10)) == set()


def test_the_point_of_a_country_says_nothing_unless_asked_loosely(two_places):
    around = ((177, -19), (179, -19), (179, -17), (177, -17))
    assert found(two_places, polygon=around) == set()
    assert found(two_places, polygon=around, loose=True) == {"country"}


def test_rejected_incidents_are_shown_only_when_discounted_ones_are_asked_for(ledger):
    review = {"kind": "reject", "by": "r", "at": "2024", "reason": "hoax", "seq": 1}
    fill(ledger, [(make_incident("i1", status="corroborated", review=review), "")])
    assert found(ledger) == set()
    assert found(ledger, status=["corroborated"]) == set()
    assert found(ledger, status=["discounted"]) == {"i1"}


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_fails(two_places, query):
    assert found(two_places, text=query) <= {"fiji", "samoa", "country"}


def test_a_page_and_its_count(ledger):
    when = [
        {"start": date(2024, 1, d), "end": date(2024, 1, d), "precision": "day"} for d in (1, 2)
    ]
    made = [(make_incident(f"i{n}", when=w), "") for n, w in enumerate((*when, None))]
    fill(ledger, made)
    wanted = IncidentFilter(order="date", limit=1, offset=1)
    assert ids(ledger.incidents(wanted)) == ["i1"]
    assert ledger.count_incidents(wanted) == 3
    assert ids(ledger.incidents(IncidentFilter())) == ["i1", "i0", "i2"]


def test_incidents_can_be_put_while_others_are_read(ledger):
    fill(ledger, [(make_incident(f"i{n}"), "") for n in range(500)])
    seen: list[str] = []
    for incident in ledger.incidents():
        if not seen:
            fill(ledger, [])
        seen.append(incident.id)
    assert len(set(seen)) == 500


def test_totals_follow_the_filter(ledger):
    fill(ledger, [
        (make_incident("i1", killed=3, event_type="riot"), ""),
        (make_incident("i2", killed=4), ""),
        (make_incident("i3"), ""),
    ])  # fmt: skip
    total = ledger.totals()["killed"]
    assert (total.incidents, total.low, total.best, total.open_above) == (2, 7, 7, 2)
    assert ledger.totals(IncidentFilter(types=("riot",)))["killed"].best == 3


def test_days_and_cells(ledger):
    place = {"name": "Goma", "latitude": -1.7, "longitude": 29.2, "precision": "town"}
    when = {"start": "2024-05-08", "end": "2024-05-09", "precision": "day"}
    fill(ledger, [
        (make_incident("i1", killed=3, place=place, when=when), ""),
        (make_incident("i2", killed=1, place=place), ""),
    ])  # fmt: skip
    assert [(d.day, d.incidents, d.killed) for d in ledger.days()] == [
        ("2024-05-08", 1, 3),
        (None, 1, 1),
    ]
    (cell,) = ledger.cells(degrees=0.5)
    assert (cell.south, cell.west, cell.incidents, cell.killed) == (-2, 29, 2, 4)
