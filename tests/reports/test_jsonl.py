from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import UnsupportedLanguage
from marsad.records import Caption, Report
from marsad.reports.failure import ReadFailure
from marsad.reports.jsonl import read_jsonl

SENTENCE = "Three people were killed in Goma on Monday, police said."


def read_one(row: Any, **hints: Any) -> Report | ReadFailure:
    (result,) = list(read_jsonl([json.dumps(row)], "r.jsonl", **hints))
    return result


def read_good(row: Any, **hints: Any) -> Report:
    result = read_one(row, **hints)
    assert isinstance(result, Report), str(result)
    return result


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_text_is_returned_unchanged(text):
    assert read_good({"text": text}, language="en").text == text


def test_all_fields_are_taken():
    report = read_good(
        {
            "id": 7,
            "text": SENTENCE,
            "title": "T",
            "published": "2024-03-05T14:05:00Z",
            "url": "https://x.example/a",
            "language": "en-GB",
            "outlet": "O",
            "authors": ["A", "B"],
            "dateline": "Goma",
            "captions": ["One.", {"text": "Two.", "credit": "AFP"}],
            "gold": {"ignored": True},
        }
    )
    assert report == Report(
        id="7",
        text=SENTENCE,
        title="T",
        published=datetime(2024, 3, 5, 14, 5, tzinfo=UTC),
        url="https://x.example/a",
        language="en",
        outlet="O",
        authors=("A", "B"),
        dateline="Goma",
        captions=(Caption(text="One."), Caption(text="Two.", credit="AFP")),
    )


def test_missing_id_becomes_a_content_hash():
    assert read_good({"text": SENTENCE}).id == read_good({"id": None, "text": SENTENCE}).id
    assert read_good({"text": SENTENCE}).id != read_good({"text": SENTENCE, "title": "T"}).id


def test_host_stands_for_an_outlet_that_is_not_given():
    url = "http://web.archive.org/web/20170316/http://www.kivu.example/story/1"
    assert read_good({"text": SENTENCE, "url": url}).outlet == "kivu.example"


def test_dateline_of_the_text_gives_city_and_day_of_filing():
    report = read_good(
        {"text": "LIMA, 29 MAR 89 (EFE) -- [TEXT] A BOMB EXPLODED TODAY IN THE CITY."}
    )
    assert (report.dateline, report.published) == ("Lima", date(1989, 3, 29))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 1: not JSON"),
        ("[1, 2]", "line 1: an array in JSON, not an object"),
        ('"text"', "line 1: a string in JSON, not an object"),
        ("null", "line 1: null in JSON, not an object"),
        ("{}", "line 1: no 'text'"),
        ('{"text": 5}', "'text' is a number, not a string"),
        ('{"text": "  "}', "'text' is empty"),
        ('{"text": "a \\ud800 b"}', "half a surrogate pair at character 2"),
        ('{"text": "x", "title": "\\udc00"}', "'title' has half a surrogate pair"),
        ('{"text": "x", "captions": [{"text": "a", "credit": "\\ud800"}]}', "'captions' has half"),
        ('{"text": "x", "published": "soon"}', "publication date 'soon' is not understood"),
        ('{"text": "x", "published": "03/04/2024"}', "can be read in two ways"),
        ('{"text": "x", "published": 5}', "is not understood"),
        ('{"text": "x", "title": ["a"]}', "'title' is an array"),
        ('{"text": "x", "id": {}}', "'id' is an object"),
        ('{"text": "x", "authors": 5}', "'authors' must be"),
        ('{"text": "x", "captions": [5]}', "'captions' must be"),
        ("[" * 100_000, "line 1: JSON nested too deeply"),
        ('{"text": "x", "id": ' + "9" * 5000 + "}", "line 1: not JSON"),
    ],
)
def test_bad_line_is_one_clear_failure(line, message):
    (result,) = list(read_jsonl([line], "r.jsonl"))
    assert isinstance(result, ReadFailure)
    assert result.line == 1
    assert message in str(result)
    assert str(result).startswith("r.jsonl, line 1")
    assert "\n" not in str(result)


def test_bad_lines_do_not_stop_the_others():
    lines = [
        '{"id":"a","text":"One man was shot."}',
        "no",
        "",
        '{"id":"b","text":"Two men were shot."}',
    ]
    results = list(read_jsonl(lines, "r.jsonl"))
    assert [getattr(result, "id", None) for result in results] == ["a", None, "b"]
    assert isinstance(results[1], ReadFailure)
    assert results[1].line == 2


def test_reports_that_share_an_id_are_both_kept():
    lines = ['{"id":1,"text":"One man was shot."}', '{"id":"1","text":"Two men were shot."}']
    texts = [r.text for r in read_jsonl(lines, "r.jsonl") if isinstance(r, Report)]
    assert texts == ["One man was shot.", "Two men were shot."]


def test_bytes_that_are_not_utf8_are_refused():
    (result,) = read_jsonl([b'{"text": "Bogot\xe1"}'], "r.jsonl")
    assert "line 1: not UTF-8 (byte 15)" in str(result)


def test_byte_order_mark_is_passed_over():
    (result,) = read_jsonl([b'\xef\xbb\xbf{"text": "One man was shot."}'], "r.jsonl")
    assert isinstance(result, Report)


def test_foreign_report_fails_and_language_overrides():
    row = {"text": "Au moins dix civils ont été tués dans une attaque menée par des hommes armés."}
    result = read_one(row)
    assert isinstance(result, ReadFailure)
    assert isinstance(result.error, UnsupportedLanguage)
    assert read_good(row, language="en").language == "en"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=60), st.text(max_size=60)), max_size=5))
def test_arbitrary_lines_only_ever_give_failures_or_reports(lines):
    for result in read_jsonl(lines, "r.jsonl"):
        assert isinstance(result, Report | ReadFailure)
