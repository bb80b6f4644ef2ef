"""The indexes that are each database's own: words (FTS5, tsvector) and areas (R*Tree, PostGIS).

Reads   texts and boxes.
Writes  `report_words`, `incident_words`, `incident_areas`, and `decision_targets`.
Never   holds anything that the ledger does not: all can be made anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, insert, select, text

from marsad.errors import LedgerUnavailable
from marsad.records import Report
from marsad.store.account_schema import DECISION_TARGETS
from marsad.store.chain import storable
from marsad.store.schema import JUDGEMENTS, REPORTS
from marsad.store.words import fold_words

# What a person may decide; coders' judgements have other kinds.
DECISION_KINDS = ("merge", "split", "confirm", "reject", "set", "add")
# Tables that no migration tool should look at: they, and what FTS5, R*Tree and PostGIS add.
OWN_TABLES = ("report_words", "incident_words", "incident_areas", "spatial_ref_sys")

_SQLITE_TABLES = (
    # `ascii` takes every sign beyond ASCII as part of a word: ours are split already.
    "CREATE VIRTUAL TABLE report_words USING fts5(words, tokenize='ascii', content='')",
    "CREATE VIRTUAL TABLE incident_words USING fts5(words, tokenize='ascii')",
    "CREATE VIRTUAL TABLE incident_areas USING rtree(num, west, east, south, north)",
)
_POSTGRESQL_TABLES = (
    "CREATE TABLE report_words (seq BIGINT PRIMARY KEY, lexemes TSVECTOR NOT NULL)",
    "CREATE INDEX ix_report_words_lexemes ON report_words USING gin (lexemes)",
    "CREATE TABLE incident_words "
    "(num BIGINT PRIMARY KEY, words TEXT NOT NULL, lexemes TSVECTOR NOT NULL)",
    "CREATE INDEX ix_incident_words_lexemes ON incident_words USING gin (lexemes)",
    "CREATE TABLE incident_areas (num BIGINT PRIMARY KEY, area geometry(Polygon, 4326) NOT NULL)",
    "CREATE INDEX ix_incident_areas_area ON incident_areas USING gist (area)",
)
_ADD_REPORT = {
    "sqlite": text("INSERT INTO report_words (rowid, words) VALUES (:seq, :words)"),
    "postgresql": text("INSERT INTO report_words VALUES (:seq, CAST(:words AS TSVECTOR))"),
}
POSTGIS = "postgis"
BATCH = 500


def is_ours(name: str | None, kind: str, _parents: object = None) -> bool:
    """Whether a migration tool should look at a table: not at those of words and areas."""
    return kind != "table" or not (name or "").startswith(OWN_TABLES)


def make_index_tables(connection: Connection) -> None:
    """Make the tables of words and areas.

    Raises:
        LedgerUnavailable: the server has no PostGIS.
    """
    if connection.dialect.name == "sqlite":
        statements: tuple[str, ...] = _SQLITE_TABLES
    else:
        _make_postgis(connection)
        statements = _POSTGRESQL_TABLES
    for statement in statements:
        connection.execute(text(statement))


def _make_postgis(connection: Connection) -> None:
    there = text("SELECT 1 FROM pg_extension WHERE extname = :name")
    if connection.scalar(there, {"name": POSTGIS}):
        return
    offered = text("SELECT 1 FROM pg_available_extensions WHERE name = :name")
    if not connection.scalar(offered, {"name": POSTGIS}):
        raise LedgerUnavailable(
            "the PostgreSQL server has no PostGIS, which marsad needs to search areas. Install "
            "it on the server (Debian: apt-get install postgresql-15-postgis-3) and run again."
        )
    allowed = text(
        "SELECT rolsuper OR has_database_privilege(current_database(), 'CREATE') AND "
        "(SELECT bool_or(trusted) FROM pg_available_extension_versions WHERE name = 'postgis') "
        "FROM pg_roles WHERE rolname = current_user"
    )
    if not connection.scalar(allowed):
        raise LedgerUnavailable(
            "PostGIS is on the server but not in this database, and this user may not add it. "
            "Let an administrator run 'CREATE EXTENSION postgis' in the database and run again."
        )
    connection.execute(text("CREATE EXTENSION postgis"))


def words_for(connection: Connection, words: Iterable[str]) -> str:
    """Folded words as this database's index takes them."""
    if connection.dialect.name == "sqlite":
        return " ".join(words)
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words, start=1):
        places.setdefault(word, []).append(place)
    # A word has at most 256 places there; letters and digits need no escape.
    return " ".join(f"'{w}':{','.join(map(str, p[:255]))}" for w, p in places.items())


def report_text(report: Report) -> str:
    """All that a report is searched by."""
    return "\n".join((report.title or "", report.text, *(c.text for c in report.captions)))


def add_report_words(connection: Connection, seq: int, report: Report) -> None:
    """Let the report in row `seq` be found by its words."""
    words = words_for(connection, fold_words(report_text(report)))
    connection.execute(_ADD_REPORT[connection.dialect.name], {"seq": seq, "words": words})


def index_reports(connection: Connection) -> None:
    """Make the index of the reports' words anew."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO report_words (report_words) VALUES ('delete-all')"))
    else:
        connection.execute(text("DELETE FROM report_words"))
    for row in _all_rows(connection, select(REPORTS.c.seq, REPORTS.c.body), REPORTS.c.seq):
        add_report_words(connection, row.seq, Report.model_validate_json(row.body))


def add_decision_targets(connection: Connection, seq: int, reports: Iterable[str]) -> None:
    """Let the decision in row `seq` be found by the reports it is about."""
    rows = [{"report_id": storable(r), "decision_seq": seq} for r in sorted(set(reports))]
    if rows:
        connection.execute(insert(DECISION_TARGETS), rows)


def index_decisions(connection: Connection) -> None:
    """Make the index of decisions by report anew."""
    connection.execute(delete(DECISION_TARGETS))
    made = select(JUDGEMENTS.c.seq, JUDGEMENTS.c.body).where(
        JUDGEMENTS.c.run_seq.is_(None), JUDGEMENTS.c.kind.in_(DECISION_KINDS)
    )
    for row in _all_rows(connection, made, JUDGEMENTS.c.seq):
        body = json.loads(row.body)
        anchors = [*body.get("targets", ()), *body.get("others", ())]
        add_decision_targets(connection, row.seq, (a["report"] for a in anchors))


def _all_rows(connection: Connection, rows: Any, key: Any) -> Iterable[Any]:
    """Rows in batches, each read whole before anything is written."""
    last = 0
    while True:
        batch = connection.execute(rows.where(key > last).order_by(key).limit(BATCH)).all()
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1].seq
