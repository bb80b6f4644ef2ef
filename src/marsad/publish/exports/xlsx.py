"""XLSX: a workbook of incidents, claims, reports and codebook, for those who work in spreadsheets.

Reads   ExportIncidents.
Writes  one file; rows go to disk as they come.
Never   writes a formula: every text is a text cell, and neutralised like CSV's, since the sheet
        may be saved as CSV.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from marsad.codebook.event_types import load_event_types
from marsad.errors import ExportError
from marsad.publish.exports.cells import Cell, text_cell
from marsad.publish.exports.claims_csv import CLAIM_COLUMNS, claim_row
from marsad.publish.exports.columns import COLUMNS, FIGURES_ARE, incident_row
from marsad.publish.exports.content import ExportIncident, ReportNote
from marsad.publish.exports.format import Context, Format, Loss, Writer, Written
from marsad.publish.safe_text import shorten

MAX_ROWS = 1_048_576
MAX_CELL_SIGNS = 32_767
_REPORT_COLUMNS = (
    "report_id", "incident_id", "outlet", "title", "published", "url", "language",
)  # fmt: skip
_WIDTHS = {"id": 22, "disputes": 40, "quote": 60, "title": 40, "place": 18, "meaning": 60}


class Workbook(Writer):
    """Writes the workbook, a row after the other in each sheet."""

    def __init__(self, path: Path, context: Context) -> None:
        import xlsxwriter

        self.written = Written()
        self._policy = context.policy
        # Rows are kept on disk beside the target, not in memory.
        options = {"constant_memory": True, "tmpdir": str(path.parent), "in_memory": False}
        self._book: Any = xlsxwriter.Workbook(str(path), options)
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        self._next: dict[str, int] = {}
        self._sheets: dict[str, Any] = {}
        self._add_about(context)
        self._add_sheet("incidents", [column.name for column in COLUMNS])
        self._add_sheet("claims", [column.name for column in CLAIM_COLUMNS])
        self._add_sheet("reports", _REPORT_COLUMNS)
        self._add_codebook()

    def add(self, incident: ExportIncident) -> None:
        """Write its row, and those of its claims and reports."""
        self._row("incidents", incident_row(incident, self._policy).values())
        for claim in incident.claims:
            self._row("claims", claim_row(incident, claim).values())
        for report in incident.reports:
            self._row("reports", _report_row(incident, report))
        self.written.rows += 1

    def finish(self) -> None:
        """Put the sheets together into the file."""
        self._book.close()

    def abandon(self) -> None:
        """Close the sheets' files; the library does so only when it puts them together."""
        for sheet in self._sheets.values():
            sheet.row_data_fh.close()
        self._book.fileclosed = True

    def _add_sheet(self, name: str, heads: Sequence[str]) -> None:
        sheet = self._sheets[name] = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for place, head in enumerate(heads):
            sheet.set_column(place, place, _WIDTHS.get(head, 14))
        for place, head in enumerate(heads):
            sheet.write_string(0, place, head, self._head)
        self._next[name] = 1

    def _row(self, name: str, cells: Iterable[Cell]) -> None:
        row = self._next[name]
        if row >= MAX_ROWS:
            raise ExportError(
                f"the sheet {name!r} would have more than {MAX_ROWS:,} rows, which XLSX cannot "
                "hold. Narrow the filter, or export csv, parquet or geopackage."
            )
        sheet = self._sheets[name]
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, place, shorten(text_cell(cell), MAX_CELL_SIGNS))
            elif cell is not None:
                sheet.write_number(row, place, cell)
        self._next[name] = row + 1

    def _add_about(self, context: Context) -> None:
        self._add_sheet("about", ("what", "meaning"))
        made_at = context.made_at.isoformat(timespec="seconds")
        for row in (
            ("made", f"{made_at} by marsad {context.version}"),
            ("figures", f"{FIGURES_ARE} and range; no count of all who died"),
            ("policy", context.policy),
            ("profile", context.profile),
            *((column.name, column.meaning) for column in COLUMNS),
        ):
            self._row("about", row)

    def _add_codebook(self) -> None:
        self._add_sheet("codebook", ("event_type", "label", "kind", "meaning"))
        for entry in load_event_types().values():
            self._row("codebook", (entry.code, entry.label, entry.kind, entry.definition))


def _report_row(incident: ExportIncident, report: ReportNote) -> tuple[Cell, ...]:
    head = (report.id, incident.id, report.outlet, report.title)
    return (*head, report.published, report.url, report.language)


FORMAT = Format(
    name="xlsx",
    file_name="incidents.xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    losses=(
        Loss("dates", "text cells (2024-12-25): spreadsheets' own dates know no intervals"),
        Loss(f"cells longer than {MAX_CELL_SIGNS:,} signs", "cut, with an ellipsis"),
        Loss("places in the text that a value was read from", "only the quote stands"),
        Loss("other policies", "one policy's numbers stand"),
    ),
    to_path=Workbook,
)
