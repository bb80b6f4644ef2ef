"""The lines of a table file: decoded one by one, counted, and kept while a row is read.

Reads   a binary stream.
Writes  strings with their line ends, for `csv.reader`.
Never   holds more than one row's lines, and no more than the limit of them.
"""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Iterator
from typing import Protocol

from marsad.reports.decode import decode, decode_alone, guess_utf16

CHUNK_BYTES = 1 << 18
WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class ByteStream(Protocol):
    """What gives bytes."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


class OpenQuote(Exception):  # noqa: N818 - a signal between this module and the table's reader
    """A row goes on to the end of the file, or beyond the limit."""


class TableLines:
    """An iterator of lines that knows which lines the present row was read from.

    Raises:
        UnreadableReport: the stream begins like a known binary format, or is no text.
    """

    def __init__(self, stream: ByteStream, name: str, max_bytes: int) -> None:
        head = stream.read(CHUNK_BYTES)
        decode(head, name=name)
        self._wide = next((codec for bom, codec in WIDE if head.startswith(bom)), None)
        self._wide = self._wide or guess_utf16(head)
        self._lines = _split_lines(head, stream, self._wide, max_bytes)
        self._again: deque[bytes] = deque()
        self._row: list[bytes] = []
        self._size = 0
        self._limit = max_bytes
        self._number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines, b"")
        if not line:
            if self._row:  # csv asks for more within a row only where a quote is open
                raise OpenQuote
            raise StopIteration
        self._number += 1
        self._row.append(line)
        self._size += len(line)
        if self._size > self._limit:
            raise OpenQuote
        return decode_alone(line)

    @property
    def first(self) -> int:
        """The number (from 1) of the present row's first line."""
        return self._number - len(self._row) + 1

    @property
    def last(self) -> int:
        """The number of the present row's last line."""
        return self._number

    @property
    def raw(self) -> bytes:
        """The present row's bytes as they stand in the file."""
        data = b"".join(self._row)
        return data.decode("utf-8").encode(self._wide) if self._wide else data

    @property
    def is_overlong(self) -> bool:
        """Whether the present row reached the limit."""
        return self._size > self._limit

    def start_row(self) -> None:
        """Forget the lines of the row before."""
        self._row.clear()
        self._size = 0

    def give_back(self) -> list[bytes]:
        """The lines of the present row after its first, which it may have swallowed."""
        return self._row[1:]

    def replay(self, lines: list[bytes]) -> None:
        """Read these lines, the last of the present row, again before the rest of the file."""
        self._again.extendleft(reversed(lines))
        self._number -= len(lines)
        self.start_row()


def _split_lines(head: bytes, stream: ByteStream, wide: str | None, limit: int) -> Iterator[bytes]:
    """Lines with their ends; of one beyond the limit only as much as shows that it is."""
    decoder = codecs.getincrementaldecoder(wide)("replace") if wide else None
    end = b"\r" if b"\r" in head and b"\n" not in head else b"\n"
    chunk, rest, skipping, first = head, b"", False, True
    while chunk:
        data = decoder.decode(chunk).encode("utf-8", "replace") if decoder else chunk
        if first:
            data, first = data.removeprefix(codecs.BOM_UTF8), False
        *lines, rest = (rest + data).split(end)
        for line in lines:
            if not skipping:
                yield line + end
            skipping = False
        if skipping:
            rest = b""
        elif len(rest) > limit:
            yield rest
            rest, skipping = b"", True
        chunk = stream.read(CHUNK_BYTES)
    if rest:
        yield rest
