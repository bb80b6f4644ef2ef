"""Crosswalks from our claims to a data set's own labels, as data.

Reads   crosswalks/*.toml: rules in order. A rule names our event types and, where
        a finer label needs it, the kinds of the parties, the outcomes counted or
        the trigger's words. The first rule that a claim meets gives the label.
Never   reads the report's text: what the coder did not code cannot be mapped.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from marsad.codebook.event_types import load_event_types
from marsad.records import Claim, CodedReport, Incident, SetApart

REAL = frozenset({"asserted", "alleged"})
ANNOUNCED = frozenset({"threatened", "planned"})
# Kinds of news set apart that a report may be about although it tells of violence as well.
LEADING = frozenset({"diplomacy", "crime"})
FOLDER = Path(__file__).parent / "crosswalks"


@dataclass(frozen=True)
class Reading:
    """What a crosswalk may look at of one claim."""

    event_type: str
    modality: str = "asserted"
    trigger: str = ""
    actors: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    in_incident: bool = True


@dataclass(frozen=True)
class Rule:
    """One line of a crosswalk; an empty condition holds always."""

    label: str
    types: frozenset[str]
    modalities: frozenset[str]
    actors: frozenset[str]
    not_actors: frozenset[str]
    recipients: frozenset[str]
    outcomes: frozenset[str]
    trigger: re.Pattern[str] | None

    def fits(self, reading: Reading) -> bool:
        """Whether every condition holds of this claim."""
        return (
            (not self.types or reading.event_type in self.types)
            and (not self.modalities or reading.modality in self.modalities)
            and (not self.actors or bool(self.actors & reading.actors))
            and not self.not_actors & reading.actors
            and (not self.recipients or bool(self.recipients & reading.recipients))
            and (not self.outcomes or bool(self.outcomes & reading.outcomes))
            and (self.trigger is None or bool(self.trigger.search(reading.trigger)))
        )


@dataclass(frozen=True)
class Crosswalk:
    """The rules of one set, its label for reports without a claim, and its uncoded labels."""

    rules: tuple[Rule, ...]
    none: str
    not_coded: frozenset[str]
    same: dict[str, str]

    def label(self, readings: Sequence[Reading]) -> str:
        """The label of the first reading that any rule fits, else `none`."""
        for reading in readings:
            for rule in self.rules:
                if rule.fits(reading):
                    return rule.label
        return self.none


@cache
def load_crosswalk(name: str) -> Crosswalk:
    """The crosswalk of that name."""
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    return Crosswalk(
        tuple(_rule(row) for row in table["rule"]),
        table["none"],
        frozenset(table.get("not_coded", [])),
        table.get("same", {}),
    )


def _rule(row: dict[str, Any]) -> Rule:
    def some(key: str) -> frozenset[str]:
        return frozenset(row.get(key, []))

    trigger = row.get("trigger")
    return Rule(
        row["label"],
        some("types"),
        some("modalities"),
        some("actors"),
        some("not_actors"),
        some("recipients"),
        some("outcomes"),
        re.compile(trigger, re.IGNORECASE) if trigger else None,
    )


def read_claims(coded: CodedReport | None, *, words_first: bool = False) -> list[Reading]:
    """A report's claims as readings: those of its incidents first, in order of prominence.

    An incident's own type stands first, as it is what its claims add up to. News that is set
    apart comes after what is said to have happened; but a report that opens with
    diplomacy or crime is about that, and the violence told after is its ground. With
    `words_first` the same holds of what a report opens with as threatened or announced, and of
    kinds that are told as claims only.
    """
    if coded is None:
        return []
    claims = {claim.id: claim for claim in coded.claims}
    readings: list[Reading] = []
    used: set[str] = set()
    for incident in coded.incidents:
        own = [claims[i] for i in incident.claims if i in claims]
        used.update(incident.claims)
        lead = [c for c in own if c.event_type == incident.event_type]
        readings += [_reading(c, own) for c in (*lead, *(c for c in own if c not in lead))]
    rest = [c for c in coded.claims if c.id not in used]
    told = [c.trigger.start for c in coded.claims if c.modality in REAL and not _is_word(c)]
    first = min(told, default=len(coded.report.text))
    words = [c for c in rest if words_first and _is_word(c) and c.trigger.start < first]
    real = [_reading(c, [c], in_incident=False) for c in rest if c.modality in REAL]
    unreal = [
        _reading(c, [c], in_incident=False)
        for c in rest
        if c.modality not in REAL and c not in words
    ]
    opens = [a for a in coded.set_apart if a.kind in LEADING and a.evidence.start < first]
    other = [a for a in coded.set_apart if a not in opens]
    return [
        *map(_apart, opens),
        *(_reading(c, [c], in_incident=False) for c in words),
        *readings,
        *real,
        *map(_apart, other),
        *unreal,
    ]


def _is_word(claim: Claim) -> bool:
    told_only = not load_event_types()[claim.event_type].makes_incident
    return claim.modality in ANNOUNCED or (told_only and claim.modality in REAL)


def _apart(apart: SetApart) -> Reading:
    return Reading(apart.kind, "set apart", apart.evidence.quote, in_incident=False)


def read_incident(coded: CodedReport, incident: Incident) -> list[Reading]:
    """One incident as a reading: its own type and parties, the triggers of all its claims."""
    claims = [c for c in coded.claims if c.id in incident.claims]
    return [
        Reading(
            incident.event_type,
            trigger=" | ".join(c.trigger.quote for c in claims),
            actors=frozenset(p.kind for p in incident.participants if p.role == "actor"),
            recipients=frozenset(p.kind for p in incident.participants if p.role == "recipient"),
            outcomes=frozenset(t.outcome for t in incident.tallies if t.best),
        )
    ]


def _reading(claim: Claim, siblings: Sequence[Claim], in_incident: bool = True) -> Reading:
    def kinds(role: str) -> frozenset[str]:
        own = {p.kind for p in claim.participants if p.role == role}
        return frozenset(
            own or {p.kind for c in siblings for p in c.participants if p.role == role}
        )

    return Reading(
        claim.event_type,
        claim.modality,
        claim.trigger.quote,
        kinds("actor"),
        kinds("recipient"),
        frozenset(f.outcome for c in siblings for f in c.figures if f.high != 0),
        in_incident,
    )
