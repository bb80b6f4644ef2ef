"""Asked: what a request's query says, read whole or refused.

Reads   the query, and saved filters.
Writes  a filter, a moment, a page's place, yes or no.
Never   passes over a parameter that it does not know: a mistyped one would give other
        incidents than were meant.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time
from typing import Any, get_args

from pydantic import ValidationError
from starlette.datastructures import QueryParams

from marsad.errors import DeskError, FilterError
from marsad.records import IncidentFilter, Policy
from marsad.store.people import Person
from marsad.store.saved_filters import SavedFilters
from marsad.web.api.parameters import DEFAULT_LIMIT, MAX_SIGNS, REPEATED
from marsad.web.desk import Desk
from marsad.web.filter_query import MAX_LIMIT, NAMES, read_filter

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ROW = re.compile(r"\d{1,18}", re.ASCII)
_FIELDS = {"kind": "types"}
MAX_POLYGON_SIGNS = 20_000
# Before any ledger: years of fewer than four digits would not sort as text.
_BEFORE_ALL = datetime(1900, 1, 1, tzinfo=UTC)


def require_known(query: QueryParams, known: Collection[str]) -> None:
    """Refuse parameters that the address does not take, given twice, or endless.

    Raises:
        DeskError: names the parameter, and the one that may have been meant.
    """
    for name in dict.fromkeys(query.keys()):
        values = query.getlist(name)
        if name not in known:
            near = difflib.get_close_matches(name[:40], known, n=1)
            others = f" Known are {', '.join(known)}." if known else ""
            meant = f" Is {near[0]!r} meant?" if near else others
            raise DeskError(f"there is no parameter {name[:40]!r} here.{meant}")
        if len(values) > 1 and name not in REPEATED:
            raise DeskError(f"{name}: given {len(values)} times; give it once.")
        most = MAX_POLYGON_SIGNS if name == "polygon" else MAX_SIGNS
        if any(len(value) > most for value in values):
            raise DeskError(f"{name}: at most {most:,} characters are taken.")


def read_wanted(query: QueryParams, desk: Desk, person: Person | None) -> IncidentFilter:
    """The filter that the query says; parameters beside a saved one take the place of its own.

    Raises:
        DeskError: a parameter is not understood, or there is no such saved filter.
    """
    own = read_filter(query)
    name = query.get("filter", "")
    if not name.strip():
        return own
    if person is None:
        raise DeskError("filter: saved filters are for who is signed in.")
    try:
        saved = SavedFilters(desk.ledger.database).get(name).wanted
    except FilterError as error:
        raise DeskError(f"filter: {error}") from error
    given = {n for n in NAMES if any(value.strip() for value in query.getlist(n))}
    if "at_least" in given and saved.outcome is None:
        given.add("outcome")
    fields = {_FIELDS.get(n, n) for n in given}
    replaced = {field: getattr(own, field) for field in fields}
    try:
        return IncidentFilter(**{**dict(saved), **replaced})
    except ValidationError as error:
        message = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
        raise DeskError(f"filter: with {name!r}, {message}.") from None


def read_yes(query: QueryParams, name: str) -> bool:
    """Whether something is asked for; not, unless it is said.

    Raises:
        DeskError: neither yes nor no.
    """
    given = query.get(name, "").strip().lower()
    if given in ("1", "true", "yes", "on"):
        return True
    if given in ("", "0", "false", "no", "off"):
        return False
    raise DeskError(f"{name}: {given[:40]!r} is neither true nor false.")


def read_policy(query: QueryParams) -> Policy | None:
    """The policy that is asked for; None for all.

    Raises:
        DeskError: there is none of that name.
    """
    given = query.get("policy", "").strip()
    if not given:
        return None
    for policy in get_args(Policy):
        if given == policy:
            known: Policy = policy
            return known
    raise DeskError(f"policy: {given[:40]!r} is not one of {', '.join(get_args(Policy))}.")


def read_moment(query: QueryParams, name: str, *, end_of_day: bool = True) -> datetime | None:
    """A time, UTC unless it names a zone; a day alone is its end, or its start.

    Raises:
        DeskError: it is no time.
    """
    given = query.get(name, "").strip()
    if not given:
        return None
    try:
        if _DAY.fullmatch(given):
            clock = time.max if end_of_day else time.min
            day = datetime.combine(date.fromisoformat(given), clock, UTC)
            return max(day, _BEFORE_ALL)
        # A plus sign that was not escaped arrives as a space.
        moment = datetime.fromisoformat(given.replace(" ", "+") if "T" in given else given)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(aware.astimezone(UTC), _BEFORE_ALL)
    except (ValueError, OverflowError):
        raise DeskError(
            f"{name}: {given[:40]!r} is no time; write it like 2024-12-26 or 2024-12-26T18:30:00Z."
        ) from None


def read_start(query: QueryParams, name: str) -> datetime | int | None:
    """A row of the ledger, or a time.

    Raises:
        DeskError: it is neither.
    """
    given = query.get(name, "").strip()
    if _ROW.fullmatch(given):
        return int(given)
    return read_moment(query, name, end_of_day=False)


def read_limit(query: QueryParams) -> int:
    """How many at most on a page.

    Raises:
        DeskError: no such number.
    """
    return read_count(query, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT)


def read_count(query: QueryParams, name: str, default: int, least: int, most: int) -> int:
    """A whole number between two.

    Raises:
        DeskError: it is none.
    """
    given = query.get(name, "").strip()
    if not given:
        return default
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 12 else -1
    if not least <= number <= most:
        raise DeskError(f"{name}: {given[:40]!r} is not a whole number from {least} to {most}.")
    return number


def query_without(query: QueryParams, *left_out: str) -> list[tuple[str, Any]]:
    """The query's pairs but for some."""
    return [(name, value) for name, value in query.multi_items() if name not in left_out]
