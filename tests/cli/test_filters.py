"""`marsad filters`, and `--filter NAME` where incidents are asked for."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.cli.filters import filter_words
from marsad.records import IncidentFilter


def _places(ran):
    return sorted(i["place"]["name"] for i in ran.json)


def test_a_saved_filter_takes_what_its_options_took(ledger, run):
    assert run("filters", "add", "big", "--at-least", "10").code == 0
    assert _places(run("incidents", "--filter", "big", "-f", "json")) == ["Homs"]
    exported = run("export", "-f", "csv", "--filter", "BIG").out
    assert len(exported.splitlines()) == 2


def test_options_beside_a_saved_filter_take_the_place_of_its_own(ledger, run):
    run("filters", "add", "big", "--at-least", "10", "--place", "Homs", "--order", "toll")
    assert _places(run("incidents", "--filter", "big", "--place", "Idlib", "-f", "json")) == []
    lower = ("--place", "Idlib", "--at-least", "9")
    assert _places(run("incidents", "--filter", "big", *lower, "-f", "json")) == ["Idlib"]


def test_a_saved_outcome_stays_when_only_its_number_is_given(ledger, run):
    run("filters", "add", "hurt", "--outcome", "injured")
    run("filters", "add", "hurt5", "--filter", "hurt", "--at-least", "5")
    hurt = run("filters", "list", "-f", "jsonl").lines[1]
    assert hurt["filter"] == {"outcome": "injured", "at_least": 5}


def test_a_saved_order_holds_until_one_is_typed(ledger, run):
    run("filters", "add", "old", "--order", "date")
    oldest = [i["place"]["name"] for i in run("incidents", "--filter", "old", "-f", "json").json]
    typed = ("--order", "-date")
    newest = [
        i["place"]["name"] for i in run("incidents", "--filter", "old", *typed, "-f", "json").json
    ]
    assert oldest == newest[::-1] == ["Homs", "Idlib"]


def test_adding_tells_what_was_saved_and_how_many_match(ledger, run):
    out = run("filters", "add", "Ambush", "--place", "Homs", "--kind", "armed-clash").out
    assert out == "saved ambush: --place Homs --kind armed-clash (1 incident matches now)\n"


def test_filters_may_be_saved_before_there_is_a_ledger(ledger_path, run):
    assert run("filters", "add", "all").out == "saved all: all incidents (0 incidents match now)\n"
    assert "all incidents" in run("filters", "list").out


def test_the_list_says_so_when_it_is_empty(ledger, run):
    assert "No filter is saved" in run("filters", "list").out
    assert run("filters", "list", "-f", "jsonl").out == ""


def test_a_removed_filter_is_gone(ledger, run):
    run("filters", "add", "big", "--at-least", "10")
    assert run("filters", "remove", "big").out == "removed big\n"
    assert run("filters", "remove", "big").code == 2


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["incidents", "--filter", "nowhere"], "no saved filter is named 'nowhere'"),
        (["export", "-f", "csv", "--filter", "nowhere"], "There are: big"),
        (["filters", "add", "big"], "there is a saved filter 'big' already"),
        (["filters", "add", "a b"], "is no name for a filter"),
        (["filters", "add", "x", "--since", "yesterday"], "--since"),
        (["incidents", "--filter", "big", "--since", "2025-01-01"], "before it starts"),
    ],
)
def test_what_is_wrong_is_named_on_one_line(ledger, run, arguments, complaint):
    run("filters", "add", "big", "--at-least", "10", "--until", "2024-12-31")
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert complaint in ran.err
    assert ran.err.count("\n") == 1


numbers = st.floats(-80, 80).map(lambda number: round(number, 6))


@given(
    st.builds(
        IncidentFilter,
        near=st.none() | st.tuples(numbers, numbers, st.floats(0.01, 900)),
        place=st.none() | st.text("aب'\"$(`*", min_size=1, max_size=9),
        types=st.sampled_from([(), ("armed-clash",), ("air-strike", "shelling")]),
        reviewed=st.sampled_from([None, True, False]),
        loose=st.booleans(),
        at_least=st.integers(1, 10**9),
        status=st.sampled_from([(), ("contested", "single-source")]),
        order=st.sampled_from(["date", "-date"]),
    )
)
def test_the_options_of_a_list_say_the_filter_again(wanted):
    words = shlex.split(filter_words(wanted)) if wanted != IncidentFilter() else []
    assert wanted.near is None or f"--near={','.join(map(str, wanted.near))}" in words
    assert wanted.place is None or words[words.index("--place") + 1] == wanted.place
    assert words.count("--kind") == len(wanted.types)
    assert ("--unreviewed" in words) == (wanted.reviewed is False)
