"""Event reference: does a mention speak of an event told before, or of another?

Reads   drafts of claims and the words around their triggers.
Writes  nothing; returns judgements ("same", "different") with their reason.

"The attack" after "an attack" is the same event; "another attack" is not. A bare
reference ("the clashes coincided with ...") says nothing new and makes no claim.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from marsad.coding.asides import aside_at
from marsad.coding.claims.doers import definite_doer
from marsad.coding.claims.drafts import Draft, Told
from marsad.coding.claims.families import FAMILY, REAL
from marsad.coding.claims.frames import Frame
from marsad.coding.claims.memo import parties_of, time_of
from marsad.coding.claims.places import own_places
from marsad.coding.mentions import Toponym
from marsad.coding.sentences import count_starts
from marsad.records import EventType, Judgement

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "their", "its", "such", "both"})
_OTHER = frozenset(
    "another other separate second third fourth different further additional fresh new "
    "earlier previous similar subsequent later".split()
)


# Harm told up to so many sentences after an event, with nothing between, is that event's.
HARM_GAP_SENTENCES = 2
# A mention refers to one of so many claims before it: no reader remembers more.
RECENT = 150
_HARMFUL = frozenset({"violence", "protest", "property"})


def only_harm(doc: Doc, frame: Frame) -> bool:
    """Whether no word of the frame says how it happened, only what became of people."""
    displaced = any(doc._.figures[i]["outcome"] == "displaced" for i in frame.figures)
    return all(
        doc._.triggers[i]["role"] == "harm"
        or (displaced and doc._.triggers[i]["event_type"] == "other")
        for i in frame.triggers
    )


def is_aside(doc: Doc, frame: Frame) -> bool:
    """Whether the sentence only brings the event in ("a week after", "since", "including")."""
    events = [doc._.triggers[i]["head"] for i in frame.triggers]
    return bool(events) and all(aside_at(doc, head) is not None for head in events)


def is_bare_reference(doc: Doc, frame: Frame, earlier: Sequence[Draft]) -> bool:
    """Whether `frame` only points back: nothing of its own, and something to point at.

    Definite nouns without place or parties do ("the clashes"), and words for harm
    without a number ("the dead").
    """
    if frame.figures or not frame.triggers or frame.modality not in REAL:
        return False
    if only_harm(doc, frame):
        return not frame.occasion and any(d.claim.modality in REAL for d in earlier)
    if own_places(doc, frame):
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
    return True


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
        recent = drafts[max(position - RECENT, 0) : position]
        before = [d for d in recent if d.claim.modality in REAL]
        judgements.extend(_same_frame(draft, before))
        judgements.extend(_same_victim(draft, before))
        if draft.told is not None:
            judgements.append(
                Judgement(
                    kind="same",
                    claim=draft.claim.id,
                    other=draft.told.draft.claim.id,
                    by=draft.told.rule,
                    reason=draft.told.reason,
                )
            )
        for index in draft.frame.triggers:
            head = doc[doc._.triggers[index]["head"]]
            marker = _is_other(head)
            if marker is not None and doc._.triggers[index]["role"] == "event":
                judgements.extend(_different(draft, before, f"{marker.text} {head.text}"))
    return judgements


def _same_victim(draft: Draft, before: Sequence[Draft]) -> list[Judgement]:
    """Who is harmed in two sentences was harmed once: both tell of one event."""
    victims = {f.victim for f in draft.claim.figures if f.victim is not None}
    for other in before:
        if _told_elsewhere(draft, other):
            continue
        if victims & {f.victim for f in other.claim.figures} and other.frame is not draft.frame:
            return [
                Judgement(
                    kind="same",
                    claim=draft.claim.id,
                    other=other.claim.id,
                    by="rule:same-victim",
                    reason="both tell of the same person harmed",
                )
            ]
    return []


def _told_elsewhere(draft: Draft, other: Draft) -> bool:
    """Whether both name a town or site of their own, and not the same one."""
    a, b = draft.claim.place, other.claim.place
    if a is None or b is None or not (draft.own_place and other.own_place):
        return False
    fine = {"site", "town"}
    return a.precision in fine and b.precision in fine and a.name != b.name


def find_told(
    doc: Doc, frame: Frame, event_type: EventType, earlier: Sequence[Draft]
) -> Told | None:
    """The event told before that `frame` goes on about, as its words show; None if they do not.

    Numbers without an event word, harm told right after an event, and definite
    nouns ("the attack") go on; a frame with a place of its own elsewhere does not.
    """
    before = [d for d in earlier if d.claim.modality in REAL and d.frame is not frame]
    if frame.modality not in REAL or not before:
        return None
    # What was only brought in is gone back to by its own word, if at all.
    brought_in = [d for d in before if is_aside(doc, d.frame)]
    before = [d for d in before if d not in brought_in] or before
    if frame.figures_only:
        return _numbers_follow(doc, frame, before)
    mine = [doc._.toponyms[i] for i in own_places(doc, frame)]
    if mine:
        before = [
            d
            for d in before
            if not _elsewhere(mine, d) and not _is_part_of_sum(doc, frame, mine, d)
        ]
    if any(_is_other(doc[doc._.triggers[i]["head"]]) is not None for i in frame.triggers):
        return None
    if only_harm(doc, frame):
        return None if frame.occasion else _harm_follows(doc, frame, before)
    for index in frame.triggers:
        head = doc[doc._.triggers[index]["head"]]
        if not _is_definite(head):
            continue
        fitting = [d for d in before if not _times_apart(doc, frame, d)]
        target = _antecedent(doc, event_type, fitting, head)
        if target is not None:
            reason = f"'the {head.text}' refers back to '{target.claim.trigger.quote}'"
            return Told(target, "rule:definite-reference", reason)
    return _doer_goes_on(doc, frame, event_type, before) if mine else None


def _doer_goes_on(
    doc: Doc, frame: Frame, event_type: EventType, before: Sequence[Draft]
) -> Told | None:
    """ "The gunmen stormed the village of X", after what was told of its province or country.

    Only of violence told in the sentences right before, and no other day's.
    """
    if FAMILY[event_type] != "violence":
        return None
    for index in frame.triggers:
        doer = definite_doer(doc[doc._.triggers[index]["head"]])
        if doer is None:
            continue
        for draft in reversed(before):
            if count_starts(doc, draft.frame.sentence.end, frame.sentence.start) > (
                HARM_GAP_SENTENCES
            ):
                return None
            place = draft.claim.place
            wide = place is not None and place.precision in {"province", "country"}
            violent = FAMILY[draft.claim.event_type] == "violence"
            if violent and wide and not _times_apart(doc, frame, draft):
                reason = f"'the {doer.text}' are those of '{draft.claim.trigger.quote}'"
                return Told(draft, "rule:definite-doer", reason)
    return None


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


def _numbers_follow(doc: Doc, frame: Frame, before: Sequence[Draft]) -> Told | None:
    """Numbers without an event word are about the event told last that has such an outcome."""
    outcomes = {doc._.figures[i]["outcome"] for i in frame.figures}
    candidates = [d for d in reversed(before) if d.frame.triggers]
    target = next(
        (d for d in candidates if outcomes & {f.outcome for f in d.claim.figures}),
        candidates[0] if candidates else None,
    )
    if target is None:
        return None
    reason = "numbers without a word for the event follow the account of this one"
    return Told(target, "rule:numbers-follow", reason)


def _harm_follows(doc: Doc, frame: Frame, before: Sequence[Draft]) -> Told | None:
    """Harm without a word of how is of the harmful event told in the sentences before.

    A date of its own that lies elsewhere makes it another event's.
    """
    peaceful: Draft | None = None
    for draft in reversed(before):
        gap = count_starts(doc, draft.frame.sentence.end, frame.sentence.start)
        if gap > HARM_GAP_SENTENCES + (peaceful is not None):
            break
        family = FAMILY[draft.claim.event_type]
        if family not in _HARMFUL or _dates_clash(doc, frame, draft):
            continue
        if peaceful is None and draft.claim.event_type == "peaceful-protest":
            peaceful = draft
        elif peaceful is None or (
            family == "protest" and draft.claim.event_type != "peaceful-protest"
        ):
            # Of two crowds the one that was fought or dispersed: not the peaceful one told since.
            return _harm_of(draft)
    return None if peaceful is None else _harm_of(peaceful)


def _harm_of(draft: Draft) -> Told:
    reason = f"harm told right after '{draft.claim.trigger.quote}', with no event of its own"
    return Told(draft, "rule:harm-follows", reason)


def find_account(doc: Doc, frame: Frame, earlier: Sequence[Draft]) -> Draft | None:
    """The harmful event whose account a frame of mere harm goes on with, at another place.

    "41 were killed in missile strikes across the country. In the town, ten died":
    the ten died of missiles too, though theirs is an incident of its own.
    """
    for draft in reversed(earlier):
        if draft.claim.modality not in REAL or draft.frame is frame:
            continue
        gap = count_starts(doc, draft.frame.sentence.end, frame.sentence.start)
        if gap > HARM_GAP_SENTENCES:
            return None
        if FAMILY[draft.claim.event_type] in _HARMFUL:
            return draft
    return None


def _dates_clash(doc: Doc, frame: Frame, draft: Draft) -> bool:
    when = draft.claim.when
    if when is None or not draft.own_time:
        return False
    for index in frame.triggers:
        found = time_of(doc, doc._.triggers[index])
        if found is None:
            continue
        mention = doc._.times[found]
        if frame.sentence.start <= mention["start"] < frame.sentence.end:
            first, last = when.start.isoformat(), when.end.isoformat()
            # People die of their wounds days later: only an earlier date is another event's.
            return bool(mention["last"] < first) and bool(mention["first"] < last)
    return False


def _times_apart(doc: Doc, frame: Frame, draft: Draft) -> bool:
    """Whether the frame's sentence dates it, and to other days than the draft's."""
    when = draft.claim.when
    if when is None:
        return False
    first, last = when.start.isoformat(), when.end.isoformat()
    for index in frame.triggers:
        found = time_of(doc, doc._.triggers[index])
        if found is None:
            continue
        mention = doc._.times[found]
        if frame.sentence.start <= mention["start"] < frame.sentence.end:
            return bool(mention["last"] < first or mention["first"] > last)
    return False


def _antecedent(
    doc: Doc, event_type: EventType, before: Sequence[Draft], head: Token
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
        if fit(other) and (best is None or fit(other) > fit(best)):
            best = other
    return best


def _is_part_of_sum(doc: Doc, frame: Frame, mine: Sequence[Toponym], draft: Draft) -> bool:
    """Whether the frame tells one place's share of a toll that the draft gives for a country."""
    place = draft.claim.place
    if place is None or place.precision not in {"province", "country"}:
        return False
    if any(t["precision"] in {"province", "country"} for t in mine):
        return False
    return any(
        f.outcome == doc._.figures[i]["outcome"] and f.low >= 1.5 * doc._.figures[i]["low"] > 0
        for f in draft.claim.figures
        for i in frame.figures
    )


def _elsewhere(mine: Sequence[Toponym], draft: Draft) -> bool:
    """Whether a frame's own place is another than the draft's, neither holding the other."""
    place = draft.claim.place
    if place is None:
        return False
    if place.precision == "province" and place.admin1:
        return all(
            t["precision"] == "province" and t["admin1"] not in {None, place.admin1} for t in mine
        )
    broad = {"province", "country"}
    return place.precision not in broad and all(
        t["name"] != place.name and t["precision"] not in broad for t in mine
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
