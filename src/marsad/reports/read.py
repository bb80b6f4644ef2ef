"""The way in: a file, folder, URL or standard input becomes reports.

Reads   HTML, plain text, pages saved as text, JSON lines.
Writes  `Report`s, and a `ReadFailure` for each input that gives none.
Never   lets one bad input stop the others.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

from marsad.errors import FetchError, ReportError, UnreadableReport
from marsad.records import Report, content_id
from marsad.reports.dateline import find_dateline
from marsad.reports.decode import decode
from marsad.reports.failure import ReadFailure
from marsad.reports.html import read_html
from marsad.reports.jsonl import read_date, read_jsonl, report_from_row
from marsad.reports.language import detect_language, normalise_code, require_supported
from marsad.reports.length import require_readable
from marsad.reports.metadata import PageMeta, outlet_from_url
from marsad.reports.plaintext import PageText, read_page
from marsad.settings import MAX_REPORT_BYTES

__all__ = ["ReadFailure", "read_jsonl", "read_report", "read_source"]

TABLE_SUFFIXES = frozenset({".csv", ".tsv"})
LINES_SUFFIXES = frozenset({".jsonl", ".ndjson", ".jsonlines"})
PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".txt", ".text", ".md"})
SUFFIXES = LINES_SUFFIXES | PAGE_SUFFIXES | {".json"}
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|div|section|p|h1|meta|script|title|table|span)\b",
    re.IGNORECASE,
)
_FEED = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.IGNORECASE
)
SNIFF_CHARS = 4000
# The longest news report has some hundred lines; more is a table, a log or a book.
MAX_LINES = 50_000


def read_report(
    data: bytes,
    *,
    name: str,
    url: str | None = None,
    published: str | date | None = None,
    language: str | None = None,
    max_bytes: int = MAX_REPORT_BYTES,
    charset: str | None = None,
) -> Report:
    """The report in the bytes of one page or text.

    `name` stands in error messages. `published` and `language`, when given, are
    believed over the page. `charset` is what the server declared.

    Raises:
        UnreadableReport: empty, too large, binary, or no article text found.
        UnsupportedLanguage: not in a language marsad codes.
    """
    if len(data) > max_bytes:
        raise UnreadableReport(_too_large(name, max_bytes))
    if not data.strip():
        raise UnreadableReport(f"{name}: empty. Give a news page, a text or JSON lines.")
    given = read_date(published, name)
    text = decode(data, name=name, declared=charset)
    if _FEED.match(text[:SNIFF_CHARS]):
        raise UnreadableReport(f"{name}: a feed, not a page. Give the address of one article.")
    if _MARKUP.search(text[:SNIFF_CHARS]):
        page = read_html(text)
        if page is None or not _is_article(page.story):
            raise UnreadableReport(_no_article(name))
        return _make_report(page.story, page.meta, name, url, given, language)
    if text.count("\n") > MAX_LINES:
        raise UnreadableReport(
            f"{name}: more than {MAX_LINES:,} lines. Give one report, or many as JSON lines."
        )
    story = read_page(text)
    if not _has_words(story):
        raise UnreadableReport(_no_article(name))
    return _make_report(story, PageMeta(outlet=outlet_from_url(url)), name, url, given, language)


def read_source(
    source: str,
    *,
    published: str | date | None = None,
    language: str | None = None,
    max_bytes: int = MAX_REPORT_BYTES,
    stdin: BinaryIO | None = None,
    guard: Callable[[str], None] | None = None,
) -> Iterator[Report | ReadFailure]:
    """Every report in a path, a folder, an http(s) URL, or "-" for standard input.

    A `.jsonl` file gives many. What cannot be read comes as a `ReadFailure` in
    its place. `guard` sees every URL before it is requested.
    """
    for _, _, result in _read_any(source, published, language, max_bytes, stdin, guard):
        yield result


_Read = tuple[str, int | None, Report | ReadFailure]


def _read_any(
    source: str,
    published: str | date | None,
    language: str | None,
    max_bytes: int,
    stdin: BinaryIO | None,
    guard: Callable[[str], None] | None,
) -> Iterator[_Read]:
    hints = _Hints(published, language, max_bytes)
    if source == "-":
        yield from hints.read_stream(stdin or sys.stdin.buffer)
    elif re.match(r"[a-z][a-z0-9+.-]*://", source, re.IGNORECASE):
        yield from hints.read_url(source, guard)
    else:
        yield from hints.read_path(source)


class _Hints:
    """What the user says of all inputs of a source, and the readers that use it."""

    def __init__(self, published: str | date | None, language: str | None, max_bytes: int) -> None:
        self.published = published
        self.language = language
        self.max_bytes = max_bytes

    def read_path(self, source: str) -> Iterator[_Read]:
        if not source.strip():
            yield _failed(source, "a source without a name. Give a file, a folder or an address.")
            return
        try:
            path = Path(source)
            kind = (
                "folder"
                if path.is_dir()
                else "file"
                if path.is_file()
                else "special"
                if path.exists()
                else None
            )
        except (OSError, ValueError) as error:
            yield _failed(source, f"{_short(source)}: not a usable path ({_reason(error)}).")
            return
        if kind is None:
            yield _failed(
                source,
                f"{_short(source)}: no such file. Give a file, a folder, an http(s) address, "
                f"or - for standard input.",
            )
        elif kind == "folder":
            yield from self._read_folder(path)
        else:
            yield from self._read_file(path)

    def _read_folder(self, folder: Path) -> Iterator[_Read]:
        try:
            paths = sorted(
                path
                for path in folder.rglob("*")
                if path.suffix.lower() in SUFFIXES
                and not any(part.startswith(".") for part in path.relative_to(folder).parts)
                and path.is_file()
            )
        except OSError as error:
            yield _failed(str(folder), f"{folder}: cannot be listed ({_reason(error)}).")
            return
        if not paths:
            kinds = " ".join(sorted(SUFFIXES))
            yield _failed(str(folder), f"{folder}: a folder without readable files ({kinds}).")
        for path in paths:
            yield from self._read_file(path)

    def _read_file(self, path: Path) -> Iterator[_Read]:
        name = str(path)
        if path.suffix.lower() in TABLE_SUFFIXES:
            yield _failed(name, f"{name}: a table, not a report. Give JSON lines, one report each.")
            return
        try:
            if path.suffix.lower() in LINES_SUFFIXES:
                with path.open("rb") as stream:
                    yield from self._read_lines(stream, name)
                return
            with path.open("rb") as stream:
                data = stream.read(self.max_bytes + 1)
        except OSError as error:
            yield _failed(name, f"{name}: cannot be read ({_reason(error)}).")
            return
        yield from self._read_bytes(data, name)

    def read_stream(self, stream: BinaryIO) -> Iterator[_Read]:
        """Standard input: JSON lines if its first line is a JSON object, else one page."""
        name = "standard input"
        try:
            head = stream.readline(self.max_bytes + 1)
            if _is_json_object(head):
                yield from self._read_lines(_Rejoined(head, stream), name)
                return
            data = head + stream.read(max(0, self.max_bytes + 1 - len(head)))
        except OSError as error:
            yield _failed(name, f"{name}: cannot be read ({_reason(error)}).")
            return
        yield from self._read_bytes(data, name)

    def read_url(self, url: str, guard: Callable[[str], None] | None) -> Iterator[_Read]:
        from marsad.reports.fetch import fetch  # httpx takes 0.1 s to import

        try:
            fetched = fetch(url, max_bytes=self.max_bytes, guard=guard)
        except FetchError as error:
            yield url, None, ReadFailure(url, None, error)
            return
        yield from self._read_bytes(fetched.data, url, url=fetched.url, charset=fetched.charset)

    def _read_lines(self, stream: BinaryIO | _Rejoined, name: str) -> Iterator[_Read]:
        numbered = _Counted(stream, self.max_bytes)
        for result in read_jsonl(
            numbered,
            name,
            published=self.published,
            language=self.language,
            max_bytes=self.max_bytes,
        ):
            yield name, numbered.number, result
        if not numbered.filled:
            yield _failed(name, f"{name}: empty. Give one JSON object a line.")

    def _read_bytes(
        self, data: bytes, name: str, url: str | None = None, charset: str | None = None
    ) -> Iterator[_Read]:
        if (
            len(data) <= self.max_bytes
            and data.lstrip()[:1] in (b"{", b"[")
            and data.lstrip()[:2] != b"[["
        ):
            rows = _load_json_rows(data)
            if rows is not None:
                yield from self._read_rows(rows, name)
                return
            if _is_json_object(data.lstrip().split(b"\n", 1)[0]):
                yield from self._read_lines(_Rejoined(data, None), name)
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
            yield name, None, ReadFailure(name, None, error)
        else:
            yield name, None, report

    def _read_rows(self, rows: list[object], name: str) -> Iterator[_Read]:
        """The items of one JSON document, numbered from 1."""
        for number, row in enumerate(rows, 1):
            where = f"{name}, item {number}" if len(rows) > 1 else name
            try:
                yield (
                    where,
                    None,
                    report_from_row(row, where, published=self.published, language=self.language),
                )
            except ReportError as error:
                yield where, None, ReadFailure(name, None, error)


class _Rejoined:
    """Lines of bytes already read, then of the stream they came from."""

    def __init__(self, head: bytes, stream: BinaryIO | None) -> None:
        self._lines = head.splitlines(keepends=True)
        self._stream = stream

    def readline(self, limit: int) -> bytes:
        if self._lines:
            return self._lines.pop(0)
        return self._stream.readline(limit) if self._stream is not None else b""


class _Counted:
    """Lines of a stream, counted; of an overlong one only as much is kept as shows that it is."""

    def __init__(self, stream: BinaryIO | _Rejoined, max_bytes: int) -> None:
        self._stream = stream
        self._limit = max_bytes + 2
        self.number = 0
        self.filled = 0

    def __iter__(self) -> Iterator[bytes]:
        while line := self._stream.readline(self._limit):
            rest = line
            while len(rest) >= self._limit and not rest.endswith(b"\n"):
                rest = self._stream.readline(self._limit)
            self.number += 1
            self.filled += bool(line.strip())
            yield line


def _is_json_object(line: bytes) -> bool:
    stripped = line.removeprefix(b"\xef\xbb\xbf").strip()
    if not stripped.startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(stripped), dict)
    except (ValueError, RecursionError):
        return False


def _load_json_rows(data: bytes) -> list[object] | None:
    """A whole JSON document as rows; None if the bytes are not one (lines are read apart)."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, list):
        return value if value and all(isinstance(item, dict) for item in value) else None
    return [value] if isinstance(value, dict) else None


