"""Reports: what was received, and the way in for one more.

Reads   the ledger's reports and what was read in them.
Writes  a report that is sent, coded at once, kept with all that follows from it.
Never   keeps a report twice, or changes one: another text under a known id is a new version.
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Body, Depends, Request, Response

from marsad.errors import StaleAccount
from marsad.publish.ledger.veiled_records import veil_of
from marsad.records import Report
from marsad.reports.jsonrows import read_rows
from marsad.store.entries import StoredReport
from marsad.store.people import Person
from marsad.store.report_list import count_reports, list_reports
from marsad.web.api.answers import (
    answer,
    is_known,
    next_url,
    not_modified,
    page_links,
    read_stand,
)
from marsad.web.api.asked import read_count, read_limit, read_yes, require_known
from marsad.web.api.bodies import (
    MAX_ID_SIGNS,
    ReportFile,
    ReportHead,
    ReportPage,
    Taken,
)
from marsad.web.api.lookup import find_one
from marsad.web.api.parameters import describe_parameters
from marsad.web.api.problems import describe, fail
from marsad.web.api.veils import veil_changes, veil_reports
from marsad.web.desk import DeskDep
from marsad.web.guard import CoderDep, ViewerDep
from marsad.workflow.ingest import take_in
from marsad.workflow.report_dossier import read_report_dossier

router = APIRouter(prefix="/reports", tags=["reports"])

_LIST = ("text", "limit", "cursor", "names")
_MAX_ROW = 2**62


@router.get(
    "",
    response_model=ReportPage,
    responses=describe(400, 401, 503),
    openapi_extra=describe_parameters(*_LIST),
)
def show_reports(request: Request, desk: DeskDep, person: ViewerDep) -> Response:
    """The reports, the last received first, without their texts."""
    query = request.query_params
    require_known(query, _LIST)
    names, limit = read_yes(query, "names"), read_limit(query)
    before = read_count(query, "cursor", _MAX_ROW, 0, 10**11)
    words = query.get("text", "").strip() or None
    stand = read_stand(request, desk, person)
    if is_known(request, stand):
        return not_modified(stand)
    database = desk.ledger.database
    found = list_reports(database, limit + 1, before=before, words=words)
    page = found[:limit]
    following = next_url(request, cursor=page[-1].seq) if len(found) > limit else None
    heads = [make_head(stored, person) for stored in page]
    if not names:
        read = desk.ledger.claims_of_reports(head.id for head in heads)
        heads = [
            veil_of([stored.report], read.get(head.id, ())).record(head)
            for stored, head in zip(page, heads, strict=True)
        ]
    content = ReportPage(
        items=tuple(heads), total=count_reports(database, words), next=following, row=stand.row
    )
    return answer(content, stand, links=page_links(request, following))


@router.get(
    "/{report_id:path}",
    response_model=ReportFile,
    responses=describe(400, 401, 404, 503),
    openapi_extra=describe_parameters("names"),
)
def show_report(request: Request, desk: DeskDep, person: ViewerDep, report_id: str) -> Response:
    """A report's latest version, its text, and all that was read in it.

    Without `names` each character of a private person's name in texts and quotes is a block,
    so that all offsets hold.
    """
    require_known(request.query_params, ("names",))
    names = read_yes(request.query_params, "names")
    stand = read_stand(request, desk, person)
    if is_known(request, stand):
        return not_modified(stand)
    full = find_one(desk.ledger, report_id, "report")
    dossier = read_report_dossier(desk.ledger, full)
    if dossier is None:
        raise fail(404, f"no report has the id {full!r}.")
    content = ReportFile(
        head=make_head(dossier.stored, person),
        report=dossier.stored.report,
        claims=dossier.coded.claims,
        judgements=dossier.coded.judgements,
        incidents=tuple(dict.fromkeys(i.id for i in dossier.incidents.values())),
        versions=tuple(version.seq for version in dossier.versions),
        failures=dossier.failures,
        row=stand.row,
    )
    if not names:
        content = veil_reports(desk.ledger, [full]).record(content)
    return answer(content, stand)


async def _read_raw(request: Request) -> bytes:
    return await request.body()


@router.post(
    "",
    response_model=Taken,
    status_code=201,
    responses={
        200: {"model": Taken, "description": "It is known already: nothing was done"},
        **describe(400, 401, 403, 413, 422, 503),
    },
    openapi_extra={
        "requestBody": {
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ReportIn"}}}
        }
    },
)
def send_report(
    request: Request,
    desk: DeskDep,
    person: CoderDep,
    row: Annotated[dict[str, Any], Body()],
    raw: Annotated[bytes, Depends(_read_raw)],
) -> Response:
    """Send one report: a line of the JSONL that `marsad ingest` reads.

    It is coded at once, which takes some seconds. Sent again it changes nothing (200).
    """
    require_known(request.query_params, ())
    if len(raw) > desk.settings.max_report_bytes:
        raise fail(413, f"a report may have {desk.settings.max_report_bytes:,} bytes at most.")
    given = row.get("id")
    if isinstance(given, str | int | float) and len(str(given)) > MAX_ID_SIGNS:
        raise fail(422, f"id: at most {MAX_ID_SIGNS} characters are taken.")
    arrived = next(read_rows([(row, raw)], f"sent by {person.name}"))
    if not isinstance(arrived.result, Report):
        raise fail(422, str(arrived.result.error))
    try:
        with desk.coding() as coder:
            taken = next(take_in(desk.ledger, coder, [arrived]))
    except StaleAccount as error:
        raise fail(503, str(error)) from error
    if taken.outcome == "failed":
        raise fail(422, f"{taken.error} The report is kept, without claims.")
    is_new = taken.outcome != "known"
    content = Taken(
        id=taken.name,
        outcome=taken.outcome,
        changes=veil_changes(desk.ledger, taken.changes),
        row=desk.ledger.account_end(),
    )
    headers = {"Location": report_address(taken.name)} if is_new else None
    return Response(
        content.model_dump_json(),
        status_code=201 if is_new else 200,
        media_type="application/json",
        headers=headers,
    )


def report_address(report_id: str) -> str:
    """Where a report is found; an id may be an address itself."""
    return f"/api/v1/reports/{quote(report_id, safe='')}"


def make_head(stored: StoredReport, person: Person) -> ReportHead:
    """The report without its text."""
    report = stored.report
    return ReportHead(
        id=report.id,
        url=report.url,
        outlet=report.outlet,
        title=report.title,
        authors=report.authors,
        published=report.published,
        dateline=report.dateline,
        language=report.language,
        characters=len(report.text),
        captions=report.captions,
        seq=stored.seq,
        stored_at=stored.stored_at,
        retrieved_at=stored.retrieved_at,
        origin=stored.origin if person.may("coder") else None,
        supersedes=stored.supersedes,
    )
