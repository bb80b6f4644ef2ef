"""`marsad incidents`: filters, formats, and what is said when nothing matches."""

import json

import pytest
from jsonschema import Draft202012Validator

from marsad import cli
from marsad.records import LedgerIncident


def flat(text):
    return " ".join(text.split())


def places(run, *arguments):
    done = run("incidents", *arguments, "-f", "json")
    assert done.code == 0, done.err
    return {incident["place"]["name"] for incident in done.json}


def test_the_table_says_what_where_when_how_many_and_the_minimum(run, ledger):
    done = run("incidents")
    assert (done.code, done.err) == (0, "")
    text = flat(done.out)
    assert "2024-03-04" in text
    assert "Homs, Syria" in text
    assert "Idlib, Syria" in text
    assert "2 incidents. Documented minimum: 23 killed" in text


def test_records_fit_the_schema_that_is_printed(run, ledger):
    validator = Draft202012Validator(json.loads(run("schema", "ledger-incident").out))
    listed = run("incidents", "-f", "json").json
    assert len(listed) == 2
    for incident in listed:
        validator.validate(incident)
    assert run("incidents", "-f", "jsonl").lines == listed


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--since", "2024-03-05"], {"Idlib"}),
        (["--until", "2024-03-05"], {"Homs"}),
        (["--place", "homs"], {"Homs"}),
        (["--country", "Syria"], {"Homs", "Idlib"}),
        (["--country", "ukr"], set()),
        (["--box", "36.5,34.5,37.5,35"], {"Homs"}),
        (["--near", "35.93,36.63,30"], {"Idlib"}),
        (["--kind", "air-strike"], {"Idlib"}),
        (["--kind", "air-strike", "--kind", "armed-clash"], {"Homs", "Idlib"}),
        (["--actor", "gunmen"], {"Homs"}),
        (["--outcome", "killed", "--at-least", "10"], {"Homs"}),
        (["--at-least", "10"], {"Homs"}),
        (["--status", "discounted"], set()),
        (["--text", "market"], {"Idlib"}),
        (["--unreviewed"], {"Homs", "Idlib"}),
        (["--reviewed"], set()),
        (["--order", "toll", "--limit", "1"], {"Homs"}),
        (["--order", "date", "--limit", "1", "--offset", "1"], {"Idlib"}),
        (["--limit", "0"], {"Homs", "Idlib"}),
    ],
)
def test_filters_take_what_they_say(run, ledger, arguments, wanted):
    assert places(run, *arguments) == wanted


def test_a_page_says_how_many_there_are_and_how_to_go_on(run, ledger):
    text = flat(run("incidents", "--limit", "1").out)
    assert "Incidents 1 to 1 of 2. Next: --offset 1" in text
    assert "Documented minimum in all 2: 23 killed" in text


def test_before_the_first_report_there_was_nothing(run, ledger):
    assert "holds no incidents" in flat(run("incidents", "--as-of", "2020-01-01").out)
    assert run("incidents", "--as-of", "2020-01-01", "-f", "json").out == "[]\n"


def test_a_filter_that_takes_nothing_says_of_how_many(run, ledger):
    assert "No incident matches, of 2" in flat(run("incidents", "--text", "submarine").out)


def test_private_names_are_shown_only_when_asked_for(run, ledger, monkeypatch):
    monkeypatch.setenv("COLUMNS", "140")
    assert "Farhan" not in run("incidents").out


def test_output_goes_to_a_file_whole(run, ledger, tmp_path):
    path = tmp_path / "out.jsonl"
    done = run("incidents", "-f", "jsonl", "-o", str(path))
    assert (done.code, done.out, done.err) == (0, "", "")
    lines = path.read_text("utf-8").splitlines()
    assert [LedgerIncident.model_validate_json(line).event_type for line in lines]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--since", "yesterday"], "write it like 2024-12-26"),
        (["--since", "2024-03-05", "--until", "2024-03-01"], "ends (2024-03-01) before"),
        (["--box", "1,2,3"], "--box"),
        (["--box", "1,2,3,x"], "35.5,34.8,36.2,35.2"),
        (["--box", "1,9,3,4"], "south 9.0"),
        (["--near", "100,2,3"], "--near"),
        (["--near", "10,2,-3"], "--near"),
        (["--near", "nan,2,3"], "--near"),
        (["--country", "Narnia"], "Narnia"),
        (["--kind", "ambush"], "marsad codebook events"),
        (["--at-least", "0"], "--at-least"),
        (["--status", "true"], "true"),
        (["--as-of", "soon"], "2024-12-26T18:30:00Z"),
        (["--offset", "-1"], "--offset"),
        (["-f", "csv"], "csv"),
        (["-o", "/no/such/folder/out"], "cannot write"),
    ],
)
def test_what_cannot_be_asked_is_one_clear_line(run, ledger, arguments, words):
    done = run("incidents", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    "command",
    [
        ["incidents"],
        ["show", "x"],
        ["history", "x"],
        ["changes", "--since", "0"],
        ["judge", "list"],
        ["judge", "confirm", "x", "--by", "a", "--why", "b"],
        ["recode", "--all"],
        ["verify"],
        ["rebuild"],
    ],
)
def test_without_a_ledger_nothing_is_made(run, ledger_path, command):
    done = run(*command)
    assert (done.code, done.out) == (2, "")
    assert "there is no ledger" in done.err
    assert "marsad ingest" in done.err
    assert not ledger_path.exists()


def test_all_names_of_choices_are_those_of_the_records():
    from typing import get_args

    from marsad import records

    choices = {
        cli.incident_filter.OutcomeName: records.Outcome,
        cli.incident_filter.StatusName: records.Status,
        cli.incident_filter.OrderName: records.Order,
        cli.ledger.PolicyName: records.Policy,
    }
    for names, codes in choices.items():
        assert {name.value for name in names} == set(get_args(codes))
