"""The way in for data sets: a file of rows as groups of rows, one bad row never the others.

Reads   a path, or "-" for standard input.
Writes  a RowGroup for each row, or for the rows of one incident; a BadRow for what is none.
Never   holds more than one group, or guesses the format: a wrong one is said at once.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Literal, get_args

from marsad.errors import UnreadableReport
from marsad.reports.datasets import acled, incidents_csv
from marsad.reports.datasets.lookups import Lookups
from marsad.reports.datasets.plover import read_plover
from marsad.reports.datasets.row import BadRow, Row, RowGroup
from marsad.reports.datasets.sheet import Layout, bad_row, read_map, read_sheet
from marsad.reports.tablelines import ByteStream
from marsad.settings import MAX_REPORT_BYTES

DataFormat = Literal["plover", "acled", "csv"]
DATA_FORMATS: tuple[DataFormat, ...] = get_args(DataFormat)
_TABLES: dict[str, tuple[Layout, Callable[[Mapping[str, str], int, Lookups], Row]]] = {
    "acled": (acled.LAYOUT, acled.read_acled),
    "csv": (incidents_csv.LAYOUT, incidents_csv.read_incident),
}


def read_columns(format_: DataFormat, given: tuple[str, ...]) -> dict[str, str]:
    """The column map of a format: the field by the column's name.

    Raises:
        UnreadableReport: it is not understood, or the format has no columns.
    """
    if not given:
        return {}
    if format_ not in _TABLES:
        raise UnreadableReport(f"--map names the columns of a table; --from {format_} has none.")
    return read_map(given, _TABLES[format_][0].usual)


def read_data_set(
    source: str,
    format_: DataFormat,
    lookups: Lookups,
    *,
    columns: Mapping[str, str] | None = None,
    max_bytes: int = MAX_REPORT_BYTES,
    stdin: BinaryIO | None = None,
) -> Iterator[RowGroup | BadRow]:
    """The rows of a file, in order. `max_bytes` bounds one row, not the file."""
    if source == "-":
        name, stream = "standard input", stdin or sys.stdin.buffer
        yield from _read_stream(stream, name, format_, lookups, columns, max_bytes)
        return
    try:
        with Path(source).open("rb") as opened:
            yield from _read_stream(opened, source, format_, lookups, columns, max_bytes)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        yield BadRow(None, UnreadableReport(f"{source[:200]}: cannot be read ({why})."))


def _read_stream(
    stream: ByteStream,
    name: str,
    format_: DataFormat,
    lookups: Lookups,
    columns: Mapping[str, str] | None,
    max_bytes: int,
) -> Iterator[RowGroup | BadRow]:
    if format_ == "plover":
        for item in read_plover(stream, name, lookups, max_bytes=max_bytes):
            yield item if isinstance(item, BadRow) else _with_key(item)
        return
    layout, read_row = _TABLES[format_]
    filled = False
    for cells in read_sheet(
        stream, name, layout, columns=columns, read_cell=lookups.read_cell, max_bytes=max_bytes
    ):
        filled = True
        if isinstance(cells, BadRow):
            yield cells
            continue
        try:
            row = read_row(cells.values, cells.line, lookups)
        except ValueError as error:
            yield bad_row(name, cells.line, str(error))
            continue
        yield _with_key(RowGroup(row.key, row.key, row.key or None, (row,), cells.raw, cells.line))
    if not filled:
        yield BadRow(None, UnreadableReport(f"{name}: a table without rows."))


def _with_key(group: RowGroup) -> RowGroup:
    """A row without an id is known by what it says."""
    if group.key:
        return group
    key = f"content {hashlib.sha256(group.raw.strip()).hexdigest()}"
    return replace(group, key=key, incident=group.incident or key)
