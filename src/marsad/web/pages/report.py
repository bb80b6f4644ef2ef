"""A report's page: its words with what was read from them, and what persons say of that.

Reads   the report's dossier.
Writes  claims that a person adds; that one is wrong goes through `decisions`.
Never   shows the names of private persons unless asked, or markup of a report as markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from marsad.errors import DecisionError
from marsad.publish.ledger.page_sections import incident_words
from marsad.publish.marked_text import mark_text
from marsad.publish.page_text import KINDS
from marsad.publish.privacy import SHOW_ALL, NamePolicy, withhold_private_names
from marsad.publish.view import make_view, title_words
from marsad.publish.view_parts import ClaimView
from marsad.records import Claim, CodedReport, Decision, LedgerIncident, Report
from marsad.store.entries import StoredReport
from marsad.web.desk import Desk, DeskDep
from marsad.web.guard import CoderDep, FormDep, ViewerDep
from marsad.web.pages.claim_form import PlaceUnclear, form_choices, read_claim_form
from marsad.web.pages.decisions import (
    MAX_REASON_SIGNS,
    REASONS,
    done_words,
    find_done,
    text_of,
    with_query,
)
from marsad.web.render import page
from marsad.workflow.add_claim import add_claim
from marsad.workflow.report_dossier import ReportDossier, read_report_dossier

router = APIRouter()

# A longer text is shown in part until the reader asks for all of it.
MOST_SIGNS = 120_000
DEFAULT_ADD_REASON = "read in the report; the coder did not have it"


@dataclass(frozen=True)
class ClaimCard:
    """A claim beside the text. `doubt`: how unsure the coder was, where it was."""

    number: int
    claim: Claim
    view: ClaimView
    incident: LedgerIncident | None
    about: str
    verdict: Decision | None
    added: Decision | None

    @property
    def is_wrong(self) -> bool:
        """Whether a person said that it was read wrong, so that it counts nothing."""
        return self.verdict is not None and self.verdict.kind == "reject"

    @property
    def doubt(self) -> str:
        """How sure the coder was, where that is little."""
        return f"{self.claim.confidence:.0%} sure" if self.claim.confidence < 0.6 else ""


@router.get("/reports/{report_id:path}")
def show_report(request: Request, desk: DeskDep, person: ViewerDep, report_id: str) -> Response:
    """The page of a report's latest version, or of an earlier one with ?version=ROW."""
    dossier = _find(desk, report_id)
    version = request.query_params.get("version", "")
    if version and version != str(dossier.stored.seq):
        return _show_version(request, dossier, version)
    return _show(request, desk, dossier)


@router.post("/reports/{report_id:path}/claims")
def post_claim(
    request: Request, desk: DeskDep, person: CoderDep, form: FormDep, report_id: str
) -> Response:
    """Add a claim that the person read in the words they selected."""
    dossier = _find(desk, report_id)
    why = text_of(form, "reason")[:MAX_REASON_SIGNS] or DEFAULT_ADD_REASON
    try:
        draft = read_claim_form(form, dossier, desk.settings.gazetteer_path)
        decided = add_claim(desk.ledger, draft, person.name, why)
    except PlaceUnclear as error:
        return _show(request, desk, dossier, form, str(error), error.choices)
    except DecisionError as error:
        return _show(request, desk, dossier, form, str(error))
    claim = decided.decision.targets[0].claim
    where = with_query(report_path(report_id), done=decided.decision.seq)
    return RedirectResponse(f"{where}#{claim}", status_code=303)


def report_path(report_id: str) -> str:
    """The address of a report's page."""
    return f"/reports/{quote(report_id)}"


def time_words(report: Report) -> tuple[str, str]:
    """When it was published, for <time>: machine-readable, and as its page gave it."""
    published = report.published
    if published is None:
        return "", "no publication date"
    if not isinstance(published, datetime):
        return published.isoformat(), published.isoformat()
    zone = published.strftime("%z")
    shown = f"{published:%Y-%m-%d %H:%M}"
    if not zone:
        return published.date().isoformat(), f"{shown} (no zone given)"
    name = "UTC" if zone == "+0000" else f"UTC{zone[:3]}:{zone[3:5]}"
    return published.isoformat(), f"{shown} {name}"


