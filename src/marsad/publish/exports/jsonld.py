"""JSON-LD: incidents as schema.org Events, what sources say of them as Claims.

Reads   ExportIncidents.
Writes  one document with a context and a graph, node by node.
Never   gives an Event without its status. Terms that schema.org lacks are ours ("marsad:").
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from marsad.publish.exports.columns import FIGURES_ARE, dispute_words
from marsad.publish.exports.content import ClaimNote, ExportIncident, Party, ReportNote, Where
from marsad.publish.exports.format import Context, Format, Loss, Writer, Written
from marsad.publish.exports.notes import place_phrase
from marsad.publish.wording import event_label
from marsad.records import Policy

CONTEXT = {"@vocab": "https://schema.org/", "marsad": "urn:marsad:", "id": "@id", "type": "@type"}


class JsonLd(Writer):
    """Writes the document, a node a line."""

    def __init__(self, stream: TextIO, context: Context) -> None:
        self.written = Written()
        self._stream, self._policy = stream, context.policy
        stream.write(f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": [')

    def add(self, incident: ExportIncident) -> None:
        """Write the event, its reports and its claims."""
        for node in _nodes(incident, self._policy):
            mark = ",\n" if self.written.rows else "\n"
            bare = {key: value for key, value in node.items() if value not in (None, [], "")}
            self._stream.write(mark + json.dumps(bare, ensure_ascii=False))
            self.written.rows += 1

    def finish(self) -> None:
        """Close the document."""
        self._stream.write("\n]}\n")


def _nodes(incident: ExportIncident, policy: Policy) -> Iterator[dict[str, Any]]:
    yield _event(incident, policy)
    for report in incident.reports:
        yield _report(report)
    for claim in incident.claims:
        yield _claim(incident, claim)


def _event(incident: ExportIncident, policy: Policy) -> dict[str, Any]:
    when, where = incident.when, incident.where
    return {
        "id": f"marsad:{incident.id}",
        "type": "Event",
        "name": f"{event_label(incident.event_type)} {place_phrase(where)}",
        "startDate": when.start if when else None,
        "endDate": when.end if when else None,
        "location": _place(where),
        "marsad:eventType": incident.event_type,
        "marsad:status": incident.status,
        "marsad:datePrecision": when.precision if when else None,
        "marsad:actor": [_party(p) for p in incident.actors],
        "marsad:recipient": [_party(p) for p in incident.recipients],
        "marsad:figuresAre": FIGURES_ARE,
        "marsad:policy": policy,
        "marsad:figure": [
            {"type": "QuantitativeValue", "name": c.outcome, "marsad:group": c.group,
             "minValue": c.low, "value": c.best, "maxValue": c.high}
            for c in incident.counts.get(policy, ())
        ],
        "marsad:dispute": [dispute_words(d) for d in incident.disputes],
        "marsad:source": [speaker.name for speaker in incident.sources],
        "marsad:reviewed": incident.reviewed,
        "subjectOf": [{"id": f"marsad:{report.id}"} for report in incident.reports],
    }  # fmt: skip


def _place(where: Where | None) -> dict[str, Any] | None:
    if where is None:
        return None
    place: dict[str, Any] = {
        "type": "Place",
        "name": where.name,
        "address": {
            "type": "PostalAddress",
            "addressRegion": where.admin1,
            "addressCountry": where.country,
        },
        "marsad:precision": where.precision,
        "marsad:radiusKm": where.radius_km,
        "marsad:relation": where.relation,
    }
    if where.point is not None:
        longitude, latitude = where.point
        place["geo"] = {"type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    return place


def _party(party: Party) -> dict[str, Any]:
    return {"name": party.name, "marsad:kind": party.kind, "identifier": party.actor_id}


def _report(report: ReportNote) -> dict[str, Any]:
    return {
        "id": f"marsad:{report.id}",
        "type": "NewsArticle",
        "headline": report.title,
        "datePublished": report.published,
        "url": report.url,
        "inLanguage": report.language,
        "publisher": {"type": "Organization", "name": report.outlet} if report.outlet else None,
    }


def _claim(incident: ExportIncident, claim: ClaimNote) -> dict[str, Any]:
    return {
        "id": f"marsad:{claim.id}",
        "type": "Claim",
        "text": claim.quote,
        "author": {"name": claim.speakers[0].name, "marsad:kind": claim.speakers[0].kind},
        "marsad:chain": [speaker.name for speaker in claim.speakers],
        "appearance": {"id": f"marsad:{claim.report}"},
        "about": {"id": f"marsad:{incident.id}"},
        "marsad:part": claim.part,
        "marsad:disputed": claim.disputed,
        "marsad:modality": claim.modality,
        "marsad:incidentStatus": incident.status,
    }


FORMAT = Format(
    name="jsonld",
    file_name="incidents.jsonld",
    media_type="application/ld+json",
    losses=(
        Loss("status, figures, disputes, precision", "under terms of our own: schema.org has none"),
        Loss("figures of single claims", "left out; they are in claims"),
        Loss("points of provinces and countries", "left out: they say nothing of where it was"),
        Loss("other policies", "one policy's numbers stand"),
    ),
    to_stream=JsonLd,
)
