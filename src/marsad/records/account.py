"""The account: incidents over all reports, how they came to be so, and what is asked of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import NonNegativeInt, PositiveInt

from marsad.records.base import Record
from marsad.records.decisions import Decision, DecisionKind
from marsad.records.incidents import Incident
from marsad.records.reading import Claim, Report
from marsad.records.vocabulary import Outcome, SourceKind

Policy = Literal["latest-credible", "acled-conservative", "ucdp-best", "airwars-range"]
DEFAULT_POLICY: Policy = "latest-credible"
FigureState = Literal["current", "superseded", "copy", "set-aside"]
ChangeKind = Literal["new", "changed", "merged", "split", "withdrawn"]
CauseKind = Literal["report", "decision", "recoding"]


class Origin(Record):
    """One independent voice of an incident, and the reports that carry it.

    Reports that cite one claimant, and copies of one text, are one origin. `copies` are
    those of `reports` that repeat the text of another.
    """

    source: str
    kind: SourceKind
    reports: tuple[str, ...]
    copies: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


class ToldFigure(Record):
    """What one origin, in one report, told of an outcome; kept also when overtaken.

    `told_at` is the report's publication, `superseded_by` the report that overtook it,
    `why` the sentence that a reviewer reads.
    """

    outcome: Outcome
    group: str | None = None
    low: NonNegativeInt
    best: NonNegativeInt
    high: NonNegativeInt | None
    source: str
    report: str
    claims: tuple[str, ...]
    told_at: datetime | date | None = None
    state: FigureState
    superseded_by: str | None = None
    why: str = ""


class Review(Record):
    """That a person looked at an incident and let it stand, or rejected it."""

    kind: Literal["confirm", "reject"]
    by: str
    at: str
    reason: str
    seq: PositiveInt


class LedgerIncident(Incident):
    """An incident over all reports of the ledger.

    `id` is made from its anchor, the telling published first, and so changes only when
    an earlier one arrives or it is merged; an id once given still finds its incident.
    `tallies` hold every policy. `mentions` are claims of other reports that only look
    back at it. `decisions` are the places in the ledger of what persons decided here.
    `first_published` and `last_published` are days of its reports.
    """

    tellings: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    told: tuple[ToldFigure, ...] = ()
    mentions: tuple[str, ...] = ()
    review: Review | None = None
    decisions: tuple[int, ...] = ()
    first_published: date | None = None
    last_published: date | None = None


class Suggestion(Record):
    """Two incidents that may be one: for a person to decide. `score` is in log odds."""

    incident: str
    other: str
    score: float
    why: str


class Cause(Record):
    """What brought a change about: a report, a person's decision, or a new coder.

    `name` is the report's id, the decision's kind or the coder's version; `by` the
    outlet or person; `why` the reason given.
    """

    kind: CauseKind
    name: str
    by: str | None = None
    why: str | None = None
    decision: DecisionKind | Literal["undo"] | None = None


class ValueChange(Record):
    """One value of an incident, before and after, as plain JSON, and why it moved."""

    field: str
    before: Any = None
    after: Any = None
    why: str = ""


class Change(Record):
    """What one row of the ledger changed in one incident.

    `seq` is the place of that row, `at` its time. `others`: for "merged" the incidents
    that it took in, for "split" those it was divided from; for "withdrawn" the one, if
    any, that it went into.
    """

    seq: PositiveInt
    at: str
    incident: str
    kind: ChangeKind
    values: tuple[ValueChange, ...] = ()
    others: tuple[str, ...] = ()
    cause: Cause


class Dossier(Record):
    """An incident with all that stands on file about it.

    `asked` is the id it was asked for where that is an earlier one, `as_of` the moment
    (UTC, ISO 8601) at which it stood so, None for now. `claims` and `reports` are those
    of the incident, its disputes and mentions; `neighbours` the incidents that
    `suggestions` name beside it; `decisions` those in force.
    """

    incident: LedgerIncident
    asked: str | None = None
    as_of: str | None = None
    claims: tuple[Claim, ...] = ()
    reports: tuple[Report, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    neighbours: tuple[LedgerIncident, ...] = ()
    decisions: tuple[Decision, ...] = ()
