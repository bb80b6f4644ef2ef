"""PLOVER: records a line as JSON, marsad's own with all they carry, and other people's.

Reads   a stream of JSON lines.
Writes  a RowGroup for the claims of one incident that stand together, else for each record.
Never   holds more than the records of one incident, or takes a range from a single size.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from marsad.codebook.actors import actors_by_id
from marsad.codebook.event_types import load_event_types
from marsad.errors import ReportError, UnreadableReport
from marsad.records import (
    DisputeAbout,
    EventType,
    Modality,
    Outcome,
    Participant,
    Place,
    PlacePrecision,
    Qualifier,
    Role,
    Source,
    TimePrecision,
    When,
)
from marsad.reports.datasets.codes import (
    AUXILIARY,
    RESOLUTIONS,
    make_party,
    make_source,
    read_actor_kind,
    read_plover_type,
    read_sector,
    read_source_kind,
)
from marsad.reports.datasets.lookups import Lookups
from marsad.reports.datasets.row import BadRow, Dispute, Number, Row, RowGroup
from marsad.reports.datasets.sheet import MAX_CELL_CHARS, bad_row
from marsad.reports.datasets.values import MAX_PEOPLE, clean, make_when, read_span
from marsad.reports.dates import parse_published
from marsad.reports.length import MAX_CHARS
from marsad.reports.tablelines import ByteStream, OpenQuote, TableLines
from marsad.settings import MAX_REPORT_BYTES

# Claims of one incident that are kept together; more go into a report of their own.
MAX_GROUP = 200
# Bodies that every state has are named by a pattern and stand in no list.
_ACTOR_ID = re.compile(r"[a-z]{3}-[a-z-]{1,60}")
_SIZES: dict[str, Outcome] = {
    "dead": "killed",
    "killed": "killed",
    "injured": "injured",
    "arrested": "detained",
    "abducted": "abducted",
    "missing": "missing",
    "displaced": "displaced",
}


def read_plover(
    stream: ByteStream, name: str, lookups: Lookups, *, max_bytes: int = MAX_REPORT_BYTES
) -> Iterator[RowGroup | BadRow]:
    """The records, those of one incident together; a failure for each line that holds none."""
    waiting: list[_Record] = []
    for item in _read_records(stream, name, lookups, max_bytes):
        if isinstance(item, BadRow):
            yield item
            continue
        if waiting and not (item.belongs_to(waiting[-1]) and len(waiting) < MAX_GROUP):
            yield _make_group(waiting)
            waiting = []
        waiting.append(item)
    if waiting:
        yield _make_group(waiting)


@dataclass(frozen=True, slots=True)
class _Record:
    """A record's row, its bytes, and the incident and report that marsad read it of, if it did."""

    row: Row
    raw: bytes
    incident: str | None
    report: str | None

    def belongs_to(self, other: _Record) -> bool:
        """Whether one report told both of one incident."""
        return self.incident is not None and (self.incident, self.report) == (
            other.incident,
            other.report,
        )


def _make_group(told: list[_Record]) -> RowGroup:
    first = told[0]
    # What one report tells of one incident may stand apart in a file: the first tells it apart.
    key = f"{first.incident} {first.row.key}" if first.incident else first.row.key
    return RowGroup(
        key=key,
        incident=first.incident or first.row.key,
        name=first.incident or first.row.key or None,
        rows=tuple(record.row for record in told),
        raw=b"".join(record.raw for record in told),
        line=first.row.line,
    )


def _read_records(
    stream: ByteStream, name: str, lookups: Lookups, max_bytes: int
) -> Iterator[_Record | BadRow]:
    try:
        lines = TableLines(stream, name, max_bytes)
    except ReportError as error:
        yield BadRow(None, UnreadableReport(str(error)))
        return
    is_first = True
    while True:
        lines.start_row()
        try:
            line = next(lines)
        except StopIteration:
            break
        except OpenQuote:
            yield bad_row(name, lines.last, "more bytes than a record may have.")
            continue
        if not line.strip():
            continue
        record = _load(line)
        if record is None:
            if is_first:
                why = f"{name}: the first line is no JSON object, as --from plover needs."
                yield BadRow(None, UnreadableReport(why))
                return
            yield bad_row(name, lines.last, "no JSON object. Give one record a line.")
            continue
        is_first = False
        try:
            row = _read_record(record, lines.last, lookups)
        except ValueError as error:
            yield bad_row(name, lines.last, str(error))
            continue
        incident = _text(_object(record, "marsad").get("incident")) or None
        report = _text(_object(record, "cite_info").get("citation")) or None
        yield _Record(row, lines.raw, incident, report)
    if is_first:
        yield BadRow(None, UnreadableReport(f"{name}: empty. Give one JSON object a line."))


