"""`marsad verify` and `marsad rebuild`."""

import sqlite3


def test_an_untouched_ledger_is_as_it_was_written(run, ledger):
    done = run("verify")
    assert (done.code, done.err) == (0, "")
    assert "is as it was written" in done.out


def test_an_altered_row_is_named(run, ledger):
    with sqlite3.connect(ledger) as connection:
        connection.execute(
            "UPDATE reports SET origin = 'elsewhere' WHERE report_id = 'wire-monday'"
        )
    connection.close()
    done = run("verify")
    assert (done.code, done.out) == (1, "")
    assert "NOT" in done.err
    assert "reports, row 1" in done.err
    assert len(done.err.splitlines()) == 1


def test_an_account_made_anew_is_the_same(run, ledger):
    before = run("incidents", "-f", "jsonl").out
    done = run("rebuild")
    assert done.code == 0
    assert "2 incidents made anew" in done.out
    assert run("incidents", "-f", "jsonl").out == before


def test_an_account_of_other_rules_is_shown_with_a_warning_until_it_is_made_anew(run, ledger):
    with sqlite3.connect(ledger) as connection:
        connection.execute("UPDATE account_state SET rules = 'older'")
    connection.close()
    done = run("incidents")
    assert done.code == 0
    assert "2 incidents" in done.out
    assert "marsad rebuild" in done.err
    run("rebuild")
    assert run("incidents").err == ""


def test_decisions_hold_when_the_account_is_made_anew(run, ambush):
    run("judge", "set", ambush, "killed", "9", "--by", "Dana", "--why", "x")
    before = run("incidents", "-f", "jsonl").out
    run("rebuild")
    assert run("incidents", "-f", "jsonl").out == before
