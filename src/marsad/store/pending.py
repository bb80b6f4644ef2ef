"""Which reports a coder has not read yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import exists, func, select

from marsad.errors import UnknownRecord
from marsad.records import Report
from marsad.store.database import Database
from marsad.store.ledger import CoderName
from marsad.store.schema import CODING_RUNS, REPORTS

PAGE = 100


def reports_to_read(
    database: Database, coder: CoderName, report_ids: Sequence[str] | None = None
) -> Iterator[Report]:
    """The latest version of each report that this coder has not read well, as they came.

    Read page by page, so that others may write meanwhile.

    Raises:
        UnknownRecord: the ledger has no report of such an id.
    """
    wanted = None if report_ids is None else set(report_ids)
    if wanted is not None:
        _require_known(database, wanted)
    reports, runs = REPORTS.c, CODING_RUNS.c
    newer = REPORTS.alias("newer")
    read = exists().where(
        runs.report_seq == reports.seq,
        runs.coder_version == coder.version,
        runs.config_hash == coder.config_hash,
        runs.failure.is_(None),
    )
    is_old = exists().where(newer.c.report_id == reports.report_id, newer.c.seq > reports.seq)
    open_ones = select(reports.seq, reports.report_id, reports.body).where(~read, ~is_old)
    last = 0
    while True:
        page = open_ones.where(reports.seq > last).order_by(reports.seq).limit(PAGE)
        with database.reading() as connection:
            rows = connection.execute(page).all()
        if not rows:
            return
        last = rows[-1].seq
        for row in rows:
            if wanted is None or row.report_id in wanted:
                yield Report.model_validate_json(row.body)


def _require_known(database: Database, wanted: set[str]) -> None:
    for report_id in sorted(wanted):
        with database.reading() as connection:
            there = select(func.count()).where(REPORTS.c.report_id == report_id)
            if not connection.scalar(there):
                raise UnknownRecord(
                    f"the ledger has no report {report_id!r}. 'marsad show' takes its id as "
                    f"'marsad ingest' and 'marsad incidents --format json' print it."
                )
