"""Entries: an incident, what moved in it and who disagrees, as a digest tells it.

Reads   protected incidents, at the end of a period and at its start.
Writes  plain words.
Never   names a number without its bounds, or a change without what brought it about.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from marsad.publish.digest.content import Changed, Disputed, Entry, Link, Move, Number, Voice
from marsad.publish.digest.direction import isolate
from marsad.publish.exports.content import (
    ClaimNote,
    Count,
    DisputeNote,
    ExportIncident,
    ReportNote,
    Span,
    Where,
)
from marsad.publish.ledger.short_ids import short_id
from marsad.publish.wording import OUTCOME_ORDER, STATUS_LABELS, event_label, number, range_words
from marsad.records import LedgerIncident, Outcome, Policy

MAX_SAYS = 4
MAX_NAMES = 4
NOT_TOLD = "not told"
_REVIEWER = "reviewer: "


def day_words(day: str) -> str:
    """An ISO 8601 day in words: "25 Dec 2024"."""
    try:
        read = date.fromisoformat(day[:10])
    except ValueError:
        return day
    return f"{read.day} {calendar.month_abbr[read.month]} {read.year}"


def span_words(when: Span | None) -> str:
    """When: "25 Dec 2024", "21 to 30 Nov 2024"."""
    if when is None:
        return "day not told"
    if when.start == when.end:
        return day_words(when.start)
    start, end = date.fromisoformat(when.start), date.fromisoformat(when.end)
    if (start.year, start.month) == (end.year, end.month):
        last = calendar.monthrange(end.year, end.month)[1]
        month = f"{calendar.month_abbr[end.month]} {end.year}"
        return month if (start.day, end.day) == (1, last) else f"{start.day} to {end.day} {month}"
    if start.year == end.year and (start.timetuple().tm_yday, end.month, end.day) == (1, 12, 31):
        return str(start.year)
    return f"{day_words(when.start)} to {day_words(when.end)}"


def where_words(where: Where | None) -> str:
    """Where, as precisely as it is known: "near Tartus, Syria (town)"."""
    if where is None:
        return "place not told"
    names = ", ".join(dict.fromkeys(isolate(n) for n in (where.name, where.country_name) if n))
    relation = f"{isolate(where.relation)} " if where.relation and where.relation != "in" else ""
    precision = "place made vague to protect people" if where.coarse else where.precision
    return f"{relation}{names} ({precision})"


def headline(incident: ExportIncident) -> str:
    """ "Armed clash, near Tartus, Syria (district), 25 Dec 2024"."""
    parts = (event_label(incident.event_type), where_words(incident.where))
    return ", ".join((*parts, span_words(incident.when)))


def count_words(count: Count | None) -> str:
    """A total with its range: "14 or more", "6 (5 to 9)"."""
    if count is None:
        return NOT_TOLD
    words = range_words(count.low, count.high)
    return words if count.low in (count.best, count.high) else f"{number(count.best)} ({words})"


def incident_link(incident_id: str, base_url: str | None) -> Link:
    """The incident's short id; with a base address its page."""
    return Link(short_id(incident_id), f"{base_url}/incidents/{incident_id}" if base_url else None)


def report_link(note: ReportNote | None) -> Link | None:
    """A report as people call it: "Harbour Wire, 5 Mar 2024"."""
    if note is None:
        return None
    words = isolate(note.outlet or "outlet not told")
    if note.published:
        words += f", {day_words(note.published)}"
    web = note.url if note.url and note.url.lower().startswith(("http://", "https://")) else None
    return Link(words, web)


def says_who(incident: ExportIncident, raw: LedgerIncident, outcome: Outcome, policy: Policy,
             ) -> tuple[Link, ...]:  # fmt: skip
    """Who gives the total of an outcome, each with the report that carries it."""
    tally = next(
        (t for t in raw.tallies if (t.policy, t.outcome, t.group) == (policy, outcome, None)), None
    )
    if tally is None:
        return ()
    notes = {claim.id: claim for claim in incident.claims}
    reports = {report.id: report for report in incident.reports}
    said = [_giver(notes[key], reports) for key in tally.claims if key in notes]
    if any(source.startswith(_REVIEWER) for source in tally.sources):
        said.insert(0, Link("a reviewer of this ledger"))
    return tuple(dict.fromkeys(said))[:MAX_SAYS]


