"""JSON lines: one report a line, its text used exactly as given.

Reads   lines of {"id", "text", "title", "published", "url", "language"} and, if
        given, "outlet", "authors", "dateline", "captions". Other keys are ignored.
Writes  a `Report` or a `ReadFailure` for each line, in order.
Never   cleans, trims or normalises the text: the caller's offsets hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError

from marsad.errors import ReportError, UnreadableReport
from marsad.records import Caption, Report, content_id
from marsad.reports.addresses import undirected
from marsad.reports.columns import rename_keys
from marsad.reports.dateline import find_dateline
from marsad.reports.dates import parse_published
from marsad.reports.failure import ReadFailure
from marsad.reports.language import detect_language, normalise_code, require_supported
from marsad.reports.length import require_readable
from marsad.reports.metadata import outlet_from_url
from marsad.settings import MAX_REPORT_BYTES

_TWO_WAYS = re.compile(r"\s*(?:0?[1-9]|1[0-2])([/.-])(?:0?[1-9]|1[0-2])\1(?:\d{4}|\d{2})(?!\d)")


def read_jsonl(
    lines: Iterable[bytes | str],
    name: str,
    *,
    published: str | date | None = None,
    language: str | None = None,
    columns: Mapping[str, str] | None = None,
    max_bytes: int = MAX_REPORT_BYTES,
) -> Iterator[Report | ReadFailure]:
    """A report or a failure for each non-empty line.

    `published` fills in where a line gives none; `language` overrides what the
    lines say; `columns` gives the keys of fields that have other names. Ids are kept
    as given, also when two lines share one: nothing is lost.
    """
    for number, line in enumerate(lines, 1):
        where = f"{name}, line {number}"
        try:
            if not line.strip():
                continue
            row = _load_line(line, where, first=number == 1, max_bytes=max_bytes)
            row = rename_keys(row, columns, where)
            report = report_from_row(row, where, published=published, language=language)
        except ReportError as error:
            yield ReadFailure(name, number, error)
            continue
        yield report


def report_from_row(
    row: Any,
    where: str,
    *,
    published: str | date | None = None,
    language: str | None = None,
) -> Report:
    """The report a decoded JSON object describes; `where` names it in errors.

    Raises:
        UnreadableReport: no object, no text, or a field that cannot be used.
        UnsupportedLanguage: the text is not in a language marsad codes.
    """
    if not isinstance(row, Mapping):
        raise UnreadableReport(
            f'{where}: {_kind(row)} in JSON, not an object. Give {{"text": "..."}}.'
        )
    text = _read_text(row, where)
    title, url, outlet = (_string(row, key, where) for key in ("title", "url", "outlet"))
    when = read_date(row.get("published"), where) or read_date(published, where)
    found = find_dateline(text)
    if when is None and found is not None:
        when = found.filed
    code = normalise_code(language) or normalise_code(_string(row, "language", where))
    if code is None:
        code = detect_language(text)
    require_supported(code, name=where)
    try:
        report = Report(
            id=_read_id(row, where)
            or content_id("report", undirected(url), title, str(when or ""), text),
            url=url,
            outlet=outlet or outlet_from_url(url),
            title=title,
            authors=_read_authors(row, where),
            published=when,
            dateline=_string(row, "dateline", where) or (found.city if found else None),
            language=code,
            text=text,
            captions=_read_captions(row, where),
        )
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise UnreadableReport(
            f"{where}: field {field!r} cannot be used ({first['msg']})."
        ) from error
    _require_encodable(report, where)
    return report


def read_date(value: object, where: str) -> datetime | date | None:
    """A publication date as given by a user or a line; None for none.

    Raises:
        UnreadableReport: a value that is no certain date.
    """
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    parsed = parse_published(value) if isinstance(value, str) else None
    if parsed is None and isinstance(value, str) and _TWO_WAYS.match(value):
        raise UnreadableReport(
            f"{where}: publication date {value!r} can be read in two ways, as day and month or "
            f"month and day. Give it as YYYY-MM-DD."
        )
    if parsed is None:
        raise UnreadableReport(
            f"{where}: publication date {value!r} is not understood. Give it as YYYY-MM-DD, "
            f"or with a time as 2024-12-26T10:30:00+03:00."
        )
    return parsed


def _load_line(line: bytes | str, where: str, *, first: bool, max_bytes: int) -> Any:
    """The JSON value of a line."""
    if len(line) > max_bytes:
        raise UnreadableReport(
            f"{where}: more than {max_bytes:,} bytes on one line. "
            f"Split it, or raise MARSAD_MAX_REPORT_BYTES."
        )
    if isinstance(line, bytes):
        try:
            line = line.decode("utf-8-sig" if first else "utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableReport(
                f"{where}: not UTF-8 (byte {error.start}). Save the file as UTF-8."
            ) from error
    line = line.removeprefix("\ufeff") if first else line
    try:
        return json.loads(line)
    except RecursionError as error:
        raise UnreadableReport(f"{where}: JSON nested too deeply.") from error
    except json.JSONDecodeError as error:
        raise UnreadableReport(
            f"{where}: not JSON ({error.msg} at character {error.pos}). "
            f"Each line must be one JSON object."
        ) from error
    except ValueError as error:  # a number of thousands of digits
        raise UnreadableReport(f"{where}: not JSON ({error}).") from error


def _kind(value: object) -> str:
    """The JSON name of a value's type, with its article."""
    names: dict[type, str] = {
        dict: "an object",
        list: "an array",
        str: "a string",
        int: "a number",
        float: "a number",
        bool: "a boolean",
        type(None): "null",
    }
    return names.get(type(value), type(value).__name__)


