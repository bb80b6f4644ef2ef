"""Sequels: arrests and finds that end the incident a report tells.

Reads   claims and the groups made so far.
Writes  nothing; says which claims open no incident.

"Another militant was detained in the operation", "police arrested four of the attackers": part
of the clash or attack told before, with its place and day, and no event of its own. It does not
join the attack either: the police who arrest are not its doers. Arrests in numbers, of others,
elsewhere or on another day are events.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from marsad.incidents.compare import GROUPS, compare_dates, compare_places, is_own
from marsad.records import Claim

ENDS = frozenset({"arrest", "abduction", "weapons-seizure", "movement", "other"})
OPENING = frozenset({"asserted", "alleged"})
# More than so many detained is an event whatever it followed.
MAX_SEQUEL_DETAINED = 20
_DEEDS = (
    "operations?|clash(?:es)?|attacks?|assault|raids?|shooting|shoot-?out|firefight|gunfight|encounter"
    "|battle|fighting|blasts?|bombings?|explosions?|ambush|incident|killings?|murders?|massacre|violence"
)
_DOERS = (
    "attackers?|assailants?|gunm[ae]n|shooters?|perpetrators?|culprits?|raiders?|bombers?|killers?"
)
_OF_IT = re.compile(
    rf"\b(?:(?:the|this|that|their|its|joint|same) (?:[\w-]+ ){{0,2}}(?:{_DEEDS})"
    rf"|(?:the|of their|their|its) (?:[\w-]+ ){{0,2}}(?:{_DOERS})"
    r"|suspects?|suspected|in connection|responsible|clash site|at the scene)\b",
    re.IGNORECASE,
)


def is_sequel(claim: Claim, groups: Sequence[Sequence[Claim]]) -> bool:
    """Whether `claim` is how one of the incidents told before it ended."""
    if not _ends_something(claim):
        return False
    for group in groups:
        told = [c for c in group if c.modality in OPENING]
        if not any(GROUPS[c.event_type] == "violence" for c in told):
            continue
        if all(_fits(claim, member) for member in told):
            return True
    return False


def _ends_something(claim: Claim) -> bool:
    if claim.event_type not in ENDS or claim.modality not in OPENING:
        return False
    people = [f for f in claim.figures if f.high != 0]
    if any(f.outcome != "detained" or f.low > MAX_SEQUEL_DETAINED for f in people):
        return False
    if claim.event_type in {"movement", "other", "abduction"} and not people:
        return False
    return any(_OF_IT.search(words.quote) for words in claim.evidence)


def _fits(claim: Claim, member: Claim) -> bool:
    """Whether neither place nor day of its own sets the claim apart."""
    if compare_dates(claim, member).value < 0 and is_own(claim, claim.when):
        return False
    return compare_places(claim.place, member.place).value >= 0 or not is_own(claim, claim.place)
