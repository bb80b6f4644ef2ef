"""The review queue: its order, its sentences, and that what it foretells comes true."""

import shutil
from datetime import UTC, datetime

import pytest

from benchmarks.coded import make_coded_reports
from marsad.records import DEFAULT_POLICY, IncidentFilter
from marsad.store.database import Database
from marsad.store.ledger import CoderName, Ledger, Receipt
from marsad.workflow import decide
from marsad.workflow.ingest import keep_coded
from marsad.workflow.members import preview_merge
from marsad.workflow.queue import find_item, following, list_queue, tell_merge

CODER = CoderName("test", "0" * 64)
RECEIPT = Receipt("test", datetime(2026, 1, 1, tzinfo=UTC))
BY, WHY = "Rana", "read again"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    path = tmp_path_factory.mktemp("kept") / "ledger.sqlite"
    database = Database(f"sqlite:///{path}")
    for coded in make_coded_reports(80, seed=11):
        keep_coded(Ledger(database), CODER, coded, RECEIPT)
    database.close()
    return path


@pytest.fixture
def ledger(kept, tmp_path):
    database = Database(f"sqlite:///{shutil.copy(kept, tmp_path / 'ledger.sqlite')}")
    yield Ledger(database)
    database.close()


def pairs(ledger):
    return [item for item in list_queue(ledger) if item.other is not None]


def killed(incident):
    found = [
        t.best
        for t in incident.tallies
        if (t.outcome, t.group, t.policy) == ("killed", None, DEFAULT_POLICY)
    ]
    return found[0] if found else 0


def test_the_greatest_expected_change_comes_first(ledger):
    items = list_queue(ledger)
    assert {item.kind for item in items} >= {"same", "single"}
    assert [item.score for item in items] == sorted((i.score for i in items), reverse=True)
    assert len({item.key for item in items}) == len(items)
    assert list_queue(ledger, limit=3) == items[:3]


def test_the_order_hangs_on_nothing_but_the_ledger(ledger):
    assert list_queue(ledger) == list_queue(ledger)


def test_a_pair_moves_no_more_than_its_lesser_toll(ledger):
    for item in pairs(ledger):
        lesser = min(killed(item.incident), killed(item.other))
        assert item.moves.get("killed", 0) == -lesser
        assert item.score <= lesser + 0.25 * sum(-n for n in item.moves.values())


def test_what_a_merge_would_make_is_what_it_makes(ledger):
    """The sentence that a person decides by is the very change that the decision brings."""
    told = 0
    for item in pairs(ledger)[:4]:
        foretold = preview_merge(ledger, item.incident.id, item.other.id)
        assert foretold is not None
        words = tell_merge(ledger, item)
        before = killed(item.incident) + killed(item.other)
        made = decide.merge(ledger, [item.incident.id, item.other.id], BY, WHY)
        now = ledger.incident(item.incident.id)
        assert now is not None
        without = {"decisions": ()}
        assert now.model_copy(update=without) == foretold.model_copy(update=without)
        if killed(now) != before:
            fall = f"killed falls by {before - killed(now):,}, from {before:,} to {killed(now):,}"
            assert fall in words
            told += 1
        decide.undo(ledger, made.decision.seq or 0, BY, WHY)
    assert told


def test_a_preview_decides_nothing(ledger):
    item = pairs(ledger)[0]
    before = ledger.end(), list(ledger.incidents())
    preview_merge(ledger, item.incident.id, item.other.id)
    assert (ledger.end(), list(ledger.incidents())) == before


def test_of_incidents_that_stand_no_more_there_is_no_preview(ledger):
    item = pairs(ledger)[0]
    decide.merge(ledger, [item.incident.id, item.other.id], BY, WHY)
    assert preview_merge(ledger, item.incident.id, item.other.id) is None


def test_what_was_decided_waits_no_more(ledger):
    pair = pairs(ledger)[0]
    single = next(item for item in list_queue(ledger) if item.kind == "single")
    decide.keep_apart(ledger, pair.incident.id, pair.other.id, BY, WHY)
    decide.confirm(ledger, single.incident.id, BY, WHY)
    left = list_queue(ledger, limit=10_000)
    assert find_item(left, pair.key) is None
    assert find_item(left, single.key) is None


def test_two_kept_apart_stay_apart_when_more_comes(ledger):
    pair = pairs(ledger)[0]
    decide.keep_apart(ledger, pair.incident.id, pair.other.id, BY, WHY)
    for coded in make_coded_reports(90, seed=11):
        keep_coded(ledger, CODER, coded, RECEIPT)
    one, other = ledger.incident(pair.incident.id), ledger.incident(pair.other.id)
    assert one is not None
    assert other is not None
    assert one.id != other.id


def test_a_rejected_incident_is_in_no_pair(ledger):
    pair = pairs(ledger)[0]
    decide.reject(ledger, pair.incident.id, BY, WHY)
    shown = {i.id for item in list_queue(ledger) for i in (item.incident, item.other) if i}
    assert pair.incident.id not in shown


def test_one_goes_round_the_queue(ledger):
    items = list_queue(ledger, limit=3)
    assert [following(items, item.key) for item in items] == [items[1], items[2], items[0]]
    assert following(items, "gone") == items[0]
    assert following([], "gone") is None


def test_an_empty_ledger_has_an_empty_queue(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    assert list_queue(Ledger(database)) == []
    assert list(Ledger(database).incidents(IncidentFilter())) == []
    database.close()
