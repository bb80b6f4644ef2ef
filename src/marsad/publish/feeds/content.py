"""Content: what a feed is given, and what its entries hold, the same for both formats.

Reads   nothing; `workflow.feed` and `tell` make these.
Never   holds a name, a place or a reason that the profile withholds, once it is an entry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from marsad.publish.exports.content import ExportIncident
from marsad.records import Change, LedgerIncident


@dataclass(frozen=True, slots=True)
class Turn:
    """A change with the incident as the profile lets it be told, before, after and at last.

    `raw_after` is for what only codes and numbers are taken from. `text` makes a sentence fit
    to be told. `leaves`: with this change the feed's filter lost it. `published` says when the
    report that brought the change about was published, in words, None without one.
    """

    change: Change
    before: tuple[ExportIncident, ...]
    after: ExportIncident | None
    latest: ExportIncident | None
    latest_at: str
    raw_after: LedgerIncident | None
    text: Callable[[str], str]
    is_public: bool
    leaves: bool
    published: str | None

    @property
    def subject(self) -> ExportIncident:
        """The incident after the change, or before it where it was withdrawn."""
        return self.after if self.after is not None else self.before[0]


@dataclass(frozen=True, slots=True)
class Moved:
    """One value that moved: what it is called, from what, to what, and who or what says so."""

    label: str
    before: str | None
    after: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as a reader gets it: plain text on one line each, to be escaped by the format.

    `updated` is later than `published` where something has become of the incident since; then
    `since_then` says what.
    """

    id: str
    title: str
    summary: str
    published: datetime
    updated: datetime
    cause: str
    head: str
    status: str
    moved: tuple[Moved, ...]
    minimum: str
    notes: tuple[str, ...]
    since_then: str
    tags: tuple[str, ...]
    url: str | None


@dataclass(frozen=True, slots=True)
class FeedHead:
    """A feed without its entries. `home` and `address` are URLs, or None without a base."""

    id: str
    title: str
    description: str
    updated: datetime
    version: str
    home: str | None = None
    address: str | None = None
