"""What a person decides is carried out, kept, and can be taken back."""

import shutil
from datetime import UTC, datetime

import pytest

from benchmarks.coded import make_coded_reports
from marsad.errors import DecisionError, LedgerError, UnknownRecord
from marsad.records import IncidentFilter
from marsad.store.database import Database
from marsad.store.ledger import CoderName, Ledger, Receipt
from marsad.workflow import decide
from marsad.workflow.ingest import keep_coded

CODER = CoderName("test", "0" * 64)
RECEIPT = Receipt("test", datetime(2026, 1, 1, tzinfo=UTC))
REPORTS = list(make_coded_reports(60, seed=5))
EVERYTHING = IncidentFilter(status=("single-source", "corroborated", "contested", "discounted"))
BY, WHY = "r.haddad", "seen in the video"


def incidents(ledger):
    return {i.id: i for i in ledger.incidents(EVERYTHING)}


def best(incident, outcome="killed"):
    rows = [t for t in incident.tallies if t.outcome == outcome and t.group is None]
    return {t.policy: t.best for t in rows}


def number_of(decided):
    assert decided.decision.seq is not None
    return decided.decision.seq


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    path = tmp_path_factory.mktemp("kept") / "ledger.sqlite"
    database = Database(f"sqlite:///{path}")
    for coded in REPORTS:
        keep_coded(Ledger(database), CODER, coded, RECEIPT)
    database.close()
    return path


@pytest.fixture
def full(kept, tmp_path):
    """A ledger of many reports, for this test alone."""
    database = Database(f"sqlite:///{shutil.copy(kept, tmp_path / 'ledger.sqlite')}")
    yield Ledger(database)
    database.close()


@pytest.fixture
def two(full):
    """Two incidents of several reports each."""
    found = sorted((i for i in incidents(full).values() if len(i.reports) > 1), key=lambda i: i.id)
    assert len(found) > 1
    return found[:2]


def test_merged_incidents_are_one_and_both_ids_find_it(full, two):
    decided = decide.merge(full, [i.id for i in two], BY, WHY)
    now = incidents(full)
    united = [i for i in now.values() if set(two[0].reports) <= set(i.reports)]
    assert len(united) == 1
    assert set(united[0].reports) == set(two[0].reports) | set(two[1].reports)
    assert {full.incident(i.id).id for i in two} == {united[0].id}
    assert {c.kind for c in decided.changes} == {"merged", "withdrawn"}
    assert decided.decision.seq in united[0].decisions


def test_an_undone_merge_leaves_the_account_as_it_was(full, two):
    before = incidents(full)
    decided = decide.merge(full, [i.id for i in two], BY, WHY)
    assert incidents(full) != before
    decide.undo(full, number_of(decided), BY, "another town")
    assert incidents(full) == before


def test_a_split_report_stands_apart_and_stays_so(full, two):
    whole = two[0]
    part = whole.reports[-1]
    decide.split(full, whole.id, [part], BY, WHY)
    for incident in incidents(full).values():
        assert not {part, whole.reports[0]} <= set(incident.reports)


def test_of_a_merge_and_a_split_the_later_holds(full, two):
    part = two[1].reports[-1]
    decide.merge(full, [i.id for i in two], BY, WHY)
    one = full.incident(two[0].id)
    decide.split(full, one.id, [part], BY, "another town")
    assert all(not {part, two[0].reports[0]} <= set(i.reports) for i in incidents(full).values())
    holders = [i.id for i in incidents(full).values() if {part} & set(i.reports)]
    decide.merge(full, [full.incident(two[0].id).id, holders[0]], BY, "the same after all")
    assert any({part, two[0].reports[0]} <= set(i.reports) for i in incidents(full).values())


def test_a_rejected_incident_is_discounted_and_left_out(full, two):
    decide.reject(full, two[0].id, BY, WHY)
    incident = full.incident(two[0].id)
    assert incident.status == "discounted"
    assert incident.review.reason == WHY
    assert two[0].id not in {i.id for i in full.incidents(IncidentFilter())}


def test_a_confirmed_incident_says_who_confirmed_it(full, two):
    decide.confirm(full, two[0].id[:14], BY, WHY)
    review = full.incident(two[0].id).review
    assert (review.kind, review.by, review.reason) == ("confirm", BY, WHY)


