"""Add a claim: what a person read in a report that the coder did not, or read otherwise.

Reads   a draft: words of the report by their places, and what the person says they mean.
Writes  the claim, as a run of that person, and the decision by which it counts, in one
        transaction with what they change in the account.
Never   takes words that do not stand in the report's latest version, and adds none twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from marsad.errors import DecisionError, StaleDecision, UnknownRecord
from marsad.records import (
    UNNAMED_OUTLET,
    ActorKind,
    Claim,
    Decision,
    EventType,
    Evidence,
    Figure,
    Modality,
    Outcome,
    Participant,
    Place,
    Qualifier,
    Report,
    Role,
    Source,
    SourceKind,
    When,
    content_id,
)
from marsad.store.entries import StoredReport
from marsad.store.ledger import Ledger, Writer
from marsad.workflow.account import catch_up
from marsad.workflow.added_claims import OWN_INCIDENT, stands_in
from marsad.workflow.decide import Decided, anchor_of, require_person
from marsad.workflow.given_values import read_value

MAX_PASSAGE_SIGNS = 1_000
# A sentence ends at these, with what closes a quotation, or at a line's end.
_SENTENCE_END = re.compile(r"[.!?؟۔。！？]+[\"'”’»)\]]*(?=\s)|\n")


@dataclass(frozen=True)
class Words:
    """Words of the report: code points of its text, end excluded; `quote` as they were seen."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class FigureDraft:
    """A number of people: `count` as a person types it, "14", "9-14", "14+"."""

    outcome: Outcome
    count: str
    words: Words
    group: str | None = None


@dataclass(frozen=True)
class PartyDraft:
    """Who did it, or had it done to them; in the report's words."""

    role: Role
    kind: ActorKind
    words: Words


@dataclass(frozen=True)
class SourceDraft:
    """Who says so, in the report's words."""

    kind: SourceKind
    words: Words


@dataclass(frozen=True)
class ClaimDraft:
    """What a person read. `version` is the ledger row of the report as it was seen.

    `place` may be given apart from its words; `when` is a day, or two with ".." between.
    `same_as` are claims of the report that tell of the same incident; with `own_incident`
    it is none that the report tells of otherwise.
    """

    report: str
    version: int
    event_type: EventType
    trigger: Words
    modality: Modality = "asserted"
    place: Place | None = None
    place_words: Words | None = None
    when: str = ""
    when_words: Words | None = None
    figures: tuple[FigureDraft, ...] = ()
    parties: tuple[PartyDraft, ...] = ()
    sources: tuple[SourceDraft, ...] = ()
    same_as: tuple[str, ...] = ()
    own_incident: bool = False
    known_parties: Mapping[str, str] = field(default_factory=dict)  # name -> codebook id


def add_claim(ledger: Ledger, draft: ClaimDraft, by: str, why: str) -> Decided:
    """Keep what a person read, and let it count.

    Raises:
        UnknownRecord: the ledger has no such report.
        StaleDecision: the report has a newer version than the one that was seen.
        DecisionError: words that do not stand there, values that cannot be read, or a claim
            that stands already.
    """
    require_person(by, why)
    with ledger.writing() as writer:
        stored = _latest(writer, draft)
        claim = make_claim(stored.report, draft)
        for added in writer.account.added(draft.report):
            if added.claim.id == claim.id and stands_in(added.claim, stored.report):
                raise DecisionError(
                    f"{added.decision.made_by} added this very claim before (decision "
                    f"{added.decision.seq}). It counts once."
                )
        known = writer.account.claims(draft.same_as)
        lost = [key for key in draft.same_as if key not in known]
        if lost:
            raise UnknownRecord(f"the report has no claim {lost[0]!r}. Look at it again.")
        decision = Decision(
            kind="add",
            scope="claim",
            targets=(anchor_of(claim),),
            others=tuple(anchor_of(known[key]) for key in draft.same_as),
            value=OWN_INCIDENT if draft.own_incident else None,
            made_by=by,
            reason=why,
        )
        kept = writer.keep_added(claim, stored.seq, decision)
        return Decided(kept, tuple(catch_up(writer)))


def _latest(writer: Writer, draft: ClaimDraft) -> StoredReport:
    stored = writer.account.latest_report(draft.report)
    if stored is None:
        raise UnknownRecord(f"the ledger has no report {draft.report!r}.")
    if stored.seq != draft.version:
        raise StaleDecision(
            f"report {draft.report} has another text since you looked at it. Nothing was added. "
            f"Look at it again, then select the words there."
        )
    return stored


def find_words(report: Report, quote: str, called: str) -> Words:
    """Where words stand that a person typed; `called` is what they are called in the error.

    Raises:
        DecisionError: they do not stand there, or more than once.
    """
    quote = quote.strip()
    found = report.text.count(quote) if quote else 0
    if found != 1:
        how = "do not stand" if found == 0 else f"stand {found} times"
        raise DecisionError(
            f"{called}: the words {quote[:60]!r} {how} in the report. Give words that stand there "
            f"once: more of them, or fewer."
        )
    start = report.text.index(quote)
    return Words(start, start + len(quote), quote)


