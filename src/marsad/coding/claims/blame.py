"""Blame: a source says who did what was told.

Reads   doc._.attributions with `blamed`, drafts of claims.
Writes  nothing; returns drafts and judgements.

"The army blamed the rebels" is no event of its own. It is one more claim about the
event, alleged by the accuser, and names the accused as doer.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from marsad.codebook.disputes import load_dispute_words
from marsad.coding.claims import parts as parts
from marsad.coding.claims.drafts import Draft, finish_claim
from marsad.coding.claims.families import FAMILY, REAL
from marsad.coding.claims.frames import Frame
from marsad.coding.claims.targets import choose_target, content_words
from marsad.coding.mentions import AttributionMention
from marsad.coding.modality.second_look import STAGED
from marsad.records import Judgement, Participant

RULE = "rule:blame"
CONFIDENCE = 0.7
_IT = frozenset({"it", "this", "that", "them", "these", "so"})
_DOABLE = frozenset({"violence", "custody", "property"})


def find_blame(doc: Doc, drafts: Sequence[Draft]) -> tuple[list[Draft], list[Judgement]]:
    """Accusations that no claim states yet, as drafts joined to the event they are about."""
    made: list[Draft] = []
    judgements: list[Judgement] = []
    fitting = [
        d for d in drafts if d.claim.modality in REAL and FAMILY[d.claim.event_type] in _DOABLE
    ]
    for index, mention in enumerate(doc._.attributions):
        if not mention.get("blamed"):
            continue
        if _is_of_staging(doc, mention):
            continue  # a denial, which its own claim tells
        if not _is_of_a_deed(doc, mention):
            continue
        accused = _accused(doc, mention)
        sentence = doc[mention["start"]].sent
        if not accused or _is_told(mention, accused, fitting):
            continue
        told = [d for d in fitting if d.frame.sentence.start <= sentence.start]
        words = content_words(doc, mention["content"])
        target = choose_target(doc, words, told, sentence.start)
        if target is None:
            continue
        names = ", ".join(p.name for p in accused)
        reason = f"{mention['source']} names the doer: {names}"
        claim = finish_claim(
            report_id=doc._.report.get("id", ""),
            event_type=target.claim.event_type,
            trigger=parts.quote_tokens(doc, *mention["cue"]),
            modality="alleged",
            attribution=parts.build_chain(doc, parts.with_relays(doc, index)),
            participants=accused,
            place=target.claim.place,
            when=target.claim.when,
            evidence=(parts.quote_tokens(doc, sentence.start, sentence.end),),
            confidence=CONFIDENCE,
        )
        frame = Frame(sentence=sentence, triggers=[], modality="alleged", reason=reason)
        made.append(Draft(claim, frame, own_place=False, own_time=False, reasons=[reason]))
        judgements.append(
            Judgement(kind="same", claim=claim.id, other=target.claim.id, by=RULE, reason=reason)
        )
    judgements.extend(_turned_blame(doc, fitting))
    return made, judgements


def _is_of_staging(doc: Doc, mention: AttributionMention) -> bool:
    """ "accused them of staging the attack": that it was not what it seemed."""
    spots = [int(t["head"]) for t, r in zip(doc._.triggers, doc._.modalities, strict=True)
             if STAGED in r["reason"]]  # fmt: skip
    return any(low <= spot < high for low, high in mention["content"] for spot in spots)


def _is_of_a_deed(doc: Doc, mention: AttributionMention) -> bool:
    """Whether what somebody is accused of can be the event told, and not some other fault.

    "Blamed the army", "accused them of it", "of being behind the raid", "of shelling homes"
    can; "accused the governor of lying" cannot.
    """
    cue = doc[mention["cue"][0]]
    heads = {t["head"] for t in doc._.triggers if FAMILY[t["event_type"]] in _DOABLE}
    last = max((high for _low, high in mention["content"]), default=0)
    matter = _matter(cue, {doc._.actors[i]["head"] for i in mention.get("blamed", [])})
    if matter is None:
        return True
    words = [
        t for t in matter.subtree if t.i > matter.i and t.i < max(last, matter.right_edge.i + 1)
    ]
    naming = [t for t in words if t.is_alpha]
    doing = load_dispute_words()["doing"]
    return not naming or any(t.i in heads or t.lower_ in doing or t.lower_ in _IT for t in words)


def _matter(cue: Token, accused: set[int]) -> Token | None:
    """The word that opens what the accusation is of: "of" or "for" after the cue or the accused."""
    spots = {cue.i, *accused}
    return next(
        (
            t
            for t in cue.doc[cue.i + 1 : cue.right_edge.i + 1]
            if t.lower_ in {"of", "for"} and t.head.i in spots
        ),
        None,
    )


def _turned_blame(doc: Doc, drafts: Sequence[Draft]) -> list[Judgement]:
    """Whoever was named as doer names another for "the attack": the doer is disputed."""
    found: list[Judgement] = []
    for at, draft in enumerate(drafts):
        source = draft.claim.attribution[0].source
        doers = {p.name for p in draft.claim.participants if p.role == "actor"}
        if not doers or source in doers or draft.claim.figures or not _is_known(doc, draft):
            continue
        for earlier in drafts[:at]:
            told = {p.name for p in earlier.claim.participants if p.role == "actor"}
            if source in told and earlier.claim.attribution[0].source != source:
                reason = f"{source}, named as doer, names {', '.join(sorted(doers))}"
                link = Judgement(
                    kind="disputes",
                    claim=draft.claim.id,
                    other=earlier.claim.id,
                    about="perpetrator",
                    by="rule:dispute-perpetrator",
                    reason=reason,
                )
                same = Judgement(
                    kind="same",
                    claim=draft.claim.id,
                    other=earlier.claim.id,
                    by=RULE,
                    reason=reason,
                )
                found += [same, link]
                break
    return found


def _is_known(doc: Doc, draft: Draft) -> bool:
    """Whether the claim speaks of "the attack", one told before."""
    heads = [doc[doc._.triggers[i]["head"]] for i in draft.frame.triggers]
    return bool(heads) and all(
        head.pos_ == "NOUN" and any(c.lower_ in {"the", "this", "that"} for c in head.children)
        for head in heads
    )


def _accused(doc: Doc, mention: AttributionMention) -> tuple[Participant, ...]:
    """Who is named as doer, but not by himself."""
    found: dict[str, Participant] = {}
    for index in mention.get("blamed", []):
        actor = parts.resolve_actor(doc, index)
        if actor["name"] == mention["source"]:
            continue
        spot = doc._.actors[index]
        found.setdefault(
            actor["name"],
            Participant(
                role="actor",
                name=actor["name"],
                actor_id=actor["actor_id"],
                kind=actor["kind"],
                evidence=parts.quote_tokens(doc, spot["start"], spot["end"]),
            ),
        )
    return tuple(found.values())


def _is_told(
    mention: AttributionMention, accused: Sequence[Participant], drafts: Sequence[Draft]
) -> bool:
    """Whether a claim of the same source already names one of the accused as doer."""
    names = {p.name for p in accused}
    return any(
        draft.claim.attribution[0].source == mention["source"]
        and draft.frame.sentence.start <= mention["start"] < draft.frame.sentence.end
        and any(p.role == "actor" and p.name in names for p in draft.claim.participants)
        for draft in drafts
    )
