"""Steps: the changes of incidents, the newest first, each with how it stood before and after.

Reads   the versions of incidents.
Writes  nothing.
Never   looks beyond the moment asked for; leaves out the change by which an incident stops
        to match a filter: who has read of it must read of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from marsad.records import Change, IncidentFilter, LedgerIncident
from marsad.store.account_schema import INCIDENT_VERSIONS
from marsad.store.chain import format_time
from marsad.store.loading import among
from marsad.store.matching import matches
from marsad.store.schema import LEDGER_HEAD, REPORTS
from marsad.store.versions import last_number

PAGE = 100
_V = INCIDENT_VERSIONS.c
_VERSION = (_V.number, _V.incident_id, _V.at, _V.body, _V.words)


@dataclass(frozen=True)
class Step:
    """A change. `before`: the incident itself, or those whose place it took; none if new.

    `after` is None when the change withdrew it. `latest` is how it stands at the moment asked
    for, None when it is withdrawn by then; `latest_at` when it came to stand so. `leaves`: the
    filter took it before the change and does not after it.
    """

    change: Change
    before: tuple[LedgerIncident, ...]
    after: LedgerIncident | None
    latest: LedgerIncident | None
    latest_at: str
    leaves: bool

    @property
    def subject(self) -> LedgerIncident:
        """The incident after the change, or before it where it was withdrawn."""
        return self.after if self.after is not None else self.before[0]


@dataclass(frozen=True)
class _Version:
    number: int
    incident: LedgerIncident | None
    words: str
    at: str


def list_steps(
    connection: Connection,
    wanted: IncidentFilter,
    since: datetime | int | None = None,
    until: datetime | None = None,
) -> Iterator[Step]:
    """Changes after `since` and up to `until` of incidents that the filter takes, newest first.

    `since` is a moment or a row of the ledger, `until` a moment or now. The filter is asked
    before and after each change. Its order, limit and offset do not count.
    """
    end = last_number(connection, until)
    rows = _rows(since)
    taken = _Taken(wanted)
    last = end + 1
    while True:
        page = connection.execute(
            rows.where(_V.number < last).order_by(_V.number.desc()).limit(PAGE)
        ).all()
        previous = _load(connection, [row.previous for row in page if row.previous is not None])
        found = [_read_step(connection, taken, row, previous) for row in page]
        steps = [(row, step) for row, step in zip(page, found, strict=True) if step]
        latest = _latest(connection, {row.incident_id for row, _ in steps}, end)
        for row, (change, before, after, leaves) in steps:
            now = latest[row.incident_id]
            yield Step(change, before, after, now.incident, now.at, leaves)
        if len(page) < PAGE:
            return
        last = page[-1].number


def _rows(since: datetime | int | None) -> Select[Any]:
    """Versions after `since`, each with the number of the one before it."""
    earlier = INCIDENT_VERSIONS.alias("earlier").c
    previous = (
        select(func.max(earlier.number))
        .where(earlier.incident_id == _V.incident_id, earlier.number < _V.number)
        .correlate(INCIDENT_VERSIONS)
        .scalar_subquery()
        .label("previous")
    )
    rows: Select[Any] = select(*_VERSION, _V.change, previous)
    if isinstance(since, datetime):
        return rows.where(_V.at > format_time(since))
    return rows if since is None else rows.where(_V.seq > since)


class _Taken:
    """Whether the filter takes a version; each is asked once, as "after" or as "before"."""

    def __init__(self, wanted: IncidentFilter) -> None:
        self.wanted = wanted
        self._known: dict[int, bool] = {}

    def __call__(self, version: _Version) -> bool:
        if version.incident is None:
            return False
        known = self._known.get(version.number)
        if known is None:
            known = matches(self.wanted, version.incident, version.words)
            self._known[version.number] = known
        return known


_Read = tuple[Change, tuple[LedgerIncident, ...], LedgerIncident | None, bool]


def _read_step(
    connection: Connection, taken: _Taken, row: Any, previous: Mapping[int, _Version]
) -> _Read | None:
    own, before = _version(row), previous.get(row.previous)
    change: Change | None = None
    earlier = [before] if before is not None and before.incident is not None else []
    if not earlier:
        change = Change.model_validate_json(row.change)
        if own.incident is not None and change.kind != "split":
            others = (_before(connection, other, row.number) for other in change.others)
            earlier = [o for o in others if o is not None and o.incident is not None]
    stays = taken(own)
    if not stays and not any(map(taken, earlier)):
        return None
    change = change or Change.model_validate_json(row.change)
    known = tuple(v.incident for v in earlier if v.incident is not None)
    return change, known, own.incident, not stays


def _before(connection: Connection, incident_id: str, number: int) -> _Version | None:
    """How an incident stood before a version of any incident."""
    rows = (
        select(*_VERSION)
        .where(_V.incident_id == incident_id, _V.number < number)
        .order_by(_V.number.desc())
        .limit(1)
    )
    row = connection.execute(rows).one_or_none()
    return None if row is None else _version(row)


def _load(connection: Connection, numbers: Sequence[int]) -> dict[int, _Version]:
    if not numbers:
        return {}
    rows = select(*_VERSION).where(among(connection, _V.number, numbers))
    return {row.number: _version(row) for row in connection.execute(rows)}


def _latest(connection: Connection, ids: set[str], end: int) -> dict[str, _Version]:
    newest = (
        select(func.max(_V.number))
        .where(among(connection, _V.incident_id, sorted(ids)), _V.number <= end)
        .group_by(_V.incident_id)
    )
    rows = select(*_VERSION).where(_V.number.in_(newest))
    return {row.incident_id: _version(row) for row in connection.execute(rows)} if ids else {}


def _version(row: Any) -> _Version:
    incident = None if row.body is None else LedgerIncident.model_validate_json(row.body)
    return _Version(row.number, incident, row.words or "", row.at)


@dataclass(frozen=True)
class LedgerMark:
    """Which ledger, and how far: hash of its first row, hash and time of its last.

    Empty words for an empty ledger.
    """

    first: str
    last: str
    at: str


def read_mark(connection: Connection) -> LedgerMark:
    """Which ledger this is, and where it ends."""
    head = connection.execute(select(LEDGER_HEAD)).one()
    first = connection.scalars(select(REPORTS.c.row_hash).order_by(REPORTS.c.seq).limit(1))
    found: Sequence[str] = first.all()
    return LedgerMark(found[0] if found else "", head.row_hash, head.stored_at if found else "")
