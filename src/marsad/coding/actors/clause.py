"""The clause around a word: subject, passive, agent, objects of prepositions.

Reads   the dependency parse.
Never   knows about parties: everything here is about tokens.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from marsad.codebook.actors import load_frames
from marsad.coding.parse import said_of

SUBJECT_DEPS = frozenset({"nsubj", "nsubjpass", "csubj"})
# "gunmen disguised as policemen": the doers are the gunmen.
_DISGUISED = frozenset("disguise dress pose masquerade clad impersonate".split())
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
MAX_HOPS = 6  # no chain of clauses in the news is longer; guards against odd parses


@cache
def frame(name: str) -> frozenset[str]:
    """Lemmas of the named frame (see actor_frames.tsv)."""
    return load_frames().get(name, frozenset())


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive, also as a bare participle or sharing its auxiliary."""
    children = list(verb.children)
    if any(c.dep_ in {"nsubjpass", "auxpass", "csubjpass"} for c in children):
        return True
    if verb.tag_ != "VBN":
        has_agent = any(c.dep_ == "agent" for c in children)
        return has_agent and verb.tag_ == "VBD" and not any(c.dep_ == "dobj" for c in children)
    if any(c.dep_ == "aux" and c.lemma_ == "have" for c in children):
        return False
    if verb.dep_ in {"acl", "advcl"}:
        return True
    if verb.dep_ == "conj":
        return verb.head.pos_ == "VERB" and is_passive(verb.head)
    return any(c.dep_ == "agent" for c in children)


def shares_circumstance(verb: Token) -> bool:
    """ "were killed and ten wounded in ...": the second verb may carry no phrase of its own."""
    return verb.dep_ == "conj" and verb.head.pos_ == "VERB" and is_passive(verb.head)


def agents(verb: Token) -> list[Token]:
    """What follows 'by' at a passive, also where the next joined verb carries it."""
    found = []
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            found += [c for c in child.children if c.dep_ == "pobj"]
    if not found:
        for child in verb.children:
            bare = not any(c.dep_ in SUBJECT_DEPS for c in child.children)
            if bare and child.dep_ == "conj" and child.tag_ == "VBN":
                found += agents(child)
    return found


def prep_objects(verb: Token, prepositions: frozenset[str]) -> list[Token]:
    """Objects of the verb's prepositions, also those the parser hung on its object."""
    found = []
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            found += [c for c in child.children if c.dep_ == "pobj"]
        elif child.dep_ == "prep" and child.lower_ == "from" and "on" in prepositions:
            found += _past_origin(child)
        elif child.dep_ in {"prt", "advmod"}:
            found += [
                c
                for prep in child.children
                if prep.dep_ == "prep" and prep.lower_ in prepositions
                for c in prep.children
                if c.dep_ == "pobj"
            ]
    return found


def _past_origin(origin: Token) -> list[Token]:
    """ "Opened fire from rooftops on the rebels": the parser hangs "on" on the rooftops."""
    return [
        pobj
        for place in origin.children
        for prep in place.children
        if prep.dep_ == "prep" and prep.lower_ == "on"
        for pobj in prep.children
        if pobj.dep_ == "pobj"
    ]


def subject_tokens(verb: Token, hops: int = 0) -> list[Token]:
    """Subjects of the verb, also where they are shared, controlled or relative."""
    if hops > MAX_HOPS:
        return []
    own = [c for c in verb.children if c.dep_ in SUBJECT_DEPS and c.i < verb.i]
    own = own or [c for c in verb.children if c.dep_ in SUBJECT_DEPS]
    if len(own) > 1:
        own = [c for c in own if not _follows_infinitive(c)] or own
    if own:
        return [_undisguised(_unrelative(token, verb)) for token in own]
    head = verb.head
    if verb.dep_ in {"acl", "relcl"}:
        if head.lower_ in {"those", "dead"} and head.head.lower_ == "among":
            return subject_tokens(head.head.head, hops + 1)  # "X was among those killed"
        return [head]
    if verb.dep_ in {"conj", "xcomp", "advcl", "ccomp", "dep", "parataxis"} and head is not verb:
        if head.pos_ not in {"VERB", "AUX"}:
            return []
        return _shared_subject(verb, head, hops)
    if verb.dep_ == "pcomp":
        return _controller(verb, hops)
    return []


def _follows_infinitive(noun: Token) -> bool:
    """ "Men sent to arrest a judge were ambushed": the judge is who was to be arrested."""
    before = noun.left_edge.i - 1
    return before > 0 and noun.doc[before].tag_ == "VB" and noun.doc[before - 1].lower_ == "to"


def _shared_subject(verb: Token, head: Token, hops: int) -> list[Token]:
    said = said_of(verb)
    if said is not None:
        return [said]
    if verb.dep_ == "conj" and head.lemma_ in {"say", "report", "add"}:
        # "They stopped the cars, it reported, and opened fire": "it" fired at nobody.
        before = [c for c in head.children if c.dep_ == "ccomp" and c.i < head.i]
        if before:
            return subject_tokens(before[0], hops + 1)
    if verb.dep_ == "xcomp":
        objects = [c for c in head.children if c.dep_ == "dobj"]
        if objects:
            return objects
    if verb.dep_ == "conj" and is_passive(head) != is_passive(verb) and not is_passive(verb):
        # "were ambushed and returned fire": the subject is shared, its role is not.
        return subject_tokens(head, hops + 1)
    purpose = verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.children)
    if verb.dep_ == "advcl" and verb.tag_ not in {"VBG", "VBN"} and not purpose:
        return []
    if verb.dep_ == "advcl" and head.lemma_ in {"say", "tell", "add"}:
        return []
    return subject_tokens(head, hops + 1)


def _controller(verb: Token, hops: int) -> list[Token]:
    """Who does the verb in "accused X of killing", "arrested for killing", "after killing"."""
    governor = verb.head.head
    if governor.pos_ in {"VERB", "AUX"}:
        if governor.lemma_ in frame("blame") or verb.head.lower_ in {"for", "of"}:
            objects = [c for c in governor.children if c.dep_ == "dobj"]
            if objects and not is_passive(governor):
                return objects
        return subject_tokens(governor, hops + 1)
    if governor.pos_ in {"NOUN", "PROPN"}:
        return [governor]
    return []


def _unrelative(token: Token, verb: Token) -> Token:
    """The noun that 'who' or 'which' stands for."""
    if token.lower_ in RELATIVES and verb.dep_ == "relcl":
        return verb.head
    return token


def _undisguised(token: Token) -> Token:
    """Who wears the disguise, where the parser took the mask for the doer."""
    before = token.left_edge.i - 1
    if before < 1 or token.doc[before].lower_ != "as":
        return token
    disguise = token.doc[before - 1]
    if disguise.lemma_ not in _DISGUISED:
        return token
    if disguise.dep_ in {"acl", "relcl"}:
        return disguise.head
    wearers = [c for c in disguise.children if c.dep_ in SUBJECT_DEPS and c.i < disguise.i]
    return wearers[0] if wearers else token


def relative_object(verb: Token) -> Token | None:
    """The noun that a relative clause with its own subject is about."""
    if verb.dep_ != "relcl" or is_passive(verb):
        return None
    subjects = [c for c in verb.children if c.dep_ in SUBJECT_DEPS]
    if not subjects or subjects[0].lower_ in RELATIVES:
        return None
    if any(c.dep_ == "dobj" and c.lower_ not in RELATIVES for c in verb.children):
        return None
    return verb.head
