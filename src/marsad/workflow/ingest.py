"""Ingest: sources into the ledger, report by report.

Reads   sources through `reports`, each report once through the coder.
Writes  a report with its claims and what it changes in the account, in one transaction.
Never   codes what this coder has read before, or stops at a report that fails.

What was confirmed is kept whatever happens then; running again goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Literal

from marsad.errors import MarsadError
from marsad.records import Change, CodedReport, Report
from marsad.reports.receive import receive
from marsad.reports.received import Received
from marsad.store.ledger import CoderName, Ledger, Receipt
from marsad.workflow.account import catch_up
from marsad.workflow.coder import BATCH_REPORTS, Coder, Failure
from marsad.workflow.coder_name import name_coder

IngestOutcome = Literal["new", "version", "recoded", "known", "failed"]


@dataclass(frozen=True)
class Ingested:
    """What became of one input.

    "version": its text is another than the one known under its id. "recoded": the
    text is known, this coder is new to it. `name` is the report's id; for an input that
    could not be read, its path or URL. A report that was read but could not be coded
    is kept all the same.
    """

    name: str
    outcome: IngestOutcome
    error: MarsadError | None = None
    line: int | None = None
    changes: tuple[Change, ...] = ()


def ingest(
    ledger: Ledger,
    coder: Coder,
    sources: Sequence[str],
    *,
    published: date | datetime | None = None,
    language: str | None = None,
    columns: Mapping[str, str] | None = None,
    on_item: Callable[[Ingested], None] = lambda item: None,
) -> None:
    """Take every report of the sources in; `on_item` is told of each when it is kept.

    Raises:
        LedgerError: the ledger cannot be written any more; what was told of is kept.
        SettingsError, GazetteerError: see `Coder.code`.
    """
    limit = coder.settings.max_report_bytes
    # One stream: many sources of one report each are coded together too.
    stream = (
        received
        for source in sources
        for received in receive(
            source, published=published, language=language, max_bytes=limit, columns=columns
        )
    )
    for item in take_in(ledger, coder, stream):
        on_item(item)


def take_in(ledger: Ledger, coder: Coder, stream: Iterable[Received]) -> Iterator[Ingested]:
    """Take in what arrives, in order; told of when it is kept."""
    name = name_coder(coder.settings, coder.model)
    arrivals = iter(stream)
    while batch := list(islice(arrivals, BATCH_REPORTS)):
        yield from _take_batch(ledger, coder, name, batch)


def _take_batch(
    ledger: Ledger, coder: Coder, name: CoderName, batch: Sequence[Received]
) -> Iterator[Ingested]:
    known = [isinstance(r.result, Report) and ledger.has(r.result, name) for r in batch]
    coded = coder.code_many(
        r.result for r, is_known in zip(batch, known, strict=True) if not is_known
    )
    for received, is_known in zip(batch, known, strict=True):
        if is_known:
            assert isinstance(received.result, Report)
            yield Ingested(received.result.id, "known")
        else:
            yield keep_received(ledger, name, received, next(coded))


def keep_received(
    ledger: Ledger, name: CoderName, received: Received, coded: CodedReport | Failure
) -> Ingested:
    """Keep what arrived and what was read in it; what was there already changes nothing."""
    receipt = Receipt(received.origin, received.retrieved_at, received.raw)
    if isinstance(coded, CodedReport):
        return keep_coded(ledger, name, coded, receipt)
    if isinstance(received.result, Report):
        with ledger.writing() as writer:
            writer.keep_failure(received.result, name, receipt, str(coded.error))
    return Ingested(coded.name, "failed", coded.error, coded.line)


def keep_coded(ledger: Ledger, name: CoderName, coded: CodedReport, receipt: Receipt) -> Ingested:
    """Keep a coded report, and bring the account up to it, whole or not at all."""
    with ledger.writing() as writer:
        kept = writer.keep(coded, name, receipt)
        if kept.run_seq is None:
            return Ingested(coded.report.id, "known")
        changes = tuple(catch_up(writer, fresh={kept.run_seq: coded}))
    outcome: IngestOutcome = "recoded"
    if kept.new_report:
        outcome = "version" if kept.is_version else "new"
    return Ingested(coded.report.id, outcome, changes=changes)
