"""Row: one row of a data set in plain values, the same whatever format it came in.

Reads   nothing; the readers of each format make these.
Never   holds a value that the row does not give.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from marsad.errors import UnreadableReport
from marsad.records import (
    DisputeAbout,
    EventType,
    Modality,
    Outcome,
    Participant,
    Place,
    Published,
    Qualifier,
    Source,
    When,
)

_ROW_ID = re.compile(r"(row-[0-9a-f]{12})-([0-9a-f]{12})-[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of people as a row gives it; `group` None is the whole, others are parts of it.

    `best` None where the row gives bounds only, `high` None is open above. `qualifier` None
    leaves it to the bounds.
    """

    outcome: Outcome
    low: int
    best: int | None
    high: int | None
    group: str | None = None
    qualifier: Qualifier | None = None
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Dispute:
    """That a row says something is disputed: about what, by whom against whom, as far as told.

    `claim` is the id of the row that this one disputes, where that is told instead.
    """

    about: DisputeAbout
    sources: tuple[str, ...] = ()
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a data set.

    `key` is its id in the data set, or its content where it has none. `told_by` are the
    sources that the row names beside each other; `chain` those that tell on from each other,
    the claimant first. `event_words` is the kind in the data set's own words, `text` its prose.
    `is_quote`: the prose are the words that the row was read from, to be quoted again as they are.
    """

    key: str
    line: int
    event_type: EventType
    event_words: str
    modality: Modality = "asserted"
    place: Place | None = None
    when: When | None = None
    parties: tuple[Participant, ...] = ()
    numbers: tuple[Number, ...] = ()
    told_by: tuple[Source, ...] = ()
    chain: tuple[Source, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    text: str | None = None
    is_quote: bool = False
    published: Published | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class RowGroup:
    """The rows of one report: mostly one, or what one report told of one incident.

    `key` tells the group from all others of the data set, `incident` what the data set calls
    one incident; `name` is what it calls the row. `raw` are the rows' very bytes.
    """

    key: str
    incident: str
    name: str | None
    rows: tuple[Row, ...]
    raw: bytes
    line: int


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row, or a whole file (`line` None), that cannot be read, and why."""

    line: int | None
    error: UnreadableReport


@dataclass(frozen=True, slots=True)
class RowOrigin:
    """Of which data set a report's rows are, and of which of its incidents."""

    data_set: str
    incident: str

    def is_apart(self, other: RowOrigin | None) -> bool:
        """Whether their data set calls the two rows two incidents."""
        return (
            other is not None
            and self.data_set == other.data_set
            and self.incident != other.incident
        )


def make_row_id(data_set: str, incident: str, key: str) -> str:
    """The report id of rows: the same for the same rows of the same data set, on any day."""
    name = data_set.casefold()
    return f"row-{_digest(name)[:12]}-{_digest(incident)[:12]}-{_digest(f'{name} {key}')[:16]}"


def row_origin(report_id: str) -> RowOrigin | None:
    """What a report id tells of where its rows are from; None for a report that is no row."""
    found = _ROW_ID.fullmatch(report_id)
    return RowOrigin(found[1], found[2]) if found else None


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
