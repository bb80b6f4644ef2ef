"""Calendar arithmetic for time expressions: pure functions over dates.

Never   sees a word, a Doc or a clock.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal

Interval = tuple[date, date]
Precision = Literal["day", "week", "month", "season", "year"]

# The widest interval, in days, of each precision. "Overnight" is two days and still a day's
# precision; "late November" is ten and reads as a week; a season has up to 92.
WIDTHS: tuple[tuple[int, Precision], ...] = (
    (2, "day"),
    (14, "week"),
    (62, "month"),
    (124, "season"),
)
# A date in the coming weeks is taken to lie ahead when nothing says that it is past; one further
# off is last year's: news seldom gives a bare day that is more than six weeks away.
AHEAD_DAYS = 45
MIN_YEAR, MAX_YEAR = 1900, 2100


def precision_of(first: date, last: date) -> Precision:
    """The precision that the width of the interval amounts to (table `WIDTHS`)."""
    width = (last - first).days + 1
    for most, precision in WIDTHS:
        if width <= most:
            return precision
    return "year"


def shift(day: date, days: int) -> date:
    """`day` plus `days`, held inside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def shift_months(day: date, months: int) -> date:
    """The same day of the month `months` away, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if months < 0 else date.max
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def latest_weekday(anchor: date, weekday: int, *, before: bool = False) -> date:
    """The last such weekday (Monday 0) on or before `anchor`; with `before`, never the same day."""
    back = (anchor.weekday() - weekday) % 7
    return shift(anchor, -(back or 7) if before else -back)


def next_weekday(anchor: date, weekday: int, *, after: bool = False) -> date:
    """The first such weekday on or after `anchor`; with `after`, never the day itself."""
    ahead = (weekday - anchor.weekday()) % 7
    return shift(anchor, (ahead or 7) if after else ahead)


def week_of(day: date) -> Interval:
    """Monday to Sunday around `day`."""
    monday = shift(day, -day.weekday())
    return monday, shift(monday, 6)


def weekend_before(day: date) -> Interval:
    """The Saturday and Sunday on or last before `day`."""
    saturday = latest_weekday(day, 5)
    return saturday, shift(saturday, 1)


def month_of(year: int, month: int, part: str | None = None) -> Interval:
    """The days of a month, or of its early (1-10), mid (11-20) or late (21-end) part."""
    end = calendar.monthrange(year, month)[1]
    spans = {"early": (1, 10), "mid": (11, 20), "late": (21, end), "1st": (1, 15), "2nd": (16, end)}
    low, high = spans.get(part or "", (1, end))
    return date(year, month, low), date(year, month, high)


def season_of(year: int, first_month: int, part: str | None = None) -> Interval:
    """Three months from `first_month` of `year`, or the early, mid or late one of them."""
    offset = {"early": (0, 0), "mid": (1, 1), "late": (2, 2)}.get(part or "", (0, 2))
    start = date(year, first_month, 1)
    low, high = shift_months(start, offset[0]), shift_months(start, offset[1])
    return low, month_of(high.year, high.month)[1]


def year_of(year: int, part: str | None = None) -> Interval:
    """The days of a year, or of its first (early), middle or last (late) four months."""
    months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "1st": (1, 6), "2nd": (7, 12)}
    low, high = months.get(part or "", (1, 12))
    return date(year, low, 1), month_of(year, high)[1]


def easter(year: int) -> date:
    """Western Easter Sunday (anonymous Gregorian algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Orthodox Easter Sunday in the Gregorian calendar (Meeus), right for 1900 to 2099."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return shift(date(year, month, day + 1), 13)


def holiday(rule: str, year: int) -> date:
    """The day of a holiday rule of time_words.toml in `year`."""
    kind, *rest = rule.split(":")
    if kind == "easter":
        return shift(easter(year), int(rest[0]))
    if kind == "orthodox":
        return shift(orthodox_easter(year), int(rest[0]))
    if kind == "nth":
        month, weekday, nth = (int(part) for part in rest)
        first, last = month_of(year, month)
        if nth < 0:
            return latest_weekday(last, weekday)
        return shift(next_weekday(first, weekday), 7 * (nth - 1))
    return date(year, int(rule[:2]), int(rule[3:]))


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none (30 February) or the year is absurd."""
    if not MIN_YEAR <= year <= MAX_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest_year(
    anchor: date, month: int, day: int, weekday: int | None, tense: str | None
) -> date | None:
    """The date of a day and month whose year is not given.

    `tense` "past" takes the last one up to the day after `anchor` (reports are dated in other
    time zones than events), "future" the next one, None the next one if it is near
    (`AHEAD_DAYS`) and else the last. A weekday named beside the date overrules all: only years
    in which it fits are taken, if there is one.
    """
    days = [make_date(anchor.year + step, month, day) for step in (-1, 0, 1)]
    found = [day for day in days if day is not None]
    fitting = [day for day in found if day.weekday() == weekday]
    if fitting:
        return min(fitting, key=lambda day: abs((day - anchor).days))
    past = [day for day in found if day <= shift(anchor, 1)]
    ahead = [day for day in found if day >= anchor]
    if tense == "future" and ahead:
        return ahead[0]
    near = [day for day in ahead if (day - anchor).days <= AHEAD_DAYS]
    if tense is None and near:
        return near[0]
    return past[-1] if past else (found[-1] if found else None)


def full_year(digits: str, anchor: date | None) -> int:
    """A year of four digits, or of two in the century that brings it nearest to `anchor`."""
    year = int(digits)
    if len(digits) > 2:
        return year
    if anchor is None:
        return year + (1900 if year >= 50 else 2000)
    return min((year + 1900, year + 2000), key=lambda full: abs(full - anchor.year))
