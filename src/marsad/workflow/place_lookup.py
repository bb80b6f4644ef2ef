"""Place look-up: what a person may mean by a place's name.

Reads   the gazetteer.
Writes  nothing; returns Places, the likeliest first.
Never   takes a guessed spelling for the name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from marsad.errors import DecisionError
from marsad.places.gazetteer import open_gazetteer
from marsad.records import Claim, Place

# A listed name, or one without its article; below that the gazetteer guesses a spelling.
SURE_MATCH = 0.9
MOST_ENTRIES = 30


def look_up_places(name: str, countries: Collection[str], gazetteer: Path) -> list[Place]:
    """The places of that name: in these countries, if there are any there; else anywhere.

    Raises:
        DecisionError: no place has the name.
        GazetteerError: the gazetteer cannot be opened.
    """
    book = open_gazetteer(gazetteer)
    try:
        entries = [e for e in book.find(name, limit=MOST_ENTRIES) if e.match >= SURE_MATCH]
    finally:
        book.close()
    near = [e for e in entries if e.country in countries] or entries
    if not near:
        raise DecisionError(
            f"no place called {name!r} is known. Write NAME@LATITUDE,LONGITUDE/PRECISION/COUNTRY, "
            f"as in 'Goma@-1.68,29.22/town/COD'."
        )
    return [
        Place(
            name=e.name,
            geonameid=e.geonameid,
            latitude=e.latitude,
            longitude=e.longitude,
            admin1=e.admin1,
            country=e.country,
            precision=e.precision,
        )
        for e in near
    ]


def countries_of(claims: Iterable[Claim]) -> set[str]:
    """The countries that claims are placed in."""
    return {c.place.country for c in claims if c.place is not None and c.place.country}


def place_value(place: Place) -> str:
    """A place as a person types it: "Goma@-1.68,29.22/town/COD" (see `read_value`)."""
    if place.latitude is None or place.longitude is None:
        return f"claimed:{place.name}"
    value = f"{place.name.replace('@', ' ')}@{place.latitude},{place.longitude}/{place.precision}"
    return f"{value}/{place.country}" if place.country else value
