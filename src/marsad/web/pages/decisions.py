"""Decisions: what a person decides on the screen, kept as `marsad judge` keeps it.

Reads   a form: what is decided, about what, why, and the ledger's row when the person looked.
Writes  one decision, or one undone; leads back to where the person was.
Never   decides about what changed since the person looked, nor without a name and a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode, urlsplit, urlunsplit

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from marsad.errors import DecisionError, LedgerError, UnknownRecord
from marsad.publish.ledger.short_ids import short_id
from marsad.publish.ledger.values import field_words, value_words
from marsad.records import Change, Decision
from marsad.store.ledger import Ledger
from marsad.web.desk import DeskDep
from marsad.web.guard import CoderDep, FormDep, safe_next
from marsad.web.render import page
from marsad.workflow import decide
from marsad.workflow.decide import Decided

router = APIRouter()

# What is written where the person gives no reason of their own. Who rejects or sets a value
# has to say why: no sentence of ours could.
DEFAULT_REASONS = {
    "merge": "read side by side: one event",
    "split": "read side by side: two events",
    "confirm": "read against its reports: it stands",
    "undo": "taken back after another look",
}
REASONS = {
    "merge": ("the same event, told by two outlets", "a later report of the same event"),
    "split": ("another place", "another day", "other victims", "one is part of a wider count"),
    "confirm": ("two independent sources", "seen in the footage", "checked with the source"),
    "reject": (
        "not an act of political violence",
        "an exercise or a false report",
        "an older event, told again",
        "a count over many events",
    ),
    "claim": (
        "misread: the words say something else",
        "another event's number",
        "an older event",
        "planned or threatened, not done",
        "said by nobody: a headline or caption",
    ),
    "undo": ("a slip", "another look at the reports"),
}
MAX_REASON_SIGNS = 2_000
# A row of the ledger; no database knows a greater number.
SeqParam = Annotated[int, Path(ge=1, lt=2**62)]
# Totals and what an incident is; parties and groups may name private persons.
_SHOWN_MOVES = ("event_type", "status", "when", "killed", "injured", "detained", "abducted")


@dataclass(frozen=True)
class Done:
    """What a decision that was just made did, for the line that says so. `moves` are words."""

    decision: Decision
    is_undone: bool
    moves: tuple[str, ...]


@router.post("/decisions")
def make_decision(request: Request, desk: DeskDep, person: CoderDep, form: FormDep) -> Response:
    """Decide: merge, split, confirm, reject or set."""
    back = safe_next(text_of(form, "back") or "/review")
    try:
        decided = _decide(desk.ledger, form, person.name)
    except (DecisionError, UnknownRecord) as error:
        return _refuse(request, error, back)
    assert decided.decision.seq is not None
    return RedirectResponse(with_query(back, done=decided.decision.seq), status_code=303)


@router.post("/decisions/{seq}/undo")
def undo_decision(
    request: Request, desk: DeskDep, person: CoderDep, form: FormDep, seq: SeqParam
) -> Response:
    """Take a decision back; both stay on file."""
    back = safe_next(text_of(form, "back") or "/review")
    try:
        decide.undo(desk.ledger, seq, person.name, _reason(form, "undo"))
    except (LedgerError, UnknownRecord) as error:
        return _refuse(request, error, back)
    return RedirectResponse(with_query(back, done=seq), status_code=303)


def find_done(ledger: Ledger, request: Request) -> Done | None:
    """The decision that the address says was just made, or taken back."""
    given = request.query_params.get("done", "")
    if not given.isdecimal() or len(given) > 15:
        return None
    decision = ledger.decision(int(given))
    if decision is None:
        return None
    is_undone = not ledger.decisions(seqs=[int(given)])
    changes: list[Change] = []
    if not is_undone:
        changes = [c for c in ledger.changes(since=int(given) - 1) if c.seq == int(given)]
    return Done(decision, is_undone, tuple(_moves(changes)))


def done_words(decision: Decision) -> str:
    """What was decided, in a few words."""
    about = "claim" if decision.scope == "claim" else "incident"
    if decision.kind == "set":
        return f"{field_words(decision.field or '')} set to " + value_words(
            decision.field or "", decision.value
        )
    return {
        "merge": "made one",
        "split": "kept apart",
        "confirm": f"{about} confirmed",
        "reject": f"{about} not counted",
        "add": "claim added",
    }[decision.kind]


def text_of(form: FormData, field: str) -> str:
    """A field of the form as text; a file, or nothing, is the empty text."""
    value = form.get(field, "")
    return value.strip() if isinstance(value, str) else ""


def with_query(path: str, **added: object) -> str:
    """A path of ours with these parameters added; `done` and the like are not kept twice."""
    parts = urlsplit(path)
    kept = [p for p in parts.query.split("&") if p and p.partition("=")[0] not in added]
    query = "&".join([*kept, urlencode(added)])
    return urlunsplit(("", "", parts.path, query, parts.fragment))


def _decide(ledger: Ledger, form: FormData, by: str) -> Decided:
    kind, record = text_of(form, "kind"), text_of(form, "incident")
    other, why = text_of(form, "other"), _reason(form, kind)
    seen = _seen(form)
    if not record:
        raise DecisionError("no incident or claim is named, so nothing was decided.")
    match kind:
        case "merge":
            return decide.merge(ledger, [record, other], by, why, seen=seen)
        case "split" if other.startswith("incident-"):
            return decide.keep_apart(ledger, record, other, by, why, seen=seen)
        case "split":
            parts = [p for p in form.getlist("part") if isinstance(p, str)] or [other]
            return decide.split(ledger, record, parts, by, why, seen=seen)
        case "confirm":
            return decide.confirm(ledger, record, by, why, seen=seen)
        case "reject":
            return decide.reject(ledger, record, by, why, seen=seen)
        case "set":
            field, value = text_of(form, "field"), text_of(form, "value")
            return decide.set_value(ledger, record, field, value, by, why, seen=seen)
    raise DecisionError(f"{kind!r} is nothing that can be decided here.")


def _reason(form: FormData, kind: str) -> str:
    given = text_of(form, "reason") or DEFAULT_REASONS.get(kind, "")
    if not given:
        raise DecisionError("say why, for who reads it later. Nothing was decided.")
    return given[:MAX_REASON_SIGNS]


def _seen(form: FormData) -> int | None:
    given = text_of(form, "seen")
    return int(given) if given.isdecimal() and len(given) < 16 else None


def _moves(changes: list[Change]) -> list[str]:
    found = []
    for change in changes:
        if change.kind == "withdrawn" and change.others:
            continue
        for value in change.values:
            if value.field not in _SHOWN_MOVES or value.before is None or value.after is None:
                continue
            before = value_words(value.field, value.before)
            after = value_words(value.field, value.after)
            found.append(
                f"{short_id(change.incident)}: {field_words(value.field)} {before} → {after}"
            )
    return found[:6]


def _refuse(request: Request, error: Exception, back: str) -> Response:
    """The page that says why nothing was decided, with the way back."""
    return page(request, "decision-refused.html", status=409, words=str(error), back=back)
