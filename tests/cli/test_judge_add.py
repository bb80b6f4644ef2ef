"""`marsad judge add` and `apart`: what a person read, and two incidents held apart."""

import re

import pytest

BY = ("--by", "Dana", "--why", "the coder missed it")
WORDS = "sappers are still searching"


def number_of(done):
    assert done.code == 0, done.err
    return re.findall(r"Decision (\d+)", done.out)[0]


def test_an_added_claim_counts_and_is_told_and_undone(run, strike):
    before = run("show", strike, "-f", "json").json["incident"]
    killed = ("--kind", "air-strike", "--figure", "injured=20+:rescue workers")
    done = run("judge", "add", "market-strike", "a market in Idlib", *killed, *BY)
    number = number_of(done)
    assert "add claim" in " ".join(done.out.split())
    shown = run("show", strike, "-f", "json").json["incident"]
    assert [t["low"] for t in shown["tallies"] if t["outcome"] == "injured"][:1] == [20]
    assert "claim added by Dana" in run("history", strike).out
    assert "add claim" in run("judge", "list").out
    assert run("verify").code == 0
    run("rebuild")
    assert run("show", strike, "-f", "json").json["incident"] == shown
    assert run("judge", "undo", number, *BY).code == 0
    assert run("show", strike, "-f", "json").json["incident"] == before


@pytest.mark.parametrize(
    ("words", "more", "says"),
    [
        ("the", ("--kind", "attack"), "stand 5 times"),
        ("no such words", ("--kind", "attack"), "do not stand"),
        (WORDS, ("--kind", "party"), "'party' is none of"),
        (WORDS, ("--kind", "attack", "--figure", "nine"), "is no figure"),
        (WORDS, ("--kind", "attack", "--figure", "killed=x:sappers"), "'x' is no number"),
        (WORDS, ("--kind", "attack", "--actor", "sappers"), "has no kind"),
        (WORDS, ("--kind", "attack", "--place", "Xyzzyville"), "no place called"),
        (WORDS, ("--kind", "attack", "--place", "San Jose"), "several places"),
        (WORDS, ("--kind", "attack", "--same-as", "claim-0000"), "nothing in the ledger"),
    ],
)
def test_what_cannot_be_added_is_one_line(run, ambush, words, more, says):
    done = run("judge", "add", "wire-monday", words, *more, *BY)
    assert done.code == 2
    assert says in " ".join(done.err.replace("│", " ").split())
    assert "Traceback" not in done.err


def test_two_held_apart_are_in_no_suggestion(run, ambush, strike):
    done = run("judge", "apart", ambush, strike, *BY)
    number_of(done)
    assert len(run("incidents", "-f", "json").json) == 2
    assert run("judge", "apart", ambush, ambush, *BY).code == 2
