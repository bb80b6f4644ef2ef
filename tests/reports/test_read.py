from __future__ import annotations

import io
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.errors import ReportError, UnreadableReport, UnsupportedLanguage
from marsad.records import Report
from marsad.reports.read import ReadFailure, read_report, read_source
from tests.reports import pages

SENTENCE = "Three people were killed in Goma on Monday, police said."

FRAGMENTS = [
    *("<p>", "</div>", "<table>", "<script>", "&#0;", "<!--", "]]>", "<h1>", "é", "\x00", SENTENCE),
    '<script type="application/ld+json">{"@type":"NewsArticle"',
    '<time datetime="x">',
    "<figure><figcaption>",
]


def failure(source: str, **options: object) -> str:
    (result,) = list(read_source(source, **options))  # type: ignore[arg-type]
    assert isinstance(result, ReadFailure)
    message = str(result)
    assert "\n" not in message
    return message


def from_stdin(data: bytes, **options: object) -> list[Report | ReadFailure]:
    return list(read_source("-", stdin=io.BytesIO(data), **options))  # type: ignore[arg-type]


def only_report(results: list[Report | ReadFailure]) -> Report:
    (result,) = results
    assert isinstance(result, Report), str(result)
    return result


def test_missing_file_is_named(tmp_path):
    assert failure(str(tmp_path / "no.html")).startswith(f"{tmp_path}/no.html: no such file")


def test_folder_without_readable_files_is_named(tmp_path):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert "a folder without readable files (.atom .csv .htm" in failure(str(tmp_path))


def test_folder_gives_each_file_and_goes_on_after_a_bad_one(tmp_path):
    (tmp_path / "a.html").write_text(pages.GRAPH, encoding="utf-8")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "d.txt").write_text(SENTENCE)
    (tmp_path / ".hidden.txt").write_text(SENTENCE)
    results = list(read_source(str(tmp_path)))
    assert [type(result).__name__ for result in results] == ["Report", "ReadFailure", "Report"]
    assert "b.txt: empty" in str(results[1])


@pytest.mark.parametrize("data", [b"", b"  \n\t ", b"\xef\xbb\xbf"])
def test_empty_input_is_refused(data):
    with pytest.raises(UnreadableReport, match=r"a news page, a text|no article text"):
        read_report(data, name="x")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 ...", "a PDF file"),
        (b"PK\x03\x04abc", "a zip archive"),
        (b"\x1f\x8b\x08abc", "a gzip archive"),
        (bytes(range(256)) * 20, "binary data"),
        (b"abc\x00\x01\x02\x03def" * 10, "binary data"),
    ],
)
def test_binary_input_is_refused_by_kind(data, what):
    with pytest.raises(UnreadableReport, match=what):
        read_report(data, name="x")


def test_oversized_file_is_refused_without_reading_it_all(tmp_path):
    path = tmp_path / "big.txt"
    path.write_text((SENTENCE + " ") * 1000)
    assert "larger than 1,000 bytes" in failure(str(path), max_bytes=1000)


def test_oversized_standard_input_is_read_no_further_than_the_limit():
    stream = io.BytesIO(SENTENCE.encode() * 10_000)
    (result,) = read_source("-", stdin=stream, max_bytes=1000)
    assert "standard input: larger than 1,000 bytes" in str(result)
    assert stream.tell() <= 2002


@pytest.mark.parametrize("data", [b"12,13,14\n15,16,17\n", b"----\n====", b"a b\nc d"])
def test_text_without_words_is_refused(data):
    with pytest.raises(UnreadableReport, match="no article text found"):
        read_report(data, name="x")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings_are_recognised(encoding):
    text = "“Two people were killed near Bogotá,” the mayor of Medellín said on Monday – a holiday."
    assert read_report(text.encode(encoding), name="x").text == text


def test_declared_charset_is_used_where_bytes_are_not_utf8():
    page = pages.GRAPH.replace("<head>", '<head><meta charset="windows-1252">')
    report = read_report(page.encode("cp1252"), name="x")
    assert report.text == pages.STORY


def test_one_broken_byte_does_not_spoil_the_rest():
    data = (
        "The mayor of Bogotá, José Peña, said nobody was hurt in the café".encode()
        + b" \xff today."
    )
    assert read_report(data, name="x").text.startswith("The mayor of Bogotá, José Peña")


def test_foreign_text_is_named_and_can_be_overridden():
    text = (
        "Al menos tres personas murieron en un ataque contra una patrulla de la policía.".encode()
    )
    with pytest.raises(UnsupportedLanguage, match=r"Spanish \(es\).*--language en"):
        read_report(text, name="x")
    assert read_report(text, name="x", language="en").language == "en"


def test_asked_for_language_must_be_one_marsad_codes():
    with pytest.raises(UnsupportedLanguage, match=r"French \(fr\)"):
        read_report(SENTENCE.encode(), name="x", language="fr")


def test_unreadable_publication_hint_is_refused():
    with pytest.raises(UnreadableReport, match="YYYY-MM-DD"):
        read_report(SENTENCE.encode(), name="x", published="last week")


def test_same_input_gives_the_same_id():
    assert (
        read_report(SENTENCE.encode(), name="a").id == read_report(SENTENCE.encode(), name="b").id
    )


def test_standard_input_takes_a_page_or_json_lines():
    assert only_report(from_stdin(SENTENCE.encode())).text == SENTENCE
    assert only_report(from_stdin(json.dumps({"text": SENTENCE}).encode())).text == SENTENCE
    assert only_report(from_stdin(pages.GRAPH.encode())).title == pages.TITLE


@pytest.mark.parametrize(
    "document",
    [
        [{"id": "a", "text": SENTENCE}, {"id": "b", "text": SENTENCE}],
        {"id": "a", "text": SENTENCE},
    ],
)
def test_json_document_is_read_however_it_is_laid_out(tmp_path, document):
    path = tmp_path / "reports.json"
    path.write_text(json.dumps(document, indent=2))
    reports = list(read_source(str(path)))
    assert all(isinstance(report, Report) for report in reports)
    assert len(reports) == (len(document) if isinstance(document, list) else 1)


def test_overlong_line_fails_alone(tmp_path):
    path = tmp_path / "r.jsonl"
    rows = [{"text": SENTENCE}, {"text": SENTENCE * 100}, {"text": SENTENCE + " More."}]
    path.write_text("\n".join(json.dumps(row) for row in rows))
    first, second, third = read_source(str(path), max_bytes=500)
    assert isinstance(first, Report)
    assert isinstance(third, Report)
    assert "line 2: more than 500 bytes" in str(second)


def test_empty_lines_file_is_a_failure(tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_text("\n\n")
    assert "empty" in failure(str(path))


@pytest.mark.parametrize("source", ["ftp://x.example/a", "file:///etc/passwd", "http://"])
def test_other_addresses_are_refused(source):
    assert "only http and https" in failure(source)


def test_path_with_a_nul_is_refused():
    assert "no such file" in failure("a\x00b") or "not a usable path" in failure("a\x00b")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600))
def test_bytes_never_raise_anything_but_a_report_error(data):
    with suppress(ReportError):
        assert read_report(data, name="x", language="en").text.strip()


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=20))
def test_broken_markup_never_raises_anything_but_a_report_error(parts):
    with suppress(ReportError):
        read_report(("<html>" + "".join(parts)).encode(), name="x", language="en")


def test_names_of_this_room_stand_in_no_line_of_an_error(tmp_path: Path):
    path = tmp_path / "x.html"
    path.write_text("<html><body></body></html>")
    assert failure(str(path)) == (
        f"{path}: no article text found. Give the page of one news article, or its text."
    )
