"""Material: videos, pictures and reports that somebody calls old or false.

Reads   drafts of claims, doc._.times, the parse of each sentence that names such material.
Writes  nothing; returns counterclaims, each with the claim it disputes and what about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from spacy.tokens import Doc, Span, Token

from marsad.codebook.disputes import load_dispute_words
from marsad.coding.claims import parts
from marsad.coding.claims.drafts import Draft, finish_claim
from marsad.coding.claims.families import FAMILY, REAL
from marsad.coding.claims.frames import Frame
from marsad.records import DisputeAbout

DISPUTE_CONFIDENCE = 0.7
# "dismissed the footage as an old fabrication": how far behind the noun a verdict stands.
MAX_VERDICT_TOKENS = 5
# Material is called older only if made this long before publication.
OLDER_DAYS = 7
HARMFUL = frozenset({"violence", "property", "custody", "protest"})
# A counterclaim, the claim that it disputes, what about it, and the sentence for a reviewer.
Found = tuple[Draft, Draft, DisputeAbout, str]


def find_questioned_material(doc: Doc, drafts: Sequence[Draft]) -> list[Found]:
    """Sentences that call a video, picture or report old or false."""
    words = load_dispute_words()
    found: list[Found] = []
    if not any(draft.claim.modality in REAL for draft in drafts):
        return found
    for sentence in doc.sents:
        for token in sentence:
            if token.lower_ not in words["shown"] and token.lower_ not in words["told"]:
                continue
            verdict = _verdict_on(token, words)
            if verdict is None:
                continue
            about, predicate = verdict
            if about == "date" and token.lower_ not in words["shown"]:
                continue
            target = _disputed_by(doc, drafts, sentence, token)
            if target is None:
                continue
            found.append(_counterclaim(doc, sentence, token, predicate, target, about))
            break
    return found


def _verdict_on(noun: Token, words: dict[str, frozenset[str]]) -> tuple[DisputeAbout, Token] | None:
    """What is said of the thing `noun` names: old (date), false (authenticity), or nothing."""
    for modifier in noun.children:
        if modifier.dep_ in {"amod", "compound"} and not _questions(noun):
            if modifier.lower_ in words["old"]:
                return "date", modifier
            if modifier.lower_ in words["fake"]:
                return "authenticity", modifier
    if noun.dep_ in {"attr", "acomp", "oprd", "pobj"}:
        for modifier in noun.children:
            if modifier.lower_ in words["new"] and _negated(noun.head, modifier, words):
                return "date", modifier
    verb = noun.head
    judging = _judging_verb(noun, words)
    if judging is not None:
        after = [t for t in judging.subtree if t.i > noun.i][:MAX_VERDICT_TOKENS]
        for token in after:
            if token.lower_ in words["old"]:
                return "date", token
            if token.lower_ in words["fake"]:
                return "authenticity", token
    if noun.dep_ not in {"nsubj", "nsubjpass"}:
        return None
    for token in _predicate_words(verb):
        if token.lower_ in words["old"]:
            return "date", token
        if token.lower_ in words["new"] and _negated(verb, token, words):
            return "date", token
        if token.lower_ in words["fake"] and not _negated(verb, token, words):
            return "authenticity", token
    if verb.lemma_ == "be" or verb.lower_ in words["made"]:
        made = verb if verb.lower_ in words["made"] else _from_word(verb, words)
        if made is not None and _earlier_time_under(verb):
            return "date", made
    return None


def _judging_verb(noun: Token, words: dict[str, frozenset[str]]) -> Token | None:
    """The verb that passes a verdict on `noun` ("called the video fake"), as the parse has it."""
    for token in (noun.head, noun.head.head):
        if token.lower_ in words["judging"] and token.i < noun.i:
            return token
    return None


def _questions(noun: Token) -> bool:
    """Whether the noun is only asked or wondered about ("whether the old video ...")."""
    return any(child.lower_ in {"whether", "if"} for child in noun.head.children)


def _predicate_words(verb: Token) -> list[Token]:
    """The predicate's words: the verb, its complements, and their modifiers."""
    words = [verb]
    for child in verb.children:
        if child.dep_ in {"acomp", "attr", "oprd", "conj", "advmod", "prep"}:
            words.append(child)
            words.extend(
                grandchild
                for grandchild in child.children
                if grandchild.dep_ in {"amod", "conj", "compound", "pobj", "npadvmod"}
            )
    return words


