"""JSON files of reports: lines, or one document of rows, each row with its own bytes.

Reads   a stream of lines, or the bytes of one document.
Writes  a `Received` for each row.
Never   holds more than one line of a stream.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from json import JSONDecoder
from typing import BinaryIO, Protocol

from marsad.errors import ReportError
from marsad.reports.columns import rename_keys
from marsad.reports.jsonl import read_jsonl, report_from_row
from marsad.reports.received import Received, failed, received
from marsad.settings import MAX_REPORT_BYTES

_SPACE = " \t\n\r"


class LineStream(Protocol):
    """What gives lines of bounded length."""

    def readline(self, limit: int, /) -> bytes:
        """The next line, or as much of it as the limit allows; empty at the end."""
        ...


class Rejoined:
    """A stream of which the first line has been read already."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def readline(self, limit: int, /) -> bytes:
        """The line read already, then the stream's."""
        head, self._head = self._head, b""
        return head or self._stream.readline(limit)

    def read(self, size: int, /) -> bytes:
        """The line read already, then up to `size` bytes of the stream."""
        head, self._head = self._head, b""
        return head or self._stream.read(size)


def read_lines(
    stream: LineStream,
    name: str,
    *,
    published: str | date | None = None,
    language: str | None = None,
    columns: Mapping[str, str] | None = None,
    max_bytes: int = MAX_REPORT_BYTES,
) -> Iterator[Received]:
    """A report or a failure for each filled line; a failure if there is none."""
    lines = _Counted(stream, max_bytes)
    results = read_jsonl(
        lines, name, published=published, language=language, columns=columns, max_bytes=max_bytes
    )
    for result in results:
        yield received(result, f"{name}#{lines.number}", lines.whole)
    if not lines.filled:
        yield failed(name, f"{name}: empty. Give one JSON object a line.")


def read_rows(
    rows: list[tuple[object, bytes]],
    name: str,
    *,
    published: str | date | None = None,
    language: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Received]:
    """A report or a failure for each row of one JSON document, numbered from 1."""
    for number, (row, raw) in enumerate(rows, 1):
        where = f"{name}, item {number}" if len(rows) > 1 else name
        origin = f"{name}#{number}" if len(rows) > 1 else name
        try:
            named = rename_keys(row, columns, where)
            result = report_from_row(named, where, published=published, language=language)
        except ReportError as error:
            yield failed(name, error, origin=origin, raw=raw)
        else:
            yield received(result, origin, raw)


def split_rows(data: bytes) -> list[tuple[object, bytes]] | None:
    """The rows of a whole JSON document with their bytes; None if the bytes are not one."""
    try:
        text = data.decode(json.detect_encoding(data))
        value = json.loads(text)
        if isinstance(value, dict):
            return [(value, data)]
        if not value or not all(isinstance(item, dict) for item in value):
            return None
        return list(_cut_items(text))
    except (ValueError, RecursionError):
        return None


def is_json_object(line: bytes) -> bool:
    """Whether a line is one JSON object."""
    stripped = line.removeprefix(b"\xef\xbb\xbf").strip()
    if not stripped.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(stripped), dict)
    except (ValueError, RecursionError):
        return False


def _cut_items(text: str) -> Iterator[tuple[object, bytes]]:
    """The items of a JSON array that is known to be sound."""
    decoder = JSONDecoder()
    place = text.index("[") + 1
    while True:
        while text[place] in _SPACE + ",":
            place += 1
        if text[place] == "]":
            return
        item, end = decoder.raw_decode(text, place)
        yield item, text[place:end].encode("utf-8", "surrogatepass")
        place = end


class _Counted:
    """Lines of a stream, counted; of an overlong one only as much is kept as shows that it is."""

    def __init__(self, stream: LineStream, max_bytes: int) -> None:
        self._stream = stream
        self._limit = max_bytes + 2
        self.number = 0
        self.filled = 0
        self.whole: bytes | None = None

    def __iter__(self) -> Iterator[bytes]:
        while line := self._stream.readline(self._limit):
            rest = line
            while len(rest) >= self._limit and not rest.endswith(b"\n"):
                rest = self._stream.readline(self._limit)
            self.number += 1
            self.filled += bool(line.strip())
            self.whole = line if len(line) < self._limit else None
            yield line
