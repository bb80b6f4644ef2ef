"""Fit: whether the place chosen for a name fits what the words and the rest of the report say.

Reads   a judged candidate, its resolution, the countries that the report names.
Writes  nothing.
Never   chooses another place.
"""

from __future__ import annotations

from marsad.coding.toponyms.scan import Candidate
from marsad.geodesy import great_circle_km
from marsad.places.containment import lies_in
from marsad.places.resolve import Resolution
from marsad.places.schema import PlaceEntry

# A spelling so like the listed one that no other evidence is asked for.
SURE_SPELLING = 0.8
# One of many namesakes, in a country that the report does not speak of.
UNSURE_SCORE = 0.4
# What is said to be an area of a town lies no farther off.
TOWN_REACH_KM = 80.0
# A place of more people is known well enough to be named alone.
STRAY_PEOPLE = 300_000


def is_within(entry: PlaceEntry, container: PlaceEntry) -> bool:
    """`lies_in`, but districts and regions without codes hold what lies in their country."""
    if container.is_country or container.feature == "ADM1":
        return entry.country == container.country and (
            container.is_country or entry.admin1_code == container.admin1_code
        )
    if container.precision == "town" and km(entry, container) > TOWN_REACH_KM:
        return False
    return container.country is None or entry.country == container.country


def km(a: PlaceEntry, b: PlaceEntry) -> float:
    """Kilometres between two places; infinite where one has no point."""
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return float("inf")
    return great_circle_km((a.latitude, a.longitude), (b.latitude, b.longitude))


def is_stray(candidate: Candidate, resolution: Resolution, names_of: dict[str, set[str]]) -> bool:
    """Whether an obscure namesake far from everything else in the report was chosen.

    A hospital or quarter is often called like a village of another country. Only
    where another country has several names here, and this one no other.
    """
    entry = resolution.entry
    if entry.is_country or entry.country is None or entry.population > STRAY_PEOPLE:
        return False
    others = names_of.get(entry.country, set()) - {candidate.text.lower()}
    if resolution.score < UNSURE_SCORE and not others and not candidate.containers:
        return any(len(names) > 1 for names in names_of.values())
    if entry.precision == "site" and entry.match < 1.0:
        return not others  # "University Hospital" is an alias of many
    if entry.match >= 1.0 and candidate.hint not in {"site", "district"}:
        return False
    strongest = max((len(names) for names in names_of.values()), default=0)
    return not others and strongest >= 2


def is_plausible(
    candidate: Candidate,
    resolution: Resolution,
    container: Resolution | None,
    countries: set[str],
) -> bool:
    """Whether a name of other spelling may stand for the listed place.

    It must lie where the text puts it, or at least in a country that the report names;
    without either the spelling must be all but equal, and a place of a country that the report
    does not name must be well known.
    """
    if container is not None:
        return lies_in(resolution.entry, container.entry)
    if candidate.country_hint is not None:
        return resolution.entry.country == candidate.country_hint
    if resolution.entry.country in countries:
        return True
    well_known = not countries or resolution.entry.population > STRAY_PEOPLE
    return resolution.entry.match >= SURE_SPELLING and well_known
