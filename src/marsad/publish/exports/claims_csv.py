"""Claims CSV: what each source says, a claim a line, with the words it was read from.

Reads   ExportIncidents.
Writes  UTF-8 CSV (RFC 4180) with a header; a list in a cell is separated by semicolons.
Never   gives a claim of a contested incident without saying so.
"""

from __future__ import annotations

import csv
from typing import TextIO

from marsad.publish.exports.cells import Cell, joined, safe_cell
from marsad.publish.exports.columns import Column, party_names, place_cells
from marsad.publish.exports.content import ClaimNote, ExportIncident, FigureNote
from marsad.publish.exports.format import Context, Format, Loss, Writer, Written
from marsad.publish.exports.incidents_csv import BOM
from marsad.publish.wording import range_words

CLAIM_COLUMNS: tuple[Column, ...] = (
    Column("claim_id", "string", "the claim's id in the ledger"),
    Column("incident_id", "string", "the incident it belongs to"),
    Column("incident_status", "string", "single-source, corroborated, contested, discounted"),
    Column("part", "string", "claim, counterclaim (it disputes one), mention (it looks back)"),
    Column("disputed", "string", "yes: it disputes another claim of the incident, or is disputed"),
    Column("modality", "string", "asserted, alleged, denied, planned, threatened, …"),
    Column("source", "string", "who says so"),
    Column("source_kind", "string", "what kind of source"),
    Column("chain", "string", "who tells of it, the claimant first, the outlet last"),
    Column("report_id", "string", "the report it stands in"),
    Column("outlet", "string", "where that was published"),
    Column("published", "string", "when"),
    Column("url", "string", "its address"),
    Column("event_type", "string", "marsad's code"),
    Column("start", "date", "first possible day"),
    Column("end", "date", "last possible day"),
    Column("date_precision", "string", "day, week, month, season, year"),
    Column("place", "string", "the place's name"),
    Column("relation", "string", "the word that loosens the place"),
    Column("place_precision", "string", "site, town, district, province, country"),
    Column("radius_km", "integer", "it lies within about so far of the point"),
    Column("admin1", "string", "first-order division"),
    Column("country", "string", "ISO 3166-1 alpha-3"),
    Column("country_name", "string", "the country in English"),
    Column("latitude", "number", "of the place's point, WGS 84"),
    Column("longitude", "number", "of the place's point, WGS 84"),
    Column("geonameid", "integer", "the place in GeoNames"),
    Column("actors", "string", "who did it, as this source says"),
    Column("recipients", "string", "to whom it was done"),
    Column("figures", "string", "the numbers it gives"),
    Column("quote", "string", "its words; short, and without private names, in public exports"),
    Column("confidence", "number", "how sure the reading is, 0 to 1; not how likely the event"),
)


class ClaimsCsv(Writer):
    """Writes the table, the header at once."""

    def __init__(self, stream: TextIO, context: Context) -> None:
        self.written = Written()
        stream.write(BOM if context.bom else "")
        self._rows = csv.writer(stream, lineterminator="\n")
        self._rows.writerow(column.name for column in CLAIM_COLUMNS)

    def add(self, incident: ExportIncident) -> None:
        """Write a line for each of its claims."""
        for claim in incident.claims:
            row = claim_row(incident, claim)
            self._rows.writerow([safe_cell(value) for value in row.values()])
            self.written.rows += 1


def claim_row(incident: ExportIncident, claim: ClaimNote) -> dict[str, Cell]:
    """The values by column, in the columns' order. None where nothing is known."""
    report = next((r for r in incident.reports if r.id == claim.report), None)
    when, source = claim.when, claim.speakers[0]
    return {
        "claim_id": claim.id,
        "incident_id": incident.id,
        "incident_status": incident.status,
        "part": claim.part,
        "disputed": "yes" if claim.disputed else "no",
        "modality": claim.modality,
        "source": source.name,
        "source_kind": source.kind,
        "chain": joined(speaker.name for speaker in claim.speakers),
        "report_id": claim.report,
        "outlet": report.outlet if report else None,
        "published": report.published if report else None,
        "url": report.url if report else None,
        "event_type": claim.event_type,
        "start": when.start if when else None,
        "end": when.end if when else None,
        "date_precision": when.precision if when else None,
        **place_cells(claim.where),
        "actors": party_names(claim.actors),
        "recipients": party_names(claim.recipients),
        "figures": joined(map(figure_words, claim.figures)) or None,
        "quote": claim.quote,
        "confidence": claim.confidence,
    }


def figure_words(figure: FigureNote) -> str:
    """A number as the claim gives it: "killed, children: 3, part of another"."""
    label = f"{figure.outcome}, {figure.group}" if figure.group else figure.outcome
    about = "about " if figure.qualifier == "about" else ""
    part = ", part of another" if figure.part else ""
    return f"{label}: {about}{range_words(figure.low, figure.high)}{part}"


FORMAT = Format(
    name="claims",
    file_name="claims.csv",
    media_type="text/csv",
    losses=(
        Loss("places in the text that a value was read from", "only the quote stands"),
        Loss("why a figure was overtaken or set aside", "left out; 'marsad show' tells it"),
    ),
    to_stream=ClaimsCsv,
    columns=CLAIM_COLUMNS,
)
