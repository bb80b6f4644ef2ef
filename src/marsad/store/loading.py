"""Rows of the ledger as records again, many at a time.

Reads   rows named by their places or ids, however many, in one statement.
Writes  nothing.
Never   makes a statement that grows with the number of rows asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    any_,
    bindparam,
    exists,
    func,
    select,
)

from marsad.records import Claim, Decision, Judgement, Report
from marsad.store.account_schema import DECISION_TARGETS
from marsad.store.chain import storable
from marsad.store.entries import PERSON_HASH, Added, ReadVersion, StoredReport
from marsad.store.indexes import DECISION_KINDS
from marsad.store.schema import CLAIMS, CODING_RUNS, JUDGEMENTS, REPORTS

STORED_REPORT = (
    REPORTS.c.seq,
    REPORTS.c.stored_at,
    REPORTS.c.origin,
    REPORTS.c.retrieved_at,
    REPORTS.c.supersedes,
    REPORTS.c.body,
)


def among(
    connection: Connection, column: ColumnElement[Any], values: Sequence[str] | Sequence[int]
) -> ColumnElement[bool]:
    """That the column has one of the values: one parameter, however many there are."""
    if connection.dialect.name == "sqlite":
        listed = bindparam(None, json.dumps(list(values)), type_=Text, unique=True)
        return column.in_(select(func.json_each(listed).table_valued("value").c.value))
    kind = BigInteger if isinstance(column.type, Integer) else Text
    return column == any_(bindparam(None, list(values), type_=ARRAY(kind), unique=True))


def load_reports(connection: Connection, seqs: Iterable[int]) -> dict[int, StoredReport]:
    """Reports by their rows."""
    rows = select(*STORED_REPORT).where(among(connection, REPORTS.c.seq, list(seqs)))
    return {row.seq: stored_report(row) for row in connection.execute(rows)}


def load_latest_reports(connection: Connection, ids: Iterable[str]) -> dict[str, StoredReport]:
    """The latest version of each report."""
    named = among(connection, REPORTS.c.report_id, [storable(i) for i in ids])
    latest = select(func.max(REPORTS.c.seq)).where(named).group_by(REPORTS.c.report_id)
    rows = select(*STORED_REPORT).where(REPORTS.c.seq.in_(latest))
    found = (stored_report(row) for row in connection.execute(rows))
    return {stored.report.id: stored for stored in found}


def stored_report(row: Any) -> StoredReport:
    """A row of STORED_REPORT columns as a record."""
    return StoredReport(
        seq=row.seq,
        report=Report.model_validate_json(row.body),
        stored_at=row.stored_at,
        origin=row.origin,
        retrieved_at=row.retrieved_at,
        supersedes=row.supersedes,
    )


def load_read_version(
    connection: Connection, report_id: str, up_to: int | None = None
) -> ReadVersion | None:
    """The latest version of a report and its latest good reading; None where nobody read it.

    A person's run counts where no coder read that version. With `up_to`, as it was then.
    """
    reports, runs = REPORTS.c, CODING_RUNS.c
    latest = select(func.max(reports.seq)).where(reports.report_id == storable(report_id))
    good = select(runs.report_seq, runs.seq, runs.config_hash).where(runs.failure.is_(None))
    if up_to is not None:
        latest, good = latest.where(reports.seq <= up_to), good.where(runs.seq <= up_to)
    good = good.where(runs.report_seq == latest.scalar_subquery())
    rows = connection.execute(good.order_by(runs.seq.desc())).all()
    if not rows:
        return None
    best = next((row for row in rows if row.config_hash != PERSON_HASH), rows[0])
    return ReadVersion(best.report_seq, best.seq, best.config_hash == PERSON_HASH)


def load_added(
    connection: Connection, report_id: str, *, up_to: int | None = None, undone: bool = False
) -> list[Added]:
    """The claims that persons added to a report, in the order of their decisions."""
    made = load_decisions(connection, reports=[report_id], up_to=up_to, undone=undone)
    return load_added_by(connection, made)


def load_added_by(connection: Connection, decisions: Iterable[Decision]) -> list[Added]:
    """The claims that these decisions add; those that add none are left out."""
    return [
        Added(Claim.model_validate_json(row.body), decision, row.report_seq)
        for decision in decisions
        if decision.kind == "add"
        for row in [_added_row(connection, decision)]
        if row is not None
    ]


def _added_row(connection: Connection, decision: Decision) -> Any:
    """The claim that a decision adds: it was kept just before it."""
    rows = (
        select(CLAIMS.c.body, CODING_RUNS.c.report_seq)
        .join(CODING_RUNS, CODING_RUNS.c.seq == CLAIMS.c.run_seq)
        .where(
            CLAIMS.c.claim_id == decision.targets[0].claim,
            CLAIMS.c.seq < decision.seq,
            CODING_RUNS.c.config_hash == PERSON_HASH,
        )
        .order_by(CLAIMS.c.seq.desc())
    )
    return connection.execute(rows.limit(1)).one_or_none()


Readings = dict[int, tuple[tuple[Claim, ...], tuple[Judgement, ...]]]


def load_runs(connection: Connection, run_seqs: Iterable[int]) -> Readings:
    """What each run read: its claims and judgements, in their order."""
    wanted = list(run_seqs)
    claims: dict[int, list[Claim]] = {seq: [] for seq in wanted}
    judged: dict[int, list[Judgement]] = {seq: [] for seq in wanted}
    rows = select(CLAIMS.c.run_seq, CLAIMS.c.body).order_by(CLAIMS.c.seq)
    for row in connection.execute(rows.where(among(connection, CLAIMS.c.run_seq, wanted))):
        claims[row.run_seq].append(Claim.model_validate_json(row.body))
    rows = select(JUDGEMENTS.c.run_seq, JUDGEMENTS.c.body).order_by(JUDGEMENTS.c.seq)
    for row in connection.execute(rows.where(among(connection, JUDGEMENTS.c.run_seq, wanted))):
        judged[row.run_seq].append(Judgement.model_validate_json(row.body))
    return {seq: (tuple(claims[seq]), tuple(judged[seq])) for seq in wanted}


def load_claims(connection: Connection, ids: Iterable[str]) -> dict[str, Claim]:
    """Claims by id, each as it was read last."""
    rows = select(CLAIMS.c.body).where(among(connection, CLAIMS.c.claim_id, list(ids)))
    read = map(Claim.model_validate_json, connection.scalars(rows.order_by(CLAIMS.c.seq)))
    return {claim.id: claim for claim in read}


def load_claims_of_reports(
    connection: Connection, ids: Iterable[str]
) -> dict[str, tuple[Claim, ...]]:
    """All claims ever read in any version of these reports, by report."""
    rows = (
        select(CLAIMS.c.body)
        .join(CODING_RUNS, CODING_RUNS.c.seq == CLAIMS.c.run_seq)
        .join(REPORTS, REPORTS.c.seq == CODING_RUNS.c.report_seq)
        .where(among(connection, REPORTS.c.report_id, [storable(i) for i in ids]))
        .order_by(CLAIMS.c.seq)
    )
    found: dict[str, list[Claim]] = {}
    for claim in map(Claim.model_validate_json, connection.scalars(rows)):
        found.setdefault(claim.report_id, []).append(claim)
    return {report: tuple(claims) for report, claims in found.items()}


def load_decisions(
    connection: Connection,
    *,
    reports: Iterable[str] | None = None,
    seqs: Iterable[int] | None = None,
    undone: bool = False,
    up_to: int | None = None,
) -> list[Decision]:
    """Persons' decisions in their order: about these reports, in these rows, or all.

    Those taken back are left out, but for `undone`. With `up_to`, rows after that one are
    not looked at.
    """
    rows: Select[Any] = select(JUDGEMENTS.c.seq, JUDGEMENTS.c.stored_at, JUDGEMENTS.c.body)
    rows = rows.where(JUDGEMENTS.c.run_seq.is_(None), JUDGEMENTS.c.kind.in_(DECISION_KINDS))
    if reports is not None:
        about = among(connection, DECISION_TARGETS.c.report_id, [storable(r) for r in reports])
        rows = rows.where(
            JUDGEMENTS.c.seq.in_(select(DECISION_TARGETS.c.decision_seq).where(about))
        )
    if seqs is not None:
        rows = rows.where(among(connection, JUDGEMENTS.c.seq, list(seqs)))
    if up_to is not None:
        rows = rows.where(JUDGEMENTS.c.seq <= up_to)
    if not undone:
        back = JUDGEMENTS.alias()
        taken_back = exists().where(back.c.undoes == JUDGEMENTS.c.seq)
        rows = rows.where(~(taken_back if up_to is None else taken_back.where(back.c.seq <= up_to)))
    return [
        Decision.model_validate(json.loads(row.body) | {"seq": row.seq, "made_at": row.stored_at})
        for row in connection.execute(rows.order_by(JUDGEMENTS.c.seq))
    ]
