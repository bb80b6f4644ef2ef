"""Overview: what a filter takes, summed up by day, by place and in all.

Reads   the incidents that the filter takes, and the columns that they are summed by.
Writes  nothing.
Never   loses an incident: the days, the places and the whole have the same number of them.

Sums are those of the default policy. `low` is the documented minimum; `high` adds the
upper ends that are known, and `open_above` says how many incidents have none.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, or_, select

from marsad.records import EventType, IncidentFilter, LedgerIncident, Order, Outcome
from marsad.store.account_schema import INCIDENTS, TELLINGS
from marsad.store.area import EXACT
from marsad.store.columns import (
    OUTCOMES,
    AccountMark,
    ColumnCache,
    Columns,
    Numbers,
    find_nums,
)
from marsad.store.database import Database
from marsad.store.entries import PERSON_HASH
from marsad.store.loading import among
from marsad.store.queries import list_among, list_incidents, load_incidents
from marsad.store.schema import CLAIMS, CODING_RUNS, REPORTS

# What the timeline and the map tell of; the totals tell of all outcomes.
DRAWN: tuple[Outcome, ...] = ("killed", "injured")
KEPT_OVERVIEWS = 64
# More than these the database finds and sorts as fast by itself.
MOST_CANDIDATES = 4000


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


@dataclass(frozen=True)
class Veil:
    """What is made vague: incidents of these kinds, or told of in a report with a claim of one.

    Their points are told to `degrees` only, and they are not found by a place or area.
    """

    kinds: frozenset[EventType]
    degrees: float


class Overview:
    """The sums of one filter; each is made when it is first asked for."""

    def __init__(
        self,
        columns: Columns,
        rows: Numbers,
        veil: Veil | None = None,
        veiled: Numbers | None = None,
    ) -> None:
        """`veiled` are numbers of incidents that the veil hides though their kind does not say."""
        self._columns = columns
        self._rows = rows
        self._veil = veil
        self._veiled = veiled

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
    def countries(self) -> set[str]:
        """The ISO codes of the countries that they lie in."""
        codes = np.flatnonzero(np.bincount(self._columns.place[self._rows]))
        found = (self._columns.points[code][3] for code in codes.tolist())
        return {country for country in found if country}

    @cached_property
    def places(self) -> list[PlaceSum]:
        """By point and precision; what is veiled as a district's, in the middle of a cell."""
        if self._veil is None:
            return list(self._sum_places(self._rows))
        hidden = self._is_veiled(self._veil)
        clear = self._sum_places(self._rows[~hidden])
        vague = self._sum_places(self._rows[hidden])
        return [*clear, *(_make_vague(place, self._veil.degrees) for place in vague)]

    @property
    def nums(self) -> Numbers:
        """The numbers of the incidents, in no order."""
        return self._columns.num[self._rows]

    def without_veiled(self) -> Overview:
        """The sums of what no veil hides."""
        if self._veil is None:
            return self
        left = self._rows[~self._is_veiled(self._veil)]
        return Overview(self._columns, left, self._veil, self._veiled)

    def first(self, order: Order, count: int) -> Numbers | None:
        """The numbers of the first `count` in an order, and of all that are level with the last.

        None where these are so many that the database is as fast.
        """
        rows = self._rows
        if len(rows) > count:
            key = self._columns.sort_key(order)[rows]
            last = np.partition(key, count - 1)[count - 1]
            rows = rows[key <= last]
        return self._columns.num[rows] if len(rows) <= MOST_CANDIDATES else None

    def nums_at(self, place: tuple[float, float, str], most: int) -> list[int]:
        """The numbers of at most so many incidents at a point of this precision.

        The deadliest first. None of what is veiled.
        """
        columns = self._columns
        codes = [c for c, key in enumerate(columns.points) if key[:3] == place]
        chosen = np.isin(columns.place[self._rows], codes)
        if self._veil is not None:
            chosen &= ~self._is_veiled(self._veil)
        rows = self._rows[chosen]
        order = np.argsort(-columns.tolls["killed_best"][rows], kind="stable")
        nums: list[int] = columns.num[rows[order[:most]]].tolist()
        return nums

    def _is_veiled(self, veil: Veil) -> NDArray[np.bool_]:
        columns = self._columns
        codes = [c for c, kind in enumerate(columns.kinds) if kind in veil.kinds]
        hidden = np.isin(columns.kind[self._rows], codes)
        if self._veiled is not None:
            hidden |= np.isin(columns.num[self._rows], self._veiled)
        return hidden

    def _sum_places(self, rows: Numbers) -> Iterator[PlaceSum]:
        columns = self._columns
        count = _Counter(columns.place[rows])
        sums = (
            count.sum(columns.contested[rows]),
            *(count.sum(np.maximum(columns.tolls[f"{o}_low"][rows], 0)) for o in DRAWN),
        )
        keys = [columns.points[code] for code in count.codes]
        for key, *numbers in zip(keys, count.numbers, *sums, strict=True):
            yield PlaceSum(*key, *numbers)

    def _toll(self, outcome: Outcome, end: str) -> Numbers:
        return self._columns.tolls[f"{outcome}_{end}"][self._rows]


