"""The records: what a report says, and what is judged to have happened.

All models are frozen, refuse unknown fields and compute their own content-hash
ids, so the same input always gives the same ids. A `Claim` is what one source
said; an `Incident` is what a set of claims is judged to be about. Claims are
never rewritten; incidents can be rebuilt from claims at any time.

Ground floor: imported by every room, imports none.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    NonNegativeInt,
    PositiveInt,
    model_validator,
)

EventType = Literal[
    "armed-clash",
    "air-strike",
    "shelling",
    "remote-explosive",
    "suicide-bombing",
    "grenade",
    "chemical-weapon",
    "attack",
    "sexual-violence",
    "abduction",
    "arrest",
    "peaceful-protest",
    "protest-intervention",
    "excessive-force",
    "riot",
    "mob-violence",
    "property-destruction",
    "weapons-seizure",
    "territory-change",
    "agreement",
    "movement",
    "restriction",
    "non-cooperation",
    "threat",
    "other",
]
# News that is recognised and set apart: no political violence, no claim, no incident.
ApartKind = Literal["accident", "natural-disaster", "crime", "diplomacy"]
Modality = Literal[
    "asserted", "alleged", "denied", "planned", "threatened", "hypothetical", "historical"
]
SourceKind = Literal[
    "government",
    "military",
    "armed-group",
    "monitor",
    "medical",
    "police",
    "witness",
    "media",
    "official",
    "ngo",
    "other",
]
ActorKind = Literal[
    "government",  # the executive, ministries, officials
    "military",  # regular armed forces of a state
    "police",  # police, gendarmerie, interior-ministry and internal security forces
    "intelligence",
    "armed-group",  # rebels, insurgents, jihadists: organised, named or described
    "militia",  # pro-government, communal or political militias
    "criminal",  # gangs, cartels
    "unidentified-armed",  # "unknown gunmen"
    "civilian",
    "protester",
    "rioter",
    "journalist",
    "medical",
    "aid-worker",
    "religious",
    "political",  # parties, candidates, opposition politicians
    "judicial",
    "international",  # UN, peacekeepers, coalitions of states
    "monitor",
    "ngo",
    "media",
    "other",
]
Outcome = Literal["killed", "injured", "detained", "abducted", "missing", "displaced"]
Qualifier = Literal["exact", "at-least", "at-most", "about", "range", "vague", "none"]
PlacePrecision = Literal["site", "town", "district", "province", "country"]
TimePrecision = Literal["day", "week", "month", "season", "year"]
Role = Literal["actor", "recipient"]
Status = Literal["single-source", "corroborated", "contested", "discounted"]
DisputeAbout = Literal["occurrence", "date", "place", "figure", "perpetrator", "authenticity"]


# How an outlet is called in a chain of sources when nobody says its name.
UNNAMED_OUTLET = "unnamed outlet"


def content_id(prefix: str, *parts: object) -> str:
    """A stable id: prefix, then 16 hexadecimal digits of the SHA-256 of the parts.

    Parts are serialised as canonical JSON, so equal content gives equal ids on
    any machine. 64 bits: two of ten million records collide with p < 3e-6.
    """
    payload = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return f"{prefix}-{hashlib.sha256(payload.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _read_published(value: Any) -> Any:
    """A 10-character string is a date; anything longer a date-time (ISO 8601)."""
    if isinstance(value, str):
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    return value


Published = Annotated[datetime | date, BeforeValidator(_read_published)]


class Record(BaseModel):
    """Base of all records: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Record):
    """The exact words a value was read from.

    Offsets count Unicode code points in `Report.text`, from 0, end excluded,
    so `report.text[start:end] == quote` holds for every Evidence we make.
    """

    report_id: str
    start: NonNegativeInt
    end: PositiveInt
    quote: str

    @model_validator(mode="after")
    def _span_fits_quote(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError(
                f"evidence span {self.start}:{self.end} covers "
                f"{self.end - self.start} characters, quote has {len(self.quote)}"
            )
        return self


class Caption(Record):
    """The words under a picture, apart from the text, with the credit if one is given."""

    text: str
    credit: str | None = None


class Report(Record):
    """One published text as we received it.

    `text` is the article's body without page furniture; all evidence offsets
    count code points in it. `published` keeps the time and zone when the page
    gave them, else it is a plain date. `dateline` is the city the reporter
    writes from: never by itself the place of an event.
    """

    id: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: Published | None = None
    dateline: str | None = None
    language: str | None = Field(None, description="ISO 639-1 code, e.g. 'en'")
    text: str
    captions: tuple[Caption, ...] = ()

    @property
    def published_date(self) -> date | None:
        """The publication day in the page's own zone."""
        if isinstance(self.published, datetime):
            return self.published.date()
        return self.published

    def quote(self, start: int, end: int) -> Evidence:
        """The Evidence for `text[start:end]`."""
        return Evidence(report_id=self.id, start=start, end=end, quote=self.text[start:end])


class Source(Record):
    """One link in the chain of who says so.

    `cue` is the word doing the attributing ("said", "according to"). The outlet
    itself is the last link and has neither cue nor evidence.
    """

    source: str
    kind: SourceKind
    cue: str | None = None
    evidence: Evidence | None = None


class Participant(Record):
    """A party to the event: `actor` did it (as reported), `recipient` had it done to them."""

    role: Role
    name: str
    actor_id: str | None = Field(None, description="id in the actor codebook, if listed there")
    kind: ActorKind
    evidence: Evidence | None = None


class Place(Record):
    """Where, as precisely as the words allow and no more.

    Coordinates are WGS 84 decimal degrees of the gazetteer entry; `precision`
    says what they stand for. `relation` keeps the word that loosens it
    ("near", "countryside of", "between").
    """

    name: str
    geonameid: int | None = None
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    admin1: str | None = None
    country: str | None = Field(None, description="ISO 3166-1 alpha-3")
    precision: PlacePrecision
    relation: str | None = None
    evidence: Evidence | None = None


class When(Record):
    """When, as a closed interval of days. `start == end` is a known day."""

    start: date
    end: date
    precision: TimePrecision
    evidence: Evidence | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"interval ends ({self.end}) before it starts ({self.start})")
        return self


