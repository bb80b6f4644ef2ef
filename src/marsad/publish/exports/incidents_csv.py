"""Plain CSV: an incident a line, low, best and high of each outcome, who says so.

Reads   ExportIncidents.
Writes  UTF-8 CSV (RFC 4180) with a header; a list in a cell is separated by semicolons.
Never   writes a cell that a spreadsheet takes for a formula.
"""

from __future__ import annotations

import csv
from typing import TextIO

from marsad.publish.exports.cells import safe_cell
from marsad.publish.exports.columns import COLUMNS, NAMES, incident_row
from marsad.publish.exports.content import ExportIncident
from marsad.publish.exports.format import Context, Format, Loss, Writer, Written

BOM = "\ufeff"


class IncidentsCsv(Writer):
    """Writes the table, the header at once."""

    def __init__(self, stream: TextIO, context: Context) -> None:
        self.written = Written()
        self._policy = context.policy
        stream.write(BOM if context.bom else "")
        self._rows = csv.writer(stream, lineterminator="\n")
        self._rows.writerow(NAMES)

    def add(self, incident: ExportIncident) -> None:
        """Write one line."""
        row = incident_row(incident, self._policy)
        self._rows.writerow([safe_cell(value) for value in row.values()])
        self.written.rows += 1


FORMAT = Format(
    name="csv",
    file_name="incidents.csv",
    media_type="text/csv",
    losses=(
        Loss("which source gave which number", "only the totals and the list of sources stand"),
        Loss("the words that values were read from", "left out; they are in claims"),
        Loss("claims", "left out; they are in claims"),
        Loss("how figures moved", "left out; 'marsad history' tells it"),
        Loss("other policies", "one policy's numbers stand"),
    ),
    to_stream=IncidentsCsv,
    columns=COLUMNS,
)
