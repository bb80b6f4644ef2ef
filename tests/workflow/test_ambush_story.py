"""Four reports of one ambush, two of them one wire text: what the account must make of them."""

import json
from pathlib import Path

import pytest

from marsad.records import IncidentFilter
from marsad.workflow.ingest import ingest
from tests.test_seed_page import PAGE as SEED

EXAMPLES = Path(__file__).parents[2] / "examples"
THREE = EXAMPLES / "tartus-reports.jsonl"
COPY, WIRE, FIRST = "harbour-gazette-toll", "northern-wire-toll", "levant-courier-ambush"


def ambushes(ledger):
    asked = IncidentFilter(place="Tartus", outcome="killed", at_least=5)
    return list(ledger.incidents(asked))


@pytest.fixture(params=["our page", "the first page"])
def page(request):
    if request.param == "our page":
        return EXAMPLES / "tartus-ambush.html"
    if not SEED.is_file():
        pytest.skip("the page that started the project is not here; it is not part of it")
    return SEED


@pytest.fixture
def told(ledger, coder, page):
    ingest(ledger, coder, [str(THREE), str(page)])
    return ledger


def killed(incident, policy="latest-credible"):
    rows = [
        t for t in incident.tallies if (t.outcome, t.group, t.policy) == ("killed", None, policy)
    ]
    assert len(rows) == 1
    return rows[0]


def test_four_reports_are_one_incident(told):
    found = ambushes(told)
    assert len(found) == 1
    assert {FIRST, WIRE, COPY} < set(found[0].reports)
    assert len(found[0].reports) == 4


def test_the_earlier_toll_is_kept_and_overtaken(told):
    (incident,) = ambushes(told)
    six = [t for t in incident.told if t.outcome == "killed" and t.report == FIRST]
    assert {(t.best, t.state) for t in six} == {(6, "superseded")}
    assert killed(incident).best >= 14


def test_the_history_tells_of_six_before_fourteen(ledger, coder, page):
    ingest(ledger, coder, [str(THREE), str(page)])
    (incident,) = ambushes(ledger)
    moved = [
        value.after["best"]
        for change in ledger.changes(0, incident.id)
        for value in change.values
        if value.field == "killed"
    ]
    assert moved[:2] == [6, 14]


def test_a_copy_corroborates_nothing(told):
    (incident,) = ambushes(told)
    carrying = [origin for origin in incident.origins if COPY in origin.reports]
    assert carrying
    for origin in carrying:
        assert COPY in origin.copies
        assert WIRE in origin.reports


def test_the_wire_text_and_its_copy_alone_are_no_two_voices(ledger, coder, tmp_path):
    lines = THREE.read_text("utf-8").splitlines()
    both = tmp_path / "wire.jsonl"
    both.write_text("\n".join(line for line in lines if FIRST not in line), "utf-8")
    alone = tmp_path / "one.jsonl"
    alone.write_text(next(line for line in lines if WIRE in line), "utf-8")
    ingest(ledger, coder, [str(alone)])
    (before,) = ambushes(ledger)
    ingest(ledger, coder, [str(both)])
    (after,) = ambushes(ledger)
    assert after.status == before.status
    assert [o.source for o in after.origins] == [o.source for o in before.origins]
    assert killed(after) == killed(before)


def test_the_dispute_about_aleppo_stays(told):
    contested = [
        i for i in told.incidents(IncidentFilter(place="Aleppo")) if i.status == "contested"
    ]
    assert len(contested) == 1
    assert {"date", "perpetrator"} <= {d.about for d in contested[0].disputes}


def test_what_looks_back_is_linked_and_counts_nothing(ledger, coder, tmp_path):
    ingest(ledger, coder, [str(THREE)])
    (before,) = ambushes(ledger)
    anniversary = {
        "id": "a-year-later",
        "outlet": "River Post",
        "published": "2025-12-25",
        "text": "Families in Tartus lit candles on Thursday in memory of the 14 members of the "
        "security forces killed in an ambush near the city a year ago, on December 25, 2024.",
    }
    path = tmp_path / "later.jsonl"
    path.write_text(json.dumps(anniversary), "utf-8")
    ingest(ledger, coder, [str(path)])
    (after,) = ambushes(ledger)
    assert {c.report_id for c in ledger.claims(after.mentions).values()} == {"a-year-later"}
    assert (after.tallies, after.origins, after.status) == (
        before.tallies,
        before.origins,
        before.status,
    )
    assert ledger.count_incidents(IncidentFilter()) == 1
