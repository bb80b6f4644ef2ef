"""Decide: what a person judges about incidents and claims, kept and carried out at once.

Reads   the account as it stands.
Writes  one decision and what it changes, in one transaction.
Never   changes what was said: a decision stands beside the claims and can be undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from marsad.errors import DecisionError, StaleDecision, UnknownRecord
from marsad.incidents.linking.tellings import Telling
from marsad.records import Anchor, Change, Claim, Decision, LedgerIncident
from marsad.store.ledger import Ledger, Writer
from marsad.workflow.account import catch_up
from marsad.workflow.find import find_in
from marsad.workflow.given_values import read_value


@dataclass(frozen=True)
class Decided:
    """A decision as the ledger keeps it, and what it changed."""

    decision: Decision
    changes: tuple[Change, ...]


def merge(
    ledger: Ledger, incidents: Sequence[str], by: str, why: str, *, seen: int | None = None
) -> Decided:
    """These incidents are one.

    `seen` is the ledger's last row when the person looked, here and below: what changed
    since then is not decided about unseen.

    Raises:
        UnknownRecord: an id that is no incident's.
        DecisionError: fewer than two incidents, or no name or reason is given.
        StaleDecision: one of them changed after `seen`.
    """
    require_person(by, why)
    with ledger.writing() as writer:
        for given in incidents:
            _require_seen(writer, given, seen)
        found = {i.id: i for i in (_incident(writer, given) for given in incidents)}
        if len(found) < 2:
            raise DecisionError(
                f"{' and '.join(incidents)} is one incident already. Give two or more to merge."
            )
        targets = tuple(a for i in found.values() for a in _anchors(writer, i.tellings))
        return _decide(writer, Decision(kind="merge", targets=targets, made_by=by, reason=why))


def keep_apart(
    ledger: Ledger, one: str, other: str, by: str, why: str, *, seen: int | None = None
) -> Decided:
    """Two incidents are two, whatever speaks for their being one.

    Raises:
        UnknownRecord: an id that is no incident's.
        DecisionError: both are one incident already.
        StaleDecision: one of them changed after `seen`.
    """
    require_person(by, why)
    with ledger.writing() as writer:
        for given in (one, other):
            _require_seen(writer, given, seen)
        first, second = _incident(writer, one), _incident(writer, other)
        if first.id == second.id:
            raise DecisionError(
                f"{one} and {other} are one incident. 'marsad judge split' takes reports or "
                f"claims out of it."
            )
        decision = Decision(
            kind="split",
            targets=_anchors(writer, first.tellings),
            others=_anchors(writer, second.tellings),
            made_by=by,
            reason=why,
        )
        return _decide(writer, decision)


def split(
    ledger: Ledger,
    incident: str,
    parts: Sequence[str],
    by: str,
    why: str,
    *,
    seen: int | None = None,
) -> Decided:
    """What these reports (or claims) tell is not of this incident.

    Raises:
        UnknownRecord: an id that nothing has.
        DecisionError: a part is not of this incident, or all of it is.
        StaleDecision: it changed after `seen`.
    """
    require_person(by, why)
    with ledger.writing() as writer:
        _require_seen(writer, incident, seen)
        whole = _incident(writer, incident)
        rows = writer.account.tellings(whole.tellings)
        out: set[str] = set()
        for part in parts:
            kind, found = find_in(writer, part)
            of_part = {
                t
                for t, row in rows.items()
                if (kind == "report" and row.report_id == found)
                or (kind == "claim" and found in Telling.from_json(row.body).claims)
            }
            if not of_part:
                raise DecisionError(
                    f"{part} is no report or claim of {whole.id}. 'marsad show {whole.id}' lists "
                    f"what it is made of."
                )
            out |= of_part
        stay = sorted(set(whole.tellings) - out)
        if not stay or not out:
            raise DecisionError(
                f"{whole.id} would be left with nothing. Give some of its reports, not all; "
                f"'marsad judge reject' is for an incident that did not happen."
            )
        decision = Decision(
            kind="split",
            targets=_anchors(writer, sorted(out)),
            others=_anchors(writer, stay),
            made_by=by,
            reason=why,
        )
        return _decide(writer, decision)


def confirm(ledger: Ledger, record: str, by: str, why: str, *, seen: int | None = None) -> Decided:
    """The incident stands, or the claim was read right."""
    return _review(ledger, "confirm", record, by, why, seen)


def reject(ledger: Ledger, record: str, by: str, why: str, *, seen: int | None = None) -> Decided:
    """The incident is not to be counted, or the claim was read wrong."""
    return _review(ledger, "reject", record, by, why, seen)


def set_value(
    ledger: Ledger,
    incident: str,
    field: str,
    value: str,
    by: str,
    why: str,
    *,
    seen: int | None = None,
) -> Decided:
    """The incident has this value; `value` as a person types it, see `read_value`.

    Raises:
        UnknownRecord: an id that is no incident's.
        DecisionError: no such field, or a value that it cannot have.
        StaleDecision: it changed after `seen`.
    """
    require_person(by, why)
    given: Any = read_value(field, value)
    with ledger.writing() as writer:
        _require_seen(writer, incident, seen)
        found = _incident(writer, incident)
        decision = Decision(
            kind="set",
            targets=_anchors(writer, found.tellings),
            field=field,
            value=given,
            made_by=by,
            reason=why,
        )
        return _decide(writer, decision)


def undo(ledger: Ledger, number: int, by: str, why: str) -> Decided:
    """Take a decision back, by its number.

    Raises:
        DecisionError: there is no such decision, or it is undone already.
    """
    require_person(by, why)
    with ledger.writing() as writer:
        writer.undo(number, by, why)
        decision = writer.account.decision(number)
        assert decision is not None  # undo has found it
        return Decided(decision, tuple(catch_up(writer)))


def _review(ledger: Ledger, kind: Any, record: str, by: str, why: str, seen: int | None) -> Decided:
    require_person(by, why)
    with ledger.writing() as writer:
        scope, found = find_in(writer, record)
        if scope == "incident":
            _require_seen(writer, record, seen)
        if scope == "claim":
            claim = writer.account.claims([found])[found]
            decision = Decision(
                kind=kind, scope="claim", targets=(anchor_of(claim),), made_by=by, reason=why
            )
        else:
            incident = _incident(writer, record)
            targets = _anchors(writer, incident.tellings)
            decision = Decision(kind=kind, targets=targets, made_by=by, reason=why)
        return _decide(writer, decision)


def _decide(writer: Writer, decision: Decision) -> Decided:
    kept = writer.keep_decision(decision)
    return Decided(kept, tuple(catch_up(writer)))


def _incident(writer: Writer, given: str) -> LedgerIncident:
    kind, found = find_in(writer, given)
    incident = writer.account.incident(found) if kind == "incident" else None
    if incident is None:
        raise UnknownRecord(
            f"{given} is a {kind}, and an incident is asked for. 'marsad show {given}' tells of "
            f"which it is part."
        )
    return incident


def _anchors(writer: Writer, ids: Iterable[str]) -> tuple[Anchor, ...]:
    """The first claim of each telling."""
    rows = writer.account.tellings(list(ids))
    tellings = (Telling.from_json(row.body) for _, row in sorted(rows.items()))
    first = [telling.claims[0] for telling in tellings if telling.claims]
    claims = writer.account.claims(first)
    return tuple(anchor_of(claims[claim]) for claim in first)


def anchor_of(claim: Claim) -> Anchor:
    """The claim, by where its trigger stands."""
    trigger = claim.trigger
    return Anchor(claim=claim.id, report=claim.report_id, start=trigger.start, end=trigger.end)


def _require_seen(writer: Writer, given: str, seen: int | None) -> None:
    """Refuse to decide about an incident that is not any more what the person saw."""
    if seen is None:
        return
    incident = _incident(writer, given)
    for change in writer.account.changes_after(seen, incident.id):
        cause = change.cause
        who = {
            "report": f"a report of {cause.by}" if cause.by else "another report",
            "decision": f"{cause.by or 'another person'} ({cause.decision})",
            "recoding": "another reading",
        }[cause.kind]
        raise StaleDecision(
            f"{incident.id} changed while you looked at it: {who}, {change.at[:16]} UTC. Nothing "
            f"was decided. Look at it again, then decide."
        )
    if incident.id != given and given.startswith("incident-") and len(given) == len(incident.id):
        raise StaleDecision(
            f"{given} went into {incident.id} while you looked at it. Nothing was decided. Look "
            f"at it again, then decide."
        )


def require_person(by: str, why: str) -> None:
    """Refuse a decision without a name or a reason.

    Raises:
        DecisionError: says so.
    """
    if not by.strip() or not why.strip():
        raise DecisionError(
            "a decision needs who made it and why. Give --by NAME (or set MARSAD_REVIEWER) and "
            "--why REASON."
        )
