"""Our kinds of actor in the words of other schemes.

Reads   data/actor_crosswalk.toml.
Never   decides what kind an actor is.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

from marsad.errors import CodebookError
from marsad.records import ActorKind

UcdpSide = Literal["state", "organised", "civilian", ""]


@dataclass(frozen=True, slots=True)
class ActorCrosswalk:
    """A kind of actor elsewhere: ACLED's number, PLOVER's sector, FtM's schema, UCDP's side."""

    acled: int
    plover: str
    ftm: str
    ucdp: UcdpSide


@cache
def load_actor_crosswalk() -> dict[ActorKind, ActorCrosswalk]:
    """The crosswalk of every kind.

    Raises:
        CodebookError: the file and `records.ActorKind` disagree.
    """
    path = files("marsad.codebook").joinpath("data", "actor_crosswalk.toml")
    table = tomllib.loads(path.read_text("utf-8"))
    if set(table) != set(get_args(ActorKind)):
        wrong = ", ".join(sorted(set(table) ^ set(get_args(ActorKind))))
        raise CodebookError(f"actor_crosswalk.toml and records.ActorKind disagree on: {wrong}")
    for kind, row in table.items():
        if row["ucdp"] not in get_args(UcdpSide) or not 1 <= row["acled"] <= 8:
            raise CodebookError(f"actor_crosswalk.toml: {kind} has {row!r}")
    return {cast(ActorKind, kind): ActorCrosswalk(**row) for kind, row in table.items()}
