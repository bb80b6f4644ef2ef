"""Disagreements between sources that the claims show by themselves.

Two named sources that give different numbers for the same people, neither
hedged towards the other, disagree about a figure. Other disputes are told by
the words of the report and come as judgements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from marsad.incidents.tally import side_of
from marsad.records import Claim, Dispute, Figure

# "Initial reports put it at three": such a number was overtaken, nobody stands by it.
_EARLY = re.compile(
    r"\b(?:initial(?:ly)?|preliminary|provisional|first|early) (?:\w+ )?"
    r"(?:reports?|counts?|tolls?|figures?|estimates?|information|assessments?|said|put)\b"
    r"|\b(?:earlier|previous) (?:toll|count|figure|estimate)",
    re.IGNORECASE,
)


def find_disagreements(claims: Sequence[Claim]) -> list[Dispute]:
    """Figure disputes among `claims`, the later claim as counterclaim; one for each pair."""
    found: list[Dispute] = []
    named = [
        c for c in claims if len(c.attribution) > 1 and c.modality != "denied" and not _is_early(c)
    ]
    for position, claim in enumerate(named):
        for other in named[:position]:
            sources = (other.attribution[0].source, claim.attribution[0].source)
            if sources[0] == sources[1]:
                continue
            if any(_disagree(f, g) for f in claim.figures for g in other.figures):
                found.append(
                    Dispute(about="figure", claim=other.id, counterclaim=claim.id, sources=sources)
                )
    return found


def _is_early(claim: Claim) -> bool:
    """Whether the words or their source call the number a first one."""
    words = [claim.attribution[0].source, *(e.quote for e in claim.evidence)]
    return any(_EARLY.search(text) for text in words)


def _disagree(f: Figure, g: Figure) -> bool:
    """Ranges of the same outcome and side that cannot both hold, told as wholes."""
    if f.outcome != g.outcome or side_of(f) != side_of(g):
        return False
    if f.subset_of is not None or g.subset_of is not None or f.additive or g.additive:
        return False
    if (f.group or g.group) and (f.group_kind or "civilian") != (g.group_kind or "civilian"):
        return False
    if min(f.low, g.low) == 1 == max(f.high or 2, g.high or 2):
        return False
    too_low = f.high is not None and f.high < g.low
    too_high = g.high is not None and g.high < f.low
    return (too_low or too_high) and min(f.low, g.low) > 1
