"""The mood of one word: what its own children say of its happening.

Reads   the parse around one token.
Writes  nothing; returns clues.
Never   looks above the token: see modality_scope.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from marsad.coding.mentions import Trigger
from marsad.coding.modality.cues import Finding, ModalityCues, load_cues
from marsad.coding.times.hosts import load_hosts

AUXILIARIES: dict[str, Finding] = {
    "will": "planned", "shall": "planned", "'ll": "planned", "’ll": "planned", "wo": "planned",
    "would": "hypothetical", "'d": "hypothetical", "’d": "hypothetical", "could": "hypothetical",
    "might": "hypothetical", "may": "hypothetical", "can": "hypothetical", "ca": "hypothetical",
    "must": "hypothetical", "should": "hypothetical", "ought": "hypothetical",
}  # fmt: skip
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "nor"})
NOBODY = frozenset({"nobody", "none", "nothing", "neither", "one-no"})


@dataclass(frozen=True)
class Clue:
    """One finding: what it says, the token that says it, and a sentence for the reviewer."""

    finding: Finding
    token: int
    reason: str
    governs: bool = False  # a governing word, not a modifier


def find_negation(verb: Token) -> Token | None:
    """The word that negates `verb`, or that negates its subject; None if there is none."""
    for child in verb.children:
        if child.dep_ == "neg" or (
            child.lower_ in NEGATIONS and child.dep_ in {"advmod", "preconj"}
        ):
            following = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
            if following not in {"only", "just", "merely", "least"}:
                return child
    return None


def read_mood(
    token: Token, trigger: Trigger, *, ties: bool = False, governing: bool = False
) -> Iterator[Clue]:
    """What the token's own children say: negation, auxiliaries, condition, adverbs."""
    cues = load_cues()
    if token.pos_ in {"VERB", "AUX"}:
        yield from _verb_mood(token, trigger, ties, governing)
    elif not ties and (word_not := _find_not(token)) is not None:
        yield _no_event(trigger, word_not)
    for child in token.children:
        word = child.lower_
        found = cues.modifiers.get(word)
        if found is None or child.dep_ not in _MODIFYING:
            continue
        if found == "denied":
            if child.dep_ == "det" and token.pos_ in {"NOUN", "PROPN"} and not ties:
                yield _no_event(trigger, child)
            continue
        if governing and found == "historical":
            continue
        yield Clue(found, child.i, f'"{child.text}" on "{token.text}"')


_MODIFYING = frozenset(
    {"amod", "advmod", "compound", "nmod", "det", "predet", "npadvmod", "acomp", "neg"}
)


def _find_not(noun: Token) -> Token | None:
    """The "not" of "books, not a bomb"."""
    index = noun.left_edge.i - 1
    if noun.pos_ in {"NOUN", "PROPN"} and index >= 0 and not noun.left_edge.is_sent_start:
        word = noun.doc[index]
        if word.lower_ == "not" and (index == 0 or noun.doc[index - 1].text == ","):
            return word
    return None


def read_content_mood(token: Token, trigger: Trigger) -> Iterator[Clue]:
    """What a verb's own mood says of its "that" clause: hearsay and conditions, no negation."""
    for clue in read_mood(token, trigger, governing=True):
        if clue.finding == "alleged" or token.doc[clue.token].lower_ in load_cues().marks:
            yield clue


def _no_event(trigger: Trigger, word: Token) -> Clue:
    """ "no attack" denies; "no deaths" gives a figure of nought."""
    if trigger["role"] == "harm":
        return Clue("zero", word.i, f'"{word.text}" gives a figure of nought')
    return Clue("denied", word.i, f'"{word.text}" says that there was none')