def test_a_rejected_claim_counts_nothing(full):
    alone = next(i for i in incidents(full).values() if len(i.claims) == 1)
    decide.reject(full, alone.claims[0], BY, "read wrong")
    assert alone.id not in incidents(full)


@pytest.mark.parametrize(
    ("text", "bounds"), [("14", (14, 14, 14)), ("9-14", (9, 11, 14)), ("14+", (14, 14, None))]
)
def test_a_set_number_stands_in_every_policy_and_names_the_person(full, two, text, bounds):
    decide.set_value(full, two[0].id, "killed", text, BY, WHY)
    rows = [
        t for t in full.incident(two[0].id).tallies if t.outcome == "killed" and t.group is None
    ]
    assert len(rows) == 4
    for row in rows:
        assert (row.low, row.best, row.high) == bounds
        assert any(BY in source for source in row.sources)


def test_a_set_place_and_day_are_the_incidents(full, two):
    decide.set_value(full, two[0].id, "place", "Goma@-1.68,29.22/town/COD", BY, WHY)
    decide.set_value(full, two[0].id, "when", "2024-12-24..2024-12-25", BY, WHY)
    incident = full.incident(two[0].id)
    assert (incident.place.name, incident.place.country) == ("Goma", "COD")
    assert str(incident.when.start) == "2024-12-24"
    assert two[0].id in {i.id for i in full.incidents(IncidentFilter(near=(-1.7, 29.2, 20)))}


def test_decisions_outlive_a_new_reading(full, two):
    decide.set_value(full, two[0].id, "killed", "99", BY, WHY)
    newer = CoderName("test 2", "1" * 64)
    for coded in REPORTS:
        renamed = coded.model_dump_json().replace('"claim-', '"claim-a')
        keep_coded(full, newer, type(coded).model_validate_json(renamed), RECEIPT)
    now = [i for i in incidents(full).values() if set(i.reports) == set(two[0].reports)]
    assert [best(i)["latest-credible"] for i in now] == [99]


@pytest.mark.parametrize(
    ("act", "error", "says"),
    [
        (lambda led, i: decide.merge(led, [i, i], BY, WHY), DecisionError, "one incident already"),
        (lambda led, i: decide.merge(led, [i, "incident-ffff"], BY, WHY), UnknownRecord, "nothing"),
        (lambda led, i: decide.confirm(led, i, " ", WHY), DecisionError, "--by"),
        (lambda led, i: decide.reject(led, i, BY, ""), DecisionError, "--why"),
        (lambda led, i: decide.split(led, i, ["nobody"], BY, WHY), UnknownRecord, "nobody"),
        (lambda led, i: decide.set_value(led, i, "mood", "x", BY, WHY), DecisionError, "mood"),
        (lambda led, i: decide.set_value(led, i, "killed", "many", BY, WHY), DecisionError, "many"),
        (lambda led, i: decide.set_value(led, i, "killed", "9-2", BY, WHY), DecisionError, "2-9"),
        (lambda led, i: decide.set_value(led, i, "place", "Goma", BY, WHY), DecisionError, "Goma"),
        (
            lambda led, i: decide.set_value(led, i, "place", "X@95,0", BY, WHY),
            DecisionError,
            "latitude",
        ),
        (lambda led, i: decide.set_value(led, i, "when", "soon", BY, WHY), DecisionError, "soon"),
        (lambda led, i: decide.undo(led, 3, BY, WHY), LedgerError, "3"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_is_written(full, two, act, error, says):
    before = full.end()
    with pytest.raises(error, match=says):
        act(full, two[0].id)
    assert full.end() == before


def test_all_of_an_incident_cannot_be_split_off(full, two):
    with pytest.raises(DecisionError, match="nothing"):
        decide.split(full, two[0].id, list(two[0].reports), BY, WHY)


def test_what_is_undone_cannot_be_undone_again(full, two):
    number = number_of(decide.confirm(full, two[0].id, BY, WHY))
    decide.undo(full, number, BY, WHY)
    with pytest.raises(LedgerError, match="undone already"):
        decide.undo(full, number, BY, WHY)