def _make_vague(place: PlaceSum, degrees: float) -> PlaceSum:
    if place.latitude is None or place.longitude is None or place.precision not in EXACT:
        return place
    latitude, longitude = (
        round((math.floor(side / degrees) + 0.5) * degrees, 4)
        for side in (place.latitude, place.longitude)
    )
    return replace(place, latitude=latitude, longitude=longitude, precision="district")


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
        self._kept: OrderedDict[tuple[IncidentFilter, Veil | None], Overview] = OrderedDict()
        self._veiled_runs = VeiledRuns()

    def read(self, wanted: IncidentFilter, veil: Veil | None = None) -> Overview:
        """The overview of a filter; its order, limit and offset do not count."""
        asked = wanted.model_copy(update={"order": "-date", "limit": None, "offset": 0})
        key = (asked, veil)
        with self._database.reading() as connection:
            columns = self._columns.read(connection)
            with self._lock:
                held = self._kept.get(key)
                if held is not None and held.mark == columns.mark:
                    self._kept.move_to_end(key)
                    return held
            rows = columns.rows_of(find_nums(connection, asked))
            veiled = None if veil is None else self._veiled_runs.nums(connection, veil.kinds)
        overview = Overview(columns, rows, veil, veiled)
        if veil is not None and _asks_where(asked):
            overview = overview.without_veiled()
        with self._lock:
            self._kept[key] = overview
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT_OVERVIEWS:
                self._kept.popitem(last=False)
        return overview

    def page(self, wanted: IncidentFilter, veil: Veil | None = None) -> list[LedgerIncident]:
        """The filter's incidents in its order, from its offset on, up to its limit.

        The same as the ledger's, but without asking the database again what it takes.
        """
        overview = self.read(wanted, veil)
        count = wanted.offset + wanted.limit if wanted.limit else 0
        nums = overview.first(wanted.order, count) if count else None
        if nums is None and veil is not None:
            nums = overview.nums
        with self._database.reading() as connection:
            if nums is None:
                return list(list_incidents(connection, wanted))
            return list_among(connection, wanted, nums.tolist())

    def incidents_at(
        self, wanted: IncidentFilter, place: tuple[float, float, str], most: int, veil: Veil | None
    ) -> list[LedgerIncident]:
        """At most so many of the filter's incidents at a point, the deadliest first."""
        nums = self.read(wanted, veil).nums_at(place, most)
        with self._database.reading() as connection:
            return load_incidents(connection, nums)


def _asks_where(wanted: IncidentFilter) -> bool:
    return bool(wanted.box or wanted.near or wanted.polygon or wanted.place)


class VeiledRuns:
    """The readings that hold a claim of a kind: claims stay, so only new ones are looked at.

    A claim that a person added is a reading of its own, beside that of the coder which tells of
    the incident: there all that the report tells of is meant.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._runs: set[int] = set()
        self._reports: set[str] = set()
        self._looked_to = 0
        self._kinds: frozenset[str] = frozenset()

    def nums(self, connection: Connection, kinds: frozenset[EventType]) -> Numbers:
        """The numbers of incidents told of in such a reading: rather too many than too few."""
        with self._lock:
            if kinds != self._kinds:
                self._runs, self._reports, self._looked_to, self._kinds = set(), set(), 0, kinds
            self._look(connection)
            runs, reports = sorted(self._runs), sorted(self._reports)
        if not runs and not reports:
            return np.empty(0, dtype=np.int64)
        told = select(TELLINGS.c.incident_id).where(
            or_(
                among(connection, TELLINGS.c.run_seq, runs),
                among(connection, TELLINGS.c.report_id, reports),
            )
        )
        rows = select(INCIDENTS.c.num).where(INCIDENTS.c.incident_id.in_(told))
        return np.fromiter(connection.scalars(rows), dtype=np.int64)

    def _look(self, connection: Connection) -> None:
        end = connection.scalar(select(func.max(CLAIMS.c.seq))) or 0
        says = or_(
            *(CLAIMS.c.body.contains(f'"event_type":"{k}"', autoescape=True) for k in self._kinds)
        )
        new = CLAIMS.c.seq > self._looked_to
        rows = select(CLAIMS.c.run_seq).where(new, says).distinct()
        self._runs.update(connection.scalars(rows))
        added = select(REPORTS.c.report_id).join_from(CLAIMS, CODING_RUNS).join(REPORTS)
        by_persons = CODING_RUNS.c.config_hash == PERSON_HASH
        self._reports.update(connection.scalars(added.where(new, says, by_persons).distinct()))
        self._looked_to = end
