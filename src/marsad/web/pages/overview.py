"""The overview: how many, when, where and which, of all that a filter takes.

Reads   the account, through sums that are kept as long as it stands.
Writes  the page, its part below the filter, and what the map and the timeline draw.
Never   gives the public more than the public profile of exports does.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, get_args

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from marsad.errors import DeskError, FilterError
from marsad.publish.exports.protect import protect
from marsad.publish.screen import count_words
from marsad.publish.wording import OUTCOME_ORDER, STATUS_LABELS, country_name, event_label, number
from marsad.records import (
    DEFAULT_POLICY,
    EventType,
    IncidentFilter,
    Outcome,
    Status,
)
from marsad.store.overview import Overview, Sum
from marsad.store.saved_filters import SavedFilters
from marsad.web.desk import Desk, DeskDep
from marsad.web.filter_query import NAMES, write_query
from marsad.web.guard import ReaderDep
from marsad.web.public_view import is_place_asked
from marsad.web.render import page
from marsad.web.rows import Row, make_public_row, make_row
from marsad.web.timeline import Timeline, Toll, make_timeline
from marsad.web.view import PAGE_ROWS, View, read_view, view_json
from marsad.workflow.export import load_items

router = APIRouter()

DOWNLOADS = (("csv", "CSV"), ("geojson", "GeoJSON"), ("claims", "claims, CSV"))
_ALL = IncidentFilter(status=get_args(Status))


@dataclass(frozen=True)
class TotalLine:
    """An outcome's documented minimum and range, in words."""

    outcome: Outcome
    low: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Pager:
    """Where in the list one is: rows `first` to `last`, and the queries of the pages beside."""

    first: int
    last: int
    before: str | None
    after: str | None


@router.get("/")
def show_overview(request: Request, desk: DeskDep, person: ReaderDep) -> Response:
    """The overview, or for htmx the part of it that follows the filter."""
    is_part = bool(request.headers.get("hx-request"))
    try:
        view = read_view(request, person)
    except DeskError as error:
        if is_part:
            raise
        return _show_fault(request, desk, str(error), public=person is None)
    if not is_part and any(not value.strip() for value in request.query_params.values()):
        # What a form sends without a script: the address is to be short enough to be passed on.
        return RedirectResponse(_address(view), status_code=303)
    overview = view.overview(desk)
    context = _results(desk, view, overview)
    if is_part:
        address = _address(view)
        # The same view again is no new page to go back from.
        pushed = "false" if request.headers.get("hx-current-url", "").endswith(address) else address
        headers = {"HX-Push-Url": pushed, "Vary": "Cookie, HX-Request"}
        return page(
            request, "parts/overview-results.html", headers=headers, is_part=True, **context
        )
    context |= _form(request, desk, public=view.public)
    return page(
        request,
        "overview.html",
        headers={"Vary": "Cookie, HX-Request"},
        complaint="",
        is_part=False,
        **context,
    )


@router.get("/timeline")
def give_timeline(request: Request, desk: DeskDep, person: ReaderDep) -> Response:
    """The bars of the view's timeline."""
    view = read_view(request, person)
    drawn = _timeline(view, view.overview(desk))
    bars = drawn.bars
    return view_json(
        {
            "step": drawn.step,
            "start": [bar.start.isoformat() for bar in bars],
            "end": [bar.end.isoformat() for bar in bars],
            "incidents": [bar.toll.incidents for bar in bars],
            "killed": [bar.toll.killed for bar in bars],
            "injured": [bar.toll.injured for bar in bars],
            "wide": _toll(drawn.wide),
            "undated": _toll(drawn.undated),
        },
        view,
    )


def _address(view: View) -> str:
    query = view.query_of()
    return f"/?{query}" if query else "/"


def _toll(toll: Toll) -> dict[str, int]:
    return {"incidents": toll.incidents, "killed": toll.killed, "injured": toll.injured}


def _timeline(view: View, overview: Overview) -> Timeline:
    return make_timeline(overview.days, view.asked.since, view.asked.until)


