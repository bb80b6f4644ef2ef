"""Group claims into incidents.

Reads   claims in order and the judgements about them.
Writes  nothing; returns lists of claims, one for each incident.

Judgements come first: what the words or a person say is stronger than any
likeness. A claim then joins the group it fits best, or opens one. Only asserted
and alleged claims open a group; denials join the one they deny.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from marsad.codebook.event_types import load_event_types
from marsad.incidents.compare import (
    GENERIC,
    THRESHOLD,
    Score,
    are_two_sites,
    compare_claims,
    compare_dates,
    compare_places,
    is_own,
)
from marsad.incidents.sequels import is_sequel
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
# Words that open the account of another incident.
_ASIDE = re.compile(
    r"\W*(?:elsewhere|separately)\b"
    r"|\W*in (?:a |an )?(?:separate|another|different|unrelated) (?:\w+ ){0,2}"
    r"(?:incident|attack|blast|bombing|explosion|shooting|clash|strike|raid|ambush|case)s?\b",
    re.IGNORECASE,
)
# Smaller numbers are met by chance.
MIN_RETOLD = 3
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
    denials of what nobody here says happened, kinds that are told as claims only, and
    the arrests that end an incident.
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
        home = (
            _judged_home(claim, groups, same)
            or _best_home(claim, groups, different, listed)
            or _retold_home(claim, groups, different)
        )
        if home is None and is_sequel(claim, [group.claims for group in groups]):
            continue
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
    """Ids of claims that one word tells of several places ("protests in A, B and C").

    Places that the word only has from a list before ("They looted the villages") are no new list.
    """
    by_word: dict[tuple[str, int], list[Claim]] = {}
    for claim in claims:
        if not is_own(claim, claim.place):
            continue
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

    One of several listed places is not the whole country's event, and what a sentence
    sets aside ("Elsewhere, ...") is none of those told before it.
    """
    apart = different.get(claim.id, set())
    aside = any(_ASIDE.match(e.quote) for e in claim.evidence)
    best: Group | None = None
    best_key = (THRESHOLD, -1)
    for group in groups:
        if apart & group.ids:
            continue
        if claim.id in listed and group.is_broad:
            continue
        if aside and all(member.evidence != claim.evidence for member in group.claims):
            continue
        likeness = _likeness(claim, group)
        if likeness is None:
            continue
        key = (likeness, group.last)
        if key >= best_key:
            best, best_key = group, key
    return best


def _retold_home(
    claim: Claim, groups: Sequence[Group], different: dict[str, set[str]]
) -> Group | None:
    """The group whose dead or wounded this claim tells again in words for another kind.

    "Thirty dead were taken to hospitals" has no event of its own; nor have the same
    numbers without a place, or at a place that may hold the other.
    """
    apart = different.get(claim.id, set())
    for group in reversed(groups):
        if apart & group.ids or any(_ASIDE.match(e.quote) for e in claim.evidence):
            continue
        if any(_tells_again(claim, member) for member in group.claims):
            return group
    return None


def _tells_again(claim: Claim, member: Claim) -> bool:
    numbers = {(f.outcome, f.low) for f in claim.figures if f.subset_of is None and not f.additive}
    known = {(f.outcome, f.low) for f in member.figures if f.subset_of is None}
    if not any(o in ("killed", "injured") and n >= MIN_RETOLD for o, n in numbers & known):
        return False
    if claim.event_type != member.event_type and not _is_vague(claim) and not _is_vague(member):
        return False
    return (
        compare_places(claim.place, member.place).value >= 0
        and compare_dates(claim, member).value >= 0
        and not are_two_sites(claim, member)
    )


def _is_vague(claim: Claim) -> bool:
    """Whether the kind says little of how people came to harm."""
    return claim.event_type in CONTEXT | CIRCUMSTANCES or claim.event_type in GENERIC


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
