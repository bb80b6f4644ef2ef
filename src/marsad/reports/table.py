"""Tables: CSV and TSV, one report a row, its text used exactly as given.

Reads   a binary stream of rows; the first row names the columns.
Writes  a report or a failure for each row, in order.
Never   cleans the text, cuts a row to fit the header, or holds more than a row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from marsad.errors import ReportError, UnreadableReport
from marsad.reports.bylines import split_names
from marsad.reports.columns import place_columns
from marsad.reports.jsonl import report_from_row
from marsad.reports.length import MAX_CHARS
from marsad.reports.metadata import outlet_from_url
from marsad.reports.received import Received, failed, received
from marsad.reports.tablelines import ByteStream, OpenQuote, TableLines
from marsad.settings import MAX_REPORT_BYTES

DELIMITERS = ",;\t|"
# How tables write that a cell has no value; in the text itself they are words.
NO_VALUE = frozenset({"", "na", "n/a", "nan", "nat", "null", "none", "-", "--"})
# csv's own limit, 131,072 characters a field, is below what reports may have. It is one for the
# whole process, and is only ever raised.
_FIELD_CHARS = 4 * MAX_CHARS


def read_table(
    stream: ByteStream,
    name: str,
    *,
    published: str | date | None = None,
    language: str | None = None,
    columns: Mapping[str, str] | None = None,
    max_bytes: int = MAX_REPORT_BYTES,
) -> Iterator[Received]:
    """A report or a failure for each row after the header.

    `columns` gives the column of a field where the usual names do not (see
    `read_column_map`). `published` fills in where a row gives none; `language`
    overrides what the rows say.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _FIELD_CHARS))
    try:
        lines = TableLines(stream, name, max_bytes)
        header, delimiter = read_header(lines, name, lambda line: _choose_delimiter(line, columns))
        places = place_columns(header, columns, name)
    except ReportError as error:
        yield failed(name, error)
        return
    filled = False
    for item in cut_rows(lines, delimiter, len(header), name):
        filled = True
        if isinstance(item, Received):
            yield item
            continue
        where = f"{name}, line {lines.first}"
        origin, raw, line = f"{name}#{lines.first}", lines.raw, lines.first
        try:
            row = _row_of(item, header, places, where)
            result = report_from_row(row, where, published=published, language=language)
        except ReportError as error:
            yield failed(name, error, line=line, origin=origin, raw=raw)
        else:
            yield received(result, origin, raw)
    if not filled:
        yield failed(name, f"{name}: a table without rows. Give one report a row.")


def is_table_header(line: str, columns: Mapping[str, str] | None = None) -> bool:
    """Whether a line names the columns of a table of reports: those of the map, or usual ones.

    By usual names alone it must have two, and only short cells: prose may begin with one.
    """
    cells = _split(line, _choose_delimiter(line, columns))
    if not columns and (len(cells) < 2 or any(len(cell) > 40 for cell in cells)):
        return False
    try:
        return len(place_columns(cells, columns, "")) >= (1 if columns else 2)
    except UnreadableReport:
        return False


def read_header(
    lines: TableLines, name: str, choose: Callable[[str], str]
) -> tuple[list[str], str]:
    """The first filled row and the mark between its cells.

    `choose` says the mark of a line, where no "sep=" before it does.

    Raises:
        UnreadableReport: there is no such row, or it cannot be read.
    """
    told = None
    while True:
        lines.start_row()
        try:
            line = next(lines)
        except StopIteration:
            raise UnreadableReport(
                f"{name}: empty. Give a table whose first row names the columns."
            ) from None
        except OpenQuote:
            raise UnreadableReport(f"{name}: the first row is too long for a header.") from None
        said = re.fullmatch(r"sep=(.)\s*", line)
        if said:  # spreadsheets write it to tell each other
            told = said[1]
        elif line.strip(" \t\r\n,;|"):
            break
    try:
        delimiter = told or choose(line)
        header = next(csv.reader(chain([line], lines), delimiter=delimiter))
    except (OpenQuote, csv.Error) as error:
        raise UnreadableReport(
            f"{name}: the header cannot be read (a quotation mark is not closed, or a cell is too "
            f"long). The first row must name the columns."
        ) from error
    while header and not header[-1].strip():
        header.pop()
    return header, delimiter


def _choose_delimiter(line: str, columns: Mapping[str, str] | None) -> str:
    """The delimiter under which the header names the most fields, else makes the most cells."""

    def fit(mark: str) -> tuple[int, int]:
        cells = _split(line, mark)
        try:
            return len(place_columns(cells, columns, "")), len(cells)
        except UnreadableReport:
            return 0, len(cells)

    return max(DELIMITERS, key=fit)


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def cut_rows(
    lines: TableLines, delimiter: str, width: int, name: str
) -> Iterator[list[str] | Received]:
    """Rows of cells; a failure where one cannot be cut out of the file."""
    while True:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            lines.start_row()
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield cells
                lines.start_row()
            return
        except OpenQuote:
            why = (
                "more bytes than a report may have. Split it, or raise MARSAD_MAX_REPORT_BYTES"
                if lines.is_overlong and lines.first == lines.last
                else "a quotation mark is opened and not closed. Close it, or double it in a cell"
            )
        except csv.Error as error:
            why = f"no row of a table ({error}). Double each quotation mark inside a quoted cell"
        yield _fail_broken(lines, delimiter, width, name, why)


def _fail_broken(lines: TableLines, delimiter: str, width: int, name: str, why: str) -> Received:
    """The failure of a broken row; what it swallowed is read again if that is sound rows."""
    first, last = lines.first, lines.last
    swallowed = lines.give_back()
    lost = ""
    if _are_rows(swallowed, delimiter, width):
        lines.replay(swallowed)
    elif last > first:
        lost = f" Lines {first} to {last} are not read."
    return failed(name, f"{name}, line {first}: {why}.{lost}", line=first, origin=f"{name}#{first}")


def _are_rows(lines: list[bytes], delimiter: str, width: int) -> bool:
    """Whether lines are whole rows of the table's width, and so no part of a cell."""
    try:
        texts = [line.decode("utf-8", "replace") for line in lines]
        rows = [row for row in csv.reader(texts, delimiter=delimiter, strict=True) if row]
    except csv.Error:
        return False
    return width > 1 and bool(rows) and all(len(row) == width for row in rows)


def _row_of(
    cells: Sequence[str], header: Sequence[str], places: Mapping[str, int], where: str
) -> dict[str, Any]:
    """A row's cells as the fields of a JSON row."""
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        raise UnreadableReport(
            f"{where}: {len(cells)} cells, but the header names {len(header)} columns. "
            f"Put a cell that holds the mark between cells in quotation marks."
        )
    row: dict[str, Any] = {
        field: cells[place] if place < len(cells) else None for field, place in places.items()
    }
    if row["text"] is None:
        raise UnreadableReport(
            f"{where}: {len(cells)} cells of {len(header)}, and none for the text."
        )
    for field, value in row.items():
        if field != "text" and value is not None:
            row[field] = None if value.strip().casefold() in NO_VALUE else value.strip()
    if row.get("authors"):
        row["authors"] = _read_names(row["authors"])
    if re.match(r"https?://", row.get("outlet") or ""):
        row["outlet"] = outlet_from_url(row["outlet"])
    return row


def _read_names(cell: str) -> list[str]:
    marks = re.split(r"\s*[;|]\s*", cell)
    return [name for name in marks if name] if len(marks) > 1 else list(split_names(cell))
