"""HXL: the plain table with a row of hashtags below its header.

Reads   ExportIncidents.
Writes  UTF-8 CSV with header, tags, and an incident a line.
Never   uses a tag twice.

Tags in use at the Humanitarian Data Exchange where there are any; the others follow the pattern.
"""

from __future__ import annotations

import csv
from typing import TextIO

from marsad.publish.exports.cells import safe_cell
from marsad.publish.exports.columns import COLUMNS, incident_row
from marsad.publish.exports.content import ExportIncident
from marsad.publish.exports.format import Context, Format, Loss, Writer, Written
from marsad.publish.exports.incidents_csv import BOM
from marsad.publish.exports.incidents_csv import FORMAT as PLAIN


class HxlCsv(Writer):
    """Writes the table, header and tags at once."""

    def __init__(self, stream: TextIO, context: Context) -> None:
        self.written = Written()
        self._policy = context.policy
        stream.write(BOM if context.bom else "")
        self._rows = csv.writer(stream, lineterminator="\n")
        self._rows.writerow(column.name for column in COLUMNS)
        self._rows.writerow(column.tag for column in COLUMNS)

    def add(self, incident: ExportIncident) -> None:
        """Write one line."""
        row = incident_row(incident, self._policy)
        self._rows.writerow([safe_cell(value) for value in row.values()])
        self.written.rows += 1


FORMAT = Format(
    name="hxl",
    file_name="incidents-hxl.csv",
    media_type="text/csv",
    losses=(
        *PLAIN.losses,
        Loss("second-order divisions and p-codes", "not known, so there is no #adm2"),
    ),
    to_stream=HxlCsv,
)
