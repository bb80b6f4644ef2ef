"""Sequels: blasts and finds that go on with what the sentences before told.

Reads   triggers, matches and causes of harm in text order.
Writes  the kind of a blast.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from marsad.coding.mentions import Trigger
from marsad.coding.triggers.match import Match

# "The blast" takes up what was told at most this many sentences before.
BLAST_REACH = 2
# What goes off with a blast; a later "the blast" is of the kind told before.
_BLASTING = frozenset({"grenade", "suicide-bombing", "shelling", "remote-explosive"})


def name_blasts(doc: Doc, triggers: list[Trigger]) -> list[Trigger]:
    """ "The blast" after a grenade, a shell or a suicide bomber is that one's."""
    named: Trigger | None = None
    for trigger in triggers:
        if _is_the_blast(doc, trigger):
            if named is None:
                continue
            between = doc[named["start"] + 1 : trigger["start"] + 1]
            if sum(bool(token.is_sent_start) for token in between) <= BLAST_REACH:
                trigger["event_type"] = named["event_type"]
        elif trigger["role"] == "event" and trigger["event_type"] in _BLASTING:
            named = trigger
    return triggers


def _is_the_blast(doc: Doc, trigger: Trigger) -> bool:
    """Whether the trigger is "the blast" or "the explosion", said as known."""
    at = trigger["start"]
    words = doc[at : trigger["end"]].text.lower()
    return words in ("blast", "explosion") and at > 0 and doc[at - 1].lower_ == "the"


def without_recoveries(matches: list[Match]) -> Iterator[Match]:
    """The matches less each recovery and the weapons it lists."""
    listing = False
    for match in matches:
        if _is_recovery(match):
            listing = True
        elif not listing or match.pattern.role != "means":
            listing = False
            yield match


def _is_recovery(match: Match) -> bool:
    pattern = match.pattern
    first = pattern.entry.split()[0]
    return pattern.event_type == "weapons-seizure" and first in ("recover", "^recovery")


def settle_blasts(causes: list[str | None], reach: int) -> list[str | None]:
    """A blast goes on with the mishap told before it; elsewhere it is violence."""
    settled: list[str | None] = []
    for cause in causes:
        before = next((c for c in settled[-reach:][::-1] if c), None)
        settled.append((before or "violence") if cause == "blast" else cause)
    return settled
