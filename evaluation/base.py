"""What every data set shares: rows in, verdicts out, one coder for all.

A data set says how its rows become questions for the coder, what a plain
baseline would answer, and how an answer is judged. It never tells the coder
which set a row is from.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from evaluation.metrics import Counts
from marsad.records import CodedReport, Incident, Report
from marsad.workflow import Coder, Failure

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from marsad.places.gazetteer import Gazetteer

DATA_FOLDER = "MARSAD_EVALUATION_DATA"
BATCH_ROWS = 32
VIOLENT = frozenset(
    """armed-clash air-strike shelling remote-explosive suicide-bombing grenade chemical-weapon
    attack sexual-violence mob-violence excessive-force riot abduction property-destruction
    territory-change""".split()
)

Row = dict[str, Any]
Capability = Literal[
    "figures",
    "event type",
    "event place",
    "event date",
    "place names",
    "attribution",
    "perpetrators",
    "incidents",
    "grouping",
]
# What a measure makes of its marks: Counts pooled to F1 or to a share of right answers;
# (gold, found) labels or groups; numbers of which the median counts.
Kind = Literal["f1", "share", "weighted f1", "median", "b-cubed", "conll"]
Mark = Counts | tuple[Any, Any] | float


class DataError(Exception):
    """A data set is not there, or not in its format."""


@dataclass(frozen=True)
class Measure:
    """One line of a table. Goals are those the project set itself; None where it set none."""

    capability: Capability
    name: str
    kind: Kind
    goal: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Verdict:
    """One row judged.

    `marks` holds, by measure name, what counts for that measure; a measure that
    does not apply to the row is left out. `badness` orders rows for the reader
    of errors, 0 is flawless. `evidence` are the words the answer was read from.
    """

    marks: Mapping[str, Mark]
    badness: float
    gold: str
    found: str
    evidence: str = ""


class DataSet(Protocol):
    """One public data set, or our own sample."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""

    @property
    def files(self) -> tuple[str, ...]:
        """Names of its files in the data folder; empty where the user gives them."""

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What it scores, in the order of the tables."""

    def read(self, rows: Sequence[Row], reader: Reader) -> Iterator[Any]:
        """The coder's answer to each row, in order; None for one it failed on."""
        ...

    def guess(self, row: Row) -> Any:
        """What the regular-expression baseline answers."""
        ...

    def judge(self, row: Row, answer: Any) -> Verdict:
        """Compare an answer with the row's gold. An answer of None counts as empty.

        May raise KeyError, TypeError, ValueError or IndexError where the row has no
        gold in this set's format; such rows are left out and counted.
        """
        ...


