"""How the figures were told: who gave which number when, and what overtook it.

Reads   ToldFigures.
Writes  a table, or a list on a narrow screen, in the order of telling.
Never   leaves a figure out because it is old, a copy or set aside: it says which.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from marsad.publish.ledger.references import References
from marsad.publish.screen import bullet
from marsad.publish.wording import OUTCOME_ORDER, range_words
from marsad.records import FigureState, ToldFigure

_STATE_STYLES: dict[FigureState, str] = {
    "current": "green",
    "superseded": "dim",
    "copy": "dim",
    "set-aside": "yellow",
}


def told_figures(
    told: Iterable[ToldFigure], refs: References, *, in_columns: bool
) -> list[RenderableType]:
    """For each figure: when, how many, who in which report, and whether it stands."""
    figures = sorted(told, key=told_order)
    if not in_columns:
        return [
            bullet(
                Text.assemble(
                    f"{told_day(figure)} {told_words(figure, refs)} — {_teller(figure, refs)}: ",
                    state_words(figure, refs),
                )
            )
            for figure in figures
        ]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column("told", no_wrap=True, style="dim")
    table.add_column("figure", overflow="fold", ratio=4)
    table.add_column("source", overflow="fold", ratio=5)
    table.add_column("now", overflow="fold", ratio=6)
    for figure in figures:
        cells = (Text(told_words(figure, refs)), Text(_teller(figure, refs)))
        table.add_row(told_day(figure), *cells, state_words(figure, refs))
    return [table]


def _teller(figure: ToldFigure, refs: References) -> str:
    return f"{refs.show(figure.source)} {refs.report(figure.report)}"


def told_order(figure: ToldFigure) -> tuple[int, str, bool, str, str]:
    """By outcome, then as they were told."""
    told_at = str(figure.told_at or "9999")
    group = figure.group or ""
    return OUTCOME_ORDER.index(figure.outcome), told_at, bool(group), group, figure.source


def told_day(figure: ToldFigure) -> str:
    """The day on which it was told."""
    return str(figure.told_at)[:10] if figure.told_at else "undated"


def told_words(figure: ToldFigure, refs: References) -> str:
    """How many of whom: "killed 14 or more (soldiers)"."""
    words = f"{figure.outcome} {range_words(figure.low, figure.high)}"
    return f"{words} ({refs.show(figure.group)})" if figure.group else words


def state_words(figure: ToldFigure, refs: References) -> Text:
    """Whether it stands, and why not: "overtaken by [3]: a later toll"."""
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
