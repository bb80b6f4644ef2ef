"""JSON and JSONL: the complete record, for programs.

Reads   any record: a CodedReport, a LedgerIncident, a Change.
Writes  one object, on many lines or on one.
Never   leaves anything out: nothing is lost in this format.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain, islice
from typing import TextIO

from pydantic_core import PydanticSerializationError

from marsad.records import Record


def render_json(record: Record) -> str:
    """The object over several lines, indented by two, without a final line end."""
    return _dump(record, indent=2)


def render_jsonl(record: Record) -> str:
    """The object on one line, without the line end. U+2028 and U+0085 are escaped.

    Some readers take these two for line ends, though JSON does not.
    """
    line = _dump(record, indent=None)
    return line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


def write_jsonl(stream: TextIO, records: Iterable[Record]) -> None:
    """A line for each record, as they come."""
    for record in records:
        stream.write(render_jsonl(record) + "\n")


def write_json_array(stream: TextIO, records: Iterable[Record], *, alone: bool = False) -> None:
    """An array of the records, as they come; with `alone` a single one is an object."""
    rest = iter(records)
    first = list(islice(rest, 2))
    if alone and len(first) == 1:
        stream.write(render_json(first[0]) + "\n")
        return
    mark = "["
    for record in chain(first, rest):
        stream.write(f"{mark}\n{render_json(record)}")
        mark = ","
    stream.write("[]\n" if mark == "[" else "\n]\n")


def _dump(record: Record, indent: int | None) -> str:
    try:
        return record.model_dump_json(indent=indent)
    except PydanticSerializationError:
        # A lone surrogate cannot be written as UTF-8; as \uXXXX it stays and offsets hold.
        return json.dumps(record.model_dump(mode="python"), indent=indent, default=_iso)


def _iso(value: object) -> str:
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat()) if callable(isoformat) else str(value)
