"""Columns: what incidents are summed up by, in memory, kept in step with the account.

Reads   the tables of incidents: whole at first, then what has changed since.
Writes  nothing.
Never   answers from an account that is gone: each look compares all numbers with the tables.

A sum over a hundred thousand rows takes a database half a second, and a page needs ten of
them. Which incidents a filter takes is asked of the database (`filtering`) and of nothing
else; only their sums are made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, Text, cast, func, select

from marsad.records import IncidentFilter, Order, Outcome
from marsad.store.account_schema import ACCOUNT_STATE, INCIDENTS
from marsad.store.filtering import conditions
from marsad.store.loading import among

_I = INCIDENTS.c
OUTCOMES: tuple[Outcome, ...] = (
    "killed",
    "injured",
    "missing",
    "abducted",
    "detained",
    "displaced",
)
_TOLLS = tuple(f"{outcome}_{end}" for outcome in OUTCOMES for end in ("low", "best", "high"))
_READ = (
    _I.num,
    _I.changed_seq,
    _I.status,
    _I.event_type,
    _I.start_day,
    _I.end_day,
    _I.latitude,
    _I.longitude,
    _I.precision,
    _I.country,
    *(_I[name] for name in _TOLLS),
)
Numbers = NDArray[np.int64]
_LAST = 10**9
# So many changed incidents are read as fast with all others.
MANY = 20_000

DayKey = tuple[str | None, str | None]
PlaceKey = tuple[float | None, float | None, str | None, str | None]


@dataclass(frozen=True)
class AccountMark:
    """Rules, number of the building, and the ledger row built to: the same mark, the same sums."""

    rules: str | None
    building: int
    built_to: int

    def follows(self, older: AccountMark) -> bool:
        """Whether the older account only went on, and was not emptied and built anew."""
        same = (self.rules, self.building) == (older.rules, older.building)
        return same and self.built_to >= older.built_to


def read_mark(connection: Connection) -> AccountMark:
    """How far the account is built, and by which rules."""
    state = ACCOUNT_STATE.c
    row = connection.execute(select(state.rules, state.building, state.built_to)).one()
    return AccountMark(row.rules, row.building, row.built_to)


class _Codes:
    """Values by small numbers, which stay theirs: only ever added to."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def number(self, value: Any) -> int:
        """The value's number; a new one gets the next."""
        found = self._numbers.get(value)
        if found is None:
            found = self._numbers[value] = len(self.values)
            self.values.append(value)
        return found


@dataclass(frozen=True)
class Columns:
    """A row for each incident, in the order of `num`; never changed once made.

    `day`, `place` and `kind` are places in `days`, `points` and `kinds`, which may grow behind
    them. `tolls` has low, best and high of each outcome: -1 where nothing was told or, for
    high, where nothing bounds it.
    """

    mark: AccountMark
    num: Numbers
    changed: Numbers
    contested: Numbers
    day: Numbers
    place: Numbers
    kind: Numbers
    tolls: dict[str, Numbers]
    days: Sequence[DayKey]
    points: Sequence[PlaceKey]
    kinds: Sequence[str]

    def sort_key(self, order: Order) -> Numbers:
        """What the rows are sorted by, upwards; those that are level are sorted by id."""
        match order:
            case "date":
                return self._day_numbers(undated=_LAST)[self.day]
            case "-date":
                return -self._day_numbers(undated=-_LAST)[self.day]
            case "toll":
                # Nobody told of is 0 there.
                return -np.maximum(self.tolls["killed_best"], 0)
            case "changed":
                return -self.changed

    def _day_numbers(self, undated: int) -> Numbers:
        days = (int(start.replace("-", "")) if start else undated for start, _ in self.days)
        return _array(days)

    def rows_of(self, nums: Numbers) -> Numbers:
        """The rows of these incidents."""
        return np.searchsorted(self.num, np.sort(nums))  # sorted they are found ten times faster