def _giver(claim: ClaimNote, reports: Mapping[str, ReportNote]) -> Link:
    who = isolate(claim.speakers[0].name) if claim.speakers else "source not told"
    report = report_link(reports.get(claim.report))
    if report is None or report.words.startswith(who):
        return report or Link(who)
    return Link(f"{who}, in {report.words}", report.url)


def tell_entry(
    incident: ExportIncident, raw: LedgerIncident, policy: Policy, base_url: str | None
) -> Entry:
    """An incident as it stands; `raw` is the record, of which only ids are used."""
    totals = {o: incident.total(o, policy) for o in OUTCOME_ORDER}
    killed, injured = totals["killed"], totals["injured"]
    reports = (report_link(report) for report in incident.reports)
    return Entry(
        id=incident.id,
        link=incident_link(incident.id, base_url),
        label=event_label(incident.event_type),
        where=where_words(incident.where),
        when=span_words(incident.when),
        status=incident.status,
        numbers=tuple(
            Number(o, count_words(t), says_who(incident, raw, o, policy))
            for o, t in totals.items()
            if t is not None
        ),
        actors=_names(p.name for p in incident.actors),
        recipients=_names(p.name for p in incident.recipients),
        sources=_names(s.name for s in incident.sources),
        reports=tuple(dict.fromkeys(link for link in reports if link is not None)),
        coarse=incident.where is not None and incident.where.coarse,
        toll=(killed.low if killed else 0, injured.low if injured else 0),
    )


def _names(names: Iterable[str]) -> tuple[str, ...]:
    listed = list(dict.fromkeys(names))
    if len(listed) > MAX_NAMES + 1:
        listed = [*listed[:MAX_NAMES], f"{len(listed) - MAX_NAMES} more"]
    return tuple(listed)


def told_values(incident: ExportIncident, policy: Policy) -> dict[str, Any]:
    """What a digest tells of an incident, each value with its words, to be compared later.

    No party's name is among them: whom it is right to name may change.
    """
    where, when = incident.where, incident.when
    place = where and [where.name, where.relation, where.precision, where.country, where.coarse]
    values: dict[str, tuple[Any, str]] = {
        "kind": (incident.event_type, event_label(incident.event_type)),
        "place": (place, where_words(where)),
        "date": (when and [when.start, when.end], span_words(when)),
        "status": (incident.status, STATUS_LABELS[incident.status][0]),
    }
    for outcome in OUTCOME_ORDER:
        count = incident.total(outcome, policy)
        if count is not None:
            values[outcome] = ([count.low, count.best, count.high], count_words(count))
    return {name: {"value": value, "words": words} for name, (value, words) in values.items()}


_CAUSES = {"kind": "event_type", "place": "place", "date": "when", "status": "status"}


def tell_moves(
    was: Mapping[str, Any],
    now: Mapping[str, Any],
    causes: Mapping[str, Link] | None = None,
    says: Mapping[str, tuple[Link, ...]] | None = None,
) -> tuple[Move, ...]:
    """What moved between two sets of told values, by which cause and who says so."""
    moves = []
    for name in dict.fromkeys((*_CAUSES, *OUTCOME_ORDER)):
        old, new = was.get(name), now.get(name)
        if (old and old["value"]) == (new and new["value"]):
            continue
        if name == "place" and _hides(old, new):
            continue  # what is vague now must not be told by what it was
        moves.append(
            Move(
                name,
                old["words"] if old else NOT_TOLD,
                new["words"] if new else "no number stands any more",
                (causes or {}).get(_CAUSES.get(name, name)),
                (says or {}).get(name, ()),
            )
        )
    return tuple(moves)


