"""Sections of an incident's page: disputes, sources, words, decisions, neighbours, reports.

Reads   parts of a Dossier and their views.
Writes  rich renderables, one a line or block.
Never   decides what belongs to the incident: the account did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from marsad.publish.incident_text import head_words, quote_words
from marsad.publish.ledger.references import References
from marsad.publish.ledger.short_ids import short_id
from marsad.publish.ledger.values import (
    day_words,
    field_words,
    moment_words,
    short_place_words,
    value_words,
)
from marsad.publish.privacy import NamePolicy
from marsad.publish.safe_text import one_line
from marsad.publish.screen import bullet
from marsad.publish.view import title_words
from marsad.publish.view_parts import ClaimView, CounterView, DisputeView, IncidentView
from marsad.publish.wording import event_label
from marsad.records import Decision, Dossier, LedgerIncident


def dispute_lines(
    disputes: Sequence[DisputeView], refs: References, *, side_by_side: bool
) -> list[RenderableType]:
    """Claims on the left, what is said against each on the right; on a narrow screen below."""
    both = [(_disputed(dispute, refs), _against(dispute, refs)) for dispute in disputes]
    if not side_by_side:
        return [
            Group(bullet(claim), Text("against it", style="bold"), *map(bullet, against))
            for claim, against in both
        ]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False)
    table.add_column("says", ratio=1, overflow="fold")
    table.add_column("against it", ratio=1, overflow="fold")
    for number, (claim, against) in enumerate(both):
        if number:
            table.add_row("", "")
        table.add_row(claim, Group(*against))
    return [table] if both else []


def _disputed(dispute: DisputeView, refs: References) -> RenderableType:
    if dispute.claim is None:
        return Text("a claim that is not on file any more")
    return Group(*_said(dispute.claim, refs))


def _against(dispute: DisputeView, refs: References) -> list[RenderableType]:
    return [
        Group(Text(counter.about, style="bold"), *_counter(counter, refs))
        for counter in dispute.counters
    ]


def _counter(counter: CounterView, refs: References) -> list[RenderableType]:
    if counter.claim is None:
        return [Text(" and ".join(counter.sources))]
    return _said(counter.claim, refs)


def _said(claim: ClaimView, refs: References) -> list[RenderableType]:
    head = head_words(claim.speaker, claim.modality)
    head.append(f" {refs.of_claims([claim.id])}", style="dim")
    return [head, *_quote(claim, [claim.id])]


def _quote(claim: ClaimView, ids: Iterable[str]) -> list[RenderableType]:
    """The words, and the ids of the claims that say so: `marsad judge` takes them."""
    first, *rest = quote_words(claim)
    named = " ".join(short_id(key) for key in ids)
    if isinstance(first, Text):
        first.append(f" claim {named}", style="dim")
    return [first, *rest]


def origin_lines(incident: LedgerIncident, refs: References) -> list[RenderableType]:
    """A line for each independent source: its reports, and apart from them the copies."""
    lines: list[RenderableType] = []
    for origin in incident.origins:
        own = [key for key in origin.reports if key not in origin.copies]
        words = Text.assemble((refs.show(origin.source), "cyan"), f" ({origin.kind})")
        words.append(f" {refs.all_of(own)}")
        if origin.copies:
            words.append(f"; copied in {refs.all_of(origin.copies)}", style="dim")
        lines.append(bullet(words))
    return lines


def word_lines(view: IncidentView, refs: References) -> list[RenderableType]:
    """Each sentence once, with all who say it so; what stands in a dispute is quoted there."""
    lines: list[RenderableType] = []
    for told in view.told:
        if all(claim.repeated for claim in told.claims):
            continue
        sayers: set[str] = set()
        quotes: list[RenderableType] = []
        for claim in told.claims:
            same = [
                other.id
                for other in view.claims
                if (other.quote, other.modality) == (claim.quote, claim.modality)
            ]
            sayers.update(same)
            quotes += _quote(claim, same)
        head = head_words(told.speaker, told.modality)
        head.append(f" {refs.of_claims(sayers)}", style="dim")
        lines.append(bullet(Group(head, *quotes)))
    return lines


def mention_lines(
    incident: LedgerIncident, claims: Mapping[str, ClaimView], refs: References
) -> list[RenderableType]:
    """Claims of other reports that look back at the incident: they add nothing to it."""
    return [bullet(Group(*_said(claims[key], refs))) for key in incident.mentions if key in claims]


def decision_lines(decisions: Sequence[Decision]) -> list[RenderableType]:
    """A line for each decision: number, time, who, what, why."""
    if not decisions:
        return []
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column("number", justify="right", no_wrap=True, style="cyan")
    table.add_column("what", overflow="fold")
    for decision in decisions:
        number = "" if decision.seq is None else str(decision.seq)
        table.add_row(number, Text(decision_words(decision)))
    note = Text("'marsad judge undo NUMBER' takes one back.", style="dim")
    return [table, note]


def decision_words(decision: Decision) -> str:
    """What was decided, by whom, when and why: "merge by Dana, 2025-01-02 …: same ambush"."""
    words: str = decision.kind
    if decision.scope == "claim":
        words += " claim" if decision.kind == "add" else ""
        words += " " + " ".join(short_id(anchor.claim) for anchor in decision.targets)
    if decision.field is not None:
        value = value_words(decision.field, decision.value)
        words += f" {field_words(decision.field)} to {value}"
    when = f", {moment_words(decision.made_at)}" if decision.made_at else ""
    return f"{words} by {one_line(decision.made_by)}{when}: {one_line(decision.reason)}"


def suggestion_lines(dossier: Dossier, policy: NamePolicy) -> list[RenderableType]:
    """Incidents that may be this one, with the sentence that says why."""
    neighbours = {incident.id: incident for incident in dossier.neighbours}
    lines: list[RenderableType] = []
    for suggestion in dossier.suggestions:
        ids = {suggestion.incident, suggestion.other} - {dossier.incident.id}
        other = min(ids) if ids else suggestion.other
        about = f" {incident_words(neighbours[other], policy)}" if other in neighbours else ""
        words = Text.assemble((short_id(other), "cyan"), about)
        why = Text(one_line(policy.text(suggestion.why)))
        lines.append(bullet(Group(words, why)))
    if lines:
        lines.append(
            Text("'marsad judge merge' joins two; 'judge split' keeps them apart.", style="dim")
        )
    return lines


def incident_words(incident: LedgerIncident, policy: NamePolicy) -> str:
    """An incident in a few words: kind, place, day."""
    place = short_place_words(incident.place, policy)
    return f"{event_label(incident.event_type)} — {place}, {day_words(incident.when)}"


def report_lines(refs: References) -> list[RenderableType]:
    """A numbered block for each report: title, outlet, day, address, id."""
    if not refs.reports:
        return []
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(justify="right", no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for report in refs.reports:
        published = report.published_date
        about = [refs.show(report.outlet or ""), str(published or "no publication date")]
        if report.id in refs.retellers:
            about.append("copy of another")
        lines: Iterable[Text] = [
            Text(title_words(report, refs.policy)),
            Text(" · ".join(part for part in about if part), style="dim"),
            *([Text(one_line(report.url), style="dim", overflow="fold")] if report.url else []),
            Text(one_line(report.id), style="dim", overflow="fold"),
        ]
        table.add_row(refs.report(report.id), Group(*lines))
    return [table]
