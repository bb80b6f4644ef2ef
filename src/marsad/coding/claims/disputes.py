"""Disputes: sources that contradict what another source says of an event.

Reads   drafts of claims, doc._.attributions, doc._.times.
Writes  nothing; returns counterclaims (drafts) and judgements.

A counterclaim is a claim like any other, linked to the claim it disputes: "the
footage is old" (date), "the video is fake" (authenticity), "the army denied the
attack" (occurrence), "denied any role", "another group did it" (perpetrator).
Nothing is dropped and nothing believed.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from marsad.codebook.disputes import load_dispute_words
from marsad.coding.claims import parts
from marsad.coding.claims.drafts import Draft, finish_claim
from marsad.coding.claims.families import FAMILY, REAL, Family
from marsad.coding.claims.frames import Frame
from marsad.coding.claims.material import (
    DISPUTE_CONFIDENCE,
    HARMFUL,
    Found,
    find_questioned_material,
)
from marsad.coding.claims.targets import choose_target, content_words
from marsad.coding.mentions import AttributionMention
from marsad.coding.modality.second_look import STAGED
from marsad.coding.sentences import count_starts
from marsad.records import Claim, DisputeAbout, Judgement

# A source that disputes an event goes on about it for a sentence or two.
FOLLOWING_SENTENCES = 2
# A denial of so few words ("it", "the charge") has nothing else to be about.
SHORT_DENIAL = 3
# What a denial of one family can be about; of the others only about their own. "No arrest was
# made" says nothing against the shooting.
_RIVALS: dict[Family, set[Family]] = {
    "violence": {"violence", "property"},
    "property": {"violence", "property"},
    "protest": {"violence", "protest"},
    "other": {"violence", "other"},
}
_UNABLE = frozenset({"unable", "fail", "failure", "inability", "refuse", "refusal", "decline"})
_ABLE = frozenset({"can", "could", "ca"})


def find_disputes(doc: Doc, drafts: Sequence[Draft]) -> tuple[list[Draft], list[Judgement]]:
    """Counterclaims that have no event word of their own, and all dispute judgements."""
    made: list[Draft] = []
    judgements: list[Judgement] = []
    for draft, target, about, reason in find_questioned_material(doc, drafts):
        made.append(draft)
        judgements.extend(_link(draft.claim, target.claim, about, reason))
    for draft, target, about, reason in _bare_denials(doc, drafts):
        made.append(draft)
        judgements.extend(_link(draft.claim, target.claim, about, reason))
    judgements.extend(_denied_events(doc, drafts))
    judgements.extend(_other_doers(drafts, made, judgements))
    return made, judgements


def _link(claim: Claim, target: Claim, about: DisputeAbout, reason: str) -> list[Judgement]:
    rule = f"rule:dispute-{about}"
    return [
        Judgement(kind="same", claim=claim.id, other=target.id, by=rule, reason=reason),
        Judgement(
            kind="disputes", claim=claim.id, other=target.id, about=about, by=rule, reason=reason
        ),
    ]


def _bare_denials(doc: Doc, drafts: Sequence[Draft]) -> list[Found]:
    """'X denied any involvement': a denial whose content names no event."""
    words = load_dispute_words()
    found: list[Found] = []
    for index, mention in enumerate(doc._.attributions):
        if mention["cue_type"] != "denies" or _told_inside(doc, drafts, mention):
            continue
        sentence = doc[mention["start"]].sent
        before = [
            d
            for d in drafts
            if d.claim.modality in REAL
            and d.frame.sentence.start <= sentence.start
            and FAMILY[d.claim.event_type] in HARMFUL
        ]
        denied = content_words(doc, mention["content"])
        spots = {token.i for token in denied}
        # The event named in the denial itself is told there only to be denied.
        told = [d for d in before if not spots & {_head(doc, i) for i in d.frame.triggers}]
        target = choose_target(doc, denied, told or before, sentence.start)
        if target is None:
            continue
        content = {t.lower_ for start, end in mention["content"] for t in doc[start:end]}
        if not _is_about_what_was_told(content, words):
            continue
        about: DisputeAbout = "perpetrator" if content & words["doing"] else "occurrence"
        reason = f"{mention['source']} denies it"
        cue = mention["cue"] or [mention["start"], mention["end"]]
        claim = finish_claim(
            report_id=doc._.report.get("id", ""),
            event_type=target.claim.event_type,
            trigger=parts.quote_tokens(doc, cue[0], cue[1]),
            modality="denied",
            attribution=parts.build_chain(doc, (index,)),
            place=target.claim.place,
            evidence=(parts.quote_tokens(doc, sentence.start, sentence.end),),
            confidence=DISPUTE_CONFIDENCE,
        )
        frame = Frame(sentence=sentence, triggers=[], modality="denied", reason=reason)
        draft = Draft(claim, frame, own_place=False, own_time=False, reasons=[reason])
        found.append((draft, target, about, reason))
    return found


def _head(doc: Doc, trigger: int) -> int:
    return int(doc._.triggers[trigger]["head"])


def _is_about_what_was_told(content: set[str], words: dict[str, frozenset[str]]) -> bool:
    """Whether what is denied can be the event told before, and not some other matter.

    "denied any role", "rejected the report", "denied it" can; "denied that taxes
    would rise" cannot.
    """
    return len(content) <= SHORT_DENIAL or bool(content & (words["doing"] | words["told"]))


def _told_inside(doc: Doc, drafts: Sequence[Draft], mention: AttributionMention) -> bool:
    """Whether a claim was made of what this denial covers."""
    spans = [*mention["content"], [mention["start"], mention["end"]]]
    for draft in drafts:
        if draft.claim.modality != "denied":
            continue
        for index in draft.frame.triggers:
            head = doc._.triggers[index]["head"]
            if any(a <= head < b for a, b in spans):
                return True
    return False


def _denied_events(doc: Doc, drafts: Sequence[Draft]) -> list[Judgement]:
    """Link each denied claim to the claim it denies: same family, not another place."""
    judgements: list[Judgement] = []
    for draft in drafts:
        if draft.claim.modality != "denied" or len(draft.claim.attribution) < 2:
            continue  # what the outlet itself says did not happen is nobody's denial
        if _is_inability(doc, draft):
            continue
        families = _RIVALS.get(FAMILY[draft.claim.event_type], {FAMILY[draft.claim.event_type]})
        fitting = [
            d
            for d in drafts
            if d.claim.modality in REAL
            and d.claim.attribution[0].source != draft.claim.attribution[0].source
            and FAMILY[d.claim.event_type] in families
            and not _elsewhere(draft.claim, d.claim)
        ]
        sentence = draft.frame.sentence
        target = choose_target(doc, _denied_words(doc, draft), fitting, sentence.start)
        if target is None:
            continue
        denier = draft.claim.attribution[0]
        about: DisputeAbout = "occurrence"
        if STAGED in draft.frame.reason:
            about = "authenticity"
        elif _denies_own_doing(draft.claim, target.claim):
            about = "perpetrator"
        reason = f"{denier.source} denies what {target.claim.attribution[0].source} says"
        judgements.extend(_link(draft.claim, target.claim, about, reason))
    return judgements


def _is_inability(doc: Doc, draft: Draft) -> bool:
    """ "could not fire back", "failed to storm the base": undone, but no word against another."""
    for index in draft.frame.triggers:
        reading = doc._.modalities[index]
        if reading["modality"] != "denied" or not reading["cue"]:
            continue
        cue = doc[reading["cue"][0]]
        if cue.lemma_.lower() in _UNABLE:
            return True
        beside = {child.lower_ for child in cue.head.children if child.dep_ == "aux"}
        if cue.dep_ == "neg" and beside & _ABLE:
            return True
    return False


def _denied_words(doc: Doc, draft: Draft) -> list[Token]:
    """The words of what is denied: the denial's content where one covers it, else its sentence."""
    heads = [doc._.triggers[i]["head"] for i in draft.frame.triggers]
    for mention in doc._.attributions:
        spans = mention["content"]
        if mention["cue_type"] == "denies" and any(a <= h < b for a, b in spans for h in heads):
            return content_words(doc, spans)
    return list(draft.frame.sentence)


