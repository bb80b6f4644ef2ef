"""Lookup: the one record of a kind that an id stands for."""

from __future__ import annotations

from marsad.store.find import RecordKind
from marsad.store.ledger import Ledger
from marsad.web.api.problems import fail

_SHOWN = 40
_PLACES: dict[RecordKind, str] = {
    "incident": "/api/v1/incidents/",
    "claim": "/api/v1/claims/",
    "report": "/api/v1/reports/",
}


def find_one(ledger: Ledger, given: str, kind: RecordKind, *, tells_others: bool = True) -> str:
    """The full id of the record of this kind that has the id, or alone begins with it.

    `tells_others`: whether who asks may hear that a record of another kind has it.

    Raises:
        HTTPException: nothing of this kind has it, or several begin so.
    """
    found = ledger.find(given)
    mine = [full for of_kind, full in found if of_kind == kind]
    if len(mine) == 1:
        return mine[0]
    shown = repr(given[:_SHOWN] + ("…" if len(given) > _SHOWN else ""))
    if mine:
        raise fail(404, f"{shown} is the beginning of several: {', '.join(mine[:5])}. Give more.")
    if found and tells_others:
        other, full = found[0]
        raise fail(404, f"{shown} is no {kind} but a {other}: see {_PLACES[other]}{full}")
    raise fail(404, f"no {kind} has the id {shown}; {_PLACES[kind][:-1]} lists those there are.")
