from datetime import UTC, datetime, timedelta

import pytest

from marsad.records import IncidentFilter
from marsad.store.chain import format_time
from tests.store.sample import make_change, make_incident

START = datetime(2024, 5, 8, tzinfo=UTC)


def at(hour):
    return START + timedelta(hours=hour)


class History:
    """Writes changes, one an hour."""

    def __init__(self, ledger):
        self.ledger = ledger
        self.hour = 0

    def change(self, incident, kind="changed", words="", others=()):
        self.hour += 1
        when = format_time(at(self.hour))
        made = make_change(incident.id, self.hour, when, kind=kind, others=others)
        with self.ledger.writing() as writer:
            gone = kind == "withdrawn"
            writer.account.put_version(made, None if gone else incident, words)
            if gone:
                writer.account.drop_incident(incident.id)
            else:
                writer.account.put_incident(incident, words, made.seq)
        return made


@pytest.fixture
def history(ledger):
    """i1 told at 1, its toll grown at 2; i2 told at 3 and merged into i1 at 4 and 5."""
    made = History(ledger)
    made.change(make_incident("i1", killed=3), "new", "three farmers")
    made.change(make_incident("i1", killed=5), words="five farmers")
    made.change(make_incident("i2", killed=1), "new", "one herder")
    made.change(make_incident("i2"), "withdrawn", others=("i1",))
    made.change(make_incident("i1", killed=6), "merged", "six farmers", others=("i2",))
    return made


def tolls(incidents):
    return {i.id: i.tallies[0].best for i in incidents}


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(0, {}), (1, {"i1": 3}), (2.5, {"i1": 5}), (3, {"i1": 5, "i2": 1}), (9, {"i1": 6})],
)
def test_the_account_as_it_stood(ledger, history, hour, expected):
    assert tolls(ledger.incidents(as_of=at(hour))) == expected
    assert ledger.count_incidents(as_of=at(hour)) == len(expected)


def test_filters_look_at_what_stood_then(ledger, history):
    wanted = IncidentFilter(text="three", outcome="killed", at_least=3)
    assert tolls(ledger.incidents(wanted, as_of=at(1))) == {"i1": 3}
    assert tolls(ledger.incidents(wanted, as_of=at(2))) == {}
    page = IncidentFilter(order="toll", limit=1, offset=1)
    assert tolls(ledger.incidents(page, as_of=at(3))) == {"i2": 1}
    assert ledger.count_incidents(page, as_of=at(3)) == 2


def test_now_and_as_of_now_are_the_same(ledger, history):
    assert list(ledger.incidents()) == list(ledger.incidents(as_of=at(9)))


def test_an_id_once_given_finds_its_incident(ledger, history):
    merged = ledger.incident("i2")
    assert merged is not None
    assert merged.id == "i1"
    assert ledger.incident("i2", as_of=at(3)).id == "i2"
    assert ledger.incident("i2", as_of=at(2)) is None
    assert ledger.incident("never") is None


def test_ids_that_lead_in_a_circle_lead_nowhere(ledger):
    made = History(ledger)
    for one, other in (("a", "b"), ("b", "a")):
        made.change(make_incident(one), "new")
        made.change(make_incident(one), "withdrawn", others=(other,))
    assert ledger.incident("a") is None


def test_changes_since_a_moment_or_a_row(ledger, history):
    assert [c.seq for c in ledger.changes()] == [1, 2, 3, 4, 5]
    assert [c.seq for c in ledger.changes(since=at(3))] == [4, 5]
    assert [c.seq for c in ledger.changes(since=2, incident="i2")] == [3, 4]


def test_changes_of_a_filters_incidents_with_what_left_it_behind(ledger, history):
    herders = IncidentFilter(text="herder")
    assert [(c.seq, c.kind) for c in ledger.changes(wanted=herders)] == [
        (3, "new"),
        (4, "withdrawn"),
    ]


def test_many_changes_are_read_to_the_last(ledger):
    made = History(ledger)
    for _ in range(5):
        made.change(make_incident("i1"))
    with ledger.writing() as writer:
        for _ in range(400):
            change = make_change("i1", 6, format_time(at(6)))
            writer.account.put_version(change, make_incident("i1"))
    assert sum(1 for _ in ledger.changes()) == 405
