"""View parts: what a person reads of a coded report, as plain frozen dataclasses.

Reads   nothing: `view` fills them.
Writes  nothing: the terminal and the page both render them, so that both say the same.
Never   lays anything out, or escapes for a format.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from marsad.records import Evidence


@dataclass(frozen=True)
class PartyView:
    """One side: who, what kind, according to whom, and the words it was read from."""

    name: str
    kind: str
    reported_by: tuple[str, ...]
    evidence: Evidence | None


@dataclass(frozen=True)
class TallyRow:
    """One row of the figures table. `part` marks a group under its outcome's total."""

    label: str
    low: str
    best: str
    high: str
    sources: tuple[str, ...]
    part: bool
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class ClaimView:
    """One claim: who says so, how, in which words."""

    id: str
    kind: str
    modality: str
    speaker: str
    quote: str
    evidence: Evidence
    place: str | None
    when: str | None
    figures: tuple[str, ...]
    reasons: tuple[str, ...]
    repeated: bool = False  # its words were quoted before in the same incident


@dataclass(frozen=True)
class ToldView:
    """What one source, or several in the same words, say of an incident."""

    speaker: str
    modality: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True)
class CounterView:
    """What is said against a claim, and in which matter."""

    about: str
    claim: ClaimView | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class DisputeView:
    """A claim and everything that is said against it. `claim` None: it stands in another report."""

    claim: ClaimView | None
    counters: tuple[CounterView, ...]

    @property
    def claims(self) -> tuple[ClaimView, ...]:
        """The claims on both sides that this report holds."""
        both = (self.claim, *(counter.claim for counter in self.counters))
        return tuple(claim for claim in both if claim is not None)


@dataclass(frozen=True)
class IncidentView:
    """One incident as a person reads it. `number` counts from 1, the lead first."""

    number: int
    id: str
    kind: str
    place: str | None
    place_evidence: Evidence | None
    when: str | None
    when_evidence: Evidence | None
    actors: tuple[PartyView, ...]
    recipients: tuple[PartyView, ...]
    tallies: tuple[TallyRow, ...]
    status: str
    status_reason: str
    disputes: tuple[DisputeView, ...]
    claims: tuple[ClaimView, ...]

    @property
    def told(self) -> tuple[ToldView, ...]:
        """The claims to quote by source: not those that stand in a dispute, and no words twice."""
        disputed = [claim for dispute in self.disputes for claim in dispute.claims]
        ids = {claim.id for claim in disputed}
        quoted = {claim.quote for claim in disputed}
        same_words: dict[tuple[object, ...], list[ClaimView]] = {}
        for claim in self.claims:
            if claim.id not in ids:
                key = (claim.modality, claim.quote, claim.reasons)
                same_words.setdefault(key, []).append(claim)
        by_source: dict[tuple[str, str], list[ClaimView]] = {}
        for claims in same_words.values():
            speaker = "; ".join(distinct(claim.speaker for claim in claims))
            first = replace(claims[0], repeated=claims[0].quote in quoted)
            by_source.setdefault((speaker, first.modality), []).append(first)
        return tuple(ToldView(*key, tuple(claims)) for key, claims in by_source.items())


@dataclass(frozen=True)
class ReportView:
    """The report, its incidents, and the claims that make no incident."""

    title: str
    byline: str
    url: str | None
    language: str | None
    incidents: tuple[IncidentView, ...]
    asides: tuple[ClaimView, ...]
    names_withheld: bool
    dated: bool


def distinct(words: Iterable[str]) -> tuple[str, ...]:
    """The words that are not empty, each once, in order."""
    return tuple(dict.fromkeys(word for word in words if word))
