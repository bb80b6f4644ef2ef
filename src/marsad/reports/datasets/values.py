"""Values: days, numbers of people and coordinates as people write them in cells.

Reads   the text of a cell.
Writes  a value, or None for an empty cell.
Never   guesses: what can be read in two ways is refused, with the way out.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta

from marsad.records import Outcome, TimePrecision, When
from marsad.reports.datasets.row import Number
from marsad.reports.dates import find_date, parse_published, read_month

# How tables write that nothing is known. Zero is not among them.
NO_VALUE = frozenset(
    {"", "na", "n/a", "nan", "nat", "null", "none", "-", "--", "?", "unknown", "not known"}
)
MAX_PEOPLE = 100_000_000
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_NUMBER = r"\d{1,3}(?:[,. '\u00a0\u202f]\d{3})+|\d+"
_COUNT = re.compile(
    rf"(?P<about>~|≈|about |around |approximately |approx\.? |c(?:a|irca)?\.? )?"
    rf"(?P<least>(?:at least|min\.?|minimum|≥|>=) ?)?(?P<most>(?:up to|at most|max\.?|≤|<=) ?)?"
    rf"(?P<low>{_NUMBER})(?:\.0+)?"
    rf"(?:\s?(?:-|–|—|to)\s?(?P<high>{_NUMBER})(?:\.0+)?|(?P<open>\s?\+| or more))?",
    re.IGNORECASE,
)
# What may stand beside a day in its cell: a weekday, a clock time, a zone.
_BESIDE_DAY = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
    r"|\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?|am|pm|[+-]\d\d:?\d\d|[tz]|utc|gmt|[\s,.()])*",
    re.IGNORECASE,
)
_WEEK_DAYS, _MONTH_DAYS, _SEASON_DAYS = 8, 31, 100


def clean(text: str) -> str:
    """A cell's text on one line, without control characters and halves of surrogate pairs."""
    return _SPACES.sub(" ", _CONTROLS.sub(" ", text)).strip()


def has_value(cell: str | None) -> bool:
    """Whether a cell says anything."""
    return cell is not None and cell.strip().casefold() not in NO_VALUE


def read_span(cell: str, day_first: bool | None) -> tuple[date, date, TimePrecision]:
    """The first and last day that a cell names: a day, a month or a year.

    Raises:
        ValueError: it names none for certain.
    """
    text = cell.strip()
    if re.fullmatch(r"\d{4}", text):
        return date(int(text), 1, 1), date(int(text), 12, 31), "year"
    month = _read_month(text)
    if month is not None:
        last = calendar.monthrange(*month)[1]
        return date(*month, 1), date(*month, last), "month"
    found = find_date(text, day_first=day_first) if len(text) <= 80 else None
    beside = text[: found.start] + " " + text[found.end :] if found else ""
    if found is None or not _BESIDE_DAY.fullmatch(beside):
        exact = parse_published(text, day_first=day_first) if "T" in text else None
        if exact is None:
            raise ValueError(_no_day(text))
        day = exact
    else:
        day = found.value
    plain = day.date() if isinstance(day, datetime) else day
    return plain, plain, "day"


def _read_month(text: str) -> tuple[int, int] | None:
    found = re.fullmatch(r"(\d{4})-(\d{1,2})|([A-Za-z]{3,9})\.? (\d{4})", text)
    if not found:
        return None
    year = int(found[1] or found[4])
    number = int(found[2]) if found[2] else read_month(found[3])
    return (year, number) if number is not None and 1 <= number <= 12 and year > 0 else None


def _no_day(text: str) -> str:
    shown = text if len(text) <= 40 else f"{text[:39]}…"
    if re.match(r"\d{1,2}[/-]\d{1,2}[/-]\d{4}", text):
        return (
            f"{shown!r} is no day of the calendar, or can be read in two ways. Write "
            f"YYYY-MM-DD, or say --day-first or --month-first."
        )
    return f"{shown!r} is no day. Write YYYY-MM-DD, or leave the cell empty."


