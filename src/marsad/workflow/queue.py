"""The review queue: what a person should look at first, by how much the totals would change.

Reads   incidents that nobody reviewed, pairs that may be one, disputes, claims' confidence.
Writes  nothing.
Never   hides how a place in the queue came about: each has its number and its sentence.

The number is the change that a decision may bring to the published totals, in people
killed; others who came to harm weigh less (`WEIGHTS`). It is multiplied by how likely the
decision is to change them (`CHANCES`; for pairs what the rules give for their being one).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from marsad.publish.wording import DISPUTE_LABELS
from marsad.records import (
    DEFAULT_POLICY,
    Claim,
    IncidentFilter,
    LedgerIncident,
    Outcome,
    Suggestion,
    Tally,
)
from marsad.store.ledger import Ledger
from marsad.workflow.dossier import suggest
from marsad.workflow.members import preview_merge

ItemKind = Literal["same", "contested", "single", "unsure"]
# A total of dead is what is published first and quoted longest.
WEIGHTS: Mapping[Outcome, float] = {
    "killed": 1.0,
    "injured": 0.25,
    "missing": 0.25,
    "abducted": 0.25,
    "detained": 0.1,
    "displaced": 0.001,  # counted by the thousand
}
# How often a look changes the number, as a rule of thumb: a dispute is settled one way or
# the other, a single source mostly stands.
CHANCES: Mapping[ItemKind, float] = {"contested": 0.5, "single": 0.1, "unsure": 0.3}
# Below this a coder is not sure that it read the words right.
UNSURE = 0.6
# So many of each kind but pairs are looked at, by toll.
MOST_OF_A_KIND = 150
# Pairs are looked for among so many incidents of the highest tolls, the likeliest so many.
HIGHEST_TOLLS = 400
MOST_PAIRS = 300


@dataclass(frozen=True)
class ReviewItem:
    """One thing to look at. `key` names it in addresses; `other` is the second of a pair.

    `score` is the change to be expected, `moves` the change by outcome, `why` the sentence.
    """

    kind: ItemKind
    key: str
    incident: LedgerIncident
    score: float
    why: str
    other: LedgerIncident | None = None
    likeness: str = ""
    moves: Mapping[Outcome, int] = field(default_factory=dict)


def list_queue(ledger: Ledger, limit: int = 100) -> list[ReviewItem]:
    """What to look at, the greatest expected change first.

    An incident that is in a pair is looked at there first, and by itself after that.
    """
    items = [*_pairs(ledger), *_alone(ledger)]
    items.sort(key=lambda item: (-item.score, item.key))
    return items[:limit]


def find_item(items: Sequence[ReviewItem], key: str) -> ReviewItem | None:
    """The item of that key, where it still waits."""
    return next((item for item in items if item.key == key), None)


def following(items: Sequence[ReviewItem], key: str) -> ReviewItem | None:
    """The item after that of the key; the first, where it is gone or the last."""
    keys = [item.key for item in items]
    if not items:
        return None
    position = keys.index(key) + 1 if key in keys else 0
    return items[position % len(items)]


def tell_merge(ledger: Ledger, item: ReviewItem) -> str:
    """What exactly becomes of the totals if the two of a pair are one."""
    if item.other is None:
        return item.why
    merged = preview_merge(ledger, item.incident.id, item.other.id)
    if merged is None:
        return item.why
    before, after = _best(item.incident, item.other), _best(merged)
    moved = [
        _moved(outcome, before.get(outcome, 0), after.get(outcome, 0))
        for outcome in get_args(Outcome)
        if before.get(outcome, 0) != after.get(outcome, 0)
    ]
    if not moved:
        return "If these two are one, no total changes."
    return f"If these two are one, {' and '.join(moved)}."


def _pairs(ledger: Ledger) -> Iterable[ReviewItem]:
    # A pair moves the totals by the lesser of its tolls, so both are among the highest.
    highest = ledger.incidents(IncidentFilter(order="toll", limit=HIGHEST_TOLLS))
    incidents = {incident.id: incident for incident in highest}
    for suggestion in suggest(ledger, limit=MOST_PAIRS, of=sorted(incidents)):
        one, other = incidents.get(suggestion.incident), incidents.get(suggestion.other)
        if one is None or other is None or "discounted" in (one.status, other.status):
            continue
        yield _pair(suggestion, one, other)


def _pair(suggestion: Suggestion, one: LedgerIncident, other: LedgerIncident) -> ReviewItem:
    first, second = _best(one), _best(other)
    # The lesser of two tolls is what one incident would not count again.
    falls = {o: min(first[o], second[o]) for o in first if o in second and first[o] and second[o]}
    chance = 1 / (1 + math.exp(-suggestion.score))
    told = [f"{outcome} falls by {number:,}" for outcome, number in falls.items()]
    change = " and ".join(told) if told else "an incident less is counted, no total changes"
    return ReviewItem(
        kind="same",
        key=f"same.{min(one.id, other.id)}.{max(one.id, other.id)}",
        incident=one,
        other=other,
        score=round(_weigh(falls) * chance, 3),
        why=f"If these two are one, {change}.",
        likeness=suggestion.why,
        moves={outcome: -number for outcome, number in falls.items()},
    )


def _alone(ledger: Ledger) -> Iterable[ReviewItem]:
    contested = IncidentFilter(
        status=("contested",), reviewed=False, order="toll", limit=MOST_OF_A_KIND
    )
    others = IncidentFilter(
        status=("single-source", "corroborated"),
        reviewed=False,
        order="toll",
        limit=MOST_OF_A_KIND,
    )
    for incident in ledger.incidents(contested):
        yield _contested(incident)
    toll = list(ledger.incidents(others))
    claims = ledger.claims({key for incident in toll for key in incident.claims})
    for incident in toll:
        unsure = _unsure_claims(incident, claims)
        if unsure:
            yield _unsure(incident, unsure)
        elif incident.status == "single-source":
            yield _single(incident)


def _contested(incident: LedgerIncident) -> ReviewItem:
    widths: dict[Outcome, int] = {}
    for tally in _totals(incident):
        high = tally.best if tally.high is None else tally.high
        width = max(high - tally.low, 0)
        if width:
            widths[tally.outcome] = width
    matters = " and ".join(dict.fromkeys(DISPUTE_LABELS[d.about] for d in incident.disputes))
    if any(d.about in ("occurrence", "authenticity", "date") for d in incident.disputes):
        # Whether it is to be counted at all.
        widths = {o: n for o, n in _best(incident).items() if n} or widths
        told = _list(f"{n:,} {o}" for o, n in widths.items())
        why = f"Disputed: {matters}. {told} hang on it." if told else ""
    else:
        told = _list(f"{n:,} {o}" for o, n in widths.items())
        why = f"Disputed: {matters}. {told} lie between the numbers." if told else ""
    return ReviewItem(
        kind="contested",
        key=f"contested.{incident.id}",
        incident=incident,
        score=round(_weigh(widths) * CHANCES["contested"], 3),
        why=why or f"Disputed: {matters or 'what sources say'}. No total hangs on it.",
        moves=widths,
    )


def _single(incident: LedgerIncident) -> ReviewItem:
    counted = {o: n for o, n in _best(incident).items() if n}
    told = _list(f"{n:,} {o}" for o, n in counted.items())
    why = f"{told} on the word of one source alone." if told else ""
    return ReviewItem(
        kind="single",
        key=f"single.{incident.id}",
        incident=incident,
        score=round(_weigh(counted) * CHANCES["single"], 3),
        why=why or "Known from one source alone. No total hangs on it.",
        moves=counted,
    )


def _unsure(incident: LedgerIncident, claims: Sequence[Claim]) -> ReviewItem:
    counted = {o: n for o, n in _best(incident).items() if n}
    least = min(claim.confidence for claim in claims)
    told = _list(f"{n:,} {o}" for o, n in counted.items()) or "no total"
    return ReviewItem(
        kind="unsure",
        key=f"unsure.{incident.id}",
        incident=incident,
        score=round(_weigh(counted) * CHANCES["unsure"], 3),
        why=f"The coder was not sure that it read this right ({least:.0%}). On it hangs: {told}.",
        moves=counted,
    )


def _unsure_claims(incident: LedgerIncident, claims: Mapping[str, Claim]) -> list[Claim]:
    """The doubtful claims, where no other claim of the incident is read with confidence."""
    told = [claims[key] for key in incident.claims if key in claims]
    if not told or any(claim.confidence >= UNSURE for claim in told):
        return []
    return told


def _totals(incident: LedgerIncident) -> list[Tally]:
    return [t for t in incident.tallies if t.group is None and t.policy == DEFAULT_POLICY]


def _best(*incidents: LedgerIncident) -> dict[Outcome, int]:
    found: dict[Outcome, int] = {}
    for incident in incidents:
        for tally in _totals(incident):
            found[tally.outcome] = found.get(tally.outcome, 0) + tally.best
    return found


def _weigh(people: Mapping[Outcome, int]) -> float:
    return sum(WEIGHTS[outcome] * abs(number) for outcome, number in people.items())


def _moved(outcome: Outcome, before: int, after: int) -> str:
    way = "falls" if after < before else "rises"
    return f"{outcome} {way} by {abs(before - after):,}, from {before:,} to {after:,}"


def _list(words: Iterable[str]) -> str:
    told = list(words)
    if len(told) < 2:
        return "".join(told)
    return f"{', '.join(told[:-1])} and {told[-1]}"
