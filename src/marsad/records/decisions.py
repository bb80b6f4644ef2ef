"""What a person decided about claims and incidents, as the ledger keeps it."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, NonNegativeInt, PositiveInt, model_validator

from marsad.records.base import Record

DecisionKind = Literal["merge", "split", "confirm", "reject", "set", "add"]
DecisionScope = Literal["incident", "claim"]
# What `set` may give, apart from the casualties ("killed", "injured", …).
SETTABLE = ("event_type", "place", "when")


class Anchor(Record):
    """A claim that a decision is about, by where its trigger stands in its report.

    Claims get new ids when a report is coded anew; the words stay where they are, so
    the decision finds the claim that is read from them then.
    """

    claim: str
    report: str
    start: NonNegativeInt
    end: PositiveInt


class Decision(Record):
    """A person's decision.

    `merge`: all `targets` (a claim of each incident) are of one incident.
    `split`: none of `targets` is of one incident with any of `others`.
    `confirm`, `reject`: the incident of the first target stands, or is not to be counted;
    with scope "claim", the targets themselves were read right, or wrong and count nothing.
    `set`: the incident of the first target has `value` for `field`; the claims stay.
    `add`: the target is a claim that a person read in its report, as stands in the ledger
    before it. `others` are claims of the report that tell of the same incident; with the
    value "own" it is none that the report tells of otherwise; else the rules decide.

    `seq` and `made_at` (UTC, ISO 8601) are the ledger's, None before it is kept.
    """

    kind: DecisionKind
    scope: DecisionScope = "incident"
    targets: tuple[Anchor, ...] = Field(min_length=1)
    others: tuple[Anchor, ...] = ()
    field: str | None = None
    value: Any = None
    made_by: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    seq: PositiveInt | None = None
    made_at: str | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "merge" and len(self.targets) < 2:
            raise ValueError("a merge needs claims of two incidents or more")
        if self.kind == "split" and not self.others:
            raise ValueError("a split needs the claims that the others are held apart from")
        if (self.kind == "set") != (self.field is not None):
            raise ValueError(f"a {self.kind!r} decision with field={self.field!r}")
        if self.kind == "add" and self.scope != "claim":
            raise ValueError(f"what is added is a claim, not the scope {self.scope!r}")
        return self
