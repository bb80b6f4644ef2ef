"""Dates as pages print them: read what is certain, leave the rest.

Reads   a string (a meta tag, a <time>, a line of the page).
Writes  a `datetime` when the words give a time (with its zone when they name
        one whose meaning is not in doubt), else a `date`.
Never   guesses: "03/04/2024" is no date unless the caller knows the order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache

MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
MONTH_PATTERN = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
# Hours from UTC. Names that mean several zones (IST, CST, BST, AST) are left out on purpose:
# a time without a zone is better than a wrong one.
ZONES = {
    "z": 0.0, "gmt": 0.0, "utc": 0.0, "wat": 1.0, "cet": 1.0, "cest": 2.0, "cat": 2.0,
    "sast": 2.0, "eet": 2.0, "eest": 3.0, "eat": 3.0, "msk": 3.0, "trt": 3.0, "pkt": 5.0,
    "npt": 5.75, "mmt": 6.5, "ict": 7.0, "wib": 7.0, "hkt": 8.0, "sgt": 8.0, "pht": 8.0,
    "jst": 9.0, "kst": 9.0, "aest": 10.0, "aedt": 11.0, "edt": -4.0, "est": -5.0, "cdt": -5.0,
    "mdt": -6.0, "mst": -7.0, "pdt": -7.0, "pst": -8.0, "brt": -3.0,
}  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2099


@dataclass(frozen=True)
class DateFound:
    """A date in a line: what it says and where it stands (`end` excluded)."""

    value: datetime | date
    start: int
    end: int


def parse_published(value: str, *, day_first: bool | None = None) -> datetime | date | None:
    """The date or date-time a machine-made or printed string gives; None if none is certain.

    ISO 8601, RFC 2822 and Unix seconds or milliseconds are read as wholes; else
    the first printed date in the string. `day_first` settles 03/04/2024.
    """
    text = value.strip()
    if not text or len(text) > 200:
        return None
    exact = _parse_iso(text) or _parse_rfc2822(text) or _parse_epoch(text)
    if exact is not None:
        return exact
    found = find_date(text, day_first=day_first)
    return found.value if found else None


def find_date(line: str, *, day_first: bool | None = None) -> DateFound | None:
    """The first certain date printed in `line`, with the time beside it if there is one."""
    if not any(char.isdigit() for char in line):
        return None
    best: tuple[int, int, date] | None = None
    for pattern, order in _date_patterns():
        for match in pattern.finditer(line):
            day = _read_groups(match, order, day_first)
            if day is not None:
                if best is None or match.start() < best[0]:
                    best = (match.start(), match.end(), day)
                break
    if best is None:
        return None
    start, end, day = best
    return _with_time(line, start, end, day)


def read_year(text: str) -> int | None:
    """A year of four digits, or of two in the century's window 1930 to 2029."""
    digits = text.strip("'’")
    if len(digits) == 2:
        short = int(digits)
        return 1900 + short if short >= 30 else 2000 + short
    year = int(digits)
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def read_month(text: str) -> int | None:
    """The month a name or abbreviation stands for, 1 to 12."""
    return MONTHS.get(text[:3].lower())


