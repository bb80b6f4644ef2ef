"""Scores with their uncertainty: precision and recall, shares, weighted F1, medians.

Pure functions over marks; no data set is known here. Every interval is a 95 %
percentile bootstrap over rows (a row's marks are drawn together, since the
places of one article are not independent), seeded, so equal marks give equal
intervals.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

_G = TypeVar("_G")
_F = TypeVar("_F")

BOOTSTRAP_ROUNDS = 1000
BOOTSTRAP_SEED = 20240501
# Scores that are dear to compute (weighted F1, groupings) get fewer rounds.
DEAR_ROUNDS = 200


@dataclass(frozen=True)
class Counts:
    """True positives, false positives and false negatives of one row."""

    tp: float = 0.0
    fp: float = 0.0
    fn: float = 0.0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 when nothing was found."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 0 when nothing is there."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 when both are 0."""
        total = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / total if total else 0.0


def hit(right: bool) -> Counts:
    """One yes-or-no question of a row."""
    return Counts(tp=float(right), fn=float(not right))


@dataclass(frozen=True)
class Score:
    """One line of a table: a value with its 95 % interval and what it was taken over.

    `n` counts gold items (for F1 and shares) or rows. Values lie in 0…1, but for
    medians, which have a `unit`.
    """

    measure: str
    n: int
    value: float
    low: float
    high: float
    precision: float | None = None
    recall: float | None = None
    unit: str = ""


def bootstrap(
    cases: Sequence[Counts], value: Callable[[Counts], float], rounds: int = BOOTSTRAP_ROUNDS
) -> tuple[float, float]:
    """95 % percentile interval of `value` of the summed counts; (0, 0) without cases."""
    if not cases:
        return 0.0, 0.0
    table = np.array([(c.tp, c.fp, c.fn) for c in cases])
    rng = np.random.default_rng(BOOTSTRAP_SEED)
    share = np.full(len(cases), 1 / len(cases))
    sums = rng.multinomial(len(cases), share, size=rounds) @ table
    return _interval([value(Counts(*map(float, row))) for row in sums])


def _interval(values: Sequence[float]) -> tuple[float, float]:
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def _resample(
    items: Sequence[object], value: Callable[[list[object]], float]
) -> tuple[float, float]:
    """Interval of any function of the rows, drawn with replacement."""
    rng = random.Random(BOOTSTRAP_SEED)
    return _interval([value(rng.choices(items, k=len(items))) for _ in range(DEAR_ROUNDS)])


def score_f1(measure: str, cases: Sequence[Counts]) -> Score:
    """Micro-averaged F1 over rows, with precision, recall and interval."""
    total = sum(cases, Counts())
    low, high = bootstrap(cases, lambda c: c.f1)
    n = round(total.tp + total.fn)
    return Score(measure, n, total.f1, low, high, total.precision, total.recall)


def score_share(measure: str, cases: Sequence[Counts]) -> Score:
    """Share of questions answered right, rows pooled; each row may ask several."""
    total = sum(cases, Counts())
    low, high = bootstrap(cases, lambda c: c.recall)
    return Score(measure, round(total.tp + total.fn), total.recall, low, high)


def weighted_f1(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """F1 of each gold label, weighted by how often it occurs; pairs are (gold, found)."""
    golds: dict[Hashable, int] = {}
    founds: dict[Hashable, int] = {}
    hits: dict[Hashable, int] = {}
    for gold, found in pairs:
        golds[gold] = golds.get(gold, 0) + 1
        founds[found] = founds.get(found, 0) + 1
        if gold == found:
            hits[gold] = hits.get(gold, 0) + 1
    weighted = sum(
        n * 2 * hits.get(label, 0) / (n + founds.get(label, 0)) for label, n in golds.items()
    )
    return weighted / len(pairs) if pairs else 0.0


def score_weighted_f1(measure: str, pairs: Sequence[tuple[Hashable, Hashable]]) -> Score:
    """`weighted_f1` with its interval."""
    if not pairs:
        return Score(measure, 0, 0.0, 0.0, 0.0)
    low, high = _resample(pairs, weighted_f1)  # type: ignore[arg-type]
    return Score(measure, len(pairs), weighted_f1(pairs), low, high)


def score_median(measure: str, values: Sequence[float], unit: str) -> Score:
    """Median with its interval; less is better."""
    if not values:
        return Score(measure, 0, 0.0, 0.0, 0.0, unit=unit)
    low, high = _resample(values, lambda drawn: float(np.median(np.array(drawn, dtype=float))))
    return Score(measure, len(values), float(np.median(values)), low, high, unit=unit)


def match_spans(
    gold: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """One-to-one pairs (gold index, found index) of overlapping spans, largest overlap first."""
    return match_best(gold, found, lambda g, f: float(min(g[1], f[1]) - max(g[0], f[0])))


def match_best(
    gold: Sequence[_G], found: Sequence[_F], likeness: Callable[[_G, _F], float]
) -> list[tuple[int, int]]:
    """One-to-one pairs (gold index, found index), most alike first; 0 or less never pairs."""
    pairs = sorted((-likeness(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    matched = []
    for unlike, i, j in pairs:
        if unlike < 0 and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            matched.append((i, j))
    return matched


def count_spans(gold: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]) -> Counts:
    """Counts of overlapping spans, one to one."""
    hits = len(match_spans(gold, found))
    return Counts(tp=hits, fp=len(found) - hits, fn=len(gold) - hits)
