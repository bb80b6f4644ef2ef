"""The event types: label, definition and crosswalk, read from `data/event_types.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import get_args

from marsad.errors import CodebookError
from marsad.records import EventType


@dataclass(frozen=True, slots=True)
class EventTypeEntry:
    """One event type and what other codebooks call it.

    `acled` may name several sub-event types. `plover` and `cameo` are empty where none fits.
    """

    code: EventType
    label: str
    definition: str
    acled: tuple[str, ...]
    plover: str
    cameo: str
    ucdp: str


@cache
def load_event_types() -> Mapping[EventType, EventTypeEntry]:
    """All event types in the codebook's order.

    Raises:
        CodebookError: the file and the records do not name the same codes.
    """
    text = files("marsad.codebook").joinpath("data/event_types.toml").read_text("utf-8")
    table = tomllib.loads(text)
    codes: tuple[EventType, ...] = get_args(EventType)
    if list(table) != list(codes):
        raise CodebookError(
            f"event_types.toml lists {sorted(set(table) ^ set(codes))} differently from the "
            f"records, or in another order."
        )
    return {
        code: EventTypeEntry(
            code=code,
            label=table[code]["label"],
            definition=table[code]["definition"],
            acled=tuple(table[code]["acled"]),
            plover=table[code]["plover"],
            cameo=table[code]["cameo"],
            ucdp=table[code]["ucdp"],
        )
        for code in codes
    }
