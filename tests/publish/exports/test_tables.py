"""The tables: plain CSV, claims, HXL, ACLED-like and UCDP-GED-like."""

import csv
import io
from dataclasses import replace

import pytest

from marsad.errors import ExportError
from marsad.publish.exports import geopackage
from marsad.publish.exports.acled import COLUMNS as ACLED_COLUMNS
from marsad.publish.exports.cells import read_cell, text_cell
from marsad.publish.exports.claims_csv import CLAIM_COLUMNS
from marsad.publish.exports.columns import COLUMNS, NAMES, incident_row
from marsad.publish.exports.content import Count, Party, Span, Where
from marsad.publish.exports.formats import FORMAT_NAMES, load_format
from marsad.publish.exports.sides import acled_interaction, ucdp_type
from marsad.publish.exports.ucdp_ged import COLUMNS as GED_COLUMNS
from marsad.publish.exports.ucdp_ged import priogrid_cell
from tests.publish.exports.sample import INTERNAL, make_context, make_incident, written

TABLES = ("csv", "claims", "hxl", "acled", "ucdp-ged")
PROVINCE = Where("Idlib", None, "Idlib", "SYR", "Syria", 35.8, 36.7, "province", 1)


def rows_of(name, *incidents, **changes):
    return list(csv.DictReader(io.StringIO(written(name, *incidents, **changes), newline="")))


def counted(*counts):
    policies = ("latest-credible", "acled-conservative", "ucdp-best", "airwars-range")
    return {policy: tuple(counts) for policy in policies}


def test_a_row_has_a_value_for_every_column_in_their_order():
    for incident in (make_incident(), make_incident(where=None, when=None, counts={})):
        assert tuple(incident_row(incident, "latest-credible")) == NAMES


def test_plain_columns_and_tags_are_unique():
    tags = [column.tag for column in COLUMNS]
    assert len(set(NAMES)) == len(NAMES)
    assert len(set(tags)) == len(tags)
    assert all(tag.startswith("#") for tag in tags)


def test_an_open_toll_has_no_high():
    (row,) = rows_of("csv", make_incident(counts=counted(Count("killed", None, 14, 14, None))))
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == ("14", "14", "")
    assert row["injured_best"] == ""
    assert row["figures_are"] == "documented minimum"


@pytest.mark.parametrize("name", TABLES)
def test_every_table_tells_that_it_is_contested(name):
    row = rows_of(name, make_incident())[-1]
    assert any("contested" in (value or "").lower() for value in row.values())


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r@", "＝", "  -"])
@pytest.mark.parametrize("name", TABLES)
def test_no_cell_is_a_formula(name, start):
    hostile = f"{start}HYPERLINK(1)"
    party = Party(hostile, "armed-group", None, None)
    where = replace(PROVINCE, name=hostile, admin1=hostile, longitude=-12.5)
    incident = make_incident(INTERNAL, actors=(party,), where=where)
    claims = tuple(replace(claim, quote=hostile) for claim in incident.claims)
    reports = tuple(replace(report, outlet=hostile) for report in incident.reports)
    text = written(name, replace(incident, claims=claims, reports=reports))
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert [c for c in cells if c[:1] in set("=+-@\t\r＝") and c not in ("-12.5", "-1")] == []


@pytest.mark.parametrize("text", ["=1+1", "-", "'quoted", "plain", "'=x", "''+x", "عربي"])
def test_a_cell_reads_back(text):
    assert read_cell(text_cell(text)) == text


@pytest.mark.parametrize("name", TABLES)
def test_arabic_survives_and_a_mark_tells_excel_so(name):
    party = Party("الجيش السوري", "military", "syr-army", "SYR")
    text = written(name, make_incident(INTERNAL, actors=(party,), recipients=()), bom=True)
    assert text.startswith("\ufeff")
    if name != "claims":  # it has the claims' own parties
        assert "الجيش السوري" in text


def test_a_cell_with_line_ends_quotes_and_commas_is_one_cell():
    where = replace(PROVINCE, name='Al-"Bab",\nnorth')
    (row,) = rows_of("csv", make_incident(INTERNAL, where=where))
    assert row["place"] == 'Al-"Bab", north'


def test_a_claims_row_has_a_value_for_every_column():
    text = written("claims", make_incident())
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert head == [column.name for column in CLAIM_COLUMNS]
    assert [len(row) for row in rows] == [len(head)] * 2
    assert [row[head.index("disputed")] for row in rows] == ["yes", "yes"]


