import json

from marsad.publish.json_output import render_json, render_jsonl
from marsad.records import CodedReport, Report
from tests.publish import sample


def test_json_gives_the_record_back():
    assert CodedReport.model_validate_json(render_json(sample.CODED)) == sample.CODED


def test_jsonl_is_one_line():
    line = render_jsonl(sample.CODED)
    assert len(line.splitlines()) == 1
    assert CodedReport.model_validate_json(line) == sample.CODED


def test_report_claims_and_incidents_stand_on_top():
    assert {"report", "claims", "incidents"} <= set(json.loads(render_json(sample.CODED)))


def test_signs_that_some_take_for_line_ends_are_escaped():
    text = "a\u2028b\u2029c\x85d"
    line = render_jsonl(CodedReport(report=Report(id="r", text=text)))
    assert len(line.splitlines()) == 1
    assert json.loads(line)["report"]["text"] == text


def test_a_lone_surrogate_survives():
    text = "broken \ud83d sign"
    for render in (render_json, render_jsonl):
        coded = CodedReport(report=sample.REPORT.model_copy(update={"text": text}))
        written = render(coded)
        written.encode("utf-8")
        assert json.loads(written)["report"]["text"] == text
        assert json.loads(written)["report"]["published"] == "2024-11-14T09:30:00+03:00"
