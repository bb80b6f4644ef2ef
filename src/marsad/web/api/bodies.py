"""Bodies: what the API takes and gives where no record of ours says it whole.

Everything that is known stands in the records of `marsad.records`; these put them on pages
and say where a page goes on.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, NonNegativeInt, PositiveInt, StringConstraints

from marsad.publish.exports.content import ExportIncident
from marsad.records import (
    Caption,
    Change,
    Claim,
    Decision,
    Judgement,
    LedgerIncident,
    Outcome,
    Policy,
    Published,
    Record,
    Report,
)

MAX_ID_SIGNS = 500
MAX_REASON_SIGNS = 2_000
MAX_TOGETHER = 100


class Page(Record):
    """One page of a list.

    `total` is how many there are on all pages, null where counting would take as long as
    reading. `next` is the address of the next page, null on the last. `row` is the ledger's
    row that the account was built to when this was read.
    """

    total: NonNegativeInt | None
    next: str | None
    row: NonNegativeInt


class IncidentPage(Page):
    """Incidents; for who is not signed in, as the public profile of exports tells them."""

    items: tuple[LedgerIncident | ExportIncident, ...]


class ReportHead(Record):
    """A report without its text, and how it came into the ledger.

    `seq` is its row, `stored_at` and `retrieved_at` are UTC. `supersedes` is the row of the
    version before. `origin`, the path or address it was read from, is told to coders.
    """

    id: str
    url: str | None
    outlet: str | None
    title: str | None
    authors: tuple[str, ...]
    published: Published | None
    dateline: str | None
    language: str | None
    characters: NonNegativeInt
    captions: tuple[Caption, ...]
    seq: PositiveInt
    stored_at: str
    retrieved_at: str
    origin: str | None
    supersedes: PositiveInt | None


class ReportPage(Page):
    """Reports, the last received first."""

    items: tuple[ReportHead, ...]


class ReportFile(Record):
    """A report's latest version with all that was read in it.

    `claims` are those of the reading that counts, with those that persons added. `incidents`
    are the incidents that it tells of. `versions` are the rows of all its versions.
    `failures` say why coders could not read it, where none could.
    """

    head: ReportHead
    report: Report
    claims: tuple[Claim, ...]
    judgements: tuple[Judgement, ...]
    incidents: tuple[str, ...]
    versions: tuple[PositiveInt, ...]
    failures: tuple[str, ...]
    row: NonNegativeInt


class ClaimPage(Page):
    """Claims of a report in the order of its text, or of an incident."""

    items: tuple[Claim, ...]


class ClaimFile(Record):
    """A claim, and what became of it.

    `counts`: it is of the reading that counts, or added by a person. `incidents` stand on it
    or mention it. `decisions` are persons' decisions about it that are in force.
    """

    claim: Claim
    counts: bool
    incidents: tuple[str, ...]
    decisions: tuple[Decision, ...]
    row: NonNegativeInt


class ChangePage(Page):
    """Changes, the oldest first. Ask again with `since` set to the last one's `seq`."""

    items: tuple[Change, ...]


class History(Record):
    """How an incident came to be what it is, the oldest change first.

    `incident` is its present id, `asked` the earlier one that it was asked for by.
    """

    incident: str
    asked: str | None
    stands: bool
    items: tuple[Change, ...]
    row: NonNegativeInt


class DecisionEntry(Record):
    """A person's decision, and whether it was taken back."""

    decision: Decision
    undone: bool


class DecisionPage(Page):
    """Persons' decisions, the oldest first."""

    items: tuple[DecisionEntry, ...]


class DecisionMade(Record):
    """A decision as the ledger keeps it, and what it changed. Undo it by `decision.seq`."""

    decision: Decision
    undone: bool
    changes: tuple[Change, ...]
    row: NonNegativeInt


class OutcomeSum(Record):
    """An outcome over many incidents; all numbers are documented minimums.

    `low` to `high` adds the bounds of the `incidents` that tell of it; `open_above` of them
    have no upper bound, and `contested` is the part of `low` that is contested.
    """

    incidents: NonNegativeInt
    low: NonNegativeInt
    best: NonNegativeInt
    high: NonNegativeInt
    open_above: NonNegativeInt
    contested: NonNegativeInt