def _verb_mood(token: Token, trigger: Trigger, ties: bool, governing: bool) -> Iterator[Clue]:
    cues = load_cues()
    negation = None if _only_describes(token, trigger) else find_negation(token)
    if token.dep_ == "ROOT" and any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children):
        yield Clue("planned", token.i, '"to": ahead, as headlines put it')
    if negation is not None and not ties:
        yield Clue("denied", negation.i, f'"{negation.text}" negates "{token.text}"')
    for child in token.children:
        word = child.lower_
        if child.dep_ in {"nsubj", "nsubjpass", "dobj"} and not ties and not governing:
            nobody = _nobody(child)
            if nobody is None or child.i == trigger["head"]:
                continue
            if child.dep_ == "nsubjpass" and trigger["role"] == "harm":
                yield Clue("zero", nobody.i, f'"{nobody.text}" gives a figure of nought')
            else:
                yield _no_event(trigger, nobody)
        elif child.dep_ in {"aux", "auxpass"} and word in AUXILIARIES:
            yield from _auxiliary(token, child, governing, cues)
        elif child.dep_ == "aux" and word in {"had", "were"} and _is_inverted(token, child):
            yield Clue("hypothetical", child.i, f'"{child.text}" before its subject: a condition')
        elif child.dep_ in {"mark", "advmod"} and word in _ONCE and _is_present(token):
            yield Clue("hypothetical", child.i, f'"{child.text}" and the present: yet to come')
        elif child.dep_ in {"mark", "advmod"} and word in cues.marks:
            yield Clue("hypothetical", child.i, f'"{child.text}" makes it a condition')


_ONCE = frozenset({"once", "until", "till", "when", "whenever"})


def _is_present(verb: Token) -> bool:
    """ "once a truce is reached": a clause of time in the present tense."""
    if verb.dep_ not in {"advcl", "ccomp", "relcl"}:
        return False
    tenses = {c.tag_ for c in verb.children if c.dep_ in {"aux", "auxpass"}} or {verb.tag_}
    return bool(tenses & {"VBZ", "VBP"}) and "VBD" not in tenses


def _is_inverted(verb: Token, auxiliary: Token) -> bool:
    """ "Had the bomb exploded": auxiliary, subject, verb in a clause of its own."""
    return verb.dep_ == "advcl" and any(
        child.dep_ in {"nsubj", "nsubjpass"} and auxiliary.i < child.i < verb.i
        for child in verb.children
    )


def _only_describes(verb: Token, trigger: Trigger) -> bool:
    """ "this was no random attack", "the violence is not unusual": only what is said of it."""
    if verb.lemma_ != "be" or verb.i == trigger["head"]:
        return False
    for child in verb.children:
        if child.dep_ == "acomp":
            return True
        if child.dep_ == "attr" and any(c.dep_ == "amod" for c in child.children):
            return not any(c.dep_ == "expl" for c in verb.children)
    return False


def _nobody(noun: Token) -> Token | None:
    """The word that empties a subject or object: "no one", "none", "neither side"."""
    if noun.lower_ in NOBODY:
        return noun
    for child in noun.children:
        if child.dep_ in {"det", "neg"} and child.lower_ in {"no", "neither"}:
            following = child.nbor(1) if child.i + 1 < len(child.doc) else child
            return None if following.like_num else child  # "vehicle no 85"
    return None


def _auxiliary(
    verb: Token, auxiliary: Token, governing: bool, cues: ModalityCues
) -> Iterator[Clue]:
    """A modal verb: hearsay about the past, a plan, a threat, or a mere possibility."""
    word = auxiliary.lower_
    perfect = any(c.dep_ in {"aux", "auxpass"} and c.lower_ == "have" for c in verb.children)
    if word in {"may", "might", "must"} and perfect:
        yield Clue("alleged", auxiliary.i, f'"{auxiliary.text} have": not certain')
        return
    found = AUXILIARIES[word]
    if word in {"'d", "’d"} and verb.tag_ != "VB":
        return  # "they'd attacked"
    said_by = (
        verb.head if verb.dep_ in {"ccomp", "xcomp", "conj"} and verb.head.i != verb.i else None
    )
    if found == "planned" or word == "would":
        if said_by is not None and said_by.lemma_.lower() in cues.threatening:
            yield Clue("threatened", auxiliary.i, f'"{said_by.text}" ... "{auxiliary.text}"')
            return
        if (
            word == "would"
            and not perfect
            and said_by is not None
            and said_by.lower_ in load_hosts()["say"]
        ):
            yield Clue("planned", auxiliary.i, f'"{auxiliary.text}": announced, not done')
            return
    if verb.lemma_ in {"hear", "see", "feel"} and word in {"can", "could"}:
        return  # "could be heard": it was
    if governing and word in {"can", "ca", "could"} and find_negation(verb) is None:
        return  # "could be seen attacking"
    yield Clue(found, auxiliary.i, f'"{auxiliary.text}" leaves it open')
