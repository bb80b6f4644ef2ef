"""The bundled example, coded for real: what every coded report must keep."""

import json
import subprocess
import sys
from html import escape
from pathlib import Path

import pytest

from marsad import Coder
from marsad.publish.html_page import render_page
from marsad.publish.terminal import render_text
from marsad.records import CodedReport, Evidence, Record
from marsad.workflow import read_sources

EXAMPLE = Path(__file__).parents[2] / "examples" / "tartus-ambush.html"


@pytest.fixture(scope="module")
def coded() -> CodedReport:
    (report,) = read_sources([str(EXAMPLE)])
    result = next(Coder().code_many([report]))
    assert isinstance(result, CodedReport)
    return result


def evidence_in(value: object) -> list[Evidence]:
    """Every Evidence inside a record, however deep."""
    if isinstance(value, Evidence):
        return [value]
    if isinstance(value, Record):
        return [e for _, inner in value for e in evidence_in(inner)]
    if isinstance(value, tuple):
        return [e for inner in value for e in evidence_in(inner)]
    return []


def test_every_evidence_quotes_its_report(coded):
    found = evidence_in(coded)
    assert found
    for evidence in found:
        assert evidence.report_id == coded.report.id
        assert coded.report.text[evidence.start : evidence.end] == evidence.quote


def test_incidents_tallies_and_disputes_point_to_claims_that_are_there(coded):
    claims = {claim.id: claim for claim in coded.claims}
    assert coded.incidents
    assert len(claims) == len(coded.claims)
    for incident in coded.incidents:
        assert set(incident.claims) <= set(claims)
        assert {"asserted", "alleged"} & {claims[key].modality for key in incident.claims}
        for tally in incident.tallies:
            assert set(tally.claims) <= set(claims)
            assert tally.low <= tally.best
            assert tally.high is None or tally.best <= tally.high
        for dispute in incident.disputes:
            assert {dispute.claim, dispute.counterclaim} <= set(claims)


def test_no_event_is_dated_later_than_its_report(coded):
    for incident in coded.incidents:
        if incident.when:
            assert incident.when.start <= coded.report.published_date


def test_ids_are_the_same_in_another_process(coded):
    done = subprocess.run(
        [sys.executable, "-m", "marsad", "code", str(EXAMPLE), "--format", "json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    assert json.loads(done.stdout) == json.loads(coded.model_dump_json())


def test_the_example_can_be_shown_in_every_format(coded):
    assert escape(coded.report.title or "") in render_page(coded, names=True)
    text = render_text(coded, columns=80, names=True)
    assert len(text.splitlines()) > 20
