"""Added claims: what persons read in a report, among what its coder read.

Reads   a coded report and the claims that persons added to it.
Writes  nothing; returns the coded report with them in their places.
Never   takes in a claim whose words do not stand in this version of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from marsad.incidents.assemble import assemble_incidents
from marsad.records import (
    Anchor,
    Claim,
    CodedReport,
    Decision,
    Evidence,
    Incident,
    Judgement,
    Report,
    content_id,
)
from marsad.store.entries import Added

OWN_INCIDENT = "own"


def with_added(coded: CodedReport, added: Sequence[Added]) -> CodedReport:
    """The coded report with the added claims that stand in its text, its incidents made anew."""
    standing = [a for a in added if stands_in(a.claim, coded.report)]
    if not standing:
        return coded
    read = coded.claims
    claims = join_claims(read, [a.claim for a in standing])
    judgements = (*coded.judgements, *(j for a in standing for j in _judge(a, claims)))
    own = {claim.id for claim in read}
    incidents = tuple(_named(i, own) for i in assemble_incidents(claims, judgements))
    return coded.model_copy(
        update={"claims": claims, "judgements": judgements, "incidents": incidents}
    )


def _named(incident: Incident, read: set[str]) -> Incident:
    """The incident under the id that it has without what persons added to it."""
    own = sorted(claim for claim in incident.claims if claim in read)
    if not own or len(own) == len(incident.claims):
        return incident
    return incident.model_copy(update={"id": content_id("incident", own)})


def join_claims(read: Sequence[Claim], added: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims in the order in which the text tells them, each once."""
    claims = {claim.id: claim for claim in (*read, *added)}
    return tuple(sorted(claims.values(), key=lambda claim: claim.trigger.start))


def stands_in(claim: Claim, report: Report) -> bool:
    """Whether the text holds every evidence of the claim at its place."""
    return all(report.text[e.start : e.end] == e.quote for e in evidence_of(claim))


def evidence_of(claim: Claim) -> Iterator[Evidence]:
    """Every evidence of a claim: of its trigger, its values and itself."""
    yield claim.trigger
    yield from claim.evidence
    yield from (f.evidence for f in claim.figures)
    parts = (claim.place, claim.when, *claim.participants, *claim.attribution)
    yield from (part.evidence for part in parts if part is not None and part.evidence is not None)


def _judge(added: Added, claims: Sequence[Claim]) -> Iterator[Judgement]:
    """What the person said of the other claims of the report.

    They are found by where they stand, as they have other ids when another coder read them.
    """
    decision = added.decision
    if decision.value == OWN_INCIDENT:
        others = [c.id for c in claims if c.id != added.claim.id]
        yield from (_judgement(added, "different", other) for other in others)
        return
    for anchor in decision.others:
        found = find_anchored(anchor, claims, but=added.claim.id)
        if found is not None:
            yield _judgement(added, "same", found.id)


def _judgement(added: Added, kind: str, other: str) -> Judgement:
    decision: Decision = added.decision
    return Judgement.model_validate(
        {
            "kind": kind,
            "claim": added.claim.id,
            "other": other,
            "by": decision.made_by,
            "reason": decision.reason,
        }
    )


def find_anchored(anchor: Anchor, claims: Iterable[Claim], but: str = "") -> Claim | None:
    """The claim that an anchor is of, or the one that is read from most of its words now."""
    others = [c for c in claims if c.id != but]
    for claim in others:
        if claim.id == anchor.claim:
            return claim
    shared = [
        (min(c.trigger.end, anchor.end) - max(c.trigger.start, anchor.start), c.id, c)
        for c in others
    ]
    best = max(shared, key=lambda s: s[:2], default=None)
    return best[2] if best is not None and best[0] > 0 else None
