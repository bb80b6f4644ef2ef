"""Depictions: what a video or picture shows is no part of the event it is told beside.

Reads   doc._.triggers, the words of a sentence, and the parse.
Writes  nothing.

"Thousands marched in A after a clip spread that shows bodies in a church in B": the bodies are
not of the march. "Gunmen raided A, and video showed bodies in the street": there they are.
"""

from __future__ import annotations

from bisect import bisect_left

from spacy.tokens import Doc, Span, Token

from marsad.codebook.disputes import load_dispute_words
from marsad.coding.once import once
from marsad.coding.sentences import sentence_bounds

# So many words may stand between a picture and the verb that tells what it shows.
MAX_SHOWING_TOKENS = 9
# "After an undated, grainy clip": so near before the picture the ground stands.
MAX_GROUND_TOKENS = 5
_SHOWING = frozenset(
    """show shows showed showing shown depict depicts depicted depicting portray portrays portrayed
    portraying capture captures captured capturing feature features featured featuring of about
    where in with to for honouring honoring commemorating remembering""".split()
)
# The picture is why the event took place, or what it was about.
_GROUNDS = frozenset(
    """after since over about following because against when as sparked triggered prompted provoked
    caused fuelled fueled angered outraged anger outrage fury carrying holding waving bearing
    displaying sharing shared watched watching screened""".split()
)
_HEDGES = frozenset(
    """appear appears appeared appearing purport purports purported purporting purportedly seem
    seems seemed claim claims claimed claiming alleged allegedly apparently reportedly supposedly
    unverified""".split()
)
# What recalls people long after: no witness of the event it is told beside.
_PICTURES = frozenset(
    """poster posters mural murals portrait portraits banner banners placard placards documentary
    memorial memorials monument monuments statue plaque exhibition novel book song opera""".split()
)
_RELATIVES = frozenset({"who", "that", "which"})
_CLOSING = frozenset({",", ";", ":", "and", "but", "while", "after", "when"})


def depiction_over(doc: Doc, index: int) -> Span | None:
    """The words from a picture to its word of showing, if doc[index] may be what it shows."""
    spots = once(doc, "pictures", (), lambda: _pictures(doc))
    at = bisect_left(spots, index) - 1
    if at < 0 or spots[at] < sentence_bounds(doc, index)[0]:
        return None
    here = spots[at]
    if any(token.lower_ == ";" for token in doc[here:index]):
        return None
    for verb in doc[here + 1 : min(here + 1 + MAX_SHOWING_TOKENS, index)]:
        if verb.lower_ in _SHOWING:
            return doc[here : verb.i + 1]
    return None


def _pictures(doc: Doc) -> list[int]:
    words = load_dispute_words()["shown"] | _PICTURES
    return [token.i for token in doc if token.lower_ in words]


def is_shown_apart(doc: Doc, triggers: list[int], index: int) -> bool:
    """Whether doc[index] stands in a picture that is only the ground of the events `triggers`."""
    picture = depiction_over(doc, index)
    if picture is None:
        return False
    heads = [doc._.triggers[i]["head"] for i in triggers]
    if not heads or max(heads) >= picture.start:
        return False
    return any(_is_ground(token) for token in doc[max(heads) + 1 : picture.start])


def is_portrayed(doc: Doc, index: int) -> bool:
    """Whether doc[index] stands right in what a poster or monument is of, or a book about.

    Such things recall what was before, whatever is told beside them.
    """
    picture = depiction_over(doc, index)
    if picture is None or picture[0].lower_ not in _PICTURES:
        return False
    if any(t.lower_ in _CLOSING for t in doc[picture.end : index]):
        return False
    token = doc[index]
    if token.tag_ == "VBD" and not any(c.lower_ in _RELATIVES for c in token.children):
        return False  # "people with portraits of the dead marched": a verb of its own
    return not token.dep or picture[0].is_ancestor(token)


def _is_ground(token: Token) -> bool:
    return token.lower_ in _GROUNDS


def is_ground_picture(picture: Span) -> bool:
    """Whether the picture is why what stands before it took place ("after a clip spread")."""
    low = max(picture.start - MAX_GROUND_TOKENS, sentence_bounds(picture.doc, picture.start)[0])
    return any(_is_ground(token) for token in picture.doc[low : picture.start])


def is_hedged_picture(picture: Span) -> bool:
    """Whether the picture only "appears" or "purports" to show it."""
    low = max(picture.start - 2, sentence_bounds(picture.doc, picture.start)[0])
    return any(token.lower_ in _HEDGES for token in picture.doc[low : picture.end])
