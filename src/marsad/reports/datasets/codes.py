"""Codes: other schemes' kinds of event and of party, as ours.

Reads   the codebook's crosswalks, the other way round.
Writes  one of our codes; "other" where none fits, never nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import get_args

from marsad.codebook.actor_crosswalk import load_actor_crosswalk
from marsad.codebook.actors import Actor, load_actors
from marsad.codebook.event_types import load_event_types
from marsad.records import (
    ActorKind,
    EventType,
    Modality,
    Participant,
    PlacePrecision,
    Role,
    Source,
    SourceKind,
)

# ACLED's sub-events that several of ours, or none, are written as; acled.md of the codebook's
# sources: territory, bases and transfers are kinds of change that one of our types covers.
_MORE_SUB_EVENTS: dict[str, EventType] = {
    "government regains territory": "territory-change",
    "non-violent transfer of territory": "territory-change",
    "headquarters or base established": "movement",
    "other": "other",
}
_SUB_EVENTS_OF: dict[str, EventType] = {
    "battles": "armed-clash",
    "violence against civilians": "attack",
    "protests": "peaceful-protest",
    "riots": "riot",
}
# PLOVER's modes that are no type of ours, by the nearest; and its types without a mode.
_MORE_MODES: dict[tuple[str, str], EventType] = {
    ("ASSAULT", "drone"): "air-strike",
    ("ASSAULT", "beat"): "attack",
    ("ASSAULT", "torture"): "attack",
    ("ASSAULT", "targeted"): "attack",
    ("ASSAULT", "execute"): "attack",
    ("ASSAULT", "firearms"): "attack",
    ("ASSAULT", "explosives"): "remote-explosive",
    ("ASSAULT", "heavy-weapons"): "shelling",
    ("ASSAULT", "primitive"): "attack",
    ("COERCE", "curfew"): "other",
    ("COERCE", "martial-law"): "other",
    ("COERCE", "censor"): "restriction",
    ("COERCE", "deport"): "other",
    ("PROTEST", "hunger"): "non-cooperation",
    ("PROTEST", "boycott"): "non-cooperation",
    ("RETREAT", "ceasefire"): "agreement",
    ("RETREAT", "withdraw"): "movement",
}
_PLOVER_TYPES: dict[str, EventType] = {
    "ASSAULT": "attack",
    "PROTEST": "peaceful-protest",
    "AGREE": "agreement",
    "MOBILIZE": "movement",
    "THREATEN": "threat",
}
_SECTORS: dict[str, ActorKind] = {"CVL": "civilian", "SOC": "ngo", "MED": "medical"}
_SECTORS |= {"GOV": "government", "JRN": "journalist"}
AUXILIARY: dict[str, Modality] = {
    "negation": "denied",
    "future": "planned",
    "hypothetical": "hypothetical",
    "historical": "historical",
}
RESOLUTIONS: dict[int, PlacePrecision] = {
    5: "site",
    4: "town",
    3: "district",
    2: "province",
    1: "country",
}
# ACLED's words for its eight kinds, by what tells them apart; singular, plural, old and new.
_ACLED_KINDS: tuple[tuple[str, ActorKind], ...] = (
    (r"1|state forces", "military"),
    (r"2|rebel (?:groups?|forces)", "armed-group"),
    (r"3|political militias?|militia groups?", "militia"),
    (r"4|(?:communal / )?identity (?:militias?|groups?)|communal militias?", "militia"),
    (r"5|rioters?", "rioter"),
    (r"6|protest[eo]rs?", "protester"),
    (r"7|civilians?", "civilian"),
    (r"8|external/other forces|foreign / others|other forces|external forces", "other"),
)


def _plain(words: str) -> str:
    return " ".join(words.replace("_", "-").casefold().split())


@cache
def _types_by_words() -> dict[str, EventType]:
    """Our types by their codes and labels, and by ACLED's sub-events; ours first."""
    table: dict[str, EventType] = {}
    types = load_event_types()
    for code, entry in types.items():
        table.setdefault(code, code)
        table.setdefault(code.replace("-", " "), code)
        table.setdefault(_plain(entry.label), code)
    for code, entry in types.items():
        table.setdefault(_plain(entry.crosswalk.acled_sub_event), code)
    return {**table, **_MORE_SUB_EVENTS, **_SUB_EVENTS_OF} | {"other": "other"}