def _load(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _read_record(record: Mapping[str, Any], line: int, lookups: Lookups) -> Row:
    """What a record says.

    Raises:
        ValueError: a field holds what it cannot.
    """
    extra = _object(record, "marsad")
    event, mode = _first(record.get("event")), _first(record.get("mode"))
    if not event:
        raise ValueError("no 'event', which each PLOVER record has.")
    kind: EventType = _known(extra.get("event_type"), get_args(EventType)) or read_plover_type(
        event, mode
    )
    text = _text(record.get("text"), MAX_CHARS)
    published = _text(extra.get("published"))
    label = load_event_types()[kind].label
    return Row(
        key=_text(record.get("id")) or "",
        line=line,
        event_type=kind,
        event_words=label if extra.get("event_type") == kind else f"{event} {mode}".strip(),
        modality=_read_modality(record, extra),
        place=_read_place(record, extra, lookups),
        when=_read_when(record, extra, lookups),
        parties=(
            *_read_parties("actor", record.get("actor"), extra.get("actor_kinds")),
            *_read_parties("recipient", record.get("recipient"), extra.get("recipient_kinds")),
        ),
        numbers=_read_numbers(record, extra),
        chain=_read_chain(record, extra),
        disputes=tuple(_read_disputes(extra)),
        text=text or None,
        is_quote=True,
        published=parse_published(published) if published else None,
        confidence=_read_confidence(extra.get("confidence")),
    )


def _read_modality(record: Mapping[str, Any], extra: Mapping[str, Any]) -> Modality:
    told: Modality | None = _known(extra.get("modality"), get_args(Modality))
    if told is not None:
        return told
    auxiliary = [AUXILIARY[word] for word in _texts(record.get("context")) if word in AUXILIARY]
    return auxiliary[0] if auxiliary else "asserted"


def _read_confidence(value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and 0 <= value <= 1 else 1.0


def _read_when(
    record: Mapping[str, Any], extra: Mapping[str, Any], lookups: Lookups
) -> When | None:
    first, last = _text(record.get("date")), _text(record.get("enddate"))
    if not first:
        return None
    start, end, precision = read_span(first, lookups.day_first)
    if last:
        end = read_span(last, lookups.day_first)[1]
    told: TimePrecision | None = _known(extra.get("date_precision"), get_args(TimePrecision))
    return make_when(start, end, told or (None if last else precision))


def _read_place(
    record: Mapping[str, Any], extra: Mapping[str, Any], lookups: Lookups
) -> Place | None:
    where = _object(record, "event_loc")
    admin1 = _text(where.get("province"))
    land = _text(where.get("country_code")) or _text(where.get("country"))
    names = [_text(where.get(k)) for k in ("resolved_place", "city", "district")]
    name = next((n for n in (*names, admin1, _text(where.get("country"))) if n), land)
    if not name:
        return None
    resolution = where.get("resolution")
    known = RESOLUTIONS.get(resolution) if isinstance(resolution, int) else None
    told: PlacePrecision | None = _known(extra.get("place_precision"), get_args(PlacePrecision))
    latitude, longitude = _degrees(where.get("lat"), 90), _degrees(where.get("lon"), 180)
    if (latitude is None) != (longitude is None):
        raise ValueError("'event_loc' has one of lat and lon. Give both, or neither.")
    number = where.get("geonameid")
    return Place(
        name=name,
        geonameid=number if isinstance(number, int) and not isinstance(number, bool) else None,
        latitude=latitude,
        longitude=longitude,
        admin1=admin1 or None,
        country=lookups.country_of(land) if land else None,
        precision=told or known or _assumed(where),
        relation=_text(extra.get("relation")) or None,
    )


def _assumed(where: Mapping[str, Any]) -> PlacePrecision:
    """The finest level that a place without a resolution names."""
    if where.get("city"):
        return "town"
    return (
        "district"
        if where.get("district") or where.get("resolved_place")
        else ("province" if where.get("province") else "country")
    )


def _degrees(value: Any, most: float) -> float | None:
    if value is None or value == "":
        return None
    try:
        degrees = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{str(value)[:40]!r} is no decimal degrees.") from None
    if not -most <= degrees <= most:
        raise ValueError(f"{degrees} is beyond {most:g} degrees.")
    return degrees


def _read_parties(role: Role, given: Any, kinds: Any) -> Iterator[Participant]:
    entities = given if isinstance(given, list) else [given] if given else []
    told = kinds if isinstance(kinds, list) and len(kinds) == len(entities) else []
    for position, entity in enumerate(entities):
        if isinstance(entity, str):
            entity = {"entity_text": entity}
        if not isinstance(entity, dict):
            raise ValueError(f"{role!r} is no list of objects.")
        sector = _text(entity.get("sector"))
        name = _text(entity.get("entity_text")) or _text(entity.get("code")) or sector
        if not name or (sector == "UNK" and name == "not stated"):
            continue
        kind = read_actor_kind(told[position]) if told else None
        party = make_party(role, name, kind or read_sector(sector))
        identity = _text(entity.get("identifier_text"))
        if identity in actors_by_id() or (told and _ACTOR_ID.fullmatch(identity)):
            party = party.model_copy(update={"actor_id": identity})
        elif told:
            party = party.model_copy(update={"actor_id": None})
        yield party


def _read_numbers(record: Mapping[str, Any], extra: Mapping[str, Any]) -> tuple[Number, ...]:
    figures = extra.get("figures")
    if isinstance(figures, list):
        return tuple(_read_figure(figure) for figure in figures)
    found = []
    for key, value in _object(record, "size").items():
        outcome = _SIZES.get(str(key).lower())
        if outcome is not None and value is not None:
            low = _people(value)
            found.append(Number(outcome, low, low, low))
    return tuple(found)


def _read_figure(figure: Any) -> Number:
    outcome: Outcome | None = (
        _known(figure.get("outcome"), get_args(Outcome)) if isinstance(figure, dict) else None
    )
    if outcome is None:
        raise ValueError("'figures' under 'marsad' are not as marsad writes them.")
    low = _people(figure.get("low"))
    high = None if figure.get("high") is None else _people(figure["high"])
    if high is not None and high < low:
        raise ValueError(f"a figure has high {high} below low {low}.")
    qualifier: Qualifier | None = _known(figure.get("qualifier"), get_args(Qualifier))
    group = _text(figure.get("group")) or None
    part = figure.get("part") is True
    return Number(outcome, low, None, high, group, qualifier, part)


def _people(value: Any) -> int:
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value.strip()[:12])
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_PEOPLE:
        raise ValueError(f"{str(value)[:40]!r} is no number of people.")
    return value


def _read_chain(record: Mapping[str, Any], extra: Mapping[str, Any]) -> tuple[Source, ...]:
    speakers = extra.get("speakers")
    if isinstance(speakers, list):
        told = [s for s in speakers if isinstance(s, dict) and _text(s.get("source"))]
        return tuple(
            make_source(_text(s["source"]) or "", read_source_kind(_text(s.get("kind"))))
            for s in told
        )
    outlet = _text(_object(record, "cite_info").get("publication"))
    return (make_source(outlet, "media"),) if outlet else ()


def _read_disputes(extra: Mapping[str, Any]) -> Iterator[Dispute]:
    given = extra.get("disputes")
    for item in given if isinstance(given, list) else ():
        if isinstance(item, dict):
            about: DisputeAbout | None = _known(item.get("about"), get_args(DisputeAbout))
            if about is not None and isinstance(item.get("claim"), str):
                yield Dispute(about, claim=item["claim"])
    undated = extra.get("disputed_by")
    for item in undated if isinstance(undated, list) else ():
        if isinstance(item, dict):
            about = _known(item.get("about"), get_args(DisputeAbout))
            source = _text(item.get("source"))
            if about is not None and source:
                yield Dispute(about, ("", source))


def _known(value: Any, allowed: tuple[Any, ...]) -> Any:
    return value if isinstance(value, str) and value in allowed else None


def _object(record: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = record.get(key)
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> list[str]:
    return [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str)]


def _first(value: Any) -> str:
    return next((clean(v)[:200] for v in _texts(value)), "")


def _text(value: Any, most: int = MAX_CELL_CHARS) -> str:
    """A field's text on one line; "" for none.

    Raises:
        ValueError: it is longer than such a field can be.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = clean(str(value))
    if len(text) > most:
        raise ValueError(f"a field of {len(text):,} characters, more than {most:,}.")
    return text
