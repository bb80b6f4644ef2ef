"""An incident's page: what is known of it, from whom, in which words, and how that came about.

Reads   the incident's dossier and its changes; for the public what the public profile lets be told.
Writes  pages; what a coder decides on them goes through `decisions`.
Never   shows a name of a private person unless asked by who is signed in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import get_args
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import QueryParams

from marsad.errors import DeskError, UnknownRecord
from marsad.publish.exports.content import RADIUS_KM, ExportIncident
from marsad.publish.exports.protect import protect
from marsad.publish.ledger.page_sections import decision_words
from marsad.publish.ledger.short_ids import short_id
from marsad.publish.wording import KIND_LABELS, MODALITY_LABELS, event_label, when_words
from marsad.records import (
    DEFAULT_POLICY,
    SETTABLE,
    Change,
    Dossier,
    LedgerIncident,
    Outcome,
    Place,
    Policy,
)
from marsad.web.desk import Desk, DeskDep
from marsad.web.guard import ReaderDep
from marsad.web.incident_view import make_incident_page
from marsad.web.pages.decisions import REASONS, done_words, find_done, with_query
from marsad.web.public_view import PUBLIC
from marsad.web.render import page
from marsad.web.rows import count_cell, public_place, span_when
from marsad.web.view import wants_names
from marsad.workflow.dossier import incidents_of, read_dossier, read_history
from marsad.workflow.export import load_items
from marsad.workflow.find import find_id

router = APIRouter()

POLICIES: tuple[Policy, ...] = get_args(Policy)
SET_FIELDS = (*SETTABLE, *get_args(Outcome))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_RESTS = ("policy", "as_of", "names")


@router.get("/incidents/{incident_id}")
def show_incident(request: Request, desk: DeskDep, person: ReaderDep, incident_id: str) -> Response:
    """The page of an incident; an earlier id of it, or enough of one, leads there."""
    query = request.query_params
    policy = read_policy(query)
    moment = read_moment(query.get("as_of", "")) if person else None
    incident = desk.ledger.incident(incident_id, as_of=moment)
    if incident is None or incident.id != incident_id:
        find = _find if person else _find_public
        found = incident.id if incident else find(desk, incident_id, moment)
        if found is not None and found != incident_id:
            return RedirectResponse(_address(found, query, was=incident_id), status_code=303)
    if person is None:
        if incident is None:
            raise UnknownRecord("no incident of this id stands.")
        return _show_public(request, desk, incident, policy)
    dossier, changes = _read(desk, incident_id, moment, query.get("was", ""))
    return _show(request, desk, dossier, changes, policy, stands=incident is not None)


def read_policy(query: QueryParams) -> Policy:
    """The policy of counting that a query names.

    Raises:
        DeskError: there is none of that name.
    """
    given = query.get("policy", "") or DEFAULT_POLICY
    for policy in POLICIES:
        if policy == given:
            return policy
    raise DeskError(f"policy: {given[:80]!r} is not one of {', '.join(POLICIES)}.")


def read_moment(text: str) -> datetime | None:
    """A moment as it is typed, UTC unless it names a zone; a day is all of that day.

    Raises:
        DeskError: it is none.
    """
    given = text.strip()
    if not given:
        return None
    try:
        if _DAY.fullmatch(given):
            return datetime.combine(date.fromisoformat(given), time.max, UTC)
        moment = datetime.fromisoformat(given)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        raise DeskError(
            f"as_of: {given[:80]!r} is no time; write it like 2024-12-26 or 2024-12-26T18:30Z."
        ) from None


def incident_path(incident_id: str) -> str:
    """The address of an incident's page."""
    return f"/incidents/{quote(incident_id, safe='')}"


def _find(desk: Desk, given: str, moment: datetime | None) -> str | None:
    """The incident that the beginning of an id means; None if it is none that ever stood."""
    kind, full = find_id(desk.ledger, given)
    if kind != "incident":
        told = incidents_of(desk.ledger, kind, full)
        return told[0] if told else None
    standing = desk.ledger.incident(full, as_of=moment)
    return standing.id if standing else full


def _find_public(desk: Desk, given: str, _: datetime | None) -> str | None:
    """The same for who may not hear which reports and claims the ledger has."""
    found = [full for kind, full in desk.ledger.find(given) if kind == "incident"]
    standing = desk.ledger.incident(found[0]) if len(found) == 1 else None
    return standing.id if standing else None


def _address(incident_id: str, query: QueryParams, was: str = "") -> str:
    kept = {name: query[name] for name in _RESTS if query.get(name)}
    asked = urlencode(kept | ({"was": was} if was.startswith("incident-") else {}))
    return incident_path(incident_id) + (f"?{asked}" if asked else "")


