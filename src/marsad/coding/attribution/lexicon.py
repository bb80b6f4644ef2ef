"""The lexicon of attribution: who can be a source, and which words make one.

Reads   attribution_*.tsv in codebook/data, once.
Writes  nothing.
Never   imports spaCy: words in, entries out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple, get_args

from marsad.errors import CodebookError
from marsad.records import SourceKind

CueClass = Literal[
    "speech",
    "evidence",
    "accusation",
    "denial",
    "threat",
    "order",
    "question",
    "belief",
    "intention",
    "attitude",
    "perception",
]
CueType = Literal["says", "denies", "alleges", "threatens", "claims-responsibility", "orders"]
# The classes whose content is a statement about the world that a claim can rest on.
CLAIM_CLASSES: tuple[CueClass, ...] = (
    "speech",
    "evidence",
    "accusation",
    "denial",
    "threat",
    "order",
    "question",
    "belief",
)
ALL_CLASSES: tuple[CueClass, ...] = get_args(CueClass)


class Sense(NamedTuple):
    """What a cue means in one frame."""

    klass: CueClass
    type: CueType


class Cue(NamedTuple):
    """One reporting word: its lemma and, frame by frame, its sense."""

    lemma: str
    frames: Mapping[str, Sense]


def read_rows(name: str, columns: int) -> Iterator[list[str]]:
    """The rows of a tab-separated table in codebook/data, comments and blank lines left out.

    Raises:
        CodebookError: a row has not that many columns; names the line.
    """
    text = (files("marsad.codebook") / "data" / name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        row = line.split("\t")
        if len(row) != columns:
            raise CodebookError(
                f"{name}, line {number}: {len(row)} columns, {columns} wanted. "
                f"Columns are separated by one tab each."
            )
        yield row


@cache
def _irregular() -> dict[str, list[str]]:
    return {lemma: forms.split() for lemma, forms in read_rows("attribution_forms.tsv", 2)}


def inflect(lemma: str) -> list[str]:
    """All the forms of a verb; irregular pasts from the table, the rest by rule."""
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    past = stem + "ed"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        third, past = lemma[:-1] + "ies", lemma[:-1] + "ied"
    gerund = lemma if lemma.endswith(("ee", "oe", "ye")) else stem
    irregular = _irregular().get(lemma, [])
    regular = [lemma, third, gerund + "ing"] + ([] if irregular else [past])
    return [*regular, *irregular]


def _cues(name: str) -> dict[str, Cue]:
    """Lemma (with its particle, "point_out") -> cue. An earlier row wins a frame."""
    found: dict[str, dict[str, Sense]] = {}
    for klass, kind, frames, words in read_rows(name, 4):
        if klass not in ALL_CLASSES or kind not in get_args(CueType):
            raise CodebookError(f"{name}: unknown class {klass!r} or type {kind!r}.")
        for word in words.split():
            senses = found.setdefault(word, {})
            for frame in frames.split():
                senses.setdefault(frame, Sense(klass, kind))  # type: ignore[arg-type]
    return {word: Cue(word, frames) for word, frames in found.items()}


@cache
def verb_cues() -> Mapping[str, tuple[Cue, ...]]:
    """Lower-case verb form -> its cues; particle verbs come after the plain verb."""
    forms: dict[str, list[Cue]] = {}
    for word, cue in sorted(_cues("attribution_verbs.tsv").items()):
        for form in inflect(word.partition("_")[0]):
            forms.setdefault(form, []).append(cue)
    return {form: tuple(cues) for form, cues in forms.items()}


@cache
def noun_cues() -> Mapping[str, Cue]:
    """Lower-case noun, singular or plural -> its cue."""
    forms: dict[str, Cue] = {}
    for word, cue in _cues("attribution_nouns.tsv").items():
        forms[word] = cue
        plural = word[:-1] + "ies" if word.endswith("y") else word + "s"
        forms.setdefault(plural, cue)
    return forms


@cache
def source_kinds() -> Mapping[str, SourceKind]:
    """Word or phrase (joined by "_") -> what such a source is. Later rows do not override."""
    kinds: dict[str, SourceKind] = {}
    for kind, words in read_rows("attribution_sources.tsv", 2):
        if kind not in get_args(SourceKind):
            raise CodebookError(f"attribution_sources.tsv: unknown kind {kind!r}.")
        for word in words.split():
            kinds.setdefault(word, kind)  # type: ignore[arg-type]
    return kinds


@cache
def role_nouns(role: str) -> frozenset[str]:
    """Lower-case heads of one role in attribution_roles.tsv; empty for an unknown role."""
    return frozenset(
        word
        for name, words in read_rows("attribution_roles.tsv", 2)
        if name == role
        for word in words.split()
    )
