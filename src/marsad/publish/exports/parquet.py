"""Parquet (GeoParquet 1.0): the plain table in columns, with points as well-known binary.

Reads   ExportIncidents.
Writes  one file, some thousand rows at a time.
Never   puts a pin where only a province or a country is known: such a row has no geometry.

Needs pyarrow, which the extra `marsad[parquet]` installs.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from marsad.errors import ExportError
from marsad.publish.exports.cells import Cell
from marsad.publish.exports.columns import COLUMNS, FIGURES_ARE, incident_row
from marsad.publish.exports.content import ExportIncident
from marsad.publish.exports.format import Context, Format, Loss, Writer, Written

_GROUP_ROWS = 5000
_GEOMETRY = "geometry"


class Parquet(Writer):
    """Writes the file, a row group at a time."""

    def __init__(self, path: Path, context: Context) -> None:
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError as error:
            raise ExportError(
                "Parquet needs pyarrow, which is not installed. "
                "Install it with: pip install 'marsad[parquet]'"
            ) from error
        self.written = Written()
        self._policy = context.policy
        self._arrow: Any = pyarrow
        self._schema = self._make_schema(context)
        self._file: Any = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def add(self, incident: ExportIncident) -> None:
        """Keep a row until its group is full."""
        from marsad.publish.exports.geometry import wkb_point

        point = incident.where.point if incident.where else None
        row: dict[str, Any] = dict(incident_row(incident, self._policy))
        for column in COLUMNS:
            if column.kind == "date":
                row[column.name] = _as_date(row[column.name])
        row[_GEOMETRY] = None if point is None else wkb_point(point)
        self._rows.append(row)
        self.written.rows += 1
        if len(self._rows) >= _GROUP_ROWS:
            self._flush()

    def finish(self) -> None:
        """Write what remains, and the file's foot."""
        self._flush()
        self._file.close()

    def abandon(self) -> None:
        """Close the file."""
        self._file.close()

    def _flush(self) -> None:
        if self._rows:
            self._file.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []

    def _make_schema(self, context: Context) -> Any:
        arrow = self._arrow
        types = {
            "string": arrow.string(),
            "integer": arrow.int64(),
            "number": arrow.float64(),
            "date": arrow.date32(),
        }
        fields = [
            arrow.field(column.name, types[column.kind], metadata={"meaning": column.meaning})
            for column in COLUMNS
        ]
        fields.append(arrow.field(_GEOMETRY, arrow.binary()))
        geo = {
            "version": "1.0.0",
            "primary_column": _GEOMETRY,
            "columns": {_GEOMETRY: {"encoding": "WKB", "geometry_types": ["Point"]}},
        }
        about = {"figures_are": FIGURES_ARE, "policy": context.policy, "profile": context.profile}
        return arrow.schema(fields, metadata={"geo": json.dumps(geo), "marsad": json.dumps(about)})


def _as_date(value: Cell) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


FORMAT = Format(
    name="parquet",
    file_name="incidents.parquet",
    media_type="application/vnd.apache.parquet",
    losses=(
        Loss("incidents known to a province or country", "stand without a geometry"),
        Loss("claims and their words", "left out; they are in claims"),
        Loss("other policies", "one policy's numbers stand"),
    ),
    to_path=Parquet,
)
