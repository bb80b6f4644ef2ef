"""Terminal text: a coded report for a person at a prompt, or in a pipe.

Reads   a CodedReport through the view.
Writes  text, 50 to 100 columns wide, in which colour only repeats what words say.
Never   lets through a control character of the report, and never prints: it returns text.

Loses   what the view loses, and quotes beyond 320 characters.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from marsad.publish.incident_text import (
    party_rows,
    quote_words,
    said_words,
    tallies_table,
    told_words,
)
from marsad.publish.safe_text import one_line
from marsad.publish.screen import STATUS_STYLES, bullet, count_words, draw
from marsad.publish.view import Explanations, make_view
from marsad.publish.view_parts import (
    ClaimView,
    DisputeView,
    IncidentView,
    ReportView,
)
from marsad.records import CodedReport


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
    return draw(_report(view), columns=columns, colour=colour)


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
    incidents = count_words(len(view.incidents), "incident")
    if not view.asides:
        return incidents
    return f"{incidents}, and {count_words(len(view.asides), 'claim')} that make none"


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
    for label, content in party_rows(incident):
        facts.add_row(label, content)
    facts.add_row(
        "status",
        Text.assemble(
            (incident.status, STATUS_STYLES.get(incident.status, "")),
            f" ({incident.status_reason})",
        ),
    )
    parts: list[RenderableType] = [facts]
    parts.append(tallies_table(incident) if incident.tallies else Text())
    for dispute in incident.disputes:
        parts.append(_dispute(dispute))
    if incident.told:
        parts.append(Text("in the report's words", style="dim"))
    parts += [told_words(told) for told in incident.told]
    return Group(heading, Padding(Group(*parts), (0, 0, 0, 3)))


def _dispute(dispute: DisputeView) -> RenderableType:
    lines: list[RenderableType] = [Text("DISPUTED", style=STATUS_STYLES["contested"])]
    if dispute.claim is not None:
        lines.append(bullet(said_words(dispute.claim, lead="claim: ")))
    for counter in dispute.counters:
        lead = f"against it, {counter.about}: "
        if counter.claim is not None:
            lines.append(bullet(said_words(counter.claim, lead=lead)))
        else:
            lines.append(bullet(Text(lead + " and ".join(counter.sources))))
    return Group(*lines)


def _asides(asides: Iterable[ClaimView]) -> RenderableType:
    parts: list[RenderableType] = []
    for claim in asides:
        about = " · ".join(part for part in (claim.kind, claim.place, claim.when) if part)
        head = Text.assemble(
            (f"[{claim.modality}]", "bold"), f" {about} — ", (claim.speaker, "cyan")
        )
        parts.append(bullet(Group(head, *quote_words(claim))))
    return Group(Text("Said, but no incident", style="bold"), Padding(Group(*parts), (0, 0, 0, 3)))
