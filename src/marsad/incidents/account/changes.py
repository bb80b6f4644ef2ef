"""Changes: what moved between two accounts of one incident, and why.

Reads   the account before and after.
Writes  nothing; returns ValueChange records, one for each value a person would look up.

Reports are called by `names` (id to what a person calls it; see `member.name_report`), by
their id where that is not given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marsad.records import (
    DEFAULT_POLICY,
    LedgerIncident,
    Outcome,
    Policy,
    Tally,
    ToldFigure,
    ValueChange,
)

Names = Mapping[str, str]
MAX_LISTED = 4


def explain_change(
    before: LedgerIncident | None, after: LedgerIncident | None, names: Names | None = None
) -> tuple[ValueChange, ...]:
    """Each value that moved, as JSON before and after, with a sentence that says why.

    None stands for no incident: all values of a new one come from nothing, and a
    withdrawn one keeps only what it was. Claims and origins are told with the reports
    and numbers that bring them.
    """
    if before is None and after is None:
        return ()
    names = names or {}
    if after is None:
        assert before is not None
        return (ValueChange(field="status", before=before.status, why="no report tells of it now"),)
    moved = [
        *_reports(before, after, names),
        *_plain(before, after),
        *_tallies(before, after, names),
        *_disputes(before, after),
        *_review(before, after),
    ]
    return tuple(moved)


def _reports(
    before: LedgerIncident | None, after: LedgerIncident, names: Names
) -> list[ValueChange]:
    old = before.reports if before else ()
    new = [r for r in after.reports if r not in old]
    gone = [r for r in old if r not in after.reports]
    if not new and not gone:
        return []
    copies = {r for o in after.origins for r in o.copies}
    parts = []
    if new:
        told = [f"{_name(r, names)}{' (a copy)' if r in copies else ''}" for r in new]
        parts.append(f"told by {_list(told)}")
    if gone:
        parts.append(f"no longer told by {_list([_name(r, names) for r in gone])}")
    return [
        ValueChange(
            field="reports", before=list(old), after=list(after.reports), why="; ".join(parts)
        )
    ]


def _plain(before: LedgerIncident | None, after: LedgerIncident) -> list[ValueChange]:
    """Kind, place, time, parties and status."""
    moved: list[ValueChange] = []
    for name, read in _READERS.items():
        old, new = (read(before) if before else None), read(after)
        if old != new:
            why = _why_plain(name, before, after)
            moved.append(ValueChange(field=name, before=old, after=new, why=why))
    return moved


_READERS: dict[str, Any] = {
    "event_type": lambda i: i.event_type,
    "place": lambda i: _place(i),
    "when": lambda i: _when(i),
    "participants": lambda i: [f"{p.role}: {p.name}" for p in i.participants] or None,
    "status": lambda i: i.status,
}


def _place(incident: LedgerIncident) -> dict[str, Any] | None:
    place = incident.place
    if place is None:
        return None
    return place.model_dump(mode="json", exclude={"evidence"})


def _when(incident: LedgerIncident) -> dict[str, Any] | None:
    when = incident.when
    return None if when is None else when.model_dump(mode="json", exclude={"evidence"})


def _why_plain(name: str, before: LedgerIncident | None, after: LedgerIncident) -> str:
    if name == "status":
        return _why_status(after)
    new = [d for d in after.decisions if before is None or d not in before.decisions]
    if new:
        return f"after decision {_list([str(d) for d in new])} of a person"
    if before is None:
        return "as first told"
    return "as most independent reports tell it now"


def _why_status(after: LedgerIncident) -> str:
    if after.review is not None and after.status == "discounted":
        return f"rejected by {after.review.by}: {after.review.reason}"
    sources = _list([o.source for o in after.origins])
    if after.status == "contested":
        matters = _list(sorted({d.about for d in after.disputes}))
        return f"sources stand against each other ({matters})"
    if after.status == "corroborated":
        return f"told independently by {sources}"
    if after.status == "discounted":
        return "everybody who told of it has denied it since"
    return f"told by {sources} only"


def _tallies(
    before: LedgerIncident | None, after: LedgerIncident, names: Names
) -> list[ValueChange]:
    """Numbers of the default policy each by itself; the other policies' only where it stays."""
    moved: list[ValueChange] = []
    old, new = _rows(before), _rows(after)
    told: set[object] = set()
    for key in dict.fromkeys((*new, *old)):
        policy, outcome, group = key
        was, now = old.get(key), new.get(key)
        if _bounds(was) == _bounds(now):
            continue
        if policy == DEFAULT_POLICY:
            told.add(outcome)
            move = f"{outcome} {_bounds(was)} {_bounds(now)}"
            if move in told:
                continue  # the group is everybody: the total has said it
            told.add(move)
        elif outcome in told or group is not None:
            continue
        name = outcome if group is None else f"{outcome}: {group}"
        if policy != DEFAULT_POLICY:
            name = f"{name} ({policy})"
        why = _why_number(name, outcome, group, was, now, after, names)
        moved.append(ValueChange(field=name, before=_bounds(was), after=_bounds(now), why=why))
    return moved


