"""Days and times as they are typed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

import typer

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_day(text: str | None, option: str) -> date | None:
    """A day as it is typed; `option` is named in the complaint."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no date; write it like 2024-12-26.", param_hint=option
        ) from None


def read_moment(text: str | None, option: str, *, end_of_day: bool) -> datetime | None:
    """A time as it is typed, UTC unless it names a zone.

    A day alone is its end or its start: the account "as of" a day has all of that day.
    """
    if text is None:
        return None
    try:
        if _DAY.fullmatch(text):
            clock = time.max if end_of_day else time.min
            return datetime.combine(date.fromisoformat(text), clock, UTC)
        moment = datetime.fromisoformat(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        raise typer.BadParameter(
            f"{text!r} is no time; write it like 2024-12-26 or 2024-12-26T18:30:00Z.",
            param_hint=option,
        ) from None
