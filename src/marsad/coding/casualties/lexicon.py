"""The words casualties are read by, loaded once from the codebook.

Reads   codebook/data/casualty_words.tsv, casualty_people.tsv, casualty_contexts.toml.
Writes  nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from marsad.errors import CodebookError

Shape = Literal[
    "ed", "base", "ing", "die", "adj", "count", "toll", "body", "lives", "wound", "care", "custody",
    "flight", "loss", "strike", "turn", "flee", "seize", "take",
]  # fmt: skip
SHAPES = frozenset(Shape.__args__)  # type: ignore[attr-defined]


class OutcomeWord(NamedTuple):
    """A word that carries an outcome; `outcome` may be "casualties" (killed and injured)."""

    outcome: str
    shape: Shape


class PersonWord(NamedTuple):
    """A noun for people: `kind` is an ActorKind, children, women, men, perpetrators or any."""

    kind: str
    plural: bool
    stem: str  # the singular


class CasualtyLexicon(NamedTuple):
    """All tables; sets hold lower-case words."""

    outcomes: dict[str, OutcomeWord]
    people: dict[str, PersonWord]
    suffixes: tuple[str, ...]
    kinds: dict[str, str]
    paired_kinds: dict[str, str]  # "civil defence": two words that tell another kind
    forces: frozenset[str]  # words for armed bodies that do not say whose
    collectives: dict[str, int]
    things: frozenset[str]
    phrase: dict[str, frozenset[str]]
    context: dict[str, frozenset[str]]
    link: dict[str, frozenset[str]]
    totals: tuple[tuple[str, ...], ...]


@cache
def load_lexicon() -> CasualtyLexicon:
    """The casualty words of the codebook.

    Raises:
        CodebookError: a line of a data file that cannot be read.
    """
    data = files("marsad.codebook.data")
    raw: dict[str, Any] = tomllib.loads(data.joinpath("casualty_contexts.toml").read_text("utf-8"))
    phrase = raw["phrase"]
    return CasualtyLexicon(
        outcomes=dict(_read_outcomes()),
        people=dict(_read_people()),
        suffixes=tuple(raw["people"]["suffixes"]),
        kinds=raw["people"]["kinds"],
        paired_kinds=raw["people"]["pairs"],
        forces=frozenset(raw["people"]["forces"]),
        collectives=phrase["collectives"],
        things=frozenset(raw["things"]["words"]),
        phrase={k: frozenset(v) for k, v in phrase.items() if isinstance(v, list)},
        context={k: frozenset(v) for k, v in raw["context"].items()},
        link={k: frozenset(v) for k, v in raw["link"].items()},
        totals=tuple(tuple(words.split()) for words in raw["context"]["totals"]),
    )


def _read_rows(name: str) -> Iterator[list[str]]:
    text = files("marsad.codebook.data").joinpath(name).read_text("utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != 3:
            raise CodebookError(f"{name}:{number} has {len(fields)} columns, not 3: {line!r}")
        yield fields


def _read_outcomes() -> Iterator[tuple[str, OutcomeWord]]:
    for word, outcome, shape in _read_rows("casualty_words.tsv"):
        if shape not in SHAPES:
            raise CodebookError(f"casualty_words.tsv: {word!r} has the unknown shape {shape!r}")
        yield word, OutcomeWord(outcome, shape)  # type: ignore[arg-type]


def _read_people() -> Iterator[tuple[str, PersonWord]]:
    for singular, plural, kind in _read_rows("casualty_people.tsv"):
        if plural == "=":
            yield singular, PersonWord(kind, plural=True, stem=singular)
            continue
        if plural != "-":
            many = singular + "s" if plural == "+s" else plural
            yield many, PersonWord(kind, plural=True, stem=singular)
        yield singular, PersonWord(kind, plural=False, stem=singular)
