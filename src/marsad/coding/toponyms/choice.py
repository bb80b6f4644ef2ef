"""Event places: decide which of a report's places an event happened at.

Reads   doc._.toponyms, the parse where there is one.
Writes  nothing; `places_of` is asked once a trigger.

The places of the trigger's sentence, alone or as lists, stand against each other and against
"none of them": each has a score by how it hangs on the trigger (the syntactic path between them,
the preposition on it, what else stands between), and the best is taken. Places of care, places
somebody comes from, speaks from or belongs to, and the city of the dateline, are no event places.
The scores are a conditional logit (McFadden 1974), fitted by training/event_place.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from spacy.tokens import Doc

from marsad.coding.asides import aside_at
from marsad.coding.depicted import depiction_over, is_ground_picture
from marsad.coding.mentions import Toponym, Trigger
from marsad.coding.once import mentions_within
from marsad.coding.sentences import sentence_bounds
from marsad.coding.toponyms.care import is_blamed, is_far_from, is_place_of_care
from marsad.coding.toponyms.choice_features import (
    LADDER_RANK,
    LOCATIVE,
    Weights,
    event_place_weights,
    in_sentence,
    is_parsed,
    none_features,
    place_features,
    place_head,
    rank_of,
)
from marsad.coding.toponyms.choice_lists import listed_with, most_precise
from marsad.coding.toponyms.home import RELATION_OF_AUTHORITY, RELATION_OF_DATELINE
from marsad.coding.toponyms.lexicon import toponym_lexicon
from marsad.coding.triggers.facts import PROTEST_TYPES

# How many sentences back a place still holds for an event told without one.
MAX_BACK_SENTENCES = 5
# "There" points back no further than this.
THERE_BACK_SENTENCES = 3
# Belief from which a place that a preposition introduces is taken for want of any other.
FALLBACK = 0.35
# Belief from which a town may narrow the country or province that was chosen.
FINER = 0.02
INTRODUCING = frozenset({"the", "of", "city", "town", "village", "district", "area", "suburb"})
ALL_OVER = frozenset({"across", "throughout", "around", "over"})
HOME_RELATIONS = (RELATION_OF_AUTHORITY, RELATION_OF_DATELINE)
# No sentence of news names so many places that lists of more need telling apart.
MAX_LIST_FEATURE = 4


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
    if len(own) == 1 and is_far_from(doc, doc._.toponyms[own[0]]):
        return _country_around(doc, own[0])
    if own:
        town = _town_inside(doc, own)
        return EventPlaces(own) if town is None else EventPlaces([town], inherited=True)
    opening = own_places(doc, trigger, FALLBACK)
    if opening and _opens_sentence(doc, doc._.toponyms[opening[0]]):
        return EventPlaces(opening)
    inherited = _told_there(doc, trigger) or _inherit(doc, trigger)
    if inherited:
        return EventPlaces(inherited, inherited=True)
    if opening:
        return EventPlaces(opening)
    home = _home(doc, trigger)
    return EventPlaces(home, inherited=bool(home))


def _country_around(doc: Doc, far: int) -> EventPlaces:
    """The country or province named around a town that the event was far from; else the town."""
    toponyms: list[Toponym] = doc._.toponyms
    town = toponyms[far]
    wide = [
        i
        for i, place in enumerate(toponyms)
        if place["country"] == town["country"] and place["precision"] == "country"
    ]
    best = min(wide, key=lambda i: abs(toponyms[i]["start"] - town["start"]), default=far)
    return EventPlaces([best], inherited=False)


def _town_inside(doc: Doc, own: list[int]) -> int | None:
    """The town whose police speak, where all that the sentence gives is its state or province.

    "A man shot five at a party in Texas, San Antonio police said": it was in San Antonio.
    What happened "across" the state did not.
    """
    toponyms: list[Toponym] = doc._.toponyms
    wide = toponyms[own[0]]
    if len(own) > 1 or rank_of(wide) != LADDER_RANK["province"] or wide["relation"]:
        return None
    if wide["start"] and doc[wide["start"] - 1].lower_ in ALL_OVER:
        return None
    return next(
        (
            index
            for index, town in enumerate(toponyms)
            if town["relation"] == RELATION_OF_AUTHORITY
            and rank_of(town) < LADDER_RANK["province"]
            and (town["country"], town["admin1"]) == (wide["country"], wide["admin1"])
        ),
        None,
    )


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
    doc: Doc,
    trigger: Trigger,
    least: float | None = None,
    *,
    weights: Weights | None = None,
) -> list[int]:
    """The places that the trigger's own sentence gives its event, best first.

    Taken if likelier than that it gives none; with `least`, from that probability on, but
    then a locative preposition must stand right before the name. `weights` instead of the
    ones that are shipped.
    """
    here = locations(doc, trigger)
    if not here:
        return []
    choices = options(doc, trigger, here)
    beliefs = weigh(choices, weights or _weights(doc, trigger))
    best = max(range(1, len(choices)), key=lambda n: beliefs[n])
    chosen = choices[best].places
    head = min(max(trigger["head"], 0), len(doc) - 1)
    if least is None:
        if beliefs[best] <= beliefs[0]:
            return []
    elif beliefs[best] < least or not _is_introduced(doc, doc._.toponyms[chosen[0]], head):
        return []
    if len(chosen) > 1:
        return list(chosen)
    likely = {c.places[0] for c, p in zip(choices[1:], beliefs[1:], strict=True) if p >= FINER}
    index = _finer(doc, chosen[0], sorted(likely), head)
    return [most_precise(doc, _off_the_road(doc, index, here), here)]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: toponyms, nearest to the trigger first; none of them when empty."""

    places: tuple[int, ...]
    features: tuple[str, ...]


