"""Incidents for programs: as the command line lists them, each once, and by whom they are told."""

from __future__ import annotations

import json
from itertools import product

import pytest

from marsad import cli
from marsad.records import IncidentFilter
from tests.web.api.conftest import items, walk


@pytest.fixture
def listed(ledger_url, capsys):
    """A function that gives what `marsad incidents` lists as JSON."""

    def run(*options: str):
        capsys.readouterr()
        assert cli.run(["incidents", *options, "--format", "json"]) == 0
        return json.loads(capsys.readouterr().out)

    return run


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", []),
        ("since=2024-12-25", ["--since", "2024-12-25"]),
        ("until=2024-03-31", ["--until", "2024-03-31"]),
        ("place=idlib", ["--place", "idlib"]),
        ("country=Syria", ["--country", "Syria"]),
        ("box=35.5,34.5,36.5,35.8", ["--box", "35.5,34.5,36.5,35.8"]),
        ("near=35.93,36.63,30", ["--near", "35.93,36.63,30"]),
        ("near=35.93,36.63,30&loose=true", ["--near", "35.93,36.63,30", "--loose"]),
        ("kind=air-strike&kind=abduction", ["--kind", "air-strike", "--kind", "abduction"]),
        ("actor=gunmen", ["--actor", "gunmen"]),
        ("outcome=killed&at_least=10", ["--outcome", "killed", "--at-least", "10"]),
        ("at_least=10", ["--at-least", "10"]),
        ("status=contested&status=discounted", ["--status=contested", "--status=discounted"]),
        ("text=market", ["--text", "market"]),
        ("reviewed=false", ["--unreviewed"]),
        ("order=toll", ["--order", "toll"]),
        ("order=date&offset=2", ["--order", "date", "--offset", "2"]),
        ("as_of=2020-01-01", ["--as-of", "2020-01-01"]),
    ],
)
def test_filters_give_what_the_command_line_gives(api, listed, query, options):
    assert items(api, f"/api/v1/incidents?names=true&{query}") == listed(*options)


def test_the_filter_above_takes_some_and_leaves_some(api):
    """Else the test before would hold for any filter."""
    everything = api.get("/api/v1/incidents").json()["total"]
    for query in ("since=2024-12-25", "place=idlib", "text=market", "at_least=10"):
        assert 0 < api.get(f"/api/v1/incidents?{query}").json()["total"] < everything


@pytest.mark.parametrize(
    ("order", "limit"), list(product(("date", "-date", "toll", "changed"), (1, 2, 3)))
)
def test_pages_hold_every_incident_once_in_the_lists_order(api, api_desk, order, limit):
    pages = list(walk(api, f"/api/v1/incidents?order={order}&limit={limit}"))
    found = [item["id"] for page in pages for item in page["items"]]
    whole = [i.id for i in api_desk.ledger.incidents(IncidentFilter(order=order))]
    assert found == whole
    assert {page["total"] for page in pages} == {len(whole)}
    assert all(len(page["items"]) == limit for page in pages[:-1])


def test_what_comes_before_a_page_shifts_none_out_of_sight(api):
    before = {item["id"] for item in items(api, "/api/v1/incidents")}
    first = api.get("/api/v1/incidents?limit=3").json()
    # One of those that were given is taken out of the list: by offset the next page would
    # begin one too late.
    gone = first["items"][0]["id"]
    reject(api, gone)
    rest = items(api, first["next"])
    assert {i["id"] for i in (*first["items"], *rest)} == before
    assert gone not in {i["id"] for i in items(api, "/api/v1/incidents")}


def test_a_page_of_an_earlier_account_goes_on_in_that_account(api):
    before = items(api, "/api/v1/incidents")
    moment = last_change(api)
    reject(api, before[0]["id"])
    assert len(items(api, "/api/v1/incidents")) == len(before) - 1
    address = f"/api/v1/incidents?limit=2&as_of={moment}"
    assert items(api, address) == before