class ColumnCache:
    """The columns of one database, as new as its account. Several threads may read it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._columns: Columns | None = None
        self._days, self._points, self._kinds = _Codes(), _Codes(), _Codes()

    def read(self, connection: Connection) -> Columns:
        """The columns as the account stands in this transaction."""
        mark = read_mark(connection)
        held = self._columns
        if held is not None and held.mark == mark:
            return held
        with self._lock:
            held = self._columns
            if held is None or held.mark != mark:
                newer = held is None or not held.mark.follows(mark)
                held = self._renew(connection, held, mark)
                # A reader whose transaction began earlier does not turn the account back.
                if newer:
                    self._columns = held
            return held

    def _renew(self, connection: Connection, held: Columns | None, mark: AccountMark) -> Columns:
        """What has not changed is kept; every number is compared with the tables."""
        if held is None or not mark.follows(held.mark):
            return self._read_rows(connection, mark, None)
        nums, changed = read_numbers(connection, select(_I.num, _I.changed_seq))
        order = np.argsort(nums)
        nums, changed = nums[order], changed[order]
        there = np.isin(held.num, nums, assume_unique=True)
        at = np.searchsorted(nums, held.num[there])
        same = held.changed[there] == changed[at]
        keep = np.flatnonzero(there)[same]
        fresh = np.setdiff1d(nums, held.num[keep], assume_unique=True)
        if len(fresh) > MANY:
            return self._read_rows(connection, mark, None)
        return _join(held, keep, self._read_rows(connection, mark, fresh))

    def _read_rows(
        self, connection: Connection, mark: AccountMark, nums: Numbers | None
    ) -> Columns:
        rows = select(*_READ).order_by(_I.num)
        if nums is not None:
            rows = rows.where(among(connection, _I.num, nums.tolist()))
        none = nums is not None and not len(nums)
        read = [] if none else connection.execute(rows).all()
        columns = list(zip(*read, strict=True)) if read else [()] * len(_READ)
        num, changed, status, kind, start, end, *place = columns[:10]
        tolls = (_array(-1 if v is None else v for v in column) for column in columns[10:])
        return Columns(
            mark=mark,
            num=_array(num),
            changed=_array(changed),
            contested=_array(word == "contested" for word in status),
            day=_array(map(self._days.number, zip(start, end, strict=True))),
            place=_array(map(self._points.number, zip(*place, strict=True))),
            kind=_array(map(self._kinds.number, kind)),
            tolls=dict(zip(_TOLLS, tolls, strict=True)),
            days=self._days.values,
            points=self._points.values,
            kinds=self._kinds.values,
        )


def _join(held: Columns, keep: Numbers, fresh: Columns) -> Columns:
    order = np.argsort(np.concatenate((held.num[keep], fresh.num)))

    def both(old: Numbers, new: Numbers) -> Numbers:
        return np.concatenate((old[keep], new))[order]

    return Columns(
        mark=fresh.mark,
        num=both(held.num, fresh.num),
        changed=both(held.changed, fresh.changed),
        contested=both(held.contested, fresh.contested),
        day=both(held.day, fresh.day),
        place=both(held.place, fresh.place),
        kind=both(held.kind, fresh.kind),
        tolls={name: both(held.tolls[name], fresh.tolls[name]) for name in _TOLLS},
        days=fresh.days,
        points=fresh.points,
        kinds=fresh.kinds,
    )


def _array(values: Iterable[Any]) -> Numbers:
    return np.fromiter(values, dtype=np.int64)


def find_nums(connection: Connection, wanted: IncidentFilter) -> Numbers:
    """The incidents that the filter takes, by number, in no order."""
    return read_numbers(connection, select(_I.num).where(*conditions(connection, wanted)))[0]


def read_numbers(connection: Connection, rows: Select[Any]) -> list[Numbers]:
    """Columns of whole numbers, each as one text: ten times faster than row by row."""
    inner = rows.subquery()
    if connection.dialect.name == "sqlite":
        columns = [func.group_concat(column) for column in inner.c]
    else:
        columns = [func.string_agg(cast(column, Text), ",") for column in inner.c]
    found = connection.execute(select(*columns)).one()
    return [np.fromstring(part or "", dtype=np.int64, sep=",") for part in found]