def make_claim(report: Report, draft: ClaimDraft) -> Claim:
    """The claim that a draft describes.

    Raises:
        DecisionError: words that do not stand in the report, or values that cannot be read.
    """
    trigger = _evidence(report, draft.trigger)
    sources = [
        Source(source=_name(e), kind=s.kind, evidence=e)
        for s in draft.sources
        for e in [_evidence(report, s.words)]
    ]
    outlet = Source(source=report.outlet or UNNAMED_OUTLET, kind="media")
    parts = {
        "event_type": draft.event_type,
        "trigger": trigger,
        "modality": draft.modality,
        "attribution": (*sources, outlet),
        "participants": tuple(_party(report, p, draft.known_parties) for p in draft.parties),
        "place": _place(report, draft),
        "when": _when(report, draft),
        "figures": tuple(_figure(report, f) for f in draft.figures),
    }
    try:
        claim = Claim(id="", report_id=report.id, confidence=1.0, **parts)
    except ValidationError as error:
        what = error.errors()[0]
        raise DecisionError(f"the claim cannot be: {what['loc'][0]}: {what['msg']}.") from error
    passages = tuple(report.quote(a, b) for a, b in _passages(report.text, _own_words(claim)))
    claim = claim.model_copy(update={"evidence": passages})
    content = claim.model_dump(mode="json", exclude={"id"})
    return claim.model_copy(update={"id": content_id("claim", "person", content)})


def _evidence(report: Report, words: Words) -> Evidence:
    """The evidence, without white space at its ends."""
    if not 0 <= words.start < words.end <= len(report.text):
        raise DecisionError(
            f"characters {words.start} to {words.end} do not stand in the report, which has "
            f"{len(report.text)}. Select the words again."
        )
    quote = report.text[words.start : words.end]
    if words.quote and words.quote.split() != quote.split():
        raise DecisionError(
            f"the report has {quote[:60]!r} where {words.quote[:60]!r} was selected. Load the "
            f"page again and select the words there."
        )
    inner = quote.strip()
    if not inner:
        raise DecisionError("only white space was selected. Select the words.")
    start = words.start + quote.index(inner)
    return report.quote(start, start + len(inner))


def _name(evidence: Evidence) -> str:
    return " ".join(evidence.quote.split())


def _party(report: Report, party: PartyDraft, known: Mapping[str, str]) -> Participant:
    evidence = _evidence(report, party.words)
    name = _name(evidence)
    return Participant(
        role=party.role, name=name, actor_id=known.get(name), kind=party.kind, evidence=evidence
    )


def _place(report: Report, draft: ClaimDraft) -> Place | None:
    if draft.place is None:
        return None
    if draft.place_words is None:
        evidence = draft.place.evidence
        if evidence is not None and evidence.report_id != report.id:
            evidence = None
    else:
        evidence = _evidence(report, draft.place_words)
    return draft.place.model_copy(update={"evidence": evidence})


def _when(report: Report, draft: ClaimDraft) -> When | None:
    if not draft.when.strip():
        if draft.when_words is not None:
            raise DecisionError(
                "words that tell when were selected, and no day is given. Write it as 2024-12-25."
            )
        return None
    when = When.model_validate(read_value("when", draft.when))
    evidence = _evidence(report, draft.when_words) if draft.when_words else None
    return when.model_copy(update={"evidence": evidence})


def _figure(report: Report, figure: FigureDraft) -> Figure:
    count = read_value(figure.outcome, figure.count)
    low, high = count["low"], count["high"]
    qualifier: Qualifier = "at-least" if high is None else "exact" if low == high else "range"
    group = " ".join((figure.group or "").split()) or None
    return Figure(
        outcome=figure.outcome,
        group=group,
        low=low,
        high=high,
        qualifier="none" if high == 0 else qualifier,
        evidence=_evidence(report, figure.words),
    )


def _own_words(claim: Claim) -> Iterator[tuple[int, int]]:
    """What was read for this claim itself; a place or day may be named anywhere."""
    yield claim.trigger.start, claim.trigger.end
    for found in claim.figures:
        yield found.evidence.start, found.evidence.end
    for part in claim.participants:
        if part.evidence is not None:
            yield part.evidence.start, part.evidence.end


def _passages(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences that hold the spans, joined where they lie together."""
    ends = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        first, last = _sentence(ends, start, end)
        while first < start and text[first].isspace():
            first += 1
        while last > end and text[last - 1].isspace():
            last -= 1
        if last - first > MAX_PASSAGE_SIGNS:
            first, last = start, end
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _sentence(ends: Sequence[int], start: int, end: int) -> tuple[int, int]:
    first = max(e for e in ends if e <= start)
    last = min(e for e in ends if e >= end)
    return first, last
