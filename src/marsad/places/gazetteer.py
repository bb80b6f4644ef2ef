"""Gazetteer: look places up by name, tolerant of spelling, offline.

Reads   one SQLite file (see `schema`), built on first use by `build`.
Never   opens a socket, writes to the file or keeps it in memory.
"""

from __future__ import annotations

import math
import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Indel, JaroWinkler

from marsad.errors import GazetteerError
from marsad.places.build import Progress, build_gazetteer, source_fingerprint
from marsad.places.names import article_free, name_key, skeleton
from marsad.places.schema import (
    APPLICATION_ID,
    ATTRIBUTION,
    SCHEMA_VERSION,
    PlaceEntry,
)
from marsad.settings import load_settings

__all__ = ["ATTRIBUTION", "Gazetteer", "PlaceEntry", "find_places", "open_gazetteer"]

_MATCH_OF_GRADE = {3: 1.0, 2: 0.95, 1: 0.9}
# A skeleton shared by more places than this says nothing ("mr", "sn").
MAX_SKELETON_PLACES = 150
# Below this likeness two spellings of one skeleton are two names (Homs, Himos).
MIN_LIKENESS = 0.62
_COLUMNS = """p.id, p.geonameid, p.name, p.latitude, p.longitude, p.country, p.admin1, p.admin2,
    p.feature, p.precision, p.population"""
_BY_KEY = f"SELECT {_COLUMNS}, n.grade FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?"
_BY_SKELETON = (
    f"SELECT {_COLUMNS}, n.key FROM name n JOIN place p ON p.id = n.place WHERE n.bones = ? LIMIT ?"
)


