"""Generality: events spoken of in general, as a rate, or as a topic of talk.

Reads   the parse around the trigger.
Writes  nothing.

"Attacks on aid workers are unacceptable", "murders fell by a tenth", "the ministers discussed
the fighting": such words name a kind of event, and no bounded one. So do habits ("bandits who
attack villages") and the toll of a whole war.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from marsad.coding.mentions import ModalityReading, Trigger
from marsad.coding.modality.cues import load_cues
from marsad.coding.modality.readings import make_reading
from marsad.coding.parse import is_parsed
from marsad.coding.sentences import sentence_bounds
from marsad.coding.times.hosts import MAX_CLIMB

_BOUNDING = frozenset({"det", "nummod", "poss", "relcl", "acl"})
# "A surge in attacks": a rate.
_TRENDS = frozenset(
    "surge rise increase spike uptick upsurge decline drop decrease reduction jump fall".split()
)
_ABOUT = frozenset({"on", "about", "of", "to", "over", "against", "at", "for"})
_BEING = frozenset({"be", "become", "remain"})
_VERBAL_NOUN = ("NN", "NNS")
_STILL = frozenset({"still", "also", "always", "continually"})
_VAGUE = frozenset(
    {"hundreds", "thousands", "millions", "many", "those", "countless", "scores", "people", "all"}
)


def read_generic(doc: Doc, trigger: Trigger) -> ModalityReading | None:
    """A habit ("bandits who attack villages") or a war's toll ("the war, in which many died")."""
    head = doc[trigger["head"]]
    if head.tag_ in {"VBP", "VBZ"} and (_in_relative_clause(head) or _in_that_clause(head)):
        return make_reading("historical", [head.i, head.i + 1], "a habit in the present tense")
    habit = _habit_above(head)
    if habit is not None:
        return make_reading("historical", [habit.i, habit.i + 1], "a habit in the present tense")
    standing = _standing_war(head)
    if standing is not None:
        return make_reading(
            "historical", [standing.i, standing.i + 1], "a war that goes on, no event of it"
        )
    if head.dep_ == "relcl" and _is_vague(head.head) and is_perfect(head):
        return make_reading(
            "historical", [head.i, head.i + 1], "what has gone on, without a number"
        )
    if _is_habit(head):
        return make_reading(
            "historical", [head.head.i, head.head.i + 1], "a habit in the present tense"
        )
    clause = head.head.head if head.dep_ == "pobj" else head
    if clause.dep_ == "relcl" and head.pos_ == "NOUN" and is_perfect(clause):
        return make_reading(
            "historical", [clause.i, clause.i + 1], "what has gone on, without a date"
        )
    general = generality_of(head, trigger) if is_parsed(head) else None
    if general is not None:
        return make_reading("historical", [general.i, general.i + 1], "spoken of in general")
    if trigger["role"] == "harm" and is_parsed(head):
        subjects = [c for c in head.children if c.dep_ == "nsubj"]
        owners = [head.head] if head.dep_ == "relcl" else subjects
        owners += _wars_of_toll(head, subjects)
        war = next((noun for noun in owners if noun.lemma_.lower() in load_cues().wars), None)
        if war is not None:
            return make_reading(
                "historical", [war.i, war.i + 1], f'the toll of "{war.text}", no incident'
            )
    return None


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
    if head.dep_ == "pobj" and verb.lower_ == "in" and verb.head.lemma_.lower() in _TRENDS:
        return verb.head
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


def _wars_of_toll(verb: Token, subjects: list[Token]) -> list[Token]:
    """ "thousands have been killed in the insurgency": the war whose toll this is."""
    passive = [c for c in verb.children if c.dep_ == "nsubjpass"]
    if not (is_perfect(verb) or any(_is_vague(noun) for noun in (*subjects, *passive))):
        return []
    return [
        noun
        for prep in verb.children
        if prep.dep_ == "prep" and prep.lower_ in {"in", "during"}
        for noun in prep.children
        if noun.dep_ == "pobj"
    ]


def _in_relative_clause(verb: Token) -> bool:
    return verb.dep_ == "relcl" or (verb.dep_ == "conj" and verb.head.dep_ == "relcl")


def _is_habit(noun: Token) -> bool:
    """ "The group still carries out hit-and-run attacks": in a sentence, not in a headline."""
    verb = noun.head
    if noun.tag_ != "NNS" or noun.dep_ != "dobj" or verb.tag_ not in {"VBZ", "VBP"}:
        return False
    if any(c.dep_ in {"det", "nummod", "poss"} for c in noun.children):
        return False
    _, end = sentence_bounds(noun.doc, noun.i)
    closed = any(token.text == "." for token in noun.doc[noun.i : end])
    return closed and any(c.lower_ in _STILL for c in verb.children)


_BESIDE = frozenset({"advcl", "conj", "xcomp", "dep", "oprd"})


def _habit_above(verb: Token) -> Token | None:
    """ "Bandits who raid villages, looting and killing residents": how they do it each time."""
    for _ in range(MAX_CLIMB):
        if verb.tag_ not in {"VBG", "VBP"} or verb.dep_ not in _BESIDE:
            return None
        verb = verb.head
        if verb.dep_ == "dobj":  # "raid villages, looting": read as joined to the object
            verb = verb.head
        if verb.tag_ in {"VBP", "VBZ"} and verb.dep_ == "relcl":
            return verb
    return None


def _standing_war(verb: Token) -> Token | None:
    """ "The army is battling an insurgency", "rebels fighting the regime": who they are.

    A fight with a day or a number has more said of it and is read before.
    """
    if verb.tag_ != "VBG" or verb.lemma_.lower() not in _WAGING:
        return None
    if verb.dep_ == "acl":
        return verb.head
    wars = load_cues().wars
    return next((c for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in wars), None)


_WAGING = frozenset({"fight", "battle", "combat", "wage"})


def _in_that_clause(verb: Token) -> bool:
    """ "It says that it strikes only fighters"; headlines ("Army Says It Strikes") lack "that"."""
    return verb.dep_ == "ccomp" and any(
        c.dep_ == "mark" and c.lower_ == "that" for c in verb.children
    )


def _is_vague(noun: Token) -> bool:
    """ "the hundreds of farmers", "many people", "those": no figure of one incident."""
    words = [noun.lower_, *(child.lower_ for child in noun.children)]
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        words.append(noun.head.head.lower_)
    return any(word in _VAGUE for word in words)


def is_perfect(verb: Token) -> bool:
    """Whether the verb is in the present perfect ("have been killed")."""
    return any(c.dep_ in {"aux", "auxpass"} and c.lower_ in {"have", "has"} for c in verb.children)