def test_hxl_tags_stand_below_the_header():
    lines = list(csv.reader(io.StringIO(written("hxl", make_incident()), newline="")))
    assert lines[0] == list(NAMES)
    assert lines[1][NAMES.index("killed_best")] == "#affected+killed"
    assert len(lines) == 3


def test_acled_has_its_31_columns():
    (row,) = rows_of("acled", make_incident())
    assert list(row) == ACLED_COLUMNS
    assert len(ACLED_COLUMNS) == 31
    assert row["iso"] == "760"
    assert row["event_type"] == "Violence against civilians"
    assert (row["inter1"], row["inter2"], row["interaction"]) == ("3", "7", "37")
    assert row["civilian_targeting"] == "Civilian targeting"
    assert row["notes"].startswith("CONTESTED: whether it happened (the army")
    assert "Documented minimum and range" in row["notes"]


@pytest.mark.parametrize(
    ("start", "end", "day", "precision"),
    [
        ("2024-05-06", "2024-05-06", "2024-05-06", "1"),
        ("2024-05-06", "2024-05-12", "2024-05-09", "2"),
        ("2024-05-01", "2024-05-31", "2024-05-16", "3"),
    ],
)
def test_acled_gives_the_middle_day_and_its_precision(start, end, day, precision):
    (row,) = rows_of("acled", make_incident(when=Span(start, end, "month")))
    assert (row["event_date"], row["time_precision"]) == (day, precision)


def test_acled_gets_no_date_from_the_publication():
    (row,) = rows_of("acled", make_incident(when=None))
    assert (row["event_date"], row["year"], row["time_precision"]) == ("", "", "")


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [(2, 1, 12), (1, None, 10), (None, 7, 70), (None, None, None), (8, 8, 88), (1, 7, 17)],
)
def test_acled_puts_the_smaller_number_first(one, other, code):
    assert acled_interaction(one, other) == code


def test_a_states_forces_abroad_are_external():
    russian = Party("Russian air force", "military", "rus-air-force", "RUS")
    (row,) = rows_of("acled", make_incident(actors=(russian,)))
    assert row["inter1"] == "8"


def test_ged_has_its_49_columns_and_adds_up():
    (row,) = rows_of("ucdp-ged", make_incident(counts=counted(Count("killed", None, 3, 5, 8))))
    assert list(row) == GED_COLUMNS
    assert len(GED_COLUMNS) == 49
    parts = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    assert sum(int(row[part]) for part in parts) == int(row["best"]) == 5
    assert (row["low"], row["high"]) == ("3", "8")
    assert row["geom_wkt"] == "POINT (36.63393 35.93062)"


def test_ged_leaves_out_what_it_does_not_have_and_counts_it():
    stream = io.StringIO(newline="")
    to_stream = load_format("ucdp-ged").to_stream
    assert to_stream
    writer = to_stream(stream, make_context())
    writer.add(make_incident(counts={}))
    writer.add(make_incident(counts=counted(Count("killed", None, 0, 0, 0))))
    writer.add(make_incident(event_type="peaceful-protest"))
    assert writer.written.rows == 0
    assert sum(writer.written.left_out.values()) == 3


@pytest.mark.parametrize(
    ("first", "second", "violence"),
    [
        ("military", "armed-group", 1),
        ("armed-group", "militia", 2),
        ("armed-group", "civilian", 3),
        ("military", "journalist", 3),
        ("unidentified-armed", "civilian", None),
    ],
)
def test_ged_type_of_violence_follows_the_sides(first, second, violence):
    incident = make_incident(
        actors=(Party("a", first, None, None),), recipients=(Party("b", second, None, None),)
    )
    assert ucdp_type(incident) == violence


def test_priogrid_cells_are_counted_from_the_south_west():
    assert priogrid_cell(-90, -180) == 1
    assert priogrid_cell(-90, 179.9) == 720
    assert priogrid_cell(90, 180) == 360 * 720


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_every_format_says_what_it_loses(name):
    format_ = load_format(name)
    assert format_.name == name
    assert format_.losses
    assert (format_.to_stream is None) != (format_.to_path is None)


def test_a_full_disk_is_said_by_the_geopackage(tmp_path):
    writer = geopackage.GeoPackage(tmp_path / "a.gpkg", make_context())
    writer._connection.execute("PRAGMA max_page_count = 20")
    incidents = [make_incident()] * (3 * geopackage._BATCH_ROWS)
    with pytest.raises(ExportError, match="full"):
        list(map(writer.add, incidents))
    writer.abandon()
