"""Queries: incidents that a filter asks for, how many, and their totals.

Reads   the account's tables, as they stand now; `versions` reads them as they stood.
Writes  nothing.
Never   holds more than a page of incidents in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from sqlalchemy import Connection, Select, and_, func, select

from marsad.records import Incident, IncidentFilter, LedgerIncident, Outcome
from marsad.store.account_schema import INCIDENT_BODIES, INCIDENTS, TELLINGS
from marsad.store.filtering import conditions, order_by
from marsad.store.loading import among
from marsad.store.schema import CLAIMS, CODING_RUNS

PAGE = 200
_I = INCIDENTS.c


@dataclass(frozen=True)
class OutcomeTotal:
    """An outcome over many incidents under the default policy: a documented minimum and range.

    `high` adds the upper ends that are known; `open_above` incidents have none.
    """

    incidents: int
    low: int
    best: int
    high: int
    open_above: int


@dataclass(frozen=True)
class DayTotal:
    """Incidents that began on a day (None: undated), with their dead and injured."""

    day: str | None
    incidents: int
    killed: int
    injured: int


@dataclass(frozen=True)
class CellTotal:
    """Incidents in a cell of the map: its south-west corner, and their dead."""

    south: float
    west: float
    incidents: int
    killed: int


def list_incidents(connection: Connection, wanted: IncidentFilter) -> Iterator[LedgerIncident]:
    """The incidents that the filter takes, in its order, a page at a time."""
    for nums in _pages(connection, wanted):
        yield from load_incidents(connection, nums)


def load_incidents(connection: Connection, nums: Sequence[int]) -> list[LedgerIncident]:
    """Incidents by their numbers in the tables, in this order."""
    rows = select(INCIDENT_BODIES.c.num, INCIDENT_BODIES.c.body).where(
        among(connection, INCIDENT_BODIES.c.num, nums)
    )
    bodies = {row.num: row.body for row in connection.execute(rows)}
    return [LedgerIncident.model_validate_json(bodies[num]) for num in nums if num in bodies]


def list_among(
    connection: Connection, wanted: IncidentFilter, nums: Sequence[int]
) -> list[LedgerIncident]:
    """Of these incidents those that the filter's order, offset and limit leave."""
    if not nums:
        return []
    rows = select(_I.num).where(among(connection, _I.num, nums)).order_by(*order_by(wanted))
    rows = rows.limit(wanted.limit).offset(wanted.offset or None)
    return load_incidents(connection, list(connection.scalars(rows)))


def _pages(connection: Connection, wanted: IncidentFilter) -> Iterator[list[int]]:
    rows = select(_I.num).where(*conditions(connection, wanted)).order_by(*order_by(wanted))
    rows = rows.limit(wanted.limit).offset(wanted.offset or None)
    result = connection.execution_options(yield_per=PAGE).scalars(rows)
    for page in result.partitions(PAGE):
        yield list(page)


def count_incidents(connection: Connection, wanted: IncidentFilter) -> int:
    """How many incidents the filter takes, whatever its limit and offset."""
    rows = select(func.count()).select_from(INCIDENTS).where(*conditions(connection, wanted))
    return connection.scalar(rows) or 0


def sum_outcomes(connection: Connection, wanted: IncidentFilter) -> dict[Outcome, OutcomeTotal]:
    """Each outcome's total over the incidents that the filter takes."""
    sums: list[Any] = []
    for outcome in get_args(Outcome):
        low, best, high = (_I[f"{outcome}_{end}"] for end in ("low", "best", "high"))
        told, bounded = func.count(best), func.count(high)
        sums += [told, func.sum(low), func.sum(best), func.sum(func.coalesce(high, best))]
        sums.append(told - bounded)
    row = connection.execute(select(*sums).where(*conditions(connection, wanted))).one()
    totals = zip(get_args(Outcome), zip(*[iter(row)] * 5, strict=True), strict=True)
    return {
        outcome: OutcomeTotal(*(int(n) for n in numbers))
        for outcome, numbers in totals
        if numbers[0]
    }


def sum_days(connection: Connection, wanted: IncidentFilter) -> list[DayTotal]:
    """The incidents that the filter takes by the day they began, undated last."""
    rows: Select[Any] = (
        select(_I.start_day, func.count(), func.sum(_I.killed), func.sum(_I.injured))
        .where(*conditions(connection, wanted))
        .group_by(_I.start_day, _I.rising)
        .order_by(_I.rising)
    )
    return [DayTotal(row[0], *map(int, row[1:])) for row in connection.execute(rows)]


def sum_cells(connection: Connection, wanted: IncidentFilter, degrees: float) -> list[CellTotal]:
    """The incidents that the filter takes and that have a point, by cells of a grid."""
    row_of = func.floor((_I.latitude + 90) / degrees)
    column_of = func.floor((_I.longitude + 180) / degrees)
    rows = (
        select(row_of, column_of, func.count(), func.sum(_I.killed))
        .where(and_(_I.latitude.is_not(None), *conditions(connection, wanted)))
        .group_by(row_of, column_of)
        .order_by(row_of, column_of)
    )
    return [
        CellTotal(float(r[0]) * degrees - 90, float(r[1]) * degrees - 180, int(r[2]), int(r[3]))
        for r in connection.execute(rows)
    ]


def incidents_of_claim(connection: Connection, claim_id: str) -> list[str]:
    """The ids of the incidents that stand on a claim, or mention it."""
    runs = select(CLAIMS.c.run_seq).where(CLAIMS.c.claim_id == claim_id)
    # By the report: what a person added is of another run than the tellings are.
    told_in = select(CODING_RUNS.c.report_seq).where(CODING_RUNS.c.seq.in_(runs))
    near = select(TELLINGS.c.incident_id).where(TELLINGS.c.report_seq.in_(told_in)).distinct()
    rows = (
        select(INCIDENT_BODIES.c.body)
        .join(INCIDENTS, _I.num == INCIDENT_BODIES.c.num)
        .where(_I.incident_id.in_(near))
        .order_by(_I.incident_id)
    )
    found = map(LedgerIncident.model_validate_json, connection.scalars(rows))
    return [i.id for i in found if _holds(i, claim_id)]


def _holds(incident: Incident, claim_id: str) -> bool:
    return claim_id in incident.claims or (
        isinstance(incident, LedgerIncident) and claim_id in incident.mentions
    )
