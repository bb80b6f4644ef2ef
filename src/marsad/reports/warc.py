"""Web archives (WARC, ISO 28500): one report a page that the archive took.

Reads   a .warc or .warc.gz stream: response records with status 200 that hold HTML or text.
Writes  a report or a failure for each, dated when the archive took it.
Never   lets a damaged record stop the others, or holds more than one record.

Records are cut out here, so that one with a wrong length or a damaged gzip member
is left alone; what is in a record (headers, chunks, compression) warcio reads.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader

from marsad.errors import ReportError, UnreadableReport
from marsad.reports.page import read_report, too_large
from marsad.reports.received import Received, failed, received
from marsad.reports.tablelines import ByteStream
from marsad.reports.warcbytes import Damaged, WarcBytes
from marsad.settings import MAX_REPORT_BYTES

MAX_HEADER_LINES = 500
MAX_LINE_BYTES = 65_536
# A record's page is in its own HTTP envelope; compressed ones are smaller than their page.
_ENVELOPE_BYTES = 65_536
_PAGE_TYPES = re.compile(r"text/(?:html|plain)|application/xhtml\+xml", re.IGNORECASE)
_DAMAGED = "its compressed bytes are damaged."
_VERSION = re.compile(rb"WARC/\d+\.\d+\s*$")


@dataclass(frozen=True)
class _Cut:
    """The header and block of one record as they stand in the archive.

    Without a header it is one that holds no page, or, with a problem, no record.
    """

    number: int
    header: bytes
    block: bytes
    problem: str | None


def read_warc(
    stream: ByteStream,
    name: str,
    *,
    published: str | date | None = None,
    language: str | None = None,
    max_bytes: int = MAX_REPORT_BYTES,
) -> Iterator[Received]:
    """A report or a failure for each archived page; a failure if there is no record at all."""
    number = 0
    pages = 0
    for cut in _cut_records(WarcBytes(stream), name, max_bytes):
        number = cut.number
        item = _read_record(cut, name, published, language, max_bytes)
        if item is not None:
            pages += 1
            yield item
    if not number:
        yield failed(name, f"{name}: no WARC record found. Give a web archive (.warc, .warc.gz).")
    elif not pages:
        yield failed(name, f"{name}: none of its {number} records holds a page of text.")


def _read_record(
    cut: _Cut, name: str, published: str | date | None, language: str | None, max_bytes: int
) -> Received | None:
    """What one record gives; None for a record that is no page."""
    origin = f"{name}#{cut.number}"
    where = f"{name}, record {cut.number}"
    if not cut.header:
        if cut.problem is None:
            return None
        return failed(name, f"{where}: {cut.problem}", line=cut.number, origin=origin)
    raw, taken = None, None
    try:
        record = _parse(cut, where)
        if not _is_page(record, cut.problem is not None):
            return None
        taken = _read_time(record.rec_headers.get_header("WARC-Date"))
        url = record.rec_headers.get_header("WARC-Target-URI")
        where = f"{where} ({url[:200]})" if url else where
        if cut.problem:
            raise UnreadableReport(f"{where}: {cut.problem}")
        if record.rec_headers.get_header("WARC-Truncated"):
            raise UnreadableReport(f"{where}: the archive holds only a part of this page.")
        raw = _read_payload(record, where, max_bytes)
        report = read_report(
            raw,
            name=where,
            url=url,
            published=published,
            language=language,
            max_bytes=max_bytes,
            charset=_charset(record.http_headers.get_header("Content-Type", "")),
        )
    except ReportError as error:
        return failed(name, error, line=cut.number, origin=origin, raw=raw, retrieved_at=taken)
    return received(report, origin, raw, taken)


def _parse(cut: _Cut, where: str) -> ArcWarcRecord:
    try:
        return ArcWarcRecordLoader(verify_http=False, arc2warc=False).parse_record_stream(
            io.BytesIO(cut.header + cut.block), known_format="warc"
        )
    except (ArchiveLoadFailed, EOFError, ValueError, IndexError, AttributeError) as error:
        raise UnreadableReport(f"{where}: its headers cannot be read.") from error


def _is_page(record: ArcWarcRecord, is_damaged: bool) -> bool:
    """Whether a response holds a page; a damaged one may have lost what says so."""
    headers = record.http_headers
    kind = headers.get_header("Content-Type", "").split(";")[0].strip() if headers else ""
    if is_damaged and not kind:
        return True
    return bool(
        headers and headers.get_statuscode() == "200" and _PAGE_TYPES.fullmatch(kind) is not None
    )


def _read_payload(record: ArcWarcRecord, where: str, max_bytes: int) -> bytes:
    """The page's bytes, without chunk marks and compression."""
    stream = record.content_stream()
    parts: list[bytes] = []
    size = 0
    try:
        while part := stream.read(65_536):
            parts.append(part)
            size += len(part)
            if size > max_bytes:
                raise UnreadableReport(too_large(where, max_bytes))
    except (OSError, EOFError, ValueError, ArchiveLoadFailed) as error:
        raise UnreadableReport(f"{where}: the page in it is damaged.") from error
    return b"".join(parts)


