"""Rows: incidents as a list shows them, for who may see all and for the public.

Reads   incidents of the ledger, or what the public profile lets be told of them.
Writes  the words of each cell.
Never   gives a number without its bounds, a place without its precision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marsad.publish.exports.content import Count, ExportIncident, Span
from marsad.publish.ledger.short_ids import short_id
from marsad.publish.ledger.values import (
    bounds_words,
    day_words,
    short_place_words,
    shown_party,
    total_of,
)
from marsad.publish.privacy import SHOW_ALL
from marsad.publish.wording import STATUS_LABELS, event_label, number
from marsad.records import LedgerIncident, Outcome, Policy, Status, Tally, When

MOST_PARTIES = 2
_SHOWN: tuple[Outcome, ...] = ("killed", "injured")


@dataclass(frozen=True)
class CountCell:
    """A number and, where they differ, its bounds; not `told` if nobody gave one."""

    told: bool
    best: str = ""
    bounds: str = ""


@dataclass(frozen=True)
class Row:
    """One incident of the list."""

    id: str
    short: str
    date: str
    kind: str
    place: str
    actors: str
    recipients: str
    killed: CountCell
    injured: CountCell
    status: Status
    status_label: str
    status_reason: str
    sources: int
    reports: int
    review: str


def make_row(incident: LedgerIncident, policy: Policy, *, names: bool) -> Row:
    """The row of an incident for who is signed in."""
    label, reason = STATUS_LABELS[incident.status]
    review = incident.review
    killed, injured = (_tally_cell(total_of(incident.tallies, o, policy)) for o in _SHOWN)
    actors, recipients = (
        _joined(
            shown_party(party, SHOW_ALL, names=names)
            for party in incident.participants
            if party.role == role
        )
        for role in ("actor", "recipient")
    )
    return Row(
        id=incident.id,
        short=short_id(incident.id),
        date=day_words(incident.when),
        kind=event_label(incident.event_type),
        place=short_place_words(incident.place),
        actors=actors,
        recipients=recipients,
        killed=killed,
        injured=injured,
        status=incident.status,
        status_label=label,
        status_reason=reason,
        sources=len(incident.origins),
        reports=len(incident.reports),
        review="" if review is None else f"{review.kind}ed",
    )


def make_public_row(incident: ExportIncident, policy: Policy) -> Row:
    """The row of an incident as the public may see it."""
    label, reason = STATUS_LABELS[incident.status]
    killed, injured = (_count_cell(incident.total(o, policy)) for o in _SHOWN)
    return Row(
        id=incident.id,
        short=short_id(incident.id),
        date=day_words(span_when(incident.when)),
        kind=event_label(incident.event_type),
        place=public_place(incident),
        actors=_joined(party.name for party in incident.actors),
        recipients=_joined(party.name for party in incident.recipients),
        killed=killed,
        injured=injured,
        status=incident.status,
        status_label=label,
        status_reason=reason,
        sources=len(incident.sources),
        reports=len(incident.reports),
        review=incident.reviewed or "",
    )


def public_place(incident: ExportIncident) -> str:
    """Where, as the public may be told: "near Tartus, Syria · town"."""
    where = incident.where
    if where is None:
        return "place not stated"
    words = ", ".join(dict.fromkeys(part for part in (where.name, where.country_name) if part))
    if where.relation and where.relation != "in":
        words = f"{where.relation} {words}"
    return f"{words} · {'made vague' if where.coarse else where.precision}"


def span_when(span: Span | None) -> When | None:
    """The days of an export as a record."""
    if span is None:
        return None
    return When.model_validate({"start": span.start, "end": span.end, "precision": span.precision})


def count_cell(low: int, best: int, high: int | None) -> CountCell:
    """A number with its bounds: 14 · 6–14; 14+ where nothing bounds it above."""
    if high is None and low == best:
        return CountCell(True, f"{number(best)}+")
    return CountCell(True, number(best), bounds_words(low, high))


def _tally_cell(tally: Tally | None) -> CountCell:
    return CountCell(False) if tally is None else count_cell(tally.low, tally.best, tally.high)


def _count_cell(count: Count | None) -> CountCell:
    return CountCell(False) if count is None else count_cell(count.low, count.best, count.high)


def _joined(names: Iterable[str]) -> str:
    words: Sequence[str] = list(dict.fromkeys(names))
    more = f" +{len(words) - MOST_PARTIES}" if len(words) > MOST_PARTIES else ""
    return "; ".join(words[:MOST_PARTIES]) + more
