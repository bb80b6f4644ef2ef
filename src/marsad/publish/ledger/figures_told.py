"""How the figures were told: who gave which number when, and what overtook it.

Reads   ToldFigures.
Writes  a table, in the order of telling.
Never   leaves a figure out because it is old, a copy or set aside: it says which.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from marsad.publish.ledger.references import References
from marsad.publish.wording import OUTCOME_ORDER, range_words
from marsad.records import FigureState, ToldFigure

_STATE_STYLES: dict[FigureState, str] = {
    "current": "green",
    "superseded": "dim",
    "copy": "dim",
    "set-aside": "yellow",
}


def told_table(told: Iterable[ToldFigure], refs: References) -> Table:
    """A row for each figure: when, how many, who in which report, and whether it stands."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column("told", no_wrap=True, style="dim")
    table.add_column("figure", overflow="fold", ratio=2)
    table.add_column("source", overflow="fold", ratio=2)
    table.add_column("now", overflow="fold", ratio=3)
    for figure in sorted(told, key=_order):
        table.add_row(
            _day(figure),
            Text(_figure_words(figure, refs)),
            Text(f"{refs.show(figure.source)} {refs.report(figure.report)}"),
            _state(figure, refs),
        )
    return table


def _order(figure: ToldFigure) -> tuple[int, str, bool, str, str]:
    told_at = str(figure.told_at or "9999")
    group = figure.group or ""
    return OUTCOME_ORDER.index(figure.outcome), told_at, bool(group), group, figure.source


def _day(figure: ToldFigure) -> str:
    return str(figure.told_at)[:10] if figure.told_at else "undated"


def _figure_words(figure: ToldFigure, refs: References) -> str:
    words = f"{figure.outcome} {range_words(figure.low, figure.high)}"
    return f"{words} ({refs.show(figure.group)})" if figure.group else words


def _state(figure: ToldFigure, refs: References) -> Text:
    words = {
        "current": "stands",
        "superseded": "overtaken",
        "copy": "copy",
        "set-aside": "set aside",
    }[figure.state]
    if figure.superseded_by:
        words += f" by {refs.report(figure.superseded_by)}"
    cell = Text(words, style=_STATE_STYLES[figure.state])
    if figure.why:
        cell.append(f": {refs.show(figure.why)}", style="dim")
    return cell
