"""Sheet: a table of other people, cut into rows of named cells.

Reads   a binary stream of CSV or TSV, in whatever encoding, order and case of columns.
Writes  the cells of each row under our names for them; a failure for each row that is none.
Never   holds more than a row, or cuts a row to fit the header.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from marsad.errors import ReportError, UnreadableReport
from marsad.reports.columns import name_columns
from marsad.reports.datasets.row import BadRow
from marsad.reports.datasets.values import clean
from marsad.reports.failure import ReadFailure
from marsad.reports.length import MAX_CHARS
from marsad.reports.received import Received
from marsad.reports.table import DELIMITERS, cut_rows, read_header
from marsad.reports.tablelines import ByteStream, TableLines
from marsad.settings import MAX_REPORT_BYTES

# A cell that is not prose and longer than this holds something else than its column says.
MAX_CELL_CHARS = 10_000


@dataclass(frozen=True)
class Layout:
    """What a format's table holds: each field with the names its column goes by.

    `needs`: of each of these sets one must be there. `prose` are fields of any length. `others`
    are the columns by which other formats are known.
    """

    format: str
    usual: Mapping[str, tuple[str, ...]]
    needs: tuple[frozenset[str], ...]
    prose: frozenset[str] = frozenset()
    others: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cells:
    """A row: its cells by field, without those that are empty of text; where and as it stood."""

    values: Mapping[str, str]
    line: int
    raw: bytes


def read_sheet(
    stream: ByteStream,
    name: str,
    layout: Layout,
    *,
    columns: Mapping[str, str] | None = None,
    read_cell: Callable[[str], str] = str,
    max_bytes: int = MAX_REPORT_BYTES,
) -> Iterator[Cells | BadRow]:
    """The rows after the header. `columns` gives the field of a column, by the column's name.

    `read_cell` undoes what was done to cells so that no spreadsheet takes them for formulas.
    """
    csv.field_size_limit(max(csv.field_size_limit(), 4 * MAX_CHARS))
    try:
        lines = TableLines(stream, name, max_bytes)
        header, delimiter = read_header(lines, name, lambda line: _choose_delimiter(line, layout))
        places = _place_fields(header, layout, columns or {}, name)
    except ReportError as error:
        yield BadRow(None, UnreadableReport(str(error)))
        return
    for item in cut_rows(lines, delimiter, len(header), name):
        if isinstance(item, Received):
            assert isinstance(item.result, ReadFailure)
            yield BadRow(item.result.line, UnreadableReport(str(item.result.error)))
            continue
        line = lines.first
        if len(item) > len(header) and any(cell.strip() for cell in item[len(header) :]):
            yield bad_row(
                name,
                line,
                f"{len(item)} cells, but the header names {len(header)} columns. Put a cell that "
                f"holds the mark between cells in quotation marks.",
            )
            continue
        values = {
            key: clean(read_cell(item[place]))
            for key, place in places.items()
            if place < len(item) and item[place].strip()
        }
        long = next((k for k, v in values.items() if _is_too_long(k, v, layout)), None)
        if long is not None:
            yield bad_row(
                name, line, f"{len(values[long]):,} characters under {long!r}. That is no {long}."
            )
            continue
        yield Cells(values, line, lines.raw)


def bad_row(name: str, line: int, why: str) -> BadRow:
    """The failure of a row, named by its file and line."""
    return BadRow(line, UnreadableReport(f"{name}, line {line}: {why}"))


def read_map(given: Sequence[str], fields: Mapping[str, object]) -> dict[str, str]:
    """A column map as a user writes it, "column=field" each: the field by the column.

    Raises:
        UnreadableReport: says which part is wrong, and which fields there are.
    """
    found: dict[str, str] = {}
    for words in given:
        column, equals, name = words.rpartition("=")
        wanted = _plain(name)
        known = {_plain(f): f for f in fields}
        if not equals or not column.strip() or wanted not in known:
            raise UnreadableReport(
                f"--map {words!r} is not understood. Give column=field, once for each column; the "
                f"fields are {', '.join(fields)}."
            )
        if known[wanted] in found.values():
            raise UnreadableReport(f"--map gives the field {known[wanted]!r} twice. Give it once.")
        found[column.strip()] = known[wanted]
    return found


def _is_too_long(key: str, value: str, layout: Layout) -> bool:
    return len(value) > (MAX_CHARS if key in layout.prose else MAX_CELL_CHARS)


def _choose_delimiter(line: str, layout: Layout) -> str:
    """The delimiter under which the header names the most fields, else makes the most cells."""
    known = {_plain(word) for words in layout.usual.values() for word in words}

    def fit(mark: str) -> tuple[int, int]:
        cells = next(csv.reader([line], delimiter=mark), [])
        return sum(_plain(cell) in known for cell in cells), len(cells)

    return max(DELIMITERS, key=fit)


def _place_fields(
    header: Sequence[str], layout: Layout, columns: Mapping[str, str], name: str
) -> dict[str, int]:
    plain = [_plain(column) for column in header]
    other = next((f for f, marks in layout.others.items() if marks <= set(plain)), None)
    if other and not columns:
        raise UnreadableReport(
            f"{name}: these are the columns of --from {other}, not of --from {layout.format}."
        )
    places: dict[str, int] = {}
    for column, key in columns.items():
        exact = [i for i, known in enumerate(header) if known.strip() == column]
        found = exact or [i for i, known in enumerate(plain) if known == _plain(column)]
        if len(found) != 1:
            what = "no column" if not found else f"{len(found)} columns"
            raise UnreadableReport(
                f"{name}: {what} {column!r} for {key!r}. The columns are {name_columns(header)}."
            )
        places[key] = found[0]
    taken = set(places.values())
    for key, usual in layout.usual.items():
        if key in places:
            continue
        free = [i for word in usual for i, known in enumerate(plain) if known == _plain(word)]
        place = next((i for i in free if i not in taken), None)
        if place is not None:
            places[key] = place
            taken.add(place)
    missing = [sorted(group) for group in layout.needs if not group & places.keys()]
    if missing:
        wants = " and ".join(" or ".join(group) for group in missing)
        raise UnreadableReport(
            f"{name}: no column for {wants}, which --from {layout.format} needs. The columns are "
            f"{name_columns(header)}. Say which it is: --map 'COLUMN={missing[0][0]}'."
        )
    return places


def _plain(column: str) -> str:
    return re.sub(r"[\W_]+", "", column.casefold())