def _read_text(row: Mapping[str, Any], where: str) -> str:
    text = row.get("text")
    if not isinstance(text, str):
        problem = "no 'text'" if text is None else f"'text' is {_kind(text)}, not a string"
        raise UnreadableReport(f'{where}: {problem}. Give the report as {{"text": "..."}}.')
    if not text.strip():
        raise UnreadableReport(f"{where}: 'text' is empty.")
    require_readable(text, name=where)
    _require_whole_pairs(text, "text", where)
    return text


def _require_encodable(report: Report, where: str) -> None:
    """Refuse what no ledger can keep: half a surrogate pair in any field."""
    for field in ("id", "url", "outlet", "title", "authors", "dateline", "captions"):
        value = getattr(report, field)
        for part in value if isinstance(value, tuple) else (value,):
            texts = (part.text, part.credit) if isinstance(part, Caption) else (part,)
            for text in texts:
                _require_whole_pairs(text or "", field, where)


def _require_whole_pairs(text: str, field: str, where: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableReport(
            f"{where}: {field!r} has half a surrogate pair at character {error.start}. "
            f"Escape it as UTF-8."
        ) from error


def _read_id(row: Mapping[str, Any], where: str) -> str | None:
    value = row.get("id")
    if value is None or value == "":
        return None
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    raise UnreadableReport(f"{where}: 'id' is {_kind(value)}, not a string or number.")


def _string(row: Mapping[str, Any], key: str, where: str) -> str | None:
    value = row.get(key)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        raise UnreadableReport(f"{where}: {key!r} is {_kind(value)}, not a string.")
    return value


def _read_authors(row: Mapping[str, Any], where: str) -> tuple[str, ...]:
    value = row.get("authors")
    if value is None:
        return ()
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise UnreadableReport(f"{where}: 'authors' must be a string or a list of strings.")
    return tuple(name for name in names if name.strip())


def _read_captions(row: Mapping[str, Any], where: str) -> tuple[Caption, ...]:
    value = row.get("captions")
    if value is None:
        return ()
    captions: list[Caption] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            captions.append(Caption(text=item))
        elif isinstance(item, Mapping) and isinstance(item.get("text"), str):
            credit = item.get("credit")
            captions.append(
                Caption(text=item["text"], credit=credit if isinstance(credit, str) else None)
            )
        else:
            raise UnreadableReport(
                f"{where}: 'captions' must be a list of strings, or of objects with 'text' "
                f"and 'credit'."
            )
    return tuple(captions)
