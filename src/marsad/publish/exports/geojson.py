"""GeoJSON (RFC 7946): a feature an incident, with the precision of its place beside it.

Reads   ExportIncidents.
Writes  one FeatureCollection, feature by feature.
Never   puts a pin where only a province or a country is known: such a feature has no geometry,
        as RFC 7946 allows. A disc would claim an extent that nobody told of.
"""

from __future__ import annotations

import json
from typing import Any, TextIO

from marsad.publish.exports.columns import FIGURES_ARE, incident_row
from marsad.publish.exports.content import ExportIncident
from marsad.publish.exports.format import Context, Format, Loss, Writer, Written


class GeoJson(Writer):
    """Writes the collection, a feature a line."""

    def __init__(self, stream: TextIO, context: Context) -> None:
        self.written = Written()
        self._stream, self._context = stream, context
        stream.write('{"type": "FeatureCollection",\n')
        about = {"figures_are": FIGURES_ARE, "policy": context.policy, "profile": context.profile}
        stream.write(f'"marsad": {json.dumps(about)},\n"features": [')

    def add(self, incident: ExportIncident) -> None:
        """Write one feature."""
        mark = ",\n" if self.written.rows else "\n"
        feature = make_feature(incident, self._context)
        self._stream.write(mark + json.dumps(feature, ensure_ascii=False))
        self.written.rows += 1

    def finish(self) -> None:
        """Close the collection."""
        self._stream.write("\n]}\n")


def make_feature(incident: ExportIncident, context: Context) -> dict[str, Any]:
    """The incident as a feature; its properties are the columns of the plain table."""
    point = incident.where.point if incident.where else None
    row = incident_row(incident, context.policy)
    left_out = ("id", "latitude", "longitude")
    properties = {name: value for name, value in row.items() if name not in left_out}
    geometry = None if point is None else {"type": "Point", "coordinates": list(point)}
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": geometry,
        "properties": {"id": incident.id, **properties},
    }


FORMAT = Format(
    name="geojson",
    file_name="incidents.geojson",
    media_type="application/geo+json",
    losses=(
        Loss("incidents known to a province or country", "stand without a geometry"),
        Loss("claims and their words", "left out; they are in claims"),
        Loss("other policies", "one policy's numbers stand"),
    ),
    to_stream=GeoJson,
)
