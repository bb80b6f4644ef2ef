"""Threats: which of them another trigger already tells, as a threatened act.

Reads   the matches of one sentence and the parse, where there is one.
Writes  nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from marsad.coding.parse import is_parsed
from marsad.coding.triggers.match import Match

# Without a parse, what stands this many tokens after a threat's word is what is threatened.
UNPARSED_REACH = 6
MAX_STEPS = 6
# The parts of a sentence that say what is threatened.
_CONTENT = frozenset({"xcomp", "ccomp", "dobj", "conj", "pcomp", "pobj", "acl"})
_OF = frozenset({"of", "with", "to"})
# Gatherings are what threats are uttered about, not what is threatened.
_ABOUT = frozenset({"peaceful-protest", "protest-intervention", "agreement"})


def drop_named_threats(doc: Doc, matches: Sequence[Match]) -> list[Match]:
    """The matches without threats whose act another names: "vowed to bomb the port"."""
    threats = [m for m in matches if m.pattern.event_type == "threat"]
    if not threats:
        return list(matches)
    acts = [
        m
        for m in matches
        if m.pattern.role == "event"
        and m not in threats
        and (m.pattern.event_type not in _ABOUT or m.pattern.pos == "V")
    ]
    return [m for m in matches if m not in threats or not any(_names(doc, a, m) for a in acts)]


def _names(doc: Doc, act: Match, threat: Match) -> bool:
    """Whether the act is what the threat's words say will be done."""
    if act.start < threat.end:
        return False
    head = doc[threat.head]
    if not is_parsed(head):
        return act.start - threat.end <= UNPARSED_REACH
    return _says(doc[act.head], head)


def _says(token: Token, head: Token) -> bool:
    for _ in range(MAX_STEPS):
        if token.i == head.i:
            return True
        if token.dep_ not in _CONTENT and not (token.dep_ == "prep" and token.lower_ in _OF):
            return False
        token = token.head
    return False
