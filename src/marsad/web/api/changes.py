"""Changes: what became of incidents, for programs that keep a copy.

Reads   every change of every incident, in the ledger's order.
Writes  a page of them; it ends where a row of the ledger ends.
Never   lets one be missed: `since` the last row that was seen gives all that came after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from fastapi import APIRouter, Request, Response
from starlette.datastructures import QueryParams

from marsad.records import Change
from marsad.store.chain import format_time
from marsad.web.api.answers import (
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
    read_start,
    read_wanted,
    read_yes,
    require_known,
)
from marsad.web.api.bodies import ChangePage
from marsad.web.api.lookup import find_one
from marsad.web.api.parameters import describe_parameters
from marsad.web.api.problems import describe
from marsad.web.api.veils import veil_changes
from marsad.web.desk import DeskDep
from marsad.web.guard import ViewerDep

router = APIRouter(prefix="/changes", tags=["changes"])

_LIST = ("since", "until", "incident", "filter", "limit", "names")


@router.get(
    "",
    response_model=ChangePage,
    responses=describe(400, 401, 404, 503),
    openapi_extra=describe_parameters(
        "changed_since", "changed_until", "incident", "filter", "limit", "names"
    ),
)
def list_changes(request: Request, desk: DeskDep, person: ViewerDep) -> Response:
    """New, changed, merged, split and withdrawn incidents, each with its cause.

    To keep a copy: ask with `since` set to the `seq` of the last change you have, follow `next`,
    and fetch the incidents that are named.
    """
    query = request.query_params
    require_known(query, _LIST)
    start, until = read_start(query, "since"), read_moment(query, "until")
    names, limit = read_yes(query, "names"), read_limit(query)
    name = query.get("filter", "").strip()
    wanted = read_wanted(QueryParams({"filter": name}), desk, person) if name else None
    given = query.get("incident", "").strip()
    more = "" if wanted is None else wanted.model_dump_json()
    stand = read_stand(request, desk, person, more)
    if is_known(request, stand):
        return not_modified(stand)
    incident = find_one(desk.ledger, given, "incident") if given else None
    found = desk.ledger.changes(since=start, incident=incident, wanted=wanted)
    page, is_last = _take(found, limit, until)
    following = None if is_last else next_url(request, since=page[-1].seq)
    items = tuple(page) if names else veil_changes(desk.ledger, page)
    content = ChangePage(items=items, total=None, next=following, row=stand.row)
    return answer(content, stand, links=page_links(request, following))


def _take(found: Iterator[Change], limit: int, until: datetime | None) -> tuple[list[Change], bool]:
    """`limit` changes or more, to the end of the ledger's row; whether these are the last."""
    last = None if until is None else format_time(until)
    page: list[Change] = []
    for change in found:
        if last is not None and change.at > last:
            break
        if len(page) >= limit and change.seq != page[-1].seq:
            return page, False
        page.append(change)
    return page, True