class Gazetteer:
    """An open gazetteer. Safe to pickle: it opens its file again on the other side."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = _connect(path)
        self.iso3: dict[str, str] = {}
        self.iso2: dict[str, str] = {}
        self.country_names: dict[str, str] = {}
        self._capitals: dict[str, str] = {}
        self._admin1: dict[tuple[str, str], str] = {}
        self._fetch = lru_cache(maxsize=50_000)(self._query)
        self._fetch_spelled = lru_cache(maxsize=20_000)(self._query_spelled)
        self.begins_longer = lru_cache(maxsize=50_000)(self._query_begins_longer)
        try:
            for code, iso3, name, capital in self._connection.execute(
                "SELECT code, iso3, name, capital FROM country"
            ):
                self.iso3[code], self.iso2[iso3], self.country_names[iso3] = iso3, code, name
                self._capitals[iso3] = capital
            for country, code, name in self._connection.execute(
                "SELECT country, code, name FROM admin1"
            ):
                self._admin1[country, code] = name
        except sqlite3.DatabaseError as error:
            raise _damaged(path, error) from error

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return open_gazetteer, (self.path,)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def exact(self, name: str) -> tuple[PlaceEntry, ...]:
        """Places of which `name` is a listed name, up to case, accents and hyphens.

        Most populous first. About 10 microseconds, nothing when asked again.
        """
        key = name_key(name)
        return self._fetch(key) if key else ()

    def find(self, name: str, limit: int = 10) -> list[PlaceEntry]:
        """Places that `name` may mean, best match first, then most populous.

        Tolerates articles and transliteration (Tartous, Hims, Dayr az Zawr).
        """
        key = name_key(name)
        found: dict[int, PlaceEntry] = {}
        for form in dict.fromkeys((key, article_free(key))):
            for entry in self._fetch(form) if form else ():
                match = entry.match if form == key else min(entry.match, 0.9)
                if entry.id not in found or found[entry.id].match < match:
                    found[entry.id] = _with_match(entry, match)
        if len(found) < limit:
            for entry in self.by_spelling(name, limit):
                found.setdefault(entry.id, entry)
        ranked = sorted(found.values(), key=_rank)
        return ranked[:limit]

    def by_spelling(self, name: str, limit: int = 10) -> list[PlaceEntry]:
        """Places whose name has the same consonants as `name`, likest spelling first.

        `match` is 0.5 to 0.85 by likeness. Empty when the consonants are too few
        or too common to tell places apart.
        """
        return list(self._fetch_spelled(name_key(name))[:limit])

    def _query_spelled(self, key: str) -> tuple[PlaceEntry, ...]:
        bones = skeleton(key)
        if len(bones) < 2:
            return ()
        try:
            rows = self._connection.execute(
                _BY_SKELETON, (bones, MAX_SKELETON_PLACES + 1)
            ).fetchall()
        except sqlite3.DatabaseError as error:
            raise _damaged(self.path, error) from error
        if len(rows) > MAX_SKELETON_PLACES:
            return ()
        best: dict[int, PlaceEntry] = {}
        for row in rows:
            likeness = _likeness(key, row[-1])
            if likeness < MIN_LIKENESS:
                continue
            entry = self._entry(row[:-1], 0.85 * likeness)
            if entry.id not in best or best[entry.id].match < entry.match:
                best[entry.id] = entry
        return tuple(sorted(best.values(), key=lambda entry: (-entry.match, -entry.population)))

    def country(self, iso3: str) -> PlaceEntry | None:
        """The entry of a country by ISO 3166-1 alpha-3 code."""
        name = self.country_names.get(iso3)
        for entry in self._fetch(name_key(name)) if name else ():
            if entry.is_country and entry.country == iso3:
                return entry
        return None

    def division(self, entry: PlaceEntry) -> PlaceEntry | None:
        """The first-order division that a place lies in, by its codes; None where not known."""
        return next(
            (
                division
                for division in (self._fetch(name_key(entry.admin1)) if entry.admin1 else ())
                if division.feature == "ADM1"
                and (division.country, division.admin1_code) == (entry.country, entry.admin1_code)
            ),
            None,
        )

    def capital(self, iso3: str) -> PlaceEntry | None:
        """The capital of a country by ISO 3166-1 alpha-3 code; None where there is none."""
        name = self._capitals.get(iso3)
        return next(
            (
                entry
                for entry in (self._fetch(name_key(name)) if name else ())
                if entry.country == iso3 and entry.feature.startswith("PPL")
            ),
            None,
        )

    def metadata(self) -> dict[str, str]:
        """What the file was made from, with the credit its licence asks for."""
        return dict(self._connection.execute("SELECT key, value FROM meta"))

    def _query_begins_longer(self, word: str) -> bool:
        """Whether some listed name of several words begins with `word`."""
        key = name_key(word)
        if not key:
            return False
        try:
            row = self._connection.execute(
                "SELECT 1 FROM name WHERE key > ? AND key < ? LIMIT 1", (key + " ", key + "!")
            ).fetchone()
        except sqlite3.DatabaseError as error:
            raise _damaged(self.path, error) from error
        except UnicodeEncodeError:
            return False
        return row is not None

    def _query(self, key: str) -> tuple[PlaceEntry, ...]:
        try:
            rows = self._connection.execute(_BY_KEY, (key,)).fetchall()
        except sqlite3.DatabaseError as error:
            raise _damaged(self.path, error) from error
        except UnicodeEncodeError:  # a lone surrogate is in no name
            return ()
        entries = [self._entry(row[:-1], _MATCH_OF_GRADE.get(row[-1], 0.9)) for row in rows]
        entries.sort(key=lambda entry: (-entry.population, -entry.match))
        return tuple(entries)

    def _entry(self, row: tuple[Any, ...], match: float) -> PlaceEntry:
        number, geonameid, name, latitude, longitude, country, admin1, admin2 = row[:8]
        feature, precision, population = row[8:]
        return PlaceEntry(
            number,
            geonameid,
            name,
            latitude,
            longitude,
            self.iso3.get(country) if country else None,
            country,
            self._admin1.get((country, admin1)),
            admin1,
            admin2,
            feature,
            precision,
            population,
            match,
        )


def open_gazetteer(path: Path | None = None, progress: Progress | None = None) -> Gazetteer:
    """The gazetteer at `path` (default: where the settings say), built first if it is not there.

    A file that an older marsad built is built anew, unless dumps were imported into
    it: then it is used as it is, or refused when its tables no longer fit.

    Raises:
        GazetteerError: the file is damaged, foreign or cannot be made.
    """
    path = path or load_settings().gazetteer_path
    if not path.exists() or _is_outdated(path):
        build_gazetteer(path, progress)
    return Gazetteer(path)


def find_places(name: str, limit: int = 10, path: Path | None = None) -> list[PlaceEntry]:
    """Look `name` up in the gazetteer, building it first if need be."""
    return open_gazetteer(path).find(name, limit=limit)


def _connect(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False
        )
        (application,) = connection.execute("PRAGMA application_id").fetchone()
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error
    if application != APPLICATION_ID:
        connection.close()
        raise GazetteerError(
            f"{path} is not a marsad gazetteer. Move it away, or point MARSAD_DATA_DIR elsewhere; "
            f"marsad then builds its own."
        )
    return connection


def _is_outdated(path: Path) -> bool:
    """Whether the file should be built anew.

    Raises:
        GazetteerError: it is foreign or damaged, or holds imports in tables of another version.
    """
    connection = _connect(path)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        meta = dict(connection.execute("SELECT key, value FROM meta"))
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error
    finally:
        connection.close()
    imported = any(key.startswith("import:") for key in meta)
    if version == SCHEMA_VERSION:
        return meta.get("fingerprint") != source_fingerprint() and not imported
    if imported:
        raise GazetteerError(
            f"the gazetteer at {path} has version {version}, this marsad needs {SCHEMA_VERSION}. "
            f"It holds imported dumps, so it is not replaced by itself: delete it, "
            f"then import the dumps again with 'marsad places import'."
        )
    return True


def _damaged(path: Path, error: Exception) -> GazetteerError:
    return GazetteerError(
        f"the gazetteer at {path} cannot be read ({error}). Delete the file; "
        f"marsad builds it again at the next run."
    )


def _likeness(asked: str, key: str) -> float:
    """0 to 1: how like two spellings of one consonant skeleton are, letter by letter."""
    first, second = article_free(asked), article_free(key)
    return max(
        Indel.normalized_similarity(first, second),
        0.95 * JaroWinkler.normalized_similarity(first, second),
    )


def _rank(entry: PlaceEntry) -> float:
    """Best match first, but fame makes up for a lesser one ("Burma"); towns before divisions.

    A factor of ten in people weighs as much as 0.02 of match.
    """
    people = entry.population * (0.1 if entry.feature.startswith("ADM") else 1.0)
    return -(entry.match + 0.02 * math.log10(people + 1))


def _with_match(entry: PlaceEntry, match: float) -> PlaceEntry:
    return PlaceEntry(
        entry.id, entry.geonameid, entry.name, entry.latitude, entry.longitude, entry.country,
        entry.country2, entry.admin1, entry.admin1_code, entry.admin2_code, entry.feature,
        entry.precision, entry.population, match,
    )  # fmt: skip
