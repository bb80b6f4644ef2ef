"""The list of reports: the latest version of each, the last received first.

Reads   the ledger's reports, and the words in them.
Writes  nothing.
Never   lets a report that arrives meanwhile shift the others: it goes on behind a row.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, TextClause, exists, func, select

from marsad.store.database import Database
from marsad.store.entries import StoredReport
from marsad.store.loading import STORED_REPORT, stored_report
from marsad.store.schema import REPORTS
from marsad.store.search import holds_words


def list_reports(
    database: Database, limit: int, *, before: int | None = None, words: str | None = None
) -> list[StoredReport]:
    """At most `limit` reports that were received before the row `before`.

    `words`: all must stand in the report; "words in quotes" together.
    """
    with database.reading() as connection:
        rows = select(*STORED_REPORT).where(*_conditions(connection, words))
        if before is not None:
            rows = rows.where(REPORTS.c.seq < before)
        rows = rows.order_by(REPORTS.c.seq.desc()).limit(limit)
        return [stored_report(row) for row in connection.execute(rows)]


def count_reports(database: Database, words: str | None = None) -> int:
    """How many reports there are, or hold the words."""
    with database.reading() as connection:
        rows: Select[Any] = select(func.count()).select_from(REPORTS)
        return connection.scalar(rows.where(*_conditions(connection, words))) or 0


def _conditions(
    connection: Connection, words: str | None
) -> list[ColumnElement[bool] | TextClause]:
    newer = REPORTS.alias("newer")
    latest = ~exists().where(newer.c.supersedes == REPORTS.c.seq)
    return [latest] if words is None else [latest, holds_words(connection, words)]
