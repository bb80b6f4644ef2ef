"""Cells: text that is harmless in a spreadsheet, and lists in one cell.

Reads   any value.
Writes  a cell that no spreadsheet takes for a formula.
Never   touches numbers: a longitude of -12.3 stays one.
"""

from __future__ import annotations

from collections.abc import Iterable

from marsad.publish.safe_text import one_line

Cell = str | int | float | None

# What starts a formula in Excel, LibreOffice or Google Sheets (OWASP, CSV injection), also in
# full width. An apostrophe in front makes it text; readers of the format take it off again.
_STARTERS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
SEPARATOR = "; "


def text_cell(text: str) -> str:
    """`text` on one line, with an apostrophe before what would be a formula."""
    clean = one_line(text)
    # One that begins with an apostrophe and a formula gets one too: it reads back as it was.
    return f"'{clean}" if clean.lstrip("'").startswith(_STARTERS) else clean


def read_cell(cell: str) -> str:
    """The text of a cell that `text_cell` wrote."""
    ours = cell.startswith("'") and cell.lstrip("'").startswith(_STARTERS)
    return cell[1:] if ours else cell


def safe_cell(value: Cell) -> Cell:
    """The value as a cell: text made harmless, the rest as it is."""
    return text_cell(value) if isinstance(value, str) else value


def joined(values: Iterable[str | None]) -> str:
    """Values in one cell, each once; a semicolon inside one becomes a comma."""
    found = dict.fromkeys(value.replace(";", ",") for value in values if value)
    return SEPARATOR.join(found)
