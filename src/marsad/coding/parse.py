"""The parse: what every component asks of it.

Only sentences that may matter are parsed, so a token may have no label; and a
climb to the root is bounded, since nothing else bounds it in odd text.
"""

from __future__ import annotations

from spacy.tokens import Token

# Steps up a parse; real sentences need fewer than thirty.
MAX_PARSE_DEPTH = 60


def is_parsed(token: Token) -> bool:
    """Whether the token's sentence went through the parser."""
    return bool(token.dep)


# Verbs that nobody is the object of.
_SAYING = frozenset("say report claim add state announce confirm insist believe allege".split())


def said_of(verb: Token) -> Token | None:
    """The subject of what is said, where the parser took it for the object of the saying.

    "They say five keepers of the tomb, whom all revere, were murdered": it reads "say keepers".
    """
    saying = verb.head
    if verb.dep_ != "ccomp" or saying.i >= verb.i or saying.lemma_ not in _SAYING:
        return None
    return next((c for c in saying.rights if c.dep_ == "dobj" and c.i < verb.i), None)
