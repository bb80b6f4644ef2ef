"""The API on PostgreSQL: the same answers, and nothing that its text cannot hold is a fault."""

from __future__ import annotations

import json
from collections.abc import Iterator

import psycopg
import pytest

from marsad import cli
from marsad.settings import load_settings
from marsad.store.database import Database
from marsad.store.ledger import Ledger
from marsad.store.people import read_role
from marsad.web.app import make_app
from marsad.web.desk import Desk
from tests.store.conftest import postgres_server
from tests.web.api.conftest import REPORTS, items
from tests.web.api.test_incidents import reject
from tests.web.conftest import NAMES, PASSWORD, TestClient

__all__ = ["postgres_server"]  # a fixture


@pytest.fixture
def of_team(postgres_server, tmp_path, monkeypatch) -> Iterator[TestClient]:
    """A coder's program at a desk on PostgreSQL."""
    with psycopg.connect(f"{postgres_server}/template1", autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS of_the_api")
        connection.execute("CREATE DATABASE of_the_api")
    url = f"{postgres_server}/of_the_api"
    monkeypatch.setenv("MARSAD_DATABASE", url)
    source = tmp_path / "reports.jsonl"
    source.write_text("".join(json.dumps(report) + "\n" for report in REPORTS), "utf-8")
    assert cli.run(["ingest", str(source)]) == 0
    desk = Desk(Ledger(Database(url, create=False)), load_settings())
    desk.people.add_with_password(NAMES["coder"], read_role("coder"), PASSWORD)
    token = desk.sessions.make_token(NAMES["coder"], "tests", "coder")
    with TestClient(
        make_app(desk), base_url="http://localhost", headers={"Authorization": f"Bearer {token}"}
    ) as client:
        yield client
    desk.ledger.database.close()


def test_a_team_on_postgresql_is_answered_as_from_a_file(of_team, api):
    for query in ("", "place=idlib", "near=35.93,36.63,30", "text=market", "order=toll"):
        address = f"/api/v1/incidents?until=2024-03-31&names=true&{query}"
        from_file = {incident["id"]: incident for incident in items(api, address)}
        found = {incident["id"]: incident for incident in items(of_team, address)}
        assert found.keys() == from_file.keys()
    for order in ("date", "-date", "toll", "changed"):
        by_one = items(of_team, f"/api/v1/incidents?order={order}&limit=1")
        assert by_one == items(of_team, f"/api/v1/incidents?order={order}")
    assert len(items(of_team, "/api/v1/reports?limit=1")) == len(REPORTS)
    assert [r["id"] for r in items(of_team, "/api/v1/reports?text=market&limit=1")] == [
        "market-strike-later",
        "market-strike",
    ]
    number = reject(of_team, items(of_team, "/api/v1/incidents")[0]["id"])
    undo = of_team.post(f"/api/v1/judgements/{number}/undo", json={"reason": "a slip"})
    assert undo.status_code == 201


def test_signs_and_numbers_that_postgresql_cannot_hold_are_no_faults(of_team):
    sent = {"id": "n\x00ul", "title": "a\x00b", "text": "Gunmen killed four in Daraa on Monday."}
    answer = of_team.post("/api/v1/reports", json=sent | {"published": "2024-06-05"})
    assert answer.status_code in (201, 422), answer.text
    for name in ("place", "actor", "text", "country", "filter", "cursor", "since"):
        answer = of_team.get(f"/api/v1/incidents?{name}=a%00b")
        assert answer.status_code in (200, 400), (name, answer.text)
    for kind in ("incidents", "reports", "claims"):
        assert of_team.get(f"/api/v1/{kind}/%00").status_code == 404
    body = {"kind": "confirm", "record": "x\x00", "reason": "a\x00b"}
    assert of_team.post("/api/v1/judgements", json=body).status_code == 422
    body["record"] = items(of_team, "/api/v1/incidents")[0]["id"]
    assert of_team.post("/api/v1/judgements", json=body).status_code == 201
    assert len(items(of_team, "/api/v1/judgements?limit=1&all=true")) == 1
    huge = "9" * 18
    assert of_team.get(f"/api/v1/judgements/{huge}").status_code == 404
    assert of_team.get(f"/api/v1/changes?since={huge}").json()["items"] == []