def make_date(year: int | None, month: int | None, day: int) -> date | None:
    """The date if there is such a day, else None."""
    if year is None or month is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _parse_iso(text: str) -> datetime | date | None:
    if not re.match(r"\d{4}-?\d{2}-?\d{2}(?:$|[T\s])", text):
        return None
    try:
        if len(text) in (8, 10):
            day = date.fromisoformat(text)
            return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
        moment = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d{2}:?\d{2}$)", "", text))
    except ValueError:
        return None
    return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _parse_rfc2822(text: str) -> datetime | None:
    if not re.match(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d{2}:\d{2}", text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _parse_epoch(text: str) -> datetime | None:
    if not re.fullmatch(r"\d{10}|\d{13}", text):
        return None
    seconds = int(text) / (1000 if len(text) == 13 else 1)
    return datetime.fromtimestamp(seconds, tz=timezone.utc)  # noqa: UP017 - reads as its unit


@cache
def _date_patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    flags = re.IGNORECASE
    ordinal = r"(\d{1,2})(?:st|nd|rd|th)?"
    year = r"((?:19|20)\d{2})(?=\D|$|\d\d?:\d\d)"
    return (
        (
            re.compile(r"(?<![\d.,])((?:19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"),
            "ymd",
        ),
        (re.compile(rf"\b({MONTH_PATTERN})\s*{ordinal}\s*,?\s*{year}", flags), "Mdy"),
        (
            re.compile(
                rf"(?<![\d:]){ordinal}(?:\s+of)?[\s-]*({MONTH_PATTERN})[\s,-]*{year}", flags
            ),
            "dMy",
        ),
        (
            re.compile(
                rf"\b((?:19|20)\d{{2}})[\s,-]+({MONTH_PATTERN})[\s-]*(\d{{1,2}})(?!\d)", flags
            ),
            "yMd",
        ),
        (re.compile(rf"(?<![\d./])(\d{{1,2}})\.(\d{{1,2}})\.{year}"), "dmy"),
        (re.compile(rf"(?<![\d./-])(\d{{1,2}})[/-](\d{{1,2}})[/-]{year}"), "??y"),
    )


def _read_groups(match: re.Match[str], order: str, day_first: bool | None) -> date | None:
    one, two, three = match.groups()
    if order == "ymd":
        return make_date(int(one), int(two), int(three))
    if order == "yMd":
        return make_date(int(one), read_month(two), int(three))
    if order == "Mdy":
        return make_date(int(three), read_month(one), int(two))
    if order == "dMy":
        return make_date(int(three), read_month(two), int(one))
    if order == "dmy":
        return make_date(int(three), int(two), int(one))
    first, second = int(one), int(two)
    if first == second or second > 12:
        return make_date(int(three), first, second)
    if first > 12 or day_first is True:
        return make_date(int(three), second, first)
    return make_date(int(three), first, second) if day_first is False else None


@cache
def _time_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?::(?P<second>\d{2}))?(?:\.\d+)?"
        r"\s*(?P<half>[ap]\.?\s?m\b\.?)?"
        r"\s*\(?(?P<zone>(?:GMT|UTC)\s?[+-−]\s?\d{1,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}|[A-Z]{1,4}\b)?",
        re.IGNORECASE,
    )


# What may stand between a date and its time: "26 Dec 2024 at 10:30", "Dec 26, 2024 | 10:30".
_AFTER = re.compile(r"\s*(?:[,|•·@/–—-]+|T|at|\(|last (?:update|modified))?\s*", re.IGNORECASE)
_BEFORE = re.compile(r"(?:[,|•·/–—-]|\bon)?\s*(?:[A-Za-z]{3,9}\.?,?\s*)?$", re.IGNORECASE)


def _with_time(line: str, start: int, end: int, day: date) -> DateFound:
    """Join the clock time just after, or just before, the date."""
    gap = _AFTER.match(line, end)
    if gap:
        match = _time_pattern().match(line, gap.end())
        moment = _read_time(match, day) if match else None
        if match and moment is not None:
            return DateFound(moment, start, match.end())
    head = line[max(0, start - 45) : start]
    for match in _time_pattern().finditer(head):
        moment = _read_time(match, day)
        if moment is not None and _BEFORE.fullmatch(head, match.end()):
            return DateFound(moment, max(0, start - 45) + match.start(), end)
    return DateFound(day, start, end)


def _read_time(match: re.Match[str], day: date) -> datetime | None:
    minute, half = match["minute"], match["half"]
    if minute is None and half is None:
        return None  # a bare number is no time
    hour = int(match["hour"])
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    try:
        moment = datetime(
            day.year, day.month, day.day, hour, int(minute or 0), int(match["second"] or 0)
        )
    except ValueError:
        return None
    zone = _read_zone(match["zone"])
    return moment.replace(tzinfo=zone) if zone else moment


def _read_zone(name: str | None) -> timezone | None:
    if not name:
        return None
    compact = name.lower().replace(" ", "").replace("−", "-")
    if compact in ZONES:
        return timezone(timedelta(hours=ZONES[compact]))
    match = re.fullmatch(r"(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?", compact)
    if not match:
        return None
    hours, minutes = int(match[2]), int(match[3] or 0)
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if match[1] == "-" else offset)
