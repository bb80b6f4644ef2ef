"""ACLED: rows in the columns of an ACLED export, old or new, whatever their order and case.

Reads   the cells of a row.
Writes  a Row.
Never   takes ACLED's 0 fatalities for "nobody died": there it also stands for "not told".

Columns and codes after the acledR package and excerpts of the codebook; see the exports.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from marsad.codebook.event_types import load_event_types
from marsad.records import ActorKind, EventType, Participant, Place, Published, Role
from marsad.reports.datasets.codes import (
    find_listed,
    make_party,
    make_source,
    read_acled_kind,
    read_event_type,
)
from marsad.reports.datasets.lookups import Lookups
from marsad.reports.datasets.row import Number, Row
from marsad.reports.datasets.sheet import Layout
from marsad.reports.datasets.values import (
    has_value,
    make_when,
    read_code,
    read_degrees,
    read_number,
    read_span,
    split_list,
    widen,
)
from marsad.reports.dates import parse_published

_COLUMNS = """event_date year time_precision disorder_type event_type sub_event_type actor1
assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country
admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes fatalities
tags timestamp iso3""".split()
LAYOUT = Layout(
    format="acled",
    usual={
        "event_id_cnty": ("event_id_cnty", "event_id", "data_id"),
        **{column: (column,) for column in _COLUMNS},
    },
    needs=(frozenset({"event_date"}), frozenset({"event_type", "sub_event_type"})),
    prose=frozenset({"notes"}),
    others={"csv": frozenset({"status", "eventtype", "killedbest"})},
)
MAX_SOURCES = 100
UNARMED: frozenset[ActorKind] = frozenset({"civilian", "protester"})
# Both sides are doers, or the row does not say who did it to whom.
_FORCE_ON_CROWDS: frozenset[EventType] = frozenset({"protest-intervention", "excessive-force"})
# "HTS: Hayat Tahrir al-Sham (2017-)" -> the name itself.
_DECOR = re.compile(r"^[A-Z][\w./-]{0,11}: |\s*\((?:\d{4}[-–](?:\d{4})?|[^()]*)\)\s*$")


def read_acled(cells: Mapping[str, str], line: int, lookups: Lookups) -> Row:
    """What a row says.

    Raises:
        ValueError: a cell holds what it cannot.
    """
    kind = read_event_type(cells.get("sub_event_type"), cells.get("event_type"))
    start, end, precision = read_span(cells.get("event_date", ""), lookups.day_first)
    code = read_code(cells.get("time_precision"), (1, 2, 3)) or 1
    place = _read_place(cells, lookups)
    when = widen(start, code) if precision == "day" else make_when(start, end, precision)
    published = _read_timestamp(cells.get("timestamp"))
    told_by = split_list(cells.get("source"))
    if len(told_by) > MAX_SOURCES:
        raise ValueError(f"{len(told_by)} sources, more than {MAX_SOURCES}.")
    return Row(
        key=cells.get("event_id_cnty", ""),
        line=line,
        event_type=kind,
        event_words=_own_words(cells, kind),
        place=place,
        when=when,
        parties=_read_parties(cells, kind),
        numbers=_read_fatalities(cells.get("fatalities")),
        told_by=tuple(make_source(name, None) for name in told_by),
        text=cells.get("notes") if has_value(cells.get("notes")) else None,
        published=published,
    )


def _own_words(cells: Mapping[str, str], kind: EventType) -> str:
    words = (cells.get("event_type"), cells.get("sub_event_type"))
    return " / ".join(w for w in words if w) or load_event_types()[kind].label


def _read_fatalities(cell: str | None) -> tuple[Number, ...]:
    if cell is None or not has_value(cell):
        return ()
    number = read_number(cell, "killed")
    if number.high == 0:
        return ()
    if number.qualifier is None and number.low == number.high:
        # ACLED calls its number an estimate.
        return (Number("killed", number.low, number.low, number.low, None, "about"),)
    return (number,)


def _read_timestamp(cell: str | None) -> Published | None:
    return parse_published(re.sub(r"\.0+$", "", cell)) if cell else None


def _read_place(cells: Mapping[str, str], lookups: Lookups) -> Place | None:
    latitude = read_degrees(cells.get("latitude"), 90, "latitude")
    longitude = read_degrees(cells.get("longitude"), 180, "longitude")
    if (latitude is None) != (longitude is None):
        raise ValueError("one of latitude and longitude is missing. Give both, or neither.")
    admin1, country = cells.get("admin1"), _country(cells, lookups)
    code = read_code(cells.get("geo_precision"), (1, 2, 3))
    name, land = cells.get("location"), cells.get("country")
    if not (name or admin1 or land):
        return None
    if code == 3 or not name:
        return Place(
            name=admin1 or name or land or "",
            latitude=latitude,
            longitude=longitude,
            admin1=admin1,
            country=country,
            precision="province" if admin1 or name else "country",
        )
    return Place(
        name=name,
        latitude=latitude,
        longitude=longitude,
        admin1=admin1,
        country=country,
        # Of no said precision the point may stand for anything near: as 2.
        precision="town" if code == 1 else "district",
        relation="near" if code == 2 else None,
    )


def _country(cells: Mapping[str, str], lookups: Lookups) -> str | None:
    given = (cells.get("iso3"), cells.get("country"), cells.get("iso"))
    return next((code for words in given if words and (code := lookups.country_of(words))), None)


def _read_parties(cells: Mapping[str, str], kind: EventType) -> tuple[Participant, ...]:
    sides: list[tuple[list[str], ActorKind]] = []
    for number in ("1", "2"):
        main = cells.get(f"actor{number}")
        if not has_value(main):
            continue
        assert main is not None
        acled_kind = read_acled_kind(cells.get(f"inter{number}"), main)
        allies = split_list(cells.get(f"assoc_actor_{number}"))
        sides.append(([main, *allies], acled_kind))
    kinds = [side for _, side in sides]
    parties = []
    for names, own in sides:
        role = _role(own, kinds, kind)
        for position, name in enumerate(names):
            bare = _bare_name(name)
            listed = find_listed(bare)
            told = own if position == 0 or own in UNARMED else None
            party = make_party(role, bare, told)
            fits = listed is not None and told in (None, "other", "military", "armed-group")
            if listed is not None and fits:
                party = party.model_copy(update={"actor_id": listed.id, "kind": listed.kind})
            parties.append(party)
    return tuple(dict.fromkeys(parties))


def _role(own: ActorKind, kinds: list[ActorKind], kind: EventType) -> Role:
    """ACLED's order says nothing: the unarmed beside the armed had it done to them."""
    if own not in UNARMED or all(k in UNARMED for k in kinds):
        return "actor"
    if own == "protester":
        return "recipient" if kind in _FORCE_ON_CROWDS and len(kinds) > 1 else "actor"
    return "recipient"


def _bare_name(name: str) -> str:
    """An actor's name without ACLED's acronym in front and the years or country behind."""
    bare = name
    while (cut := _DECOR.sub("", bare, count=1).strip()) != bare and cut:
        bare = cut
    return bare or name
