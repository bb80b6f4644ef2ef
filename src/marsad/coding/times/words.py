"""The words of time expressions, read once from the codebook.

Reads   codebook/data/time_words.toml and time_phrases.tsv.
Never   resolves anything: see time_calendar and time_expressions.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from marsad.errors import CodebookError

TimeRole = Literal["event", "background", "publication", "deadline"]
_ROLES: dict[str, TimeRole] = {
    "event": "event",
    "background": "background",
    "deadline": "deadline",
}
PHRASE_UNITS = frozenset({"day", "week", "weekend", "month", "year", "past", "told"})


@dataclass(frozen=True)
class TimePhrase:
    """A fixed phrase: `low` to `high` units from the publication day."""

    unit: str
    low: int
    high: int
    role: TimeRole


@dataclass(frozen=True)
class TimeWords:
    """The word lists of time_words.toml, with one entry for every form."""

    weekdays: dict[str, int]
    short_weekdays: dict[str, int]
    months: dict[str, int]
    short_months: dict[str, int]
    seasons: dict[str, int]
    numbers: dict[str, int]
    vague: dict[str, tuple[int, int]]
    unit_days: dict[str, int]
    unit_months: dict[str, int]
    holidays: dict[str, str]
    name_words: frozenset[str]
    names: tuple[str, ...]
    year_events: frozenset[str]


@cache
def load_time_words() -> TimeWords:
    """The word lists, read once."""
    raw: dict[str, Any] = tomllib.loads(_read("time_words.toml"))
    return TimeWords(
        weekdays=raw["weekdays"],
        short_weekdays=raw["weekday_abbreviations"],
        months=raw["months"],
        short_months=raw["month_abbreviations"],
        seasons=raw["seasons"],
        numbers=raw["numbers"],
        vague={word: (low, high) for word, (low, high) in raw["vague"].items()},
        unit_days=raw["unit_days"],
        unit_months=raw["unit_months"],
        holidays=raw["holidays"],
        name_words=frozenset(raw["name_words"]["words"]),
        names=tuple(raw["names"]["phrases"]),
        year_events=frozenset(raw["year_events"]["words"]),
    )


@cache
def load_time_phrases() -> dict[str, TimePhrase]:
    """The fixed phrases by their lower-case words.

    Raises:
        CodebookError: a line with an unknown unit or role, or a wrong number of columns.
    """
    phrases: dict[str, TimePhrase] = {}
    for number, line in enumerate(_read("time_phrases.tsv").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 5 or cells[1] not in PHRASE_UNITS or cells[4] not in _ROLES:
            raise CodebookError(
                f"time_phrases.tsv line {number}: {line!r} is not "
                f"'phrase, unit, from, to, role' with known unit and role"
            )
        phrases[cells[0]] = TimePhrase(cells[1], int(cells[2]), int(cells[3]), _ROLES[cells[4]])
    return phrases


def words_pattern(words: Iterable[str]) -> str:
    """A regular expression for any of `words`, longest first, blanks as any white space."""
    listed = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in listed) + ")"


def _read(name: str) -> str:
    return files("marsad.codebook").joinpath(f"data/{name}").read_text("utf-8")
