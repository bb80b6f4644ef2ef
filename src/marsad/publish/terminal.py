"""Terminal text: a coded report for a person at a prompt, or in a pipe.

Reads   a CodedReport through the view.
Writes  text, 50 to 100 columns wide, in which colour only repeats what words say.
Never   lets through a control character of the report, and never prints: it returns text.

Loses   what the view loses, and quotes beyond 320 characters.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import StringIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from marsad.publish.safe_text import one_line
from marsad.publish.view import Explanations, make_view
from marsad.publish.view_parts import (
    ClaimView,
    DisputeView,
    IncidentView,
    PartyView,
    ReportView,
    ToldView,
)
from marsad.records import CodedReport

MIN_COLUMNS = 50
MAX_COLUMNS = 100

_STATUS_STYLES = {
    "single source": "yellow",
    "corroborated": "green",
    "contested": "bold magenta",
    "discounted": "bold red",
}


def render_text(
    coded: CodedReport,
    *,
    columns: int = 80,
    colour: bool = False,
    names: bool = False,
    explanations: Explanations | None = None,
) -> str:
    """The report as text, ending in a line end.

    `columns` is the width of the screen; lines are kept between 50 and 100 columns.
    """
    view = make_view(coded, names=names, explanations=explanations)
    return _draw(_report(view), columns=columns, colour=colour)


def _draw(content: RenderableType, *, columns: int, colour: bool) -> str:
    out = StringIO()
    console = Console(
        file=out,
        width=max(MIN_COLUMNS, min(columns, MAX_COLUMNS)),
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    console.print(content)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _report(view: ReportView) -> Group:
    parts: list[RenderableType] = [Rule(characters="─"), Text(view.title, style="bold")]
    parts.append(Text(view.byline, style="dim"))
    if view.url:
        parts.append(Text(one_line(view.url), style="dim", overflow="fold"))
    parts += [Rule(characters="─"), Text(_summary(view))]
    for incident in view.incidents:
        parts += [Text(), _incident(incident)]
    if view.asides:
        parts += [Text(), _asides(view.asides)]
    notes = []
    if view.names_withheld:
        notes.append("Names of private persons are withheld; --names shows them.")
    if not view.dated and (view.incidents or view.asides):
        notes.append("Without a publication date, 'on Monday' cannot be dated; give --published.")
    if notes:
        parts += [Text(), *(Text(note, style="dim") for note in notes)]
    return Group(*parts)


def _summary(view: ReportView) -> str:
    if not view.incidents and not view.asides:
        return "No claim of political violence found in this report."
    incidents = _count(len(view.incidents), "incident")
    if not view.asides:
        return incidents
    return f"{incidents}, and {_count(len(view.asides), 'claim')} that make none"


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _incident(incident: IncidentView) -> RenderableType:
    heading = Text.assemble(
        (f"{incident.number}. {incident.kind}", "bold"),
        " — ",
        (incident.place or "place not stated", "bold" if incident.place else "dim"),
    )
    facts = Table.grid(padding=(0, 2))
    facts.add_column(no_wrap=True, style="dim")
    facts.add_column(overflow="fold")
    facts.add_row("when", Text(incident.when or "date not stated"))
    for label, content in _party_rows(incident):
        facts.add_row(label, content)
    facts.add_row(
        "status",
        Text.assemble(
            (incident.status, _STATUS_STYLES.get(incident.status, "")),
            f" ({incident.status_reason})",
        ),
    )
    parts: list[RenderableType] = [facts]
    parts.append(_tallies(incident) if incident.tallies else Text())
    for dispute in incident.disputes:
        parts.append(_dispute(dispute))
    if incident.told:
        parts.append(Text("in the report's words", style="dim"))
    parts += [_told(told) for told in incident.told]
    return Group(heading, Padding(Group(*parts), (0, 0, 0, 3)))


def _party_rows(incident: IncidentView) -> Iterable[tuple[str, Text]]:
    if incident.actors and incident.recipients:
        yield "who", Text.assemble(_parties(incident.actors), " → ", _parties(incident.recipients))
    elif incident.actors:
        yield "who", Text.assemble("by ", _parties(incident.actors))
    elif incident.recipients:
        yield (
            "who",
            Text.assemble("to ", _parties(incident.recipients), ("; by whom is not stated")),
        )
    else:
        yield "who", Text("not stated")
    reporters = dict.fromkeys(
        name for party in incident.actors + incident.recipients for name in party.reported_by
    )
    if reporters:
        yield "", Text(f"as reported by {'; '.join(reporters)}", style="dim")


def _parties(parties: Iterable[PartyView]) -> Text:
    return Text("; ").join(
        Text.assemble(party.name, (f" ({party.kind})" if party.kind else "", "dim"))
        for party in parties
    )


def _tallies(incident: IncidentView) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
    table.add_column("figures", overflow="fold", ratio=None)
    for name in ("low", "best", "high"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("who says so", overflow="fold")
    for row in incident.tallies:
        table.add_row(
            Padding(Text(row.label, style="" if row.part else "bold"), (0, 0, 0, 2 * row.part)),
            row.low,
            Text(row.best, style="bold"),
            row.high,
            Text("\n".join(row.sources) or "not stated"),
        )
    return Padding(table, (1, 0, 1, 0))


def _dispute(dispute: DisputeView) -> RenderableType:
    lines: list[RenderableType] = [Text("DISPUTED", style=_STATUS_STYLES["contested"])]
    if dispute.claim is not None:
        lines.append(_bullet(_said(dispute.claim, lead="claim: ")))
    for counter in dispute.counters:
        lead = f"against it, {counter.about}: "
        if counter.claim is not None:
            lines.append(_bullet(_said(counter.claim, lead=lead)))
        else:
            lines.append(_bullet(Text(lead + " and ".join(counter.sources))))
    return Group(*lines)


def _told(told: ToldView) -> RenderableType:
    quotes = [part for claim in told.claims for part in _quote(claim)]
    return _bullet(Group(_head(told.speaker, told.modality), *quotes))


def _bullet(content: RenderableType) -> RenderableType:
    """The content behind a bullet, its further lines indented as the first."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=1)
    grid.add_column(overflow="fold")
    grid.add_row("•", content)
    return grid


def _said(claim: ClaimView, *, lead: str = "") -> RenderableType:
    return Group(_head(claim.speaker, claim.modality, lead=lead), *_quote(claim))


def _head(speaker: str, modality: str, *, lead: str = "") -> Text:
    head = Text.assemble(lead, (speaker, "cyan"))
    if modality != "stated as fact":
        head.append(f" [{modality}]", style="bold")
    return head


def _quote(claim: ClaimView) -> list[RenderableType]:
    return [
        Text("in words quoted above", style="dim") if claim.repeated else Text(f"“{claim.quote}”"),
        *(Text(f"why: {reason}", style="dim") for reason in claim.reasons),
    ]


def _asides(asides: Iterable[ClaimView]) -> RenderableType:
    parts: list[RenderableType] = []
    for claim in asides:
        about = " · ".join(part for part in (claim.kind, claim.place, claim.when) if part)
        head = Text.assemble(
            (f"[{claim.modality}]", "bold"), f" {about} — ", (claim.speaker, "cyan")
        )
        parts.append(_bullet(Group(head, *_quote(claim))))
    return Group(Text("Said, but no incident", style="bold"), Padding(Group(*parts), (0, 0, 0, 3)))
