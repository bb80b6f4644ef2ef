"""Periods: what became of incidents between two rows of the ledger.

Reads   the versions of incidents.
Writes  nothing.
Never   misses or repeats a change between two periods that meet: a period is told by rows of
        the ledger, since a time may be older than the moment at which its row could be seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from marsad.records import Change, IncidentFilter, LedgerIncident
from marsad.store.account_schema import INCIDENT_VERSIONS
from marsad.store.database import Database
from marsad.store.loading import among
from marsad.store.matching import matches
from marsad.store.versions import find_incident_at, last_number

PAGE = 200
_V = INCIDENT_VERSIONS.c


@dataclass(frozen=True)
class Turn:
    """An incident at the start and at the end of a period, and what happened between.

    `before` is None for one that is new, `after` for one withdrawn. `took`, `takes`: whether
    the filter takes it, then and at the end. One that goes on under another id has what it
    was before.
    """

    incident_id: str
    before: LedgerIncident | None
    after: LedgerIncident | None
    changes: tuple[Change, ...]
    took: bool
    takes: bool


def row_at(database: Database, moment: datetime | None) -> int:
    """The last row of the ledger that changed the account, at a moment or now; 0 for none."""
    with database.reading() as connection:
        number = last_number(connection, moment)
        return connection.scalar(select(_V.seq).where(_V.number == number)) or 0


def list_turns(
    database: Database, wanted: IncidentFilter, after_row: int, to_row: int
) -> Iterator[Turn]:
    """The incidents that changed after one row and up to another, as a filter sees them.

    Those that it took at the start or takes at the end, in the order of their last change.
    """
    between = (_V.seq > after_row, _V.seq <= to_row)
    ids = select(_V.incident_id).where(*between).group_by(_V.incident_id)
    with database.reading() as connection:
        names = list(connection.scalars(ids.order_by(func.max(_V.number))))
        for start in range(0, len(names), PAGE):
            page = names[start : start + PAGE]
            rows = (
                select(_V.incident_id, _V.change)
                .where(*between, among(connection, _V.incident_id, page))
                .order_by(_V.number)
            )
            changes: dict[str, list[Change]] = {name: [] for name in page}
            for row in connection.execute(rows):
                changes[row.incident_id].append(Change.model_validate_json(row.change))
            old = _stood(connection, page, after_row)
            new = _stood(connection, page, to_row)
            for name in page:
                before = old.get(name) or _ancestor(connection, changes[name], after_row)
                turn = _turn(name, before, new.get(name), changes[name], wanted)
                if turn.took or turn.takes:
                    yield turn


Stood = tuple[LedgerIncident, str]


def _turn(
    name: str,
    before: Stood | None,
    after: Stood | None,
    changes: list[Change],
    wanted: IncidentFilter,
) -> Turn:
    return Turn(
        incident_id=name,
        before=before[0] if before else None,
        after=after[0] if after else None,
        changes=tuple(changes),
        took=before is not None and matches(wanted, *before),
        takes=after is not None and matches(wanted, *after),
    )


def _stood(connection: Connection, names: list[str], row: int) -> dict[str, Stood]:
    """The incidents as they stood at a row; those that did not are left out."""
    newest = (
        select(func.max(_V.number))
        .where(_V.seq <= row, among(connection, _V.incident_id, names))
        .group_by(_V.incident_id)
    )
    rows = select(_V.incident_id, _V.body, _V.words).where(
        _V.number.in_(newest), _V.body.is_not(None)
    )
    return {r.incident_id: _read(r) for r in connection.execute(rows)}


def _ancestor(connection: Connection, changes: list[Change], row: int) -> Stood | None:
    """What an incident was that goes on under a new id; None for one that is really new."""
    first = changes[0]
    if first.kind not in ("changed", "merged"):
        return None
    found = _stood(connection, list(first.others), row)
    return max(found.values(), key=lambda s: (len(s[0].tellings), s[0].id), default=None)


def _read(row: Any) -> Stood:
    return LedgerIncident.model_validate_json(row.body), row.words or ""


def find_standing(database: Database, incident_id: str, row: int) -> LedgerIncident | None:
    """The incident that an id stands for at a row, also in the one it went into; None for none."""
    with database.reading() as connection:
        return find_incident_at(connection, incident_id, row)


def changed_after(database: Database, rows: Mapping[str, int], to_row: int) -> list[str]:
    """Those of the incidents that changed after their own row and up to another."""
    if not rows:
        return []
    last = (
        select(_V.incident_id, func.max(_V.seq).label("seq"))
        .where(_V.seq > min(rows.values()), _V.seq <= to_row)
        .group_by(_V.incident_id)
        .order_by(_V.incident_id)
    )
    with database.reading() as connection:
        found = connection.execute(last).all()
    return [r.incident_id for r in found if r.incident_id in rows and r.seq > rows[r.incident_id]]
