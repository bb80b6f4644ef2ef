"""Recode: the reports of the ledger read anew by the present coder.

Reads   the latest version of each report.
Writes  a new coding run for each that this coder has not read; the old claims stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice

from marsad.records import CodedReport, Report
from marsad.reports.datasets.row import row_origin
from marsad.store.ledger import CoderName, Ledger, Receipt
from marsad.store.pending import reports_to_read
from marsad.workflow.coder import BATCH_REPORTS, Coder
from marsad.workflow.coder_name import name_coder
from marsad.workflow.ingest import Ingested, keep_coded


def recode(
    ledger: Ledger,
    coder: Coder,
    report_ids: Sequence[str] | None = None,
    on_item: Callable[[Ingested], None] = lambda item: None,
) -> None:
    """Read these reports, or all, with this coder; its reading counts from now on.

    A report that the coder fails on keeps its last good reading.

    Raises:
        UnknownRecord: the ledger has no report of such an id.
        LedgerError: the ledger cannot be read or written any more.
    """
    name = name_coder(coder.settings, coder.model)
    # Rows of data sets were coded by those who made them.
    waiting = (
        report
        for report in reports_to_read(ledger.database, name, report_ids)
        if row_origin(report.id) is None
    )
    while batch := list(islice(waiting, BATCH_REPORTS)):
        for item in _recode_batch(ledger, coder, name, batch):
            on_item(item)


def _recode_batch(
    ledger: Ledger, coder: Coder, name: CoderName, batch: Sequence[Report]
) -> Iterator[Ingested]:
    # The report is there already: nothing of the receipt is written.
    receipt = Receipt("ledger", datetime.now(UTC))
    for report, coded in zip(batch, coder.code_many(batch), strict=True):
        if isinstance(coded, CodedReport):
            yield keep_coded(ledger, name, coded, receipt)
            continue
        with ledger.writing() as writer:
            writer.keep_failure(report, name, receipt, str(coded.error))
        yield Ingested(report.id, "failed", coded.error)