def _hides(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> bool:
    coarse = [bool(v and v["value"] and v["value"][4]) for v in (old, new)]
    return any(coarse)


def party_moves(before: ExportIncident, after: ExportIncident, cause: Link | None) -> list[Move]:
    """Who is said to have done it, and to whom, where that moved."""
    moves = []
    for name, old, new in (
        ("reported doer", before.actors, after.actors),
        ("done to", before.recipients, after.recipients),
    ):
        was, now = (_names(isolate(p.name) for p in side) for side in (old, new))
        if set(was) != set(now):
            words = ("; ".join(was) or NOT_TOLD, "; ".join(now) or NOT_TOLD)
            moves.append(Move(name, *words, cause))
    return moves


def tell_changed(
    before: ExportIncident,
    after: ExportIncident,
    raw: LedgerIncident,
    policy: Policy,
    causes: Mapping[str, Link],
    base_url: str | None,
) -> Changed:
    """What moved in an incident over the period."""
    says: dict[str, tuple[Link, ...]] = {o: says_who(after, raw, o, policy) for o in OUTCOME_ORDER}
    moves = list(tell_moves(told_values(before, policy), told_values(after, policy), causes, says))
    moves += party_moves(before, after, causes.get("participants"))
    moves += _dispute_moves(before, after, causes.get("disputes"))
    moves += _report_moves(before, after)
    if before.reviewed != after.reviewed:
        words = (before.reviewed or "not reviewed", after.reviewed or "not reviewed")
        moves.append(Move("review", *words, causes.get("review")))
    return Changed(tell_entry(after, raw, policy, base_url), tuple(moves))


def _dispute_moves(
    before: ExportIncident, after: ExportIncident, cause: Link | None
) -> Iterator[Move]:
    old = dict.fromkeys(d.words for d in before.disputes)
    new = dict.fromkeys(d.words for d in after.disputes)
    if old.keys() != new.keys():
        yield Move("disputed", "; ".join(old) or "nothing", "; ".join(new) or "nothing", cause)


def _report_moves(before: ExportIncident, after: ExportIncident) -> Iterator[Move]:
    known = {report.id for report in before.reports}
    links = [report_link(r) for r in after.reports if r.id not in known]
    new = tuple(dict.fromkeys(link for link in links if link is not None))
    if new:
        more = f" and {len(new) - MAX_SAYS} more" if len(new) > MAX_SAYS else ""
        words = "; ".join(link.words for link in new[:MAX_SAYS]) + more
        yield Move("reports", str(len(before.reports)), f"{len(after.reports)}, now also {words}")


def tell_disputes(incident: ExportIncident, base_url: str | None) -> list[Disputed]:
    """Who stands against whom about the incident, each pair of voices once."""
    notes = {claim.id: claim for claim in incident.claims}
    reports = {report.id: report for report in incident.reports}
    found: dict[tuple[Voice, Voice], list[str]] = {}
    for dispute in incident.disputes:
        one = _voice(notes.get(dispute.claim), reports, dispute)
        other = _voice(notes.get(dispute.counterclaim), reports, dispute)
        if one is not None and other is not None:
            found.setdefault((one, other), []).append(dispute.words)
    link, words = incident_link(incident.id, base_url), headline(incident)
    return [
        Disputed(link, words, "; ".join(dict.fromkeys(about)), *voices)
        for voices, about in found.items()
    ]


def _voice(
    claim: ClaimNote | None, reports: Mapping[str, ReportNote], dispute: DisputeNote
) -> Voice | None:
    if claim is None:
        return None
    numbers: tuple[str, ...] = ()
    if dispute.about == "figure":
        numbers = tuple(f"{f.outcome}: {range_words(f.low, f.high)}" for f in claim.figures)
    return Voice(
        claim.speakers[0].name if claim.speakers else "source not told",
        report_link(reports.get(claim.report)),
        numbers,
        claim.quote,
    )
