"""The writer: append what was received, read and decided, in one transaction.

Reads   CodedReports, failures and decisions.
Writes  rows at the end of the chain, and the account that follows from them (`account`):
        all of it is kept together, or none.
Never   changes or removes a row: a new version, a new reading, an undone decision are new rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, insert, select

from marsad.errors import LedgerError
from marsad.records import Claim, CodedReport, Decision, Report
from marsad.store.account_tables import AccountTables
from marsad.store.chain import ChainEnd, canonical_json, format_time, sha256_text, storable
from marsad.store.entries import CoderName, Kept, Receipt, name_person
from marsad.store.indexes import DECISION_KINDS, add_decision_targets, add_report_words
from marsad.store.schema import CLAIMS, CODING_RUNS, JUDGEMENTS, RAW_DOCUMENTS, REPORTS


class Writer:
    """One transaction that appends. It holds the lock that writers take turns on."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._chain = ChainEnd(connection)
        self.account = AccountTables(connection, end=lambda: self._chain.seq)

    @property
    def now(self) -> str:
        """The time that all rows of this transaction carry."""
        return self._chain.now

    @property
    def seq(self) -> int:
        """The place of the last row of the ledger."""
        return self._chain.seq

    def keep(self, coded: CodedReport, coder: CoderName, receipt: Receipt) -> Kept:
        """Keep a report and what was read in it.

        The same report read by the same coder changes nothing; by another coder it
        gets a new run; a changed report under a known id supersedes the old one.
        """
        report_seq, is_new, is_version = self._keep_report(coded.report, receipt)
        if not is_new and has_run(self._connection, report_seq, coder):
            return Kept(report_seq, None, new_report=False)
        counts = {"claims": len(coded.claims), "judgements": len(coded.judgements)}
        run_seq = self._append_run(report_seq, coder, counts)
        self._chain.append_all(
            CLAIMS,
            (
                {
                    "run_seq": run_seq,
                    "claim_id": claim.id,
                    "body": canonical_json(claim.model_dump(mode="json")),
                }
                for claim in coded.claims
            ),
        )
        self._chain.append_all(
            JUDGEMENTS,
            (
                judgement_row(j.kind, j.by, j.model_dump(mode="json")) | {"run_seq": run_seq}
                for j in coded.judgements
            ),
        )
        return Kept(report_seq, run_seq, is_new, is_version)

    def keep_failure(self, report: Report, coder: CoderName, receipt: Receipt, why: str) -> Kept:
        """Keep a report that could not be coded, and why, so that it is not lost."""
        report_seq, is_new, is_version = self._keep_report(report, receipt)
        counts = {"claims": 0, "judgements": 0}
        run_seq = self._append_run(report_seq, coder, counts, failure=storable(why))
        return Kept(report_seq, run_seq, is_new, is_version)

    def keep_decision(self, decision: Decision) -> Decision:
        """Keep a person's decision; returns it with its place in the chain and its time."""
        body = decision.model_dump(mode="json", exclude={"seq", "made_at"})
        row = judgement_row(decision.kind, decision.made_by, body)
        seq = self._chain.append(JUDGEMENTS, row)
        reports = (a.report for a in (*decision.targets, *decision.others))
        add_decision_targets(self._connection, seq, reports)
        return decision.model_copy(update={"seq": seq, "made_at": self.now})

    def keep_added(self, claim: Claim, report_seq: int, decision: Decision) -> Decision:
        """Keep a claim that a person read in a version of a report, and the decision for it."""
        person = name_person(storable(decision.made_by))
        run_seq = self._append_run(report_seq, person, {"claims": 1, "judgements": 0})
        body = canonical_json(claim.model_dump(mode="json"))
        self._chain.append(CLAIMS, {"run_seq": run_seq, "claim_id": claim.id, "body": body})
        return self.keep_decision(decision)

    def undo(self, seq: int, made_by: str, reason: str) -> int:
        """Take back the decision in row `seq`, by a new row; returns the new row's place.

        Raises:
            LedgerError: there is no such decision, or it is undone already.
        """
        found = select(JUDGEMENTS.c.seq, JUDGEMENTS.c.undoes).where(
            JUDGEMENTS.c.run_seq.is_(None),
            ((JUDGEMENTS.c.seq == seq) & JUDGEMENTS.c.kind.in_(DECISION_KINDS))
            | (JUDGEMENTS.c.undoes == seq),
        )
        rows = self._connection.execute(found).all()
        if not any(row.seq == seq for row in rows):
            raise LedgerError(f"there is no decision number {seq} to undo.")
        if any(row.undoes == seq for row in rows):
            raise LedgerError(f"decision number {seq} is undone already.")
        row = judgement_row("undo", made_by, {"reason": reason, "undoes": seq})
        return self._chain.append(JUDGEMENTS, row | {"undoes": seq})

    def close(self) -> None:
        """Move the ledger's head to the last row written: the last thing before the commit."""
        self._chain.close()

    def _append_run(
        self,
        report_seq: int,
        coder: CoderName,
        counts: Mapping[str, int],
        failure: str | None = None,
    ) -> int:
        row = {
            "report_seq": report_seq,
            "coder_version": coder.version,
            "config_hash": coder.config_hash,
            "failure": failure,
            **counts,
        }
        return self._chain.append(CODING_RUNS, row)

    def _keep_report(self, report: Report, receipt: Receipt) -> tuple[int, bool, bool]:
        body, hashed = report_body(report)
        report_id = storable(report.id)
        known = find_report(self._connection, report_id, hashed)
        if known is not None:
            return known, False, False
        row = {
            "report_id": report_id,
            "body_hash": hashed,
            "supersedes": self._connection.scalar(
                select(func.max(REPORTS.c.seq)).where(REPORTS.c.report_id == report_id)
            ),
            "origin": storable(receipt.origin),
            "retrieved_at": format_time(receipt.retrieved_at),
            "raw_hash": self._keep_raw(receipt.raw),
            "body": body,
        }
        seq = self._chain.append(REPORTS, row)
        add_report_words(self._connection, seq, report)
        return seq, True, row["supersedes"] is not None

    def _keep_raw(self, raw: bytes | None) -> str | None:
        if raw is None:
            return None
        name = hashlib.sha256(raw).hexdigest()
        there = select(RAW_DOCUMENTS.c.sha256).where(RAW_DOCUMENTS.c.sha256 == name)
        if self._connection.scalar(there) is None:
            self._connection.execute(insert(RAW_DOCUMENTS).values(sha256=name, content=raw))
        return name


