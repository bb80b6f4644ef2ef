"""FollowTheMoney: incidents, parties, places and reports as entities, a line of JSON each.

Reads   ExportIncidents and the actor crosswalk.
Writes  JSONL of entities (schemata Event, Organization and others, Address, Article).
Never   makes an entity of a person whose name is withheld: many would become one.

Entities that are told of often stand often; FollowTheMoney merges them by id. Written by hand,
since the library needs a compiled ICU; schemata and properties are those of version 4.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from marsad.codebook.actor_crosswalk import load_actor_crosswalk
from marsad.publish.exports.content import ExportIncident, Party, ReportNote, Where
from marsad.publish.exports.countries import country_alpha2
from marsad.publish.exports.format import Context, Format, Loss, Writer, Written
from marsad.publish.exports.notes import incident_notes, place_phrase
from marsad.publish.privacy import WITHHELD
from marsad.publish.wording import event_label
from marsad.records import Policy, content_id

Entity = dict[str, Any]


class FtmJsonl(Writer):
    """Writes the entities of each incident."""

    def __init__(self, stream: TextIO, context: Context) -> None:
        self.written = Written()
        self._stream, self._policy = stream, context.policy

    def add(self, incident: ExportIncident) -> None:
        """Write the event after what it refers to."""
        for entity in _entities(incident, self._policy):
            self._stream.write(json.dumps(entity, ensure_ascii=False) + "\n")
            self.written.rows += 1


def _entities(incident: ExportIncident, policy: Policy) -> Iterator[Entity]:
    named = [p for p in (*incident.actors, *incident.recipients) if WITHHELD not in p.name]
    parties = [_party(party) for party in dict.fromkeys(named)]
    articles = [_article(report) for report in incident.reports]
    address = _address(incident.where)
    yield from parties
    yield from articles
    if address is not None:
        yield address
    yield _event(incident, policy, parties, articles, address)


def _entity(schema: str, entity_id: str, **properties: str | Iterable[str] | None) -> Entity:
    """An entity; every value is a list of strings, and none is empty."""
    listed = {
        name: [value] if isinstance(value, str) else list(value or ())
        for name, value in properties.items()
    }
    kept = {name: values for name, values in listed.items() if values}
    return {"id": entity_id, "schema": schema, "properties": kept}


def _party(party: Party) -> Entity:
    schema = load_actor_crosswalk()[party.kind].ftm
    entity_id = content_id("party", party.actor_id or party.name, party.kind)
    return _entity(schema, entity_id, name=party.name, country=_country(party.country))


def _article(report: ReportNote) -> Entity:
    title = report.title or f"Report in {report.outlet or 'an unnamed outlet'}"
    return _entity(
        "Article",
        report.id,
        name=title,
        title=title,
        publisher=report.outlet,
        publishedAt=report.published,
        sourceUrl=report.url,
    )


def _address(where: Where | None) -> Entity | None:
    if where is None:
        return None
    longitude, latitude = where.point or (None, None)
    parts = (where.name, where.country, where.precision, latitude, longitude, where.relation)
    return _entity(
        "Address",
        content_id("address", *parts),
        full=place_phrase(where),
        city=where.name if where.precision == "town" else None,
        region=where.admin1,
        country=_country(where.country),
        latitude=None if latitude is None else str(latitude),
        longitude=None if longitude is None else str(longitude),
        remarks=f"precision: {where.precision}, within about {where.radius_km} km",
    )


def _event(
    incident: ExportIncident,
    policy: Policy,
    parties: list[Entity],
    articles: list[Entity],
    address: Entity | None,
) -> Entity:
    when, where = incident.when, incident.where
    return _entity(
        "Event",
        incident.id,
        name=f"{event_label(incident.event_type)} {place_phrase(where)}",
        startDate=when.start if when else None,
        endDate=when.end if when else None,
        location=place_phrase(where) if where else None,
        country=_country(where.country) if where else None,
        summary=incident_notes(incident, policy),
        keywords=(incident.event_type, incident.status),
        recordId=incident.id,
        involved=[party["id"] for party in parties],
        addressEntity=address["id"] if address else None,
        proof=[article["id"] for article in articles],
        sourceUrl=[report.url for report in incident.reports if report.url],
    )


def _country(alpha3: str | None) -> str | None:
    code = country_alpha2(alpha3)
    return code.lower() if code else None


FORMAT = Format(
    name="ftm",
    file_name="incidents.ftm.jsonl",
    media_type="application/x-ndjson",
    losses=(
        Loss("figures, disputes, who says what", "in the event's summary only"),
        Loss("who did it and to whom", "both are 'involved', without their part in it"),
        Loss("claims", "left out; they are in claims"),
        Loss("precision of dates and places", "in summary and remarks only"),
    ),
    to_stream=FtmJsonl,
)
