"""The way in: whatever a source holds becomes reports, each with how it came.

Reads   files, folders, http(s) addresses and standard input: HTML, plain text, pages
        saved as text, JSON, JSON lines, CSV and TSV, feeds, web archives (WARC).
Writes  a `Received` for each report, and for each input that gives none.
Never   lets one bad input stop the others, or holds a long file in memory.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from marsad.errors import FetchError, ReportError
from marsad.reports.jsonrows import Rejoined, is_json_object, read_lines, read_rows, split_rows
from marsad.reports.page import is_feed, read_report
from marsad.reports.received import Received, failed, received
from marsad.reports.table import is_table_header, read_table
from marsad.settings import MAX_REPORT_BYTES

TABLE_SUFFIXES = frozenset({".csv", ".tsv"})
LINES_SUFFIXES = frozenset({".jsonl", ".ndjson", ".jsonlines"})
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".txt", ".text", ".md"})
FEED_SUFFIXES = frozenset({".rss", ".atom", ".xml", ".rdf"})
ARCHIVE_SUFFIXES = (".warc", ".warc.gz")
ENDINGS = (
    *sorted(LINES_SUFFIXES | PAGE_SUFFIXES | TABLE_SUFFIXES | FEED_SUFFIXES | {".json"}),
    *ARCHIVE_SUFFIXES,
)
MAX_HEADER_BYTES = 100_000


def receive(
    source: str,
    *,
    published: str | date | None = None,
    language: str | None = None,
    max_bytes: int = MAX_REPORT_BYTES,
    columns: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    guard: Callable[[str], None] | None = None,
) -> Iterator[Received]:
    """Every report in a path, a folder, an http(s) URL, or "-" for standard input.

    What cannot be read comes as a `ReadFailure` in its place. `max_bytes` bounds one
    report, not a file of many. `columns` says which column of a table, or key of a
    JSON row, holds which field. `guard` sees every URL before it is requested.
    """
    door = _Door(published, language, max_bytes, columns, guard)
    if source == "-":
        yield from door.read_stream(stdin or sys.stdin.buffer)
    elif re.match(r"[a-z][a-z0-9+.-]*://", source, re.IGNORECASE):
        yield from door.read_url(source)
    else:
        yield from door.read_path(source)


def receive_file(
    stream: BinaryIO,
    name: str,
    *,
    published: str | date | None = None,
    language: str | None = None,
    max_bytes: int = MAX_REPORT_BYTES,
    guard: Callable[[str], None] | None = None,
) -> Iterator[Received]:
    """Every report in a file that is open already, read as its name's ending says.

    For what people send: nothing is looked for on the disk by `name`, and what a feed or
    page links to is fetched only where `guard` lets it.
    """
    door = _Door(published, language, max_bytes, None, guard)
    try:
        yield from door.read_named(stream, name)
    except OSError as error:
        yield failed(name, f"{name}: cannot be read ({_reason(error)}).")


@dataclass(frozen=True)
class _Door:
    """What the user says of all inputs of a source, and the readers that use it."""

    published: str | date | None
    language: str | None
    max_bytes: int
    columns: Mapping[str, str] | None
    guard: Callable[[str], None] | None

    def read_path(self, source: str) -> Iterator[Received]:
        if not source.strip():
            yield failed(source, "a source without a name. Give a file, a folder or an address.")
            return
        try:
            path = Path(source)
            is_folder, exists = path.is_dir(), path.exists()
        except (OSError, ValueError) as error:
            yield failed(source, f"{_short(source)}: not a usable path ({_reason(error)}).")
            return
        if is_folder:
            yield from self._read_folder(path)
        elif exists:
            yield from self._read_file(path)
        else:
            yield failed(
                source,
                f"{_short(source)}: no such file. Give a file, a folder, an http(s) address, "
                f"or - for standard input.",
            )

    def _read_folder(self, folder: Path) -> Iterator[Received]:
        try:
            paths = list(_list_files(folder))
        except OSError as error:
            yield failed(str(folder), f"{folder}: cannot be listed ({_reason(error)}).")
            return
        if not paths:
            kinds = " ".join(sorted(ENDINGS))
            yield failed(str(folder), f"{folder}: a folder without readable files ({kinds}).")
        for path in paths:
            yield from self._read_file(path)

    def _read_file(self, path: Path) -> Iterator[Received]:
        name = str(path)
        try:
            with path.open("rb") as stream:
                yield from self.read_named(stream, name)
        except OSError as error:
            yield failed(name, f"{name}: cannot be read ({_reason(error)}).")

    def read_named(self, stream: BinaryIO, name: str) -> Iterator[Received]:
        """What is in an open file, read as its name's ending says."""
        suffix = Path(name).suffix.lower()
        if suffix in LINES_SUFFIXES:
            yield from self._read_lines(stream, name)
        elif suffix in TABLE_SUFFIXES:
            yield from self._read_table(stream, name)
        elif name.lower().endswith(ARCHIVE_SUFFIXES):
            yield from self._read_warc(stream, name)
        else:
            yield from self._read_bytes(stream.read(self.max_bytes + 1), name)

    def read_stream(self, stream: BinaryIO) -> Iterator[Received]:
        """Standard input: JSON lines or a table if its first line is of one, else one page."""
        name = "standard input"
        try:
            head = stream.readline(self.max_bytes + 1)
            if is_json_object(head):
                yield from self._read_lines(Rejoined(head, stream), name)
                return
            if len(head) <= MAX_HEADER_BYTES and is_table_header(
                head.decode("utf-8-sig", "replace"), self.columns
            ):
                yield from self._read_table(Rejoined(head, stream), name)
                return
            data = head + stream.read(max(0, self.max_bytes + 1 - len(head)))
        except OSError as error:
            yield failed(name, f"{name}: cannot be read ({_reason(error)}).")
            return
        yield from self._read_bytes(data, name)

    def read_url(self, url: str) -> Iterator[Received]:
        from marsad.reports.fetch import fetch  # httpx takes 0.1 s to import

        try:
            fetched = fetch(url, max_bytes=self.max_bytes, guard=self.guard)
        except FetchError as error:
            yield failed(url, error)
            return
        kind, path = fetched.content_type.lower(), urlsplit(fetched.url).path.lower()
        if kind in ("text/csv", "text/tab-separated-values") or (
            path.endswith(tuple(TABLE_SUFFIXES)) and "html" not in kind
        ):
            yield from self._read_table(io.BytesIO(fetched.data), url)
        else:
            yield from self._read_bytes(fetched.data, url, fetched.url, fetched.charset)

    def _read_lines(self, stream: BinaryIO | Rejoined, name: str) -> Iterator[Received]:
        return read_lines(
            stream,
            name,
            published=self.published,
            language=self.language,
            columns=self.columns,
            max_bytes=self.max_bytes,
        )

    def _read_table(self, stream: BinaryIO | Rejoined, name: str) -> Iterator[Received]:
        return read_table(
            stream,
            name,
            published=self.published,
            language=self.language,
            columns=self.columns,
            max_bytes=self.max_bytes,
        )

    def _read_warc(self, stream: BinaryIO, name: str) -> Iterator[Received]:
        from marsad.reports.warc import read_warc

        return read_warc(
            stream,
            name,
            published=self.published,
            language=self.language,
            max_bytes=self.max_bytes,
        )

    def _read_feed(
        self, data: bytes, name: str, url: str | None, charset: str | None
    ) -> Iterator[Received]:
        from marsad.reports.feed import read_feed

        return read_feed(
            data,
            name,
            url=url,
            charset=charset,
            published=self.published,
            language=self.language,
            max_bytes=self.max_bytes,
            guard=self.guard,
        )

    def _read_bytes(
        self, data: bytes, name: str, url: str | None = None, charset: str | None = None
    ) -> Iterator[Received]:
        start = data.lstrip()[:2]
        if len(data) <= self.max_bytes and start[:1] in (b"{", b"[") and start != b"[[":
            rows = split_rows(data)
            if rows is not None:
                yield from read_rows(
                    rows,
                    name,
                    published=self.published,
                    language=self.language,
                    columns=self.columns,
                )
                return
            if is_json_object(data.lstrip().split(b"\n", 1)[0]):
                yield from self._read_lines(io.BytesIO(data), name)
                return
        if len(data) <= self.max_bytes and is_feed(data):
            yield from self._read_feed(data, name, url, charset)
            return
        try:
            report = read_report(
                data,
                name=name,
                url=url,
                published=self.published,
                language=self.language,
                max_bytes=self.max_bytes,
                charset=charset,
            )
        except ReportError as error:
            yield failed(name, error, raw=data)
        else:
            yield received(report, name, data)


def _list_files(folder: Path) -> Iterator[Path]:
    """Readable files below a folder, in the order of their paths.

    Links to folders are not followed: they may lead back up.
    """
    found: list[Path] = []
    for base, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(base, name) for name in files if not name.startswith(".")]
    return (
        path for path in sorted(found) if path.name.lower().endswith(ENDINGS) and path.is_file()
    )


def _short(source: str) -> str:
    """A name that is no path may be a whole text: enough of it to know it by."""
    return source if len(source) <= 200 else f"{source[:199]}…"


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or " ".join(str(error).split())[:160]