def make_when(start: date, end: date, precision: TimePrecision | None) -> When:
    """The interval; of no said precision, that of its length.

    Raises:
        ValueError: it ends before it starts.
    """
    if end < start:
        raise ValueError(f"it ends ({end}) before it starts ({start}).")
    days = (end - start).days + 1
    by_length: TimePrecision = (
        "day"
        if days == 1
        else "week"
        if days <= _WEEK_DAYS
        else "month"
        if days <= _MONTH_DAYS
        else "season"
        if days <= _SEASON_DAYS
        else "year"
    )
    return When(start=start, end=end, precision=precision or by_length)


def widen(day: date, code: int) -> When:
    """ACLED's day with its time_precision: 1 the day, 2 about a week, 3 about a month."""
    if code == 1:
        return When(start=day, end=day, precision="day")
    if code == 2:
        reach = timedelta(days=3)
        return When(start=day - reach, end=day + reach, precision="week")
    last = calendar.monthrange(day.year, day.month)[1]
    return When(start=day.replace(day=1), end=day.replace(day=last), precision="month")


def read_number(cell: str, outcome: Outcome, group: str | None = None) -> Number:
    """A number of people: "14", "14+", "5-7", "about 10", "at least 3".

    Raises:
        ValueError: it is no number of people.
    """
    found = _COUNT.fullmatch(cell.strip())
    if not found:
        shown = cell if len(cell) <= 40 else f"{cell[:39]}…"
        raise ValueError(
            f"{shown!r} is no number of people. Write 14, 14+, 5-7 or about 10; empty is unknown."
        )
    low = _whole(found["low"])
    high = _whole(found["high"]) if found["high"] else low
    if high < low:
        raise ValueError(f"{cell!r} has a high below its low.")
    if found["least"] or found["open"]:
        return Number(outcome, low, None, None, group, "at-least")
    if found["most"]:
        return Number(outcome, 0, None, high, group, "at-most")
    if found["about"]:
        return Number(outcome, low, None, high, group, "about")
    return Number(outcome, low, low if low == high else None, high, group)


def read_bounds(
    outcome: Outcome, low: str | None, best: str | None, high: str | None
) -> Number | None:
    """Low, best and high of their cells; None where all are empty.

    An empty high beside another is open above, as marsad's own tables write it.

    Raises:
        ValueError: one is no whole number, or they are not in order.
    """
    cells = {"low": low, "best": best, "high": high}
    told = {k: _plain(v or "", f"{outcome}_{k}") for k, v in cells.items() if has_value(v)}
    if not told:
        return None
    top = told.get("high")
    least = told.get("low", told.get("best", 0))
    middle = told.get("best")
    order = [n for n in (least, middle, top) if n is not None]
    if order != sorted(order):
        raise ValueError(f"{outcome}: low, best and high are not in order ({order}).")
    return Number(outcome, least, middle, top)


def _plain(cell: str, name: str) -> int:
    found = re.fullmatch(rf"({_NUMBER})(?:\.0+)?", cell.strip())
    if not found:
        raise ValueError(f"{name} is {cell[:40]!r}, no whole number of people.")
    return _whole(found[1])


def _whole(digits: str) -> int:
    number = int(re.sub(r"\D", "", digits)[:12])
    if number > MAX_PEOPLE:
        raise ValueError(f"{digits[:20]} is no number of people.")
    return number


def read_degrees(cell: str | None, most: float, name: str) -> float | None:
    """A coordinate in decimal degrees, also with a decimal comma; None for an empty cell.

    Raises:
        ValueError: it is none, or beyond `most`.
    """
    if cell is None or not has_value(cell):
        return None
    try:
        value = float(cell.strip().replace(",", "."))
    except ValueError:
        raise ValueError(f"{name} is {cell[:40]!r}, no decimal degrees.") from None
    if not -most <= value <= most:
        raise ValueError(f"{name} is {cell[:40]}, beyond {most:g} degrees.")
    return value


def read_code(cell: str | None, allowed: tuple[int, ...]) -> int | None:
    """A small whole number that is one of `allowed`; None for anything else."""
    found = re.fullmatch(r"(\d)(?:\.0+)?", (cell or "").strip())
    code = int(found[1]) if found else None
    return code if code in allowed else None


def split_list(cell: str | None) -> tuple[str, ...]:
    """The items of a cell, separated by semicolons; each once."""
    if cell is None or not has_value(cell):
        return ()
    return tuple(dict.fromkeys(item.strip() for item in cell.split(";") if item.strip()))
