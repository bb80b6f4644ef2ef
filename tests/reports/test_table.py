from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.records import Report
from marsad.reports.failure import ReadFailure
from marsad.reports.received import Received
from marsad.reports.table import is_table_header, read_table

ONE = "Three people were killed in Goma on Monday"
TWO = "Two soldiers were wounded near Bunia on Tuesday"


def table(data: str | bytes, **hints: Any) -> list[Received]:
    stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
    return list(read_table(stream, "t.csv", **hints))


def texts(data: str | bytes, **hints: Any) -> list[str]:
    """The texts of good rows, and 'line N' of bad ones."""
    return [
        item.result.text if isinstance(item.result, Report) else f"line {item.result.line}"
        for item in table(data, **hints)
    ]


def failure(data: str | bytes, **hints: Any) -> str:
    (item,) = table(data, **hints)
    assert isinstance(item.result, ReadFailure)
    return str(item.result)


def test_all_fields_of_a_row_are_taken():
    (item,) = table(
        "Id,Headline,Body,Pub_Date,Link,Source,Byline,Lang\n"
        f'7,"Killed, again",{ONE},5 March 2024,https://kivu.example/a,Kivu,A Doe; B Roe,en\n'
    )
    assert item.result == Report(
        id="7",
        title="Killed, again",
        text=ONE,
        published=date(2024, 3, 5),
        url="https://kivu.example/a",
        outlet="Kivu",
        authors=("A Doe", "B Roe"),
        language="en",
    )


def test_row_keeps_its_bytes_and_its_line():
    first, second = table(f'id,text\r\n1,"{ONE}\r\n""again"""\r\n2,{TWO}\r\n')
    assert (first.origin, second.origin) == ("t.csv#2", "t.csv#4")
    assert first.raw == f'1,"{ONE}\r\n""again"""\r\n'.encode()
    assert isinstance(first.result, Report)
    assert first.result.text == f'{ONE}\r\n"again"'


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_mark_between_cells_is_found_from_the_header(mark):
    assert texts(f"id{mark}text\n1{mark}{ONE}\n") == [ONE]


def test_mark_that_a_spreadsheet_names_is_taken():
    assert texts(f"sep=;\nid;text\n1;{ONE}\n") == [ONE]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_encodings_are_recognised(encoding):
    text = "Two people were killed near Bogotá, the mayor said"
    (item,) = table(f'id,text\n1,"{text}"\n'.encode(encoding))
    assert isinstance(item.result, Report)
    assert item.result.text == text
    assert item.raw == f'1,"{text}"\n'.encode(encoding.removesuffix("-sig")).removeprefix(
        b"\xff\xfe"
    )


def test_one_line_in_another_encoding_does_not_spoil_the_rest():
    data = f"id,text\n1,{ONE} é\n".encode() + f"2,{TWO} é\n".encode("cp1252")
    assert texts(data) == [f"{ONE} é", f"{TWO} é"]


def test_old_line_ends_are_read():
    assert texts(f"id,text\r1,{ONE}\r2,{TWO}\r") == [ONE, TWO]


def test_cell_longer_than_the_limit_of_the_csv_module_is_read():
    text = f"{ONE}. " * 5000
    assert texts(f"id,text\n1,{text}\n2,{TWO}\n") == [text, TWO]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1", "1 cells of 3, and none for the text"),
        (f"1,{ONE}, police said,2024-01-05", "4 cells, but the header names 3 columns"),
        (f"1,{ONE},03/04/2024", "can be read in two ways"),
        (f"1,{ONE},soon", "'soon' is not understood"),
        ("1,,", "'text' is empty"),
    ],
)
def test_bad_row_fails_alone_and_says_why(row, told):
    first, second = table(f"id,text,date\n{row}\n2,{TWO},2024-01-06\n")
    assert told in str(first.result)
    assert str(first.result).startswith("t.csv, line 2:")
    assert isinstance(second.result, Report)


def test_short_row_with_a_text_is_read():
    assert texts(f"id,text,date\n1,{ONE}\n") == [ONE]


def test_quotation_mark_left_open_costs_no_other_row():
    assert texts(f'id,text\n1,"{ONE}\n2,{TWO}\n3,{ONE}\n') == ["line 2", TWO, ONE]


def test_quotation_mark_closed_by_the_next_row_joins_no_rows():
    assert texts(f'id,text\n1,"{ONE}\n2,"{TWO}"\n3,{ONE}\n') == ["line 2", TWO, ONE]


def test_paragraphs_of_a_row_cut_off_at_the_end_are_not_taken_for_rows():
    first, second = table(f'id,text\n1,{ONE}\n2,"{TWO}.\nIn Goma, people fled.\nIn Bunia')
    assert isinstance(first.result, Report)
    assert "Lines 3 to 5 are not read" in str(second.result)


def test_overlong_row_fails_alone():
    data = f"id,text\n1,{'x' * 3000}\n2,{TWO}\n"
    assert texts(data, max_bytes=1000) == ["line 2", TWO]


def test_text_without_column_name_is_refused_with_the_names_there_are():
    assert "The columns are 'a', 'b'. Say which it is, e.g. text=b." in failure("a,b\n1,2\n")


def test_columns_are_taken_from_the_map():
    assert texts(f"who,what\nx,{ONE}\n", columns={"text": "what"}) == [ONE]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("", "empty"),
        ("\n\n", "empty"),
        ("text\n", "a table without rows"),
        (b"PK\x03\x04", "a zip archive"),
        (b"\x00\x01\x02" * 99, "binary data"),
        ('"text\n', "the header cannot be read"),
    ],
)
def test_what_is_no_table_is_one_failure(data, told):
    assert told in failure(data)


def test_cells_that_say_there_is_no_value_are_none():
    (item,) = table(f"id,text,title,date,author\nNA,{ONE},N/A,NaN,null\n")
    assert isinstance(item.result, Report)
    report = item.result
    assert (report.title, report.published, report.authors) == (None, None, ())
    assert report.id.startswith("report-")


def test_row_without_an_id_has_the_same_id_each_time():
    data = f"text,link\n{ONE},https://kivu.example/a?utm_source={{}}\n"
    (first,), (second,) = table(data.format("rss")), table(data.format("mail"))
    assert isinstance(first.result, Report)
    assert isinstance(second.result, Report)
    assert first.result.id == second.result.id


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS.filter(str.strip)), min_size=1, max_size=6))
def test_what_python_writes_is_read_back(rows):
    rows = [(title, f"x{text}x") for title, text in rows]
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([("title", "text"), *rows])
    data = out.getvalue().encode()
    found = [item.result for item in table(data, language="en")]
    if not any(isinstance(item, ReadFailure) and "binary data" in str(item) for item in found):
        assert [item.text for item in found if isinstance(item, Report)] == [
            text for _, text in rows
        ]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_bytes_after_a_header_never_raise(data):
    for item in table(b"id,text,date\n" + data, language="en"):
        assert isinstance(item.result, Report | ReadFailure)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(['"', ",", "\n", "\r", "a", '""', '\n1,"b"']), max_size=30))
def test_every_sound_row_after_broken_ones_is_read(parts):
    *_, last = table("id,text\n" + "".join(parts) + f'"\n8,{ONE}\n9,{TWO}\n', language="en")
    assert isinstance(last.result, Report) or "not read" in str(last.result)


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("id,text,date", True),
        ("Headline;Body", True),
        ("text", False),
        ("Three people, a source, and text", False),
        ("Body, who was there, told the source that the content of the letter was known", False),
    ],
)
def test_header_is_told_from_prose(line, answer):
    assert is_table_header(line) is answer
