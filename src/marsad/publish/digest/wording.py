"""Wording: periods, titles and totals of a digest, the same in subject, HTML and text.

Reads   a Digest.
Writes  plain words on one line.
Never   says in a subject or a preview line what was done to people: only how many are told of.
"""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta

from marsad.publish.digest.content import Digest, Total
from marsad.publish.safe_text import shorten
from marsad.publish.wording import number

MAX_SUBJECT_SIGNS = 140
FIGURES_ARE = "documented minimum"
FIELD_WORDS = {"kind": "kind", "place": "place", "date": "date", "status": "status"}


def period_words(since: datetime | str, until: datetime | str) -> str:
    """A period in UTC: "1 to 7 Dec 2024", or to the minute where it is not of whole days."""
    start, end = _moment(since), _moment(until)
    whole = start.time() == time.min and end.time() in (time.min, time.max)
    if not whole or end <= start:
        return f"{_minute(start)} to {_minute(end)} UTC"
    last = (end - timedelta(days=1) if end.time() == time.min else end).date()
    first = start.date()
    if first == last:
        return f"{first.day} {_month(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {last.day} {_month(last)}"
    return f"{first.day} {_month(first)} to {last.day} {_month(last)}"


def _moment(given: datetime | str) -> datetime:
    moment = datetime.fromisoformat(given) if isinstance(given, str) else given
    return moment.astimezone(UTC)


def _month(day: date) -> str:
    return f"{calendar.month_abbr[day.month]} {day.year}"


def _minute(moment: datetime) -> str:
    return f"{moment.day} {_month(moment)} {moment:%H:%M}"


def counted(count: int, one: str) -> str:
    """ "1 incident", "1,204 incidents"."""
    return f"{number(count)} {one if count == 1 else f'{one}s'}"


def summary_words(digest: Digest) -> str:
    """How much is told: "3 new incidents, 2 changed, 1 correction"; no word of what it is."""
    if digest.is_empty:
        return "nothing new"
    corrections = len(digest.corrections) + digest.more_corrections
    parts = []
    if digest.new_count:
        parts.append(counted(digest.new_count, "new incident"))
    if digest.changed_count:
        parts.append(f"{number(digest.changed_count)} changed")
    if corrections:
        parts.append(counted(corrections, "correction"))
    return ", ".join(parts)


def subject(digest: Digest) -> str:
    """The subject of the mail."""
    period = period_words(digest.since, digest.until)
    return shorten(f"{digest.title}: {summary_words(digest)}, {period}", MAX_SUBJECT_SIGNS)


def preheader(digest: Digest) -> str:
    """What mailboxes show beside the subject."""
    if digest.is_empty:
        return "No new incidents, no changes and no corrections in this period."
    disputes = len(digest.disputed) + digest.more_disputed
    sources = f" {counted(disputes, 'dispute')} between sources." if disputes else ""
    return f"What is new, what changed and why, and who says so.{sources}"


def total_words(total: Total) -> str:
    """ "at least 23; up to 30 by known upper bounds; 2 incidents open above"."""
    words = f"at least {number(total.low)}"
    return f"{words}; {range_words(total)}" if range_words(total) else words


def range_words(total: Total) -> str:
    """What is to be said beside a total's minimum: its range, and how much is contested."""
    parts = []
    if total.high > total.low:
        parts.append(f"up to {number(total.high)} by known upper bounds")
    if total.open_above:
        parts.append(f"{counted(total.open_above, 'incident')} open above")
    if total.contested:
        parts.append(f"{number(total.contested)} of the minimum contested")
    return "; ".join(parts)


def moved_words(total: Total) -> str:
    """By how much incidents told of before moved the minimum: "+8"."""
    return f"{'+' if total.moved > 0 else '−'}{number(abs(total.moved))}" if total.moved else "±0"
