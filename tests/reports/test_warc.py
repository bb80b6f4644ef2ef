from __future__ import annotations

import gzip
import io
import re
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.records import Report
from marsad.reports.failure import ReadFailure
from marsad.reports.receive import receive
from marsad.reports.received import Received
from marsad.reports.warc import read_warc
from tests.reports import pages

PAGE = pages.GRAPH.encode()


def record(
    body: bytes = PAGE,
    *,
    url: str = "https://kivu.example/a",
    kind: str = "response",
    status: str = "200 OK",
    http: str = "Content-Type: text/html; charset=utf-8\r\n",
    warc: str = "",
    length: int | None = None,
) -> bytes:
    """One WARC record, written by hand so that it can be wrong."""
    block = f"HTTP/1.1 {status}\r\n{http}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2024-03-05T10:00:00Z\r\n{warc}"
        f"Content-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def read(data: bytes, **hints: Any) -> list[Received]:
    return list(read_warc(io.BytesIO(data), "a.warc", **hints))


def kinds(data: bytes, **hints: Any) -> list[str]:
    """The address of each report, and the message of each failure."""
    return [
        item.result.url or "" if isinstance(item.result, Report) else str(item.result)
        for item in read(data, **hints)
    ]


def test_page_comes_with_its_address_time_and_bytes():
    (item,) = read(record())
    assert isinstance(item.result, Report)
    assert (item.result.text, item.result.url) == (pages.STORY, "https://kivu.example/a")
    assert item.retrieved_at == datetime(2024, 3, 5, 10, tzinfo=UTC)
    assert (item.origin, item.raw) == ("a.warc#1", PAGE)


def test_archived_page_has_the_id_of_the_fetched_one(site):
    page = site.put("/a", PAGE)
    (fetched,), (archived,) = receive(page), read(record(url=page))
    assert isinstance(fetched.result, Report)
    assert isinstance(archived.result, Report)
    assert fetched.result.id == archived.result.id


@pytest.mark.parametrize(
    "other",
    [
        record(kind="request"),
        record(kind="revisit"),
        record(kind="metadata"),
        record(status="404 Not Found"),
        record(status="301 Moved"),
        record(http="Content-Type: image/png\r\n"),
        record(http=""),
    ],
)
def test_what_is_no_page_is_passed_over_in_silence(other):
    assert kinds(other + record() + other) == ["https://kivu.example/a"]


def in_members(*records: bytes) -> bytes:
    return b"".join(gzip.compress(one) for one in records)


@pytest.mark.parametrize(
    "pack",
    [
        lambda *records: b"".join(records),
        in_members,
        lambda *records: gzip.compress(b"".join(records)),
        lambda *records: b"\x00\x00\x00".join(gzip.compress(one) for one in records),
    ],
)
def test_plain_and_compressed_archives_are_read(pack):
    data = pack(record(), record(url="https://kivu.example/b"))
    assert kinds(data) == ["https://kivu.example/a", "https://kivu.example/b"]


def chunked(body: bytes) -> bytes:
    half = len(body) // 2
    parts = (body[:half], body[half:], b"")
    return b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in parts)