def judgement_row(kind: str, made_by: str, body: dict[str, Any]) -> dict[str, Any]:
    """A row of JUDGEMENTS; all its columns, so that rows can be written together."""
    text = canonical_json(body)
    return {
        "run_seq": None,
        "judgement_id": f"judgement-{sha256_text(canonical_json([kind, made_by, text]))[:16]}",
        "kind": kind,
        "made_by": storable(made_by),
        "undoes": None,
        "body": text,
    }


def report_body(report: Report) -> tuple[str, str]:
    """A report as it is kept, and its hash."""
    body = canonical_json(report.model_dump(mode="json"))
    return body, sha256_text(body)


def find_report(connection: Connection, report_id: str, body_hash: str) -> int | None:
    """The row of this very version of a report."""
    return connection.scalar(
        select(REPORTS.c.seq).where(
            REPORTS.c.report_id == report_id, REPORTS.c.body_hash == body_hash
        )
    )


def has_run(connection: Connection, report_seq: int, coder: CoderName) -> bool:
    """Whether this coder read the report without failing."""
    runs = CODING_RUNS.c
    found = select(runs.seq).where(
        runs.report_seq == report_seq,
        runs.coder_version == coder.version,
        runs.config_hash == coder.config_hash,
        runs.failure.is_(None),
    )
    return connection.scalar(found.limit(1)) is not None