def _elsewhere(a: Claim, b: Claim) -> bool:
    if a.place is None or b.place is None or a.place.name == b.place.name:
        return False
    whole = "country" in (a.place.precision, b.place.precision)
    return not (whole and a.place.country == b.place.country)


def _denies_own_doing(denial: Claim, target: Claim) -> bool:
    """The denier is the party that the target, or the denial itself, names as doer."""
    denier = denial.attribution[0]
    if any(p.role == "actor" and p.name == denier.source for p in denial.participants):
        return True
    names = {p.name.lower() for p in target.participants if p.role == "actor"}
    return denier.source.lower() in names or any(
        p.role == "actor" and p.kind == denier.kind for p in target.participants
    )


def _other_doers(
    drafts: Sequence[Draft], made: Sequence[Draft], judgements: Sequence[Judgement]
) -> list[Judgement]:
    """What a disputing source says next of the same kind of event is about that event.

    When it names a doer of its own, that disputes the perpetrator.
    """
    by_id = {d.claim.id: d for d in [*drafts, *made]}
    extra: list[Judgement] = []
    for judgement in judgements:
        if judgement.kind != "disputes":
            continue
        counter, target = by_id[judgement.claim], by_id[judgement.other]
        source = counter.claim.attribution[0].source
        for draft in drafts:
            gap = _sentences_after(counter.frame.sentence, draft.frame.sentence)
            if (
                (0 < gap <= FOLLOWING_SENTENCES or _goes_on(counter, draft))
                and (draft.claim.modality in REAL or _is_of_its_date(counter, draft))
                and len(draft.claim.attribution) > 1
                and draft.claim.attribution[0].source == source
                and FAMILY[draft.claim.event_type] in ("violence", "property")
                and not (draft.own_place and _elsewhere(draft.claim, target.claim))
            ):
                if draft.claim.modality == "historical":
                    _bring_back(draft)
                doers = {p.name for p in draft.claim.participants if p.role == "actor"}
                told = {p.name for p in target.claim.participants if p.role == "actor"}
                if doers and doers != told:
                    reason = f"{source} names another doer: {', '.join(sorted(doers))}"
                    extra.extend(_link(draft.claim, target.claim, "perpetrator", reason))
    return extra


