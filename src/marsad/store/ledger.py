"""The ledger: append what was received, read and decided; give it back as it stood.

Reads   CodedReports, failures and decisions.
Writes  rows at the end of the chain, one transaction for each report, whole or not at all.
Never   changes or removes a row: a new version, a new reading, an undone decision are new rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, func, insert, select, update

from marsad.errors import LedgerError
from marsad.records import Claim, CodedReport, Judgement, Report
from marsad.store.chain import canonical_json, hash_row, sha256_text
from marsad.store.database import Database
from marsad.store.schema import (
    CLAIMS,
    CODING_RUNS,
    JUDGEMENTS,
    LEDGER_HEAD,
    RAW_DOCUMENTS,
    REPORTS,
)


@dataclass(frozen=True)
class CoderName:
    """Which coder read: its version, and the hash of all it was set up with."""

    version: str
    config_hash: str


@dataclass(frozen=True)
class Receipt:
    """Where a report came from: `origin` (path, URL, standard input), when, in which bytes."""

    origin: str
    retrieved_at: datetime
    raw: bytes | None = None


@dataclass(frozen=True)
class Kept:
    """What an append did: the rows' places in the chain; None for what was there already."""

    report_seq: int
    run_seq: int | None
    new_report: bool


@dataclass(frozen=True)
class Reading:
    """A report of the ledger and what its latest reading found."""

    report_seq: int
    run_seq: int
    stored_at: str
    origin: str
    coded: CodedReport


class Ledger:
    """The append-only store of one database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def keep(self, coded: CodedReport, coder: CoderName, receipt: Receipt) -> Kept:
        """Keep a report and what was read in it.

        The same report read by the same coder changes nothing; by another coder it
        gets a new run; a changed report under a known id supersedes the old one.
        """
        with self.database.writing() as connection:
            chain = _Chain(connection)
            report_seq, is_new = _keep_report(chain, coded.report, receipt)
            if not is_new and _has_run(connection, report_seq, coder):
                return Kept(report_seq, None, new_report=False)
            run_seq = _keep_run(chain, report_seq, coder, coded)
            chain.close()
        return Kept(report_seq, run_seq, is_new)

    def keep_failure(self, report: Report, coder: CoderName, receipt: Receipt, why: str) -> Kept:
        """Keep a report that could not be coded, and why, so that it is not lost."""
        with self.database.writing() as connection:
            chain = _Chain(connection)
            report_seq, is_new = _keep_report(chain, report, receipt)
            run_seq = chain.append(
                CODING_RUNS,
                {
                    "report_seq": report_seq,
                    "coder_version": coder.version,
                    "config_hash": coder.config_hash,
                    "failure": _storable(why),
                    "claims": 0,
                    "judgements": 0,
                },
            )
            chain.close()
        return Kept(report_seq, run_seq, is_new)

    def judge(self, kind: str, made_by: str, body: Mapping[str, Any]) -> int:
        """Keep a person's decision; returns its place in the chain."""
        with self.database.writing() as connection:
            chain = _Chain(connection)
            seq = chain.append(JUDGEMENTS, _judgement_row(kind, made_by, dict(body)))
            chain.close()
        return seq

    def undo(self, judgement_seq: int, made_by: str, reason: str) -> int:
        """Take back the decision at `judgement_seq`, by a new row.

        Raises:
            LedgerError: there is no such decision, or it is undone already.
        """
        with self.database.writing() as connection:
            found = select(JUDGEMENTS.c.seq, JUDGEMENTS.c.undoes).where(
                (JUDGEMENTS.c.seq == judgement_seq) | (JUDGEMENTS.c.undoes == judgement_seq)
            )
            rows = connection.execute(found).all()
            if not any(row.seq == judgement_seq for row in rows):
                raise LedgerError(f"there is no decision number {judgement_seq} to undo.")
            if any(row.undoes == judgement_seq for row in rows):
                raise LedgerError(f"decision number {judgement_seq} is undone already.")
            chain = _Chain(connection)
            row = _judgement_row("undo", made_by, {"reason": reason, "undoes": judgement_seq})
            seq = chain.append(JUDGEMENTS, row | {"undoes": judgement_seq})
            chain.close()
        return seq

    def has(self, report: Report, coder: CoderName) -> bool:
        """Whether this very report was read by this coder: then nothing is to be done."""
        with self.database.reading() as connection:
            seq = _find_report(connection, report.id, _body_hash(report))
            return seq is not None and _has_run(connection, seq, coder)

    def readings(self, as_of: datetime | None = None) -> Iterator[Reading]:
        """The latest reading of the latest version of every report, in order of arrival.

        With `as_of`, as the ledger stood then. Failed runs do not replace good ones.
        """
        moment = format_time(as_of) if as_of else None
        with self.database.reading() as connection:
            rows = connection.execution_options(yield_per=200).execute(_latest_runs(moment))
            for row in rows:
                yield _load_reading(connection, row)

    def end(self) -> tuple[int, str]:
        """How many rows the chain has, and the hash of the last."""
        with self.database.reading() as connection:
            head = connection.execute(select(LEDGER_HEAD)).one()
        return head.seq, head.row_hash


