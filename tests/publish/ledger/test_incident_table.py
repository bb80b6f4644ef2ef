import re
from typing import Any

import pytest
from rich.cells import cell_len

from marsad.publish.ledger.incident_table import WIDEST, IncidentList, render_incident_table
from marsad.records import LedgerIncident, Participant
from tests.publish.ledger import sample
from tests.publish.ledger.sample import INCIDENT, OTHER


def page(*incidents: LedgerIncident, **more: Any) -> IncidentList:
    number = len(incidents)
    fields: dict[str, Any] = {"incidents": incidents, "found": number, "known": number}
    return IncidentList(**(fields | more))


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("columns", [10, 50, 71, 72, 80, 109, 110, 120, 300])
def test_no_line_is_wider_than_the_screen(columns):
    limit = max(50, min(columns, WIDEST))
    text = render_incident_table(page(INCIDENT, OTHER), columns=columns)
    assert max(cell_len(line) for line in text.splitlines()) <= limit


@pytest.mark.parametrize("columns", [50, 80, 120])
def test_a_row_says_what_where_when_how_many_and_how_sure(columns):
    text = flat(render_incident_table(page(INCIDENT), columns=columns))
    for words in ("3f9a21c", "2031-03-03", "Armed clash", "Tel Zahra", "14", "10+"):
        assert words in text
    assert "contested" in text
    assert "2 src · 4" in text
    assert "confirmed" in text


@pytest.mark.parametrize("columns", [50, 80, 120])
def test_a_range_and_a_month_stay_what_they_are(columns):
    text = render_incident_table(page(OTHER), columns=columns)
    assert "24–99" in text
    assert re.search(r"2031-03(?!-)", text)


def test_the_policy_chooses_the_numbers():
    text = flat(render_incident_table(page(INCIDENT, policy="acled-conservative")))
    assert "6–14" in text
    assert "Documented minimum: 6 killed" in text


def test_the_sum_is_of_low_bounds_and_says_what_of_it_is_contested():
    text = flat(render_incident_table(page(INCIDENT, OTHER)))
    assert "Documented minimum: 38 killed (14 of them contested), 10 injured" in text


def test_a_part_of_the_list_says_so_and_how_to_go_on():
    text = flat(render_incident_table(page(OTHER, found=200, known=300, offset=50)))
    assert "Incidents 51 to 51 of 200" in text
    assert "--offset 51" in text
    assert "Documented minimum in these rows" in text


def test_the_sum_over_all_that_match_is_told_where_it_is_known():
    part = page(OTHER, found=200, known=300, sums={"killed": (1500, 20), "injured": (9, 0)})
    text = flat(render_incident_table(part))
    assert "Documented minimum in all 200: 1500 killed (20 of them contested), 9 injured." in text


@pytest.mark.parametrize(
    ("known", "found", "words"),
    [(0, 0, "marsad ingest SOURCE"), (7, 0, "No incident matches, of 7"), (7, 3, "--offset 9")],
)
def test_an_empty_list_says_why_it_is_empty(known, found, words):
    assert words in flat(render_incident_table(page(known=known, found=found, offset=9)))


def test_in_a_large_ledger_ids_are_longer():
    assert "3f9a21c04be" in render_incident_table(page(INCIDENT, records=1_000_000))


def test_two_hundred_rows_keep_their_ids_apart():
    many = [
        INCIDENT.model_copy(update={"id": f"incident-abcdef1{number:03x}000000"})
        for number in range(200)
    ]
    text = render_incident_table(page(*many, records=10_000))
    ids = re.findall(r"^abcdef1[0-9a-f]*", text, flags=re.MULTILINE)
    assert len(set(ids)) == 200


def test_private_names_stay_out_of_the_wide_list_until_asked_for():
    assert "Farhan" not in render_incident_table(page(INCIDENT), columns=120)
    assert "Farhan" in render_incident_table(page(INCIDENT), columns=120, names=True)


def test_hostile_words_do_not_reach_the_terminal():
    hostile = INCIDENT.model_copy(
        update={
            "place": sample.PLACE.model_copy(update={"name": "\x1b[31mRed\u202e\nTown"}),
            "participants": (
                Participant(role="actor", name="\x1b]0;x\x07[bold]", kind="armed-group"),
            ),
        }
    )
    text = render_incident_table(page(hostile), columns=120)
    assert not set(text) & {"\x1b", "\x07", "\u202e"}
    assert "[bold]" in text


def test_colour_adds_nothing_but_escapes():
    coloured = render_incident_table(page(INCIDENT, OTHER), colour=True)
    assert "\x1b[" in coloured
    plain = render_incident_table(page(INCIDENT, OTHER))
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == plain.split()
