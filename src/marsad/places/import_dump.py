"""Import: read a GeoNames dump into the gazetteer, for villages the packaged list lacks.

Reads   a country dump or allCountries, as `XX.zip` or tab-separated text, line by line.
Writes  the gazetteer file, atomically: a copy is filled and put in its place at the
        end, so a stopped import leaves the old file as it was.

Memory stays bounded (one batch of rows). A place that is there already, by its
geonameid, is replaced, so that an import can be repeated.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from marsad.errors import GazetteerError
from marsad.places.build import keeps_alternate, name_rows
from marsad.places.gazetteer import open_gazetteer
from marsad.places.names import plain_name
from marsad.places.schema import precision_of

Progress = Callable[[int, int], None]  # bytes read, bytes in all

BATCH = 2000
COLUMNS = 19
# Feature classes worth a place: divisions, populated places, regions and parks, spots and
# buildings, water, mountains. Roads (R) and undersea features (U) are left out.
KEPT_CLASSES = frozenset("APLSHTV")
# More broken lines than this share means that the file is no dump.
MAX_BAD_SHARE = 0.05
MAX_LINE_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: places added or replaced, left out by kind, unreadable lines."""

    places: int
    skipped: int
    bad_lines: int


def import_dump(
    path: Path, gazetteer_path: Path | None = None, progress: Progress | None = None
) -> ImportReport:
    """Add the places of a GeoNames dump to the gazetteer, which is built first if need be.

    `progress` hears (bytes read, bytes in all). All or nothing.

    Raises:
        GazetteerError: the dump is missing, no GeoNames dump, or the disk is full.
    """
    with closing(open_gazetteer(gazetteer_path)) as gazetteer:
        target = gazetteer.path
    handle, temporary = tempfile.mkstemp(
        prefix=f".{target.name}-", suffix=".part", dir=target.parent
    )
    os.close(handle)
    try:
        shutil.copyfile(target, temporary)
        with closing(sqlite3.connect(temporary)) as connection:
            report = _Importer(connection, path, progress).run()
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(f"importing {path} failed: {error}. Nothing was changed.") from error
    finally:
        Path(temporary).unlink(missing_ok=True)
    return report


@contextmanager
def _open_dump(path: Path) -> Iterator[tuple[IO[bytes], int]]:
    """The dump's text as bytes, with its size; looks into zip files."""
    if not path.is_file():
        raise GazetteerError(
            f"no dump at {path}. Download one, e.g. SY.zip, from "
            f"https://download.geonames.org/export/dump/ and give its path."
        )
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                members = [
                    info
                    for info in archive.infolist()
                    if info.filename.endswith(".txt") and "readme" not in info.filename.lower()
                ]
                if not members:
                    raise GazetteerError(
                        f"{path} holds no GeoNames table (a .txt file beside readme.txt)."
                    )
                member = max(members, key=lambda info: info.file_size)
                with archive.open(member) as stream:
                    yield stream, member.file_size
        else:
            with path.open("rb") as stream:
                yield stream, path.stat().st_size
    except (zipfile.BadZipFile, EOFError) as error:
        raise GazetteerError(
            f"{path} is a damaged zip file ({error}). Download it again; nothing was changed."
        ) from error


class _Importer:
    """Reads lines, writes batches."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, progress: Progress | None
    ) -> None:
        self.connection = connection
        self.path = path
        self.progress = progress
        self.places = self.skipped = self.bad = self.read = 0
        (self.number,) = connection.execute("SELECT coalesce(max(id), 0) FROM place").fetchone()
        self.countries = {code for (code,) in connection.execute("SELECT code FROM country")}

    def run(self) -> ImportReport:
        self.connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        # Replacing by id must find the old names of a place; the index is only needed here.
        self.connection.execute("CREATE INDEX IF NOT EXISTS name_place ON name (place)")
        batch: list[list[str]] = []
        with _open_dump(self.path) as (stream, size):
            while line := stream.readline(MAX_LINE_BYTES):
                self.read += len(line)
                self._take(line, batch)
                if len(batch) >= BATCH:
                    self._write(batch)
                    if self.progress is not None:
                        self.progress(self.read, size)
            self._write(batch)
            if self.progress is not None:
                self.progress(size, size)
        self._refuse_if_foreign()
        self.connection.execute("DROP INDEX name_place")
        self.connection.execute(
            "INSERT OR REPLACE INTO meta VALUES (?, ?)",
            (f"import:{self.path.name}", f"{self.places} places"),
        )
        self.connection.commit()
        return ImportReport(self.places, self.skipped, self.bad)

    def _refuse_if_foreign(self) -> None:
        lines = self.places + self.skipped + self.bad
        if not lines or self.bad > MAX_BAD_SHARE * lines:
            raise GazetteerError(
                f"{self.path} is no GeoNames dump: {self.bad} of {lines} lines do not have its "
                f"{COLUMNS} tab-separated columns. Nothing was changed."
            )

    def _take(self, line: bytes, batch: list[list[str]]) -> None:
        """Sort one line: into the batch, left out, or bad."""
        try:
            row = line.decode("utf-8").rstrip("\r\n").split("\t")
            usable = len(row) == COLUMNS and int(row[0]) > 0 and bool(row[1])
            inside = usable and abs(float(row[4])) <= 90 and abs(float(row[5])) <= 180
        except ValueError:  # also UnicodeDecodeError
            usable = inside = False
        if not usable or not inside:
            self.bad += bool(line.strip())
        elif row[6] not in KEPT_CLASSES or row[8] not in self.countries:
            self.skipped += 1
        elif row[7].startswith(("PCL", "ADM1", "CONT")):
            self.skipped += 1  # ours are better named
        else:
            batch.append(row)
            self.places += 1
        # A big file that is something else should fail soon.
        if self.bad > 1000 and self.bad > self.places:
            self._refuse_if_foreign()

    def _write(self, batch: list[list[str]]) -> None:
        ids = [(int(row[0]),) for row in batch]
        self.connection.executemany(
            "DELETE FROM name WHERE place = (SELECT id FROM place WHERE geonameid = ?)", ids
        )
        self.connection.executemany("DELETE FROM place WHERE geonameid = ?", ids)
        places, names = [], []
        for row in batch:
            self.number += 1
            population = int(row[14]) if row[14].isdigit() else 0
            precision = precision_of(row[6], row[7])
            places.append(
                (self.number, int(row[0]), plain_name(row[1]), float(row[4]), float(row[5]), row[8],
                 row[10] or None, row[11] or None, row[7] or "PPL", precision, population, "dump")
            )  # fmt: skip
            others = [row[2], *(name for name in row[3].split(",") if keeps_alternate(name))]
            names += name_rows(self.number, row[1], others)
        self.connection.executemany(
            "INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", places
        )
        self.connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?)", names)
        batch.clear()
