"""What is judged to have happened: judgements, incidents and their tallies."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import NonNegativeInt, model_validator

from marsad.records.base import Record
from marsad.records.reading import Claim, Evidence, Participant, Place, Report, When
from marsad.records.vocabulary import ApartKind, DisputeAbout, EventType, Outcome, Status


class Judgement(Record):
    """A decision, by rule or person, about two claims.

    `same`: they are about one incident. `different`: they are not, whatever
    else agrees. `disputes`: `claim` is a counterclaim to `other`, in the matter
    named by `about`. `by` is the rule or the person; `reason` is the sentence a
    reviewer reads.
    """

    kind: Literal["same", "different", "disputes"]
    claim: str
    other: str
    about: DisputeAbout | None = None
    by: str
    reason: str

    @model_validator(mode="after")
    def _dispute_has_a_matter(self) -> Self:
        if (self.kind == "disputes") != (self.about is not None):
            raise ValueError(f"a {self.kind!r} judgement with about={self.about!r}")
        return self


class Tally(Record):
    """An incident's casualties for one outcome and group under a named policy.

    `group` None is the outcome's total over disjoint groups. `high` None is
    open above. `best` is the policy's choice, between low and high.
    """

    outcome: Outcome
    group: str | None = None
    low: NonNegativeInt
    best: NonNegativeInt
    high: NonNegativeInt | None
    policy: str
    sources: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


class Dispute(Record):
    """A counterclaim and the claim it disputes (both by id)."""

    about: DisputeAbout
    claim: str
    counterclaim: str
    sources: tuple[str, ...] = ()


class Incident(Record):
    """What a set of claims is judged to be about: a bounded time, place and kind."""

    id: str
    event_type: EventType
    place: Place | None = None
    when: When | None = None
    participants: tuple[Participant, ...] = ()
    tallies: tuple[Tally, ...] = ()
    status: Status
    disputes: tuple[Dispute, ...] = ()
    claims: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


class SetApart(Record):
    """News that is no political violence, and the words that first tell of it.

    It makes no claim and no incident, and its dead enter no tally: it says why.
    """

    kind: ApartKind
    evidence: Evidence


class CodedReport(Record):
    """Everything read from one report: the report, its claims, its incidents.

    Incidents stand in order of prominence, the report's lead first. `set_apart` are
    the kinds of other news that the report is about, in text order.
    """

    report: Report
    claims: tuple[Claim, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    incidents: tuple[Incident, ...] = ()
    set_apart: tuple[SetApart, ...] = ()