def _goes_on(counter: Draft, draft: Draft) -> bool:
    """Whether the counterclaim's own sentence goes on to tell what `draft` tells."""
    return (
        counter.frame.sentence.start == draft.frame.sentence.start
        and counter.claim.trigger.end <= draft.claim.trigger.start
        and draft.claim.id != counter.claim.id
    )


def _is_of_its_date(counter: Draft, draft: Draft) -> bool:
    """ "The footage is of March, when bandits raided the site": old only by the counterclaim."""
    mine, told = counter.claim.when, draft.claim.when
    return (
        draft.claim.modality == "historical"
        and mine is not None
        and told is not None
        and mine.start <= told.start <= told.end <= mine.end
    )


def _bring_back(draft: Draft) -> None:
    """Take for asserted what was background only by the date that the counterclaim gives."""
    names = [name for name in Claim.model_fields if name not in ("id", "modality")]
    values = {name: getattr(draft.claim, name) for name in names}
    draft.claim = finish_claim(**values, modality="asserted")
    draft.reasons.append("of the same event as the material in dispute")


def _sentences_after(first: Span, second: Span) -> int:
    """How many sentences `second` comes after `first` (0 or less: not after)."""
    if second.start <= first.start:
        return 0
    return count_starts(first.doc, first.end, second.start + 1)
