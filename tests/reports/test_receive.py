from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from marsad.records import Report
from marsad.reports.receive import receive
from marsad.reports.received import Received
from marsad.reports.table import read_table
from tests.reports import pages

SENTENCE = "Three people were killed in Goma on Monday, police said."


def only(source: str | Path, **options: Any) -> Received:
    (item,) = receive(str(source), **options)
    return item


def report(item: Received) -> Report:
    assert isinstance(item.result, Report), str(item.result)
    return item.result


def test_page_keeps_its_bytes_and_the_time_it_was_read(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(pages.GRAPH, encoding="utf-8")
    before = datetime.now(UTC)
    item = only(path)
    assert (item.origin, item.raw) == (str(path), pages.GRAPH.encode())
    assert timedelta(0) <= item.retrieved_at - before < timedelta(minutes=1)
    assert item.retrieved_at.utcoffset() == timedelta(0)


def test_each_line_keeps_its_own_bytes(tmp_path):
    path = tmp_path / "r.jsonl"
    lines = [json.dumps({"text": SENTENCE}), "{broken", "", json.dumps({"text": SENTENCE * 2})]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    items = list(receive(str(path)))
    assert [item.origin for item in items] == [f"{path}#1", f"{path}#2", f"{path}#4"]
    assert [item.raw for item in items] == [f"{lines[place]}\n".encode() for place in (0, 1, 3)]


def test_each_item_of_a_document_keeps_its_own_bytes(tmp_path):
    path = tmp_path / "r.json"
    rows = [{"text": SENTENCE}, {"text": 5}, {"text": "[{,}] " + SENTENCE}]
    path.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    items = list(receive(str(path)))
    assert [item.origin for item in items] == [f"{path}#1", f"{path}#2", f"{path}#3"]
    assert [json.loads(item.raw or b"") for item in items] == rows


def test_keys_of_json_lines_are_taken_from_the_column_map(tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_text(json.dumps({"Body": SENTENCE, "id": 4}), encoding="utf-8")
    found = report(only(path, columns={"text": "Body"}))
    assert (found.text, found.id) == (SENTENCE, "4")


def test_table_is_read_from_a_file_an_address_and_standard_input(tmp_path, site):
    data = f'id,Body\n7,"{SENTENCE}"\n'.encode()
    path = tmp_path / "r.csv"
    path.write_bytes(data)
    found = [
        only(path),
        only(site.put("/r", data, "text/csv")),
        only(site.put("/r.csv", data, "application/octet-stream")),
        only("-", stdin=io.BytesIO(data)),
    ]
    assert [report(item).text for item in found] == [SENTENCE] * 4


def test_column_map_does_not_make_a_page_on_standard_input_a_table():
    page = io.BytesIO(pages.GRAPH.encode())
    assert report(only("-", stdin=page, columns={"text": "Body"})).text == pages.STORY


def test_changed_page_keeps_its_id_however_it_was_reached(site):
    site.put("/a", pages.GRAPH)
    site.put("/a?utm_source=mail", pages.GRAPH.replace("nine villagers", "ten villagers"))
    first, second = (report(only(site.url + path)) for path in ("/a", "/a?utm_source=mail"))
    assert first.id == second.id
    assert first.text != second.text


def test_two_reports_of_one_front_page_have_two_ids(site):
    site.put("/", pages.GRAPH)
    first = report(only(site.url + "/"))
    site.put("/", pages.GRAPH.replace("nine villagers", "ten villagers"))
    assert report(only(site.url + "/")).id != first.id


def test_folder_with_a_link_to_itself_is_read_once(tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "gone")
    (tmp_path / "again.txt").symlink_to(tmp_path / "again.txt")
    assert only(tmp_path).origin == str(tmp_path / "a.txt")


def test_folder_is_read_in_the_order_of_its_paths(tmp_path):
    for name in ("b/x.txt", "a/z.txt", "c.txt", ".git/y.txt", "a/pic.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(SENTENCE)
    names = [str(Path(item.origin).relative_to(tmp_path)) for item in receive(str(tmp_path))]
    assert names == ["a/z.txt", "b/x.txt", "c.txt"]


def test_site_map_is_refused():
    (item,) = receive("-", stdin=io.BytesIO(b"<?xml version='1.0'?><urlset><url/></urlset>"))
    assert "a site map, not a page" in str(item.result)


class Endless(io.RawIOBase):
    """Bytes made as they are read."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        super().__init__()
        self._lines = lines
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._rest = self._rest or next(self._lines, b"")
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def many(header: bytes, line: bytes, count: int) -> io.BufferedReader:
    def lines() -> Iterator[bytes]:
        if header:
            yield header
        for _ in range(count):
            yield line

    return io.BufferedReader(Endless(lines()))


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_long_file_is_not_held_in_memory(form):
    count, text = 150, SENTENCE * 700  # 6 MB
    row = {"jsonl": json.dumps({"text": text, "language": "en"}), "csv": f'1,"{text}"'}[form]
    stream = many(b"id,text\n" if form == "csv" else b"", row.encode() + b"\n", count)
    read = (
        read_table(stream, "t.csv", language="en") if form == "csv" else receive("-", stdin=stream)
    )
    tracemalloc.start()
    try:
        found = sum(isinstance(item.result, Report) for item in read)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == count
    assert peak < 2_500_000
