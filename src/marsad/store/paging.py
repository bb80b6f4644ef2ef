"""Paging: a filter's incidents, a page behind the last, each exactly once.

Reads   the account's tables, as they stand now.
Writes  nothing.
Never   counts rows to find where it left off: it goes on behind the last incident that it
        gave, so that one which comes or goes meanwhile shifts no other out of sight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from marsad.records import IncidentFilter, LedgerIncident, Order
from marsad.store.account_schema import INCIDENTS
from marsad.store.database import Database
from marsad.store.filtering import conditions, order_by
from marsad.store.loading import among
from marsad.store.queries import load_incidents

_I = INCIDENTS.c
# What `order_by` sorts by before the id, and whether the greater comes first.
_KEYS: dict[Order, tuple[tuple[ColumnElement[Any], ...], bool]] = {
    "date": ((_I.rising,), False),
    "-date": ((_I.falling,), True),
    "toll": ((_I.killed, _I.injured), True),
    "changed": ((_I.changed_seq,), True),
}
_MOST = 2**62


@dataclass(frozen=True)
class PageEnd:
    """Where a page ends: what its last incident is sorted by, and its id."""

    keys: tuple[str | int, ...]
    incident: str

    def fits(self, order: Order) -> bool:
        """Whether a page in this order can have ended so."""
        wanted = str if order in ("date", "-date") else int
        return (
            len(self.keys) == len(_KEYS[order][0])
            and all(type(key) is wanted for key in self.keys)
            and all(isinstance(key, str) or 0 <= key < _MOST for key in self.keys)
        )


def page_incidents(
    database: Database,
    wanted: IncidentFilter,
    limit: int,
    after: PageEnd | None = None,
    *,
    only: Sequence[int] | None = None,
) -> tuple[list[LedgerIncident], PageEnd | None]:
    """At most `limit` incidents behind `after`, in the filter's order; where they end.

    The end is None where nothing follows. The filter's offset counts for the first page
    only, its limit not at all. `only` are the numbers of those that may be told of.
    """
    keys, _ = _KEYS[wanted.order]
    rows = select(_I.num, _I.incident_id, *(k.label(f"key{n}") for n, k in enumerate(keys)))
    with database.reading() as connection:
        rows = rows.where(*conditions(connection, wanted)).order_by(*order_by(wanted))
        if only is not None:
            rows = rows.where(among(connection, _I.num, only))
        if after is None:
            rows = rows.offset(wanted.offset or None)
        else:
            rows = rows.where(_behind(wanted.order, after))
        found = connection.execute(rows.limit(limit + 1)).all()
        page = found[:limit]
        incidents = load_incidents(connection, [row.num for row in page])
    if len(found) <= limit:
        return incidents, None
    last = page[-1]
    return incidents, PageEnd(tuple(last[2:]), last.incident_id)


def _behind(order: Order, end: PageEnd) -> ColumnElement[bool]:
    """That a row comes behind the end: by its keys in their order, then by its id."""
    keys, is_falling = _KEYS[order]
    same: list[ColumnElement[bool]] = []
    ways: list[ColumnElement[bool]] = []
    for column, value in zip(keys, end.keys, strict=True):
        ways.append(and_(*same, column < value if is_falling else column > value))
        same.append(column == value)
    ways.append(and_(*same, _I.incident_id > end.incident))
    return or_(*ways)
