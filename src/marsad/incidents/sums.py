"""Sums: opening numbers that are told again part by part.

Reads   claims in order.
Writes  nothing; returns claims without the sums.

"Bombs killed eight people in the city", and then three in one district, one in
another, four in a third: the eight are these, and the parts are the incidents.
"""

from __future__ import annotations

from collections.abc import Sequence

from marsad.incidents.compare import is_own
from marsad.records import Claim, Outcome

OPENING = frozenset({"asserted", "alleged"})
# A sum of fewer is too easily met by chance.
MIN_SUM = 3
COUNTED: tuple[Outcome, ...] = ("killed", "injured")


def without_sums(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without those whose number the claims after it give place by place."""
    sums = {claim.id for position, claim in enumerate(claims) if _is_sum(claim, claims[position:])}
    return [claim for claim in claims if claim.id not in sums]


def _is_sum(claim: Claim, following: Sequence[Claim]) -> bool:
    if claim.modality not in OPENING or not is_own(claim, claim.place):
        return False
    for outcome in COUNTED:
        whole = number_of(claim, outcome)
        if whole < MIN_SUM:
            continue
        parts: dict[str, int] = {}
        for other in following:
            number = number_of(other, outcome)
            if other.modality not in OPENING or not 0 < number < whole or other.place is None:
                continue
            if is_own(other, other.place) and other.place.name != getattr(claim.place, "name", ""):
                parts.setdefault(other.place.name, number)
            if len(parts) > 1 and sum(parts.values()) == whole:
                return True
    return False


def number_of(claim: Claim, outcome: Outcome) -> int:
    """How many in all a claim says came to this harm, at least; 0 where it says nothing."""
    told = [f for f in claim.figures if f.outcome == outcome and f.subset_of is None]
    return sum(f.low for f in told if not f.additive)
