"""The screen: what all texts for a terminal share.

Reads   rich renderables.
Writes  text of a given width, in which colour only repeats what words say.
Never   prints: it returns text.
"""

from __future__ import annotations

from io import StringIO
from typing import TextIO

from rich.console import Console, RenderableType
from rich.table import Table

MIN_COLUMNS = 50
MAX_COLUMNS = 100

STATUS_STYLES = {
    "single source": "yellow",
    "corroborated": "green",
    "contested": "bold magenta",
    "discounted": "bold red",
}


def has_colour(stream: TextIO) -> bool:
    """Whether what is written here is seen in colour (a terminal; NO_COLOR, FORCE_COLOR)."""
    screen = Console(file=stream)
    return screen.is_terminal and not screen.no_color


def draw(content: RenderableType, *, columns: int, colour: bool, most: int = MAX_COLUMNS) -> str:
    """The content as text, ending in a line end, `MIN_COLUMNS` to `most` columns wide."""
    out = StringIO()
    console = Console(
        file=out,
        width=max(MIN_COLUMNS, min(columns, most)),
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


def bullet(content: RenderableType) -> RenderableType:
    """The content behind a bullet, its further lines indented as the first."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=1)
    grid.add_column(overflow="fold")
    grid.add_row("•", content)
    return grid


def count_words(number: int, noun: str) -> str:
    """A number with its noun: "no incidents", "1 incident", "2 incidents"."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