def _read(
    desk: Desk, incident_id: str, moment: datetime | None, was: str
) -> tuple[Dossier, Sequence[Change]]:
    """The dossier and the changes that made it so; of one that stands no more, its last."""
    full, changes = read_history(desk.ledger, incident_id)
    asked = was if was and was != incident_id else None
    if asked is not None:
        there = desk.ledger.incident(asked, as_of=moment)
        asked = asked if there is not None and there.id == incident_id else None
    if moment is None:
        return full.model_copy(update={"asked": asked}), changes
    dossier = read_dossier(desk.ledger, incident_id, as_of=moment, asked=asked)
    if dossier is None:
        first = min((change.at for change in changes), default="")
        raise UnknownRecord(
            f"{short_id(incident_id)} did not stand at {moment:%Y-%m-%d %H:%M} UTC; the ledger "
            f"knows of it since {first[:10] or 'never'}."
        )
    return dossier, [c for c in changes if datetime.fromisoformat(c.at) <= moment]


def _show(
    request: Request,
    desk: Desk,
    dossier: Dossier,
    changes: Sequence[Change],
    policy: Policy,
    *,
    stands: bool,
) -> Response:
    query = request.query_params
    names = wants_names(query)
    incident = dossier.incident
    kept = {name: query[name] for name in _RESTS if query.get(name)}
    here = incident_path(incident.id)
    undone = {d.seq for d in dossier.decisions} - {
        d.seq for d in desk.ledger.decisions(seqs=[d.seq for d in dossier.decisions if d.seq])
    }
    return page(
        request,
        "incident.html",
        incident=incident,
        dossier=dossier,
        shown=make_incident_page(dossier, changes, policy, names=names),
        short=short_id(incident.id),
        short_id=short_id,
        stands=stands,
        names=names,
        here=here,
        back=with_query(here, **kept) if kept else here,
        policy=policy,
        policy_links=[(name, _with(here, kept, policy=name)) for name in POLICIES],
        names_link=_with(here, kept, names="" if names else "1"),
        now_link=_with(here, kept, as_of=""),
        as_of_link=lambda line: _with(incident_path(line.incident), kept, as_of=line.at),
        kept=kept,
        spot=_spot(incident.place),
        reasons=REASONS,
        decisions=[(d, decision_words(d), d.seq in undone) for d in dossier.decisions],
        done=find_done(desk.ledger, request),
        done_words=done_words,
        set_fields=SET_FIELDS,
        seen=desk.ledger.account_end(),
        modality=MODALITY_LABELS,
    )


def _with(here: str, kept: dict[str, str], **changed: str) -> str:
    asked = {name: value for name, value in (kept | changed).items() if value}
    if asked.get("policy") == DEFAULT_POLICY:
        del asked["policy"]
    return f"{here}?{urlencode(asked)}" if asked else here


def _spot(place: Place | None) -> dict[str, object] | None:
    """What the small map draws; nothing for what is known to no point."""
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return {
        "latitude": place.latitude,
        "longitude": place.longitude,
        "precision": place.precision,
        "radius": RADIUS_KM[place.precision],
    }


def _show_public(
    request: Request, desk: Desk, incident: LedgerIncident, policy: Policy
) -> Response:
    item = next(iter(load_items(desk.ledger, [incident], with_names=True)))
    told = protect(item, PUBLIC)
    here = incident_path(incident.id)
    when = span_when(told.when)
    where = told.where
    spot = None
    if where is not None and where.latitude is not None and where.longitude is not None:
        spot = {
            "latitude": where.latitude,
            "longitude": where.longitude,
            "precision": where.precision,
            "radius": where.radius_km,
        }
    return page(
        request,
        "incident-public.html",
        told=told,
        short=short_id(incident.id),
        kind=event_label(incident.event_type),
        place=public_place(told),
        when=when_words(when) if when else "date not stated",
        counts=_public_counts(told, policy),
        kinds=KIND_LABELS,
        modality=MODALITY_LABELS,
        policy=policy,
        policy_links=[(name, _with(here, {}, policy=name)) for name in POLICIES],
        spot=spot,
    )


def _public_counts(told: ExportIncident, policy: Policy) -> list[tuple[str, object]]:
    """Label and cell of each count, an outcome's total before its groups."""
    counts = sorted(
        told.counts.get(policy, ()),
        key=lambda c: (get_args(Outcome).index(c.outcome), c.group is not None, c.group or ""),
    )
    return [
        (
            f"{c.outcome}, {c.group}" if c.group else c.outcome,
            count_cell(c.low, c.best, c.high),
        )
        for c in counts
    ]
