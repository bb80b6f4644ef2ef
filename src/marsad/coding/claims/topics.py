"""Topics: deeds that are only spoken of beside the event a report tells.

Reads   drafts of claims and the parse around a frame's triggers.
Writes  nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from marsad.coding.claims.drafts import Draft
from marsad.coding.claims.families import FAMILY, REAL
from marsad.coding.claims.frames import Frame
from marsad.coding.claims.memo import time_of
from marsad.coding.claims.places import own_places

_TOPIC_VERBS = frozenset(
    """condemn deplore denounce decry lament mourn regret investigate probe recall remember discuss
    avenge criticise criticize cite raise""".split()
)


def is_other_deed(doc: Doc, frame: Frame, earlier: Sequence[Draft]) -> bool:
    """ "The archbishop deplored the murder of a union leader", in a report of a raid.

    Somebody else's death that is only a topic, without a place or day of its own: not the raid's.
    """
    if frame.modality not in REAL or own_places(doc, frame) or not frame.triggers:
        return False
    violent = [d for d in earlier if FAMILY[d.claim.event_type] == "violence"]
    if not any(d.claim.modality in REAL for d in violent):
        return False
    for index in frame.triggers:
        head = doc[doc._.triggers[index]["head"]]
        victim = _victim_of(head)
        if victim is None or head.dep_ not in {"dobj", "nsubjpass"}:
            return False
        if head.head.lemma_ not in _TOPIC_VERBS or _has_own_time(doc, frame, index):
            return False
        told = {t.lemma_ for d in earlier for t in d.frame.sentence}
        if victim.lemma_ in told:
            return False
    return True


def _victim_of(deed: Token) -> Token | None:
    """Who "of" names as killed: "the murder of a union leader"."""
    return next(
        (
            pobj
            for prep in deed.children
            if prep.lower_ == "of"
            for pobj in prep.children
            if pobj.dep_ == "pobj"
        ),
        None,
    )


def _has_own_time(doc: Doc, frame: Frame, trigger: int) -> bool:
    found = time_of(doc, doc._.triggers[trigger])
    if found is None:
        return False
    start = doc._.times[found]["start"]
    return bool(frame.sentence.start <= start < frame.sentence.end)