def _charset(content_type: str) -> str | None:
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    return match[1] if match else None


def _read_time(value: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value or "")
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _cut_records(data: WarcBytes, name: str, max_bytes: int) -> Iterator[_Cut]:
    """Records in order, each cut out by its own length; damage is told once where it begins."""
    number = 0
    told = True  # the present stretch of damage has been told, or is before the first record
    while True:
        try:
            line = data.readline(MAX_LINE_BYTES)
            if not line:
                return
            if not _VERSION.match(line):
                if line.strip() and not told:
                    told = True
                    number += 1
                    yield _Cut(number, b"", b"", "no WARC record begins here; the next is sought.")
                continue
            told = False
            number += 1
            try:
                cut = _read_cut(data, line, number, max_bytes)
            except Damaged:
                cut = _Cut(number, b"", b"", _DAMAGED)
            told = cut.problem is not None
            yield cut
        except Damaged:
            if not told or not number:
                number += 1
                yield _Cut(number, b"", b"", _DAMAGED)
            told = True


def _read_cut(data: WarcBytes, version: bytes, number: int, max_bytes: int) -> _Cut:
    """One record from its version line on."""
    lines = [version]
    while (line := data.readline(MAX_LINE_BYTES)).strip():
        lines.append(line)
        if len(lines) > MAX_HEADER_LINES:
            return _Cut(number, b"", b"", "its header does not end.")
    header = b"".join(lines) + b"\r\n"
    match = re.search(
        rb"^Content-Length\s*:\s*(\d{1,18})\s*$", header, re.IGNORECASE | re.MULTILINE
    )
    if match is None:
        return _Cut(number, b"", b"", "it has no Content-Length.")
    length = int(match[1])
    wanted = re.search(rb"^WARC-Type\s*:\s*response\s*$", header, re.IGNORECASE | re.MULTILINE)
    if not wanted:
        data.skip(length)
        return _Cut(number, b"", b"", None)
    limit = max_bytes + _ENVELOPE_BYTES
    block = data.read(min(length, limit))
    if length > limit:
        data.skip(length - limit)
        return _Cut(number, header, block, too_large("its page", max_bytes))
    if len(block) == length and data.at_record_end():
        return _Cut(number, header, block, None)
    # If the length was too great, the next record is in this block.
    begun = re.search(rb"\r?\n\r?\n(?=WARC/1\.\d\r?\n)", block)
    if begun:
        data.push_back(block[begun.end() :])
    if begun or len(block) == length:
        return _Cut(number, header, block, "its Content-Length is wrong.")
    return _Cut(number, header, block, "the archive ends within this record.")
