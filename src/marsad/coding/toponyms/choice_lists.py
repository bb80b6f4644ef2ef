"""Lists and containers: which places of a sentence are named as one.

Reads   doc._.toponyms.
Writes  nothing.

"In A, B and C" names three places for one event; "Goma, North Kivu" names one, twice.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc

from marsad.coding.mentions import Toponym
from marsad.coding.toponyms.choice_features import LADDER_RANK, rank_of
from marsad.coding.toponyms.lexicon import toponym_lexicon

_GLUE = frozenset({",", ";", "and", "&", "or", "the", "in", "as", "well", "also", "both", "of",
                   "another", "more", "at", "near", "on"})  # fmt: skip
# Between two names of one list stand at most so many words: "the divided city of".
MAX_LIST_GAP = 8
MAX_CONTAINMENT_GAP = 8
_JOINING = frozenset({"and", "or", "&"})
# Relations that take two places to say where one is.
_PAIRED = frozenset({"between", "on the road to", "border with"})


def lies_beside(doc: Doc, inner: int, outer: int) -> bool:
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
    if len(gap) > MAX_CONTAINMENT_GAP or "and" in gap:
        return False
    if first is b:
        return bool(gap) and gap[0] in {"'s", "’s", "'"}
    return not gap or gap[0] == "," or "in" in gap or "of" in gap or gap[0] == "("


def most_precise(doc: Doc, index: int, here: list[int]) -> int:
    """The place inside `index` that the text writes beside it ("Goma, North Kivu"), else itself."""
    for other in here:
        if other != index and lies_beside(doc, other, index):
            return most_precise(doc, other, [i for i in here if i != index])
    return index


def listed_with(doc: Doc, index: int, here: list[int]) -> list[int]:
    """The places coordinated with `index` ("in A, B, C and D"), left to right, with itself."""
    toponyms: list[Toponym] = doc._.toponyms
    if len(here) == 1 or toponyms[index]["relation"] in _PAIRED:
        return [index]
    rank = rank_of(toponyms[index])
    # A container between two list members ("A in X, B in Y") does not break the list.
    peers = [i for i in here if abs(rank_of(toponyms[i]) - rank) <= 1]
    peers = [
        i
        for i in peers
        if i == index or not any(lies_beside(doc, other, i) for other in here if other != i)
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
    if any(toponyms[i]["relation"] in _PAIRED for i in kept):
        return [index]
    joined = any(token.lower_ in _JOINING for token in span)
    return kept if joined or len(kept) > 2 else [index]


def _is_listed(doc: Doc, a: int, b: int, here: list[int]) -> bool:
    toponyms: list[Toponym] = doc._.toponyms
    first, second = (a, b) if a < b else (b, a)
    covered: set[int] = set()
    for i in here:
        if first < i < second:
            covered.update(range(toponyms[i]["start"], toponyms[i]["end"]))
    gap = [
        doc[i] for i in range(toponyms[first]["end"], toponyms[second]["start"]) if i not in covered
    ]
    words = [token.lower_ for token in gap]
    if not gap or len(gap) > MAX_LIST_GAP or not any(w in _JOINING or w in ",;" for w in words):
        return False
    glue = _list_glue()
    return all(token.lower_ in glue or token.pos_ in {"ADJ", "NUM"} for token in gap)


@cache
def _list_glue() -> frozenset[str]:
    lexicon = toponym_lexicon()
    return _GLUE | frozenset(lexicon.type_nouns) | lexicon.compass
