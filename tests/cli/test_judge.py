"""`marsad judge`: decisions carried out, kept with name and reason, undone."""

import re

import pytest

BY = ("--by", "Dana", "--why", "seen the video")


def flat(text):
    return " ".join(text.split())


def number_of(done):
    found = re.match(r"Decision (\d+)", done.out)
    assert found, done.out + done.err
    return found[1]


def total(run, incident, outcome="killed"):
    tallies = run("show", incident, "-f", "json").json["incident"]["tallies"]
    (found,) = [
        t
        for t in tallies
        if (t["outcome"], t["group"], t["policy"]) == (outcome, None, "latest-credible")
    ]
    return found["low"], found["high"]


def test_a_value_set_by_a_person_stands_until_it_is_undone(run, ambush):
    done = run("judge", "set", ambush, "killed", "9-11", *BY)
    assert done.code == 0
    assert "by Dana" in flat(done.out)
    assert "seen the video" in flat(done.out)
    assert total(run, ambush) == (9, 11)
    assert "set killed" in flat(run("show", ambush).out)
    undone = run("judge", "undo", number_of(done), "--by", "Eli", "--why", "wrong video")
    assert undone.code == 0
    assert "is taken back" in undone.out
    assert total(run, ambush) == (14, 14)


def test_merged_incidents_are_found_by_either_id(run, ambush, strike):
    done = run("judge", "merge", ambush, strike, *BY)
    assert done.code == 0
    assert "merged" in done.out
    (whole,) = run("incidents", "-f", "json").json
    gone = ({ambush, strike} - {whole["id"]}).pop()
    shown = run("show", gone)
    assert shown.code == 0
    assert f"{gone} is now part of this incident" in shown.out
    assert "is now part of this incident" in run("history", gone).out
    run("judge", "undo", number_of(done), *BY)
    assert len(run("incidents", "-f", "json").json) == 2


def test_a_report_is_split_off_its_incident(run, ambush):
    done = run("judge", "split", ambush, "gazette-toll", *BY)
    assert done.code == 0
    assert "split" in done.out
    found = run("incidents", "-f", "json").json
    assert {tuple(incident["reports"]) for incident in found} == {
        ("wire-monday",),
        ("gazette-toll",),
        ("market-strike",),
    }


def test_a_rejected_incident_leaves_the_list_and_can_be_asked_for(run, ambush):
    assert run("judge", "reject", ambush, *BY).code == 0
    assert ambush not in run("incidents", "-f", "jsonl").out
    assert ambush in run("incidents", "-f", "jsonl", "--status", "discounted").out
    assert "rejected" in run("incidents", "--status", "discounted").out


def test_a_confirmed_incident_is_reviewed(run, ambush):
    assert run("judge", "confirm", ambush[:16], *BY).code == 0
    (found,) = run("incidents", "--reviewed", "-f", "json").json
    assert found["id"] == ambush
    assert "confirmed by Dana" in flat(run("show", ambush).out)


def test_a_rejected_claim_counts_nothing(run, ambush):
    claims = run("show", "gazette-toll", "-f", "json").json["claims"]
    told = [c["id"] for c in claims if c["report_id"] == "gazette-toll"]
    for claim in told:
        assert run("judge", "reject", claim, *BY).code == 0
    assert total(run, ambush) == (6, 6)


def test_the_list_says_who_decided_what_and_why(run, ambush):
    assert "No decisions" in run("judge", "list").out
    number = number_of(run("judge", "confirm", ambush, *BY))
    assert f"{number} confirm by Dana" in flat(run("judge", "list").out)
    run("judge", "undo", number, *BY)
    assert "No decisions" in run("judge", "list").out
    assert "taken back: confirm by Dana" in flat(run("judge", "list", "--all").out)


def test_the_name_may_come_from_the_settings(run, ambush, monkeypatch):
    monkeypatch.setenv("MARSAD_REVIEWER", "Noor")
    assert "by Noor" in run("judge", "confirm", ambush, "--why", "x").out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["confirm", "{id}", "--by", "a"], "--why"),
        (["confirm", "{id}", "--by", "a", "--why", "  "], "--why"),
        (["confirm", "{id}", "--why", "b"], "MARSAD_REVIEWER"),
        (["confirm", "{id}", "--by", " ", "--why", "b"], "--by"),
        (["confirm", "nothing", *BY], "'nothing'"),
        (["merge", "{id}", *BY], "two or more"),
        (["merge", "{id}", "{id}", *BY], "two or more"),
        (["merge", "{id}", "wire-monday", *BY], "wire-monday"),
        (["split", "{id}", "market-strike", *BY], "market-strike"),
        (["split", "{id}", "wire-monday", "gazette-toll", *BY], "left with nothing"),
        (["set", "{id}", "mood", "bad", *BY], "'mood'"),
        (["set", "{id}", "killed", "many", *BY], "'many'"),
        (["set", "{id}", "when", "soon", *BY], "'soon'"),
        (["set", "{id}", "place", "Homs", *BY], "NAME@LATITUDE"),
        (["set", "{id}", "event_type", "ambush", *BY], "'ambush'"),
        (["undo", "99999", *BY], "99999"),
        (["undo", "0", *BY], "NUMBER"),
        (["undo", "x", *BY], "NUMBER"),
    ],
)
def test_what_cannot_be_decided_is_one_clear_line_and_changes_nothing(
    run, ambush, arguments, words
):
    before = run("changes", "--since", "0", "-f", "jsonl").out
    done = run("judge", *(argument.replace("{id}", ambush) for argument in arguments))
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert len(done.err.splitlines()) == 1
    assert run("changes", "--since", "0", "-f", "jsonl").out == before
