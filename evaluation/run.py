"""Run a data set: rows to answers, answers to verdicts, verdicts to scores and worst cases."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluation import grouping
from evaluation.base import DataSet, Measure, Reader, Row, Verdict
from evaluation.metrics import (
    Score,
    score_f1,
    score_median,
    score_share,
    score_weighted_f1,
)

Track = Callable[[Iterable[Any]], Iterable[Any]]


@dataclass(frozen=True)
class Case:
    """One judged row for the reader of errors."""

    id: str
    verdict: Verdict
    text: str


@dataclass
class Result:
    """What one system reached on one set.

    `failed` rows count as empty answers; `unusable` rows had no gold in the set's
    format and count nowhere.
    """

    data_set: str
    system: str
    scores: list[tuple[Measure, Score]] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    rows: int = 0
    failed: int = 0
    unusable: int = 0
    first_failures: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def worst(self, count: int) -> list[Case]:
        """The `count` cases with the largest errors; flawless rows are left out."""
        wrong = [case for case in self.cases if case.verdict.badness > 0]
        return sorted(wrong, key=lambda case: -case.verdict.badness)[:count]


def sample_rows(rows: Sequence[Row], count: int | None, seed: int) -> list[Row]:
    """`count` rows drawn without replacement, in file order; all when fewer or None."""
    if count is None or count >= len(rows):
        return list(rows)
    chosen = sorted(random.Random(seed).sample(range(len(rows)), count))
    return [rows[i] for i in chosen]


def take_half(rows: Sequence[Row], half: str | None) -> list[Row]:
    """Every second row, the first counting as 0 and thus 'even'; all when None."""
    return list(rows[{"even": 0, "odd": 1}[half] :: 2]) if half else list(rows)


def run_coder(data_set: DataSet, rows: Sequence[Row], reader: Reader, track: Track) -> Result:
    """Score the coder."""
    before = len(reader.failures)
    started = time.perf_counter()
    result = _judge_all(data_set, "marsad", rows, track(data_set.read(rows, reader)))
    result.seconds = time.perf_counter() - started
    result.failed = len(reader.failures) - before
    result.first_failures = reader.failures[before : before + 3]
    return result


def run_baseline(data_set: DataSet, rows: Sequence[Row], track: Track) -> Result:
    """Score the regular-expression baseline."""
    return _judge_all(data_set, "baseline", rows, track(_guesses(data_set, rows)))


def _guesses(data_set: DataSet, rows: Sequence[Row]) -> Iterator[Any]:
    for row in rows:
        try:
            yield data_set.guess(row)
        except (KeyError, TypeError, ValueError, IndexError):
            yield None


def _judge_all(
    data_set: DataSet, system: str, rows: Sequence[Row], answers: Iterable[Any]
) -> Result:
    result = Result(data_set.name, system, rows=len(rows))
    verdicts = []
    for row, answer in zip(rows, answers, strict=True):
        try:
            verdict = data_set.judge(row, answer)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError):
            result.unusable += 1
            continue
        verdicts.append(verdict)
        result.cases.append(Case(str(row["id"]), verdict, row["text"]))
    result.scores = [(measure, score_measure(measure, verdicts)) for measure in data_set.measures]
    return result


def score_measure(measure: Measure, verdicts: Sequence[Verdict]) -> Score:
    """One line of a table from all verdicts that have a mark for it."""
    marks: list[Any] = [v.marks[measure.name] for v in verdicts if measure.name in v.marks]
    match measure.kind:
        case "f1":
            return score_f1(measure.name, marks)
        case "share":
            return score_share(measure.name, marks)
        case "weighted f1":
            return score_weighted_f1(measure.name, marks)
        case "median":
            return score_median(measure.name, marks, measure.unit)
        case "b-cubed" | "conll":
            return grouping.score_grouping(measure.name, measure.kind, marks)
