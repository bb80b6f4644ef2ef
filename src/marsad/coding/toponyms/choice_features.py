"""Features of a place towards an event: how one hangs on the other.

Reads   doc._.toponyms, the parse where there is one,
        codebook/data/places_event_weights.tsv and places_event_verbs.tsv.
Writes  nothing. `choice` adds the weights up; training/event_place.py fits them.

Grammar, order and kinds of word only, and no names: what tells an event's place in one war's
reports must tell it in another's.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from spacy.tokens import Doc, Token

from marsad.coding.mentions import Toponym, Trigger
from marsad.coding.once import mentions_within
from marsad.coding.sentences import sentence_bounds
from marsad.coding.toponyms.lexicon import toponym_lexicon
from marsad.places.build import data_rows

Weights = Mapping[str, float]

LOCATIVE = frozenset(
    {"in", "at", "near", "inside", "outside", "around", "across", "throughout", "within"}
)
_DIRECTED = frozenset(
    {"on", "against", "over", "into", "to", "toward", "towards", "onto", "through"}
)
_PATH_PREPOSITIONS = frozenset(
    {"of", "from", "by", "with", "for", "between", "as", "after", "during", "since"}
)
_BEFORE = frozenset(
    """in at near of on from to into between against around outside inside by with and , ( through
    over for towards toward across within along""".split()
)
# What may stand between a preposition and the name: "in the besieged northern town of".
_MODIFIERS = frozenset({"amod", "compound", "poss", "case", "nummod", "det"})
_MODALS = frozenset({"will", "would", "could", "may", "might", "can", "should", "must"})
_DEPENDENTS = tuple("aux auxpass nsubj nsubjpass dobj prep neg advcl agent mark".split())
_MAX_MODIFIERS = 6
_MAX_PATH = 40
# Distances in words, up to which places count as equally far.
_GAPS = (1, 3, 6, 10, 16, 25)
# Names that the gazetteer lacks score no higher (see `settle`).
UNLISTED_SCORE = 0.3
LADDER_RANK = {"site": 0, "town": 1, "district": 2, "province": 3, "country": 4}
_LADDER = tuple(LADDER_RANK)


def rank_of(place: Toponym) -> int:
    """What kind of place a name is, 0 a site to 4 a country.

    A name that the gazetteer lacks is a town's or smaller, though all that is known of its
    whereabouts may be the country.
    """
    if place["geonameid"] is None and place["score"] <= UNLISTED_SCORE:
        return LADDER_RANK["town"]
    return LADDER_RANK[place["precision"]]


@cache
def event_place_weights() -> Mapping[str, Weights]:
    """Weights of the features, by whether the sentence is parsed ("parsed", "surface")."""
    table: dict[str, dict[str, float]] = {"parsed": {}, "surface": {}}
    for model, name, weight in data_rows("places_event_weights.tsv"):
        table[model][name] = float(weight)
    return table


@cache
def _classes() -> Mapping[str, str]:
    """Lemma of a verb or event noun to its class."""
    return {
        lemma: kind
        for kind, lemmas in data_rows("places_event_verbs.tsv")
        for lemma in lemmas.split()
    }


def class_of(token: Token) -> str:
    """The class of a verb or event noun, "other" where it has none."""
    return _classes().get((token.lemma_ or token.lower_).lower(), "other")


def is_parsed(doc: Doc, trigger: Trigger) -> bool:
    """Whether the sentence around the trigger has a dependency parse."""
    first, last = sentence_bounds(doc, _head(doc, trigger))
    return any(token.dep for token in doc[first:last])


def in_sentence(doc: Doc, index: int, toponyms: list[Toponym]) -> list[int]:
    """Indexes of the toponyms in the sentence of token `index`."""
    first, last = sentence_bounds(doc, index)
    if toponyms is doc._.toponyms:
        return list(mentions_within(doc, "toponyms", first, last))
    return [i for i, toponym in enumerate(toponyms) if first <= toponym["start"] < last]


def place_head(doc: Doc, place: Toponym) -> Token:
    """The token of a name that its syntax hangs on."""
    for token in doc[place["start"] : place["end"]]:
        if not place["start"] <= token.head.i < place["end"] or token.head.i == token.i:
            return token
    return doc[place["end"] - 1]


def place_features(
    doc: Doc, trigger: Trigger, index: int, here: list[int], *, parsed: bool
) -> list[str]:
    """How place `index` stands to the trigger, as named features.

    `here` are the sentence's locations; without a parse only words and their order count.
    """
    place: Toponym = doc._.toponyms[index]
    kind = class_of(doc[_head(doc, trigger)])
    found = _order_features(doc, trigger, place, index, here)
    found += _name_features(doc, place, kind)
    if parsed:
        found += _path_features(doc, trigger, place, kind)
    return found


def none_features(doc: Doc, trigger: Trigger, here: list[int], *, parsed: bool) -> list[str]:
    """What speaks for the sentence naming no place of the event, as named features."""
    head = doc[_head(doc, trigger)]
    kind = class_of(head)
    found = ["none", f"none_places:{min(len(here), 4)}", "none_class:" + kind]
    if not parsed:
        return found
    found += [
        "none_pos:" + head.pos_,
        "none_tag:" + head.tag_,
        "none_dep:" + head.dep_,
        f"none_class:{kind}|{head.tag_}",
    ]
    children = list(head.children)
    relations = {child.dep_ for child in children}
    found += ["none_has:" + name for name in _DEPENDENTS if name in relations]
    auxiliaries = {child.lower_ for child in children if child.dep_ in {"aux", "auxpass"}}
    if auxiliaries & _MODALS:
        found.append("none_modal")
    if auxiliaries & {"has", "have"}:
        found.append("none_perfect")
    if "to" in auxiliaries:
        found.append("none_to")
    first, last = sentence_bounds(doc, head.i)
    verbs = sum(1 for token in doc[first:last] if token.pos_ == "VERB")
    found.append(f"none_verbs:{min(verbs, 5)}")
    for child in children:
        if child.dep_ == "prep" and child.lower_ in LOCATIVE:
            found.append("none_locative")
            found += ["none_locative:" + o.pos_ for o in child.children if o.dep_ == "pobj"]
    return found


def _head(doc: Doc, trigger: Trigger) -> int:
    return min(max(trigger["head"], 0), len(doc) - 1)


def _order_features(
    doc: Doc, trigger: Trigger, place: Toponym, index: int, here: list[int]
) -> list[str]:
    """Which side of the trigger the name stands on, how far, and what is between."""
    toponyms: list[Toponym] = doc._.toponyms
    after = place["start"] >= trigger["end"]
    low, high = (trigger["end"], place["start"]) if after else (place["end"], trigger["start"])
    side = "after" if after else "before"
    gap = max(0, high - low)
    words = "far" if gap > _GAPS[-1] else next(str(limit) for limit in _GAPS if gap <= limit)
    between = doc[low:high] if high > low else doc[0:0]
    marks = sum(1 for token in between if token.is_punct)
    verbs = sum(1 for token in between if token.pos_ == "VERB")
    places = sum(1 for i in here if i != index and low <= toponyms[i]["start"] < high)
    first, _ = sentence_bounds(doc, _head(doc, trigger))
    found = [
        f"{side}:{words}",
        f"marks:{side}:{min(marks, 3)}",
        f"verbs:{side}:{min(verbs, 3)}",
        f"places:{side}:{min(places, 3)}",
    ]
    if place["start"] - first <= 3 and not after:
        found.append("opens_sentence")
    return found


def _name_features(doc: Doc, place: Toponym, kind: str) -> list[str]:
    """What kind of place is named, and the words right before and after."""
    found = ["kind:" + _LADDER[rank_of(place)]]
    if place["geonameid"] is None:
        found.append("unlisted")
    if place["relation"]:
        found.append("relation")
    before, called = _word_before(doc, place["start"])
    found += ["before_name:" + before, f"before_name:{before}|{kind}"]
    if called:
        found.append("called")
    if place["end"] >= len(doc):
        return found
    following = doc[place["end"]]
    nouns = toponym_lexicon().type_nouns
    if following.lower_ in {"'s", "’s"}:
        owned = next(
            (t for t in doc[place["end"] + 1 : place["end"] + 6] if t.pos_ in {"NOUN", "PROPN"}),
            None,
        )
        parts = owned is not None and owned.lower_ in nouns
        found += ["owns", "owns_part" if parts else "owns_other"]
    elif following.text == "-":
        found.append("hyphen_after")
    elif following.lower_ in nouns:
        found.append("then_kind")
    elif following.pos_ in {"NOUN", "PROPN"} and not following.is_sent_start:
        found.append("then_noun")
    return found


def _word_before(doc: Doc, start: int) -> tuple[str, bool]:
    """The word before the name and its modifiers, and whether they call it a kind of place."""
    lexicon = toponym_lexicon()
    index, called = start - 1, False
    for _ in range(_MAX_MODIFIERS):
        if index < 0 or doc[index + 1].is_sent_start:
            break
        token = doc[index]
        word = token.lower_
        if word in lexicon.type_nouns:
            called = True
        elif not (
            word in lexicon.compass
            or word in {"the", "a", "an"}
            or (word == "of" and index and doc[index - 1].lower_ in lexicon.type_nouns)
            or token.dep_ in _MODIFIERS
            or token.pos_ == "ADJ"
        ):
            break
        index -= 1
    if index < 0 or doc[index + 1].is_sent_start:
        return "start", called
    token = doc[index]
    return (token.lower_ if token.lower_ in _BEFORE else "pos " + token.pos_), called


def _path_features(doc: Doc, trigger: Trigger, place: Toponym, kind: str) -> list[str]:
    """The way through the parse from the name to the trigger."""
    source = place_head(doc, place)
    target = doc[_head(doc, trigger)]
    up, down = _path(source), _path(target)
    if target.pos_ in {"NOUN", "PROPN"} and all(token.i != target.i for token in up):
        # "The blast hit a market in X": beside the noun, its verb has the place.
        down = next((down[n:] for n, token in enumerate(down) if token.pos_ == "VERB"), down)
    spots = {token.i: step for step, token in enumerate(down)}
    meet = next((step for step, token in enumerate(up) if token.i in spots), None)
    if meet is None:
        return ["path:none"]
    chain, above = up[:meet], down[: spots[up[meet].i]]
    rising = _joined([token.dep_ for token in chain], 3, ">")
    falling = _joined([token.dep_ for token in above], 2, "<")
    side = min(len(above), 1)
    found = ["up:" + rising, "down:" + falling, f"down:{falling}|{kind}"]
    if not chain:
        return found
    top = chain[-1].dep_
    found += [f"attach:{top}:{side}", f"attach:{top}|{kind}:{side}"]
    prepositions = [t for t in chain if t.dep_ in {"prep", "agent"} or t.pos_ == "ADP"]
    if prepositions:
        lowest, highest = (_preposition(t.lower_) for t in (prepositions[0], prepositions[-1]))
        found += [
            f"prep:{lowest}:{side}",
            f"chain:{top}>{lowest}:{side}",
            f"topprep:{highest}:{side}",
        ]
    if [t.i for t in chain if t.dep_ == "nsubj"][-1:] == [source.i]:
        found.append("is_subject")
    return found


def _joined(names: list[str], most: int, arrow: str) -> str:
    if len(names) <= most:
        return arrow.join(names)
    return ".." + arrow.join(names[-2:])


def _path(token: Token) -> list[Token]:
    """The token and what it hangs on, up to the root."""
    path = [token]
    while token.head.i != token.i and len(path) < _MAX_PATH:
        token = token.head
        path.append(token)
    return path


def _preposition(word: str) -> str:
    if word in LOCATIVE:
        return "locative"
    if word in _DIRECTED:
        return "directed"
    return word if word in _PATH_PREPOSITIONS else "other"
