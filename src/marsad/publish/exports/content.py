"""Content: what an export is given of an incident, the same for every format.

Reads   nothing; `protect` makes these from the records.
Never   holds a name, a place or a quote that the profile withholds.

Plain values, so that a format needs no knowledge of the records' inner workings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from marsad.records import (
    ActorKind,
    Claim,
    DisputeAbout,
    EventType,
    LedgerIncident,
    Modality,
    Outcome,
    PlacePrecision,
    Policy,
    Report,
    SourceKind,
    Status,
    TimePrecision,
)

ProfileName = Literal["public", "internal"]
Part = Literal["claim", "counterclaim", "mention"]

# The radius within which an incident lies around its point, by what the point stands for.
RADIUS_KM: dict[PlacePrecision, int] = {
    "site": 1,
    "town": 5,
    "district": 30,
    "province": 120,
    "country": 500,
}
# Only here does a point say where something was; a province's point is where its name stands.
POINTED: frozenset[PlacePrecision] = frozenset({"site", "town", "district"})


@dataclass(frozen=True, slots=True)
class ExportItem:
    """An incident with its claims and reports, as the ledger has them.

    `claims` by id: those of the incident, of its disputes and mentions. `read` are all claims
    of its reports, for the names in them; empty where no name is withheld.
    """

    incident: LedgerIncident
    claims: Mapping[str, Claim]
    reports: Mapping[str, Report]
    read: Mapping[str, tuple[Claim, ...]]


@dataclass(frozen=True, slots=True)
class Party:
    """Who did it, or had it done to them."""

    name: str
    kind: ActorKind
    actor_id: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Where:
    """The place as precisely as it may be told. `country` is ISO 3166 alpha-3.

    `coarse`: the profile made it vaguer than it is known.
    """

    name: str
    relation: str | None
    admin1: str | None
    country: str | None
    country_name: str
    latitude: float | None
    longitude: float | None
    precision: PlacePrecision
    geonameid: int | None
    coarse: bool = False

    @property
    def radius_km(self) -> int:
        """How far around its point the incident may lie."""
        return RADIUS_KM[self.precision]

    @property
    def point(self) -> tuple[float, float] | None:
        """(longitude, latitude) where a point says where it was, else None."""
        if self.precision not in POINTED or self.latitude is None or self.longitude is None:
            return None
        return self.longitude, self.latitude


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last possible day, ISO 8601."""

    start: str
    end: str
    precision: TimePrecision


@dataclass(frozen=True, slots=True)
class Count:
    """Low, best and high for an outcome and group; `group` None is the total, `high` None open."""

    outcome: Outcome
    group: str | None
    low: int
    best: int
    high: int | None


@dataclass(frozen=True, slots=True)
class DisputeNote:
    """What is disputed, in words, by whom, and the two claims that stand against each other."""

    about: DisputeAbout
    words: str
    sources: tuple[str, ...]
    claim: str
    counterclaim: str


@dataclass(frozen=True, slots=True)
class ReportNote:
    """A report, without its text. `published` is ISO 8601, a day or a time."""

    id: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Speaker:
    """One link of the chain of who says so."""

    name: str
    kind: SourceKind


@dataclass(frozen=True, slots=True)
class FigureNote:
    """One number that a claim tells of. `part`: another figure of the claim contains it."""

    outcome: Outcome
    group: str | None
    low: int
    high: int | None
    qualifier: str
    part: bool


@dataclass(frozen=True, slots=True)
class ClaimNote:
    """A claim. `start`, `end` are its trigger's place in the report's text.

    `quote` is None where the profile gives none.
    """

    id: str
    part: Part
    disputed: bool
    report: str
    event_type: EventType
    modality: Modality
    speakers: tuple[Speaker, ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    where: Where | None
    when: Span | None
    figures: tuple[FigureNote, ...]
    quote: str | None
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class ExportIncident:
    """An incident as every format gets it.

    `reviewed` is "confirmed" or "rejected" by a person, None when nobody looked at it.
    `reports` stand in order of publication; `claims` in the incident's order.
    """

    id: str
    event_type: EventType
    status: Status
    where: Where | None
    when: Span | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    counts: Mapping[Policy, tuple[Count, ...]]
    disputes: tuple[DisputeNote, ...]
    sources: tuple[Speaker, ...]
    reports: tuple[ReportNote, ...]
    claims: tuple[ClaimNote, ...]
    reviewed: str | None
    first_published: str | None
    last_published: str | None

    def total(self, outcome: Outcome, policy: Policy) -> Count | None:
        """The total for an outcome; None where nobody gives a number."""
        rows = self.counts.get(policy, ())
        return next((c for c in rows if c.outcome == outcome and c.group is None), None)
