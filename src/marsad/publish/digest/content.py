"""Content: what a digest tells, the same for HTML, plain text and pictures.

Reads   nothing; `entries` and the workflow make these from protected incidents.
Never   holds what the profile withholds, or a number without who gives it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from marsad.records import Outcome, Policy, Status

CREDIT = "Places: GeoNames (geonames.org), CC BY 4.0. Borders: Natural Earth, for display only."


@dataclass(frozen=True, slots=True)
class Link:
    """Words, and the web address that they lead to, if any."""

    words: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A total of an incident: how many, and who says so."""

    outcome: Outcome
    words: str
    says: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident. `link` has its short id; `toll` is what entries are ordered by."""

    id: str
    link: Link
    label: str
    where: str
    when: str
    status: Status
    numbers: tuple[Number, ...]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    sources: tuple[str, ...]
    reports: tuple[Link, ...]
    coarse: bool
    toll: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Move:
    """A value that moved: from, to, what brought it about, and who says so."""

    name: str
    before: str
    after: str
    because: Link | None = None
    says: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """An incident told of before, what moved, and what became of it as a whole, if anything."""

    entry: Entry
    moves: tuple[Move, ...]
    fate: str | None = None
    because: Link | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """One side of a dispute: who, in which report, with which numbers and words."""

    who: str
    report: Link | None
    numbers: tuple[str, ...]
    quote: str | None


@dataclass(frozen=True, slots=True)
class Disputed:
    """Two voices that stand against each other about an incident."""

    incident: Link
    headline: str
    about: str
    claim: Voice
    counterclaim: Voice


@dataclass(frozen=True, slots=True)
class Correction:
    """What an earlier digest told of an incident, by the id it had then, and what stands now."""

    told_as: str
    incident: Link
    headline: str
    digest: str
    moves: tuple[Move, ...]
    fate: str | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """An outcome over the new incidents. `high` adds the known upper ends.

    `open_above` incidents have none; `contested` is how much of `low` is contested.
    """

    outcome: Outcome
    incidents: int
    low: int
    high: int
    open_above: int
    contested: int
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an incident lies on the map: within `radius_km` of its point.

    `exact`: a town or a site, of which the point says where it is.
    """

    name: str
    longitude: float
    latitude: float
    radius_km: int
    exact: bool
    new: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A day of the timeline: at least so many killed and injured. `day` is ISO 8601."""

    day: str
    killed: int
    injured: int


@dataclass(frozen=True, slots=True)
class Pictured:
    """What the pictures show, and how many incidents they cannot."""

    spots: tuple[Spot, ...] = ()
    placeless: int = 0
    bars: tuple[Bar, ...] = ()
    dayless: int = 0
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class Digest:
    """An account of a period.

    `incidents_told` are values by incident and field, each with its words, to be compared
    with later ones; `rows` the rows of the ledger after which, and up to which, it tells.
    """

    title: str
    filter_words: str
    filter_name: str | None
    profile: str
    policy: Policy
    since: datetime
    until: datetime
    made_at: datetime
    rows: tuple[int, int]
    ledger_head: str
    base_url: str | None
    new_count: int
    changed_count: int
    new: tuple[Entry, ...]
    changed: tuple[Changed, ...]
    disputed: tuple[Disputed, ...]
    more_disputed: int
    corrections: tuple[Correction, ...]
    more_corrections: int
    totals: tuple[Total, ...]
    pictured: Pictured
    incidents_told: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be told."""
        return not (self.new_count or self.changed_count or self.corrections)