def test_links_lead_to_the_first_page_and_the_next(api):
    answer = api.get("/api/v1/incidents?limit=2&order=toll")
    assert answer.links["next"]["url"] == answer.json()["next"]
    assert answer.links["first"]["url"] == "/api/v1/incidents?limit=2&order=toll"
    assert "next" not in api.get("/api/v1/incidents").links


def test_a_policy_leaves_only_its_tallies(api):
    for incident in items(api, "/api/v1/incidents?policy=ucdp-best"):
        assert {tally["policy"] for tally in incident["tallies"]} <= {"ucdp-best"}
    strike = items(api, "/api/v1/incidents?kind=air-strike&policy=ucdp-best")[0]
    assert strike["tallies"]
    dossier = api.get(f"/api/v1/incidents/{strike['id']}?policy=ucdp-best").json()
    assert dossier["incident"]["tallies"] == strike["tallies"]


def test_a_saved_filter_is_narrowed_by_what_stands_beside_it(api, api_desk, capsys):
    assert cli.run(["filters", "add", "deadly", "--at-least", "5", "--order", "toll"]) == 0
    saved = [i["id"] for i in items(api, "/api/v1/incidents?filter=deadly")]
    wanted = IncidentFilter(outcome="killed", at_least=5, order="toll")
    assert saved == [i.id for i in api_desk.ledger.incidents(wanted)]
    narrowed = items(api, "/api/v1/incidents?filter=deadly&kind=air-strike")
    assert [i["event_type"] for i in narrowed] == ["air-strike"]
    answer = api.get("/api/v1/incidents?filter=nothing-so-called")
    assert answer.status_code == 400
    assert "nothing-so-called" in answer.json()["detail"]


def test_a_dossier_is_what_show_prints(api, ledger_url, capsys):
    strike = items(api, "/api/v1/incidents?kind=air-strike")[0]["id"]
    capsys.readouterr()
    assert cli.run(["show", strike, "--format", "json"]) == 0
    assert api.get(f"/api/v1/incidents/{strike}?names=true").json() == json.loads(
        capsys.readouterr().out
    )


def test_a_history_is_what_the_command_prints(api, ledger_url, capsys):
    strike = items(api, "/api/v1/incidents?kind=air-strike")[0]["id"]
    capsys.readouterr()
    assert cli.run(["history", strike, "--format", "jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    history = api.get(f"/api/v1/incidents/{strike}/history?names=true").json()
    assert history["items"] == lines
    assert len(lines) > 1


def test_the_totals_are_those_of_the_incidents_that_are_listed(api):
    for query in ("", "country=SYR", "until=2024-03-31", "policy=ucdp-best"):
        policy = "ucdp-best" if "ucdp" in query else "latest-credible"
        totals = api.get(f"/api/v1/totals?{query}").json()
        listed = items(api, f"/api/v1/incidents?{query}")
        assert totals["incidents"] == len(listed)
        for outcome in ("killed", "injured"):
            told = [
                tally["low"]
                for incident in listed
                for tally in incident["tallies"]
                if (tally["policy"], tally["outcome"], tally["group"]) == (policy, outcome, None)
            ]
            assert totals["outcomes"].get(outcome, {"low": 0})["low"] == sum(told)


def test_totals_of_a_moment_are_summed_as_those_of_now(api):
    now = api.get("/api/v1/totals").json()
    then = api.get(f"/api/v1/totals?as_of={last_change(api)}").json()
    assert then == now


def reject(api, incident: str) -> int:
    answer = api.post(
        "/api/v1/judgements",
        json={"kind": "reject", "record": incident, "reason": "an exercise, as its army says"},
    )
    assert answer.status_code == 201, answer.text
    return int(answer.json()["decision"]["seq"])


def last_change(api) -> str:
    return str(items(api, "/api/v1/changes")[-1]["at"])