def _results(desk: Desk, view: View, overview: Overview) -> dict[str, Any]:
    """What follows the filter: sums, the timeline as a table, a page of the list."""
    rows = _list_rows(desk, view)
    timeline = _timeline(view, overview)
    return {
        "view": view,
        "query": view.query,
        "found": overview.incidents,
        "contested": overview.contested,
        "known": desk.overviews.read(_ALL).incidents,
        "totals": _total_lines(overview.totals),
        "conditions": view.conditions(),
        "timeline": timeline,
        "rows": rows,
        "pager": _pager(view, overview.incidents, len(rows)),
        "downloads": DOWNLOADS,
        "vague_left_out": view.public and is_place_asked(view.asked),
        "number": number,
    }


def _total_lines(totals: dict[Outcome, Sum]) -> list[TotalLine]:
    lines = []
    for outcome in OUTCOME_ORDER:
        total = totals.get(outcome)
        if total is None and outcome not in ("killed", "injured"):
            continue
        lines.append(_total_line(outcome, total or Sum(0, 0, 0, 0, 0, 0)))
    return lines


def _total_line(outcome: Outcome, total: Sum) -> TotalLine:
    notes = []
    if total.high > total.low:
        notes.append(f"{number(total.low)} to {number(total.high)}")
    if total.open_above:
        notes.append(f"{count_words(total.open_above, 'incident')} with no upper bound")
    if total.contested:
        notes.append(f"{number(total.contested)} of them contested")
    return TotalLine(outcome, number(total.low), tuple(notes))


def _list_rows(desk: Desk, view: View) -> list[Row]:
    wanted = view.page()
    if not view.public:
        found = desk.overviews.page(wanted)
        return [make_row(i, DEFAULT_POLICY, names=view.names) for i in found]
    items = load_items(desk.ledger, desk.overviews.page(wanted, view.veil), with_names=True)
    return [make_public_row(protect(item, view.profile), DEFAULT_POLICY) for item in items]


def _pager(view: View, found: int, shown: int) -> Pager:
    offset, limit = view.asked.offset, view.asked.limit or PAGE_ROWS
    before = view.query_of(offset=max(0, offset - limit)) if offset else None
    after = view.query_of(offset=offset + limit) if offset + limit < found else None
    return Pager(offset + 1, min(offset + max(shown, 1), max(found, 1)), before, after)


def _form(request: Request, desk: Desk, *, public: bool) -> dict[str, Any]:
    """What the form shows: what was typed, and what there is to choose from."""
    query = request.query_params
    countries = desk.overviews.read(_ALL).countries
    return {
        "typed": {name: query.get(name, "") for name in NAMES},
        "chosen_kinds": query.getlist("kind"),
        "chosen_status": query.getlist("status"),
        "kinds": sorted(((code, event_label(code)) for code in get_args(EventType)), key=_label),
        "statuses": [(code, label) for code, (label, _) in STATUS_LABELS.items()],
        "outcomes": OUTCOME_ORDER,
        "countries": sorted(((code, country_name(code)) for code in countries), key=_label),
        "saved": [] if public else list(_saved_filters(desk)),
    }


def _label(pair: tuple[str, str]) -> str:
    return pair[1]


def _saved_filters(desk: Desk) -> Iterator[tuple[str, str]]:
    """Name and query of each saved filter that this marsad still understands."""
    for saved in SavedFilters(desk.ledger.database).all():
        with suppress(FilterError):
            yield saved.name, write_query(saved.wanted)


def _show_fault(request: Request, desk: Desk, complaint: str, *, public: bool) -> Response:
    """The page with what was typed, and what is wrong with it."""
    nothing = View(IncidentFilter(), IncidentFilter(limit=1), names=False, public=public)
    context = _results(desk, nothing, nothing.overview(desk)) | _form(request, desk, public=public)
    return page(request, "overview.html", status=400, complaint=complaint, is_part=False, **context)
