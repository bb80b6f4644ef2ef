"""Event places: decide which of a report's places an event happened at.

Reads   doc._.toponyms, the parse where there is one.
Writes  nothing; `places_of` is asked once a trigger.

Every place of the trigger's sentence is scored by how it hangs on the trigger:
the syntactic path between them, the preposition on it, the clauses crossed, what
else stands between. Places somebody comes from, speaks from or belongs to, and
the city of the dateline, are no event places. Weights were fitted on annotated
news sentences; each is one term of a log of odds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from spacy.tokens import Doc

from marsad.coding.mentions import Toponym, Trigger
from marsad.coding.sentences import sentence_bounds
from marsad.coding.toponyms.care import is_place_of_care
from marsad.coding.toponyms.choice_features import (
    LADDER_RANK,
    LOCATIVE,
    event_place_weights,
    features,
    in_sentence,
    is_parsed,
    place_head,
    rank_of,
)
from marsad.coding.toponyms.home import RELATION_OF_AUTHORITY, RELATION_OF_DATELINE
from marsad.coding.toponyms.lexicon import toponym_lexicon

# How many sentences back a place still holds for an event told without one.
MAX_BACK_SENTENCES = 5
# Probability from which a place of the same sentence is taken.
THRESHOLD = 0.4
# ... and, with a preposition, where no other sentence gives one either.
FALLBACK = 0.15
LIST_GLUE = frozenset(
    {
        ",", ";", "and", "&", "or", "the", "in", "as", "well", "also", "both", "of", "city",
        "cities", "town", "towns", "village", "villages",
    }
)  # fmt: skip
INTRODUCING = frozenset({"the", "of", "city", "town", "village", "district", "area", "suburb"})
CONTAINMENT_GLUE_MAX = 8
HOME_RELATIONS = (RELATION_OF_AUTHORITY, RELATION_OF_DATELINE)


@dataclass(slots=True)
class EventPlaces:
    """Indexes into doc._.toponyms, best first; `inherited` when another sentence gave them."""

    indexes: list[int] = field(default_factory=list)
    inherited: bool = False


def places_of(doc: Doc, trigger: Trigger) -> EventPlaces:
    """The place or places of the event that `trigger` evokes.

    Several only when the event happened in each of them ("protests in A, B and C");
    a place and what contains it are one place, the more precise. Empty when the
    report says nothing.
    """
    own = own_places(doc, trigger)
    if own:
        return EventPlaces(own)
    inherited = _inherit(doc, trigger)
    if inherited:
        return EventPlaces(inherited, inherited=True)
    weak = own_places(doc, trigger, FALLBACK, introduced=True)
    if weak:
        return EventPlaces(weak)
    home = _home(doc, trigger)
    return EventPlaces(home, inherited=bool(home))


def _home(doc: Doc, trigger: Trigger) -> list[int]:
    """The town of a local report, for an event told without any place.

    The finder marks it: the town or county whose police or sheriff speak, or the dateline's
    city where these or the title name it too. None where the sentence speaks of another country.
    """
    toponyms: list[Toponym] = doc._.toponyms
    marked = [i for i, place in enumerate(toponyms) if place["relation"] in HOME_RELATIONS]
    if not marked:
        return []
    best = min(marked, key=lambda i: (HOME_RELATIONS.index(str(toponyms[i]["relation"])), i))
    head = min(max(trigger["head"], 0), len(doc) - 1)
    for index in in_sentence(doc, head, toponyms):
        country = toponyms[index]["country"]
        if country not in {None, toponyms[best]["country"]}:
            return []
    return [best]


def own_places(
    doc: Doc, trigger: Trigger, threshold: float = THRESHOLD, introduced: bool = False
) -> list[int]:
    """The places that the trigger's own sentence gives its event.

    `threshold` is the least probability; `introduced` asks for a locative
    preposition right before the name besides.
    """
    toponyms: list[Toponym] = doc._.toponyms
    if not toponyms or not len(doc):
        return []
    head = min(max(trigger["head"], 0), len(doc) - 1)
    first, _ = sentence_bounds(doc, head)
    here = [
        i
        for i in in_sentence(doc, head, toponyms)
        if toponyms[i]["role"] == "location" and not is_place_of_care(doc, toponyms[i], first)
    ]
    if not here:
        return []
    scores = {i: belief(doc, trigger, i, here) for i in here}
    best = max(here, key=lambda i: (scores[i], -abs(toponyms[i]["start"] - head)))
    if scores[best] < threshold:
        return []
    if introduced and not _is_introduced(doc, toponyms[best], head):
        return []
    best = _finer(doc, best, [i for i in here if scores[i] >= FALLBACK], head)
    best = _most_precise(doc, _off_the_road(doc, best, here), here)
    return [best, *(i for i in _listed_with(doc, best, here) if i != best)]


def _finer(doc: Doc, index: int, here: list[int], head: int) -> int:
    """For a country or province the likely town inside it that the sentence also gives.

    "A strike on southern Lebanon killed two near the village of X": it was near X.
    """
    toponyms: list[Toponym] = doc._.toponyms
    wide = toponyms[index]
    if rank_of(wide) < LADDER_RANK["province"]:
        return index
    for other in here:
        place = toponyms[other]
        if other == index or place["country"] != wide["country"] or wide["country"] is None:
            continue
        inside = wide["precision"] == "country" or place["admin1"] == wide["admin1"]
        if rank_of(place) >= LADDER_RANK["province"] or not inside:
            continue
        if place["start"] > wide["start"] and _is_introduced(doc, place, head):
            return other
    return index


def _is_introduced(doc: Doc, place: Toponym, head: int) -> bool:
    """Whether the name is what the trigger was done to, or has "in", "near", ... before it.

    Articles and compass words may stand between.
    """
    name = place_head(doc, place)
    if name.dep_ in {"dobj", "nsubjpass"} and name.head.i == head:
        return True
    lexicon = toponym_lexicon()
    index = place["start"] - 1
    while index >= 0 and (doc[index].lower_ in lexicon.compass or doc[index].lower_ in INTRODUCING):
        index -= 1
    return index >= 0 and doc[index].lower_ in LOCATIVE


def _off_the_road(doc: Doc, index: int, here: list[int]) -> int:
    """The town named beside an unlisted road ("Main Street in Dayton"), else itself."""
    toponyms: list[Toponym] = doc._.toponyms
    road = toponyms[index]
    last = doc[road["end"] - 1].lower_
    if road["geonameid"] is not None or not (last in toponym_lexicon().roads or last.isdigit()):
        return index
    for other in here:
        town = toponyms[other]
        if town["geonameid"] is not None and rank_of(town) < LADDER_RANK["country"]:
            return other
    return index


def belief(doc: Doc, trigger: Trigger, index: int, here: list[int]) -> float:
    """The probability that toponym `index` is where the trigger's event happened.

    `here` are the sentence's locations; without a parse only the order of words counts.
    """
    parsed = is_parsed(doc, trigger)
    weights = event_place_weights()["parsed" if parsed else "surface"]
    total = sum(weights.get(name, 0.0) for name in features(doc, trigger, index, here))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def _most_precise(doc: Doc, index: int, here: list[int]) -> int:
    """The place inside `index` that the text writes beside it ("Goma, North Kivu"), else itself."""
    for other in here:
        if other != index and _lies_beside(doc, other, index):
            return _most_precise(doc, other, [i for i in here if i != index])
    return index


def _lies_beside(doc: Doc, inner: int, outer: int) -> bool:
    """Whether the text puts toponym `inner` into `outer`, side by side."""
    toponyms: list[Toponym] = doc._.toponyms
    a, b = toponyms[inner], toponyms[outer]
    if rank_of(a) >= rank_of(b):
        return False
    if a["country"] and b["country"] and a["country"] != b["country"]:
        return False
    if (
        rank_of(b) == LADDER_RANK["province"]
        and a["admin1"]
        and b["admin1"]
        and a["admin1"] != b["admin1"]
    ):
        return False
    first, second = (a, b) if a["start"] < b["start"] else (b, a)
    gap = [token.lower_ for token in doc[first["end"] : second["start"]]]
    if len(gap) > CONTAINMENT_GLUE_MAX or "and" in gap:
        return False
    if first is b:
        return bool(gap) and gap[0] in {"'s", "’s", "'"}
    return not gap or gap[0] == "," or "in" in gap or "of" in gap or gap[0] == "("


def _listed_with(doc: Doc, index: int, here: list[int]) -> list[int]:
    """The places coordinated with `index` ("in A, B, C and D"), left to right, with itself."""
    toponyms: list[Toponym] = doc._.toponyms
    if toponyms[index]["relation"] in {"between", "on the road to", "border with"}:
        return [index]
    rank = rank_of(toponyms[index])
    # A container between two list members ("A in X, B in Y") does not break the list.
    peers = [i for i in here if abs(rank_of(toponyms[i]) - rank) <= 1]
    peers = [
        i
        for i in peers
        if i == index or not any(_lies_beside(doc, other, i) for other in here if other != i)
    ]
    place = peers.index(index)
    kept = [index]
    for step in (1, -1):
        current, position = index, place + step
        while 0 <= position < len(peers) and _is_listed(doc, current, peers[position], here):
            current = peers[position]
            kept.append(current)
            position += step
    # A list needs an "and"; names with only commas are a place and its whereabouts.
    kept.sort()
    span = doc[toponyms[kept[0]]["end"] : toponyms[kept[-1]]["start"]]
    words = {token.lower_ for token in span}
    listed = bool(words & {"and", "or", "&"}) or len(kept) > 2
    return kept if listed else [index]


def _is_listed(doc: Doc, a: int, b: int, here: list[int]) -> bool:
    toponyms: list[Toponym] = doc._.toponyms
    first, second = (a, b) if a < b else (b, a)
    covered: set[int] = set()
    for i in here:
        if first < i < second:
            covered.update(range(toponyms[i]["start"], toponyms[i]["end"]))
    gap = [
        doc[i].lower_
        for i in range(toponyms[first]["end"], toponyms[second]["start"])
        if i not in covered
    ]
    return bool(gap) and len(gap) <= 8 and all(word in LIST_GLUE for word in gap)


def _inherit(doc: Doc, trigger: Trigger) -> list[int]:
    """The place that the sentences before were about, or that the report opens with.

    The event places of the triggers of earlier sentences come first, nearest
    sentence first; then a place that a locative preposition introduces there;
    then the first event place of the report.
    """
    toponyms: list[Toponym] = doc._.toponyms
    if not toponyms or not len(doc):
        return []
    first, _ = sentence_bounds(doc, min(max(trigger["head"], 0), len(doc) - 1))
    end = first
    for _ in range(MAX_BACK_SENTENCES):
        if end <= 0:
            break
        start, _last = sentence_bounds(doc, end - 1)
        found = _place_of_sentence(doc, start, end)
        if found:
            return found
        end = start
    for other in doc._.triggers:
        if other["start"] >= first:
            break
        found = own_places(doc, other)
        if found:
            return found
    return []


def _place_of_sentence(doc: Doc, start: int, end: int) -> list[int]:
    toponyms: list[Toponym] = doc._.toponyms
    if not any(start <= toponym["start"] < end for toponym in toponyms):
        return []
    for other in doc._.triggers:
        if start <= other["start"] < end and other["role"] != "means":
            found = own_places(doc, other)
            if found:
                return found
    for index, toponym in enumerate(toponyms):
        if not start <= toponym["start"] < end or toponym["role"] != "location":
            continue
        if is_place_of_care(doc, toponym, start):
            continue
        before = doc[toponym["start"] - 1].lower_ if toponym["start"] > start else ""
        if (
            before in {"in", "at", "near", "of", "outside"}
            and rank_of(toponym) < LADDER_RANK["country"]
        ):
            here = [
                i for i in in_sentence(doc, start, toponyms) if toponyms[i]["role"] == "location"
            ]
            return [_most_precise(doc, index, here)]
    return []
