"""ACLED rows: what they say, as exactly as they say it and no more."""

from datetime import date

import pytest

from marsad.records import When
from tests.reports.datasets.shared import errors, one, table

ROW = {
    "event_id_cnty": "SYR90001",
    "event_date": "06 May 2024",
    "time_precision": "1",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Syria (2000-2024)",
    "inter1": "State Forces",
    "actor2": "HTS: Hayat Tahrir al Sham (2017-)",
    "inter2": "2",
    "iso": "760",
    "country": "Syria",
    "admin1": "Idlib",
    "location": "Saraqib",
    "latitude": "35.864",
    "longitude": "36.805",
    "geo_precision": "1",
    "source": "SANA; Radio Zarkal",
    "notes": "On 6 May 2024, forces clashed near Saraqib. 14 were killed.",
    "fatalities": "14",
    "timestamp": "1715700000",
}


def told(**changes: str):
    return one(table(ROW | changes), "acled")


def test_a_row_is_the_data_sets_own_claim_and_one_of_each_source():
    row = told()
    assert row.report.outlet == "Conflict Atlas"
    assert row.report.title == "SYR90001"
    assert [[s.source for s in c.attribution] for c in row.claims] == [
        ["Conflict Atlas"],
        ["SANA", "Conflict Atlas"],
        ["Radio Zarkal", "Conflict Atlas"],
    ]
    # A row does not say which of its sources gave the number.
    assert [len(c.figures) for c in row.claims] == [1, 0, 0]


def test_every_value_quotes_the_text():
    row = told()
    for claim in row.claims:
        parts = [claim.trigger, *claim.evidence, *(f.evidence for f in claim.figures)]
        parts += [p.evidence for p in (claim.place, claim.when, *claim.participants) if p]
        assert all(e and row.report.text[e.start : e.end] == e.quote for e in parts)
    assert row.claims[0].trigger.quote == "Armed clash (Battles / Armed clash)"


@pytest.mark.parametrize(
    ("given", "start", "end", "precision"),
    [
        (("06 May 2024", "1"), (2024, 5, 6), (2024, 5, 6), "day"),
        (("2024-05-06", "2"), (2024, 5, 3), (2024, 5, 9), "week"),
        (("6-May-2024", "3"), (2024, 5, 1), (2024, 5, 31), "month"),
        (("2024-05-06 00:00:00", "1.0"), (2024, 5, 6), (2024, 5, 6), "day"),
    ],
)
def test_a_day_is_as_wide_as_its_precision(given, start, end, precision):
    when = told(event_date=given[0], time_precision=given[1]).claims[0].when
    assert when is not None
    assert when.model_copy(update={"evidence": None}) == When(
        start=date(*start), end=date(*end), precision=precision
    )


@pytest.mark.parametrize(
    ("code", "name", "precision", "relation"),
    [
        ("1", "Saraqib", "town", None),
        ("2", "Saraqib", "district", "near"),
        ("3", "Idlib", "province", None),
        ("", "Saraqib", "district", None),  # of no said precision
    ],
)
def test_a_place_is_as_exact_as_its_precision(code, name, precision, relation):
    place = told(geo_precision=code).claims[0].place
    assert place is not None
    assert (place.name, place.precision, place.relation) == (name, precision, relation)
    assert (place.country, place.latitude) == ("SYR", 35.864)


def test_no_point_is_made_up_where_none_is_given():
    place = told(latitude="", longitude="").claims[0].place
    assert place is not None
    assert place.latitude is None
    assert place.geonameid is None


@pytest.mark.parametrize(
    ("cell", "bounds"),
    [("14", [(14, 14, "about")]), ("", []), ("0", []), ("NA", []), ("3.0", [(3, 3, "about")])],
)
def test_fatalities_are_an_estimate_and_nought_is_not_nobody(cell, bounds):
    figures = told(fatalities=cell).claims[0].figures
    assert [(f.low, f.high, f.qualifier) for f in figures] == bounds


def test_two_armed_sides_are_doers_whatever_their_order():
    parties = told().claims[0].participants
    assert [(p.role, p.name, p.kind) for p in parties] == [
        ("actor", "Military Forces of Syria", "military"),
        ("actor", "Hayat Tahrir al Sham", "armed-group"),
    ]


@pytest.mark.parametrize(
    ("sub_event", "inter", "role"),
    [("Attack", "7", "recipient"), ("Excessive force against protesters", "6", "recipient")],
)
def test_the_unarmed_beside_the_armed_had_it_done_to_them(sub_event, inter, role):
    row = told(sub_event_type=sub_event, actor2="Civilians (Syria)", inter2=inter)
    assert row.claims[0].participants[-1].role == role


def test_an_unknown_kind_keeps_its_own_words():
    row = told(event_type="Sorcery", sub_event_type="Hex")
    assert row.claims[0].event_type == "other"
    assert row.claims[0].trigger.quote.endswith("(Sorcery / Hex)")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_come_in_any_order_case_and_encoding(encoding, delimiter):
    given = {name.upper().replace("_", " "): ROW[name] for name in reversed(ROW)}
    given["NOTES"] = "Près de Saraqib, 14 were killed."
    row = one(table(given, delimiter=delimiter).encode(encoding), "acled")
    assert row.claims[0].evidence[0].quote == "Près de Saraqib, 14 were killed."


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"event_date": "31/02/2024"}, "31/02/2024"),
        ({"event_date": "03/04/2024"}, "--day-first"),
        ({"event_date": ""}, "no day"),
        ({"latitude": "135.8"}, "beyond 90"),
        ({"latitude": ""}, "one of latitude and longitude"),
        ({"fatalities": "-3"}, "no number of people"),
        ({"fatalities": "9" * 30}, "no number of people"),
        ({"location": "x" * 20_000}, "20,000 characters"),
        ({"source": "; ".join(map(str, range(150)))}, "150 sources"),
    ],
)
def test_a_bad_row_is_named_and_the_next_is_read(changes, words):
    data = table(ROW | changes, ROW)
    (error,) = errors(data, "acled")
    assert "line 2" in error
    assert words in error


def test_other_formats_columns_are_known_for_what_they_are():
    (error,) = errors("id,status,event_type,killed_best\nx,single-source,attack,1\n", "acled")
    assert "--from csv" in error


def test_rows_that_are_ragged_broken_or_hold_nulls_stop_no_other():
    good = table(ROW).splitlines(keepends=True)
    extra = good[1].rstrip() + ",more,and more\r\n"
    nul = good[1].replace("Saraqib", "Sara\0qib")
    data = good[0] + extra + nul + 'SYR1,"06 May 2024\r\n' + good[1]
    assert len(errors(data, "acled")) == 2
    place = one(good[0] + nul, "acled").claims[0].place
    assert place is not None
    assert place.name == "Sara qib"
