"""What comes in at the door: a report or a failure, and how it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from marsad.errors import FetchError, ReportError, UnreadableReport
from marsad.records import Report
from marsad.reports.failure import ReadFailure


@dataclass(frozen=True)
class Received:
    """One report as it arrived, or why there is none.

    `origin` says where it was found: a path, "path#line", a URL, "standard input",
    "archive.warc#record". `retrieved_at` is UTC: when it was read, or when the web
    archive took it. `raw` are the very bytes the report was read from (the page,
    the line); None where there are none.
    """

    result: Report | ReadFailure
    origin: str
    retrieved_at: datetime
    raw: bytes | None


def received(
    result: Report | ReadFailure,
    origin: str,
    raw: bytes | None,
    retrieved_at: datetime | None = None,
) -> Received:
    """What was received, at `retrieved_at` or just now."""
    return Received(result, origin, retrieved_at or datetime.now(UTC), raw)


def failed(
    name: str,
    error: str | ReportError | FetchError,
    *,
    line: int | None = None,
    origin: str | None = None,
    raw: bytes | None = None,
    retrieved_at: datetime | None = None,
) -> Received:
    """The failure of an input; `error` as a message means that it cannot be read."""
    reason = UnreadableReport(error) if isinstance(error, str) else error
    return received(ReadFailure(name, line, reason), origin or name, raw, retrieved_at)
