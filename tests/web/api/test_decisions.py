"""Decisions by programs: made in the owner's name, seen in the history, taken back."""

from __future__ import annotations

import pytest

from marsad.web.cookies import form_token
from tests.web.api.conftest import items
from tests.web.conftest import NAMES


@pytest.fixture
def strikes(api) -> list[str]:
    """The air strike, and another incident."""
    strike = items(api, "/api/v1/incidents?kind=air-strike")[0]["id"]
    other = items(api, "/api/v1/incidents?kind=peaceful-protest")[0]["id"]
    return [strike, other]


def decide(api, **body):
    return api.post("/api/v1/judgements", json={"reason": "read side by side"} | body)


def history(api, incident: str) -> list[str]:
    answer = api.get(f"/api/v1/incidents/{incident}/history").json()
    return [change["cause"]["decision"] or change["cause"]["kind"] for change in answer["items"]]


def test_a_merge_and_its_undoing_stand_in_the_history(api, strikes):
    before = {i["id"] for i in items(api, "/api/v1/incidents")}
    answer = decide(api, kind="merge", incidents=strikes)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    number = made["decision"]["seq"]
    assert made["decision"]["made_by"] == NAMES["coder"]
    assert answer.headers["location"] == f"/api/v1/judgements/{number}"
    after = {i["id"] for i in items(api, "/api/v1/incidents")}
    assert len(after) == len(before) - 1
    (gone,) = before - after
    # The old id still finds what it went into.
    assert api.get(f"/api/v1/incidents/{gone}").json()["asked"] == gone

    undone = api.post(f"/api/v1/judgements/{number}/undo", json={"reason": "a slip"})
    assert undone.status_code == 201
    assert {i["id"] for i in items(api, "/api/v1/incidents")} == before
    assert history(api, strikes[0])[-2:] == ["merge", "undo"]
    assert api.get("/api/v1/judgements").json()["items"] == []
    entry = api.get("/api/v1/judgements?all=true").json()["items"][0]
    assert (entry["decision"]["seq"], entry["undone"]) == (number, True)