def read_event_type(*words: str | None) -> EventType:
    """Our type for a kind in our own words or ACLED's, the most precise first; else "other"."""
    table = _types_by_words()
    return next((table[_plain(w)] for w in words if w and _plain(w) in table), "other")


@cache
def _types_by_mode() -> dict[tuple[str, str], EventType]:
    table: dict[tuple[str, str], EventType] = {}
    for code, entry in load_event_types().items():
        if code != "other":
            table.setdefault((entry.crosswalk.plover_type, entry.crosswalk.plover_mode), code)
    return {**table, **_MORE_MODES}


def read_plover_type(event: str, mode: str) -> EventType:
    """Our type for a PLOVER type and mode; of an unknown mode that of the type alone."""
    known = _types_by_mode().get((event.upper(), mode.lower()))
    return known or _PLOVER_TYPES.get(event.upper(), "other")


@cache
def _kinds_by_sector() -> dict[str, ActorKind]:
    table: dict[str, ActorKind] = {}
    for kind, walk in load_actor_crosswalk().items():
        table.setdefault(walk.plover, kind)
    return table | _SECTORS


def read_sector(sector: str) -> ActorKind:
    """The kind of party that a PLOVER sector stands for."""
    return _kinds_by_sector().get(sector.upper(), "other")


def read_actor_kind(words: str | None) -> ActorKind | None:
    """One of our kinds of party by its code; None for any other word."""
    code = _plain(words or "").replace(" ", "-")
    return next((kind for kind in get_args(ActorKind) if kind == code), None)


def read_source_kind(words: str | None) -> SourceKind | None:
    """One of our kinds of source by its code; None for any other word."""
    code = _plain(words or "").replace(" ", "-")
    return next((kind for kind in get_args(SourceKind) if kind == code), None)


def read_acled_kind(inter: str | None, name: str) -> ActorKind:
    """The kind of an ACLED actor: by its name where that tells more than its type."""
    if re.match(r"unidentified (?:armed|gunm)", name, re.IGNORECASE):
        return "unidentified-armed"
    if re.match(r"police forces? of", name, re.IGNORECASE):
        return "police"
    if re.match(r"military forces? of", name, re.IGNORECASE):
        return "military"
    if re.match(r"government of", name, re.IGNORECASE):
        return "government"
    words = re.sub(r"\.0+$", "", _plain(inter or ""))
    return next((kind for told, kind in _ACLED_KINDS if re.fullmatch(told, words)), "other")


@cache
def _listed() -> dict[str, tuple[Actor, ...]]:
    table: dict[str, tuple[Actor, ...]] = {}
    for actor in load_actors():
        for alias in dict.fromkeys(
            (actor.name, *(a for a in actor.aliases if a not in actor.local))
        ):
            table[_plain(alias)] = (*table.get(_plain(alias), ()), actor)
    return table


def find_listed(name: str) -> Actor | None:
    """The one listed party that goes by this name; None where there is none, or several."""
    found = {actor.id: actor for actor in _listed().get(_plain(name), ())}
    return next(iter(found.values())) if len(found) == 1 else None


def make_party(role: Role, name: str, kind: ActorKind | None) -> Participant:
    """A party by its name; with its id where the codebook lists it, and then its kind."""
    listed = find_listed(name)
    if listed is not None and kind in (None, "other", listed.kind):
        return Participant(role=role, name=name, actor_id=listed.id, kind=listed.kind)
    return Participant(role=role, name=name, kind=kind or "other")


def make_source(name: str, kind: SourceKind | None) -> Source:
    """A source by its name; of no said kind that of the listed party, else "other"."""
    if kind is None:
        listed = find_listed(name)
        kind = listed.source_kind if listed else "other"
    return Source(source=name, kind=kind)
