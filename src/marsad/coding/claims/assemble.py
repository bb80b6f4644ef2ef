"""Claims: the way out of coding.

Reads   every doc._ list.
Writes  doc._.claims and doc._.judgements (plain dictionaries of the records),
        doc._.reasons (claim id -> sentences that explain the coding).

A claim is one event, as one source tells it, at one place. A sentence that gives
two sources' figures yields two claims; "protests in A, B and C" yields three.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from spacy.language import Language
from spacy.tokens import Doc

from marsad.coding.casualties.summary import mark_victims
from marsad.coding.claims import parts as parts
from marsad.coding.claims.blame import find_blame
from marsad.coding.claims.disputes import find_disputes
from marsad.coding.claims.drafts import Draft, finish_claim
from marsad.coding.claims.families import FAMILY, REAL
from marsad.coding.claims.figures import build_figures
from marsad.coding.claims.frames import Frame, find_frames
from marsad.coding.claims.memo import forget, time_of
from marsad.coding.claims.passing import settle_passing, settle_tried
from marsad.coding.claims.places import choose_places
from marsad.coding.claims.reference import (
    RECENT,
    find_account,
    find_told,
    is_aside,
    is_bare_reference,
    only_harm,
    relate_claims,
)
from marsad.coding.claims.responsibility import find_responsibility, is_responsibility
from marsad.coding.claims.topics import is_other_deed
from marsad.coding.parse import MAX_PARSE_DEPTH
from marsad.coding.toponyms.choice import EventPlaces
from marsad.coding.triggers.captures import settle_captures
from marsad.coding.triggers.kinds import type_of_event
from marsad.records import Claim, EventType, Evidence, Judgement, Place, When

# How sure a reading is before anything weakens it, and what each weakness costs.
BASE_CONFIDENCE = 0.9
# An event this long before publication, told beside fresher ones, is background:
# monitors' weekly and fortnightly round-ups still count as fresh.
BACKGROUND_DAYS = 21
COST = {
    "harm word only": 0.15,
    "weak trigger": 0.1,
    "place taken from another sentence": 0.1,
    "date taken from another sentence": 0.05,
    "no place": 0.05,
    "figures only": 0.2,
}


def assemble_claims(doc: Doc) -> tuple[list[Draft], list[Judgement]]:
    """All claims of `doc` in text order, and what the words say of their relations."""
    drafts: list[Draft] = []
    mark_victims(doc)
    for frame in find_frames(doc):
        if _needs_an_event(doc, frame) and not _may_stand_alone(doc, frame, drafts):
            continue
        recent = drafts[-RECENT:]
        if is_responsibility(doc, frame) or is_bare_reference(doc, frame, recent):
            continue
        if is_other_deed(doc, frame, recent):
            frame.modality, frame.reason = "historical", "another deed, only spoken of"
        drafts.extend(_draft_frame(doc, frame, recent))
    _settle_background(doc, drafts)
    settle_tried(doc, drafts)
    settle_passing(doc, drafts)
    disputing, disputes = find_disputes(doc, drafts)
    claiming, owned = find_responsibility(doc, drafts)
    blaming, blamed = find_blame(doc, drafts)
    told = [*drafts, *disputing, *claiming, *blaming]
    drafts = sorted(told, key=lambda d: d.claim.trigger.start)
    drafts = _once_each(drafts)
    known = {draft.claim.id for draft in drafts}
    judgements = [*relate_claims(doc, drafts), *disputes, *owned, *blamed]
    return drafts, [j for j in judgements if j.claim in known and j.other in known]


def _settle_background(doc: Doc, drafts: list[Draft]) -> None:
    """What is dated long before the report's fresh events is background to them."""
    published = doc._.report.get("published")
    if not published:
        return
    limit = date.fromisoformat(published[:10]) - timedelta(days=BACKGROUND_DAYS)
    dated = [d for d in drafts if d.claim.modality in REAL and d.own_time and d.claim.when]
    fresh = any(d.claim.when and d.claim.when.end >= limit for d in dated)
    # Beside a lead without a day, only what is told in passing is surely another, older event.
    undated = any(d.claim.modality in REAL and d.claim.when is None for d in drafts)
    for draft in dated:
        when = draft.claim.when
        if not (fresh or (undated and is_aside(doc, draft.frame))):
            continue
        if when is not None and when.end < limit:
            draft.reasons.append(
                f"historical: of {when.end} or before, in a report of later events"
            )
            draft.claim = finish_claim(
                **{
                    name: getattr(draft.claim, name)
                    for name in Claim.model_fields
                    if name not in ("id", "modality")
                },
                modality="historical",
            )


def _needs_an_event(doc: Doc, frame: Frame) -> bool:
    """Whether the frame tells only numbers, or only that nobody was harmed."""
    if frame.figures_only:
        return True
    figures = [doc._.figures[i] for i in frame.figures]
    nobody = bool(figures) and all(figure["high"] == 0 for figure in figures)
    return nobody and only_harm(doc, frame)


