"""Scores with their uncertainty: counts, precision and recall, exact match, bootstrap.

Pure functions over numbers; no data set is known here.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

BOOTSTRAP_ROUNDS = 500
BOOTSTRAP_SEED = 20240501


@dataclass(frozen=True)
class Counts:
    """True positives, false positives and false negatives of one case."""

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


@dataclass(frozen=True)
class Score:
    """One row of a table: a value in 0…1 with its 95 % interval and what it was taken over."""

    measure: str
    n: int
    value: float
    low: float
    high: float
    precision: float | None = None
    recall: float | None = None


def bootstrap(
    cases: Sequence[Counts], value: Callable[[Counts], float], rounds: int = BOOTSTRAP_ROUNDS
) -> tuple[float, float]:
    """95 % percentile interval of `value` of the summed counts, cases drawn with replacement.

    The generator is seeded, so the same cases give the same interval. (0, 0)
    without cases.
    """
    if not cases:
        return 0.0, 0.0
    rng = random.Random(BOOTSTRAP_SEED)
    values = []
    for _ in range(rounds):
        drawn = rng.choices(cases, k=len(cases))
        values.append(
            value(
                Counts(sum(c.tp for c in drawn), sum(c.fp for c in drawn), sum(c.fn for c in drawn))
            )
        )
    values.sort()
    return values[int(0.025 * rounds)], values[min(rounds - 1, int(0.975 * rounds))]


def score_f1(measure: str, cases: Sequence[Counts]) -> Score:
    """Micro-averaged F1 over cases, with precision, recall and interval."""
    total = sum(cases, Counts())
    low, high = bootstrap(cases, lambda c: c.f1)
    return Score(measure, len(cases), total.f1, low, high, total.precision, total.recall)


def score_exact(measure: str, hits: Sequence[bool]) -> Score:
    """Share of cases that are right, with interval."""
    cases = [Counts(tp=float(hit), fn=float(not hit)) for hit in hits]
    total = sum(cases, Counts())
    low, high = bootstrap(cases, lambda c: c.recall)
    return Score(measure, len(cases), total.recall, low, high)


def score_weighted_f1(measure: str, pairs: Sequence[tuple[Hashable, Hashable]]) -> Score:
    """F1 for each gold label, weighted by how often the label occurs; pairs are (gold, found)."""

    def weighted(drawn: Sequence[tuple[Hashable, Hashable]]) -> float:
        total = 0.0
        for label in {gold for gold, _ in drawn}:
            counts = Counts(
                tp=sum(g == label == f for g, f in drawn),
                fp=sum(f == label != g for g, f in drawn),
                fn=sum(g == label != f for g, f in drawn),
            )
            total += counts.f1 * sum(g == label for g, _ in drawn)
        return total / len(drawn) if drawn else 0.0

    rng = random.Random(BOOTSTRAP_SEED)
    values = sorted(
        weighted(rng.choices(pairs, k=len(pairs))) if pairs else 0.0 for _ in range(200)
    )
    return Score(measure, len(pairs), weighted(pairs), values[4], values[195])


def match_spans(
    gold: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """One-to-one pairs (gold index, found index) of overlapping spans, largest overlap first."""
    pairs = sorted(
        (
            (min(g[1], f[1]) - max(g[0], f[0]), -i, -j)
            for i, g in enumerate(gold)
            for j, f in enumerate(found)
            if min(g[1], f[1]) > max(g[0], f[0])
        ),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    matched = []
    for _, i, j in pairs:
        if -i not in used_gold and -j not in used_found:
            used_gold.add(-i)
            used_found.add(-j)
            matched.append((-i, -j))
    return matched


def count_spans(gold: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]) -> Counts:
    """Counts of overlapping spans, one to one."""
    hits = len(match_spans(gold, found))
    return Counts(tp=hits, fp=len(found) - hits, fn=len(gold) - hits)
