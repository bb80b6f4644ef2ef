"""What a time expression means: its first and last day, and its role.

Reads   an `Expression`, and a `Frame` (publication day, last event told, tense around it).
Writes  nothing; returns a `Resolved` or None when the words cannot be dated.
Never   sees a Doc.

Rules, in short: a weekday is the last such day on or before publication, the publication's own
day included; with "last" never that day; "next", "this coming" and future tense look ahead. A
day without a year is the last one, or one close ahead (time_calendar.nearest_year). "early",
"mid" and "late" are thirds of a month and of a year.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from marsad.coding.times import calendar as cal
from marsad.coding.times.patterns import PART_NAMES, Expression
from marsad.coding.times.words import TimeRole, load_time_phrases, load_time_words

# Beyond this many days before publication a date is background: another story than today's.
BACKGROUND_DAYS = 30


@dataclass(frozen=True)
class Frame:
    """What dates are read against.

    `anchor` is the publication day, or None; `told` the last event day told so far in the text;
    `year` a day whose year stands in for a missing anchor; `tense` "past", "future" or None.
    `inverse`: `told` is the day of the main clause, and "a day after" dates what follows it.
    """

    anchor: date | None
    told: date | None
    year: date | None
    tense: str | None
    inverse: bool = False


@dataclass(frozen=True)
class Resolved:
    """First and last day, the role, and whether the role must stand as it is."""

    first: date
    last: date
    role: TimeRole | None = None
    weekday: int | None = None


def resolve(expression: Expression, frame: Frame) -> Resolved | None:
    """The days of `expression`, or None where `frame` does not say enough."""
    resolver = _RESOLVERS[expression.kind]
    return resolver(
        {key: " ".join(value.lower().split()) for key, value in expression.parts.items()}, frame
    )


def _weekday(parts: dict[str, str], frame: Frame) -> Resolved | None:
    if frame.anchor is None:
        return None
    words = load_time_words()
    name = parts["wd"]
    weekday = words.weekdays.get(name, words.short_weekdays.get(name, -1))
    mod, week = parts.get("mod", ""), parts.get("week", "")
    if week:
        monday, _ = cal.week_of(frame.anchor)
        offset = {"last": -7, "this": 0, "next": 7}[week.split()[0]]
        day = cal.shift(monday, offset + weekday)
    elif mod in {"next", "coming", "this coming"}:
        day = cal.next_weekday(frame.anchor, weekday, after=True)
        return Resolved(day, day, "deadline", weekday)
    elif mod == "the following":
        day = cal.next_weekday(frame.told or frame.anchor, weekday, after=True)
    elif mod in {"the previous", "the preceding"}:
        day = cal.latest_weekday(frame.told or frame.anchor, weekday, before=True)
    elif mod in {"last", "past", "this past"}:
        day = cal.latest_weekday(frame.anchor, weekday, before=True)
    elif frame.tense == "future":
        day = cal.next_weekday(frame.anchor, weekday)
        return Resolved(day, day, "deadline", weekday)
    else:
        day = cal.latest_weekday(frame.anchor, weekday)
    return Resolved(day, day, None, weekday)


def _monthday(parts: dict[str, str], frame: Frame) -> Resolved | None:
    """ "Tuesday the 14th": the last such day within half a year that fits."""
    if frame.anchor is None:
        return None
    weekday, number = load_time_words().weekdays[parts["wd"]], int(parts["d"])
    for back in range(7):
        month = cal.shift_months(frame.anchor.replace(day=1), -back)
        day = cal.make_date(month.year, month.month, number)
        if day and day <= frame.anchor and day.weekday() == weekday:
            return Resolved(day, day)
    return None


def _date(parts: dict[str, str], frame: Frame) -> Resolved | None:
    words = load_time_words()
    month = words.months.get(parts["mon"]) or words.short_months[parts["mon"]]
    digits = parts.get("y") or parts.get("yy")
    numbers = [int(parts[key]) for key in ("d0", "d", "d2") if key in parts]
    days: list[date] = []
    for number in numbers:
        if digits:
            day = cal.make_date(cal.full_year(digits, frame.anchor or frame.year), month, number)
        elif frame.anchor:
            day = cal.nearest_year(frame.anchor, month, number, None, frame.tense)
        elif frame.year:
            day = cal.make_date(frame.year.year, month, number)
        else:
            day = None
        if day is None:
            return None
        days.append(day)
    return Resolved(days[0], days[-1]) if days == sorted(days) else Resolved(days[0], days[0])


def _month(parts: dict[str, str], frame: Frame) -> Resolved | None:
    words = load_time_words()
    name = parts.get("mon") or parts["bare"]
    month = words.months.get(name) or words.short_months[name]
    part = _part(parts)
    if "y" in parts:
        return Resolved(*cal.month_of(int(parts["y"]), month, part))
    if frame.anchor is None:
        return Resolved(*cal.month_of(frame.year.year, month, part)) if frame.year else None
    before = parts.get("before", "")
    year = frame.anchor.year
    if before == "next" or (frame.tense == "future" and before != "last"):
        year += month < frame.anchor.month or (before == "next" and month == frame.anchor.month)
        return Resolved(*cal.month_of(year, month, part), "deadline")
    year -= cal.month_of(year, month, part)[0] > frame.anchor
    if before == "last" and month == frame.anchor.month and year == frame.anchor.year:
        year -= 1
    return Resolved(*cal.month_of(year, month, part))


def _season(parts: dict[str, str], frame: Frame) -> Resolved | None:
    month = load_time_words().seasons[parts["season"]]
    mod = parts.get("mod", "")
    part = mod if mod in {"early", "mid", "late"} else None
    if "y" in parts:
        return Resolved(*cal.season_of(int(parts["y"]), month, part))
    if frame.anchor is None:
        return None
    year = frame.anchor.year
    if mod == "next" or frame.tense == "future":
        year += cal.season_of(year, month)[1] < frame.anchor
        return Resolved(*cal.season_of(year, month, part), "deadline")
    year -= cal.season_of(year, month)[0] > frame.anchor
    first, last = cal.season_of(year, month, part)
    if mod in {"last", "previous", "this past"} and last >= frame.anchor:
        first, last = cal.season_of(year - 1, month, part)
    return Resolved(first, last)


def _iso(parts: dict[str, str], frame: Frame) -> Resolved | None:
    day = cal.make_date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
    return Resolved(day, day) if day else None


def _numeric(parts: dict[str, str], frame: Frame) -> Resolved | None:
    """Day/month/year or month/day/year, only where one reading is possible."""
    year, one, two = int(parts["y"]), int(parts["n1"]), int(parts["n2"])
    readings = {
        day for day in (cal.make_date(year, two, one), cal.make_date(year, one, two)) if day
    }
    day = readings.pop() if len(readings) == 1 else None
    return Resolved(day, day) if day else None


def _year(parts: dict[str, str], frame: Frame) -> Resolved | None:
    year = int(parts["y"])
    latest = frame.anchor or frame.year
    if latest is not None and year > latest.year + 15:
        return None
    role: TimeRole = "background"
    part = _part(parts)
    if part and frame.anchor and frame.anchor.year == year:
        return Resolved(*cal.year_of(year, part))
    if frame.anchor and year > frame.anchor.year:
        role = "deadline"
    return Resolved(*cal.year_of(year, part), role)


def _years(parts: dict[str, str], frame: Frame) -> Resolved | None:
    low, digits = int(parts["y"]), parts["y2"]
    high = int(digits) if len(digits) == 4 else low - low % 100 + int(digits)
    if high <= low:
        return None
    return Resolved(date(low, 1, 1), date(high, 12, 31), "background")


def _decade(parts: dict[str, str], frame: Frame) -> Resolved | None:
    year = int(parts["y"])
    return Resolved(date(year, 1, 1), date(year + 9, 12, 31), "background")


def _holiday(parts: dict[str, str], frame: Frame) -> Resolved | None:
    words = load_time_words()
    name = re.sub(r"['’]", "", parts["holiday"])
    rule = next(rule for key, rule in words.holidays.items() if key.replace("'", "") == name)
    if "y" in parts:
        day = cal.holiday(rule, int(parts["y"]))
        return Resolved(day, day)
    if frame.anchor is None:
        return None
    days = [cal.holiday(rule, frame.anchor.year + step) for step in (-1, 0, 1)]
    if parts.get("mod") == "next" or frame.tense == "future":
        day = next(day for day in days if day >= frame.anchor)
    else:
        day = [day for day in days if day <= frame.anchor][-1]
    return Resolved(day, day)


def _ago(parts: dict[str, str], frame: Frame) -> Resolved | None:
    if frame.anchor is None:
        return None
    ahead = parts["dir"] != "ago"
    if "half" in parts:
        first = cal.shift_months(frame.anchor, -60 if parts["half"] == "decade" else -600)
        return Resolved(*cal.year_of(first.year))
    weekday = load_time_words().weekdays.get(parts.get("wd", ""))
    first, last = _moved(frame.anchor, parts, 1 if ahead else -1)
    if weekday is not None and first == last:
        first = last = cal.latest_weekday(last, weekday)
    return Resolved(first, last, "deadline" if ahead else None)


def _told(parts: dict[str, str], frame: Frame) -> Resolved | None:
    if frame.told is None:
        return None
    back = parts["dir"] in {"earlier", "before", "prior", "previously"}
    first, last = _moved(frame.told, parts, -1 if back != frame.inverse else 1)
    return Resolved(first, last)


def _moved(day: date, parts: dict[str, str], sign: int) -> cal.Interval:
    """`day` moved by a number of units; vague or coarse counts give an interval."""
    words = load_time_words()
    unit = parts.get("unit") or parts["units"]
    unit = {"centurie": "century", "second": "minute", "moment": "minute"}.get(unit, unit)
    low, high = _count(parts.get("n", "several"))
    if unit in words.unit_days:
        size = words.unit_days[unit]
        ends = sorted((cal.shift(day, sign * low * size), cal.shift(day, sign * high * size)))
        # "three weeks ago" is said of a day some days around: a week's interval.
        slack = 3 if size >= 7 else 0
        return cal.shift(ends[0], -slack), cal.shift(ends[1], slack)
    size = words.unit_months[unit]
    ends = sorted(
        (cal.shift_months(day, sign * low * size), cal.shift_months(day, sign * high * size))
    )
    if size == 1:
        return cal.month_of(ends[0].year, ends[0].month)[0], cal.month_of(
            ends[1].year, ends[1].month
        )[1]
    return cal.year_of(ends[0].year)[0], cal.year_of(ends[1].year)[1]


def _count(text: str) -> tuple[int, int]:
    words = load_time_words()
    text = text.replace("-", " ")
    if text in words.vague:
        return words.vague[text]
    total = 0
    for word in text.split():
        total += int(word) if word.isdigit() else words.numbers.get(word, 0)
    return (total or 1, total or 1)


def _period(parts: dict[str, str], frame: Frame) -> Resolved | None:
    if frame.anchor is None:
        return None
    if parts["dir"] in {"coming", "next"}:
        return Resolved(frame.anchor, _moved(frame.anchor, parts, 1)[1], "deadline")
    first = _moved(frame.anchor, parts, -1)[0]
    if parts["unit"] == "hour":
        hours = _count(parts["n"])[1]
        first = cal.shift(frame.anchor, -max(1, -(-hours // 24)))
    short = (frame.anchor - first).days <= 7
    return Resolved(first, frame.anchor, None if short else "background")


def _phrase(parts: dict[str, str], frame: Frame) -> Resolved | None:
    phrase = load_time_phrases()[parts["phrase"]]
    if phrase.unit == "told":
        if frame.told is None:
            return None
        sign = -1 if frame.inverse and parts["phrase"].endswith(("after", "before")) else 1
        return Resolved(
            cal.shift(frame.told, sign * phrase.low), cal.shift(frame.told, sign * phrase.high)
        )
    anchor = frame.anchor
    if anchor is None:
        return None
    if phrase.unit in {"day", "past"}:
        first, last = cal.shift(anchor, phrase.low), cal.shift(anchor, phrase.high)
    elif phrase.unit in {"week", "weekend"}:
        span = cal.week_of if phrase.unit == "week" else cal.weekend_before
        first, last = span(cal.shift(anchor, 7 * phrase.low))
        if phrase.unit == "weekend" and phrase.role == "deadline":
            first = cal.next_weekday(anchor, 5, after=True)
            last = cal.shift(first, 1)
    elif phrase.unit == "month":
        month = cal.shift_months(anchor.replace(day=1), phrase.low)
        first, last = cal.month_of(month.year, month.month, _part(parts) or _part_word(parts))
    else:
        first, last = cal.year_of(anchor.year + phrase.low, _part(parts) or _part_word(parts))
    if phrase.role != "deadline":
        last = min(last, anchor)
    if last < first:
        return None
    return Resolved(first, last, phrase.role)


def _part(parts: dict[str, str]) -> str | None:
    """early, mid, late, 1st or 2nd (half) from the words "the end of", "mid" ..."""
    words = parts.get("part")
    if words is None:
        return None
    if "half" in words:
        return "1st" if "first" in words else "2nd"
    for word in words.split():
        if word in PART_NAMES:
            return PART_NAMES[word]
    return words if words in {"early", "mid", "late"} else None


def _part_word(parts: dict[str, str]) -> str | None:
    """The "late" of "late last month"."""
    word = parts["phrase"].split()[0]
    return word if word in {"early", "late"} else None


_RESOLVERS: dict[str, Callable[[dict[str, str], Frame], Resolved | None]] = {
    "weekday": _weekday,
    "monthday": _monthday,
    "date": _date,
    "month": _month,
    "season": _season,
    "iso": _iso,
    "numeric": _numeric,
    "year": _year,
    "years": _years,
    "decade": _decade,
    "holiday": _holiday,
    "ago": _ago,
    "told": _told,
    "period": _period,
    "phrase": _phrase,
}
