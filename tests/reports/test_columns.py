from __future__ import annotations

import pytest

from marsad.errors import UnreadableReport
from marsad.reports.columns import place_columns, read_column_map, rename_keys


def test_map_is_read_as_written():
    assert read_column_map("text=Body, title = Head line ,published=Date") == {
        "text": "Body",
        "title": "Head line",
        "published": "Date",
    }


def test_column_with_a_comma_or_equals_sign_is_quoted():
    assert read_column_map('text="Body, full",id="a=b"') == {"text": "Body, full", "id": "a=b"}


def test_field_without_a_column_is_not_read():
    assert read_column_map("id=")["id"] == ""
    assert "id" not in place_columns(["id", "text"], {"id": ""}, "t.csv")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "empty"),
        (" , ,", "'' is not understood"),
        ("body", "'body' is not understood"),
        ("headline=H", "the fields are id, text, title"),
        ("text=a,text=b", "'text' is given twice"),
    ],
)
def test_map_that_is_wrong_is_refused(words, told):
    with pytest.raises(UnreadableReport, match=told):
        read_column_map(words)


@pytest.mark.parametrize(
    ("header", "places"),
    [
        (["ID", "Body", "Headline"], {"id": 0, "text": 1, "title": 2}),
        (["pub_date", "Link", "content", "Source"],
         {"published": 0, "url": 1, "text": 2, "outlet": 3}),
        (["text", "Body"], {"text": 0}),
        (["Article Text", "by-line", "lang"], {"text": 0, "authors": 1, "language": 2}),
    ],
)  # fmt: skip
def test_usual_names_are_known_in_any_spelling(header, places):
    assert place_columns(header, None, "t.csv") == places


def test_map_is_believed_over_the_usual_names():
    assert place_columns(["text", "Full"], {"text": "Full"}, "t.csv") == {"text": 1}


def test_column_is_not_given_to_two_fields():
    places = place_columns(["source", "body"], {"url": "source"}, "t.csv")
    assert places == {"url": 0, "text": 1}


@pytest.mark.parametrize(
    ("header", "columns", "told"),
    [
        (["a", "b"], None, r"no column holds the reports' text. The columns are 'a', 'b'."),
        (["a", "text"], {"title": "Headline"}, "no column 'Headline' for 'title'"),
        (["Body", "body"], {"text": "BODY"}, "2 columns 'BODY' for 'text'"),
        ([f"c{i}" for i in range(300)], None, "'c19' and 280 more"),
    ],
)
def test_table_without_the_columns_is_told_what_it_has(header, columns, told):
    with pytest.raises(UnreadableReport, match=told):
        place_columns(header, columns, "t.csv")


def test_keys_of_a_row_are_renamed():
    row = {"Body": "x", "id": 4}
    assert rename_keys(row, {"text": "Body", "id": ""}, "r") == {
        "Body": "x",
        "text": "x",
        "id": None,
    }


def test_row_without_the_key_is_told_what_it_has():
    with pytest.raises(UnreadableReport, match=r"no 'Body'.*The keys are 'content'"):
        rename_keys({"content": "x"}, {"text": "Body"}, "r")


def test_row_without_a_key_of_the_map_keeps_its_own():
    assert rename_keys({"text": "x"}, {"text": "Body", "title": "H"}, "r") == {
        "text": "x",
        "title": None,
    }
