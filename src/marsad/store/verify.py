"""Verify: walk the chain and every evidence, and name the first row that is not as written.

Reads   every row of the ledger tables, in the order of the chain.
Writes  nothing.
Never   stops at what it cannot read: an unreadable row is one that was altered.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    LargeBinary,
    String,
    Table,
    Text,
    cast,
    exists,
    select,
    type_coerce,
)
from sqlalchemy.exc import SQLAlchemyError

from marsad.store.account_schema import ACCOUNT_STATE, DECISION_TARGETS, TELLINGS
from marsad.store.chain import GENESIS, hash_row, sha256_text
from marsad.store.database import Database
from marsad.store.events import events_after
from marsad.store.schema import (
    CHAINED,
    CODING_RUNS,
    JUDGEMENTS,
    LEDGER_HEAD,
    RAW_DOCUMENTS,
    REPORTS,
)

BATCH_ROWS = 500
# Columns of the account, and the ledger's rows that they name.
_POINTERS = (
    (TELLINGS.c.report_seq, REPORTS.c.seq),
    (TELLINGS.c.run_seq, CODING_RUNS.c.seq),
    (DECISION_TARGETS.c.decision_seq, JUDGEMENTS.c.seq),
)


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong: in which table, at which place of the chain, and how."""

    table: str
    seq: int | None
    what: str

    def __str__(self) -> str:
        where = f"{self.table}, row {self.seq}" if self.seq is not None else self.table
        return f"{where}: {self.what}"


@dataclass(frozen=True)
class Verdict:
    """What a walk saw: rows in order up to the first fault, None when all is as written.

    `stale` says why the account does not go with the ledger, None when it does: that is no
    tampering, it can be built anew.
    """

    rows: int
    evidence: int
    fault: Fault | None
    stale: str | None = None


class _FaultFound(Exception):  # noqa: N818
    def __init__(self, table: str, seq: int | None, what: str) -> None:
        super().__init__(what)
        self.fault = Fault(table, seq, what)


def verify(database: Database) -> Verdict:
    """Walk the whole chain."""
    walk = _Walk(database.is_sqlite)
    with database.reading() as connection:
        try:
            walk.run(connection)
            if database.is_sqlite:
                _check_file(connection)
        except _FaultFound as found:
            return Verdict(walk.rows, walk.evidence, found.fault)
        stale = find_staleness(connection)
    return Verdict(walk.rows, walk.evidence, None, stale)


def find_staleness(connection: Connection) -> str | None:
    """Why the account must be built anew; None when it goes with the ledger."""
    try:
        end = connection.scalar(select(LEDGER_HEAD.c.seq)) or 0
        state = connection.execute(select(ACCOUNT_STATE)).one_or_none()
        if state is None or state.built_to > end:
            return "it is built on rows that the ledger does not have"
        if events_after(connection, state.built_to, 1):
            return f"it is built up to row {state.built_to}, the ledger has {end}"
        for keys, rows in _POINTERS:
            lost = select(keys).where(~exists().where(rows == keys)).limit(1)
            seq = connection.scalar(lost)
            if seq is not None:
                return f"{keys.table.name} name row {seq}, which {rows.table.name} do not have"
    except SQLAlchemyError as error:
        return f"it cannot be read ({error})"
    return None


def _check_file(connection: Connection) -> None:
    """Whether SQLite finds its indexes in step: rows that are right could be looked up wrong."""
    words = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    if words != "ok":
        raise _FaultFound("database file", None, f"is damaged ({words})")


