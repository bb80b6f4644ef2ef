"""Judgements: what persons decided, and the way to decide.

Reads   the ledger's decisions; what is decided, with its reason.
Writes  one decision, or one taken back, in the name of the token's owner.
Never   decides about what changed since the client looked, where it says how far that was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fastapi import APIRouter, Request, Response

from marsad.errors import (
    DecisionError,
    LedgerError,
    StaleAccount,
    StaleDecision,
    UnknownRecord,
)
from marsad.records import Decision
from marsad.store.ledger import Ledger
from marsad.web.api.answers import (
    answer,
    is_known,
    next_url,
    not_modified,
    page_links,
    read_stand,
    seen_row,
)
from marsad.web.api.asked import read_count, read_limit, read_yes, require_known
from marsad.web.api.bodies import (
    Apart,
    DecisionEntry,
    DecisionMade,
    DecisionPage,
    Look,
    Merge,
    NewDecision,
    Set,
    Split,
    Undo,
)
from marsad.web.api.lookup import find_one
from marsad.web.api.parameters import describe_parameters
from marsad.web.api.problems import describe, fail
from marsad.web.api.veils import veil_changes, veil_reports
from marsad.web.desk import DeskDep
from marsad.web.guard import CoderDep, ViewerDep
from marsad.workflow import decide
from marsad.workflow.decide import Decided

router = APIRouter(prefix="/judgements", tags=["judgements"])

_LIST = ("all", "incident", "by", "limit", "offset", "names")
_MAX_SEQ = 2**62
_IF_MATCH = {
    "parameters": [
        {
            "name": "If-Match",
            "in": "header",
            "required": False,
            "description": "The ETag of what you looked at: refused (412) if an incident that is "
            "decided about changed since.",
            "schema": {"type": "string", "maxLength": 2000},
        }
    ]
}


@router.get(
    "",
    response_model=DecisionPage,
    responses=describe(400, 401, 404, 503),
    openapi_extra=describe_parameters(*_LIST),
)
def list_decisions(request: Request, desk: DeskDep, person: ViewerDep) -> Response:
    """Persons' decisions in their order: number, what, who, when, why."""
    query = request.query_params
    require_known(query, _LIST)
    every, names = read_yes(query, "all"), read_yes(query, "names")
    limit, start = read_limit(query), read_count(query, "offset", 0, 0, 10**9)
    by, incident = query.get("by", "").strip(), query.get("incident", "").strip()
    stand = read_stand(request, desk, person)
    if is_known(request, stand):
        return not_modified(stand)
    ledger = desk.ledger
    seqs = _decisions_on(ledger, incident) if incident else None
    standing = {d.seq for d in ledger.decisions(seqs=seqs)}
    found = [
        DecisionEntry(decision=d, undone=d.seq not in standing)
        for d in ledger.decisions(seqs=seqs, undone=every)
        if not by or d.made_by == by
    ]
    page = found[start : start + limit]
    following = next_url(request, offset=start + limit) if start + limit < len(found) else None
    if not names:
        page = [_veil(ledger, entry) for entry in page]
    content = DecisionPage(items=tuple(page), total=len(found), next=following, row=stand.row)
    return answer(content, stand, links=page_links(request, following))


@router.get(
    "/{number}",
    response_model=DecisionEntry,
    responses=describe(400, 401, 404, 422, 503),
    openapi_extra=describe_parameters("names"),
)
def show_decision(request: Request, desk: DeskDep, person: ViewerDep, number: int) -> Response:
    """A decision, by its number."""
    require_known(request.query_params, ("names",))
    names = read_yes(request.query_params, "names")
    stand = read_stand(request, desk, person)
    if is_known(request, stand):
        return not_modified(stand)
    decision = _require_decision(desk.ledger, number)
    entry = DecisionEntry(decision=decision, undone=not desk.ledger.decisions(seqs=[number]))
    if not names:
        entry = _veil(desk.ledger, entry)
    return answer(entry, stand)


@router.post(
    "",
    response_model=DecisionMade,
    status_code=201,
    responses=describe(400, 401, 403, 412, 413, 422, 503),
    openapi_extra=_IF_MATCH,
)
def make_decision(request: Request, desk: DeskDep, person: CoderDep, body: NewDecision) -> Response:
    """Decide: merge, keep apart, split, confirm, reject, or set a value.

    It is kept in your name with its reason, carried out at once, and can be undone.
    """
    require_known(request.query_params, ())
    seen = seen_row(request)
    ledger = desk.ledger
    for given, kinds in _ids_in(body):
        _require_known_id(ledger, given, kinds)
    return _tell(ledger, _carry_out(ledger, body, person.name, seen), undone=False)