class _Chain:
    """The end of the chain, held for one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        # On PostgreSQL this row is the lock that writers take turns on.
        head = connection.execute(select(LEDGER_HEAD).with_for_update()).one()
        self.seq: int = head.seq
        self.row_hash: str = head.row_hash
        # Never before the last row, even when the clock was set back.
        self.now = max(format_time(datetime.now(UTC)), head.stored_at)

    def append(self, table: Table, values: Mapping[str, Any]) -> int:
        """Write a row at the end; returns its place."""
        self.seq += 1
        row = {
            **values,
            "seq": self.seq,
            "stored_at": self.now,
            "prev_hash": self.row_hash,
        }
        self.row_hash = row["row_hash"] = hash_row(table, row)
        self.connection.execute(insert(table).values(**row))
        return self.seq

    def close(self) -> None:
        """Move the head to the last row written."""
        self.connection.execute(
            update(LEDGER_HEAD).values(seq=self.seq, stored_at=self.now, row_hash=self.row_hash)
        )


def format_time(moment: datetime) -> str:
    """UTC, ISO 8601, always with microseconds, so that text order is time order."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _keep_report(chain: _Chain, report: Report, receipt: Receipt) -> tuple[int, bool]:
    body = canonical_json(report.model_dump(mode="json"))
    body_hash = sha256_text(body)
    known = _find_report(chain.connection, report.id, body_hash)
    if known is not None:
        return known, False
    row = {
        "report_id": _storable(report.id),
        "body_hash": body_hash,
        "supersedes": chain.connection.scalar(
            select(func.max(REPORTS.c.seq)).where(REPORTS.c.report_id == _storable(report.id))
        ),
        "origin": _storable(receipt.origin),
        "retrieved_at": format_time(receipt.retrieved_at),
        "raw_hash": _keep_raw(chain.connection, receipt.raw),
        "body": body,
    }
    return chain.append(REPORTS, row), True


def _keep_raw(connection: Connection, raw: bytes | None) -> str | None:
    if raw is None:
        return None
    name = hashlib.sha256(raw).hexdigest()
    there = select(RAW_DOCUMENTS.c.sha256).where(RAW_DOCUMENTS.c.sha256 == name)
    if connection.scalar(there) is None:
        connection.execute(insert(RAW_DOCUMENTS).values(sha256=name, content=raw))
    return name


def _keep_run(chain: _Chain, report_seq: int, coder: CoderName, coded: CodedReport) -> int:
    run_seq = chain.append(
        CODING_RUNS,
        {
            "report_seq": report_seq,
            "coder_version": coder.version,
            "config_hash": coder.config_hash,
            "failure": None,
            "claims": len(coded.claims),
            "judgements": len(coded.judgements),
        },
    )
    for claim in coded.claims:
        body = canonical_json(claim.model_dump(mode="json"))
        chain.append(CLAIMS, {"run_seq": run_seq, "claim_id": claim.id, "body": body})
    for judgement in coded.judgements:
        row = _judgement_row(judgement.kind, judgement.by, judgement.model_dump(mode="json"))
        chain.append(JUDGEMENTS, row | {"run_seq": run_seq})
    return run_seq


def _judgement_row(kind: str, made_by: str, body: dict[str, Any]) -> dict[str, Any]:
    text = canonical_json(body)
    return {
        "judgement_id": f"judgement-{sha256_text(canonical_json([kind, made_by, text]))[:16]}",
        "kind": kind,
        "made_by": _storable(made_by),
        "body": text,
    }


def _body_hash(report: Report) -> str:
    return sha256_text(canonical_json(report.model_dump(mode="json")))


def _find_report(connection: Connection, report_id: str, body_hash: str) -> int | None:
    return connection.scalar(
        select(REPORTS.c.seq).where(
            REPORTS.c.report_id == _storable(report_id), REPORTS.c.body_hash == body_hash
        )
    )


def _has_run(connection: Connection, report_seq: int, coder: CoderName) -> bool:
    runs = CODING_RUNS.c
    found = select(runs.seq).where(
        runs.report_seq == report_seq,
        runs.coder_version == coder.version,
        runs.config_hash == coder.config_hash,
        runs.failure.is_(None),
    )
    return connection.scalar(found.limit(1)) is not None


def _latest_runs(moment: str | None) -> Select[Any]:
    """Report and run of the latest good reading of each report's latest version."""
    reports, runs = REPORTS.c, CODING_RUNS.c
    latest = select(func.max(reports.seq).label("seq")).group_by(reports.report_id)
    best = (
        select(runs.report_seq, func.max(runs.seq).label("seq"))
        .where(runs.failure.is_(None))
        .group_by(runs.report_seq)
    )
    if moment is not None:
        latest = latest.where(reports.stored_at <= moment)
        best = best.where(runs.stored_at <= moment)
    newest, read = latest.subquery(), best.subquery()
    return (
        select(
            reports.seq.label("report_seq"),
            read.c.seq.label("run_seq"),
            reports.stored_at,
            reports.origin,
            reports.body,
        )
        .select_from(REPORTS)
        .join(newest, newest.c.seq == reports.seq)
        .join(read, and_(read.c.report_seq == reports.seq))
        .order_by(reports.seq)
    )


def _load_reading(connection: Connection, row: Any) -> Reading:
    claims = select(CLAIMS.c.body).where(CLAIMS.c.run_seq == row.run_seq).order_by(CLAIMS.c.seq)
    judged = select(JUDGEMENTS.c.body).where(JUDGEMENTS.c.run_seq == row.run_seq)
    coded = CodedReport(
        report=Report.model_validate_json(row.body),
        claims=tuple(Claim.model_validate_json(b) for b in connection.scalars(claims)),
        judgements=tuple(
            Judgement.model_validate_json(b)
            for b in connection.scalars(judged.order_by(JUDGEMENTS.c.seq))
        ),
    )
    return Reading(row.report_seq, row.run_seq, row.stored_at, row.origin, coded)


def _storable(text: str) -> str:
    """PostgreSQL's text holds no NUL; in JSON bodies it is escaped anyway."""
    return text.replace("\x00", "\\u0000")
