"""Floors: the scores reached, pinned, on one seeded sample of each set.

The sample is the same every time, so a changed score is a changed coder and not
another draw. A drop within `tolerance`, one standard error of the score, is
taken for noise: a rule that helps in general may cost a row or two here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.base import Measure
from evaluation.metrics import Score
from evaluation.run import Result

FLOORS = Path(__file__).parent / "floors.json"
SEED = 7
# Rows of each set: the whole check stays under four minutes on two busy cores.
ROWS = {
    "sample": None,
    "gva": 200,
    "airwars": 90,
    "polnear": 30,
    "trnews": 60,
    "lgl": 120,
    "event_location": 600,
    "case2021": None,
    "plover": None,
    "muc4": 100,
}
# A 95 % interval is this many standard errors wide.
INTERVAL_WIDTH = 3.92


@dataclass(frozen=True)
class Drop:
    """A score below its floor by more than noise."""

    data_set: str
    measure: str
    floor: float
    tolerance: float
    now: float

    def __str__(self) -> str:
        return (
            f"{self.data_set}, {self.measure}: {self.now:.3f}, "
            f"pinned {self.floor:.3f} less {self.tolerance:.3f}"
        )


def read_floors(path: Path = FLOORS) -> dict[str, Any]:
    """The pinned scores; empty where nothing is pinned yet."""
    if not path.is_file():
        return {"sets": {}}
    floors: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return floors


def pin(results: Sequence[Result], commit: str, day: str, path: Path = FLOORS) -> None:
    """Write the scores of `results` as floors; sets that were not run keep theirs."""
    floors = read_floors(path)
    floors["seed"] = SEED
    floors["about"] = (
        "Scores on a seeded sample of each set. 'python -m evaluation --check' fails where one "
        "drops by more than its tolerance. Lower a floor only on purpose, in its own commit."
    )
    for result in results:
        floors["sets"][result.data_set] = {
            "rows": result.rows,
            "day": day,
            "commit": commit,
            "floors": {
                measure.name: {"value": round(score.value, 4), "tolerance": _tolerance(score)}
                for measure, score in result.scores
                if is_pinned(measure)
            },
        }
    path.write_text(json.dumps(floors, ensure_ascii=False, indent=2) + "\n", "utf-8")


def is_pinned(measure: Measure) -> bool:
    """Medians are shown, not pinned: less is better there. So is what is no score of the coder."""
    return measure.kind != "median" and not measure.name.startswith("nearest place")


def _tolerance(score: Score) -> float:
    """One standard error, and never less than one item of the gold."""
    one_item = 1 / score.n if score.n else 0.0
    return round(max(one_item, (score.high - score.low) / INTERVAL_WIDTH), 4)


def find_drops(
    result: Result, floors: dict[str, Any], note: Callable[[str], None] = lambda _: None
) -> list[Drop]:
    """Scores of `result` below their floor by more than noise.

    `note` is told what could not be compared.
    """
    pinned = floors["sets"].get(result.data_set)
    if pinned is None:
        note(f"{result.data_set}: no floors pinned")
        return []
    if pinned["rows"] != result.rows:
        note(f"{result.data_set}: pinned on {pinned['rows']} rows, now {result.rows}; not compared")
        return []
    drops = []
    for measure, score in result.scores:
        floor = pinned["floors"].get(measure.name)
        if floor and score.value < floor["value"] - floor["tolerance"]:
            drops.append(
                Drop(result.data_set, measure.name, floor["value"], floor["tolerance"], score.value)
            )
    return drops
