"""Sides: the parties of an incident as the two sides that other schemes ask for.

Reads   an ExportIncident and the actor crosswalk.
Writes  two lists of parties, and what ACLED and UCDP call them.
Never   invents a party: a side of which nobody tells is empty.
"""

from __future__ import annotations

from typing import Literal

from marsad.codebook.actor_crosswalk import load_actor_crosswalk
from marsad.publish.exports.content import ExportIncident, Party

STATE_FORCES, EXTERNAL_FORCES, CIVILIANS = 1, 8, 7
Sides = tuple[tuple[Party, ...], tuple[Party, ...]]


def two_sides(incident: ExportIncident) -> Sides:
    """Doers and those it was done to; where both did it to each other, the first and the rest."""
    actors, recipients = incident.actors, incident.recipients
    if recipients or len(actors) < 2:
        return actors, recipients
    return actors[:1], actors[1:]


def acled_type(party: Party, country: str | None) -> int:
    """ACLED's number for a kind of actor; a state's forces in another country are external."""
    number = load_actor_crosswalk()[party.kind].acled
    abroad = party.country is not None and country is not None and party.country != country
    return EXTERNAL_FORCES if number == STATE_FORCES and abroad else number


def acled_interaction(first: int | None, second: int | None) -> int | None:
    """The joint code: the smaller number first; a lone actor's number, then 0."""
    known = sorted(n for n in (first, second) if n is not None)
    if not known:
        return None
    return known[0] * 10 + (known[1] if len(known) == 2 else 0)


def ucdp_type(incident: ExportIncident) -> Literal[1, 2, 3] | None:
    """UCDP's type of violence: 1 state-based, 2 non-state, 3 one-sided; None if not to be told."""
    side_a, side_b = two_sides(incident)
    walk = load_actor_crosswalk()
    a = {walk[party.kind].ucdp for party in side_a}
    b = {walk[party.kind].ucdp for party in side_b}
    if a & {"state", "organised"} and b == {"civilian"}:
        return 3
    fighting = (a | b) & {"state", "organised"}
    if not (a & {"state", "organised"} and b & {"state", "organised"}):
        return None
    return 1 if "state" in fighting else 2
