"""Generality: events spoken of in general, as a rate, or as a topic of talk.

Reads   the parse around the trigger.
Writes  nothing.

"Attacks on aid workers are unacceptable", "murders fell by a tenth", "the ministers discussed
the fighting": such words name a kind of event, and no bounded one.
"""

from __future__ import annotations

from spacy.tokens import Token

from marsad.coding.mentions import Trigger
from marsad.coding.modality.cues import load_cues
from marsad.coding.times.hosts import MAX_CLIMB

_BOUNDING = frozenset({"det", "nummod", "poss", "relcl", "acl"})
_ABOUT = frozenset({"on", "about", "of", "to", "over", "against", "at", "for"})
_BEING = frozenset({"be", "become", "remain"})
_VERBAL_NOUN = ("NN", "NNS")


def generality_of(head: Token, trigger: Trigger) -> Token | None:
    """The word that shows that no single event is meant, or None."""
    if head.tag_ not in _VERBAL_NOUN or trigger["role"] == "means":
        return None
    cues = load_cues()
    if head.tag_ == "NNS":
        head = _kind_named(head)
    verb = head.head
    bare = not any(child.dep_ in _BOUNDING for child in head.children)
    if head.dep_ in {"nsubj", "nsubjpass"}:
        many = head.tag_ == "NNS" or head.lemma_.lower() in cues.masses
        if verb.lemma_.lower() in cues.changes and many and bare:
            return verb
        if bare and head.tag_ == "NNS" and verb.lemma_ in _BEING and _is_judged(verb):
            return verb
        return None
    if head.lemma_.lower() not in cues.masses:
        return None
    topic = verb
    if head.dep_ == "pobj" and verb.lower_ in _ABOUT and verb.head.i != verb.i:
        topic = verb.head
    elif head.dep_ not in {"dobj", "nsubjpass"}:
        return None
    return topic if topic.lemma_.lower() in cues.topics else None


def _kind_named(noun: Token) -> Token:
    """The noun that `noun` is an example of: "violent crimes including kidnappings and rapes"."""
    for _ in range(MAX_CLIMB):
        if noun.dep_ in {"conj", "appos"} and noun.head.tag_ == "NNS":
            noun = noun.head
        elif noun.dep_ == "pobj" and noun.head.lower_ in _SUCH and noun.head.head.tag_ == "NNS":
            noun = noun.head.head
        else:
            break
    return noun


_SUCH = frozenset({"including", "as", "like"})


def _is_judged(verb: Token) -> bool:
    """ "are unacceptable", "were a crime": said of a kind of deed; not "were heavy on Monday"."""
    judged = load_cues().judging
    return any(
        child.dep_ in {"acomp", "attr"} and child.lemma_.lower() in judged
        for child in verb.children
    )
