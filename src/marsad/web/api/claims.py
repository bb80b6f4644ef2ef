"""Claims: what one source says happened, with its evidence.

Reads   the ledger's claims, those that persons added among them.
Writes  claims of a report or an incident; one claim with what became of it.
Never   leaves out a claim that was denied, planned or overtaken: it says that it is such.
"""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Request, Response

from marsad.records import Claim, Decision
from marsad.store.ledger import Ledger
from marsad.web.api.answers import (
    answer,
    is_known,
    next_url,
    not_modified,
    page_links,
    read_stand,
)
from marsad.web.api.asked import read_count, read_limit, read_yes, require_known
from marsad.web.api.bodies import ClaimFile, ClaimPage
from marsad.web.api.lookup import find_one
from marsad.web.api.parameters import describe_parameters
from marsad.web.api.problems import describe, fail
from marsad.web.api.veils import veil_reports
from marsad.web.desk import DeskDep
from marsad.web.guard import ViewerDep
from marsad.workflow.dossier import read_dossier
from marsad.workflow.report_dossier import read_report_dossier

router = APIRouter(prefix="/claims", tags=["claims"])

_LIST = ("report", "incident", "limit", "offset", "names")


@router.get(
    "",
    response_model=ClaimPage,
    responses=describe(400, 401, 404, 503),
    openapi_extra=describe_parameters(*_LIST),
)
def list_claims(request: Request, desk: DeskDep, person: ViewerDep) -> Response:
    """The claims of a report, in the order of its text, or of an incident.

    Of an incident with those that dispute it and those that look back at it. Give `report` or
    `incident`.
    """
    query = request.query_params
    require_known(query, _LIST)
    names, limit = read_yes(query, "names"), read_limit(query)
    start = read_count(query, "offset", 0, 0, 10**9)
    report, incident = (query.get(name, "").strip() for name in ("report", "incident"))
    if bool(report) == bool(incident):
        raise fail(400, "say whose claims: give report=ID or incident=ID, one of the two.")
    stand = read_stand(request, desk, person)
    if is_known(request, stand):
        return not_modified(stand)
    ledger = desk.ledger
    claims = _of_report(ledger, report) if report else _of_incident(ledger, incident)
    page = claims[start : start + limit]
    more = start + limit < len(claims)
    following = next_url(request, offset=start + limit) if more else None
    if not names:
        veil = veil_reports(ledger, {claim.report_id for claim in page})
        page = tuple(veil.record(claim) for claim in page)
    content = ClaimPage(items=page, total=len(claims), next=following, row=stand.row)
    return answer(content, stand, links=page_links(request, following))


@router.get(
    "/{claim_id}",
    response_model=ClaimFile,
    responses=describe(400, 401, 404, 503),
    openapi_extra=describe_parameters("names"),
)
def show_claim(request: Request, desk: DeskDep, person: ViewerDep, claim_id: str) -> Response:
    """A claim with its evidence, the incidents that stand on it, and what persons said of it."""
    require_known(request.query_params, ("names",))
    names = read_yes(request.query_params, "names")
    stand = read_stand(request, desk, person)
    if is_known(request, stand):
        return not_modified(stand)
    ledger = desk.ledger
    full = find_one(ledger, claim_id, "claim")
    claim = ledger.claims([full])[full]
    content = ClaimFile(
        claim=claim,
        counts=any(c.id == full for c in _of_report(ledger, claim.report_id)),
        incidents=tuple(ledger.incidents_of_claim(full)),
        decisions=tuple(_decisions_about(ledger, claim)),
        row=stand.row,
    )
    if not names:
        content = veil_reports(ledger, [claim.report_id]).record(content)
    return answer(content, stand)


def _of_report(ledger: Ledger, given: str) -> tuple[Claim, ...]:
    full = find_one(ledger, given, "report")
    dossier = read_report_dossier(ledger, full)
    return () if dossier is None else dossier.coded.claims


def _of_incident(ledger: Ledger, given: str) -> tuple[Claim, ...]:
    full = find_one(ledger, given, "incident")
    dossier = read_dossier(ledger, full)
    if dossier is None:
        raise fail(404, f"{full} was withdrawn and stands no more.")
    return dossier.claims


def _decisions_about(ledger: Ledger, claim: Claim) -> Iterable[Decision]:
    """Decisions that name the claim itself."""
    for decision in ledger.decisions(reports=[claim.report_id]):
        if decision.scope == "claim" and any(a.claim == claim.id for a in decision.targets):
            yield decision
