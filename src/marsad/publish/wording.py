"""Our codes in plain words, the same in every output a person reads.

Reads   records and the country names beside this file.
Writes  short English phrases.
Never   chooses words that take a side: codes are spelt out, sources' words stay in quotes.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files

from marsad.codebook.event_types import load_event_types
from marsad.records import (
    UNNAMED_OUTLET,
    ActorKind,
    DisputeAbout,
    EventType,
    Figure,
    Modality,
    Outcome,
    Place,
    Source,
    Status,
    When,
)

STATUS_LABELS: dict[Status, tuple[str, str]] = {
    "single-source": ("single source", "all claims go back to one source"),
    "corroborated": ("corroborated", "two or more independent sources say so"),
    "contested": ("contested", "a source disputes it, see below"),
    "discounted": ("discounted", "what speaks against it outweighs what speaks for it"),
}

MODALITY_LABELS: dict[Modality, str] = {
    "asserted": "stated as fact",
    "alleged": "alleged",
    "denied": "denied",
    "planned": "planned",
    "threatened": "threatened",
    "hypothetical": "hypothetical",
    "historical": "background",
}

KIND_LABELS: dict[ActorKind, str] = {
    "government": "government",
    "military": "military",
    "police": "police or security forces",
    "intelligence": "intelligence service",
    "armed-group": "armed group",
    "militia": "militia",
    "criminal": "criminal group",
    "unidentified-armed": "unidentified armed men",
    "civilian": "civilian",
    "protester": "protester",
    "rioter": "rioter",
    "journalist": "journalist",
    "medical": "medical worker",
    "aid-worker": "aid worker",
    "religious": "religious figure",
    "political": "political party or figure",
    "judicial": "judiciary",
    "international": "international body",
    "monitor": "monitor",
    "ngo": "non-governmental organisation",
    "media": "media",
    "other": "unspecified",
}

OUTCOME_ORDER: tuple[Outcome, ...] = (
    "killed",
    "injured",
    "missing",
    "abducted",
    "detained",
    "displaced",
)

DISPUTE_LABELS: dict[DisputeAbout, str] = {
    "occurrence": "whether it happened",
    "date": "when it happened",
    "place": "where it happened",
    "figure": "how many",
    "perpetrator": "who did it",
    "authenticity": "whether the material is genuine",
}


@cache
def _country_names() -> dict[str, str]:
    text = files("marsad.publish").joinpath("country_names.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


def country_name(code: str) -> str:
    """The short English name of an ISO 3166-1 alpha-3 code; the code itself if unknown."""
    return _country_names().get(code, code)


def country_code(words: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of a country by its code or short English name."""
    names = _country_names()
    if words.strip().upper() in names:
        return words.strip().upper()
    wanted = words.strip().casefold()
    return next((code for code, name in names.items() if name.casefold() == wanted), None)


def event_label(code: EventType) -> str:
    """The codebook's label of an event type."""
    return load_event_types()[code].label


def place_words(place: Place) -> str:
    """The place as its precision allows: "near Tartus, Syria · town"."""
    parts = [place.name]
    if place.precision not in ("province", "country") and place.admin1:
        parts.append(place.admin1)
    if place.country:
        parts.append(country_name(place.country))
    distinct = list(dict.fromkeys(part for part in parts if part))
    words = ", ".join(distinct)
    if place.relation and place.relation != "in":
        words = f"{place.relation} {words}"
    unresolved = " · not in the gazetteer" if place.geonameid is None else ""
    return f"{words} · {place.precision}{unresolved}"


def _day(day: date, *, weekday: bool = False) -> str:
    words = f"{day.day} {calendar.month_name[day.month]} {day.year}"
    return f"{calendar.day_name[day.weekday()]} {words}" if weekday else words


def when_words(when: When) -> str:
    """The date or interval in words: "Wednesday 25 December 2024", "November 2024"."""
    start, end = when.start, when.end
    if start == end:
        return _day(start, weekday=True)
    last_of_month = end.day == calendar.monthrange(end.year, end.month)[1]
    if start.day == 1 and last_of_month and (start.year, start.month) == (end.year, end.month):
        return f"{calendar.month_name[start.month]} {start.year}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return str(start.year)
    if (start.year, start.month) == (end.year, end.month):
        return f"between {start.day} and {_day(end)}"
    return f"between {_day(start)} and {_day(end)}"


def number(value: int) -> str:
    """A count with thin separators from 10,000 on, so that columns can be compared at a glance."""
    return f"{value:,}" if value >= 10_000 else str(value)


def range_words(low: int, high: int | None) -> str:
    """A count with its bounds: "14", "14 or more", "3 to 7"."""
    if high is None:
        return f"{number(low)} or more"
    return number(low) if low == high else f"{number(low)} to {number(high)}"


def figure_words(figure: Figure, group: str | None) -> str:
    """A figure in words: "killed: 14 or more police officers"."""
    words = range_words(figure.low, figure.high)
    if figure.high == 0:
        words = "none"
    elif figure.qualifier == "about" and figure.low == figure.high:
        words = f"about {words}"
    extra = ", part of another figure" if figure.subset_of is not None else ""
    if figure.cumulative:
        extra += ", running toll"
    return f"{figure.outcome}: {words}" + (f" ({group})" if group else "") + extra


def chain_words(names: Sequence[str], *, ends_with_outlet: bool) -> str:
    """Who says so, claimant first: "the ministry, cited by the agency, in the outlet"."""
    if not names:
        return "source not stated"
    spoken, outlet = (names[:-1], names[-1]) if ends_with_outlet else (names, None)
    words = ", cited by ".join(spoken)
    if outlet is None or (words and outlet == UNNAMED_OUTLET):
        return words
    return f"{words}, in {outlet}" if words else outlet


def is_outlet(source: Source) -> bool:
    """Whether this link of a chain is the publishing outlet itself."""
    return source.cue is None and source.evidence is None
