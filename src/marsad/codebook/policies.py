"""Tally policies: how one number is made of what many reports say.

Reads   data/policies.toml and the vague words of data/number_words.toml, once.
Never   counts anything: that is `incidents`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast, get_args

from marsad.errors import CodebookError
from marsad.records import Policy, SourceKind

# The table that the coder reads vague words by.
CODED_WITH = "marsad-vague-1"
Counts = Literal["standing", "latest"]
Range = tuple[int, int | None]


@dataclass(frozen=True)
class TallyPolicy:
    """One policy. `vague` are bounds by word, `plural` those of a plural without a number."""

    name: Policy
    title: str
    counts: Counts
    whole: bool
    vague: dict[str, Range]
    plural: Range


@dataclass(frozen=True)
class PolicyTable:
    """All policies, and what they share."""

    policies: dict[Policy, TallyPolicy]
    coded: dict[str, Range]
    rank: dict[SourceKind, int]
    unreliable: frozenset[SourceKind]
    growth_hours: float
    growth_factor: float


@cache
def load_policies() -> PolicyTable:
    """The policies, in the order of the file.

    Raises:
        CodebookError: a policy that is missing or unknown, or names a table of vague
            words that is not there; a kind of source without a rank.
    """
    raw = _read("policies.toml")
    vague = {name: _ranges(table) for name, table in _read("number_words.toml")["policy"].items()}
    _expect("policies", set(raw["policy"]), set(get_args(Policy)))
    _expect("ranks", set(raw["credible"]), set(get_args(SourceKind)))
    return PolicyTable(
        policies={
            cast(Policy, name): _policy(cast(Policy, name), row, vague)
            for name, row in raw["policy"].items()
        },
        coded=vague[CODED_WITH],
        rank=raw["credible"],
        unreliable=frozenset(raw["unreliable"]["kinds"]),
        growth_hours=float(raw["growth"]["hours"]),
        growth_factor=float(raw["growth"]["factor"]),
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("marsad.codebook.data").joinpath(name).read_text("utf-8"))


def _ranges(table: dict[str, Any]) -> dict[str, Range]:
    return {
        word: (bounds[0], None if bounds[1] < 0 else bounds[1])
        for word, bounds in table.items()
        if word != "source"
    }


def _policy(name: Policy, row: dict[str, Any], vague: dict[str, dict[str, Range]]) -> TallyPolicy:
    if row["vague"] not in vague:
        raise CodebookError(f"policies.toml: {name}: no vague words {row['vague']!r}.")
    words = vague[row["vague"]]
    plural = (row["plural"], words["plural"][1]) if "plural" in row else words["plural"]
    return TallyPolicy(name, row["title"], row["counts"], row["whole"], words, plural)


def _expect(what: str, found: set[str], wanted: set[str]) -> None:
    if found != wanted:
        raise CodebookError(f"policies.toml: {what} {sorted(found ^ wanted)} missing or unknown.")