def test_each_kind_of_decision_does_what_the_command_does(api, strikes):
    strike = strikes[0]
    assert decide(api, kind="apart", incidents=strikes).status_code == 201
    assert decide(api, kind="confirm", record=strike).status_code == 201
    assert (
        decide(api, kind="set", incident=strike, field="killed", value="12-15").status_code == 201
    )
    incident = api.get(f"/api/v1/incidents/{strike}").json()["incident"]
    assert incident["review"]["kind"] == "confirm"
    tally = next(t for t in incident["tallies"] if t["outcome"] == "killed" and not t["group"])
    assert (tally["low"], tally["high"]) == (12, 15)
    report = incident["reports"][-1]
    assert decide(api, kind="split", incident=strike, parts=[report]).status_code == 201
    assert len(items(api, "/api/v1/incidents?kind=air-strike")) == 2
    claim = items(api, f"/api/v1/claims?report={report}")[0]["id"]
    assert decide(api, kind="reject", record=claim).status_code == 201
    assert [d["kind"] for d in api.get(f"/api/v1/claims/{claim}").json()["decisions"]] == ["reject"]
    kinds = [e["decision"]["kind"] for e in items(api, "/api/v1/judgements?limit=2")]
    assert kinds == ["split", "confirm", "set", "split", "reject"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"kind": "merge", "incidents": ["incident-0000000000000000"] * 2}, "nothing has the id"),
        ({"kind": "merge", "incidents": ["STRIKE", "STRIKE"]}, "one incident already"),
        ({"kind": "merge", "incidents": ["market-strike", "STRIKE"]}, "is a report"),
        ({"kind": "merge", "incidents": ["STRIKE"]}, "at least 2 items"),
        ({"kind": "split", "incident": "STRIKE", "parts": ["northern-wire-toll"]}, "no report"),
        ({"kind": "set", "incident": "STRIKE", "field": "killed", "value": "many"}, "'many'"),
        ({"kind": "set", "incident": "STRIKE", "field": "weather", "value": "1"}, "'weather'"),
        ({"kind": "confirm", "record": "STRIKE", "reason": " \t "}, "reason"),
        ({"kind": "confirm", "record": "STRIKE", "made_by": "Someone Else"}, "made_by"),
        ({"kind": "forget", "record": "STRIKE"}, "'forget'"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_the_reason(api, strikes, body, says):
    filled = {
        key: [strikes[0] if v == "STRIKE" else v for v in value]
        if isinstance(value, list)
        else (strikes[0] if value == "STRIKE" else value)
        for key, value in body.items()
    }
    answer = decide(api, **filled)
    assert answer.status_code == 422
    assert says in answer.json()["detail"]
    assert items(api, "/api/v1/judgements?all=true") == []


def test_nobody_decides_about_what_changed_since_they_looked(api, program, strikes):
    strike, other = strikes
    seen = api.get(f"/api/v1/incidents/{strike}").headers["etag"]
    colleague = program("admin")
    assert decide(colleague, kind="confirm", record=strike).status_code == 201
    stale = api.post(
        "/api/v1/judgements",
        json={"kind": "reject", "record": strike, "reason": "no such strike"},
        headers={"If-Match": seen},
    )
    assert stale.status_code == 412
    assert NAMES["admin"] in stale.json()["detail"]
    # What did not change since then may be decided about.
    fine = api.post(
        "/api/v1/judgements",
        json={"kind": "reject", "record": other, "reason": "no such protest"},
        headers={"If-Match": seen},
    )
    assert fine.status_code == 201


def test_a_tag_that_is_none_of_ours_decides_nothing(api, strikes):
    answer = api.post(
        "/api/v1/judgements",
        json={"kind": "reject", "record": strikes[0], "reason": "no such strike"},
        headers={"If-Match": '"abc"'},
    )
    assert answer.status_code == 412


def test_a_decision_is_undone_once(api, strikes):
    number = decide(api, kind="confirm", record=strikes[0]).json()["decision"]["seq"]
    path = f"/api/v1/judgements/{number}/undo"
    assert api.post(path, json={"reason": "a slip"}).status_code == 201
    again = api.post(path, json={"reason": "a slip"})
    assert again.status_code == 409
    assert str(number) in again.json()["detail"]


@pytest.mark.parametrize("number", ["0", "-1", "3", "99999999999999999999999"])
def test_a_number_that_no_decision_has_is_not_found(api, number):
    """Row 3 is a claim: not everything in the ledger is a decision."""
    assert api.get(f"/api/v1/judgements/{number}").status_code == 404
    answer = api.post(f"/api/v1/judgements/{number}/undo", json={"reason": "a slip"})
    assert answer.status_code == 404


def test_decisions_are_listed_by_who_made_them_and_for_an_incident(api, program, strikes):
    decide(api, kind="confirm", record=strikes[0])
    decide(program("admin"), kind="confirm", record=strikes[1])
    mine = items(api, f"/api/v1/judgements?by={NAMES['admin']}")
    assert [e["decision"]["made_by"] for e in mine] == [NAMES["admin"]]
    there = items(api, f"/api/v1/judgements?incident={strikes[0]}")
    assert [e["decision"]["made_by"] for e in there] == [NAMES["coder"]]


def test_a_cookie_reads_and_decides_only_with_the_pages_token(api_desk, program, strikes):
    client = program("anonymous")
    session = api_desk.sessions.start(NAMES["coder"], "tests")
    client.cookies.set("marsad-session", session)
    assert client.get("/api/v1/reports").status_code == 200
    assert decide(client, kind="confirm", record=strikes[0]).status_code == 403
    client.headers["X-CSRF-Token"] = form_token(session)
    assert decide(client, kind="confirm", record=strikes[0]).status_code == 201


def test_an_account_of_other_rules_is_not_decided_about(api, api_desk, strikes):
    with api_desk.ledger.writing() as writer:
        writer.account.rules = "of another version"
    answer = decide(api, kind="confirm", record=strikes[0])
    assert answer.status_code == 503
    assert "marsad rebuild" in answer.json()["detail"]
    sent = api.post("/api/v1/reports", json={"text": "Gunmen killed six soldiers near Homs."})
    assert sent.status_code == 503
