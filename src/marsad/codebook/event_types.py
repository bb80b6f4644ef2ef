"""The event codebook: what each of our event types means, and its kin elsewhere.

Reads   data/event_types.toml, data/crosswalks.toml and data/set_apart.toml.
Never   decides anything about a report.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast, get_args

from marsad.errors import CodebookError
from marsad.records import ApartKind, EventType

Kind = Literal["political-violence", "demonstration", "demonstration-violence", "strategic"]
UcdpRelevance = Literal["event", "deaths-only", "none"]


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """One of our types in the words of other schemes.

    `plover_mode` and `cameo_code` are empty where only the type or root fits.
    `loss` says what the mapping cannot carry.
    """

    acled_event: str
    acled_sub_event: str
    plover_type: str
    plover_mode: str
    cameo_root: str
    cameo_code: str
    ucdp: UcdpRelevance
    loss: str


@dataclass(frozen=True, slots=True)
class EventTypeEntry:
    """One event type with its definition and its crosswalk.

    `makes_incident` is False for kinds that are told as claims only: words, and refusals that no
    place and day bound.
    """

    code: EventType
    label: str
    kind: Kind
    definition: str
    includes: tuple[str, ...]
    excludes: tuple[str, ...]
    makes_incident: bool
    crosswalk: Crosswalk

    @property
    def is_political_violence(self) -> bool:
        """Whether it counts as political violence (excessive force and mobs do too)."""
        return self.kind in ("political-violence", "demonstration-violence")

    @property
    def is_demonstration(self) -> bool:
        """Whether it counts as a demonstration; mob violence is none, excessive force is."""
        return self.kind == "demonstration" or self.code == "excessive-force"

    @property
    def is_strategic(self) -> bool:
        """Whether it is neither violence nor demonstration, but matters to a conflict."""
        return self.kind == "strategic"


@dataclass(frozen=True, slots=True)
class ApartEntry:
    """A kind of news that is recognised and set apart: no claim, no incident."""

    kind: ApartKind
    label: str
    definition: str
    excludes: tuple[str, ...]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("marsad.codebook").joinpath("data", name).read_text("utf-8"))


@cache
def load_event_types() -> dict[EventType, EventTypeEntry]:
    """All event types in codebook order.

    Raises:
        CodebookError: the files and `records.EventType` disagree on the codes, or a
            type has no crosswalk.
    """
    types = _read("event_types.toml")
    crosswalks = _read("crosswalks.toml")
    crosswalks.pop("sources")
    expected = set(get_args(EventType))
    for name, table in (("event_types.toml", types), ("crosswalks.toml", crosswalks)):
        if set(table) != expected:
            wrong = ", ".join(sorted(set(table) ^ expected))
            raise CodebookError(f"{name} and records.EventType disagree on: {wrong}")
    return {
        cast(EventType, code): _entry(cast(EventType, code), row, crosswalks[code])
        for code, row in types.items()
    }


def _entry(code: EventType, row: dict[str, Any], walk: dict[str, Any]) -> EventTypeEntry:
    if row["kind"] not in get_args(Kind) or walk["ucdp"] not in get_args(UcdpRelevance):
        raise CodebookError(
            f"event type {code!r} has kind {row['kind']!r} and UCDP relevance {walk['ucdp']!r}; "
            f"allowed are {get_args(Kind)} and {get_args(UcdpRelevance)}"
        )
    return EventTypeEntry(
        code=code,
        label=row["label"],
        kind=row["kind"],
        definition=row["definition"],
        includes=tuple(row["includes"]),
        excludes=tuple(row["excludes"]),
        makes_incident=bool(row.get("incident", True)),
        crosswalk=_crosswalk(walk),
    )


def _crosswalk(walk: dict[str, Any]) -> Crosswalk:
    event, sub_event = walk["acled"]
    plover_type, plover_mode = walk["plover"]
    root, code = walk["cameo"]
    return Crosswalk(
        event, sub_event, plover_type, plover_mode, root, code, walk["ucdp"], walk["loss"]
    )


@cache
def crosswalk_sources() -> dict[str, str]:
    """Where each scheme's codes were read from."""
    return dict(_read("crosswalks.toml")["sources"])


@cache
def load_apart_kinds() -> dict[ApartKind, ApartEntry]:
    """The kinds of news that are set apart, in codebook order.

    Raises:
        CodebookError: set_apart.toml and `records.ApartKind` disagree.
    """
    table = _read("set_apart.toml")
    if tuple(table) != get_args(ApartKind):
        wrong = ", ".join(sorted(set(table) ^ set(get_args(ApartKind)))) or "their order"
        raise CodebookError(f"set_apart.toml and records.ApartKind disagree on: {wrong}")
    return {
        cast(ApartKind, kind): ApartEntry(
            cast(ApartKind, kind), row["label"], row["definition"], tuple(row["excludes"])
        )
        for kind, row in table.items()
    }
