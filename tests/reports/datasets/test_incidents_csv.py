"""Rows of marsad's own incidents and of other people's spreadsheets."""

import pytest

from marsad.errors import UnreadableReport
from marsad.incidents.assemble import assemble_incidents
from marsad.reports.datasets.figures import bounds_of, is_held
from marsad.reports.datasets.incidents_csv import LAYOUT
from marsad.reports.datasets.read import read_columns
from marsad.reports.datasets.row import Number, RowGroup
from marsad.reports.datasets.sheet import read_map
from tests.reports.datasets.shared import errors, one, read, table

ROW = {"id": "7", "event_type": "attack", "start": "2024-05-06", "place": "Saraqib", "killed": "3"}


def told(**changes: str):
    return one(table(ROW | changes), "csv")


def tally(**changes: str):
    row = told(**changes)
    (incident,) = assemble_incidents(row.claims, row.judgements)
    return next((t.low, t.best, t.high) for t in incident.tallies if t.group is None)


@pytest.mark.parametrize(
    ("low", "best", "high", "held"),
    [
        (14, 14, 14, True),
        (14, 14, None, True),
        (0, 0, 0, True),
        (1, 1, 1, True),
        (7, 14, 14, True),
        (0, 9, 9, True),
        (10, 15, 20, True),
        (5, 5, 7, True),
        (7, 14, 17, True),
        (0, 0, 12, False),
        (5, 8, 40, False),
        (10, 14, None, False),
    ],
)
def test_low_best_and_high_come_back_or_only_the_floor(low, best, high, held):
    cells = {f"killed_{k}": "" if v is None else str(v) for k, v in
             (("low", low), ("best", best), ("high", high))}  # fmt: skip
    assert is_held(Number("killed", low, best, high)) == held
    # What no figure can hold is weakened and never sharpened.
    assert tally(killed="", **cells) == ((low, best, high) if held else (low, low, None))


def test_no_number_is_invented():
    for low in range(12):
        for best in range(low, 24):
            for high in (*range(best, 36), None):
                number = Number("killed", low, best, high)
                told = {n for b in bounds_of(number) for n in (b.low, b.high)}
                assert told <= {0, low, best, high, None}


@pytest.mark.parametrize(
    ("cell", "bounds"),
    [
        ("3", (3, 3, 3)),
        ("3+", (3, 3, None)),
        ("at least 3", (3, 3, None)),
        ("5-7", (5, 6, 7)),
        ("about 10", (10, 10, 10)),
        ("up to 4", (0, 4, 4)),
        ("1,200", (1200, 1200, 1200)),
        ("0", (0, 0, 0)),
    ],
)
def test_numbers_are_read_as_people_write_them(cell, bounds):
    assert tally(killed=cell) == bounds


@pytest.mark.parametrize("cell", ["", "n/a", "unknown", "?"])
def test_an_empty_number_is_unknown_and_not_nobody(cell):
    assert told(killed=cell).claims[0].figures == ()


def test_a_formula_made_harmless_comes_back_as_it_was():
    row = told(actors='\'=HYPERLINK("x")', notes="'+963 was called; '-5 degrees")
    assert row.claims[0].participants[0].name == '=HYPERLINK("x")'
    assert row.claims[0].evidence[0].quote == "+963 was called; '-5 degrees"


def test_what_its_data_set_discounts_makes_no_incident():
    row = told(status="discounted")
    assert {c.modality for c in row.claims} == {"denied"}
    assert assemble_incidents(row.claims, row.judgements) == ()


def test_who_disputes_and_is_no_source_denies_it():
    row = told(sources="Radio Zarkal", disputes="how many (Radio Zarkal, the army)")
    (incident,) = assemble_incidents(row.claims, row.judgements)
    assert incident.status == "contested"
    assert [(d.about, d.sources) for d in incident.disputes] == [
        ("figure", ("Radio Zarkal", "the army"))
    ]


def test_a_spreadsheet_is_read_by_usual_names_and_by_a_map():
    data = table({"Fecha": "06/05/2024", "City": "Saraqib", "Muertos": "4", "Lat": "35,8",
                  "Lng": "36,8", "Description": "A shell hit a market."})  # fmt: skip
    columns = read_columns("csv", ("Fecha=start", "muertos=killed"))
    row = one(data, "csv", columns=columns, day_first=True)
    claim = row.claims[0]
    assert claim.when is not None
    assert claim.place is not None
    assert str(claim.when.start) == "2024-05-06"
    assert (claim.place.name, claim.place.latitude, claim.place.precision) == (
        "Saraqib", 35.8, "town",
    )  # fmt: skip
    assert [f.low for f in claim.figures] == [4]
    assert row.report.text.startswith("A shell hit a market.")


@pytest.mark.parametrize("given", ["killed", "=killed", "Dead=corpses"])
def test_a_map_that_is_not_understood_names_the_fields(given):
    with pytest.raises(UnreadableReport, match="killed_low"):
        read_map([given], LAYOUT.usual)


def test_a_map_to_a_column_that_is_not_there_names_those_that_are():
    (error,) = errors(table(ROW), "csv", columns={"Dead": "killed"})
    assert "'Dead'" in error
    assert "'place'" in error


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"start": "31/02/2024"}, "31/02/2024"),
        ({"start": "2024-05-06", "end": "2024-05-01"}, "before it starts"),
        ({"killed_low": "9", "killed_best": "3"}, "not in order"),
        ({"killed": "several"}, "no number of people"),
        ({"latitude": "north", "longitude": "1"}, "no decimal degrees"),
    ],
)
def test_a_bad_row_says_which_and_why(changes, words):
    (error,) = errors(table(ROW | changes, ROW), "csv")
    assert "line 2" in error
    assert words in error


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"id,colour\n1,red\n", "no column for"),
        (b"PK\x03\x04" + bytes(range(200)), "zip archive"),
        (b"event_date,event_type,sub_event_type,geo_precision\n", "--from acled"),
        (b"start,place\n", "without rows"),
    ],
)
def test_what_is_no_table_is_said_once(data, words):
    (error,) = errors(data, "csv")
    assert words in error


def test_rows_without_an_id_are_known_by_what_they_say():
    first, second, third = read(table(*({k: v for k, v in ROW.items() if k != "id"} | c
                                        for c in ({}, {}, {"killed": "4"}))), "csv")  # fmt: skip
    keys = [item.key for item in (first, second, third) if isinstance(item, RowGroup)]
    assert keys[0] == keys[1] != keys[2]
