"""The readings that coding components leave on a Doc, and pass to each other.

Plain dictionaries with token offsets (`start`, `end`, end excluded), so that a
Doc can be saved, sent to another process and read back. Each list hangs on the
Doc under the name given below (`doc._.triggers`, ...); `doc.spans["marsad_..."]`
mirrors it for viewers. Lists stand in text order.

Never holds a spaCy object.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from marsad.records import (
    ActorKind,
    ApartKind,
    EventType,
    Modality,
    Outcome,
    PlacePrecision,
    SourceKind,
)


class Mention(TypedDict):
    """A run of tokens: doc[start:end]."""

    start: int
    end: int


class ReportContext(TypedDict, total=False):
    """`doc._.report`: what the page says around the text. Dates are ISO 8601 strings."""

    id: str
    outlet: str | None
    url: str | None
    title: str | None
    published: str | None  # YYYY-MM-DD
    dateline: str | None  # city, as text
    dateline_start: int  # its first character: a standfirst may come before it
    dateline_end: int  # first character of the text after a dateline that stands in it


class Trigger(Mention):
    """`doc._.triggers`: words that evoke an event of one of our kinds.

    role "event": names an event ("ambush", "shelled", "protested");
    role "harm": an outcome without a manner ("killed", "wounded", "dead");
    role "means": a weapon or manner that types a neighbouring event ("drone", "car bomb").
    strength "strong": violence, protest, ... by itself; "weak": needs support from its
    neighbourhood ("attack", "strike", "battle", "operation", "fire").
    """

    event_type: EventType
    entry: str  # the lexicon entry that matched
    role: Literal["event", "harm", "means"]
    strength: Literal["strong", "weak"]
    head: int  # token index of the word that carries the syntax (verb, or noun head)


class ApartMention(Mention):
    """`doc._.set_apart`: words that tell of what is no political violence (set_apart.toml)."""

    kind: ApartKind


class ActorMention(Mention):
    """`doc._.actors`: a party named or described ("the army", "masked gunmen", "he")."""

    name: str  # canonical name if listed, else the words, without leading article
    actor_id: str | None
    kind: ActorKind
    country: str | None  # ISO 3166-1 alpha-3
    head: int
    antecedent: int | None  # index into doc._.actors of the mention this one refers back to
    source_kind: NotRequired[SourceKind]  # what it is when it speaks


class Toponym(Mention):
    """`doc._.toponyms`: a place name, resolved as far as it goes."""

    name: str  # gazetteer name, or the words when unresolved
    geonameid: int | None
    latitude: float | None
    longitude: float | None
    admin1: str | None
    country: str | None  # ISO 3166-1 alpha-3
    precision: PlacePrecision
    relation: str | None  # the loosening word: "near", "countryside of", "between", ...
    role: Literal["location", "adjective", "organisation-part", "dateline", "person-origin"]
    score: float  # 0..1, how sure the resolution is


class TimeMention(Mention):
    """`doc._.times`: a time expression resolved against the publication date. ISO dates."""

    first: str
    last: str
    precision: Literal["day", "week", "month", "season", "year"]
    role: Literal["event", "background", "publication", "deadline"]


class FigureMention(Mention):
    """`doc._.figures`: one number of people harmed. [start, end) covers number and noun."""

    outcome: Outcome
    low: int
    high: int | None
    qualifier: Literal["exact", "at-least", "at-most", "about", "range", "vague", "none"]
    predicate: int  # token index of the word that carries the outcome ("killed", "toll")
    number: list[int]  # [start, end) tokens of the number and its hedge; empty if implied
    group: str | None  # the words for who is counted, without number and article
    group_head: int | None  # token index of the head noun of the group
    group_kind: str | None  # ActorKind, or children, women, men, perpetrators
    subset_of: int | None  # index into doc._.figures
    cumulative: bool  # a running toll ("raising the toll to nine")
    additive: bool  # "another five": on top of an earlier figure
    background: bool  # a total over months, an anniversary, another war: no incident's toll
    superseded: NotRequired[bool]  # True: told only as an earlier number ("had put the toll at 13")
    victim: NotRequired[int]  # the same for all figures of one person


class AttributionMention(Mention):
    """`doc._.attributions`: who says what. [start, end) covers the source.

    `content` are token ranges of what is said; a source alone (no content) is not kept.
    """

    source: str  # canonical name where known ("the monitor" -> the monitor's name)
    actor: int | None  # index into doc._.actors
    kind: SourceKind
    cue: list[int]  # [start, end) tokens of the cue ("said", "according to")
    cue_type: Literal["says", "denies", "alleges", "threatens", "claims-responsibility", "orders"]
    content: list[list[int]]
    relayed_by: int | None  # index into doc._.attributions of the source quoting this one
    direct: bool  # the content is in quotation marks
    blamed: NotRequired[list[int]]  # indexes into doc._.actors: who an accusation names as doer


class ModalityReading(TypedDict):
    """`doc._.modalities`: one for each of doc._.triggers, same order."""

    modality: Modality
    cue: list[int]  # [start, end) tokens that decided it; empty for plain assertion
    reason: str  # a short sentence for a reviewer
