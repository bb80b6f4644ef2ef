"""Blame: whom an accusation names.

Reads   the parse.
Writes  nothing; returns tokens.
"""

from __future__ import annotations

from spacy.tokens import Token

from marsad.coding.attribution.grammar import child, is_passive

_ON = frozenset({"on", "to"})


def accused(cue: Token) -> list[Token]:
    """Heads of who is accused at an accusing verb or noun, with those joined by "and".

    "Accused X of", "blamed X for", "X was blamed", "blamed the raid on X",
    "the blame on X", "accusations against X".
    """
    heads: list[Token] = []
    if cue.pos_ in {"VERB", "AUX"}:
        held = child(cue, "dobj")
        near = [cue] if held is None else [cue, held]
        turned = [p for word in near for p in _objects_after(word, _ON) if cue.lemma_ == "blame"]
        if turned:
            heads = turned
        elif is_passive(cue):
            heads = [k for k in cue.children if k.dep_ == "nsubjpass"]
        else:
            thing = child(cue, "dobj")
            heads = [thing] if thing is not None else _objects_after(cue, frozenset({"on"}))
    else:
        heads = _objects_after(cue, frozenset({"against", "on", "of"}))
    return [token for head in heads for token in _joined(head)]


def _objects_after(word: Token, prepositions: frozenset[str]) -> list[Token]:
    return [
        pobj
        for prep in word.children
        if prep.dep_ in {"prep", "dative"} and prep.lower_ in prepositions
        for pobj in prep.children
        if pobj.dep_ == "pobj"
    ]


def _joined(head: Token) -> list[Token]:
    found, current = [head], head
    while True:
        following = [k for k in current.children if k.dep_ == "conj"]
        if not following or len(found) > 8:
            return found
        current = following[0]
        found.append(current)
