"""The gazetteer file: its tables, version and the row a place is read into.

One SQLite file. `place` holds a row a place, `name` every key it goes by with
its consonant skeleton, `meta` what the file was made from and the
credit GeoNames asks for.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from marsad.records import PlacePrecision

ATTRIBUTION = (
    "Place data © GeoNames (https://www.geonames.org), CC BY 4.0, compacted and extended by marsad."
)
APPLICATION_ID = 0x4D525344  # "MRSD": tells our file from any other SQLite file
SCHEMA_VERSION = 4

DDL = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    id INTEGER PRIMARY KEY,
    geonameid INTEGER,
    name TEXT NOT NULL,
    latitude REAL,
    longitude REAL,
    country TEXT,          -- ISO 3166-1 alpha-2
    admin1 TEXT,           -- GeoNames admin1 code
    admin2 TEXT,           -- GeoNames admin2 code
    feature TEXT NOT NULL, -- GeoNames feature code
    precision TEXT NOT NULL,
    population INTEGER NOT NULL,
    source TEXT NOT NULL   -- cities, admin, curated, dump
);
CREATE TABLE name (
    key TEXT NOT NULL, place INTEGER NOT NULL, grade INTEGER NOT NULL,
    bones TEXT,            -- consonant skeleton; NULL where it could match anything
    PRIMARY KEY (key, place)
) WITHOUT ROWID;
CREATE TABLE country (
    code TEXT PRIMARY KEY, iso3 TEXT NOT NULL, name TEXT NOT NULL, capital TEXT, area_km2 REAL
) WITHOUT ROWID;
CREATE TABLE admin1 (
    country TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (country, code)
) WITHOUT ROWID;
"""
INDEXES = """
CREATE UNIQUE INDEX place_geonameid ON place (geonameid) WHERE geonameid IS NOT NULL;
CREATE INDEX name_bones ON name (bones) WHERE bones IS NOT NULL;
"""

# Grades of a name, best first, as stored in name.grade.
GRADE_MAIN = 3
GRADE_ALTERNATE = 2
GRADE_ARTICLE_FREE = 1


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """One gazetteer place as found under some name.

    `country` is ISO 3166-1 alpha-3, None for what lies in several countries.
    `admin1` is the division's name. `match` says how well the asked name fits:
    1.0 the main name, 0.95 another listed name, 0.9 without its article, below
    that by spelling likeness.
    """

    id: int
    geonameid: int | None
    name: str
    latitude: float | None
    longitude: float | None
    country: str | None
    country2: str | None
    admin1: str | None
    admin1_code: str | None
    admin2_code: str | None
    feature: str
    precision: PlacePrecision
    population: int
    match: float

    @property
    def is_country(self) -> bool:
        """Whether the entry is a country or dependency."""
        return self.feature[:3] == "PCL"

    @property
    def is_container(self) -> bool:
        """Whether other places can lie in it: a country, division or region."""
        return self.is_country or self.feature.startswith("ADM") or self.feature in CONTAINERS


CONTAINERS = frozenset({"RGN", "CONT", "ISL", "ISLS", "PEN", "TERR", "AREA"})

# What a GeoNames feature code stands for on our precision ladder; codes not
# listed go by their class letter.
FEATURE_PRECISION: dict[str, PlacePrecision] = {
    "PCLI": "country", "PCLD": "country", "PCLS": "country", "PCLF": "country",
    "PCL": "country", "PCLIX": "country", "PCLH": "country", "CONT": "country",
    "ADM1": "province", "ADM1H": "province", "RGN": "province", "RGNH": "province",
    "TERR": "province", "ADM2": "district", "ADM2H": "district", "ADM3": "district",
    "ADM4": "district", "ADM5": "district", "ADMD": "district", "PPLX": "site", "STMC": "site",
    "STM": "province", "MTS": "province", "DSRT": "province", "SEA": "province",
    "GULF": "province", "OCN": "country", "ISLS": "province", "ISL": "district",
    "VAL": "district", "LK": "district", "BAY": "district", "STRT": "province",
    "PEN": "province",
}  # fmt: skip
CLASS_PRECISION: dict[str, PlacePrecision] = {
    "A": "district", "P": "town", "S": "site", "R": "site", "L": "district", "H": "district",
    "T": "district", "V": "district", "U": "province",
}  # fmt: skip


def precision_of(feature_class: str, feature: str) -> PlacePrecision:
    """Our precision for a GeoNames feature; an unknown class is a site."""
    return FEATURE_PRECISION.get(feature) or CLASS_PRECISION.get(feature_class, "site")


def mark_file(connection: sqlite3.Connection) -> None:
    """Stamp a new file as ours."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
