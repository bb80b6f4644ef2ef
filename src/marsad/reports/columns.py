"""Which column of a table, or key of a row, holds which field of a report.

Reads   the names a table's header gives, and a user's column map.
Writes  the place of each field.
Never   guesses from what the cells hold.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from marsad.errors import UnreadableReport

# The usual names of each field, the likeliest first; letter case, spaces and marks do not count.
USUAL_NAMES: dict[str, tuple[str, ...]] = {
    "id": tuple("id reportid articleid storyid docid documentid guid uid identifier".split()),
    "text": tuple(
        """text body content fulltext articletext articlebody articlecontent bodytext storytext
        maintext article story report""".split()
    ),
    "title": tuple("title headline heading articletitle".split()),
    "url": tuple(
        "url link uri href weburl articleurl sourceurl pageurl permalink webaddress".split()
    ),
    "outlet": tuple(
        """outlet source publisher newspaper publication sourcename outletname sitename site
        domain""".split()
    ),
    "published": tuple(
        """published date pubdate publisheddate publishedat datepublished publicationdate
        publishdate publishtime publishedtime articledate datetime timestamp""".split()
    ),
    "language": tuple("language lang languagecode".split()),
    "authors": tuple("authors author byline creator writer writers".split()),
    "dateline": ("dateline",),
}
FIELDS = tuple(USUAL_NAMES)
MAX_NAMED_COLUMNS = 20


def read_column_map(words: str) -> dict[str, str]:
    """A column map as a user writes it: "text=Body,title=Headline,published=Date".

    An empty name ("id=") says that the field is not to be read at all. A column
    whose name has a comma or an equals sign is put in double quotes.

    Raises:
        UnreadableReport: says which part is wrong, and which fields there are.
    """
    chosen: dict[str, str] = {}
    for part in re.findall(r'(?:[^,"]|"[^"]*")+', words):
        field, equals, column = part.partition("=")
        field, column = field.strip().casefold(), column.strip()
        if not equals or field not in FIELDS:
            raise UnreadableReport(
                f"column map: {part.strip()!r} is not understood. Give field=column, separated by "
                f"commas; the fields are {', '.join(FIELDS)}."
            )
        if field in chosen:
            raise UnreadableReport(f"column map: the field {field!r} is given twice. Give it once.")
        chosen[field] = column[1:-1] if re.fullmatch(r'"[^"]*"', column) else column
    if not chosen:
        raise UnreadableReport(
            "column map: empty. Give e.g. text=Body,title=Headline,published=Date."
        )
    return chosen


def place_columns(
    header: Sequence[str], columns: Mapping[str, str] | None, name: str
) -> dict[str, int]:
    """The column of each field in a table with this header; `columns` overrides the usual names.

    Raises:
        UnreadableReport: a column of the map is not there, or none holds the text.
    """
    places: dict[str, int] = {}
    for field, column in (columns or {}).items():
        if column:
            places[field] = _find_named(header, column, field, name)
    taken = set(places.values())
    plain = [_plain(column) for column in header]
    for field, usual in USUAL_NAMES.items():
        if columns and field in columns:
            continue
        found = [plain.index(known) for known in usual if known in plain]
        free = [place for place in found if place not in taken]
        if free:
            places[field] = free[0]
            taken.add(free[0])
    if "text" not in places:
        raise UnreadableReport(
            f"{name}: no column holds the reports' text. The columns are {name_columns(header)}. "
            f"Say which it is, e.g. text={_example(header)}."
        )
    return places


def name_columns(header: Sequence[str]) -> str:
    """The columns for an error message, the first of them if there are many."""
    shown = [repr(column if len(column) <= 40 else f"{column[:39]}…") for column in header]
    more = len(shown) - MAX_NAMED_COLUMNS
    return ", ".join(shown[:MAX_NAMED_COLUMNS]) + (f" and {more} more" if more > 0 else "")


def rename_keys(row: object, columns: Mapping[str, str] | None, where: str) -> object:
    """A JSON row with the fields where the map says; a row that is no object stays as it is.

    A row without a key of the map keeps what it has under the field's own name.

    Raises:
        UnreadableReport: the row has neither the key the map gives for the text, nor 'text'.
    """
    if not columns or not isinstance(row, Mapping):
        return row
    renamed = dict(row)
    for field, column in columns.items():
        if field == "text" and column not in row and "text" not in row:
            raise UnreadableReport(
                f"{where}: no {column!r}, which the column map gives for 'text'. "
                f"The keys are {name_columns([str(key) for key in row])}."
            )
        renamed[field] = row.get(column, row.get(field)) if column else None
    return renamed


def _find_named(header: Sequence[str], column: str, field: str, name: str) -> int:
    exact = [place for place, known in enumerate(header) if known.strip() == column]
    loose = [place for place, known in enumerate(header) if _plain(known) == _plain(column)]
    found = exact or loose
    if len(found) == 1:
        return found[0]
    problem = "no column" if not found else f"{len(found)} columns"
    raise UnreadableReport(
        f"{name}: {problem} {column!r} for {field!r}. The columns are {name_columns(header)}."
    )


def _plain(column: str) -> str:
    return re.sub(r"[\W_]+", "", column.casefold())


def _example(header: Sequence[str]) -> str:
    return next((column.strip() for column in reversed(header) if column.strip()), "Body")