def _rows(incident: LedgerIncident | None) -> dict[tuple[Policy, Outcome, str | None], Tally]:
    if incident is None:
        return {}
    rows = sorted(incident.tallies, key=lambda t: t.policy != DEFAULT_POLICY)
    return {(t.policy, t.outcome, t.group): t for t in rows}  # type: ignore[misc]


def _bounds(row: Tally | None) -> dict[str, int | None] | None:
    return None if row is None else {"low": row.low, "best": row.best, "high": row.high}


def _why_number(
    name: str,
    outcome: Outcome,
    group: str | None,
    was: Tally | None,
    now: Tally | None,
    after: LedgerIncident,
    names: Names,
) -> str:
    if now is None:
        return f"{name}: no number stands any more"
    reviewers = [s for s in now.sources if s.startswith("reviewer: ")]
    moved = f"{name} {_move(was, now)}"
    if reviewers:
        return f"{moved}: set by {reviewers[0].removeprefix('reviewer: ')}"
    behind = [
        t for t in after.told
        if t.outcome == outcome and t.state == "current" and set(t.claims) & set(now.claims)
    ]  # fmt: skip
    givers = dict.fromkeys(_giver(t, names) for t in behind if group is None or t.group == group)
    if givers:
        moved += f": {_list(list(givers))}"
    overtaken = [
        t for t in after.told
        if t.outcome == outcome and t.state == "superseded" and was is not None
        and t.best == was.best and (group is None or t.group == group)
    ]  # fmt: skip
    if overtaken and was is not None and was.best != now.best:
        moved += f"; the earlier {was.best} ({_giver(overtaken[-1], names)}) is superseded"
    return moved


def _move(was: Tally | None, now: Tally) -> str:
    if was is None:
        return _put(now)
    if was.best != now.best:
        return f"{'rose' if now.best > was.best else 'fell'} from {was.best} to {now.best}"
    return f"is {_put(now)}, before {_put(was)}"


def _put(row: Tally) -> str:
    if row.high is None:
        return f"at least {row.low}"
    return str(row.best) if row.low == row.high else f"{row.best} ({row.low} to {row.high})"


def _giver(told: ToldFigure, names: Names) -> str:
    """Who gives a number and where, once where the outlet itself gives it."""
    report = _name(told.report, names)
    return report if report.startswith(told.source) else f"{told.source}, in {report}"


def _disputes(before: LedgerIncident | None, after: LedgerIncident) -> list[ValueChange]:
    def listed(incident: LedgerIncident | None) -> list[str]:
        disputes = incident.disputes if incident else ()
        return [f"{d.about}: {' / '.join(d.sources)}" for d in disputes]

    old, new = listed(before), listed(after)
    if sorted(old) == sorted(new):
        return []
    opened = [d for d in dict.fromkeys(new) if d not in old]
    closed = [d for d in dict.fromkeys(old) if d not in new]
    parts = [f"now disputed: {_list(opened)}"] if opened else []
    parts += [f"no longer disputed: {_list(closed)}"] if closed else []
    why = "; ".join(parts) or "the same disputes, told by more claims"
    return [ValueChange(field="disputes", before=old, after=new, why=why)]


def _review(before: LedgerIncident | None, after: LedgerIncident) -> list[ValueChange]:
    old = before.review if before else None
    if old == after.review:
        return []
    new = after.review
    why = "the review was undone" if new is None else f"{new.kind}ed by {new.by}: {new.reason}"
    return [
        ValueChange(
            field="review",
            before=old.model_dump(mode="json") if old else None,
            after=new.model_dump(mode="json") if new else None,
            why=why,
        )
    ]


def _name(report: str, names: Names) -> str:
    return names.get(report, report)


def _list(words: list[str]) -> str:
    """ "a, b and c"; no more than MAX_LISTED, then how many others."""
    if len(words) > MAX_LISTED:
        words = [*words[:MAX_LISTED], f"{len(words) - MAX_LISTED} more"]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
