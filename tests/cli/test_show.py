"""`marsad show`, `marsad history`, `marsad changes`: one incident, and how it came to be so."""

import json
import re

import pytest
from jsonschema import Draft202012Validator


def flat(text):
    return " ".join(text.split())


def test_an_incident_is_shown_with_its_tolls_history_and_reports(run, ambush):
    done = run("show", ambush)
    assert (done.code, done.err) == (0, "")
    text = flat(done.out)
    assert "Monday 4 March 2024" in text
    assert "killed 6" in text
    assert "killed 14" in text
    assert "overtaken by [2]" in text
    assert "hospital doctor" in text
    assert "Harbour Wire · 2024-03-05 https://wire.example/ambush" in text


@pytest.mark.parametrize("cut", [slice(None), slice(None, 16), slice(9, None), slice(9, 16)])
def test_the_beginning_of_an_id_is_enough(run, ambush, cut):
    assert ambush in run("show", ambush[cut]).out


def test_a_report_or_claim_shows_its_incident(run, ambush):
    done = run("show", "wire-monday")
    assert ambush in done.out
    assert done.err == "marsad: report wire-monday tells of:\n"
    claim = run("show", ambush, "-f", "json").json["claims"][0]["id"]
    assert ambush in run("show", claim).out


def test_the_dossier_fits_its_schema_and_holds_what_it_names(run, ambush):
    dossier = run("show", ambush, "-f", "json").json
    Draft202012Validator(json.loads(run("schema", "dossier").out)).validate(dossier)
    assert {claim["id"] for claim in dossier["claims"]} >= set(dossier["incident"]["claims"])
    assert {report["id"] for report in dossier["reports"]} == {"wire-monday", "gazette-toll"}


def test_the_policy_chooses_the_tally(run, ambush):
    shown = {
        policy: run("show", ambush, "--policy", policy).out
        for policy in ("latest-credible", "acled-conservative", "ucdp-best", "airwars-range")
    }
    for policy, text in shown.items():
        assert f"under the policy {policy}" in text


def test_private_names_are_shown_only_when_asked_for(run, strike):
    assert "Farhan" not in run("show", strike).out
    assert "Farhan" not in run("history", strike).out
    assert "Farhan" not in run("changes", "--since", "0").out
    assert "Farhan" in run("show", strike, "--names").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "incident-ffffffffffffffff"], "nothing in the ledger has the id"),
        (["show", ""], "nothing in the ledger has the id"),
        (["show", "no such"], "'no such'"),
        (["history", "no such"], "'no such'"),
        (["show", "wire-monday", "--as-of", "2020-01-01"], "part of no incident"),
        (["changes", "--since", "last week"], "2024-12-26"),
        (["changes"], "--since"),
        (["changes", "--since", "0", "--until", "17"], "--until"),
    ],
)
def test_what_is_not_there_is_one_clear_line(run, ledger, arguments, words):
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err.splitlines()[-1]
    assert "Traceback" not in done.err


def test_an_incident_was_not_there_before_its_reports(run, ambush):
    done = run("show", ambush, "--as-of", "2020-01-01")
    assert done.code == 2
    assert "was not in the account at that time" in done.err
    assert len(done.err.splitlines()) == 1


def test_the_beginning_of_several_ids_names_them(run, ledger):
    ids = [claim["id"] for claim in run("show", "market-strike", "-f", "json").json["claims"]]
    assert ids
    done = run("show", "claim-")
    assert done.code == 2


def test_history_tells_from_what_to_what_by_which_report(run, ambush):
    done = run("history", ambush)
    assert done.code == 0
    text = flat(done.out)
    assert re.search(r"killed: 6 .*report \[2\], Hill Gazette .*killed: 6 → 14", text)


def test_history_as_jsonl_is_the_changes_of_that_incident(run, ambush):
    changes = run("history", ambush, "-f", "jsonl").lines
    every = run("changes", "--since", "0", "-f", "jsonl").lines
    assert changes == [change for change in every if change["incident"] == ambush]
    assert [change["kind"] for change in changes] == ["new", "changed"]


def test_history_goes_on_under_the_id_that_an_earlier_report_gives(run, ambush, tmp_path):
    path = tmp_path / "earlier.jsonl"
    report = {
        "id": "first-news",
        "published": "2024-03-04",
        "text": "Gunmen ambushed fuel tankers of the Shayrat depot at the old cement works near "
        "Homs on Monday, killing four soldiers, the defence ministry said. Sappers are searching "
        "the pistachio orchards.",
    }
    path.write_text(json.dumps(report), "utf-8")
    run("ingest", str(path))
    done = run("history", ambush)
    assert "is now part of this incident" in flat(done.out)
    changes = run("history", ambush, "-f", "jsonl").lines
    (here,) = {change["incident"] for change in changes} - {ambush}
    assert [(change["kind"], change["incident"]) for change in changes] == [
        ("new", ambush),
        ("changed", ambush),
        ("changed", here),
    ]
    assert f"in the place of {ambush[9:16]}" in flat(done.out)


def test_changes_fit_their_schema_and_stand_in_the_ledgers_order(run, ledger):
    validator = Draft202012Validator(json.loads(run("schema", "change").out))
    changes = run("changes", "--since", "0", "-f", "jsonl").lines
    for change in changes:
        validator.validate(change)
    rows = [change["seq"] for change in changes]
    assert rows == sorted(rows)


def test_changes_after_a_row_are_those_not_seen_yet(run, ledger):
    every = run("changes", "--since", "0", "-f", "jsonl").lines
    after = run("changes", "--since", str(every[0]["seq"]), "-f", "jsonl").lines
    assert after == every[1:]
    assert run("changes", "--since", str(every[-1]["seq"]), "-f", "jsonl").out == ""


def test_changes_in_a_span_of_time(run, ledger):
    day = run("changes", "--since", "0", "-f", "jsonl").lines[0]["at"][:10]
    assert run("changes", "--since", day, "--until", day, "-f", "jsonl").lines
    assert run("changes", "--since", "2020-01-01", "--until", "2020-01-31").out == "no changes.\n"
    assert run("changes", "--since", "2999-01-01").out == "no changes.\n"