@dataclass
class Reader:
    """The one general coder; counts the rows it failed on and keeps the first reasons."""

    model: str | None = None
    failures: list[str] = field(default_factory=list)

    @cached_property
    def coder(self) -> Coder:
        """The coder, loaded when first used."""
        return Coder(model=self.model)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer the coder uses."""
        from marsad.places.gazetteer import open_gazetteer

        return open_gazetteer(self.coder.settings.gazetteer_path)

    def code(
        self, rows: Sequence[Row], as_report: Callable[[Row], Report]
    ) -> Iterator[CodedReport | None]:
        """Coded reports in the order of the rows; None for one that failed."""
        for group in _groups(rows):
            reports = [self._try(row, as_report) for row in group]
            coded = self.coder.code_many([r for r in reports if r is not None])
            for report in reports:
                result = next(coded) if report is not None else None
                if isinstance(result, Failure):
                    self.failures.append(str(result.error))
                    result = None
                yield result

    def docs(self, rows: Sequence[Row], *, parse_all: bool = False) -> Iterator[Doc | None]:
        """Annotated Docs, for what stands before claims (places, speakers).

        As in the product only sentences that may matter are parsed; `parse_all`
        parses every sentence, as marsad's parts do in somebody's own pipeline with
        `marsad_sentences` before the parser.
        """
        for group in _groups(rows):
            try:
                docs: list[Doc | None] = list(self._annotate(group, parse_all))
            except Exception:
                docs = [self._try(row, lambda r: self._annotate_one(r, parse_all)) for row in group]
            yield from docs

    def _annotate(self, rows: Sequence[Row], parse_all: bool) -> Iterator[Doc]:
        from marsad.coding.pipeline import read_docs
        from marsad.coding.sentences import mark_sentences

        if parse_all:
            nlp = self.coder.nlp
            return nlp.pipe([mark_sentences(nlp.make_doc(row["text"])) for row in rows])
        return read_docs(
            self.coder.nlp, [(row["text"], {"title": row.get("title")}) for row in rows]
        )

    def _annotate_one(self, row: Row, parse_all: bool) -> Doc:
        return next(iter(self._annotate([row], parse_all)))

    def _try(self, row: Row, read: Callable[[Row], Any]) -> Any:
        try:
            return read(row)
        except Exception as error:
            self.failures.append(f"{row.get('id')!r}: {type(error).__name__}: {error}")
            return None


def _groups(rows: Sequence[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while group := list(islice(iterator, BATCH_ROWS)):
        yield group


def data_folder() -> Path | None:
    """Where the public sets lie: MARSAD_EVALUATION_DATA, else ../shared/data beside the project."""
    named = os.environ.get(DATA_FOLDER)
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"
    return folder if folder.is_dir() else None


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSONL file.

    Raises:
        DataError: the file is missing or empty, or a line (named) is no JSON object
            with an id and a text.
    """
    if not path.is_file():
        raise DataError(f"no data at {path}. See evaluation/README.md for where each set is from.")
    rows = []
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    rows.append(_read_row(path, number, line))
    except UnicodeDecodeError as error:
        raise DataError(f"{path} is not UTF-8 text ({error.reason})") from error
    if not rows:
        raise DataError(f"{path} has no rows")
    return rows


def _read_row(path: Path, number: int, line: str) -> Row:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise DataError(f"{path}, line {number}: not JSON ({error})") from error
    if not isinstance(row, dict) or "id" not in row or not isinstance(row.get("text"), str):
        raise DataError(f"{path}, line {number}: not an object with 'id' and 'text'")
    return row


def make_report(row: Row, published: str | None = None) -> Report:
    """A Report with the row's text exactly as given."""
    return Report(
        id=str(row["id"]),
        title=row.get("title"),
        url=row.get("url"),
        published=date.fromisoformat(published[:10]) if published else None,
        language="en",
        text=row["text"],
    )


def main_incident(coded: CodedReport | None) -> Incident | None:
    """The violent incident that most claims are about; ties go to the first told."""
    if coded is None:
        return None
    violent = [i for i in coded.incidents if i.event_type in VIOLENT] or list(coded.incidents)
    return max(violent, key=lambda i: (len(i.claims), -violent.index(i)), default=None)


@dataclass(frozen=True)
class Range:
    """A number of people: `high` is None when open above."""

    low: int = 0
    best: int = 0
    high: int | None = 0

    def __str__(self) -> str:
        if self.low == self.high:
            return str(self.low)
        return f"{self.low}-{'?' if self.high is None else self.high} (best {self.best})"


def count_people(incident: Incident | None, outcome: str) -> Range:
    """An incident's total for one outcome; nobody where no source counts any."""
    for tally in incident.tallies if incident else ():
        if tally.outcome == outcome and tally.group is None:
            return Range(tally.low, tally.best, tally.high)
    return Range()


def quote_evidence(coded: CodedReport | None, incident: Incident | None, limit: int = 6) -> str:
    """The words an incident's type, figures, place and date were read from."""
    if coded is None or incident is None:
        return ""
    quotes: dict[str, None] = {}
    for claim in coded.claims:
        if claim.id in incident.claims:
            parts = [claim.trigger, *(f.evidence for f in claim.figures)]
            parts += [p.evidence for p in (claim.place, claim.when) if p and p.evidence]
            quotes.update({" ".join(part.quote.split()): None for part in parts})
    return " | ".join(list(quotes)[: limit * 3])
