"""Versions: the account as it stood at a moment, and what changed since.

Reads   every change of every incident, in order.
Writes  nothing.
Never   looks at what came after the moment asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from marsad.records import Change, IncidentFilter, LedgerIncident
from marsad.store.account_schema import INCIDENT_VERSIONS
from marsad.store.chain import format_time
from marsad.store.facets import find_facets
from marsad.store.loading import among
from marsad.store.matching import matches, matches_facets, sort_key

PAGE = 200
_V = INCIDENT_VERSIONS.c


def last_number(connection: Connection, moment: datetime | None) -> int:
    """The last version at a moment, or now; 0 when there is none."""
    rows = select(_V.number).order_by(_V.number.desc()).limit(1)
    if moment is not None:
        rows = select(_V.number).where(_V.at <= format_time(moment))
        rows = rows.order_by(_V.at.desc(), _V.number.desc()).limit(1)
    return connection.scalar(rows) or 0


def numbers_as_of(connection: Connection, wanted: IncidentFilter, moment: datetime) -> list[int]:
    """The versions that stood at a moment and that the filter takes, in its order."""
    newest = (
        select(func.max(_V.number))
        .where(_V.number <= last_number(connection, moment))
        .group_by(_V.incident_id)
    )
    rows = select(_V.number, _V.seq, _V.body, _V.words).where(
        _V.number.in_(newest), _V.body.is_not(None)
    )
    found = []
    for row in connection.execution_options(yield_per=PAGE).execute(rows):
        facets = find_facets(LedgerIncident.model_validate_json(row.body), row.words or "")
        if matches_facets(wanted, facets):
            found.append((sort_key(wanted, facets, row.seq), row.number))
    return [number for _, number in sorted(found)]


def list_as_of(
    connection: Connection, wanted: IncidentFilter, moment: datetime
) -> Iterator[LedgerIncident]:
    """The incidents that the filter takes, as they stood at a moment, in its order."""
    numbers = numbers_as_of(connection, wanted, moment)[wanted.offset :][: wanted.limit]
    for start in range(0, len(numbers), PAGE):
        page = numbers[start : start + PAGE]
        rows = select(_V.number, _V.body).where(among(connection, _V.number, page))
        bodies = {row.number: row.body for row in connection.execute(rows)}
        for number in page:
            yield LedgerIncident.model_validate_json(bodies[number])


def find_incident(
    connection: Connection, incident_id: str, moment: datetime | None = None
) -> LedgerIncident | None:
    """The incident that an id stands for now, or stood for at a moment; None if none.

    An incident that was merged is found in the one it went into.
    """
    return _follow(connection, incident_id, _V.number <= last_number(connection, moment))


def find_incident_at(connection: Connection, incident_id: str, row: int) -> LedgerIncident | None:
    """The incident that an id stood for at a row of the ledger; None if none."""
    return _follow(connection, incident_id, _V.seq <= row)


def _follow(
    connection: Connection, incident_id: str, known: ColumnElement[bool]
) -> LedgerIncident | None:
    """The incident of an id, or the one it went into, by the versions that are `known`."""
    seen: set[str] = set()
    waiting = [incident_id]
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        latest = (
            select(_V.body, _V.change)
            .where(_V.incident_id == name, known)
            .order_by(_V.number.desc())
            .limit(1)
        )
        row = connection.execute(latest).one_or_none()
        if row is not None and row.body is not None:
            return LedgerIncident.model_validate_json(row.body)
        if row is not None:
            waiting += Change.model_validate_json(row.change).others
    return None


def list_changes(
    connection: Connection,
    since: datetime | int | None = None,
    incident: str | None = None,
    wanted: IncidentFilter | None = None,
) -> Iterator[Change]:
    """Changes in their order: after a moment or a ledger row, of one incident, or a filter's.

    With a filter, those of incidents that it takes as they stood after the change, or
    before it where it withdrew them. Its order, limit and offset do not count.
    """
    rows: Select[Any] = select(_V.number, _V.incident_id, _V.change)
    if wanted is not None:
        rows = rows.add_columns(_V.body, _V.words)
    if isinstance(since, datetime):
        rows = rows.where(_V.at > format_time(since))
    elif since is not None:
        rows = rows.where(_V.seq > since)
    if incident is not None:
        rows = rows.where(_V.incident_id == incident)
    last = 0
    while True:  # page by page: others read from this connection between them
        page = connection.execute(
            rows.where(_V.number > last).order_by(_V.number).limit(PAGE)
        ).all()
        for row in page:
            if wanted is None or _takes(connection, wanted, row):
                yield Change.model_validate_json(row.change)
        if len(page) < PAGE:
            return
        last = page[-1].number


def _takes(connection: Connection, wanted: IncidentFilter, row: Any) -> bool:
    body, words = row.body, row.words
    if body is None:
        before = (
            select(_V.body, _V.words)
            .where(_V.incident_id == row.incident_id, _V.number < row.number)
            .where(_V.body.is_not(None))
            .order_by(_V.number.desc())
            .limit(1)
        )
        earlier = connection.execute(before).one_or_none()
        if earlier is None:
            return False
        body, words = earlier
    return matches(wanted, LedgerIncident.model_validate_json(body), words or "")
