"""Agreement: how far people who judged the same things blind came to the same answers.

Reads   answers: who said what of which thing.
Writes  nothing; returns coefficients, how many things they stand on, and a sentence.
Never   calls agreement what chance alone would give, or a number what has none.

Cohen's kappa for two people (Cohen 1960, "A coefficient of agreement for nominal scales");
Krippendorff's alpha for nominal data with answers missing, for any number of people
(Krippendorff 2011, "Computing Krippendorff's alpha-reliability").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

Answers = Mapping[str, Mapping[str, str]]
Measure = Literal["kappa", "alpha"]

# Landis and Koch 1977: what a kappa is called, from so much on.
KAPPA_WORDS = (
    (0.81, "almost perfect"),
    (0.61, "substantial"),
    (0.41, "moderate"),
    (0.21, "fair"),
    (0.0, "slight"),
)
# Krippendorff 2004: rely on 0.800 and more, draw tentative conclusions from 0.667.
ALPHA_RELIABLE, ALPHA_TENTATIVE = 0.8, 0.667
# With fewer things judged twice one answer moves the number by more than a step above.
FEW_ITEMS = 30


@dataclass(frozen=True)
class Agreement:
    """How far people agree. `value` None: they left chance no room, see `words`.

    `items` were judged by two or more of them, `same` of these alike by all.
    """

    measure: Measure
    value: float | None
    people: tuple[str, ...]
    items: int
    same: int
    words: str


def cohens_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Two people's answers to the same things, above what chance gives: 1 all, 0 as by chance.

    None without things, or where both gave one and the same answer throughout.
    """
    if not pairs:
        return None
    n = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    seen = sum(a == b for a, b in pairs) / n
    # In whole numbers, so that chance that is certain is found to be so.
    by_chance = sum(first[answer] * second[answer] for answer in first)
    if by_chance == n * n:
        return None
    expected = by_chance / (n * n)
    return (seen - expected) / (1 - expected)


def krippendorffs_alpha(units: Sequence[Sequence[str]]) -> float | None:
    """The answers given to each thing, by however many people; things with fewer than two
    answers say nothing.

    1 is perfect agreement, 0 as by chance. None without things judged twice, or where only
    one answer was ever given.
    """
    judged = [Counter(unit) for unit in units if len(unit) >= 2]
    total: Counter[str] = Counter()
    for unit in judged:
        total.update(unit)
    n = total.total()
    unlike = n * n - sum(count * count for count in total.values())
    if not unlike:
        return None
    observed = sum(
        (m * m - sum(count * count for count in unit.values())) / (m - 1)
        for unit in judged
        for m in [unit.total()]
    )
    return 1 - (n - 1) * observed / unlike


def measure_agreement(answers: Answers) -> list[Agreement]:
    """Every two people who judged the same things, and all together where they are more.

    `answers` are by thing, then by person.
    """
    people = sorted({person for given in answers.values() for person in given})
    found = []
    for one, other in combinations(people, 2):
        pairs = [(a[one], a[other]) for a in answers.values() if one in a and other in a]
        if pairs:
            same = sum(a == b for a, b in pairs)
            value = cohens_kappa(pairs)
            words = _read(value, len(pairs), same, "kappa")
            found.append(Agreement("kappa", value, (one, other), len(pairs), same, words))
    units = [list(given.values()) for given in answers.values() if len(given) >= 2]
    judging = sorted({p for given in answers.values() if len(given) >= 2 for p in given})
    if len(judging) > 2:
        same = sum(len(set(unit)) == 1 for unit in units)
        value = krippendorffs_alpha(units)
        words = _read(value, len(units), same, "alpha")
        found.append(Agreement("alpha", value, tuple(judging), len(units), same, words))
    return found


def disagreements(answers: Answers) -> list[str]:
    """The things that were not answered alike, by their keys."""
    return [key for key, given in answers.items() if len(set(given.values())) > 1]


def _read(value: float | None, items: int, same: int, measure: Measure) -> str:
    """What a coefficient says, in plain words."""
    told = f"{same} of {items} answered alike"
    if value is None:
        return f"{told}; everybody gave one answer only, so chance cannot be told from agreement"
    called = _call_kappa(value) if measure == "kappa" else _call_alpha(value)
    few = f"; {items} is few, so take it as a first sign" if items < FEW_ITEMS else ""
    return f"{told}: {called}{few}"


def _call_kappa(value: float) -> str:
    if value < 0:
        return "less than chance would give"
    word = next(word for least, word in KAPPA_WORDS if round(value, 2) >= least)
    return f"{word} agreement"


def _call_alpha(value: float) -> str:
    if value >= ALPHA_RELIABLE:
        return "reliable"
    if value >= ALPHA_TENTATIVE:
        return "good enough for tentative conclusions only"
    return "too little to rely on: settle what differs, and the rules for it"
