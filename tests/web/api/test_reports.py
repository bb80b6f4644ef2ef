"""Reports for programs: read, searched, and sent."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from tests.web.api.conftest import REPORTS, items, walk

SENT = {
    "id": "harbour/2024-06-02?story=7",
    "outlet": "Harbour Wire",
    "published": "2024-06-02",
    "title": "Shelling kills four in Daraa",
    "text": "Shelling killed four civilians in Daraa on Saturday, a doctor said.",
}


def test_a_report_is_sent_coded_and_kept_once(api):
    answer = api.post("/api/v1/reports", json=SENT)
    assert answer.status_code == 201, answer.text
    taken = answer.json()
    assert (taken["id"], taken["outcome"]) == (SENT["id"], "new")
    assert [change["kind"] for change in taken["changes"]] == ["new"]
    kept = api.get(answer.headers["location"]).json()
    assert kept["report"]["text"] == SENT["text"]
    assert kept["head"]["origin"] == "sent by Cody Coder"
    incident = api.get(f"/api/v1/incidents/{kept['incidents'][0]}").json()["incident"]
    assert incident["event_type"] == "shelling"

    row = taken["row"]
    again = api.post("/api/v1/reports", json=SENT)
    assert (again.status_code, again.json()["outcome"]) == (200, "known")
    assert again.json()["row"] == row
    newer = api.post("/api/v1/reports", json=SENT | {"text": SENT["text"] + " He was there."})
    assert (newer.status_code, newer.json()["outcome"]) == (201, "version")
    assert len(api.get(answer.headers["location"]).json()["versions"]) == 2


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ("{", 422, "JSON"),
        ("[" * 100_000, 400, ""),
        ("9" * 5_000, 400, ""),
        ("[]", 422, "dictionary"),
        ("{}", 422, "no 'text'"),
        ('{"text": 7}', 422, "not a string"),
        ('{"text": "  "}', 422, "empty"),
        ('{"text": "Gunmen \\ud800 killed two."}', 422, "surrogate"),
        ('{"text": "Two killed.", "title": "\\ud800"}', 422, "title"),
        ('{"text": "Two killed.", "published": "someday"}', 422, "someday"),
        ('{"text": "Two killed.", "published": NaN}', 422, "not understood"),
        ('{"text": "Two killed.", "authors": {"a": 1}}', 422, "authors"),
        (json.dumps({"text": "Two killed.", "id": "x" * 501}), 422, "id"),
        ('{"text": "Quatre personnes ont été tuées samedi à Daraa.", "language": "fr"}', 422, "fr"),
    ],
)
def test_what_is_no_report_is_refused_with_the_reason(api, body, status, says):
    before = api.get("/api/v1/reports").json()["total"]
    headers = {"Content-Type": "application/json"}
    answer = api.post("/api/v1/reports", content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert says in answer.json()["detail"]
    assert api.get("/api/v1/reports").json()["total"] == before


def test_a_report_longer_than_the_limit_is_refused(api, api_desk):
    text = "Shelling killed four civilians in Daraa. " * 600_000
    answer = api.post("/api/v1/reports", json={"text": text})
    assert len(text) > api_desk.settings.max_report_bytes
    assert answer.status_code == 413


def test_reports_are_listed_each_once_the_last_received_first(api):
    pages = list(walk(api, "/api/v1/reports?limit=2"))
    found = [head for page in pages for head in page["items"]]
    assert [h["seq"] for h in found] == sorted({h["seq"] for h in found}, reverse=True)
    assert {h["id"] for h in found} >= {report["id"] for report in REPORTS}
    assert len(found) == pages[0]["total"]


def test_reports_are_found_by_words(api):
    found = items(api, '/api/v1/reports?text="market strike"')
    assert [head["id"] for head in found] == ["market-strike-later"]
    assert api.get("/api/v1/reports?text=zzz").json()["total"] == 0


def test_an_id_that_is_an_address_is_found(api):
    name = quote(REPORTS[2]["id"], safe="")
    answer = api.get(f"/api/v1/reports/{name}?names=true").json()
    assert answer["report"]["text"] == REPORTS[2]["text"]
    assert items(api, f"/api/v1/claims?report={name}&names=true") == answer["claims"]


def test_a_claim_says_what_stands_on_it(api):
    claim = items(api, "/api/v1/claims?report=market-strike")[0]
    told = api.get(f"/api/v1/claims/{claim['id']}").json()
    assert told["claim"] == claim
    assert told["counts"] is True
    assert told["incidents"] == [items(api, "/api/v1/incidents?kind=air-strike")[0]["id"]]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/api/v1/incidents/market-strike", "/api/v1/reports/market-strike"),
        ("/api/v1/reports/incident-0000000000000000", "no report has the id"),
        ("/api/v1/claims/%00", "no claim has the id"),
        ("/api/v1/claims/" + "x" * 3000, "xxx…"),
        ("/api/v1/claims?report=nothing", "no report has the id"),
    ],
)
def test_an_unknown_id_is_not_found_and_it_is_said_what_would_be(api, path, says):
    answer = api.get(path)
    assert answer.status_code == 404
    assert says in answer.json()["detail"]
