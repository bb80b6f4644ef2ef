"""Moves: what of an incident moved in one change, each with who or what says so.

Reads   a Turn.
Writes  Moved values in plain words, and the few that make a title.
Never   shows a reviewer's name or reason to the public, or a sentence that `text` has not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from marsad.publish.exports.content import Count, DisputeNote, ExportIncident
from marsad.publish.feeds.content import Moved, Turn
from marsad.publish.feeds.words import (
    count_phrase,
    day_phrase,
    isolate,
    isolate_runs,
    place_phrase,
    plain,
    status_phrase,
)
from marsad.publish.wording import STATUS_LABELS, event_label, number
from marsad.records import DEFAULT_POLICY, Outcome, ValueChange

_OUTCOMES = get_args(Outcome)
# How the account calls a number that a person set; the person's name follows.
_SET_BY = "reviewer: "
# What the head of a new incident says already.
_IN_THE_HEAD = frozenset({"event_type", "place", "when"})
_FIELD = re.compile(r"^(\w+)(?:: (.*?))?(?: \(([a-z-]+)\))?$", re.DOTALL)


def told_moves(turn: Turn) -> tuple[Moved, ...]:
    """All values that moved, in the order of the change."""
    if turn.change.kind == "withdrawn":
        return ()
    told = _IN_THE_HEAD if turn.change.kind == "new" else frozenset()
    found = (_moved(turn, v) for v in turn.change.values if v.field not in told)
    return tuple(moved for moved in found if moved is not None)


def _moved(turn: Turn, value: ValueChange) -> Moved | None:
    before, after = _was(turn), turn.after
    assert after is not None
    match value.field:
        case "event_type":
            old = None if before is None else event_label(before.event_type)
            return Moved("Kind", old, event_label(after.event_type), _plain_why(turn, value))
        case "place":
            old = None if before is None else place_phrase(before.where)
            return Moved("Place", old, place_phrase(after.where), _plain_why(turn, value))
        case "when":
            old = None if before is None else day_phrase(before.when)
            return Moved("Date", old, day_phrase(after.when), _plain_why(turn, value))
        case "participants":
            return _parties(turn, value, before, after)
        case "status":
            old = None if before is None else status_phrase(before)
            return Moved("Status", old, status_phrase(after), _status_why(turn, value))
        case "disputes":
            return _disputes(before, after)
        case "review":
            if after.reviewed == "rejected" and turn.is_public:
                return None  # the status says it
            return Moved("Review", None, _review(turn, value))
        case "reports":
            return Moved("Reports", None, said(turn, value.why))
    return _number(turn, value, before, after)


def said(turn: Turn, sentence: str) -> str:
    """A sentence of the account as it may be told."""
    return isolate_runs(plain(turn.text(sentence)))


def _was(turn: Turn) -> ExportIncident | None:
    """How the incident stood: of several that were merged the one that had most reports."""
    return max(turn.before, key=lambda i: len(i.reports), default=None)


def _plain_why(turn: Turn, value: ValueChange) -> str:
    # Of a new incident "as first told" says nothing.
    return "" if value.before is None else said(turn, value.why)


def _status_why(turn: Turn, value: ValueChange) -> str:
    raw = turn.raw_after
    if raw is not None and raw.status == "contested":
        return ""  # the status says what is disputed
    if raw is not None and raw.review is not None and raw.status == "discounted":
        return "" if turn.is_public else said(turn, value.why)
    return said(turn, value.why)


def _review(turn: Turn, value: ValueChange) -> str:
    raw = turn.raw_after
    if not turn.is_public or raw is None or raw.review is None:
        return said(turn, value.why)
    return f"{raw.review.kind}ed by a reviewer"


def _parties(
    turn: Turn, value: ValueChange, before: ExportIncident | None, after: ExportIncident
) -> Moved | None:
    new, old = _party_words(after), _party_words(before)
    if before is None:
        return Moved("Who", None, "; ".join(new)) if new else None
    came = [f"now also {words}" for words in new if words not in old]
    gone = [f"no longer {words}" for words in old if words not in new]
    if not came and not gone:  # what moved is withheld
        return None
    return Moved("Who", None, "; ".join((*came, *gone)), said(turn, value.why))


def _party_words(incident: ExportIncident | None) -> list[str]:
    if incident is None:
        return []
    sides = (("by", incident.actors), ("against", incident.recipients))
    found = (f"{side} {isolate(plain(party.name))}" for side, ps in sides for party in ps)
    return list(dict.fromkeys(found))


def _disputes(before: ExportIncident | None, after: ExportIncident) -> Moved | None:
    old = _dispute_words(before.disputes) if before else []
    new = _dispute_words(after.disputes)
    opened = [f"now disputed: {words}" for words in new if words not in old]
    closed = [f"no longer disputed: {words}" for words in old if words not in new]
    if not opened and not closed:
        return None
    return Moved("Disputes", None, "; ".join((*opened, *closed)))


def _dispute_words(disputes: tuple[DisputeNote, ...]) -> list[str]:
    found = (
        f"{d.words} ({' against '.join(isolate(plain(s)) for s in d.sources)})"
        if d.sources
        else d.words
        for d in disputes
    )
    return list(dict.fromkeys(found))


def _number(
    turn: Turn, value: ValueChange, before: ExportIncident | None, after: ExportIncident
) -> Moved | None:
    field = _FIELD.match(value.field)
    if field is None or field[1] not in _OUTCOMES:
        return Moved(plain(turn.text(value.field)), None, said(turn, value.why))
    outcome, group, policy = field.groups()
    label = str(outcome).capitalize()
    if group is not None:
        label += f", {isolate(plain(turn.text(group)))}"
    if policy is not None:
        label += f" (counted by {policy})"
    old, new = _count(outcome, value.before), _count(outcome, value.after)
    return Moved(
        label,
        None if before is None else count_phrase(old) or "not told",
        count_phrase(new) or "no number stands any more",
        _number_why(turn, value, str(outcome)),
    )


def _number_why(turn: Turn, value: ValueChange, outcome: str) -> str:
    """Who gives the number: what stands behind the colon that ends the move in numbers."""
    raw = turn.raw_after
    rows = raw.tallies if raw is not None else ()
    set_by = [s for t in rows if t.outcome == outcome for s in t.sources if s.startswith(_SET_BY)]
    if set_by and f"set by {set_by[0].removeprefix(_SET_BY)}" in value.why:
        return "set by a reviewer" if turn.is_public else said(turn, f"set by {set_by[0][10:]}")
    _, _, rest = value.why.removeprefix(value.field).partition(": ")
    return f"according to {said(turn, rest)}" if rest else ""


def _count(outcome: str, bounds: object) -> Count | None:
    match bounds:
        case {"low": int(low), "best": int(best), "high": int() | None as high}:
            return Count(outcome, None, low, best, high)  # type: ignore[arg-type]
    return None


def title_parts(turn: Turn) -> Iterator[str]:
    """What a reader of titles should see first, the weightiest first."""
    before, after = _was(turn), turn.after
    match turn.change.kind:
        case "new":
            yield "New"
            return
        case "withdrawn":
            yield "Now part of another incident" if turn.change.others else "Withdrawn"
            return
        case "split":
            yield "Held apart from another incident"
        case "merged":
            yield "Merged with another incident"
        case _:
            pass
    assert after is not None
    moved = {value.field for value in turn.change.values}
    yield from _review_part(turn)
    yield from _toll_parts(before, after)
    if before is not None and "status" in moved and after.reviewed != "rejected":
        yield f"Now {STATUS_LABELS[after.status][0]}"
    if before is not None:
        yield from _value_parts(moved, before, after)
    yield from _report_part(turn)


def _review_part(turn: Turn) -> Iterator[str]:
    for value in turn.change.values:
        if value.field == "review":
            review = turn.raw_after.review if turn.raw_after is not None else None
            if review is None:
                yield "Review undone"
            else:
                # Of a rejected one the status says by whom.
                yield "Rejected" if review.kind == "reject" else "Confirmed by a reviewer"


def _toll_parts(before: ExportIncident | None, after: ExportIncident) -> Iterator[str]:
    for outcome in _OUTCOMES:
        called = "Toll" if outcome == "killed" else outcome.capitalize()
        new = after.total(outcome, DEFAULT_POLICY)
        old = before.total(outcome, DEFAULT_POLICY) if before else None
        if before is None or (old, new) == (None, None):
            continue
        if old is None or new is None:
            yield f"{called} now {count_phrase(new)}" if new else f"{called} no longer told"
        elif new.best != old.best:
            move = "raised" if new.best > old.best else "lowered"
            yield f"{called} {move} from {number(old.best)} to {number(new.best)}"
        elif (new.low, new.high) != (old.low, old.high):
            yield f"{called} now {count_phrase(new)}, before {count_phrase(old)}"


def _value_parts(moved: set[str], before: ExportIncident, after: ExportIncident) -> Iterator[str]:
    if before.event_type != after.event_type:
        yield f"Now told as {event_label(after.event_type)}"
    was, now = place_phrase(before.where), place_phrase(after.where)
    if was != now:
        yield f"Place now {now}, before {was}"
    was, now = day_phrase(before.when), day_phrase(after.when)
    if was != now:
        yield f"Date now {now}, before {was}"
    if "disputes" in moved and "status" not in moved:
        yield "Disputes changed"
    groups = [v for v in moved if v.partition(": ")[0] in _OUTCOMES and ": " in v]
    if groups:
        yield "Numbers of groups changed"
    if "participants" in moved and _party_words(before) != _party_words(after):
        yield "Parties changed"


def _report_part(turn: Turn) -> Iterator[str]:
    for value in turn.change.values:
        if value.field != "reports":
            continue
        before, after = set(value.before or ()), set(value.after or ())
        came, gone = len(after - before), len(before - after)
        if came:
            yield f"Told by {came} more {'report' if came == 1 else 'reports'}"
        elif gone:
            yield f"Told by {gone} {'report' if gone == 1 else 'reports'} less"
