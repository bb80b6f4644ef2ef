"""Timeline: the dead and injured of a filter in bars of days, weeks, months or years.

Reads   sums by first and last day.
Writes  bars that follow each other without gaps, and what can be drawn in none.
Never   draws "in March" on the first of March: that shows where the bars are months.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from marsad.store.overview import DaySum

Step = Literal["day", "week", "month", "year"]
# A screen shows so many bars, each some pixels wide.
MOST_BARS = 180
_STEPS: tuple[tuple[Step, int], ...] = (("day", 1), ("week", 7), ("month", 30))
# "The night of the 3rd to the 4th" is drawn where it began.
NIGHT = timedelta(days=1)


@dataclass
class Toll:
    """Incidents with their documented minimum and the upper ends that are known."""

    incidents: int = 0
    killed: int = 0
    killed_high: int = 0
    injured: int = 0
    injured_high: int = 0

    def add(self, day: DaySum) -> None:
        """Count the incidents of a day in."""
        self.incidents += day.incidents
        self.killed += day.killed[0]
        self.killed_high += day.killed[1]
        self.injured += day.injured[0]
        self.injured_high += day.injured[1]


@dataclass(frozen=True)
class Bar:
    """What began and ended within these days, both included."""

    start: date
    end: date
    toll: Toll


@dataclass(frozen=True)
class Timeline:
    """`wide`: known only to a time longer than a bar. `undated`: no time is known."""

    step: Step
    bars: tuple[Bar, ...]
    wide: Toll
    undated: Toll


def make_timeline(
    days: Sequence[DaySum], since: date | None = None, until: date | None = None
) -> Timeline:
    """The timeline of a filter; `since` and `until` widen or cut it to the days asked for."""
    undated = Toll()
    dated: list[tuple[date, date, DaySum]] = []
    for day in days:
        if day.start is None or day.end is None:
            undated.add(day)
        else:
            dated.append((date.fromisoformat(day.start), date.fromisoformat(day.end), day))
    wide = Toll()
    span = _span(dated, since, until)
    if span is None:
        return Timeline("day", (), wide, undated)
    step = _choose_step(*span)
    bars = _empty_bars(*span, step)
    by_start = {bar.start: bar for bar in bars}
    for start, end, day in dated:
        bar = by_start.get(_begin(start, step))
        if bar is not None and (end <= bar.end or end - start <= NIGHT):
            bar.toll.add(day)
        else:
            wide.add(day)
    return Timeline(step, tuple(bars), wide, undated)


def _span(
    dated: Iterable[tuple[date, date, DaySum]], since: date | None, until: date | None
) -> tuple[date, date] | None:
    starts = [start for start, end, _ in dated]
    if not starts:
        return None
    first, last = max(min(starts), since or date.min), min(max(starts), until or date.max)
    # An incident that reaches into the days asked for may begin and end outside of them.
    return (min(first, last), max(first, last))


def _choose_step(first: date, last: date) -> Step:
    days = (last - first).days + 1
    for step, length in _STEPS:
        if days <= MOST_BARS * length:
            return step
    return "year"


def _begin(day: date, step: Step) -> date:
    match step:
        case "day":
            return day
        case "week":
            return date.fromordinal(max(1, day.toordinal() - day.weekday()))
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)


def _next(start: date, step: Step) -> date | None:
    """The first day of the next bar; None beyond the calendar."""
    try:
        match step:
            case "day":
                return start + timedelta(days=1)
            case "week":
                return start + timedelta(days=7)
            case "month":
                return (start + timedelta(days=31)).replace(day=1)
            case "year":
                return start.replace(year=start.year + 1)
    except (OverflowError, ValueError):
        return None


def _empty_bars(first: date, last: date, step: Step) -> list[Bar]:
    bars: list[Bar] = []
    start: date | None = _begin(first, step)
    while start is not None and start <= last:
        after = _next(start, step)
        bars.append(Bar(start, after - timedelta(days=1) if after else date.max, Toll()))
        start = after
    return bars
