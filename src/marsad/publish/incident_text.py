"""Parts of an incident as terminal text: who, how many, who says so in which words.

Reads   the view's parts.
Writes  rich renderables.
Never   decides what is shown: the view did.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from marsad.publish.screen import bullet
from marsad.publish.view_parts import ClaimView, IncidentView, PartyView, ToldView


def party_rows(incident: IncidentView) -> Iterable[tuple[str, Text]]:
    """Rows of label and words: who did it to whom, as reported by whom."""
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


def tallies_table(incident: IncidentView) -> RenderableType:
    """The figures: low, best, high, and who says so."""
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


def told_words(told: ToldView) -> RenderableType:
    """What one source says, in its words."""
    quotes = [part for claim in told.claims for part in quote_words(claim)]
    return bullet(Group(head_words(told.speaker, told.modality), *quotes))


def said_words(claim: ClaimView, *, lead: str = "") -> RenderableType:
    """Who says a claim, and its words."""
    return Group(head_words(claim.speaker, claim.modality, lead=lead), *quote_words(claim))


def head_words(speaker: str, modality: str, *, lead: str = "") -> Text:
    """Who says so, and how, unless it is stated as fact."""
    head = Text.assemble(lead, (speaker, "cyan"))
    if modality != "stated as fact":
        head.append(f" [{modality}]", style="bold")
    return head


def quote_words(claim: ClaimView) -> list[RenderableType]:
    """The quote, and why the claim was read so."""
    return [
        Text("in words quoted above", style="dim") if claim.repeated else Text(f"“{claim.quote}”"),
        *(Text(f"why: {reason}", style="dim") for reason in claim.reasons),
    ]
