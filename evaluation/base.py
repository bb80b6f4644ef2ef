"""What every scorer shares: rows in, scores and cases out, one coder for all sets."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from evaluation.metrics import Score
from marsad.records import CodedReport, Incident, Report
from marsad.workflow import Coder, Failure

DATA_FOLDER = "MARSAD_EVALUATION_DATA"
VIOLENT = frozenset(
    """armed-clash air-strike shelling remote-explosive suicide-bombing grenade chemical-weapon
    attack sexual-violence mob-violence excessive-force riot abduction property-destruction
    territory-change""".split()
)

Row = dict[str, Any]


class DataError(Exception):
    """A data set is not there or not in its format."""


@dataclass(frozen=True)
class Case:
    """One scored row, for the reader of errors: what was wanted, what was found, how bad."""

    id: str
    badness: float
    gold: str
    found: str
    evidence: str


@dataclass
class Result:
    """The tables of one set and its cases, worst first."""

    name: str
    scores: list[Score] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)

    def worst(self, count: int) -> list[Case]:
        """The `count` cases with the largest errors; rows without any error are left out."""
        wrong = [case for case in self.cases if case.badness > 0]
        return sorted(wrong, key=lambda case: -case.badness)[:count]


class Scorer(Protocol):
    """Scores one data set."""

    name: str
    files: tuple[str, ...]

    def score(self, rows: Sequence[Row], reader: Reader) -> Result:
        """Run the coder over `rows` and compare with their gold."""
        ...


class Reader:
    """The one general coder, with each set's input conventions and nothing else of the set."""

    @cached_property
    def coder(self) -> Coder:
        """The coder, loaded when first used."""
        return Coder()

    def code(self, reports: Sequence[Report]) -> list[CodedReport | None]:
        """Coded reports in order; None for one that failed."""
        return [None if isinstance(c, Failure) else c for c in self.coder.code_many(reports)]

    def docs(self, texts: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[Any]:
        """Annotated spaCy Docs, for capabilities that stand before claims (places, speakers)."""
        from marsad.coding.pipeline import read_docs

        return read_docs(self.coder.nlp, texts)  # type: ignore[arg-type]


def data_folder() -> Path | None:
    """Where the public sets lie: MARSAD_EVALUATION_DATA, else ../shared/data beside the project."""
    named = os.environ.get(DATA_FOLDER)
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"
    return folder if folder.is_dir() else None


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSONL file.

    Raises:
        DataError: the file is missing, or a line (named) is no JSON object with id and text.
    """
    if not path.is_file():
        raise DataError(f"no data at {path}. See evaluation/README.md for where each set is from.")
    rows = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise DataError(f"{path}, line {number}: not JSON ({error})") from error
            if not isinstance(row, dict) or "id" not in row or "text" not in row:
                raise DataError(f"{path}, line {number}: not an object with 'id' and 'text'")
            rows.append(row)
    return rows


def make_report(row: Row, published: str | None = None, **values: Any) -> Report:
    """A Report with the row's text exactly as given."""
    return Report(
        id=str(row["id"]),
        title=row.get("title"),
        url=row.get("url"),
        published=date.fromisoformat(published[:10]) if published else None,
        language="en",
        text=row["text"],
        **values,
    )


def main_incident(coded: CodedReport | None) -> Incident | None:
    """The violent incident that most claims are about; ties go to the first told."""
    if coded is None:
        return None
    violent = [i for i in coded.incidents if i.event_type in VIOLENT] or list(coded.incidents)
    return max(violent, key=lambda i: (len(i.claims), -violent.index(i)), default=None)


def total(incident: Incident | None, outcome: str) -> tuple[int, int, int | None] | None:
    """Low, best and high of an incident's total for one outcome; None where nobody counts."""
    if incident is None:
        return None
    for tally in incident.tallies:
        if tally.outcome == outcome and tally.group is None:
            return tally.low, tally.best, tally.high
    return None