def _find(desk: Desk, report_id: str) -> ReportDossier:
    dossier = read_report_dossier(desk.ledger, report_id)
    if dossier is None:
        raise HTTPException(404, "The ledger has no report of this id.")
    return dossier


def _show(
    request: Request,
    desk: Desk,
    dossier: ReportDossier,
    form: FormData | None = None,
    complaint: str = "",
    place_choices: Mapping[str, str] | None = None,
) -> Response:
    names = request.query_params.get("names") == "1"
    coded = dossier.coded
    policy = SHOW_ALL if names else withhold_private_names(coded)
    cards = make_cards(dossier, names=names)
    report = coded.report
    shown_all = request.query_params.get("all") == "1" or len(report.text) <= MOST_SIGNS
    path = report_path(report.id)
    kept = {key: value for key, value in form.items() if isinstance(value, str)} if form else {}
    return page(
        request,
        "report.html",
        status=422 if complaint else 200,
        dossier=dossier,
        report=report,
        here=path,
        title=title_words(report, policy),
        outlet=report.outlet,
        published=time_words(report),
        lines=mark_text(report, coded.claims, policy, -1 if shown_all else MOST_SIGNS),
        shown_all=shown_all,
        signs=len(report.text),
        cards=cards,
        by_number={card.number: card for card in cards},
        kinds=KINDS,
        names=names,
        may_withhold=names or policy is not SHOW_ALL,
        back=with_query(path, names=1) if names else path,
        reasons=REASONS["claim"],
        done=find_done(desk.ledger, request),
        done_words=done_words,
        incidents=_told(cards),
        version=dossier.stored.seq,
        current=True,
        complaint=complaint,
        kept=kept,
        place_choices=place_choices or {},
        default_reason=DEFAULT_ADD_REASON,
        stored=dossier.stored,
        **form_choices(dossier),
    )


def _show_version(request: Request, dossier: ReportDossier, version: str) -> Response:
    """An earlier version: its words only, as nothing read in them counts any more."""
    found = next((v for v in dossier.versions if str(v.seq) == version), None)
    if found is None:
        raise HTTPException(404, "The report has no such version.")
    names = request.query_params.get("names") == "1"
    policy = _policy_of(dossier, found, names=names)
    return page(
        request,
        "report-version.html",
        dossier=dossier,
        report=found.report,
        stored=found,
        here=report_path(found.report.id),
        title=title_words(found.report, policy),
        published=time_words(found.report),
        lines=mark_text(found.report, (), policy, MOST_SIGNS),
        names=names,
    )


def _policy_of(dossier: ReportDossier, version: StoredReport, *, names: bool) -> NamePolicy:
    if names:
        return SHOW_ALL
    earlier = CodedReport(report=version.report, claims=dossier.coded.claims)
    return withhold_private_names(dossier.coded, earlier)


def make_cards(dossier: ReportDossier, *, names: bool) -> list[ClaimCard]:
    """A card for each claim, numbered as they stand in the text."""
    coded = dossier.coded
    view = make_view(coded, names=names)
    views = {c.id: c for c in view.asides}
    for incident in view.incidents:
        views |= {c.id: c for d in incident.disputes for c in d.claims}
        views |= {c.id: c for c in incident.claims}
    policy = SHOW_ALL if names else withhold_private_names(coded)
    cards = []
    for number, claim in enumerate(coded.claims, start=1):
        found = dossier.incidents.get(claim.id)
        cards.append(
            ClaimCard(
                number=number,
                claim=claim,
                view=views[claim.id],
                incident=found,
                about=incident_words(found, policy) if found else "",
                verdict=dossier.verdicts.get(claim.id),
                added=dossier.added.get(claim.id),
            )
        )
    return cards


def _told(cards: list[ClaimCard]) -> dict[str, str]:
    return {card.incident.id: card.about for card in cards if card.incident is not None}
