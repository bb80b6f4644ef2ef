"""PLOVER: a claim a line, as JSON, coded as the manual's draft 2.0 says.

Reads   ExportIncidents and the crosswalks.
Writes  JSONL. What PLOVER has no field for stands under the key "marsad".
Never   writes a claim without a date, which PLOVER requires: it counts them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from marsad.codebook.actor_crosswalk import load_actor_crosswalk
from marsad.codebook.event_types import load_event_types
from marsad.publish.exports.claims_csv import figure_words
from marsad.publish.exports.content import ClaimNote, ExportIncident, FigureNote, Party, Where
from marsad.publish.exports.format import Context, Format, Loss, Writer, Written
from marsad.records import Modality, Outcome, PlacePrecision

_QUADS = {"AGREE": 1, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4, "PROTEST": 4, "THREATEN": 3}
# The manual's auxiliary modes, by what marsad says of a claim.
_AUXILIARY: dict[Modality, str] = {
    "denied": "negation",
    "planned": "future",
    "threatened": "future",
    "hypothetical": "hypothetical",
    "historical": "historical",
}
_SIZES: tuple[tuple[str, Outcome], ...] = (
    ("dead", "killed"),
    ("injured", "injured"),
    ("arrested", "detained"),
    ("abducted", "abducted"),
    ("missing", "missing"),
    ("displaced", "displaced"),
)
_RESOLUTIONS: dict[PlacePrecision, int] = {
    "site": 5,
    "town": 4,
    "district": 3,
    "province": 2,
    "country": 1,
}


class PloverJsonl(Writer):
    """Writes a line for each claim."""

    def __init__(self, stream: TextIO, context: Context) -> None:
        self.written = Written()
        self._stream, self._context = stream, context

    def add(self, incident: ExportIncident) -> None:
        """Write a line for each of its claims that has a date."""
        for claim in incident.claims:
            if claim.when is None:
                self.written.left_out["claims without a date"] += 1
                continue
            record = plover_record(incident, claim, self._context)
            self._stream.write(json.dumps(record, ensure_ascii=False) + "\n")
            self.written.rows += 1


def plover_record(incident: ExportIncident, claim: ClaimNote, context: Context) -> dict[str, Any]:
    """The claim as a PLOVER record; empty fields are left out."""
    walk = load_event_types()[claim.event_type].crosswalk
    assert claim.when is not None
    auxiliary = _AUXILIARY.get(claim.modality)
    record = {
        "id": claim.id,
        "date": claim.when.start,
        "enddate": claim.when.end if claim.when.end != claim.when.start else None,
        "event": [walk.plover_type],
        "mode": [walk.plover_mode] if walk.plover_mode else None,
        "context": [auxiliary] if auxiliary else None,
        "quad_code": _QUADS.get(walk.plover_type),
        "actor": _entities(claim.actors) or [{"sector": "UNK", "entity_text": "not stated"}],
        "recipient": _entities(claim.recipients),
        "event_loc": _location(claim.where),
        "size": _size(claim.figures),
        "event_text": [{"start": claim.start, "end": claim.end}],
        "text": claim.quote,
        "cite_info": _citation(incident, claim, context),
        "link": [incident.id],
        "comment": _comment(incident, claim),
        "marsad": _extra(incident, claim),
    }
    return {key: value for key, value in record.items() if value not in (None, [], {})}


def _entities(parties: Iterable[Party]) -> list[dict[str, Any]]:
    walk = load_actor_crosswalk()
    return [
        {key: value for key, value in entity.items() if value is not None}
        for party in parties
        for entity in (
            {
                "code": party.country,
                "sector": walk[party.kind].plover,
                "entity_text": party.name,
                "identifier_text": party.actor_id,
            },
        )
    ]


def _location(where: Where | None) -> dict[str, Any] | None:
    if where is None:
        return None
    town = where.name if where.precision in ("site", "town") else None
    location = {
        "resolved_place": where.name,
        "geonameid": where.geonameid,
        "lat": where.latitude,
        "lon": where.longitude,
        "city": town,
        "district": where.name if where.precision == "district" and not where.coarse else None,
        "province": where.admin1,
        "country": where.country_name or None,
        "country_code": where.country,
        "resolution": _RESOLUTIONS[where.precision],
    }
    return {key: value for key, value in location.items() if value is not None}


def _size(figures: Iterable[FigureNote]) -> dict[str, int]:
    """The low bound of the largest figure of each outcome: PLOVER holds one number."""
    whole = [figure for figure in figures if not figure.part]
    found = {
        name: max((f.low for f in whole if f.outcome == outcome), default=None)
        for name, outcome in _SIZES
    }
    return {name: low for name, low in found.items() if low is not None}


def _citation(incident: ExportIncident, claim: ClaimNote, context: Context) -> dict[str, str]:
    report = next((r for r in incident.reports if r.id == claim.report), None)
    citation = {
        "citation": claim.report,
        "url": report.url if report else None,
        "title": report.title if report else None,
        "publication": report.outlet if report else None,
        "language": report.language if report else None,
        "coder": f"marsad {context.version}",
        "codebook": "PLOVER draft 2.0",
    }
    return {key: value for key, value in citation.items() if value is not None}


def _comment(incident: ExportIncident, claim: ClaimNote) -> str:
    chain = ", cited by ".join(speaker.name for speaker in claim.speakers)
    disputed = "; this claim is disputed or disputes another" if claim.disputed else ""
    return f"{claim.modality}, according to {chain}; the incident is {incident.status}{disputed}"


def _extra(incident: ExportIncident, claim: ClaimNote) -> dict[str, Any]:
    """What PLOVER cannot hold."""
    where, when = claim.where, claim.when
    extra = {
        "event_type": claim.event_type,
        "modality": claim.modality,
        "incident": incident.id,
        "incident_status": incident.status,
        "part": claim.part,
        "disputed": claim.disputed,
        "speakers": [{"source": s.name, "kind": s.kind} for s in claim.speakers],
        "date_precision": when.precision if when else None,
        "place_precision": where.precision if where else None,
        "relation": where.relation if where else None,
        "actor_kinds": [party.kind for party in claim.actors],
        "recipient_kinds": [party.kind for party in claim.recipients],
        "figures": [
            {"outcome": f.outcome, "group": f.group, "low": f.low, "high": f.high,
             "qualifier": f.qualifier, "part": f.part, "words": figure_words(f)}
            for f in claim.figures
        ],
        "published": next((r.published for r in incident.reports if r.id == claim.report), None),
        "confidence": claim.confidence,
        "disputes": [
            {"about": d.about, "claim": d.claim}
            for d in incident.disputes
            if d.counterclaim == claim.id
        ],
        "disputed_by": _undated_rivals(incident, claim),
    }  # fmt: skip
    return {key: value for key, value in extra.items() if value not in (None, [])}


def _undated_rivals(incident: ExportIncident, claim: ClaimNote) -> list[dict[str, str]]:
    """Who disputes a claim without a date of their own, so that no record says it."""
    undated = {c.id: c.speakers[0].name for c in incident.claims if c.when is None}
    return [
        {"about": d.about, "source": undated[d.counterclaim]}
        for d in incident.disputes
        if d.claim == claim.id and d.counterclaim in undated
    ]


FORMAT = Format(
    name="plover",
    file_name="claims-plover.jsonl",
    media_type="application/x-ndjson",
    losses=(
        Loss("claims without a date", "left out, counted: PLOVER requires a date"),
        Loss("low and high of a figure", "'size' has the low; the range is under 'marsad'"),
        Loss("who says so, status, modality", "in 'comment' and under 'marsad'"),
        Loss("totals of incidents", "left out: PLOVER has records, no accounts of them"),
    ),
    to_stream=PloverJsonl,
)
