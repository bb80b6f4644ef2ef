import pytest

from marsad.publish.ledger.receipts import (
    MOST_NAMED,
    IngestCount,
    render_decided,
    render_decisions,
    render_ingest_summary,
    verdict_words,
)
from marsad.records import Change
from tests.publish.ledger.sample import CHANGES, DECISION


def flat(text: str) -> str:
    return " ".join(text.split())


def change(number: int, kind: str) -> Change:
    return CHANGES[0].model_copy(update={"incident": f"incident-{number:016x}", "kind": kind})


def test_an_ingest_counts_what_came_of_the_reports_and_of_incidents():
    count = IngestCount(new=3, version=1, known=2, failed=1)
    count.add_changes([change(1, "new"), change(2, "changed"), change(1, "changed")])
    text = flat(render_ingest_summary(count, database="sqlite:///ledger.sqlite"))
    assert "7 reports: 3 new, 1 new version, 2 already known, 1 failed" in text
    assert "1 new incident, 1 changed" in text
    assert "sqlite:///ledger.sqlite" in text
    assert "Next: marsad show 0000000" in text


def test_an_incident_that_came_and_went_is_not_named():
    count = IngestCount(new=2)
    count.add_changes([change(1, "new"), change(1, "withdrawn"), change(2, "new")])
    assert list(count.kinds) == [change(2, "new").incident]


def test_an_incident_under_the_id_of_an_earlier_report_is_as_new_as_before():
    count = IngestCount(new=2)
    moved = change(2, "changed").model_copy(update={"others": (change(1, "new").incident,)})
    count.add_changes([change(1, "new"), moved, change(1, "withdrawn")])
    assert count.kinds == {moved.incident: "new"}


@pytest.mark.parametrize("old", [False, True])
def test_new_incidents_that_turn_out_one_are_one_new_unless_it_was_there_before(old):
    count = IngestCount(new=3, is_old=lambda change: old)
    others = (change(1, "new").incident, change(2, "new").incident)
    count.add_changes(
        [
            change(1, "new"),
            change(2, "new"),
            change(3, "merged").model_copy(update={"others": others}),
            change(1, "withdrawn"),
            change(2, "withdrawn"),
        ]
    )
    assert count.kinds == {change(3, "new").incident: "changed" if old else "new"}


def test_many_incidents_are_counted_and_not_named():
    count = IngestCount(new=99)
    count.add_changes([change(number, "new") for number in range(MOST_NAMED + 1)])
    text = render_ingest_summary(count, database="x")
    assert f"{MOST_NAMED + 1} new incidents" in text
    assert "  new:" not in text


def test_a_decision_says_what_it_changed_and_how_to_undo_it():
    text = flat(render_decided(DECISION, CHANGES[1:2]))
    assert "Decision 41: confirm by Dana" in text
    assert "killed: 6 → 14" in text
    assert "marsad judge undo 41" in text


def test_a_decision_without_effect_says_so():
    assert "changes nothing" in render_decided(DECISION, ())


def test_a_decision_that_was_taken_back_is_marked():
    assert "taken back: confirm by Dana" in flat(render_decisions([DECISION], {41}))
    assert "taken back" not in render_decisions([DECISION], set())


def test_a_broken_chain_is_named():
    assert "61 rows" in verdict_words(61, 9, None)
    words = verdict_words(12, 9, "claims, row 13: was altered")
    assert "NOT" in words
    assert "claims, row 13: was altered" in words
