"""Doers: words for people who attack, by which an account goes on about them.

Reads   the parse.
Writes  nothing.
"""

from __future__ import annotations

from spacy.tokens import Token

_DOERS = frozenset(
    """gunmen gunman attackers attacker assailants assailant bombers bomber raiders raider bandits
    shooter shooters hijackers kidnappers militants insurgents intruders""".split()
)


def definite_doer(verb: Token) -> Token | None:
    """The verb's subject, where it is "the" and a word for people who attack."""
    if verb.pos_ != "VERB" or verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN"}:
        return None
    for child in verb.children:
        if child.dep_ == "nsubj" and child.lower_ in _DOERS:
            own = [c for c in child.children if c.i < child.i]
            return child if [c.lower_ for c in own] == ["the"] else None
    return None