def _may_stand_alone(doc: Doc, frame: Frame, drafts: list[Draft]) -> bool:
    """Numbers without an event word belong to an event told before, or are left out."""
    del doc
    return any(d.claim.modality in REAL for d in drafts) or frame.modality == "historical"


def _once_each(drafts: Iterable[Draft]) -> list[Draft]:
    seen: dict[str, Draft] = {}
    for draft in drafts:
        seen.setdefault(draft.claim.id, draft)
    return list(seen.values())


def _draft_frame(doc: Doc, frame: Frame, earlier: list[Draft]) -> list[Draft]:
    """One draft for each source and place of a frame."""
    main = _main_trigger(doc, frame)
    event_type, type_reason = _event_type(doc, frame)
    told = find_told(doc, frame, event_type, earlier)
    if frame.figures_only or only_harm(doc, frame):
        account = told.draft if told is not None else find_account(doc, frame, earlier)
        if account is not None and event_type in ("attack", "other"):
            event_type = account.claim.event_type
            type_reason = f"harm told in the account of '{account.claim.trigger.quote}'"
        if event_type == "peaceful-protest" and _state_harms(doc, frame):
            event_type, type_reason = "excessive-force", "state forces harmed people at a protest"
    if event_type == "property-destruction" and _kills(doc, frame):
        event_type, type_reason = "attack", "people were killed where property was destroyed"
    places = choose_places(doc, frame, main, event_type, earlier)
    when_index, own_time = _time(doc, frame, main)
    sets = _by_source(doc, frame, main)
    drafts = []
    spread = len(places.indexes) > 1 and (not frame.figures or event_type == "peaceful-protest")
    sites: list[Place | None] = [None]
    if spread:
        sites = [parts.build_place(doc, i) for i in places.indexes]
    elif places.indexes:
        sites = [parts.build_place(doc, places.indexes[0], also=places.indexes[1:])]
    when = _not_in_future(
        doc, parts.build_when(doc, when_index) if when_index is not None else None
    )
    if told is not None and (places.inherited or not places.indexes):
        # "The attack": where and when it was is known from what it refers back to.
        sites = [told.draft.claim.place]
        when = when if own_time else told.draft.claim.when
    elif not own_time and when is not None:
        when = _story_time(doc, event_type, earlier) or when
    participants = parts.build_participants(doc, frame.triggers, denied=frame.modality == "denied")
    sentence = parts.quote_tokens(doc, frame.sentence.start, frame.sentence.end)
    for chain, figures in sets:
        trigger = _trigger_evidence(doc, frame, main, figures)
        for number, site in enumerate(sites):
            claim = finish_claim(
                report_id=doc._.report.get("id", ""),
                event_type=event_type,
                trigger=trigger,
                modality=frame.modality,
                attribution=parts.build_chain(doc, chain),
                participants=participants,
                place=site,
                when=when,
                # A number given for several places at once stands with the first.
                figures=build_figures(doc, figures if number == 0 else []),
                evidence=(sentence,),
                confidence=_confidence(doc, frame, main, places, when, own_time),
            )
            drafts.append(
                Draft(
                    claim=claim,
                    frame=frame,
                    own_place=bool(places.indexes) and not places.inherited,
                    own_time=own_time,
                    reasons=_reasons(frame, type_reason, site, places, when, own_time),
                    told=told,
                )
            )
    return drafts


def _kills(doc: Doc, frame: Frame) -> bool:
    figures = [doc._.figures[i] for i in frame.figures]
    return any(f["outcome"] == "killed" and f["low"] for f in figures)


def _state_harms(doc: Doc, frame: Frame) -> bool:
    """Whether the words name state forces as those who killed or wounded."""
    harm = {doc._.figures[i]["outcome"] for i in frame.figures} & {"killed", "injured"}
    kinds = {p.kind for p in parts.build_participants(doc, frame.triggers) if p.role == "actor"}
    return bool(harm) and bool(kinds & {"police", "military", "government", "militia"})


def _main_trigger(doc: Doc, frame: Frame) -> int | None:
    """The trigger that stands for the frame: an event word before harm, strong before weak."""
    if not frame.triggers:
        return None

    def rank(index: int) -> tuple[bool, bool, int]:
        trigger = doc._.triggers[index]
        return trigger["role"] != "event", trigger["strength"] != "strong", trigger["start"]

    return min(frame.triggers, key=rank)


def _event_type(doc: Doc, frame: Frame) -> tuple[EventType, str]:
    if not frame.triggers:
        return "other", "numbers without a word for the event"
    return type_of_event(doc, [doc._.triggers[i] for i in frame.triggers])


def _time(doc: Doc, frame: Frame, main: int | None) -> tuple[int | None, bool]:
    """Index of the frame's time and whether its own sentence gives it."""
    order = ([main] if main is not None else []) + [i for i in frame.triggers if i != main]
    inherited: int | None = None
    for index in order:
        found = time_of(doc, doc._.triggers[index])
        if found is None:
            continue
        if frame.sentence.start <= doc._.times[found]["start"] < frame.sentence.end:
            return found, True
        inherited = found if inherited is None else inherited
    if frame.occasion or frame.modality not in REAL:
        return None, False
    return inherited, False


