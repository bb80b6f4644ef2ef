"""Intake: paste a text, give an address, send files; look at what was read, then keep it.

Reads   what a person sends, within limits of size, number and time.
Writes  reports into the ledger, as they were shown, once the person says so.
Never   fetches an address that leads into the own network, also not by a redirect or a
        changed name; shows what one person sent to another.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile

from marsad.errors import DeskError, UnreadableReport
from marsad.publish.ledger.page_sections import incident_words
from marsad.publish.marked_text import MarkedLine, mark_text
from marsad.publish.page_text import KINDS
from marsad.publish.privacy import SHOW_ALL, withhold_private_names
from marsad.publish.safe_text import one_line
from marsad.publish.view import make_view
from marsad.publish.view_parts import IncidentView
from marsad.records import CodedReport
from marsad.reports.address_guard import AddressGuard
from marsad.reports.received import Received, failed
from marsad.web.compare import preview_words
from marsad.web.desk import Desk, DeskDep
from marsad.web.guard import CoderDep, FormDep
from marsad.web.intake_jobs import MAX_REPORTS, Jobs
from marsad.web.pages.decisions import text_of
from marsad.web.pages.report import report_path, time_words
from marsad.web.render import page
from marsad.workflow.ingest import Ingested
from marsad.workflow.intake import (
    FIELDS,
    Looked,
    keep_looked_at,
    receive_address,
    receive_pasted,
    receive_sent,
)

router = APIRouter()

MAX_ADDRESSES = 10
MAX_URL_SIGNS = 2_000
PREVIEW_SIGNS = 20_000
STATE_WORDS = {
    "new": "new",
    "version": "a new version of a report that is there",
    "recoded": "there already; this coder has not read it yet",
    "known": "there already, with what was read in it",
    "failed": "cannot be taken in",
}
OUTCOME_WORDS = {
    "new": "kept",
    "version": "kept as a new version",
    "recoded": "kept, read anew",
    "known": "was there already; nothing was changed",
    "failed": "not kept",
}


@dataclass(frozen=True)
class Shown:
    """One input for the page. `near` are incidents with the words for each."""

    position: int
    looked: Looked
    title: str
    published: tuple[str, str]
    incidents: tuple[IncidentView, ...]
    lines: tuple[MarkedLine, ...]
    claims: int
    error: str
    near: tuple[tuple[str, str, bool, str], ...]
    path: str


@router.get("/intake")
def show_intake(request: Request, desk: DeskDep, person: CoderDep) -> Response:
    """The form to send something with."""
    return _form(request, _jobs(request), person.name)


@router.post("/intake")
def post_intake(request: Request, desk: DeskDep, person: CoderDep, form: FormDep) -> Response:
    """Take in what was sent, to be looked at."""
    jobs = _jobs(request)
    try:
        streams = list(_streams(desk, form, request))
        if not streams:
            raise DeskError("nothing was sent. Paste a text, give an address or choose files.")
        job = jobs.start(desk, person.name, streams)
    except DeskError as error:
        return _form(request, jobs, person.name, form, str(error))
    return RedirectResponse(f"/intake/{job.token}", status_code=303)


@router.get("/intake/{token}")
def show_job(request: Request, desk: DeskDep, person: CoderDep, token: str) -> Response:
    """How far it is, and what was read so far."""
    job = _jobs(request).find(token, person.name)
    if job is None:
        return page(request, "intake-gone.html", status=404)
    part = request.headers.get("hx-request") == "true"
    template = "parts/intake_items.html" if part else "intake-job.html"
    kept = {
        position: (OUTCOME_WORDS[done.outcome], _told(desk, done))
        for position, done in job.kept.items()
    }
    return page(
        request,
        template,
        job=job,
        shown=[_show(position, looked) for position, looked in enumerate(list(job.items))],
        kept=kept,
        state_words=STATE_WORDS,
        kinds=KINDS,
    )


@router.post("/intake/{token}/keep")
def keep_job(
    request: Request, desk: DeskDep, person: CoderDep, form: FormDep, token: str
) -> Response:
    """Keep the chosen ones, exactly as they were shown."""
    job = _jobs(request).find(token, person.name)
    if job is None:
        return page(request, "intake-gone.html", status=404)
    chosen = set(form.getlist("item"))
    with job.lock, desk.coding() as coder:
        for position, looked in enumerate(list(job.items)):
            if str(position) in chosen and position not in job.kept:
                job.kept[position] = keep_looked_at(desk.ledger, coder, looked, person.name)
    return RedirectResponse(f"/intake/{token}", status_code=303)


@router.post("/intake/{token}/drop")
def drop_job(request: Request, desk: DeskDep, person: CoderDep, token: str) -> Response:
    """Forget what was sent and not kept."""
    jobs = _jobs(request)
    job = jobs.find(token, person.name)
    if job is not None:
        jobs.drop(job)
    return RedirectResponse("/intake", status_code=303)


def _told(desk: Desk, done: Ingested) -> list[tuple[str, str]]:
    """The incidents that a kept report changed, with a few words for each."""
    found = {}
    for change in done.changes:
        incident = desk.ledger.incident(change.incident)
        if incident is not None:
            found[incident.id] = incident_words(incident, SHOW_ALL)
    return list(found.items())[:12]


def _jobs(request: Request) -> Jobs:
    state = request.app.state
    if not hasattr(state, "intake_jobs"):
        state.intake_jobs = Jobs()
    found: Jobs = state.intake_jobs
    return found


def make_guard(request: Request) -> AddressGuard:
    """What decides which addresses are fetched; tests put another one in its place."""
    found = getattr(request.app.state, "intake_guard", None)
    return found if isinstance(found, AddressGuard) else AddressGuard()


def _form(
    request: Request, jobs: Jobs, person: str, form: FormData | None = None, complaint: str = ""
) -> Response:
    kept = {key: text_of(form, key) for key in ("text", "address", *FIELDS)} if form else {}
    return page(
        request,
        "intake.html",
        status=422 if complaint else 200,
        complaint=complaint,
        kept=kept,
        waiting=jobs.of(person),
        most=MAX_REPORTS,
    )


def _streams(desk: Desk, form: FormData, request: Request) -> Iterator[Iterator[Received]]:
    most = desk.settings.max_report_bytes
    guard = make_guard(request)
    text = form.get("text", "")
    if isinstance(text, str) and text.strip():
        fields = {key: text_of(form, key)[:MAX_URL_SIGNS] for key in FIELDS}
        yield receive_pasted(text.replace("\r\n", "\n"), fields, max_bytes=most)
    addresses = text_of(form, "address").split()
    if len(addresses) > MAX_ADDRESSES:
        raise DeskError(f"{len(addresses)} addresses at once; at most {MAX_ADDRESSES} are read.")
    for address in addresses:
        yield receive_address(address[:MAX_URL_SIGNS], guard=guard, max_bytes=most)
    for sent in form.getlist("files"):
        if isinstance(sent, UploadFile) and sent.filename:
            # Only the file's own name: some browsers send the folders too.
            name = one_line(PurePath(sent.filename.replace("\\", "/")).name)[:200] or "a file"
            yield _read_sent(sent.file.read(), name, guard, most)


def _read_sent(data: bytes, name: str, guard: AddressGuard, most: int) -> Iterator[Received]:
    if not data.strip():
        yield failed(name, UnreadableReport(f"{name}: empty."))
        return
    yield from receive_sent(io.BytesIO(data), name, guard=guard, max_bytes=most)


def _show(position: int, looked: Looked) -> Shown:
    coded = looked.coded
    if not isinstance(coded, CodedReport):
        name = one_line(coded.name)[:200]
        line = f", line {coded.line}" if coded.line is not None else ""
        return Shown(
            position, looked, f"{name}{line}", ("", ""), (), (), 0, str(coded.error), (), ""
        )
    view = make_view(coded)
    policy = withhold_private_names(coded)
    near = tuple(
        (
            n.incident.id,
            incident_words(n.incident, policy),
            n.joins,
            preview_words(n.why, policy),
        )
        for n in looked.near
    )
    return Shown(
        position=position,
        looked=looked,
        title=view.title,
        published=time_words(coded.report),
        incidents=view.incidents,
        lines=tuple(mark_text(coded.report, coded.claims, policy, PREVIEW_SIGNS)),
        claims=len(coded.claims),
        error="",
        near=near,
        path=report_path(coded.report.id),
    )
