"""Incidents: the account for programs, filtered as on the command line.

Reads   the account, now or as it stood.
Writes  incidents, dossiers and their histories; for who is not signed in, what the public
        profile of exports tells.
Never   names a private person unless who asks is signed in and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from fastapi import APIRouter, Request, Response

from marsad.errors import DeskError, UnknownRecord
from marsad.publish.exports.content import ExportIncident
from marsad.publish.exports.protect import protect
from marsad.records import Dossier, IncidentFilter, LedgerIncident, Policy
from marsad.store.ledger import Ledger
from marsad.store.paging import PageEnd, page_incidents
from marsad.web.api.answers import (
    ReaderDep,
    answer,
    is_known,
    next_url,
    not_modified,
    page_links,
    read_stand,
)
from marsad.web.api.asked import (
    read_limit,
    read_moment,
    read_policy,
    read_wanted,
    read_yes,
    require_known,
)
from marsad.web.api.bodies import History, IncidentPage
from marsad.web.api.cursors import read_cursor, write_cursor
from marsad.web.api.lookup import find_one
from marsad.web.api.parameters import FILTER, describe_parameters
from marsad.web.api.problems import describe, fail
from marsad.web.api.veils import reports_in, veil_dossier, veil_incidents
from marsad.web.desk import Desk, DeskDep
from marsad.web.guard import ViewerDep
from marsad.web.public_view import PUBLIC, is_place_asked, public_filter, public_veil
from marsad.workflow.dossier import read_dossier, read_history
from marsad.workflow.export import load_items

router = APIRouter(prefix="/incidents", tags=["incidents"])

_LIST = (*FILTER, "limit", "offset", "cursor", "policy", "as_of", "names")
_ONE = ("policy", "as_of", "names")
Told = TypeVar("Told", LedgerIncident, ExportIncident, LedgerIncident | ExportIncident)


@dataclass(frozen=True)
class _Found:
    """A page of incidents: how many in all, and the cursor of the next."""

    incidents: list[LedgerIncident]
    total: int | None
    following: str | None


@router.get(
    "",
    response_model=IncidentPage,
    responses=describe(400, 401, 503),
    openapi_extra=describe_parameters(*_LIST),
)
def list_incidents(request: Request, desk: DeskDep, person: ReaderDep) -> Response:
    """The incidents that a filter takes, a page at a time.

    Follow `next` until it is null: every incident comes once, also when others come or go
    meanwhile. Tallies are of all policies, unless one is asked for.
    """
    query = request.query_params
    require_known(query, _LIST)
    wanted = read_wanted(query, desk, person)
    policy, moment = read_policy(query), read_moment(query, "as_of")
    names, limit = read_yes(query, "names"), read_limit(query)
    cursor = query.get("cursor", "").strip()
    after = read_cursor(cursor, wanted.order) if cursor else None
    if person is None:
        _require_now(moment)
        wanted = public_filter(wanted)
    stand = read_stand(request, desk, person, wanted.model_dump_json())
    if is_known(request, stand):
        return not_modified(stand)
    found = _find(desk, wanted, limit, after, moment, is_public=person is None)
    items: Iterable[LedgerIncident | ExportIncident]
    if person is None:
        items = _public(desk.ledger, found.incidents, is_by_place=is_place_asked(wanted))
    else:
        items = found.incidents if names else veil_incidents(desk.ledger, found.incidents)
    following = None if found.following is None else next_url(request, cursor=found.following)
    page = IncidentPage(
        items=tuple(of_policy(item, policy) for item in items),
        # By place, how many there are could tell where one of them is that is made vague.
        total=None if person is None and is_place_asked(wanted) else found.total,
        next=following,
        row=stand.row,
    )
    return answer(page, stand, links=page_links(request, following))


@router.get(
    "/{incident_id}",
    response_model=Dossier | ExportIncident,
    responses=describe(400, 401, 404, 503),
    openapi_extra=describe_parameters(*_ONE),
)
def show_incident(request: Request, desk: DeskDep, person: ReaderDep, incident_id: str) -> Response:
    """All that stands on file about an incident; also by an id that it had before.

    What, where, when, who, how many, and who says so. Who is not signed in gets what the public
    profile of exports tells.
    """
    query = request.query_params
    require_known(query, _ONE)
    policy, moment = read_policy(query), read_moment(query, "as_of")
    names = read_yes(query, "names")
    if person is None:
        _require_now(moment)
    stand = read_stand(request, desk, person)
    if is_known(request, stand):
        return not_modified(stand)
    full = find_one(desk.ledger, incident_id, "incident", tells_others=person is not None)
    if person is None:
        return answer(_public_incident(desk.ledger, full, policy), stand)
    dossier = read_dossier(desk.ledger, full, as_of=moment, asked=full)
    if dossier is None:
        raise fail(404, _why_not_there(full, moment))
    if not names:
        dossier = veil_dossier(desk.ledger, dossier).record(dossier)
    return answer(_dossier_of_policy(dossier, policy), stand)


@router.get(
    "/{incident_id}/history",
    response_model=History,
    responses=describe(400, 401, 404, 503),
    openapi_extra=describe_parameters("names"),
)
def show_history(request: Request, desk: DeskDep, person: ViewerDep, incident_id: str) -> Response:
    """How an incident's values changed: when, by whom, why; also before it was merged."""
    require_known(request.query_params, ("names",))
    names = read_yes(request.query_params, "names")
    stand = read_stand(request, desk, person)
    if is_known(request, stand):
        return not_modified(stand)
    full = find_one(desk.ledger, incident_id, "incident")
    try:
        dossier, changes = read_history(desk.ledger, full)
    except UnknownRecord as error:
        raise fail(404, f"nothing is known of how {full} came about.") from error
    if not names:
        veil = veil_dossier(desk.ledger, dossier, also=reports_in(changes))
        changes = [veil.record(change) for change in changes]
    own = dossier.incident.id
    history = History(
        incident=own,
        asked=full if full != own else None,
        stands=desk.ledger.incident(own) is not None,
        items=tuple(changes),
        row=stand.row,
    )
    return answer(history, stand)


