"""Decisions: what persons decided about an incident, and where it applies.

Reads   decisions of the ledger and the claims of the members.
Writes  nothing; returns what is rejected, reviewed and set.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast, get_args

from pydantic import ValidationError

from marsad.errors import DecisionError
from marsad.incidents.account.member import Member
from marsad.records import (
    SETTABLE,
    Anchor,
    Claim,
    Decision,
    EventType,
    Outcome,
    Place,
    Review,
    Tally,
    When,
)


@dataclass
class Decided:
    """What persons decided here. `seqs` are the places of the decisions in the ledger."""

    rejected: set[str] = field(default_factory=set)
    review: Review | None = None
    values: dict[str, Any] = field(default_factory=dict)
    casualties: dict[Outcome, Decision] = field(default_factory=dict)
    seqs: list[int] = field(default_factory=list)


def apply_decisions(members: Sequence[Member], decisions: Iterable[Decision]) -> Decided:
    """The decisions that concern claims of `members`, the later over the earlier.

    Raises:
        DecisionError: a `set` whose value cannot be read as its field (see `read_value`).
    """
    finder = _Finder(members)
    decided = Decided()
    for decision in sorted(decisions, key=lambda d: d.seq or 0):
        targets = finder.find(decision.targets)
        if not targets and not finder.find(decision.others):
            continue
        if decision.seq is not None:
            decided.seqs.append(decision.seq)
        if decision.scope == "claim" and decision.kind == "reject":
            decided.rejected |= targets
        elif decision.scope == "claim" and decision.kind == "confirm":
            decided.rejected -= targets
        elif not finder.find(decision.targets[:1]):
            continue  # it is of the incident of the first target
        elif decision.kind == "set":
            _set(decided, decision)
        elif decision.kind == "confirm" or decision.kind == "reject":
            decided.review = Review(
                kind=decision.kind,
                by=decision.made_by,
                at=decision.made_at or "",
                reason=decision.reason,
                seq=decision.seq or 1,
            )
    return decided


def _set(decided: Decided, decision: Decision) -> None:
    value = read_value(decision.field or "", decision.value)
    if decision.field in SETTABLE:
        decided.values[decision.field] = value
    else:
        decided.casualties[cast(Outcome, decision.field)] = decision


class _Finder:
    """Finds the claims that anchors are of, also after the report was coded anew."""

    def __init__(self, members: Sequence[Member]) -> None:
        self._claims = {c.id for m in members for c in m.claims}
        self._by_report: dict[str, list[Claim]] = {}
        for member in members:
            self._by_report.setdefault(member.report.id, []).extend(member.claims)

    def find(self, anchors: Iterable[Anchor]) -> set[str]:
        """The ids of the claims; an anchor of another incident finds none."""
        found: set[str] = set()
        for anchor in anchors:
            if anchor.claim in self._claims:
                found.add(anchor.claim)
                continue
            overlaps = [
                (min(c.trigger.end, anchor.end) - max(c.trigger.start, anchor.start), c.id)
                for c in self._by_report.get(anchor.report, ())
            ]
            found |= {max(overlaps)[1]} if overlaps and max(overlaps)[0] > 0 else set()
        return found


def read_value(name: str, value: Any) -> EventType | Place | When | Tally | None:
    """The value a person gave for a field, as the record of it.

    Casualties are a number or {"low", "best", "high"}; `place` and `when` are records as
    JSON, `when` may be a day, and both may be None: not known.

    Raises:
        DecisionError: no such field, or a value that is none of it.
    """
    try:
        if name == "event_type" and value in get_args(EventType):
            return cast(EventType, value)
        if name == "place":
            return None if value is None else Place.model_validate(value)
        if name == "when":
            return None if value is None else _read_when(value)
        if name in get_args(Outcome):
            return casualty_row(cast(Outcome, name), value, "", "latest-credible")
    except (ValidationError, ValueError, TypeError, KeyError) as error:
        raise DecisionError(f"{value!r} cannot be set for {name!r}: {error}") from error
    known = ", ".join((*SETTABLE, *get_args(Outcome)))
    raise DecisionError(f"{value!r} cannot be set for {name!r}; fields are {known}.")


def _read_when(value: Any) -> When:
    if isinstance(value, str):
        day = date.fromisoformat(value)
        return When(start=day, end=day, precision="day")
    return When.model_validate(value)


def casualty_row(outcome: Outcome, value: Any, by: str, policy: str) -> Tally:
    """The tally row of a number that a person set, for one policy."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = {"low": value, "best": value, "high": value}
    if not isinstance(value, dict) or not {"best"} <= value.keys() <= {"low", "best", "high"}:
        raise ValueError('give a number, or {"low": …, "best": …, "high": …}')
    low, best = value.get("low", value["best"]), value["best"]
    high = value.get("high", value["best"])
    if not low <= best or (high is not None and best > high):
        raise ValueError("low, best and high must rise")
    source = (f"reviewer: {by}",)
    return Tally(outcome=outcome, low=low, best=best, high=high, policy=policy, sources=source)
