"""The list of incidents: two lines each, to be read downwards, and what they sum up to.

Reads   LedgerIncidents and how many there are in all.
Writes  terminal text, 50 to 160 columns wide.
Never   gives a number without its bounds, a place without its precision.

Loses   groups, disputes, origins and all but two outcomes: `marsad show` tells them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from marsad.publish.ledger.short_ids import short_id, signs_needed
from marsad.publish.ledger.values import (
    bounds_words,
    day_words,
    short_place_words,
    shown_party,
    total_of,
)
from marsad.publish.privacy import SHOW_ALL
from marsad.publish.screen import STATUS_STYLES, count_words, draw
from marsad.publish.wording import STATUS_LABELS, event_label, number
from marsad.records import DEFAULT_POLICY, LedgerIncident, Outcome, Policy

WIDEST = 160
# From here on there is room for who did it to whom.
WIDE_COLUMNS = 110
# Below this a table leaves no room for the place.
NARROW_COLUMNS = 72
_COLUMNS: tuple[Outcome, ...] = ("killed", "injured")


@dataclass(frozen=True)
class IncidentList:
    """A page of incidents: `found` match in all, `known` the ledger holds; `offset` left out.

    `records` bounds the number of records that an id must be told from. `sums` are those
    over all that match: least killed and injured, and how many of these are contested; None
    where only the rows here can be summed.
    """

    incidents: Sequence[LedgerIncident]
    found: int
    known: int
    offset: int = 0
    records: int = 0
    sums: Mapping[Outcome, tuple[int, int]] | None = None
    policy: Policy = DEFAULT_POLICY
    as_of: str | None = None


def render_incident_table(
    page: IncidentList, *, columns: int = 80, colour: bool = False, names: bool = False
) -> str:
    """The page as text, ending in a line end."""
    parts: list[RenderableType] = []
    if page.incidents:
        if columns < NARROW_COLUMNS:
            parts += _blocks(page)
        else:
            parts += [_table(page, wide=columns >= WIDE_COLUMNS, names=names), Text()]
    parts += [Text(line) for line in _footer(page)]
    return draw(Group(*parts), columns=columns, colour=colour, most=WIDEST)


def _table(page: IncidentList, *, wide: bool, names: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("id", no_wrap=True)
    table.add_column("date", no_wrap=True)
    table.add_column("what, where", overflow="fold", ratio=3, min_width=16)
    if wide:
        table.add_column("who, to whom", overflow="fold", ratio=2)
    for outcome in _COLUMNS:
        table.add_column(outcome, justify="right", no_wrap=True)
    table.add_column("status", no_wrap=True)
    signs = signs_needed(page.records, (incident.id for incident in page.incidents))
    for incident in page.incidents:
        cells = [
            Text(short_id(incident.id, signs), style="cyan"),
            _date_cell(incident),
            Text.assemble(
                (event_label(incident.event_type), "bold"),
                "\n",
                short_place_words(incident.place),
            ),
        ]
        if wide:
            cells.append(_who_cell(incident, names=names))
        cells += [_count_cell(incident, outcome, page.policy) for outcome in _COLUMNS]
        table.add_row(*cells, _status_cell(incident))
    return table


def _blocks(page: IncidentList) -> Iterable[RenderableType]:
    signs = signs_needed(page.records, (incident.id for incident in page.incidents))
    for incident in page.incidents:
        head = Text.assemble(
            (short_id(incident.id, signs), "cyan"), f"  {day_words(incident.when)}"
        )
        place = short_place_words(incident.place)
        counts = Text()
        for outcome in _COLUMNS:
            if total_of(incident.tallies, outcome, page.policy):
                cell = _count_cell(incident, outcome, page.policy)
                counts.append_text(Text.assemble(f"{outcome} ", *_on_one_line(cell), " · "))
        counts.append_text(Text(" · ").join(_status_cell(incident).split("\n")))
        lines = (Text(f"{event_label(incident.event_type)} — {place}", style="bold"), counts)
        yield Group(head, Padding(Group(*lines), (0, 0, 1, 2)))


def _on_one_line(cell: Text) -> list[Text | str]:
    best, *bounds = cell.split("\n")
    return [best, *(part for line in bounds for part in (" (", line, ")"))]


def _date_cell(incident: LedgerIncident) -> Text:
    first, to, rest = day_words(incident.when).partition(" to ")
    return Text(f"{first}\n{to.lstrip()}{rest}" if to else first)


def _who_cell(incident: LedgerIncident, *, names: bool) -> Text:
    sides = []
    for role in ("actor", "recipient"):
        words = dict.fromkeys(
            shown_party(party, SHOW_ALL, names=names)
            for party in incident.participants
            if party.role == role
        )
        more = f" +{len(words) - 2}" if len(words) > 2 else ""
        sides.append("; ".join(list(words)[:2]) + more)
    if not any(sides):
        return Text("not stated", style="dim")
    return Text(f"{sides[0] or 'by whom not stated'}\n{'→ ' + sides[1] if sides[1] else ''}")


def _count_cell(incident: LedgerIncident, outcome: Outcome, policy: Policy) -> Text:
    tally = total_of(incident.tallies, outcome, policy)
    if tally is None:
        return Text("·", style="dim")
    if tally.high is None and tally.low == tally.best:
        return Text(f"{number(tally.best)}+", style="bold")
    bounds = bounds_words(tally.low, tally.high)
    return Text.assemble((number(tally.best), "bold"), "\n" if bounds else "", (bounds, "dim"))


def _status_cell(incident: LedgerIncident) -> Text:
    label = STATUS_LABELS[incident.status][0]
    sources = f"{number(len(incident.origins))} src · {number(len(incident.reports))} rep"
    cell = Text.assemble((label, STATUS_STYLES[label]), "\n", (sources, "dim"))
    if incident.review is not None:
        word = "confirmed" if incident.review.kind == "confirm" else "rejected"
        cell.append(f"\n{word}", style="bold red" if word == "rejected" else "green")
    return cell


def _footer(page: IncidentList) -> list[str]:
    as_of = f" as the account stood at {page.as_of}" if page.as_of else ""
    if not page.known:
        return [
            f"The ledger holds no incidents{as_of or ' yet'}. 'marsad ingest SOURCE' adds some."
        ]
    if not page.found:
        return [
            f"No incident matches, of {number(page.known)} in the ledger{as_of}. "
            "Rejected and discounted ones are shown only with --status."
        ]
    shown = len(page.incidents)
    if not shown:
        return [f"{count_words(page.found, 'incident')} match; --offset {page.offset} skips them."]
    first, last = page.offset + 1, page.offset + shown
    if shown == page.found:
        lines = [f"{count_words(page.found, 'incident')}{as_of}."]
    else:
        lines = [f"Incidents {number(first)} to {number(last)} of {number(page.found)}{as_of}."]
        if last < page.found:
            lines[0] += f" Next: --offset {last}; all: --limit 0."
    lines.append(_documented(page))
    lines.append(
        f"Numbers: best under {page.policy}, below it low–high; + is open above, · not told. "
        "src: independent sources, rep: reports. 'marsad show ID' tells who says what."
    )
    return lines


def _documented(page: IncidentList) -> str:
    """The sum of the low bounds: so many at least are told of, if what is told is true."""
    sums = page.sums or {outcome: _sum(page, outcome) for outcome in _COLUMNS}
    parts = []
    for outcome in _COLUMNS:
        least, contested = sums.get(outcome, (0, 0))
        words = f"{number(least)} {outcome}"
        parts.append(f"{words} ({number(contested)} of them contested)" if contested else words)
    where = ""
    if len(page.incidents) < page.found:
        where = f" in all {number(page.found)}" if page.sums else " in these rows"
    return f"Documented minimum{where}: {', '.join(parts)}."


def _sum(page: IncidentList, outcome: Outcome) -> tuple[int, int]:
    """The least that are told of in these rows, and how many of them are contested."""
    lows = [
        (tally.low, incident.status == "contested")
        for incident in page.incidents
        if (tally := total_of(incident.tallies, outcome, page.policy)) is not None
    ]
    return sum(low for low, _ in lows), sum(low for low, doubted in lows if doubted)
