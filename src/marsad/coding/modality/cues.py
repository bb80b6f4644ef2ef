"""The cues of modality, read once from the codebook and indexed for look-up.

Reads   codebook/data/modality_cues.toml.
Never   sees a Doc.

An entry may end in a restriction: "plan to" governs only through an infinitive, "suspect that"
only through a clause, "fear obj" only as an object, "reject claim" only a clause or a noun of
saying, and "accuse of" only through that preposition.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from marsad.records import Modality

Site = Literal["verbs", "adjectives", "nouns"]
Finding = Modality | Literal["court-strong", "court-weak", "zero", "attempted"]
NON_ASSERTED: tuple[Modality, ...] = (
    "denied",
    "alleged",
    "planned",
    "threatened",
    "hypothetical",
    "historical",
)
SITES: tuple[Site, ...] = ("verbs", "adjectives", "nouns")
_PARTICLES = frozenset({"out", "off", "up", "down"})
_RESTRICTIONS = frozenset({"to", "that", "obj", "claim"})


@dataclass(frozen=True)
class Cue:
    """What a governing word says of the event it governs; `only` restricts the relation."""

    finding: Finding
    only: str | None = None


@dataclass(frozen=True)
class ModalityCues:
    """All cue lists, by base form."""

    verbs: dict[str, tuple[Cue, ...]]
    adjectives: dict[str, tuple[Cue, ...]]
    nouns: dict[str, tuple[Cue, ...]]
    modifiers: dict[str, Modality]
    phrases: dict[str, Modality]
    around: frozenset[str]
    carrier_verbs: frozenset[str]
    carrier_nouns: frozenset[str]
    marks: frozenset[str]
    claims: frozenset[str]
    attempts: frozenset[str]
    preventers: frozenset[str]
    done_purposes: frozenset[str]
    threatening: frozenset[str]
    since: frozenset[str]
    wars: frozenset[str]
    means: frozenset[str]
    outcomes: frozenset[str]
    changes: frozenset[str]
    masses: frozenset[str]
    topics: frozenset[str]
    judging: frozenset[str]
    making: frozenset[str]
    worlds: dict[str, tuple[str, ...]]
    signs: dict[str, tuple[str, ...]]

    def governing(self, site: Site, lemma: str) -> tuple[Cue, ...]:
        """The cues of `lemma` as a verb, adjective or noun."""
        table: dict[str, tuple[Cue, ...]] = getattr(self, site)
        return table.get(lemma, ())


@cache
def load_cues() -> ModalityCues:
    """The cue lists, read once."""
    text = files("marsad.codebook").joinpath("data/modality_cues.toml").read_text("utf-8")
    raw: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    governing: dict[str, dict[str, list[Cue]]] = {site: {} for site in SITES}
    modifiers: dict[str, Modality] = {}
    phrases: dict[str, Modality] = {}
    for modality in NON_ASSERTED:
        table = raw[modality]
        for site in SITES:
            for entry in table[site]:
                _enter(governing[site], entry, modality)
        modifiers |= dict.fromkeys(table["modifiers"], modality)
        phrases |= dict.fromkeys(table["phrases"], modality)
    for strength, finding in (("strong", "court-strong"), ("weak", "court-weak")):
        for entry in raw["court"][strength]:
            for site in SITES:
                _enter(governing[site], entry, finding)  # type: ignore[arg-type]
    return ModalityCues(
        **{site: {key: tuple(cues) for key, cues in governing[site].items()} for site in SITES},
        modifiers=modifiers,
        phrases=phrases,
        around=frozenset(raw["historical"]["around"]),
        carrier_verbs=frozenset(raw["carriers"]["verbs"]),
        carrier_nouns=frozenset(raw["carriers"]["nouns"]),
        marks=frozenset(raw["conditions"]["marks"]),
        claims=frozenset(raw["claims"]["nouns"]),
        attempts=frozenset(raw["attempts"]["verbs"]),
        preventers=frozenset(raw["preventers"]["verbs"]),
        done_purposes=frozenset(raw["done_purposes"]["verbs"]),
        threatening=frozenset(raw["threatening"]["verbs"]),
        since=frozenset(raw["totals"]["since"]),
        wars=frozenset(raw["wars"]["nouns"]),
        means=frozenset(raw["means"]["nouns"]),
        outcomes=frozenset(raw["outcomes"]["verbs"]),
        changes=frozenset(raw["generality"]["changes"]),
        masses=frozenset(raw["generality"]["masses"]),
        topics=frozenset(raw["generality"]["topics"]),
        judging=frozenset(raw["generality"]["judging"]),
        making=frozenset(raw["agreements"]["making"]),
        worlds={kind: tuple(signs) for kind, signs in raw["worlds"].items()},
        signs={kind: tuple(signs) for kind, signs in raw["lookback"].items()},
    )


def _enter(table: dict[str, list[Cue]], entry: str, finding: Finding) -> None:
    """Index an entry under its base form, with the rest as its restriction."""
    lemma, _, rest = entry.rpartition(" ")
    if not lemma or rest in _PARTICLES:
        table.setdefault(entry, []).append(Cue(finding))
    elif rest in _RESTRICTIONS:
        table.setdefault(lemma, []).append(Cue(finding, rest))
    else:
        table.setdefault(lemma, []).append(Cue(finding, f"prep:{rest}"))


def allows(cue: Cue, relation: str, child: str) -> bool:
    """Whether `cue` governs through `relation` a word with lemma `child`.

    Relations: "obj", "that" (clause or gerund), "inf", "compound", "prep:of" ...
    """
    if cue.only is None:
        return True
    if cue.only == "claim":
        return relation == "that" or child in load_cues().claims
    if cue.only == "to":
        return relation == "inf"
    return cue.only == relation


@cache
def phrase_pattern() -> re.Pattern[str]:
    """One pattern for all phrases, longest first, on lower-case text."""
    cues = load_cues()
    listed = sorted({*cues.phrases, *cues.around}, key=len, reverse=True)
    words = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in listed)
    return re.compile(rf"\b(?:{words})\b")