def locations(doc: Doc, trigger: Trigger) -> list[int]:
    """The toponyms of the trigger's sentence that may be where something happened."""
    toponyms: list[Toponym] = doc._.toponyms
    if not toponyms or not len(doc):
        return []
    head = min(max(trigger["head"], 0), len(doc) - 1)
    first, _ = sentence_bounds(doc, head)
    aside = aside_at(doc, head)
    picture = depiction_over(doc, head)
    if picture is not None and is_ground_picture(picture):
        inside = in_sentence(doc, head, toponyms)
        # "Marched in A after a video showed a burning church in B": the fire was in B.
        if any(toponyms[i]["start"] >= picture.start for i in inside):
            first = picture.start
    return [
        i
        for i in in_sentence(doc, head, toponyms)
        if toponyms[i]["role"] == "location"
        and toponyms[i]["start"] >= first
        and aside_at(doc, toponyms[i]["start"]) in {None, aside}
        and not is_blamed(doc, toponyms[i])
        and not is_place_of_care(doc, toponyms[i], first)
    ]


def options(doc: Doc, trigger: Trigger, here: list[int]) -> list[Option]:
    """None of the places `here` first, then each alone, then the lists that they stand in."""
    parsed = is_parsed(doc, trigger)
    toponyms: list[Toponym] = doc._.toponyms
    found = [Option((), tuple(none_features(doc, trigger, here, parsed=parsed)))]
    seen: set[tuple[int, ...]] = set()
    lists: list[Option] = []
    features = {i: place_features(doc, trigger, i, here, parsed=parsed) for i in here}
    for i in here:
        listed = listed_with(doc, i, here)
        alone = ["broken_list"] if len(listed) > 1 else []
        found.append(Option((i,), (*features[i], *alone)))
        if len(listed) > 1 and tuple(listed) not in seen:
            seen.add(tuple(listed))
            listed.sort(key=lambda n: abs(toponyms[n]["start"] - trigger["head"]))
            size = f"list:{min(len(listed), MAX_LIST_FEATURE)}"
            lists.append(Option(tuple(listed), (*features[listed[0]], "list", size)))
    return found + lists


def weigh(choices: list[Option], weights: Weights) -> list[float]:
    """The probability of each option; they sum to one."""
    scores = [sum(weights.get(name, 0.0) for name in option.features) for option in choices]
    top = max(scores)
    powers = [math.exp(max(score - top, -700.0)) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]


def _weights(doc: Doc, trigger: Trigger) -> Weights:
    return event_place_weights()["parsed" if is_parsed(doc, trigger) else "surface"]


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


def _opens_sentence(doc: Doc, place: Toponym) -> bool:
    """ "In Guerrero, a mayor was shot dead": the report has moved on to there."""
    start, _ = sentence_bounds(doc, place["start"])
    return (
        start < place["start"] <= start + 2
        and doc[start].lower_ in LOCATIVE
        and place["end"] < len(doc)
        and doc[place["end"]].lower_ == ","
    )


def _told_there(doc: Doc, trigger: Trigger) -> list[int]:
    """The place that "there" points to: "They say five men were murdered there".

    Where the last event of its kind was, be it only told in passing; else the place named last.
    """
    if not len(doc) or not doc._.toponyms:
        return []
    head = doc[min(max(trigger["head"], 0), len(doc) - 1)]
    if not any(c.lower_ == "there" and c.dep_ == "advmod" and c.i > head.i for c in head.children):
        return []
    end, _ = sentence_bounds(doc, head.i)
    protest = trigger["event_type"] in PROTEST_TYPES
    for _ in range(THERE_BACK_SENTENCES):
        if end <= 0:
            break
        start, _last = sentence_bounds(doc, end - 1)
        for position in reversed(mentions_within(doc, "triggers", start, end)):
            other = doc._.triggers[position]
            if (other["event_type"] in PROTEST_TYPES) == protest:
                found = own_places(doc, other)
                if found:
                    return found[:1]
        named = [
            i
            for i in mentions_within(doc, "toponyms", start, end)
            if doc._.toponyms[i]["role"] == "location"
        ]
        if named:
            return named[-1:]
        end = start
    return []


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
    inside = mentions_within(doc, "toponyms", start, end)
    if not inside:
        return []
    for position in mentions_within(doc, "triggers", start, end):
        other = doc._.triggers[position]
        if other["role"] != "means" and aside_at(doc, other["head"]) is None:
            found = own_places(doc, other)
            if found:
                return found
    for index in inside:
        toponym = toponyms[index]
        if toponym["role"] != "location":
            continue
        if is_place_of_care(doc, toponym, start) or aside_at(doc, toponym["start"]) is not None:
            continue
        before = doc[toponym["start"] - 1].lower_ if toponym["start"] > start else ""
        if (
            before in {"in", "at", "near", "of", "outside"}
            and rank_of(toponym) < LADDER_RANK["country"]
        ):
            here = [
                i for i in in_sentence(doc, start, toponyms) if toponyms[i]["role"] == "location"
            ]
            return [most_precise(doc, index, here)]
    return []
