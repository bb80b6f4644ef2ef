"""The ledger: append what was received, read and decided; give it back as it stood.

Reads   the ledger's tables, and the account that is computed from them (`queries`).
Writes  through a `Writer`: one transaction, whole or not at all.
Never   changes or removes a row of the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, func, select

from marsad.records import (
    Change,
    Claim,
    CodedReport,
    Decision,
    IncidentFilter,
    Judgement,
    LedgerIncident,
    Outcome,
    Report,
)
from marsad.store.account_tables import AccountTables
from marsad.store.chain import format_time, storable
from marsad.store.database import Database
from marsad.store.entries import (
    PERSON_HASH,
    Added,
    CoderName,
    Kept,
    Reading,
    Receipt,
    StoredReport,
    StoredTelling,
)
from marsad.store.find import RecordKind, find_records
from marsad.store.loading import (
    STORED_REPORT,
    load_added,
    load_claims,
    load_claims_of_reports,
    load_decisions,
    load_latest_reports,
    stored_report,
)
from marsad.store.queries import (
    CellTotal,
    DayTotal,
    OutcomeTotal,
    count_incidents,
    incidents_of_claim,
    list_incidents,
    sum_cells,
    sum_days,
    sum_outcomes,
)
from marsad.store.schema import CLAIMS, CODING_RUNS, JUDGEMENTS, LEDGER_HEAD, REPORTS
from marsad.store.search import FoundReport, search_reports
from marsad.store.suggestions import LikePair, list_suggestions
from marsad.store.versions import find_incident, list_as_of, list_changes, numbers_as_of
from marsad.store.writer import Writer, report_body

__all__ = [
    "CoderName",
    "Kept",
    "Ledger",
    "Reading",
    "Receipt",
    "StoredReport",
    "StoredTelling",
    "Writer",
]


class Ledger:
    """The append-only store of one database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: what is written to the ledger and the account is kept together, or none.

        Other writers wait from its start to its end.
        """
        with self.database.writing() as connection:
            writer = Writer(connection)
            yield writer
            writer.close()

    def keep(self, coded: CodedReport, coder: CoderName, receipt: Receipt) -> Kept:
        """Keep a report and what was read in it, in a transaction of its own."""
        with self.writing() as writer:
            return writer.keep(coded, coder, receipt)

    def keep_failure(self, report: Report, coder: CoderName, receipt: Receipt, why: str) -> Kept:
        """Keep a report that could not be coded, in a transaction of its own."""
        with self.writing() as writer:
            return writer.keep_failure(report, coder, receipt, why)

    def keep_decision(self, decision: Decision) -> Decision:
        """Keep a person's decision, in a transaction of its own."""
        with self.writing() as writer:
            return writer.keep_decision(decision)

    def undo(self, seq: int, made_by: str, reason: str) -> int:
        """Take back the decision in row `seq`, in a transaction of its own."""
        with self.writing() as writer:
            return writer.undo(seq, made_by, reason)

    def has(self, report: Report, coder: CoderName) -> bool:
        """Whether this very report was read by this coder: then nothing is to be done."""
        _, body_hash = report_body(report)
        read = select(REPORTS.c.seq).where(
            REPORTS.c.report_id == storable(report.id),
            REPORTS.c.body_hash == body_hash,
            exists().where(
                CODING_RUNS.c.report_seq == REPORTS.c.seq,
                CODING_RUNS.c.coder_version == coder.version,
                CODING_RUNS.c.config_hash == coder.config_hash,
                CODING_RUNS.c.failure.is_(None),
            ),
        )
        with self.database.reading() as connection:
            return connection.scalar(read.limit(1)) is not None

    def readings(self, as_of: datetime | None = None) -> Iterator[Reading]:
        """The latest reading of the latest version of every report, in order of arrival.

        With `as_of`, as the ledger stood then. Failed runs do not replace good ones. What
        persons added stands beside it, see `added`.
        """
        moment = format_time(as_of) if as_of else None
        with self.database.reading() as connection:
            rows = connection.execution_options(yield_per=200).execute(_latest_runs(moment))
            for row in rows:
                yield _load_reading(connection, row)

    def decision(self, seq: int) -> Decision | None:
        """The decision in row `seq`, also one taken back; None when none is there."""
        return next(iter(self.decisions(seqs=[seq], undone=True)), None)

    def decisions(
        self,
        *,
        reports: Iterable[str] | None = None,
        seqs: Iterable[int] | None = None,
        undone: bool = False,
    ) -> list[Decision]:
        """Persons' decisions in their order: about these reports, in these rows, or all.

        Those taken back are left out, but for `undone`.
        """
        with self.database.reading() as connection:
            return load_decisions(connection, reports=reports, seqs=seqs, undone=undone)

    def claims(self, ids: Iterable[str]) -> dict[str, Claim]:
        """Claims by id, each as it was read last."""
        with self.database.reading() as connection:
            return load_claims(connection, ids)

    def added(self, report_id: str, *, undone: bool = False) -> list[Added]:
        """The claims that persons added to a report, in their order; not those taken back."""
        with self.database.reading() as connection:
            return load_added(connection, report_id, undone=undone)

    def reading(self, report_id: str) -> Reading | None:
        """The reading of a report's latest version that counts; None where no coder read it."""
        with self.database.reading() as connection:
            found = _latest_runs(None).where(REPORTS.c.report_id == storable(report_id))
            row = connection.execute(found).one_or_none()
            return None if row is None else _load_reading(connection, row)

    def failures(self, report_id: str) -> list[str]:
        """Why coders could not read a report's latest version, the first try first."""
        latest = select(func.max(REPORTS.c.seq)).where(REPORTS.c.report_id == storable(report_id))
        runs = select(CODING_RUNS.c.failure).where(
            CODING_RUNS.c.report_seq == latest.scalar_subquery(), CODING_RUNS.c.failure.is_not(None)
        )
        with self.database.reading() as connection:
            return [str(why) for why in connection.scalars(runs.order_by(CODING_RUNS.c.seq))]

    def claims_of_reports(self, ids: Iterable[str]) -> dict[str, tuple[Claim, ...]]:
        """All claims ever read in any version of these reports, by report."""
        with self.database.reading() as connection:
            return load_claims_of_reports(connection, ids)

    def coders(self) -> list[CoderName]:
        """Every coder that read a report of this ledger; persons are none."""
        named = select(CODING_RUNS.c.coder_version, CODING_RUNS.c.config_hash).distinct()
        named = named.where(CODING_RUNS.c.config_hash != PERSON_HASH)
        with self.database.reading() as connection:
            rows = connection.execute(named.order_by(*named.selected_columns))
            return [CoderName(row.coder_version, row.config_hash) for row in rows]

    def reports(self, ids: Iterable[str]) -> dict[str, StoredReport]:
        """The latest version of each report, by id."""
        with self.database.reading() as connection:
            return load_latest_reports(connection, ids)

    def report_versions(self, report_id: str) -> list[StoredReport]:
        """All versions of a report, the first received first."""
        rows = select(*STORED_REPORT).where(REPORTS.c.report_id == storable(report_id))
        with self.database.reading() as connection:
            return [stored_report(r) for r in connection.execute(rows.order_by(REPORTS.c.seq))]

    def find(self, given: str) -> list[tuple[RecordKind, str]]:
        """Incidents, claims and reports with this id, or that begin with it."""
        with self.database.reading() as connection:
            return find_records(connection, given)

    def incidents(
        self, wanted: IncidentFilter | None = None, as_of: datetime | None = None
    ) -> Iterator[LedgerIncident]:
        """The incidents that the filter takes, in its order, read as they are asked for.

        With `as_of`, as the account stood then.
        """
        asked = wanted or IncidentFilter()
        with self.database.reading() as connection:
            if as_of is None:
                yield from list_incidents(connection, asked)
            else:
                yield from list_as_of(connection, asked, as_of)

    def count_incidents(
        self, wanted: IncidentFilter | None = None, as_of: datetime | None = None
    ) -> int:
        """How many incidents the filter takes, whatever its limit and offset."""
        asked = wanted or IncidentFilter()
        with self.database.reading() as connection:
            if as_of is None:
                return count_incidents(connection, asked)
            return len(numbers_as_of(connection, asked, as_of))

    def totals(self, wanted: IncidentFilter | None = None) -> dict[Outcome, OutcomeTotal]:
        """Each outcome's total over the filter's incidents, under the default policy."""
        with self.database.reading() as connection:
            return sum_outcomes(connection, wanted or IncidentFilter())

    def days(self, wanted: IncidentFilter | None = None) -> list[DayTotal]:
        """The incidents that the filter takes by the day they began, undated last."""
        with self.database.reading() as connection:
            return sum_days(connection, wanted or IncidentFilter())

    def cells(self, wanted: IncidentFilter | None = None, degrees: float = 1.0) -> list[CellTotal]:
        """The incidents that the filter takes and that have a point, by cells of a grid."""
        with self.database.reading() as connection:
            return sum_cells(connection, wanted or IncidentFilter(), degrees)

    def incident(self, incident_id: str, as_of: datetime | None = None) -> LedgerIncident | None:
        """The incident that an id stands for, or stood for then; also one merged into another."""
        with self.database.reading() as connection:
            return find_incident(connection, incident_id, as_of)

    def incidents_of_claim(self, claim_id: str) -> list[str]:
        """The ids of the incidents that stand on a claim, or mention it."""
        with self.database.reading() as connection:
            return incidents_of_claim(connection, claim_id)

    def changes(
        self,
        since: datetime | int | None = None,
        incident: str | None = None,
        wanted: IncidentFilter | None = None,
    ) -> Iterator[Change]:
        """Changes in order: after a moment or a ledger row, of one incident, of a filter's."""
        with self.database.reading() as connection:
            yield from list_changes(connection, since, incident, wanted)

    def search_reports(self, typed: str, limit: int = 50, offset: int = 0) -> list[FoundReport]:
        """Reports that hold all the words; "words in quotes" stand together. The newest first."""
        with self.database.reading() as connection:
            return search_reports(connection, typed, limit, offset)

    def suggestions(
        self,
        limit: int = 50,
        incident: str | None = None,
        below: float | None = None,
        of: Sequence[str] | None = None,
    ) -> list[LikePair]:
        """Pairs of incidents that may be one, the likeliest first; none that a person split.

        With `of` only pairs of two of these incidents.
        """
        with self.database.reading() as connection:
            return list_suggestions(connection, limit, incident, below, of)

    def account_end(self) -> int:
        """The ledger row up to which the account is built."""
        with self.database.reading() as connection:
            return AccountTables(connection).built_to

    def end(self) -> tuple[int, str]:
        """How many rows the chain has, and the hash of the last."""
        with self.database.reading() as connection:
            head = connection.execute(select(LEDGER_HEAD)).one()
        return head.seq, head.row_hash


def _latest_runs(moment: str | None) -> Select[Any]:
    """Report and run of the latest good reading of each report's latest version."""
    reports, runs = REPORTS.c, CODING_RUNS.c
    latest = select(func.max(reports.seq).label("seq")).group_by(reports.report_id)
    best = (
        select(runs.report_seq, func.max(runs.seq).label("seq"))
        .where(runs.failure.is_(None), runs.config_hash != PERSON_HASH)
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
