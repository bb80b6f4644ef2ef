"""What holds for every answer: tags, parameters, problems, changes to follow."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from marsad import cli
from marsad.records import IncidentFilter
from marsad.store.saved_filters import SavedFilters
from tests.web.api.conftest import items
from tests.web.api.test_incidents import reject

ROOT = Path(__file__).parents[3]
LISTS = ["incidents", "reports", "changes", "judgements", "totals"]


@pytest.mark.parametrize("name", LISTS)
def test_an_answer_is_not_sent_twice_until_something_changes(api, name):
    path = f"/api/v1/{name}"
    first = api.get(path)
    tag = first.headers["etag"]
    assert not tag.startswith("W/")
    again = api.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    reject(api, items(api, "/api/v1/incidents")[0]["id"])
    changed = api.get(path, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag


def test_other_questions_and_other_roles_have_other_tags(api, program, api_desk):
    api_desk.public = True
    tags = [
        client.get(f"/api/v1/incidents{query}").headers["etag"]
        for client in (api, program("viewer"), program("anonymous"))
        for query in ("", "?limit=1", "?names=true")
    ]
    assert len(set(tags)) == len(tags)


def test_a_saved_filter_that_is_saved_anew_has_another_tag(api, api_desk):
    saved = SavedFilters(api_desk.ledger.database)
    saved.add("mine", IncidentFilter(place="idlib"))
    tag = api.get("/api/v1/incidents?filter=mine").headers["etag"]
    saved.remove("mine")
    saved.add("mine", IncidentFilter(place="tartus"))
    answer = api.get("/api/v1/incidents?filter=mine", headers={"If-None-Match": tag})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("knd=air-strike", "'kind'"),
        ("kind=airstrike", "airstrike"),
        ("since=2024-13-01", "2024-13-01"),
        ("since=2024-02-02&since=2024-02-03", "given 2 times"),
        ("since=2024-05-01&until=2024-01-01", "ends"),
        ("box=1,2,3", "4 numbers"),
        ("near=91,0,5", "near"),
        ("near=nan,0,5", "near"),
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=9999999999999999999999", "limit"),
        ("offset=-1", "offset"),
        ("offset=٣", "offset"),
        ("policy=mine", "latest-credible"),
        ("as_of=yesterday", "2024-12-26"),
        ("as_of=9999-12-31T23:59:59-14:00", "as_of"),
        ("names=maybe", "maybe"),
        ("cursor=abc", "cursor"),
        ("cursor=WyJkYXRlIiwgWyIyMDI0IiwgIngiXV0", "order"),
        ("cursor=WyJ0b2xsIiwgWzFlMzA5LCAxLCAieCJdXQ&order=toll", "cursor"),
        ("text=" + "x" * 501, "500"),
    ],
)
def test_a_parameter_that_is_not_understood_is_named(api, query, says):
    answer = api.get(f"/api/v1/incidents?{query}")
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert says in answer.json()["detail"]


def test_changes_are_those_of_the_command(api, ledger_url, capsys):
    capsys.readouterr()
    assert cli.run(["changes", "--since", "0", "--format", "jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert items(api, "/api/v1/changes?names=true") == lines
    assert items(api, "/api/v1/changes?names=true&limit=1") == lines
    moment = lines[2]["at"]
    assert cli.run(["changes", "--since", moment, "--until", lines[-1]["at"], "-f", "jsonl"]) == 0
    later = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    query = f"names=true&since={moment}&until={lines[-1]['at']}"
    assert items(api, f"/api/v1/changes?{query}") == later
    assert 0 < len(later) < len(lines)


def test_a_copy_is_kept_by_asking_for_what_came_after_its_last_row(api):
    rows = [change["seq"] for change in items(api, "/api/v1/changes")]
    assert items(api, f"/api/v1/changes?since={rows[-1]}") == []
    incident = items(api, "/api/v1/incidents")[0]["id"]
    reject(api, incident)
    (change,) = items(api, f"/api/v1/changes?since={rows[-1]}")
    assert (change["incident"], change["cause"]["decision"]) == (incident, "reject")


def test_a_page_of_changes_ends_where_a_row_ends(api):
    page = api.get("/api/v1/changes?limit=1").json()
    assert len(page["items"]) > 1  # the example's first report told of several incidents
    assert len({change["seq"] for change in page["items"]}) == 1


def test_the_description_is_a_page_for_people_too(api, api_desk, program):
    document = api.get("/api/v1/openapi.json").json()
    answer = program("anonymous").get("/api/v1/docs")
    assert answer.headers["location"].startswith("/sign-in")
    api_desk.public = True
    page = program("anonymous").get("/api/v1/docs").text
    for path in document["paths"]:
        assert path in page
    for name in document["components"]["schemas"]:
        assert f'id="{name}"' in page
    assert "<script>" not in page
    assert "style=" not in page


def test_every_address_is_in_the_reference(api):
    told = (ROOT / "docs" / "reference" / "api.md").read_text("utf-8").replace("{number}", "{id}")
    for path, methods in api.get("/api/v1/openapi.json").json()["paths"].items():
        short = re.sub(r"\{\w+\}", "{id}", path.removeprefix("/api/v1"))
        for method in methods:
            shown = {f"`{method.upper()} {short}", f"`{short}"}
            assert any(way in told for way in shown), f"{method} {path}"