@pytest.mark.parametrize(
    ("body", "http"),
    [
        (chunked(PAGE), "Transfer-Encoding: chunked\r\n"),
        (gzip.compress(PAGE), "Content-Encoding: gzip\r\n"),
        (chunked(gzip.compress(PAGE)), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
        (zlib.compress(PAGE), "Content-Encoding: deflate\r\n"),
    ],
)
def test_page_is_unpacked_from_what_was_sent(body, http):
    (item,) = read(record(body, http="Content-Type: text/html\r\n" + http))
    assert isinstance(item.result, Report), str(item.result)
    assert (item.result.text, item.raw) == (pages.STORY, PAGE)


def test_charset_of_the_http_header_is_used():
    body = "<p>Two people were killed near Bogotá, the mayor of Medellín said.</p>".encode("cp1250")
    (item,) = read(record(body, http="Content-Type: text/html; charset=windows-1250\r\n"))
    assert isinstance(item.result, Report), str(item.result)
    assert "Bogotá" in item.result.text


def third() -> bytes:
    return record(url="https://kivu.example/c")


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (record(length=10), "its Content-Length is wrong"),
        (record(length=5000), "its Content-Length is wrong"),
        (record().replace(b"Content-Length", b"Length"), "it has no Content-Length"),
        (record(warc="WARC-Truncated: length\r\n"), "only a part of this page"),
        (record(b"<p>x"), "no article text found"),
        (record(b"\x1f\x8b\x08" + b"x" * 50, http="Content-Type: text/html\r\n"), "gzip archive"),
        (record(b"zz\r\nx", http="Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"), ""),
    ],
)
@pytest.mark.parametrize("pack", [lambda *records: b"".join(records), in_members])
def test_broken_record_fails_alone(pack, broken, told):
    first, failed, last = kinds(pack(record(), broken, third()))
    assert (first, last) == ("https://kivu.example/a", "https://kivu.example/c")
    assert failed.startswith("a.warc, record 2")
    assert told in failed


def test_damaged_gzip_member_fails_alone():
    good, bad = gzip.compress(record()), bytearray(gzip.compress(record()))
    bad[300:310] = b"\xff" * 10
    first, failed, last = kinds(good + bytes(bad) + gzip.compress(third()))
    assert (first, last) == ("https://kivu.example/a", "https://kivu.example/c")
    assert failed == "a.warc, record 2: its compressed bytes are damaged."


@pytest.mark.parametrize("cut", [200, 900])
@pytest.mark.parametrize("pack", [lambda *records: b"".join(records), in_members])
def test_archive_that_was_cut_off_keeps_what_it_has(pack, cut):
    first, *rest = kinds(pack(record(), third())[:-cut])
    assert first == "https://kivu.example/a"
    assert len(rest) == 1
    assert re.search(r"record 2.*(?:ends within|damaged)", rest[0])


def test_junk_between_records_is_told_once():
    first, junk, last = kinds(record() + b"junk\r\nmore\r\nand more\r\n" + third())
    assert (first, last) == ("https://kivu.example/a", "https://kivu.example/c")
    assert "no WARC record begins here" in junk


def test_overlong_page_fails_alone():
    big = record(PAGE + b"x" * 200_000)
    failed, last = kinds(big + third(), max_bytes=100_000)
    assert "larger than 100,000 bytes" in failed
    assert last == "https://kivu.example/c"


def test_page_that_grows_when_unpacked_is_refused():
    bomb = gzip.compress(b"x" * 5_000_000)
    (told,) = kinds(
        record(bomb, http="Content-Type: text/html\r\nContent-Encoding: gzip\r\n"),
        max_bytes=100_000,
    )
    assert "larger than 100,000 bytes" in told


@pytest.mark.parametrize("data", [b"", b"hello\n", b"\x1f\x8b", b"PK\x03\x04"])
def test_what_is_no_archive_is_said(data):
    assert "damaged" in kinds(data)[0] or "no WARC record found" in kinds(data)[0]


def test_archive_without_pages_is_said():
    assert kinds(record(kind="request")) == ["a.warc: none of its 1 records holds a page of text."]


def test_archives_are_known_by_their_names(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(in_members(record()))
    (tmp_path / "b.warc").write_bytes(third())
    urls = [item.result.url for item in receive(str(tmp_path)) if isinstance(item.result, Report)]
    assert urls == ["https://kivu.example/a", "https://kivu.example/c"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_flipped_bytes_never_raise_nor_cost_the_first_record(data):
    whole = data.draw(st.sampled_from([record() + third(), in_members(record(), third())]))
    start = len(record()) if whole.startswith(b"WARC") else len(gzip.compress(record()))
    place = data.draw(st.integers(start, len(whole) - 1))
    broken = whole[:place] + bytes([data.draw(st.integers(0, 255))]) + whole[place + 1 :]
    first, *rest = read(broken)
    assert isinstance(first.result, Report)
    assert all(isinstance(item.result, Report | ReadFailure) for item in rest)
