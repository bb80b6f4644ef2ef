"""Care: tell the hospital where the hurt were taken from a hospital that was hit.

Reads   tokens, the parse where there is one, doc._.triggers.
Writes  nothing.

Where somebody was treated, died of wounds or lay in a morgue is not where it happened; nor is
the country that somebody blames, or a city hundreds of kilometres away.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc

from marsad.coding.mentions import Toponym

HOUSES = frozenset(
    """hospital hospitals clinic infirmary morgue mortuary medical memorial trauma healthcare
    children's health mental""".split()
)
MAX_HOUSE_GAP = 4
CARE = frozenset(
    """take took taken taking transport transported transporting rush rushed airlift airlifted fly
    flown treat treated treating die died dies dying dead pronounce pronounced admit admitted
    recover recovering recovered remain remains remained hospitalize hospitalized hospitalise
    hospitalised transfer transferred bring brought carry carried send sent evacuate evacuated
    receive received succumb succumbed arrive arrived convey conveyed rest listed condition
    undergo underwent undergoing surgery visit visited born moved drove driven declared operated
    autopsy""".split()
)
# "a hospital in X": the preposition that leads to the house itself.
TO_HOUSE = frozenset({"to", "at", "in", "by", "from", "into", "via"})
WINDOW = 14
BLAME = frozenset(
    """blame blamed blames blaming accuse accused accuses accusing condemn condemned condemns
    denounce denounced denounces fault faulted thank thanked urge urged urges""".split()
)
# From so many kilometres on, a distance from a town says no more than the country.
FAR_KM = 100
KM = {"km": 1.0, "kms": 1.0, "kilometers": 1.0, "kilometres": 1.0, "miles": 1.6, "mi": 1.6}
DISTANCE_WINDOW = 8
_BETWEEN = frozenset("of from the capital city town main largest port provincial 's ’s".split())
_BEARING = re.compile(r"^(?:(?:north|south|east|west|-)+(?:ern)?|away|outside)$")


def is_blamed(doc: Doc, place: Toponym) -> bool:
    """ "Hamas blamed Israel for the blast": a state that is spoken against is no scene."""
    start = place["start"]
    return place["precision"] == "country" and start > 0 and doc[start - 1].lower_ in BLAME


def is_far_from(doc: Doc, place: Toponym) -> bool:
    """Whether the words put the event FAR_KM or more away from `place`.

    "500 km south of Chad's capital N'Djamena": capitals and their countries may stand between.
    """
    index = place["start"] - 1
    low = max(index - DISTANCE_WINDOW, 0)
    passed_of = False
    while index > low and doc[index].lower_ not in KM:
        word = doc[index]
        passed_of |= word.lower_ in {"of", "from"}
        if not (
            word.lower_ in _BETWEEN
            or (word.pos_ == "PROPN" and not passed_of)
            or (passed_of and _BEARING.match(word.lower_))
        ):
            return False
        index -= 1
    if not passed_of or index < 1 or doc[index].lower_ not in KM:
        return False
    number = doc[index - 1].text.replace(",", "")
    return number.isdigit() and len(number) < 6 and int(number) * KM[doc[index].lower_] >= FAR_KM


def is_place_of_care(doc: Doc, place: Toponym, first: int) -> bool:
    """Whether the sentence from token `first` names `place` as where the hurt were cared for."""
    house = _house_at(doc, place, first)
    if house is None:
        return False
    triggers = {trigger["head"] for trigger in doc._.triggers}
    for index in range(house - 1, max(first, house - WINDOW) - 1, -1):
        token = doc[index]
        if token.lower_ in CARE:
            return True
        # "struck X hospital", "a blast at X hospital": the house itself was hit.
        if index in triggers:
            return False
    return False


def _house_at(doc: Doc, place: Toponym, first: int) -> int | None:
    """The first token of the phrase for the hospital that `place` names or situates."""
    last = min(len(doc), place["end"] + MAX_HOUSE_GAP)
    for index in range(place["start"], last):
        token = doc[index]
        if index >= place["end"] and (
            token.is_sent_start
            or token.is_punct
            or token.lower_ in {"in", "on", "after", "and", "where", "with", "by", "for", "of"}
        ):
            break
        if token.lower_ in HOUSES:
            return place["start"]
    # "taken to a hospital in Columbus", "airlifted to Charleston"
    index = place["start"] - 1
    while index > first and (doc[index].lower_ in {"the", "nearby"} or doc[index].pos_ == "ADJ"):
        index -= 1
    if (
        index > first
        and doc[index].lower_ in {"in", "of", "at"}
        and doc[index - 1].lower_ in HOUSES
    ):
        return index - 1
    return None