class Figure(Record):
    """One number in a claim.

    `low == high` is exact; `high is None` is open above ("at least"). `group`
    is who the number counts, in the report's words; None when it does not say.
    `subset_of` is the index, in the same claim's `figures`, of the figure that
    already contains this one ("including three children"). `cumulative` marks
    a running toll that supersedes earlier ones ("raising the toll to nine");
    `additive` a number on top of an earlier one ("another five"). `victim` is a
    label, no name: figures of one person within a report share it, so that "a
    man", "the victim" and his death in hospital are counted once.
    `includes_dead` marks people hit of whom some may have died ("five were shot").
    `superseded` marks a number told only as an earlier one ("had put the toll at 13").
    """

    outcome: Outcome
    group: str | None = None
    group_kind: ActorKind | Literal["children", "women", "men", "perpetrators"] | None = None
    low: NonNegativeInt
    high: NonNegativeInt | None
    qualifier: Qualifier
    subset_of: NonNegativeInt | None = None
    cumulative: bool = False
    additive: bool = False
    victim: str | None = None
    includes_dead: bool = False
    superseded: bool = False
    evidence: Evidence

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.high is not None and self.high < self.low:
            raise ValueError(f"figure has high {self.high} below low {self.low}")
        return self


class Claim(Record):
    """One thing that one source says happened, with its evidence.

    `attribution` is the chain of sources, claimant first, the outlet last.
    `confidence` (0 to 1) says how sure the coder is that it read the words
    right, not how likely the event is.
    """

    id: str
    report_id: str
    event_type: EventType
    trigger: Evidence
    modality: Modality
    attribution: tuple[Source, ...] = Field(min_length=1)
    participants: tuple[Participant, ...] = ()
    place: Place | None = None
    when: When | None = None
    figures: tuple[Figure, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    confidence: float = Field(ge=0, le=1)

    @model_validator(mode="after")
    def _subsets_point_inside(self) -> Self:
        for index, figure in enumerate(self.figures):
            parent = figure.subset_of
            if parent is not None and (parent >= len(self.figures) or parent == index):
                raise ValueError(
                    f"figure {index} of claim {self.id!r} is a subset of figure {parent}, "
                    f"which this claim does not have"
                )
        return self


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
