"""Responsibility: a party says that it did what was told before.

Reads   doc._.attributions of the type "claims-responsibility", drafts of claims.
Writes  nothing; returns drafts and judgements.

A claim of responsibility is no event of its own. It is one more claim about the
event, in the party's own name, and names the party as doer. "No group claimed
responsibility" is silence, not a claim.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from marsad.coding.claims import parts as parts
from marsad.coding.claims.drafts import Draft, finish_claim
from marsad.coding.claims.families import FAMILY, REAL
from marsad.coding.claims.frames import Frame
from marsad.coding.claims.targets import choose_target, content_words
from marsad.records import Judgement, Participant

RULE = "rule:claims-responsibility"
CONFIDENCE = 0.8
_NOBODY = frozenset("no nobody none neither not yet".split())
_DOABLE = frozenset({"violence", "custody", "property"})


def is_responsibility(doc: Doc, frame: Frame) -> bool:
    """Whether a frame consists of nothing but a claim of responsibility."""
    return bool(frame.triggers) and all(
        "responsib" in doc._.triggers[i]["entry"] for i in frame.triggers
    )


def find_responsibility(doc: Doc, drafts: Sequence[Draft]) -> tuple[list[Draft], list[Judgement]]:
    """Claims of responsibility as drafts, each joined to the event it is about."""
    made: list[Draft] = []
    judgements: list[Judgement] = []
    for index, mention in enumerate(doc._.attributions):
        if mention["cue_type"] != "claims-responsibility":
            continue
        sentence = doc[mention["start"]].sent
        around = doc[max(sentence.start, mention["start"] - 1) : mention["cue"][1]]
        if any(token.lower_ in _NOBODY or token.dep_ == "neg" for token in around):
            continue
        target = _target(doc, drafts, index, sentence.start)
        if target is None:
            continue
        reason = f"{mention['source']} says that it did this"
        claim = finish_claim(
            report_id=doc._.report.get("id", ""),
            event_type=target.claim.event_type,
            trigger=parts.quote_tokens(doc, *mention["cue"]),
            modality="asserted",
            attribution=parts.build_chain(doc, (index,)),
            participants=_claimer(doc, index),
            place=target.claim.place,
            when=target.claim.when,
            evidence=(parts.quote_tokens(doc, sentence.start, sentence.end),),
            confidence=CONFIDENCE,
        )
        frame = Frame(sentence=sentence, triggers=[], reason=reason)
        made.append(Draft(claim, frame, own_place=False, own_time=False, reasons=[reason]))
        judgements.append(
            Judgement(kind="same", claim=claim.id, other=target.claim.id, by=RULE, reason=reason)
        )
    return made, judgements


def _target(doc: Doc, drafts: Sequence[Draft], index: int, sentence_start: int) -> Draft | None:
    """The event told in the same sentence or before that fits the words best."""
    fitting = [
        d
        for d in drafts
        if d.claim.modality in REAL
        and FAMILY[d.claim.event_type] in _DOABLE
        and d.frame.sentence.start <= sentence_start
    ]
    content = doc._.attributions[index]["content"]
    return choose_target(doc, content_words(doc, content), fitting, sentence_start)


def _claimer(doc: Doc, index: int) -> tuple[Participant, ...]:
    mention = doc._.attributions[index]
    if mention["actor"] is None:
        return ()
    actor = parts.resolve_actor(doc, mention["actor"])
    return (
        Participant(
            role="actor",
            name=actor["name"],
            actor_id=actor["actor_id"],
            kind=actor["kind"],
            evidence=parts.quote_tokens(doc, mention["start"], mention["end"]),
        ),
    )
