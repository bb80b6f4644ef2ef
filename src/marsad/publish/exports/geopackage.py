"""GeoPackage 1.3: incidents as a layer that QGIS opens.

Reads   ExportIncidents.
Writes  a SQLite file with one layer of points, `incidents`, and one table, `claims`.
Never   puts a pin where only a province or a country is known: such a row has no geometry.

By hand, since the format is a handful of tables and GDAL weighs a hundred megabytes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from marsad.errors import ExportError
from marsad.publish.exports.cells import Cell
from marsad.publish.exports.claims_csv import CLAIM_COLUMNS, claim_row
from marsad.publish.exports.columns import COLUMNS, Column, incident_row
from marsad.publish.exports.content import ExportIncident
from marsad.publish.exports.format import Context, Format, Loss, Writer, Written
from marsad.publish.exports.geometry import WGS84, geopackage_point

_TYPES = {"string": "TEXT", "integer": "MEDIUMINT", "number": "DOUBLE", "date": "DATE"}
_WKT = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AUTHORITY["EPSG","4326"]]'
)
_SCHEMA = """
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE,
  max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
"""
_BATCH_ROWS = 1000


class GeoPackage(Writer):
    """Writes the file, some rows at a time."""

    def __init__(self, path: Path, context: Context) -> None:
        self.written = Written()
        self._context = context
        self._box: list[float] | None = None
        self._incidents: list[Sequence[Cell | bytes]] = []
        self._claims: list[Sequence[Cell]] = []
        # The file is a temporary one until it is whole, so a lost write loses nothing.
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.executescript(_SCHEMA)
        self._connection.execute("BEGIN")
        self._make_tables()

    def add(self, incident: ExportIncident) -> None:
        """Write a row of the layer, and one for each of the claims.

        Raises:
            ExportError: the file cannot be written, as when the disk is full.
        """
        point = incident.where.point if incident.where else None
        row = incident_row(incident, self._context.policy)
        geometry = None if point is None else geopackage_point(point)
        self.written.rows += 1
        self._incidents.append((self.written.rows, geometry, *row.values()))
        self._claims += [tuple(claim_row(incident, c).values()) for c in incident.claims]
        if point is not None:
            self._extend(point)
        if len(self._incidents) >= _BATCH_ROWS:
            self._flush()

    def finish(self) -> None:
        """Write what remains and the layer's extent, and close the file."""
        self._flush()
        if self._box is not None:
            self._connection.execute(
                "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? "
                "WHERE table_name = 'incidents'",
                self._box,
            )
        with _saying_why():
            self._connection.execute("COMMIT")
        self._connection.close()

    def abandon(self) -> None:
        """Close the file."""
        self._connection.close()

    def _make_tables(self) -> None:
        run = self._connection.execute
        systems = (
            ("Undefined Cartesian", -1, "NONE", -1, "undefined", None),
            ("Undefined geographic", 0, "NONE", 0, "undefined", None),
            ("WGS 84 geodetic", WGS84, "EPSG", WGS84, _WKT, "longitude, latitude in degrees"),
        )
        for system in systems:
            run("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", system)
        run(
            "CREATE TABLE incidents (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
            f"geom POINT, {_declare(COLUMNS)})"
        )
        run(f"CREATE TABLE claims (fid INTEGER PRIMARY KEY NOT NULL, {_declare(CLAIM_COLUMNS)})")
        changed = self._context.made_at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        about = "The numbers are a documented minimum and its range, no count of all who died"
        insert = (
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, "
            "last_change, srs_id) VALUES (?, ?, ?, ?, ?, ?)"
        )
        run(insert, ("incidents", "features", "incidents", about, changed, WGS84))
        run(insert, ("claims", "attributes", "claims", "Who says what", changed, 0))
        run(
            "INSERT INTO gpkg_geometry_columns VALUES ('incidents', 'geom', 'POINT', ?, 0, 0)",
            (WGS84,),
        )

    def _flush(self) -> None:
        marks = ", ".join("?" * (len(COLUMNS) + 2))
        claim_marks = ", ".join("?" * len(CLAIM_COLUMNS))
        with _saying_why():
            self._connection.executemany(f"INSERT INTO incidents VALUES ({marks})", self._incidents)
            self._connection.executemany(
                f"INSERT INTO claims ({_names(CLAIM_COLUMNS)}) VALUES ({claim_marks})",
                self._claims,
            )
        self._incidents, self._claims = [], []

    def _extend(self, point: tuple[float, float]) -> None:
        west, south, east, north = self._box or [*point, *point]
        x, y = point
        self._box = [min(west, x), min(south, y), max(east, x), max(north, y)]


@contextmanager
def _saying_why() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise ExportError(f"the GeoPackage cannot be written: {error}") from error


def _names(columns: Sequence[Column]) -> str:
    return ", ".join(f'"{column.name}"' for column in columns)


def _declare(columns: Sequence[Column]) -> str:
    return ", ".join(f'"{column.name}" {_TYPES[column.kind]}' for column in columns)


FORMAT = Format(
    name="geopackage",
    file_name="incidents.gpkg",
    media_type="application/geopackage+sqlite3",
    losses=(
        Loss("incidents known to a province or country", "stand without a geometry"),
        Loss("other policies", "one policy's numbers stand"),
    ),
    to_path=GeoPackage,
)
