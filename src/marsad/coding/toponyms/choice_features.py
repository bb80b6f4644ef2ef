"""Features of a place towards an event: how one hangs on the other.

Reads   doc._.toponyms, the parse where there is one,
        codebook/data/places_event_weights.tsv.
Writes  nothing. `event_places` adds the weights up.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from spacy.tokens import Doc, Token

from marsad.coding.mentions import Toponym, Trigger
from marsad.coding.sentences import sentence_bounds
from marsad.places.build import data_rows

SPEECH = frozenset(
    """say tell report announce claim state add declare note confirm deny accuse warn speak
    write explain comment describe insist argue allege believe think know quote cite""".split()
)
RESIDENCE = frozenset(
    "live reside base headquarter locate bear grow come hail return flee escape".split()
)
MOTION_FROM = frozenset("flee escape come arrive return travel withdraw leave deport fly".split())
LOCATIVE = frozenset(
    {"in", "at", "near", "inside", "outside", "around", "across", "throughout", "within"}
)
DIRECTED = frozenset(
    {"on", "against", "over", "into", "to", "toward", "towards", "onto", "through"}
)
CLAUSES = frozenset({"advcl", "ccomp", "relcl", "acl", "parataxis", "csubj", "pcomp", "xcomp"})
# Names that the gazetteer lacks score no higher (see `settle`).
UNLISTED_SCORE = 0.3
LADDER_RANK = {"site": 0, "town": 1, "district": 2, "province": 3, "country": 4}


def rank_of(place: Toponym) -> int:
    """What kind of place a name is, 0 a site to 4 a country.

    A name that the gazetteer lacks is a town's or smaller, though all that is known of its
    whereabouts may be the country.
    """
    if place["geonameid"] is None and place["score"] <= UNLISTED_SCORE:
        return LADDER_RANK["town"]
    return LADDER_RANK[place["precision"]]


@cache
def event_place_weights() -> Mapping[str, Mapping[str, float]]:
    """Weights of the features, by whether the sentence is parsed ("parsed", "surface")."""
    table: dict[str, dict[str, float]] = {"parsed": {}, "surface": {}}
    for model, name, weight in data_rows("places_event_weights.tsv"):
        table[model][name] = float(weight)
    return table


def is_parsed(doc: Doc, trigger: Trigger) -> bool:
    """Whether the sentence around the trigger has a dependency parse."""
    first, last = sentence_bounds(doc, min(max(trigger["head"], 0), len(doc) - 1))
    return any(token.dep for token in doc[first:last])


def in_sentence(doc: Doc, index: int, toponyms: list[Toponym]) -> list[int]:
    """Indexes of the toponyms in the sentence of token `index`."""
    first, last = sentence_bounds(doc, index)
    return [i for i, toponym in enumerate(toponyms) if first <= toponym["start"] < last]


def features(doc: Doc, trigger: Trigger, index: int, here: list[int]) -> list[str]:
    """How place `index` stands to the trigger, as named features."""
    toponyms: list[Toponym] = doc._.toponyms
    place = toponyms[index]
    found = ["bias"]
    found += _surface_features(doc, trigger, place, index, here)
    if is_parsed(doc, trigger):
        found += _path_features(doc, trigger, place)
    return found


def place_head(doc: Doc, place: Toponym) -> Token:
    """The token of a name that its syntax hangs on."""
    for token in doc[place["start"] : place["end"]]:
        if not place["start"] <= token.head.i < place["end"] or token.head.i == token.i:
            return token
    return doc[place["end"] - 1]


def _surface_features(
    doc: Doc, trigger: Trigger, place: Toponym, index: int, here: list[int]
) -> list[str]:
    found: list[str] = []
    toponyms: list[Toponym] = doc._.toponyms
    after = place["start"] >= trigger["end"]
    gap = place["start"] - trigger["end"] if after else trigger["start"] - place["end"]
    side = "after" if after else "before"
    found.append(f"{side}:{_bucket(gap)}")
    distances = {
        i: min(
            abs(toponyms[i]["start"] - trigger["end"]), abs(trigger["start"] - toponyms[i]["end"])
        )
        for i in here
    }
    nearest = distances[index] == min(distances.values())
    if nearest:
        found.append("nearest")
        found.append(f"nearest_{side}")
    rank = sorted(distances.values()).index(distances[index])
    found.append(f"rank:{min(rank, 3)}")
    peers = [i for i in here if (toponyms[i]["start"] >= trigger["end"]) == after]
    found.append(
        f"{side}_rank:{min(sorted(distances[i] for i in peers).index(distances[index]), 2)}"
    )
    if len(here) == 1:
        found.append("only")
    rank = rank_of(place)
    if rank >= LADDER_RANK["province"]:
        found.append(
            "precision:country" if rank == LADDER_RANK["country"] else "precision:province"
        )
    before = [doc[i].lower_ for i in range(max(0, place["start"] - 4), place["start"])]
    if before:
        word = before[-1]
        if word in LOCATIVE:
            found.append("word:locative")
        elif word in {"from", "of", "to", "on", "by", "with", "and", ","}:
            found.append(f"word:{word}")
    following = doc[place["end"]].lower_ if place["end"] < len(doc) else ""
    if following in {"'s", "’s"}:
        found.append("possessive")
    if following == "-":
        found.append("hyphen_after")
    first, _ = sentence_bounds(doc, trigger["head"])
    if place["start"] - first <= 3 and not after:
        found.append("opens_sentence")
    return found


def _bucket(gap: int) -> str:
    for limit in (1, 3, 6, 10, 16, 25):
        if gap <= limit:
            return str(limit)
    return "far"


def _path_features(doc: Doc, trigger: Trigger, place: Toponym) -> list[str]:
    found: list[str] = []
    source = place_head(doc, place)
    target = doc[trigger["head"]]
    up = [source, *_ancestors(source)]
    down = [target, *_ancestors(target)]
    spots = {token.i: step for step, token in enumerate(down)}
    meet = next((step for step, token in enumerate(up) if token.i in spots), None)
    if meet is None:
        return ["path:none"]
    above = spots[up[meet].i]  # steps from the trigger up to the meeting token
    chain = up[:meet]
    clauses_up = sum(token.dep_ in CLAUSES for token in chain)
    clauses_down = sum(token.dep_ in CLAUSES for token in down[:above])
    found.append(f"meet:{min(above, 3)}")
    found.append(f"clauses_place:{min(clauses_up, 2)}")
    found.append(f"clauses_trigger:{min(clauses_down, 2)}")
    if above:
        found.append(f"down:{down[above - 1].dep_}")
    lemma = target.lemma_.lower()
    if lemma in SPEECH or target.pos_ == "AUX":
        found.append("trigger:speech")
    elif target.pos_ in {"NOUN", "PROPN"}:
        found.append("trigger:noun")
    if chain:
        attach = chain[-1]
        found.append(f"attach:{attach.dep_}:{min(above, 1)}")
        if len(chain) == 1:
            found.append(f"direct:{source.dep_}:{min(above, 1)}")
        preps = [token for token in chain if token.dep_ in {"prep", "agent"} or token.pos_ == "ADP"]
        if preps:
            found.append(f"prep:{_prep(preps[0].lower_)}:{min(above, 1)}")
            found.append(f"chain:{attach.dep_}>{_prep(preps[0].lower_)}:{min(above, 1)}")
            found.append(f"topprep:{_prep(preps[-1].lower_)}:{min(above, 1)}")
        nouns = [token for token in chain[1:] if token.pos_ in {"NOUN", "PROPN"}]
        found.append(f"nouns:{min(len(nouns), 3)}")
        found.append(f"first:{source.dep_}")
        verb = next((token for token in up[1:] if token.pos_ in {"VERB", "AUX"}), None)
        if verb is not None and verb.i != target.i:
            lemma = verb.lemma_.lower()
            if lemma in SPEECH:
                found.append("verb:speech")
            elif lemma in RESIDENCE:
                found.append("verb:residence")
            else:
                found.append("verb:other")
        elif verb is not None:
            found.append("verb:trigger")
        if nouns and nouns[0].ent_type_ == "PERSON":
            found.append("on_person")
        if nouns and nouns[-1].ent_type_ == "ORG":
            found.append("on_org")
    else:
        found.append("place_above")
    subjects = [token for token in chain if token.dep_ in {"nsubj"}]
    if subjects and subjects[-1].i == source.i:
        found.append("is_subject")
    return found


def _ancestors(token: Token) -> list[Token]:
    path: list[Token] = []
    while token.head.i != token.i and len(path) < 40:
        token = token.head
        path.append(token)
    return path


def _prep(word: str) -> str:
    if word in LOCATIVE:
        return "locative"
    if word in DIRECTED:
        return "directed"
    return (
        word
        if word in {"of", "from", "by", "with", "for", "between", "as", "after", "during", "since"}
        else "other"
    )
