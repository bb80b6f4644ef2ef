"""Naming: what is only called after a place (roads, sites, stations), and what heads a dateline.

Reads   words around a candidate.
Writes  nothing.
"""

from __future__ import annotations

from marsad.coding.toponyms.labels import is_wide
from marsad.coding.toponyms.lexicon import ToponymLexicon
from marsad.coding.toponyms.scan import Candidate, DocView

# Where all is in capitals only these nouns surely belong to the name before them.
SHOUTED_ROADS = frozenset({"street", "avenue", "boulevard"})
SHOUTED_SITES = frozenset({"hotel", "hospital", "university", "school", "church", "cathedral"})
# "Radio X", "Diario X": a name of the media, unless a country or city has it.
MEDIA_BEFORE = frozenset({"radio", "tv", "television", "diario", "channel"})
STATION_PEOPLE = 100_000


def is_station(view: DocView, candidate: Candidate) -> bool:
    """'Radio Venceremos': a station's name, but for those of countries and cities."""
    start = candidate.start
    return (
        start > 0
        and view.lowers[start - 1] in MEDIA_BEFORE
        and view.capital[start - 1]
        and all(entry.population < STATION_PEOPLE for entry in candidate.entries)
    )


def names_site(view: DocView, lexicon: ToponymLexicon, candidate: Candidate) -> bool:
    """'Humboldt Park', 'Hayat Hotel': called after anything, seldom at that place."""
    end = candidate.end
    shouting = view.shouts[candidate.start]
    if end < len(view.words) and view.lowers[end] in {"'s", "’s"}:
        end += 1  # "St. Michael's Hospital"
    return (
        end < len(view.words)
        and not view.opens[end]
        and view.capital[end]
        and view.lowers[end] in (SHOUTED_SITES if shouting else lexicon.named_sites)
        # "Kent County Court" is of the county
        and lexicon.type_nouns.get(view.lowers[candidate.end - 1]) not in {"province", "district"}
    )


def heads_dateline(view: DocView, lexicon: ToponymLexicon, candidate: Candidate) -> bool:
    """'DAYTON -- Police said': capitals at the opening of a sentence that has small letters."""
    end = candidate.end
    return (
        view.opens[candidate.start]
        and view.words[end] in lexicon.dateline_ends
        and view.spaced(end)
        and not view.shouts[candidate.start]
        and all(word.isupper() for word in view.words[candidate.start : end] if word.isalpha())
    )


def is_road(view: DocView, lexicon: ToponymLexicon, candidate: Candidate) -> bool:
    """'6016 Dublin Road' is not in Dublin."""
    end = candidate.end
    shouting = view.shouts[candidate.start]
    return (
        end < len(view.words)
        and not view.opens[end]
        and view.capital[end]
        and view.lowers[end] in (SHOUTED_ROADS if shouting else lexicon.roads)
        and not (view.lowers[end] == "court" and is_wide(candidate))  # "Kent County Court"
    )