def _story_time(doc: Doc, kind: EventType, earlier: list[Draft]) -> When | None:
    """The time the report last gave for the same sort of event, if that is still being told."""
    for draft in reversed(earlier):
        if is_aside(doc, draft.frame):
            continue
        if draft.claim.modality in REAL and FAMILY[draft.claim.event_type] == FAMILY[kind]:
            return draft.claim.when
    return None


def _not_in_future(doc: Doc, when: When | None) -> When | None:
    """The time, unless it lies after publication: what happened cannot."""
    published = doc._.report.get("published")
    if when is None or not published or when.start <= date.fromisoformat(published[:10]):
        return when
    return None


def _by_source(doc: Doc, frame: Frame, main: int | None) -> list[tuple[tuple[int, ...], list[int]]]:
    """The frame's figures by who gives them; the trigger's own source comes first."""
    sets: dict[tuple[int, ...], list[int]] = {}
    own: tuple[int, ...] = ()
    denied = frame.modality == "denied"
    if main is not None:
        trigger = doc._.triggers[main]
        own = parts.chain_indexes(doc, trigger["start"], trigger["end"], denied=denied)
        sets[own] = []
    for index in frame.figures:
        figure = doc._.figures[index]
        span = figure["number"] or [figure["start"], figure["end"]]
        chain = parts.chain_indexes(doc, span[0], span[1], denied=denied)
        if not chain and main is not None and _goes_on(doc, main, figure["predicate"]):
            chain = own
        sets.setdefault(chain, []).append(index)
    if len(sets) > 1:  # a trigger whose every figure is somebody else's says nothing of its own
        first = next(iter(sets))
        if not sets[first] and len(frame.triggers) == 1:
            del sets[first]
    return list(sets.items())


def _goes_on(doc: Doc, main: int, predicate: int) -> bool:
    """Whether a figure's verb is joined to, or hangs under, the trigger: one speaker's clause."""
    head = doc._.triggers[main]["head"]
    token = doc[predicate]
    if token.tag_ == "VBG":  # "showing men setting fire to it ... and killing five"
        return True
    for _ in range(MAX_PARSE_DEPTH):
        if token.i == head:
            return True
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def _trigger_evidence(doc: Doc, frame: Frame, main: int | None, figures: list[int]) -> Evidence:
    if main is not None:
        trigger = doc._.triggers[main]
        return parts.quote_tokens(doc, trigger["start"], trigger["end"])
    predicate = doc._.figures[(figures or frame.figures)[0]]["predicate"]
    return parts.quote_tokens(doc, predicate, predicate + 1)


def _confidence(
    doc: Doc,
    frame: Frame,
    main: int | None,
    places: EventPlaces,
    when: When | None,
    own_time: bool,
) -> float:
    score = BASE_CONFIDENCE
    if main is None:
        score -= COST["figures only"]
    else:
        trigger = doc._.triggers[main]
        score -= COST["harm word only"] if trigger["role"] != "event" else 0
        score -= COST["weak trigger"] if trigger["strength"] == "weak" else 0
    if not places.indexes:
        score -= COST["no place"]
    elif places.inherited:
        score -= COST["place taken from another sentence"]
    if when is not None and not own_time:
        score -= COST["date taken from another sentence"]
    return round(max(0.1, score), 2)


def _reasons(
    frame: Frame,
    type_reason: str,
    site: Place | None,
    places: EventPlaces,
    when: When | None,
    own_time: bool,
) -> list[str]:
    reasons = [f"kind: {type_reason}"] if type_reason else []
    if frame.reason:
        reasons.append(f"{frame.modality}: {frame.reason}")
    if site is None:
        reasons.append("place: none given for this event")
    elif places.inherited:
        reasons.append(f"place: {site.name}, told in another sentence of the same account")
    else:
        reasons.append(f"place: {site.name}, named with the event")
    if when is None:
        reasons.append("date: none given for this event")
    else:
        origin = "named with the event" if own_time else "told in another sentence"
        reasons.append(f"date: {when.start} to {when.end} ({when.precision}), {origin}")
    if frame.occasion:
        reasons.append("told as the ground of another event")
    return reasons


@Language.factory(
    "marsad_claims",
    requires=["doc._.triggers", "doc._.figures", "doc._.attributions", "doc._.modalities"],
    assigns=["doc._.claims", "doc._.judgements", "doc._.reasons"],
)
def make_claims(nlp: Language, name: str) -> ClaimAssembler:
    """The claim assembler as a pipeline component; goes last."""
    return ClaimAssembler()


class ClaimAssembler:
    """Callable component around `assemble_claims`."""

    def __call__(self, doc: Doc) -> Doc:
        """Hang the claims of `doc` on it, as plain dictionaries, and return it."""
        settle_captures(doc)
        try:
            drafts, judgements = assemble_claims(doc)
        finally:
            forget(doc)
        doc._.claims = [draft.claim.model_dump(mode="json") for draft in drafts]
        doc._.judgements = [judgement.model_dump(mode="json") for judgement in judgements]
        doc._.reasons = {draft.claim.id: draft.reasons for draft in drafts}
        return doc
