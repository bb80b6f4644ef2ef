"""The parts of an incident's page, as plain frozen dataclasses.

Reads   nothing: `incident_view` fills them.
Writes  nothing: a template lays them out.
Never   holds a name that is withheld.
"""

from __future__ import annotations

from dataclasses import dataclass

from marsad.publish.view_parts import IncidentView, TallyRow
from marsad.web.quotes import Piece


@dataclass(frozen=True)
class Said:
    """Who says it, in which words, in which report and when."""

    speaker: str
    modality: str
    pieces: tuple[Piece, ...]
    figures: tuple[str, ...]
    number: str
    report: str
    claim: str
    outlet: str
    published: str
    clock: bool


@dataclass(frozen=True)
class Value:
    """A value in words, and the sentences it was read from; `set_by` if a person gave it."""

    label: str
    words: str
    said: tuple[Said, ...]
    set_by: str = ""


@dataclass(frozen=True)
class TallyLine:
    """A row of the figures: low, best, high, who says so, in which words."""

    row: TallyRow
    said: tuple[Said, ...]


@dataclass(frozen=True)
class ToldLine:
    """A figure as it was told, and what became of it."""

    day: str
    words: str
    source: str
    number: str
    report: str
    state: str
    state_words: str


@dataclass(frozen=True)
class Counter:
    """What is said against a claim, and in which matter."""

    about: str
    said: Said | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class DisputeLine:
    """A claim on one side, all that is said against it on the other."""

    said: Said | None
    against: tuple[Counter, ...]


@dataclass(frozen=True)
class OriginLine:
    """An independent source: the reports that have it from there, and those that copy them."""

    source: str
    kind: str
    reports: tuple[tuple[str, str], ...]
    copies: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ReportLine:
    """A report of the incident by its number."""

    number: str
    id: str
    title: str
    outlet: str
    published: str
    clock: bool
    url: str | None
    is_copy: bool


@dataclass(frozen=True)
class Neighbour:
    """An incident that may be this one, and why."""

    id: str
    words: str
    why: str


@dataclass(frozen=True)
class Move:
    """A value that changed, and why."""

    field: str
    words: str
    why: str


@dataclass(frozen=True)
class HistoryLine:
    """A change of the incident, under the id that it had then."""

    at: str
    incident: str
    kind: str
    others: tuple[str, ...]
    cause: str
    moves: tuple[Move, ...]
    seq: int


@dataclass(frozen=True)
class IncidentPage:
    """All that the page tells."""

    head: IncidentView
    facts: tuple[Value, ...]
    tallies: tuple[TallyLine, ...]
    told: tuple[ToldLine, ...]
    disputes: tuple[DisputeLine, ...]
    origins: tuple[OriginLine, ...]
    words: tuple[Said, ...]
    copied: tuple[Said, ...]
    mentions: tuple[Said, ...]
    reports: tuple[ReportLine, ...]
    neighbours: tuple[Neighbour, ...]
    history: tuple[HistoryLine, ...]
    names_withheld: bool