class _Walk:
    def __init__(self, is_sqlite: bool) -> None:
        self.is_sqlite = is_sqlite
        self.rows = 0
        self.evidence = 0
        self.previous = GENESIS
        self.texts: dict[int, str] = {}  # of reports whose run is being walked
        self.runs: dict[int, tuple[int, int]] = {}  # run -> report, claims yet to come

    def run(self, connection: Connection) -> None:
        streams = [self._rows(connection, table) for table in CHAINED]
        for seq, table, row in heapq.merge(*streams, key=lambda item: item[0]):
            self._check_place(seq, table, row)
            self._check_content(connection, seq, table, row)
            self.rows += 1
        head = connection.execute(select(LEDGER_HEAD)).one_or_none()
        if head is None:
            raise _FaultFound("ledger_head", None, "is gone")
        if head.seq != self.rows:
            raise _FaultFound(
                "ledger_head", None, f"ends at row {head.seq}, the rows at {self.rows}: "
                f"row {min(head.seq, self.rows) + 1} is missing or was put in"
            )  # fmt: skip
        if head.row_hash != self.previous:
            raise _FaultFound("ledger_head", None, "was altered")

    def _rows(self, connection: Connection, table: Table) -> Iterator[tuple[int, Table, Any]]:
        """Rows in order; text as bytes on SQLite, which would refuse what is no UTF-8."""
        columns = [self._readable(c) for c in table.columns]
        last = 0
        while True:
            batch = (
                select(*columns).where(table.c.seq > last).order_by(table.c.seq).limit(BATCH_ROWS)
            )
            try:
                rows = connection.execute(batch).all()
            except SQLAlchemyError as error:
                raise _FaultFound(
                    table.name, None, f"rows after {last} cannot be read ({error})"
                ) from error
            for row in rows:
                yield row.seq, table, row
            if len(rows) < BATCH_ROWS:
                return
            last = rows[-1].seq

    def _readable(self, column: Any) -> Any:
        if self.is_sqlite and isinstance(column.type, Text | String):
            return type_coerce(cast(column, LargeBinary), LargeBinary).label(column.name)
        return column

    def _check_place(self, seq: int, table: Table, row: Any) -> None:
        expected = self.rows + 1
        if seq != expected:
            what = f"row {expected} is missing" if seq > expected else "stands twice"
            raise _FaultFound(table.name, seq, f"is out of order: {what}")

    def _check_content(self, connection: Connection, seq: int, table: Table, row: Any) -> None:
        values = {name: self._text(table, seq, name, cell) for name, cell in row._mapping.items()}
        if values["prev_hash"] != self.previous:
            raise _FaultFound(table.name, seq, "does not follow the row before it")
        if hash_row(table, values) != values["row_hash"]:
            raise _FaultFound(table.name, seq, "was altered")
        self.previous = values["row_hash"]
        match table.name:
            case "reports":
                self._check_report(connection, seq, values)
            case "coding_runs":
                self._open_run(connection, seq, values)
            case "claims":
                self._check_claim(seq, values)

    def _text(self, table: Table, seq: int, name: str, cell: Any) -> Any:
        if not isinstance(cell, bytes):
            return cell
        try:
            return cell.decode("utf-8")
        except UnicodeDecodeError:
            raise _FaultFound(table.name, seq, f"was altered: {name} is no text") from None

    def _check_report(self, connection: Connection, seq: int, values: dict[str, Any]) -> None:
        if sha256_text(values["body"]) != values["body_hash"]:
            raise _FaultFound("reports", seq, "its text does not have the hash it is kept under")
        raw_hash = values["raw_hash"]
        if raw_hash is not None:
            content = connection.scalar(
                select(RAW_DOCUMENTS.c.content).where(RAW_DOCUMENTS.c.sha256 == raw_hash)
            )
            if content is None:
                raise _FaultFound("raw_documents", None, f"the bytes of report row {seq} are gone")
            if hashlib.sha256(content).hexdigest() != raw_hash:
                raise _FaultFound("raw_documents", None, f"those of report row {seq} were altered")

    def _open_run(self, connection: Connection, seq: int, values: dict[str, Any]) -> None:
        body = connection.scalar(
            select(REPORTS.c.body).where(REPORTS.c.seq == values["report_seq"])
        )
        if body is None:
            raise _FaultFound(
                "coding_runs", seq, f"its report, row {values['report_seq']}, is gone"
            )
        # A run's claims follow it at once, so one text is held at a time.
        self.texts = {seq: json.loads(body)["text"]}

    def _check_claim(self, seq: int, values: dict[str, Any]) -> None:
        text = self.texts.get(values["run_seq"])
        if text is None:
            raise _FaultFound("claims", seq, "does not stand behind its coding run")
        for evidence in _find_evidence(json.loads(values["body"])):
            self.evidence += 1
            if text[evidence["start"] : evidence["end"]] != evidence["quote"]:
                raise _FaultFound(
                    "claims", seq, f"evidence {evidence['start']}:{evidence['end']} does not "
                    f"stand in its report"
                )  # fmt: skip


def _find_evidence(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"start", "end", "quote"} <= value.keys():
            yield value
        for item in value.values():
            yield from _find_evidence(item)
    elif isinstance(value, list):
        for item in value:
            yield from _find_evidence(item)
