"""`marsad export` as a person types it."""

import csv
import io
import json

import pytest

from marsad import cli
from marsad.publish.exports.formats import FORMAT_NAMES


def table(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_command_offers_every_format():
    assert tuple(name.value for name in cli.export.ExportFormat) == FORMAT_NAMES


def test_a_table_goes_to_standard_output_and_what_it_loses_to_standard_error(ledger, run):
    done = run("export", "-f", "csv")
    assert done.code == 0
    places = {row["place"] for row in table(done.out)}
    assert any("Homs" in place for place in places)
    assert "2 incidents, public profile (names withheld)" in done.err
    assert "csv cannot hold" in done.err


def test_names_are_withheld_unless_the_team_asks_for_them(ledger, run):
    assert "Farhan" not in "".join(run("export", "-f", name).out for name in ("csv", "claims"))
    done = run("export", "-f", "claims", "--profile", "internal")
    assert "not for the public" in done.err


def test_filters_are_those_of_the_list(ledger, run):
    done = run("export", "-f", "csv", "--place", "Idlib")
    assert len(table(done.out)) == 1
    assert len(table(run("export", "-f", "csv", "--since", "2030-01-01").out)) == 0


def test_acled_counts_as_acled_does_unless_told_otherwise(ledger, run):
    notes = [row["notes"] for row in table(run("export", "-f", "acled").out)]
    assert all("(acled-conservative)" in note for note in notes)
    notes = [
        row["notes"] for row in table(run("export", "-f", "acled", "--policy", "ucdp-best").out)
    ]
    assert all("(ucdp-best)" in note for note in notes)


def test_several_formats_go_to_a_folder(ledger, run, tmp_path):
    done = run("export", "-f", "csv", "-f", "geojson", "-o", str(tmp_path / "release"))
    assert done.code == 0
    assert sorted(path.name for path in (tmp_path / "release").iterdir()) == [
        "datapackage.json", "incidents.csv", "incidents.geojson", "manifest.json",
    ]  # fmt: skip
    assert done.out == ""
    assert str(tmp_path / "release" / "manifest.json") in done.err


def test_the_manifest_tells_what_was_asked_for(ledger, run, tmp_path):
    run("export", "-f", "csv", "--country", "Syria", "-o", str(tmp_path / "a.csv"))
    manifest = json.loads((tmp_path / "a.csv.manifest.json").read_text("utf-8"))
    assert manifest["filters"] == {"country": "SYR"}
    assert manifest["profile"]["name"] == "public"


def test_excel_gets_its_mark(ledger, run):
    assert run("export", "-f", "csv", "--bom").out.startswith("\ufeff")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-f", "xlsx"], "--output FILE"),
        (["-f", "csv", "-f", "claims"], "--output FOLDER"),
        (["-f", "csv", "-o", "/nowhere/at/all/a.csv"], "/nowhere/at/all"),
        (["-f", "csv", "--country", "Atlantis"], "Atlantis"),
        (["-f", "kml"], "kml"),
        (["-f", "csv", "--hold-hours", "-1"], "hold-hours"),
        ([], "format"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(arguments, said, ledger, run):
    done = run("export", *arguments)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


def test_a_missing_ledger_is_said(ledger_path, run, tmp_path):
    done = run("export", "-f", "csv", "-o", str(tmp_path / "a.csv"))
    assert done.code == 2
    assert not (tmp_path / "a.csv").exists()


def test_an_account_of_other_rules_is_not_published_in_silence(ledger, run, monkeypatch):
    monkeypatch.setattr("marsad.workflow.standing.name_rules", lambda: "other rules")
    done = run("export", "-f", "csv")
    assert done.code == 0
    assert "marsad rebuild" in done.err
