"""Captures: tell a town that was taken from a person who was.

Reads   triggers, toponyms, the parse.
Writes  the type of a trigger whose entry tells of either.
Never   needs the entity recogniser to know the town: it takes many for persons.

"Captured" and "seized" are said of people, places and arms. When triggers are
found, places are not known yet; once they are, the object decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from marsad.coding.triggers.lexicon import load_classes

_EITHER = frozenset({"capture", "seize"})
_OBJECTS = frozenset({"dobj", "nsubjpass"})


def settle_captures(doc: Doc) -> None:
    """Make a territory-change of each "abduction" whose object is a place."""
    towns: set[int] | None = None
    for trigger in doc._.triggers:
        if trigger["event_type"] != "abduction" or trigger["entry"] not in _EITHER:
            continue
        if towns is None:
            towns = {
                i
                for toponym in doc._.toponyms
                if toponym["role"] == "location"
                for i in range(toponym["start"], toponym["end"])
            }
        taken = list(_objects(doc[trigger["head"]]))
        if taken and all(t.i in towns or t.lower_ in load_classes()["place"] for t in taken):
            trigger["event_type"] = "territory-change"


def _objects(head: Token) -> Iterator[Token]:
    """What was captured: the verb's object, or what stands after "the capture of"."""
    for child in head.children:
        if child.dep_ in _OBJECTS:
            yield child
        elif head.pos_ == "NOUN" and child.dep_ == "prep" and child.lower_ == "of":
            yield from (inner for inner in child.children if inner.dep_ == "pobj")
