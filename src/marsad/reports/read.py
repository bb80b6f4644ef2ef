"""Every report in a source, for who needs no more than the reports.

Reads   whatever `receive` reads.
Writes  `Report`s, and a `ReadFailure` for each input that gives none.
Never   lets one bad input stop the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import BinaryIO

from marsad.records import Report
from marsad.reports.failure import ReadFailure
from marsad.reports.jsonl import read_jsonl
from marsad.reports.page import read_report
from marsad.reports.receive import receive
from marsad.settings import MAX_REPORT_BYTES

__all__ = ["ReadFailure", "read_jsonl", "read_report", "read_source"]


def read_source(
    source: str,
    *,
    published: str | date | None = None,
    language: str | None = None,
    max_bytes: int = MAX_REPORT_BYTES,
    columns: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    guard: Callable[[str], None] | None = None,
) -> Iterator[Report | ReadFailure]:
    """The reports and failures of `receive`, without how they came."""
    for item in receive(
        source,
        published=published,
        language=language,
        max_bytes=max_bytes,
        columns=columns,
        stdin=stdin,
        guard=guard,
    ):
        yield item.result
