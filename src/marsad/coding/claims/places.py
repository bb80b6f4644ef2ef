"""Claim places: where a frame's event happened, of all the places the words give.

Reads   doc._.toponyms, the parse, earlier drafts.
Writes  nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from marsad.coding.claims import parts as parts
from marsad.coding.claims.drafts import Draft
from marsad.coding.claims.families import FAMILY, REAL
from marsad.coding.claims.frames import Frame
from marsad.coding.claims.memo import places_of
from marsad.coding.once import trigger_at_head
from marsad.coding.parse import MAX_PARSE_DEPTH
from marsad.coding.toponyms.choice import EventPlaces
from marsad.records import EventType


def own_places(doc: Doc, frame: Frame, first: int | None = None) -> list[int]:
    """Toponyms that the frame's own sentence gives for it; those of trigger `first` preferred.

    A place that hangs on another event of the sentence is that event's.
    """
    order = sorted(frame.triggers, key=lambda i: (i != first, i))
    for index in order:
        found = places_of(doc, doc._.triggers[index])
        if found.indexes and not found.inherited:
            own = [i for i in found.indexes if _hangs_here(doc, frame, i)]
            if own:
                return own
    return []


def choose_places(
    doc: Doc, frame: Frame, main: int | None, kind: EventType, earlier: Sequence[Draft]
) -> EventPlaces:
    """The frame's own places; else those its account inherits, if it may.

    A place of another kind of event is not inherited: protests are not where the
    fight was. What only grounds another event, or did not happen, inherits none.
    """
    own = own_places(doc, frame, main)
    if own:
        return EventPlaces(indexes=own, inherited=False)
    elsewhere = [places_of(doc, doc._.triggers[i]) for i in frame.triggers]
    inherited = next((found for found in elsewhere if found.indexes and found.inherited), None)
    if inherited is None or frame.occasion or frame.modality not in REAL:
        return EventPlaces(indexes=[], inherited=False)
    used = {d.claim.place.evidence: d for d in earlier if d.claim.place and d.own_place}
    words = doc._.toponyms[inherited.indexes[0]]
    giver = used.get(parts.quote_tokens(doc, words["start"], words["end"]))
    if giver is not None and not _one_account(giver.claim.event_type, kind):
        return EventPlaces(indexes=[], inherited=False)
    return inherited


def _one_account(a: EventType, b: EventType) -> bool:
    """Whether an account of one kind of event may go on with the other without a new place."""
    return (FAMILY[a] == "protest") == (FAMILY[b] == "protest")


def _hangs_here(doc: Doc, frame: Frame, toponym: int) -> bool:
    """Whether the nearest trigger above a place name in the parse is one of this frame's."""
    heads = trigger_at_head(doc)
    mention = doc._.toponyms[toponym]
    token = doc[mention["start"] : mention["end"]].root
    for _ in range(MAX_PARSE_DEPTH):
        if token.i in heads:
            return heads[token.i] in frame.triggers
        for child in token.children:
            if child.dep_ == "amod" and child.i in heads:  # "a burning church in X"
                return heads[child.i] in frame.triggers
        if token.head.i == token.i:
            return True
        token = token.head
    return True
