"""Incidents: rows of marsad's own table of incidents, and of other people's spreadsheets.

Reads   the cells of a row.
Writes  a Row.
Never   brings back as fact what its data set discounts: such a row is a denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from marsad.codebook.event_types import load_event_types
from marsad.records import (
    Outcome,
    Participant,
    Place,
    PlacePrecision,
    Published,
    Role,
    Source,
    TimePrecision,
    When,
)
from marsad.reports.datasets.acled import MAX_SOURCES
from marsad.reports.datasets.codes import (
    make_party,
    make_source,
    read_actor_kind,
    read_event_type,
    read_source_kind,
)
from marsad.reports.datasets.lookups import Lookups
from marsad.reports.datasets.row import Dispute, Number, Row
from marsad.reports.datasets.sheet import Layout
from marsad.reports.datasets.values import (
    has_value,
    make_when,
    read_bounds,
    read_degrees,
    read_number,
    read_span,
    split_list,
)
from marsad.reports.dates import parse_published

OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_BOUNDS = [f"{outcome}_{bound}" for outcome in OUTCOMES for bound in ("low", "best", "high")]
LAYOUT = Layout(
    format="csv",
    usual={
        "id": ("id", "incident_id", "event_id", "record_id", "ref", "reference"),
        "event_type": ("event_type", "type", "kind", "incident_type", "category"),
        "start": ("start", "date", "event_date", "incident_date", "day", "start_date", "from"),
        "end": ("end", "end_date", "to"),
        "date_precision": ("date_precision",),
        "place": ("place", "location", "city", "town", "village", "place_name"),
        "relation": ("relation",),
        "place_precision": ("place_precision",),
        "admin1": ("admin1", "province", "governorate", "oblast"),
        "country": ("country",),
        "country_name": ("country_name",),
        "latitude": ("latitude", "lat", "y"),
        "longitude": ("longitude", "lon", "lng", "long", "x"),
        "geonameid": ("geonameid",),
        "actors": ("actors", "actor", "perpetrator", "perpetrators"),
        "actor_kinds": ("actor_kinds",),
        "recipients": ("recipients", "recipient", "victims", "target", "targets"),
        "recipient_kinds": ("recipient_kinds",),
        **{name: (name,) for name in _BOUNDS},
        "killed": ("killed", "deaths", "dead", "fatalities", "deaths_total"),
        "injured": ("injured", "wounded", "injuries"),
        **{name: (name,) for name in OUTCOMES if name not in ("killed", "injured")},
        "groups": ("groups",),
        "disputes": ("disputes",),
        "sources": ("sources", "source", "reported_by"),
        "source_kinds": ("source_kinds",),
        "status": ("status",),
        "notes": ("notes", "note", "description", "summary", "comments", "details"),
        "published": ("last_published", "published"),
    },
    needs=(
        frozenset({"event_type", "start", "place", "notes"}),
        frozenset({"start", "place", "admin1", "country", "latitude", "notes"}),
    ),
    prose=frozenset({"notes", "groups", "disputes", "sources"}),
    others={"acled": frozenset({"eventdate", "subeventtype", "geoprecision"})},
)
_GROUP = re.compile(rf"({'|'.join(OUTCOMES)}), (.+): ([^:]+)")
_DISPUTE = re.compile(r"(.+?)(?: \((.+)\))?")


def read_incident(cells: Mapping[str, str], line: int, lookups: Lookups) -> Row:
    """What a row says.

    Raises:
        ValueError: a cell holds what it cannot.
    """
    words = cells.get("event_type", "")
    kind = read_event_type(words)
    numbers = tuple(_read_numbers(cells))
    return Row(
        key=cells.get("id", ""),
        line=line,
        event_type=kind,
        event_words=words or load_event_types()[kind].label,
        modality="denied" if cells.get("status", "").casefold() == "discounted" else "asserted",
        place=_read_place(cells, lookups),
        when=_read_when(cells, lookups.day_first),
        parties=(
            *_read_parties("actor", cells.get("actors"), cells.get("actor_kinds")),
            *_read_parties("recipient", cells.get("recipients"), cells.get("recipient_kinds")),
        ),
        numbers=numbers,
        told_by=_read_sources(cells),
        disputes=tuple(_read_disputes(cells.get("disputes"), lookups)),
        text=cells.get("notes") if has_value(cells.get("notes")) else None,
        published=_read_published(cells.get("published")),
    )


def _read_published(cell: str | None) -> Published | None:
    return parse_published(cell) if cell and has_value(cell) else None


def _read_when(cells: Mapping[str, str], day_first: bool | None) -> When | None:
    first, last = cells.get("start"), cells.get("end")
    if not has_value(first):
        return None
    assert first is not None
    start, end, precision = read_span(first, day_first)
    told: TimePrecision | None = _one_of(cells.get("date_precision"), get_args(TimePrecision))
    if has_value(last):
        assert last is not None
        end = read_span(last, day_first)[1]
        when = make_when(start, end, told)
    else:
        when = make_when(start, end, told or precision)
    if when.precision == "day" and start != end:
        return make_when(start, end, None)
    return when


def _one_of(cell: str | None, allowed: tuple[Any, ...]) -> Any:
    word = (cell or "").strip().casefold()
    return word if word in allowed else None


def _read_place(cells: Mapping[str, str], lookups: Lookups) -> Place | None:
    latitude = read_degrees(cells.get("latitude"), 90, "latitude")
    longitude = read_degrees(cells.get("longitude"), 180, "longitude")
    if (latitude is None) != (longitude is None):
        raise ValueError("one of latitude and longitude is missing. Give both, or neither.")
    land = cells.get("country") or cells.get("country_name")
    country = lookups.country_of(land) if land else None
    admin1 = cells.get("admin1") if has_value(cells.get("admin1")) else None
    name = cells.get("place") if has_value(cells.get("place")) else None
    told: PlacePrecision | None = _one_of(cells.get("place_precision"), get_args(PlacePrecision))
    if name is None and admin1 is None and land is None:
        return None
    # Without a said precision: a point is of a town; a mere name may be of anything as large
    # as a district; a division or country is itself.
    assumed: PlacePrecision = (
        "country"
        if not (name or admin1)
        else "province"
        if not name
        else "town"
        if latitude is not None
        else "district"
    )
    number = (cells.get("geonameid") or "").strip()
    return Place(
        name=name or admin1 or land or "",
        geonameid=int(number) if re.fullmatch(r"\d{1,10}", number) else None,
        latitude=latitude,
        longitude=longitude,
        admin1=admin1,
        country=country,
        precision=told or assumed,
        relation=cells.get("relation") if has_value(cells.get("relation")) else None,
    )


def _read_parties(role: Role, names: str | None, kinds: str | None) -> Iterator[Participant]:
    listed = split_list(names)
    told = _aligned(kinds, len(listed))
    for name, kind in zip(listed, told, strict=True):
        yield make_party(role, name, read_actor_kind(kind))


def _read_sources(cells: Mapping[str, str]) -> tuple[Source, ...]:
    names = split_list(cells.get("sources"))
    if len(names) > MAX_SOURCES:
        raise ValueError(f"{len(names)} sources, more than {MAX_SOURCES}.")
    kinds = _aligned(cells.get("source_kinds"), len(names))
    return tuple(
        make_source(name, read_source_kind(kind)) for name, kind in zip(names, kinds, strict=True)
    )


def _aligned(cell: str | None, count: int) -> list[str | None]:
    """The kinds beside so many names: one each, or one for all; else nothing is said."""
    kinds: list[str | None] = [item.strip() for item in (cell or "").split(";") if item.strip()]
    if len(kinds) == 1:
        return kinds * count
    if len(kinds) != count:
        return [None] * count
    return kinds


def _read_numbers(cells: Mapping[str, str]) -> Iterator[Number]:
    for outcome in OUTCOMES:
        bounds = [cells.get(f"{outcome}_{bound}") for bound in ("low", "best", "high")]
        number = read_bounds(outcome, *bounds)
        single = cells.get(outcome)
        if number is None and single is not None and has_value(single):
            number = read_number(single, outcome)
        if number is not None:
            yield number
            yield from _read_groups(cells.get("groups"), outcome)


def _read_groups(cell: str | None, outcome: Outcome) -> Iterator[Number]:
    """Parts of a total, as the column `groups` writes them: "killed, children: 3 or more"."""
    for item in split_list(cell):
        found = _GROUP.fullmatch(item)
        if found and found[1] == outcome:
            number = read_number(found[3], outcome, found[2])
            yield Number(
                outcome, number.low, number.best, number.high, found[2], number.qualifier, True
            )


def _read_disputes(cell: str | None, lookups: Lookups) -> Iterator[Dispute]:
    """What the column `disputes` tells: "how many (the army, a hospital doctor)"."""
    for item in split_list(cell):
        found = _DISPUTE.fullmatch(item)
        about = lookups.dispute_of(found[1]) if found else None
        if found and about is not None:
            yield Dispute(about, tuple(s.strip() for s in (found[2] or "").split(", ") if s))
