"""Group claims into incidents.

Reads   claims in order and the judgements about them.
Writes  nothing; returns lists of claims, one for each incident.

Judgements come first: what the words or a person say is stronger than any
likeness. A claim then joins the group it fits best, or opens one. Only asserted
and alleged claims open a group; denials join the one they deny.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from marsad.codebook.event_types import load_event_types
from marsad.incidents.compare import THRESHOLD, Score, compare_claims, is_own
from marsad.incidents.sums import without_sums
from marsad.records import Claim, Judgement

OPENING = frozenset({"asserted", "alleged"})
# Below this likeness of kind (see compare_kinds) two claims need more than their kind.
SAME_EVENT_KIND = 0.5
# Kinds told mostly as the surroundings of other events (PLOVER does not code a
# mobilisation told as context of an assault).
CONTEXT = frozenset({"movement", "other"})
# Kinds that reports mention as the ground, means or course of other events.
CIRCUMSTANCES = frozenset(
    """agreement arrest abduction movement property-destruction weapons-seizure
    territory-change""".split()
)
JOINING = frozenset({"asserted", "alleged", "denied"})


@dataclass
class Group:
    """Claims judged to be about one incident, in the order they came."""

    claims: list[Claim] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    last: int = 0  # where the last of its claims is told
    is_broad: bool = False  # whether one of its claims is of a whole country

    def add(self, claim: Claim) -> Group:
        """Take a claim in; returns the group."""
        self.claims.append(claim)
        self.ids.add(claim.id)
        self.last = max(self.last, claim.trigger.start)
        self.is_broad |= claim.place is not None and claim.place.precision == "country"
        return self


def group_claims(claims: Sequence[Claim], judgements: Sequence[Judgement]) -> list[Group]:
    """The groups of `claims`, ordered by their first claim.

    Planned, threatened, hypothetical and historical claims are left out; so are
    denials of what nobody here says happened, and kinds that are told as claims only.
    """
    same, different = _index(judgements)
    kinds = load_event_types()
    claims = [claim for claim in claims if kinds[claim.event_type].makes_incident]
    claims = without_sums(_without_context(claims, same))
    countered = {j.claim for j in judgements if j.kind == "disputes"}
    groups: list[Group] = []
    waiting: list[Claim] = []
    listed = _listed_places(claims)
    for claim in claims:
        if claim.modality not in JOINING:
            continue
        if claim.modality not in OPENING or claim.id in countered:
            waiting.append(claim)
            continue
        home = _judged_home(claim, groups, same) or _best_home(claim, groups, different, listed)
        if home is None:
            groups.append(Group().add(claim))
        else:
            home.add(claim)
    for claim in waiting:
        home = _judged_home(claim, groups, same)
        if home is not None:
            home.add(claim)
        elif claim.modality in OPENING:
            groups.append(Group().add(claim))
    return _firm([g for g in groups if is_bounded(g.claims)])


def is_bounded(claims: Sequence[Claim]) -> bool:
    """Whether asserted or alleged claims bound an event: by place, by people harmed, or by parties.

    An incident is a bounded time, place and kind. "Attacks must stop" has a kind
    and nothing else; a date alone bounds the speech, not the event.
    """
    return any(
        claim.modality in OPENING
        and (
            claim.place is not None
            or claim.participants
            or any(figure.high != 0 for figure in claim.figures)
        )
        for claim in claims
    )


def _firm(groups: list[Group]) -> list[Group]:
    """Leave out what is told only in passing.

    Where a report tells of nothing else, a deed of one party to another stays.
    """
    firm = [g for g in groups if not is_told_in_passing(g.claims)]
    return firm or [g for g in groups if _is_deed(g.claims)]


def is_told_in_passing(claims: Sequence[Claim]) -> bool:
    """Whether nothing but a kind is told: no people counted, and neither day nor place named.

    One claim may owe its place and day to the events it is told beside ("the army has
    carried out arrests"); kinds that are mostly circumstances of others need their own.
    """
    told = [c for c in claims if c.modality in OPENING]
    if any(figure.high != 0 for c in told for figure in c.figures):
        return False
    parts = ((c, part) for c in told for part in (c.place, c.when) if part is not None)
    if any(part.evidence is None or is_own(c, part) for c, part in parts):
        return False
    return len(told) == 1 or all(c.event_type in CIRCUMSTANCES for c in told)


def _is_deed(claims: Sequence[Claim]) -> bool:
    """Whether somebody did something to somebody, and it is no mere circumstance."""
    return any(
        c.modality in OPENING
        and c.event_type not in CIRCUMSTANCES
        and {p.role for p in c.participants} == {"actor", "recipient"}
        for c in claims
    )


def _without_context(claims: Sequence[Claim], same: dict[str, set[str]]) -> list[Claim]:
    """Leave out what only surrounds the events told: convoys, reinforcements, curfews.

    They make an incident where a report tells of nothing else, leads with one, or
    counts people in it.
    """
    opening = [c for c in claims if c.modality in OPENING]
    if all(c.event_type in CONTEXT for c in opening):
        return list(claims)
    lead = opening[0].id
    return [
        c
        for c in claims
        if c.event_type not in CONTEXT
        or c.id == lead
        or c.id in same
        or any(f.outcome != "displaced" for f in c.figures)
    ]


def _index(
    judgements: Sequence[Judgement],
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    same: dict[str, set[str]] = {}
    different: dict[str, set[str]] = {}
    for judgement in judgements:
        table = {"same": same, "different": different}.get(judgement.kind)
        if table is not None:
            table.setdefault(judgement.claim, set()).add(judgement.other)
            table.setdefault(judgement.other, set()).add(judgement.claim)
    return same, different


def _judged_home(claim: Claim, groups: Sequence[Group], same: dict[str, set[str]]) -> Group | None:
    """The group with the latest claim that a judgement joins this one to."""
    partners = same.get(claim.id)
    if not partners:
        return None
    return next((g for g in reversed(groups) if partners & g.ids), None)


def _listed_places(claims: Sequence[Claim]) -> set[str]:
    """Ids of claims that one word tells of several places ("protests in A, B and C")."""
    by_word: dict[tuple[str, int], list[Claim]] = {}
    for claim in claims:
        by_word.setdefault((claim.report_id, claim.trigger.start), []).append(claim)
    return {
        claim.id
        for members in by_word.values()
        if len({c.place.name for c in members if c.place is not None}) > 1
        for claim in members
    }


def _best_home(
    claim: Claim,
    groups: Sequence[Group],
    different: dict[str, set[str]],
    listed: set[str],
) -> Group | None:
    """The best group at or above the threshold; ties go to the one spoken of last.

    One of several listed places is not the whole country's event.
    """
    apart = different.get(claim.id, set())
    best: Group | None = None
    best_key = (THRESHOLD, -1)
    for group in groups:
        if apart & group.ids:
            continue
        if claim.id in listed and group.is_broad:
            continue
        likeness = _likeness(claim, group)
        if likeness is None:
            continue
        key = (likeness, group.last)
        if key >= best_key:
            best, best_key = group, key
    return best


def _likeness(claim: Claim, group: Group) -> float | None:
    """How well a claim fits the member it fits best; None where any member forbids it.

    Asked for every pair of claim and group, so the first member that forbids ends it.
    """
    best = -1.0
    for member in reversed(group.claims):
        total, parts, forbidden = compare_claims(claim, member)
        if forbidden or _clash_of_kinds(total, parts):
            return None
        best = max(best, total)
    return best


def _clash_of_kinds(total: float, parts: Sequence[Score]) -> bool:
    """Two precise kinds that differ, with nothing else to join them.

    Without this a vague claim ("the attack") would join an air strike to a
    suicide bombing told in the same report.
    """
    return parts[0].value < SAME_EVENT_KIND and total < THRESHOLD
