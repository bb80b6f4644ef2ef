"""Names: words of violence that are a month, a surname or part of a title.

Reads   the token, its part of speech, entity and place in the parse; the entry it would match.
Writes  nothing.

"In March", "Lynch said", "the County Jail", "Battle Creek": the form is an entry's, the word is
a name. And participles that only describe ("the occupied territories") evoke nothing.
"""

from __future__ import annotations

from spacy.tokens import Token

from marsad.coding.sentences import sentence_bounds
from marsad.coding.triggers.lexicon import Pattern

# Kinds whose participles before a noun tell of a state, not an event ("the occupied
# territories", "the ousted president", "a besieged town").
_STATE_TYPES = frozenset({"territory-change", "other", "movement", "armed-clash", "agreement"})
# Before the name of a month, where no number follows it.
_BEFORE_MONTH = frozenset("in since last early late mid until till by next of".split())
_NAME_SPOTS = frozenset({"nsubj", "nsubjpass", "pobj", "compound", "poss", "appos"})
# A headline writes most of its long words with a capital.
_LONG_WORD = 4


def is_month(token: Token) -> bool:
    """ "During a March 17 meeting", "in March": the month, not a march."""
    if token.text != "March":
        return False
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    before = token.nbor(-1).lower_ if token.i else ""
    return (after is not None and after.is_digit) or before in _BEFORE_MONTH


def _is_surname(token: Token, pattern: Pattern) -> bool:
    """ "Lynch said", "the County Jail": a verb's form where only a name can stand."""
    if token.pos_ != "PROPN" or pattern.pos != "V" or token.dep_ not in _NAME_SPOTS:
        return False
    if not token.text.istitle():
        return False
    start, end = sentence_bounds(token.doc, token.i)
    words = [t.text for t in token.doc[start:end] if t.is_alpha and t.i != token.i]
    long = [word for word in words if len(word) >= _LONG_WORD]
    return 2 * sum(word[0].isupper() for word in long) <= len(long)


def names_something(token: Token, pattern: Pattern) -> bool:
    """Whether the word is part of a name, or a participle that only describes."""
    if _is_surname(token, pattern):
        return True
    if pattern.pos == "V" and token.dep_ == "amod":
        lasting = not token.lower_.endswith("ing") or token.lower_ == "occupying"
        occupied = pattern.event_type == "peaceful-protest" and lasting
        return occupied or pattern.event_type in _STATE_TYPES
    if token.ent_type_ not in ("ORG", "PRODUCT", "WORK_OF_ART", "PERSON"):
        return False
    if not token.text[:1].isupper() or token.text.isupper() or token.is_sent_start:
        return False
    beside = [token.doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(token.doc)]
    return any(t.ent_type_ == token.ent_type_ and t.text[:1].isupper() for t in beside)