@router.post(
    "/{number}/undo",
    response_model=DecisionMade,
    status_code=201,
    responses=describe(400, 401, 403, 404, 409, 413, 422, 503),
)
def undo_decision(
    request: Request, desk: DeskDep, person: CoderDep, number: int, body: Undo
) -> Response:
    """Take a decision back; both stay on file."""
    require_known(request.query_params, ())
    ledger = desk.ledger
    _require_decision(ledger, number)
    _require_standing(ledger, number)
    try:
        decided = decide.undo(ledger, number, person.name, body.reason)
    except StaleAccount as error:
        raise fail(503, str(error)) from error
    except LedgerError:
        _require_standing(ledger, number)  # somebody else was faster
        raise
    return _tell(ledger, decided, undone=True)


def _carry_out(ledger: Ledger, body: NewDecision, by: str, seen: int | None) -> Decided:
    why = body.reason
    try:
        match body:
            case Merge():
                return decide.merge(ledger, body.incidents, by, why, seen=seen)
            case Apart():
                one, other = body.incidents
                return decide.keep_apart(ledger, one, other, by, why, seen=seen)
            case Split():
                return decide.split(ledger, body.incident, body.parts, by, why, seen=seen)
            case Set():
                return decide.set_value(
                    ledger, body.incident, body.field, body.value, by, why, seen=seen
                )
            case Look(kind="confirm"):
                return decide.confirm(ledger, body.record, by, why, seen=seen)
            case Look():
                return decide.reject(ledger, body.record, by, why, seen=seen)
    except StaleDecision as error:
        raise fail(412, str(error)) from error
    except (DecisionError, UnknownRecord) as error:
        raise fail(422, str(error)) from error
    except StaleAccount as error:
        raise fail(503, str(error)) from error


def _ids_in(body: NewDecision) -> Iterable[tuple[str, Sequence[str]]]:
    """The ids that a decision names, and what each may be the id of."""
    match body:
        case Merge() | Apart():
            yield from ((given, ("incident",)) for given in body.incidents)
        case Split():
            yield body.incident, ("incident",)
            yield from ((given, ("report", "claim")) for given in body.parts)
        case Set():
            yield body.incident, ("incident",)
        case Look():
            yield body.record, ("incident", "claim")


def _require_known_id(ledger: Ledger, given: str, kinds: Sequence[str]) -> None:
    found = ledger.find(given)
    wanted = " or ".join(kinds)
    if not found:
        raise fail(422, f"nothing has the id {given[:40]!r}; give the id of an {wanted}.")
    if len(found) == 1 and found[0][0] not in kinds:
        raise fail(422, f"{given[:40]!r} is a {found[0][0]}; give the id of an {wanted}.")


def _require_decision(ledger: Ledger, number: int) -> Decision:
    decision = ledger.decision(number) if 0 < number < _MAX_SEQ else None
    if decision is None:
        raise fail(404, f"no decision has the number {str(number)[:20]}.")
    return decision


def _require_standing(ledger: Ledger, number: int) -> None:
    if not ledger.decisions(seqs=[number]):
        raise fail(409, f"decision {number} is undone already.")


def _decisions_on(ledger: Ledger, given: str) -> tuple[int, ...]:
    """The numbers of the decisions that an incident's stand rests on."""
    full = find_one(ledger, given, "incident")
    incident = ledger.incident(full)
    if incident is None:
        raise fail(404, f"{full} was withdrawn and stands no more.")
    return incident.decisions


def _tell(ledger: Ledger, decided: Decided, *, undone: bool) -> Response:
    veil = veil_reports(ledger, _reports_of(decided.decision))
    content = DecisionMade(
        decision=veil.record(decided.decision),
        undone=undone,
        changes=veil_changes(ledger, decided.changes),
        row=ledger.account_end(),
    )
    return Response(
        content.model_dump_json(),
        status_code=201,
        media_type="application/json",
        headers={"Location": f"/api/v1/judgements/{decided.decision.seq}"},
    )


def _veil(ledger: Ledger, entry: DecisionEntry) -> DecisionEntry:
    return veil_reports(ledger, _reports_of(entry.decision)).record(entry)


def _reports_of(decision: Decision) -> set[str]:
    return {anchor.report for anchor in (*decision.targets, *decision.others)}
