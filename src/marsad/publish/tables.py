"""Small tables for a terminal: places found, codebook entries.

Reads   column names and rows of strings.
Writes  text, aligned, within the screen's width.
Never   prints: it returns text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from marsad.publish.safe_text import one_line


def render_table(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    columns: int = 100,
    right: Sequence[str] = (),
) -> str:
    """The rows under their heads, ending in a line end. `right` names columns of numbers."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for position, head in enumerate(heads):
        numeric = head in right
        table.add_column(
            head,
            justify="right" if numeric else "left",
            no_wrap=numeric or not position,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    out = StringIO()
    Console(file=out, width=max(columns, 50), color_system=None, highlight=False).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"
