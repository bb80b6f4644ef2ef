"""Weights: the table of the codebook by which likeness is judged.

Reads   data/likeness_weights.toml, once.
Writes  nothing; returns the table.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class Weights:
    """The table: levels by comparison, the curve of wording, and the thresholds.

    Clusters are joined at `together`, a person is asked from `perhaps`; pairs that share
    no block or stay below `perhaps` count `unlinked`. `levels_in_war` hold for two tellings of
    what recurs.
    """

    together: float
    perhaps: float
    unlinked: float
    recurring: frozenset[str]
    recurring_by_listed: frozenset[str]
    wording: tuple[tuple[float, float], ...]
    levels: Mapping[str, Mapping[str, float]]
    levels_in_war: Mapping[str, Mapping[str, float]]


@cache
def load_weights() -> Weights:
    """The weight table of the codebook."""
    text = files("marsad.codebook").joinpath("data/likeness_weights.toml").read_text("utf-8")
    return read_weights(tomllib.loads(text))


def read_weights(table: dict[str, Any]) -> Weights:
    """The weights of a parsed table; levels that `war` does not give are as elsewhere."""
    table = dict(table)
    war = table.pop("war")
    together, perhaps, unlinked = (table.pop(n) for n in ("together", "perhaps", "unlinked"))
    recurring, by_listed = (table.pop(n) for n in ("recurring", "recurring_by_listed"))
    wording = tuple((x, y) for x, y in table.pop("wording"))
    return Weights(
        together=together,
        perhaps=perhaps,
        unlinked=unlinked,
        recurring=frozenset(recurring),
        recurring_by_listed=frozenset(by_listed),
        wording=wording,
        levels=table,
        levels_in_war={about: {**rows, **war.get(about, {})} for about, rows in table.items()},
    )
