"""Overview: what a filter takes, summed up by day, by place and in all.

Reads   the incidents that the filter takes, and the columns that they are summed by.
Writes  nothing.
Never   loses an incident: the days, the places and the whole have the same number of them.

Sums are those of the default policy. `low` is the documented minimum; `high` adds the
upper ends that are known, and `open_above` says how many incidents have none.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np

from marsad.records import IncidentFilter, Outcome
from marsad.store.columns import (
    OUTCOMES,
    AccountMark,
    ColumnCache,
    Columns,
    Numbers,
    find_nums,
)
from marsad.store.database import Database

# What the timeline and the map tell of; the totals tell of all outcomes.
DRAWN: tuple[Outcome, ...] = ("killed", "injured")
KEPT_OVERVIEWS = 64


@dataclass(frozen=True)
class Sum:
    """An outcome over many incidents. `contested` is the part of `low` that is contested."""

    incidents: int
    low: int
    best: int
    high: int
    open_above: int
    contested: int


@dataclass(frozen=True)
class DaySum:
    """Incidents of one first and last day, ISO 8601; None: undated. Tolls are (low, high)."""

    start: str | None
    end: str | None
    incidents: int
    killed: tuple[int, int]
    injured: tuple[int, int]


@dataclass(frozen=True)
class PlaceSum:
    """Incidents of one point, as precisely as it is known, with the documented minimum.

    Without coordinates `latitude` and `longitude` are None; then `country` may be known.
    """

    latitude: float | None
    longitude: float | None
    precision: str | None
    country: str | None
    incidents: int
    contested: int
    killed: int
    injured: int


class Overview:
    """The sums of one filter; each is made when it is first asked for."""

    def __init__(self, columns: Columns, rows: Numbers) -> None:
        self._columns = columns
        self._rows = rows

    @property
    def mark(self) -> AccountMark:
        """The account that it was made from."""
        return self._columns.mark

    @property
    def incidents(self) -> int:
        """How many the filter takes."""
        return len(self._rows)

    @cached_property
    def contested(self) -> int:
        """How many of them are contested."""
        return int(self._columns.contested[self._rows].sum())

    @cached_property
    def totals(self) -> dict[Outcome, Sum]:
        """Each outcome's total; those that nobody gives a number of are left out."""
        found: dict[Outcome, Sum] = {}
        doubted = self._columns.contested[self._rows].astype(bool)
        for outcome in OUTCOMES:
            low, best, high = (self._toll(outcome, end) for end in ("low", "best", "high"))
            told = best >= 0
            if told.any():
                bounded = told & (high >= 0)
                found[outcome] = Sum(
                    incidents=int(told.sum()),
                    low=int(low[told].sum()),
                    best=int(best[told].sum()),
                    high=int(np.where(bounded, high, best)[told].sum()),
                    open_above=int((told & ~bounded).sum()),
                    contested=int(low[told & doubted].sum()),
                )
        return found

    @cached_property
    def days(self) -> list[DaySum]:
        """By first and last day, the first day first, undated last."""
        columns = self._columns
        count = _Counter(columns.day[self._rows])
        tolls: list[list[int]] = []
        for outcome in DRAWN:
            low, best, high = (self._toll(outcome, end) for end in ("low", "best", "high"))
            tolls.append(count.sum(np.maximum(low, 0)))
            tolls.append(count.sum(np.maximum(np.where(high >= 0, high, best), 0)))
        keys = [columns.days[code] for code in count.codes]
        rows = zip(keys, count.numbers, *tolls, strict=True)
        found = [DaySum(key[0], key[1], n, (a, b), (c, d)) for key, n, a, b, c, d in rows]
        return sorted(found, key=lambda day: (day.start or "~", day.end or "~"))

    @cached_property
    def places(self) -> list[PlaceSum]:
        """By point and precision."""
        columns = self._columns
        count = _Counter(columns.place[self._rows])
        sums = (
            count.sum(columns.contested[self._rows]),
            *(count.sum(np.maximum(self._toll(outcome, "low"), 0)) for outcome in DRAWN),
        )
        keys = [columns.points[code] for code in count.codes]
        rows = zip(keys, count.numbers, *sums, strict=True)
        return [PlaceSum(*key, *numbers) for key, *numbers in rows]

    def _toll(self, outcome: Outcome, end: str) -> Numbers:
        return self._columns.tolls[f"{outcome}_{end}"][self._rows]


class _Counter:
    """How often each code comes, and sums over the rows of each."""

    def __init__(self, codes: Numbers) -> None:
        self._codes = codes
        numbers = np.bincount(codes)
        present = np.flatnonzero(numbers)
        self._present = present
        self.codes: list[int] = present.tolist()
        self.numbers: list[int] = numbers[present].tolist()

    def sum(self, values: Numbers) -> list[int]:
        """The sum of the values of each code's rows. Exact up to 2**53."""
        if not self.codes:
            return []
        sums = np.bincount(self._codes, weights=values.astype(np.float64))
        found: list[int] = sums[self._present].astype(np.int64).tolist()
        return found


class OverviewCache:
    """The overviews that were asked for last, as long as the account stands as it was."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._columns = ColumnCache()
        self._lock = Lock()
        self._kept: OrderedDict[IncidentFilter, Overview] = OrderedDict()

    def read(self, wanted: IncidentFilter) -> Overview:
        """The overview of a filter; its order, limit and offset do not count."""
        asked = wanted.model_copy(update={"order": "-date", "limit": None, "offset": 0})
        with self._database.reading() as connection:
            columns = self._columns.read(connection)
            with self._lock:
                held = self._kept.get(asked)
                if held is not None and held.mark == columns.mark:
                    self._kept.move_to_end(asked)
                    return held
            overview = Overview(columns, columns.rows_of(find_nums(connection, asked)))
        with self._lock:
            self._kept[asked] = overview
            self._kept.move_to_end(asked)
            while len(self._kept) > KEPT_OVERVIEWS:
                self._kept.popitem(last=False)
        return overview
