"""Filters in addresses: read from a query, written back, so that a view is a link.

Reads   query parameters, named as the command line's options.
Writes  an IncidentFilter, or the query that says it.
Never   passes over what it does not understand: that would show another selection.

    since until place country box near polygon loose kind actor outcome at_least status
    text reviewed order limit offset

`kind` and `status` may stand several times. `polygon` is "lon,lat lon,lat …".
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from typing import Any, get_args
from urllib.parse import urlencode

from pydantic import ValidationError
from starlette.datastructures import QueryParams

from marsad.errors import DeskError
from marsad.publish.wording import country_code
from marsad.records import EventType, IncidentFilter, Outcome, Status

MAX_LIMIT = 1000
MAX_CORNERS = 500
_MAX_WORDS = 500
_ORDERS = ("date", "-date", "toll", "changed")

NAMES = (
    "since until place country box near polygon loose kind actor outcome at_least status text "
    "reviewed order limit offset"
).split()


def read_filter(query: QueryParams) -> IncidentFilter:
    """The filter that a query says. Empty parameters, as forms send them, say nothing.

    Raises:
        DeskError: a parameter is not understood; it says which, and how it is written.
    """
    values: dict[str, Any] = {}
    for name, read in _READERS.items():
        given = [value for value in query.getlist(name) if value.strip()]
        if given:
            values[_FIELDS.get(name, name)] = read(name, given)
    if "at_least" in values:
        values.setdefault("outcome", "killed")
    try:
        return IncidentFilter(**values)
    except ValidationError as error:
        first = error.errors()[0]
        message = str(first["msg"]).removeprefix("Value error, ")
        field = str(first["loc"][0]) if first["loc"] else ""
        raise DeskError(f"{field}: {message}." if field else f"{message}.") from None


def write_query(wanted: IncidentFilter, **others: str) -> str:
    """The query that says a filter, without its defaults; `others` stand behind it."""
    pairs: list[tuple[str, str]] = []
    for name in NAMES:
        value = getattr(wanted, _FIELDS.get(name, name))
        if value != IncidentFilter.model_fields[_FIELDS.get(name, name)].default:
            pairs += [(name, text) for text in _write(name, value)]
    return urlencode([*pairs, *((name, value) for name, value in others.items() if value)])


_FIELDS = {"kind": "types"}


def _write(name: str, value: Any) -> list[str]:
    match name:
        case "kind" | "status":
            return list(value)
        case "box" | "near":
            return [",".join(_number(part) for part in value)]
        case "polygon":
            return [" ".join(f"{_number(lon)},{_number(lat)}" for lon, lat in value)]
        case "loose" | "reviewed":
            return ["1" if value else "0"]
        case _:
            return [str(value)]


def _number(value: float) -> str:
    return repr(round(value, 6)).removesuffix(".0")


def _wrong(name: str, given: str, wanted: str) -> DeskError:
    return DeskError(f"{name}: {given[:80]!r} is not {wanted}.")


def _read_day(name: str, given: list[str]) -> date:
    try:
        return date.fromisoformat(given[0].strip())
    except ValueError:
        raise _wrong(name, given[0], "a date; write it like 2024-12-26") from None


def _read_words(name: str, given: list[str]) -> str:
    if len(given[0]) > _MAX_WORDS:
        raise DeskError(f"{name}: at most {_MAX_WORDS} characters are taken.")
    return given[0].strip()


def _read_country(name: str, given: list[str]) -> str:
    code = country_code(given[0])
    if code is None:
        raise _wrong(name, given[0], "a country; write its ISO code or English name")
    return code


def _read_numbers(example: str) -> Callable[[str, list[str]], tuple[float, ...]]:
    def read(name: str, given: list[str]) -> tuple[float, ...]:
        count = example.count(",") + 1
        try:
            numbers = tuple(float(part) for part in given[0].split(","))
        except ValueError:
            numbers = ()
        if len(numbers) != count or not all(map(math.isfinite, numbers)):
            raise _wrong(name, given[0], f"{count} numbers with commas, such as {example}")
        return numbers

    return read


def _read_polygon(name: str, given: list[str]) -> tuple[tuple[float, ...], ...]:
    read = _read_numbers("35.5,34.8")
    corners = given[0].split()
    if len(corners) > MAX_CORNERS:
        raise DeskError(f"{name}: it has {len(corners)} corners; at most {MAX_CORNERS} are taken.")
    return tuple(read(name, [corner]) for corner in corners)


def _read_yes_no(name: str, given: list[str]) -> bool:
    word = given[0].strip().lower()
    if word in ("1", "true", "yes", "on"):
        return True
    if word in ("0", "false", "no", "off"):
        return False
    raise _wrong(name, given[0], "1 or 0")


def _read_one(*known: str) -> Callable[[str, list[str]], str]:
    def read(name: str, given: list[str]) -> str:
        if given[0] not in known:
            raise _wrong(name, given[0], f"one of {', '.join(known)}")
        return given[0]

    return read


def _read_several(*known: str) -> Callable[[str, list[str]], tuple[str, ...]]:
    read = _read_one(*known)
    return lambda name, given: tuple(dict.fromkeys(read(name, [value]) for value in given))


def _read_count(least: int, most: int) -> Callable[[str, list[str]], int]:
    def read(name: str, given: list[str]) -> int:
        word = given[0].strip()
        number = int(word) if word.isascii() and word.isdigit() and len(word) < 12 else -1
        if not least <= number <= most:
            raise _wrong(name, given[0], f"a whole number from {least} to {most}")
        return number

    return read


_READERS: dict[str, Callable[[str, list[str]], Any]] = {
    "since": _read_day,
    "until": _read_day,
    "place": _read_words,
    "country": _read_country,
    "box": _read_numbers("35.5,34.8,36.2,35.2"),
    "near": _read_numbers("34.89,35.89,25"),
    "polygon": _read_polygon,
    "loose": _read_yes_no,
    "kind": _read_several(*get_args(EventType)),
    "actor": _read_words,
    "outcome": _read_one(*get_args(Outcome)),
    "at_least": _read_count(1, 10**9),
    "status": _read_several(*get_args(Status)),
    "text": _read_words,
    "reviewed": _read_yes_no,
    "order": _read_one(*_ORDERS),
    "limit": _read_count(1, MAX_LIMIT),
    "offset": _read_count(0, 10**9),
}
