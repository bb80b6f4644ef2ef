"""Men of a party named before: "Ethiopia said its forces", "the rebels and their fighters".

Reads   parties in text order, the parse.
Writes  identity, kind and name of the possessed party.

A state's forces are its military; an armed group's fighters are the group.
"""

from __future__ import annotations

from spacy.tokens import Doc

from marsad.codebook.actors import load_nations, load_state_bodies
from marsad.coding.actors.party import Party
from marsad.records import ActorKind

_OWN = frozenset({"its", "their"})
_MEN = frozenset(
    """forces troops force soldier army military fighter unit navy airforce warplane gunman
    policeman police""".split()
)
_GROUPS: frozenset[ActorKind] = frozenset({"armed-group", "militia", "military", "criminal"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "poss"})


def link_possessives(doc: Doc, parties: list[Party]) -> None:
    """Give "its forces" the identity of the one subject before it in its sentence."""
    for position, party in enumerate(parties):
        if party.actor_id or party.noun not in _MEN or doc[party.start].lower_ not in _OWN:
            continue
        owner = _owner(doc, party, parties[:position])
        if owner is not None:
            _take(party, owner)


def _owner(doc: Doc, party: Party, earlier: list[Party]) -> Party | None:
    """The nearest subject before the words in the same sentence that can own armed men."""
    start = doc[party.start].sent.start if doc[party.head].dep else party.start
    for other in reversed(earlier):
        if other.start < start:
            return None
        if doc[other.head].dep_ in _SUBJECTS and (_is_state(other) or other.kind in _GROUPS):
            return other
    return None


def _is_state(party: Party) -> bool:
    return party.kind == "government" and party.country is not None and party.form != "person"


def _take(party: Party, owner: Party) -> None:
    if not _is_state(owner):
        party.name, party.actor_id, party.kind = owner.name, owner.actor_id, owner.kind
        party.country, party.source_kind = owner.country, owner.source_kind
        party.antecedent = owner
        return
    slug = "police" if party.kind == "police" else "military"
    nation = next((n for n in load_nations() if n.iso3 == owner.country), None)
    body = next((b for b in load_state_bodies() if b.slug == slug), None)
    if nation is not None and body is not None:
        party.adopt(body.of(nation))
