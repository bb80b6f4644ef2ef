"""The words numbers are read by, loaded once from the codebook.

Reads   codebook/data/number_words.toml.
Writes  nothing.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from marsad.records import Qualifier

DEFAULT_POLICY = "marsad-vague-1"
DASHES = frozenset({"-", "–", "—", "‑", "−"})


class NumberTables(NamedTuple):
    """All tables; words are lower case, hedges stand by the word next to the number."""

    units: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    zero: frozenset[str]
    policies: dict[str, dict[str, tuple[int, int | None]]]
    before: dict[str, list[tuple[tuple[str, ...], Qualifier]]]
    after: dict[str, list[tuple[tuple[str, ...], Qualifier]]]
    strict: frozenset[tuple[str, ...]]
    near: frozenset[tuple[str, ...]]  # hedges that put the number just below the one said
    refuse: dict[str, frozenset[str]]
    starters: frozenset[str]


@cache
def load_number_tables() -> NumberTables:
    """The number words of the codebook."""
    raw: dict[str, Any] = tomllib.loads(
        files("marsad.codebook.data").joinpath("number_words.toml").read_text("utf-8")
    )
    policies = {
        name: {
            word: (bounds[0], None if bounds[1] < 0 else bounds[1])
            for word, bounds in table.items()
            if word not in {"source"}
        }
        for name, table in raw["policy"].items()
    }
    vague = policies[DEFAULT_POLICY]
    before = dict(raw["before"])
    near = before.pop("nearly")
    starters = {
        *raw["units"], *raw["tens"], *raw["scales"], *raw["zero"]["words"], "half", "dozen",
        *(word.split()[0] for word in vague if word != "plural"),
        *(word.split()[-1] for word in vague if word != "plural"),
    }  # fmt: skip
    return NumberTables(
        units=raw["units"],
        tens=raw["tens"],
        scales=raw["scales"],
        zero=frozenset(raw["zero"]["words"]),
        policies=policies,
        before=_by_word({**before, "about": before["about"] + near}, last=True),
        after=_by_word(raw["after"], last=False),
        strict=frozenset(tuple(words.split()) for words in raw["strict"]["below"]),
        near=frozenset(tuple(words.split()) for words in near),
        refuse={kind: frozenset(words) for kind, words in raw["refuse"].items()},
        starters=frozenset(starters),
    )


def _by_word(
    table: dict[str, list[str]], *, last: bool
) -> dict[str, list[tuple[tuple[str, ...], Qualifier]]]:
    """Hedges by the word next to the number, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Qualifier]]] = {}
    for qualifier, phrases in table.items():
        for phrase in phrases:
            words = tuple(phrase.split())
            key = words[-1] if last else words[0]
            found.setdefault(key, []).append((words, qualifier))  # type: ignore[arg-type]
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found
