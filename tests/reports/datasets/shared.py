"""Rows read and told, for the tests of every format."""

import csv
import io
from typing import Any

from marsad.reports.datasets.read import DataFormat, read_data_set
from marsad.reports.datasets.row import BadRow, RowGroup
from marsad.reports.datasets.telling import ToldRow, tell_rows
from marsad.workflow.import_data import make_lookups


def read(data: bytes | str, format_: DataFormat, **more: Any) -> list[RowGroup | BadRow]:
    raw = data if isinstance(data, bytes) else data.encode()
    lookups = make_lookups(more.pop("day_first", None))
    return list(read_data_set("-", format_, lookups, stdin=io.BytesIO(raw), **more))


def table(*rows: dict[str, Any], delimiter: str = ",") -> str:
    stream = io.StringIO(newline="")
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(stream, names, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def one(data: bytes | str, format_: DataFormat, **more: Any) -> ToldRow:
    (group,) = read(data, format_, **more)
    assert isinstance(group, RowGroup), group
    return tell_rows(group, "Conflict Atlas")


def errors(data: bytes | str, format_: DataFormat, **more: Any) -> list[str]:
    return [str(item.error) for item in read(data, format_, **more) if isinstance(item, BadRow)]