def of_policy(incident: Told, policy: Policy | None) -> Told:
    """The incident with the tallies of one policy; of all, where none is asked for."""
    if policy is None:
        return incident
    if isinstance(incident, LedgerIncident):
        tallies = tuple(t for t in incident.tallies if t.policy == policy)
        return incident.model_copy(update={"tallies": tallies})
    return replace(incident, counts={policy: incident.counts.get(policy, ())})


def _find(
    desk: Desk,
    wanted: IncidentFilter,
    limit: int,
    after: PageEnd | int | None,
    moment: datetime | None,
    *,
    is_public: bool,
) -> _Found:
    if moment is None:
        if isinstance(after, int):
            raise DeskError("cursor: it is of another moment's account. Begin without a cursor.")
        overview = desk.overviews.read(wanted, public_veil() if is_public else None)
        # By place the veil leaves some out. To page over them would tell of each by its cursor.
        only = overview.nums.tolist() if is_public and is_place_asked(wanted) else None
        incidents, end = page_incidents(desk.ledger.database, wanted, limit, after, only=only)
        total = overview.incidents
        return _Found(incidents, total, None if end is None else write_cursor(wanted.order, end))
    if isinstance(after, PageEnd):
        raise DeskError("cursor: it is of the present account. Begin without a cursor.")
    # As it stood then it stands still: an offset is as good.
    start = wanted.offset if after is None else after
    page = wanted.model_copy(update={"limit": limit, "offset": start})
    incidents = list(desk.ledger.incidents(page, as_of=moment))
    total = desk.ledger.count_incidents(wanted, as_of=moment)
    end_at = start + len(incidents)
    return _Found(incidents, total, write_cursor(wanted.order, end_at) if end_at < total else None)


def _require_now(moment: datetime | None) -> None:
    """Refuse the public an earlier account: it may tell what was made vague since."""
    if moment is not None:
        raise DeskError("as_of: earlier accounts are for who is signed in.")


def _public(
    ledger: Ledger, incidents: Sequence[LedgerIncident], *, is_by_place: bool
) -> Iterator[ExportIncident]:
    """What the public may be told; by place none whose place is made vague."""
    for item in load_items(ledger, incidents):
        told = protect(item, PUBLIC)
        if not (is_by_place and told.where is not None and told.where.coarse):
            yield told


def _public_incident(ledger: Ledger, full: str, policy: Policy | None) -> ExportIncident:
    incident = ledger.incident(full)
    if incident is None:
        raise fail(404, _why_not_there(full, None))
    return of_policy(next(_public(ledger, [incident], is_by_place=False)), policy)


def _dossier_of_policy(dossier: Dossier, policy: Policy | None) -> Dossier:
    if policy is None:
        return dossier
    neighbours = tuple(of_policy(incident, policy) for incident in dossier.neighbours)
    incident = of_policy(dossier.incident, policy)
    return dossier.model_copy(update={"incident": incident, "neighbours": neighbours})


def _why_not_there(full: str, moment: datetime | None) -> str:
    tells = f"/api/v1/incidents/{full}/history tells"
    if moment is not None:
        return f"{full} was not in the account at that time; {tells} when it was."
    return f"{full} was withdrawn and stands no more; {tells} why."
