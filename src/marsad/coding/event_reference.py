"""Event reference: does a mention speak of an event told before, or of another?

Reads   drafts of claims and the words around their triggers.
Writes  nothing; returns judgements ("same", "different") with their reason.

"The attack" after "an attack" is the same event; "another attack" is not. A bare
reference ("the clashes coincided with ...") says nothing new and makes no claim.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from marsad.coding.claim_places import own_places
from marsad.coding.drafts import Draft
from marsad.coding.event_parties import parties_of
from marsad.coding.families import FAMILY, REAL
from marsad.coding.frames import Frame
from marsad.records import Claim, EventType, Judgement

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "their", "its", "such", "both"})
_OTHER = frozenset(
    "another other separate second third fourth different further additional fresh new "
    "earlier previous similar subsequent later".split()
)


def is_bare_reference(doc: Doc, frame: Frame, earlier: Sequence[Draft]) -> bool:
    """Whether `frame` only points back: definite, nothing of its own, something to point at."""
    if frame.figures or not frame.triggers or frame.modality not in REAL:
        return False
    family = FAMILY[doc._.triggers[frame.triggers[0]]["event_type"]]
    if not any(FAMILY[d.claim.event_type] == family and d.claim.modality in REAL for d in earlier):
        return False
    for index in frame.triggers:
        trigger = doc._.triggers[index]
        if not _is_definite(doc[trigger["head"]]):
            return False
        parties = parties_of(doc, trigger)
        if parties.actors or parties.recipients:
            return False
    return not own_places(doc, frame)


def _is_definite(head: Token) -> bool:
    if head.pos_ not in {"NOUN", "PROPN"}:
        return False
    modifiers = [child for child in head.children if child.i < head.i]
    if any(child.lower_ in _OTHER for child in modifiers):
        return False
    return any(
        child.lower_ in _DEFINITE or (child.dep_ == "poss" and child.pos_ == "PRON")
        for child in modifiers
    )


def _is_other(head: Token) -> Token | None:
    """The word that marks the event as another one ("a second blast")."""
    if head.pos_ not in {"NOUN", "PROPN"}:
        return None
    return next((c for c in head.children if c.i < head.i and c.lower_ in _OTHER), None)


def relate_claims(doc: Doc, drafts: Sequence[Draft]) -> list[Judgement]:
    """What the words themselves say of two claims being about one incident or not."""
    judgements: list[Judgement] = []
    for position, draft in enumerate(drafts):
        if draft.claim.modality not in REAL:
            continue
        before = [d for d in drafts[:position] if d.claim.modality in REAL]
        judgements.extend(_same_frame(draft, before))
        if draft.frame.figures_only:
            judgements.extend(_numbers_follow(draft, before))
            continue
        for index in draft.frame.triggers:
            trigger = doc._.triggers[index]
            if trigger["role"] != "event":
                continue
            head = doc[trigger["head"]]
            marker = _is_other(head)
            if marker is not None:
                judgements.extend(_different(draft, before, f"{marker.text} {head.text}"))
            elif _is_definite(head):
                kind = draft.claim.event_type
                fitting = [d for d in before if not _places_clash(draft, d)]
                target = _antecedent(doc, draft.frame, kind, fitting, head)
                if target is not None:
                    judgements.append(_same(draft.claim, target.claim, head))
                    break
    return judgements


def _same_frame(draft: Draft, before: Sequence[Draft]) -> list[Judgement]:
    """Two sources' halves of one sentence are one event, unless at different places."""
    return [
        Judgement(
            kind="same",
            claim=draft.claim.id,
            other=other.claim.id,
            by="rule:one-sentence",
            reason="one sentence tells both, from two sources",
        )
        for other in before
        if other.frame is draft.frame
        and (other.claim.place is None) == (draft.claim.place is None)
        and (
            draft.claim.place is None
            or other.claim.place is None
            or other.claim.place.name == draft.claim.place.name
        )
    ]


def _numbers_follow(draft: Draft, before: Sequence[Draft]) -> list[Judgement]:
    """Numbers without an event word are about the event told last that has such an outcome."""
    outcomes = {figure.outcome for figure in draft.claim.figures}
    candidates = [d for d in reversed(before) if d.frame.triggers]
    target = next(
        (d for d in candidates if outcomes & {f.outcome for f in d.claim.figures}),
        candidates[0] if candidates else None,
    )
    if target is None:
        return []
    return [
        Judgement(
            kind="same",
            claim=draft.claim.id,
            other=target.claim.id,
            by="rule:numbers-follow",
            reason="numbers without a word for the event follow the account of this one",
        )
    ]


def find_antecedent(
    doc: Doc, frame: Frame, event_type: EventType, before: Sequence[Draft]
) -> Draft | None:
    """The earlier draft that a definite noun of `frame` refers back to, if there is one."""
    for index in frame.triggers:
        head = doc[doc._.triggers[index]["head"]]
        if _is_definite(head) and _is_other(head) is None:
            return _antecedent(doc, frame, event_type, before, head)
    return None


def _antecedent(
    doc: Doc, frame: Frame, event_type: EventType, before: Sequence[Draft], head: Token
) -> Draft | None:
    """The nearest earlier draft that the definite noun can mean.

    The same word counts before the same type, that before the same family.
    """
    lemma = (head.lemma_ or head.lower_).lower()

    def fit(other: Draft) -> int:
        words = {
            (doc[doc._.triggers[i]["head"]].lemma_ or "").lower() for i in other.frame.triggers
        }
        if lemma in words:
            return 3
        if other.claim.event_type == event_type:
            return 2
        return 1 if FAMILY[other.claim.event_type] == FAMILY[event_type] else 0

    best: Draft | None = None
    for other in reversed(before):
        if other.frame is frame or other.claim.modality not in REAL:
            continue
        if fit(other) and (best is None or fit(other) > fit(best)):
            best = other
    return best


def _places_clash(draft: Draft, other: Draft) -> bool:
    a, b = draft.claim.place, other.claim.place
    if a is None or b is None or not draft.own_place:
        return False
    broad = {"province", "country"}
    return a.name != b.name and a.precision not in broad and b.precision not in broad


def _same(claim: Claim, other: Claim, head: Token) -> Judgement:
    return Judgement(
        kind="same",
        claim=claim.id,
        other=other.id,
        by="rule:definite-reference",
        reason=f"'the {head.text}' refers back to '{other.trigger.quote}'",
    )


def _different(draft: Draft, before: Sequence[Draft], words: str) -> list[Judgement]:
    family = FAMILY[draft.claim.event_type]
    return [
        Judgement(
            kind="different",
            claim=draft.claim.id,
            other=other.claim.id,
            by="rule:another",
            reason=f"'{words}' sets this event apart from those told before",
        )
        for other in before
        if FAMILY[other.claim.event_type] == family and other.frame is not draft.frame
    ]
