"""The same commands on PostgreSQL: the same account, and errors in one line."""

import psycopg

from tests.store.conftest import postgres_server

__all__ = ["postgres_server"]  # a fixture


def listed(run):
    return run("incidents", "-f", "json").json


def test_a_team_on_postgresql_has_the_account_of_a_file(
    run, ledger, report_file, monkeypatch, postgres_server
):
    in_file = listed(run)
    with psycopg.connect(f"{postgres_server}/template1", autocommit=True) as connection:
        connection.execute("CREATE DATABASE of_the_commands")
    monkeypatch.setenv("MARSAD_DATABASE", f"{postgres_server}/of_the_commands")
    assert run("ingest", str(report_file)).code == 0
    assert listed(run) == in_file
    near = run("incidents", "--near", "35.93,36.63,30", "--text", "market", "-f", "json").json
    assert [incident["place"]["name"] for incident in near] == ["Idlib"]
    done = run("judge", "reject", near[0]["id"], "--by", "Dana", "--why", "x")
    assert done.code == 0
    assert len(listed(run)) == 1
    assert run("verify").code == 0


def test_a_server_that_is_not_there_is_one_line(run, monkeypatch):
    monkeypatch.setenv("MARSAD_DATABASE", "postgresql://nobody:secret@127.0.0.1:9/none")
    done = run("incidents")
    assert (done.code, done.out) == (2, "")
    assert "127.0.0.1" in done.err
    assert "secret" not in done.err
    assert len(done.err.splitlines()) == 1
