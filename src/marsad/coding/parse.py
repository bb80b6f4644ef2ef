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
