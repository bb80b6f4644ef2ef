"""What a report says: its text, the claims read in it, each with its evidence."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, NonNegativeInt, PositiveInt, model_validator

from marsad.records.base import Record
from marsad.records.vocabulary import (
    ActorKind,
    EventType,
    Modality,
    Outcome,
    PlacePrecision,
    Qualifier,
    Role,
    SourceKind,
    TimePrecision,
)


def _read_published(value: Any) -> Any:
    """A 10-character string is a date; anything longer a date-time (ISO 8601)."""
    if isinstance(value, str):
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    return value


Published = Annotated[datetime | date, BeforeValidator(_read_published)]


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
