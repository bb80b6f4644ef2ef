import pytest
from rich.cells import cell_len

from marsad.publish.ledger.change_log import render_changes, render_history
from marsad.records import Cause, Change, ValueChange
from tests.publish.ledger.sample import CHANGES, DOSSIER, INCIDENT_ID


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("columns", [10, 60, 80, 300])
def test_no_line_is_wider_than_the_screen(columns):
    for text in (
        render_history(DOSSIER, CHANGES, columns=columns),
        "".join(render_changes(CHANGES, columns=columns)),
    ):
        assert max(cell_len(line) for line in text.splitlines()) <= max(50, min(columns, 100))


def test_each_value_says_from_what_to_what_by_whom_and_why():
    text = flat(render_history(DOSSIER, CHANGES))
    assert "2031-03-05 09:30:15 UTC changed row 17 report [3]" in text
    assert "killed: 6 → 14 the Valley Observatory raised its figure" in text
    assert "status: single source → corroborated" in text
    assert "place: near Tel Zahra, Upper Valley, Syria · town" in text


def test_a_persons_decision_has_name_and_reason():
    assert "merged, took in 0123456 row 41 merge by Dana: one ambush" in flat(
        render_history(DOSSIER, CHANGES)
    )


def test_the_feed_names_incidents_and_reports():
    text = flat("".join(render_changes(CHANGES)))
    assert "new 3f9a21c row 3 report report-00000000000000a1, Harbour Wire" in text
    assert text.endswith("3 changes.")


def test_no_changes_are_said():
    assert "".join(render_changes([])) == "no changes.\n"


@pytest.mark.parametrize("names", [False, True])
def test_private_names_are_shown_only_when_asked_for(names):
    assert ("Farhan" in "".join(render_changes(CHANGES, names=names))) is names
    assert ("Farhan" in render_history(DOSSIER, CHANGES, names=names)) is names


def test_without_a_report_at_hand_all_that_look_like_names_are_withheld():
    bare = DOSSIER.model_copy(update={"reports": (), "claims": ()})
    assert "Farhan" not in render_history(bare, CHANGES)


def test_hostile_values_do_not_reach_the_terminal():
    bad = "\x1b[31m\u202ex"
    change = Change(
        seq=1,
        at=bad,
        incident=INCIDENT_ID,
        kind="changed",
        values=(ValueChange(field=bad, before=bad, after={"any": [bad]}, why=bad),),
        cause=Cause(kind="recoding", name=bad, by=bad, why=bad),
    )
    assert not set("".join(render_changes([change]))) & {"\x1b", "\u202e"}
