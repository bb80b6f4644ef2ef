"""Care: tell the hospital where the hurt were taken from a hospital that was hit.

Reads   tokens, the parse where there is one, doc._.triggers.
Writes  nothing.

Where somebody was treated, died of wounds or lay in a morgue is not where it happened.
"""

from __future__ import annotations

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