def _make_report(
    story: PageText,
    meta: PageMeta,
    name: str,
    url: str | None,
    published: date | None,
    language: str | None,
) -> Report:
    text = story.text
    require_readable(text, name=name)
    code = normalise_code(language) or detect_language(text, meta.language)
    require_supported(code, name=name)
    found = find_dateline(text)
    when = published or meta.published or story.published or (found.filed if found else None)
    address = url or meta.url
    title = meta.title or story.title
    return Report(
        id=content_id("report", address, title, str(when or ""), text),
        url=address,
        outlet=meta.outlet or story.outlet or outlet_from_url(address),
        title=title,
        authors=meta.authors or story.authors,
        published=when,
        dateline=found.city if found else None,
        language=code,
        text=text,
        captions=tuple(story.captions),
    )


def _is_article(story: PageText) -> bool:
    """A page holds an article if eight words of running text were found on it."""
    from marsad.reports.furniture import is_prose

    return sum(len(paragraph.split()) for paragraph in story.paragraphs if is_prose(paragraph)) >= 8


def _has_words(story: PageText) -> bool:
    """A given text may be short, but it must have three words on a line."""
    return any(len(re.findall(r"[^\W\d_]{2,}", paragraph)) >= 3 for paragraph in story.paragraphs)


def _failed(name: str, message: str) -> _Read:
    return name, None, ReadFailure(name, None, UnreadableReport(message))


def _no_article(name: str) -> str:
    return f"{name}: no article text found. Give the page of one news article, or its text."


def _short(source: str) -> str:
    """A name that is no path may be a whole text: enough of it to know it by."""
    return source if len(source) <= 200 else f"{source[:199]}…"


def _too_large(name: str, max_bytes: int) -> str:
    return f"{name}: larger than {max_bytes:,} bytes. Split it, or raise MARSAD_MAX_REPORT_BYTES."


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or " ".join(str(error).split())[:160]
