"""Search: reports by the words in them.

Reads   what somebody typed: words, all of which must stand in the report; "words in
        quotes" stand together.
Writes  reports, the last received first, with the words around the first hit.
Never   fails on what was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, TextClause, exists, false, select, text

from marsad.store.entries import StoredReport
from marsad.store.filtering import word_query
from marsad.store.indexes import report_text
from marsad.store.loading import STORED_REPORT, stored_report
from marsad.store.schema import REPORTS
from marsad.store.words import fold_words, read_phrases

# How much of a report is shown around a hit.
SNIPPET_CHARS = 160
_TOKEN = re.compile(r"\S+")
_FOUND = {
    "sqlite": "reports.seq IN (SELECT rowid FROM report_words WHERE report_words MATCH :words)",
    "postgresql": "reports.seq IN "
    "(SELECT seq FROM report_words WHERE lexemes @@ CAST(:words AS TSQUERY))",
}


@dataclass(frozen=True)
class FoundReport:
    """A report that holds the words, and a piece of it in which the first of them stands."""

    stored: StoredReport
    snippet: str


def search_reports(
    connection: Connection, typed: str, limit: int, offset: int = 0
) -> list[FoundReport]:
    """The reports' latest versions that hold all the words."""
    newer = REPORTS.alias("newer")
    rows = (
        select(*STORED_REPORT)
        .where(holds_words(connection, typed))
        .where(~exists().where(newer.c.supersedes == REPORTS.c.seq))
        .order_by(REPORTS.c.seq.desc())
        .limit(limit)
        .offset(offset)
    )
    words = {phrase[0] for phrase in read_phrases(typed)}
    found = [stored_report(row) for row in connection.execute(rows)]
    return [FoundReport(stored, _snippet(stored, words)) for stored in found]


def holds_words(connection: Connection, typed: str) -> ColumnElement[bool] | TextClause:
    """That a row of `reports` holds all the words; none does where no word was typed."""
    kind = connection.dialect.name
    query = word_query(kind, typed)
    return text(_FOUND[kind]).bindparams(words=query) if query else false()


def _snippet(stored: StoredReport, words: set[str]) -> str:
    whole = report_text(stored.report).strip()
    hits = (m.start() for m in _TOKEN.finditer(whole) if words.intersection(fold_words(m[0])))
    start = max(next(hits, 0) - SNIPPET_CHARS // 3, 0)
    piece = whole[start : start + SNIPPET_CHARS]
    before = "…" if start else ""
    after = "…" if start + SNIPPET_CHARS < len(whole) else ""
    return before + " ".join(piece.split()) + after