def _negated(verb: Token, word: Token, words: dict[str, frozenset[str]]) -> bool:
    tokens = [*verb.children, *word.children, *word.head.children]
    return any(t.dep_ == "neg" or t.lower_ in words["negators"] for t in tokens)


def _from_word(verb: Token, words: dict[str, frozenset[str]]) -> Token | None:
    return next((t for t in verb.subtree if t.dep_ == "prep" and t.lower_ in words["made"]), None)


def _earlier_time_under(verb: Token) -> bool:
    """A time in the verb's clause that lies before publication."""
    return _time_in(verb.doc, verb.left_edge.i, verb.right_edge.i + 1) is not None


def _time_in(doc: Doc, start: int, end: int) -> int | None:
    published = doc._.report.get("published")
    limit = date.fromisoformat(published[:10]) - timedelta(days=OLDER_DAYS) if published else None
    for index, mention in enumerate(doc._.times):
        if start <= mention["start"] < end and (
            limit is None or date.fromisoformat(mention["last"]) < limit
        ):
            return index
    return None


def _disputed_by(doc: Doc, drafts: Sequence[Draft], sentence: Span, noun: Token) -> Draft | None:
    """The earlier claim that the material is about: one told from such material, else the nearest.

    Material of the same kind is looked for in the claim's chain and its sentence.
    """
    words = load_dispute_words()
    before = [
        d
        for d in drafts
        if d.claim.modality in REAL
        and d.frame.sentence.start < sentence.start
        and FAMILY[d.claim.event_type] in HARMFUL
    ]
    if noun.lower_ in words["shown"]:
        for draft in reversed(before):
            chain = " ".join(s.source.lower() for s in draft.claim.attribution[:-1])
            if any(word in words["shown"] for word in chain.split()):
                return draft
        for draft in reversed(before):
            if any(t.lower_ in words["shown"] for t in draft.frame.sentence):
                return draft
    del doc
    harmed = [d for d in before if d.claim.figures or FAMILY[d.claim.event_type] == "violence"]
    return harmed[-1] if harmed else before[-1] if before else None


def _counterclaim(
    doc: Doc, sentence: Span, noun: Token, predicate: Token, target: Draft, about: DisputeAbout
) -> Found:
    start, end = min(noun.i, predicate.i), max(noun.i, predicate.i) + 1
    time = _time_in(doc, sentence.start, sentence.end) if about == "date" else None
    when = parts.build_when(doc, time) if time is not None else None
    chain = parts.chain_indexes(doc, predicate.i, predicate.i + 1)
    source = parts.build_chain(doc, chain)
    matter = "older than told" if about == "date" else "not what it is said to be"
    reason = f"{source[0].source} says that the {noun.text} is {matter}"
    claim = finish_claim(
        report_id=doc._.report.get("id", ""),
        event_type=target.claim.event_type,
        trigger=parts.quote_tokens(doc, start, end),
        modality="asserted" if about == "date" else "denied",
        attribution=source,
        place=target.claim.place,
        when=when,
        evidence=(parts.quote_tokens(doc, sentence.start, sentence.end),),
        confidence=DISPUTE_CONFIDENCE,
    )
    frame = Frame(sentence=sentence, triggers=[], modality=claim.modality, reason=reason)
    draft = Draft(claim, frame, own_place=False, own_time=time is not None, reasons=[reason])
    return draft, target, about, reason
