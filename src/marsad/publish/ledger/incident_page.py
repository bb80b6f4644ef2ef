"""One incident: all that stands on file about it, each number with who says so.

Reads   a Dossier.
Writes  terminal text, 50 to 100 columns wide.
Never   drops a dispute, a superseded figure or a copy: it says that they are such.

Loses   coordinates, ids of actors and confidence: these are in the JSON.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from marsad.publish.incident_text import party_rows, tallies_table
from marsad.publish.ledger.figures_told import told_figures
from marsad.publish.ledger.page_sections import (
    decision_lines,
    dispute_lines,
    mention_lines,
    origin_lines,
    report_lines,
    suggestion_lines,
    word_lines,
)
from marsad.publish.ledger.references import References
from marsad.publish.ledger.values import moment_words
from marsad.publish.privacy import SHOW_ALL, NamePolicy, withhold_private_names
from marsad.publish.safe_text import one_line
from marsad.publish.screen import STATUS_STYLES, count_words, draw
from marsad.publish.view import view_claims, view_incident
from marsad.publish.view_parts import IncidentView
from marsad.records import DEFAULT_POLICY, CodedReport, Dossier, LedgerIncident, Policy

MARGIN = 3
# Below this nothing stands side by side.
NARROW_COLUMNS = 72


def render_incident_page(
    dossier: Dossier,
    *,
    policy: Policy = DEFAULT_POLICY,
    columns: int = 80,
    colour: bool = False,
    names: bool = False,
) -> str:
    """The incident as text, ending in a line end. `names` shows private persons' names."""
    hidden = SHOW_ALL if names else names_policy(dossier)
    tallies = tuple(t for t in dossier.incident.tallies if t.policy == policy)
    incident = dossier.incident.model_copy(update={"tallies": tallies})
    view = view_incident(incident, dossier.claims, hidden)
    page = Group(*_parts(dossier, view, policy, hidden, columns=columns))
    return draw(page, columns=columns, colour=colour)


def names_policy(dossier: Dossier) -> NamePolicy:
    """The policy that keeps the private names of all the dossier's reports out of sight."""
    readings = [
        CodedReport(
            report=report,
            claims=tuple(claim for claim in dossier.claims if claim.report_id == report.id),
        )
        for report in dossier.reports
    ]
    return withhold_private_names(*readings)


def _parts(
    dossier: Dossier, view: IncidentView, policy: Policy, hidden: NamePolicy, *, columns: int
) -> Iterable[RenderableType]:
    refs = References(dossier, hidden)
    yield from _head(dossier, view)
    yield Text()
    yield _facts(dossier.incident, view)
    in_columns = columns >= NARROW_COLUMNS
    yield from _figures(dossier, view, policy, refs, in_columns=in_columns)
    disputes = dispute_lines(view.disputes, refs, side_by_side=in_columns)
    yield from _section("Disputed", disputes, style=STATUS_STYLES["contested"])
    claims = view_claims(dossier.claims, hidden)
    yield from _section("Independent sources", origin_lines(dossier.incident, refs))
    yield from _section("In the reports' words", word_lines(view, refs))
    yield from _section(
        "Looked back at, without news", mention_lines(dossier.incident, claims, refs)
    )
    yield from _section("Decided by persons", decision_lines(dossier.decisions))
    yield from _section("May be the same", suggestion_lines(dossier, hidden))
    yield from _section("Reports", report_lines(refs))
    if hidden is not SHOW_ALL:
        note = "Names of private persons are withheld; --names shows them."
        yield from (Text(), Text(note, style="dim"))


def _head(dossier: Dossier, view: IncidentView) -> Iterable[RenderableType]:
    incident = dossier.incident
    yield Rule(characters="─")
    yield Text(f"{view.kind} — {view.place or 'place not stated'}", style="bold")
    yield Text(one_line(incident.id), style="dim")
    yield Rule(characters="─")
    if dossier.as_of:
        yield Text(f"As the account stood at {moment_words(dossier.as_of)}.", style="bold")
    if dossier.asked and dossier.asked != incident.id:
        yield Text(f"{one_line(dossier.asked)} is now part of this incident.", style="bold")


def _facts(incident: LedgerIncident, view: IncidentView) -> RenderableType:
    facts = Table.grid(padding=(0, 2))
    facts.add_column(no_wrap=True, style="dim")
    facts.add_column(overflow="fold")
    facts.add_row("when", Text(view.when or "date not stated"))
    for label, words in party_rows(view):
        facts.add_row(label, words)
    origins, reports = len(incident.origins), len(incident.reports)
    told = f"{count_words(origins, 'independent source')}, {count_words(reports, 'report')}"
    status = Text.assemble((view.status, STATUS_STYLES.get(view.status, "")), f" ({told})")
    facts.add_row("status", status)
    review = incident.review
    if review is not None:
        word = "confirmed" if review.kind == "confirm" else "rejected"
        facts.add_row(
            "review",
            Text.assemble(
                (word, "bold"),
                f" by {one_line(review.by)}, {moment_words(review.at)}: {one_line(review.reason)}",
            ),
        )
    return facts


def _figures(
    dossier: Dossier, view: IncidentView, policy: Policy, refs: References, *, in_columns: bool
) -> Iterable[RenderableType]:
    if view.tallies:
        yield tallies_table(view)
        yield Text(f"Low, best and high under the policy {policy}.", style="dim")
    else:
        yield from (Text(), Text("Nobody gives a number of casualties.", style="dim"))
    if dossier.incident.told:
        figures = told_figures(dossier.incident.told, refs, in_columns=in_columns)
        yield from _section("How the figures were told", figures)


def _section(
    title: str, lines: Sequence[RenderableType], *, style: str = "bold"
) -> Iterable[RenderableType]:
    if lines:
        yield Text()
        yield Text(title, style=style)
        yield Padding(Group(*lines), (0, 0, 0, MARGIN))