class Totals(Record):
    """What the incidents of a filter add up to: a documented minimum, no more."""

    incidents: NonNegativeInt
    contested: NonNegativeInt
    policy: Policy
    figures_are: Literal["documented minimum"] = "documented minimum"
    outcomes: dict[Outcome, OutcomeSum]
    row: NonNegativeInt


class Taken(Record):
    """What became of a report that was sent.

    "new"; "version": its text is another than the one known under its id; "recoded": the text
    is known, this coder is new to it; "known": nothing was done.
    """

    id: str
    outcome: Literal["new", "version", "recoded", "known"]
    changes: tuple[Change, ...]
    row: NonNegativeInt


Id = Annotated[str, StringConstraints(min_length=1, max_length=MAX_ID_SIGNS)]
Reason = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_REASON_SIGNS),
    Field(description="For who reads it later."),
]


class _Decide(Record):
    reason: Reason


class Merge(_Decide):
    """These incidents are one."""

    kind: Literal["merge"]
    incidents: Annotated[tuple[Id, ...], Field(min_length=2, max_length=MAX_TOGETHER)]


class Apart(_Decide):
    """Two incidents are two, whatever speaks for their being one."""

    kind: Literal["apart"]
    incidents: Annotated[tuple[Id, ...], Field(min_length=2, max_length=2)]


class Split(_Decide):
    """What these reports or claims tell is not of this incident."""

    kind: Literal["split"]
    incident: Id
    parts: Annotated[tuple[Id, ...], Field(min_length=1, max_length=MAX_TOGETHER)]


class Look(_Decide):
    """An incident stands or is not to count; a claim was read right, or wrong."""

    kind: Literal["confirm", "reject"]
    record: Id


class Set(_Decide):
    """The incident has this value; what was said stays on file.

    `field`: event_type, place, when, or an outcome such as killed. `value` as a person types
    it: 14, 9-14, 14+; 2024-12-25, 2024-11-21..2024-11-30;
    Goma@-1.68,29.22/town/COD; air-strike.
    """

    kind: Literal["set"]
    incident: Id
    field: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    value: Annotated[str, StringConstraints(min_length=1, max_length=MAX_ID_SIGNS)]


NewDecision = Annotated[Merge | Apart | Split | Look | Set, Field(discriminator="kind")]


class Undo(_Decide):
    """Why a decision is taken back."""


# What `POST /reports` takes: a line of the JSONL that `marsad ingest` reads.
REPORT_IN: dict[str, Any] = {
    "type": "object",
    "title": "ReportIn",
    "description": "One report, its text used exactly as given. Other keys are ignored.",
    "properties": {
        "id": {
            "type": ["string", "number", "null"],
            "maxLength": MAX_ID_SIGNS,
            "description": "As it is known to you; else it is made from its content.",
        },
        "text": {"type": "string", "minLength": 1},
        "title": {"type": ["string", "null"]},
        "published": {
            "type": ["string", "null"],
            "description": "2024-12-26, or 2024-12-26T10:30:00+03:00.",
        },
        "url": {"type": ["string", "null"]},
        "outlet": {"type": ["string", "null"]},
        "language": {"type": ["string", "null"], "description": "ISO 639-1 code."},
        "authors": {
            "anyOf": [
                {"type": ["string", "null"]},
                {"type": "array", "items": {"type": "string"}},
            ]
        },
        "dateline": {"type": ["string", "null"]},
        "captions": {
            "type": ["array", "null"],
            "items": {
                "anyOf": [
                    {"type": "string"},
                    {
                        "type": "object",
                        "properties": {
                            "text": {"type": "string"},
                            "credit": {"type": ["string", "null"]},
                        },
                        "required": ["text"],
                    },
                ]
            },
        },
    },
    "required": ["text"],
    "examples": [
        {
            "id": "wire-2024-12-26-7",
            "outlet": "Harbour Wire",
            "published": "2024-12-26",
            "title": "Six killed in ambush near Homs",
            "text": "Gunmen ambushed a convoy near Homs on Wednesday, killing six soldiers, the "
            "defence ministry said.",
        }
    ],
}
