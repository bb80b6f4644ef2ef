"""Our own reports and traps: what a whole report must give, written with its codes.

Runs where the public sets are absent. Gold: `gold.incidents`, each with
`event_types` that are right, `place` (names with '|' between), `date` (ISO, '|'
between), numbers as [low, high] with null for open, and `contested`. A report
without incidents is a trap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from evaluation import baseline
from evaluation.base import (
    Mark,
    Measure,
    Range,
    Reader,
    Row,
    Verdict,
    count_people,
    make_report,
    quote_evidence,
)
from evaluation.metrics import Counts, hit, match_best
from marsad.records import CodedReport, Incident

OUTCOMES = ("killed", "injured", "detained", "abducted")
# A found interval of up to this many days that holds the gold day is right.
MAX_DAYS = 3


@dataclass(frozen=True)
class Event:
    """One found incident."""

    event_type: str
    place: str | None = None
    first: date | None = None
    last: date | None = None
    numbers: tuple[tuple[str, Range], ...] = ()
    contested: bool = False
    evidence: str = ""

    def __str__(self) -> str:
        numbers = ", ".join(f"{o} {n}" for o, n in self.numbers)
        days = f"{self.first}" + (f"..{self.last}" if self.last != self.first else "")
        contested = ", contested" if self.contested else ""
        return f"{self.event_type}, {self.place}, {days}, {numbers or 'nobody'}{contested}"


class Sample:
    """Scores every incident of each report."""

    name = "sample"
    files = ("reports.jsonl", "constructions.jsonl")
    measures = (
        Measure("incidents", "incidents F1", "f1"),
        Measure("incidents", "traps clean", "share"),
        Measure("incidents", "contested where contested", "share"),
        Measure("event place", "place of found incidents", "share"),
        Measure("event date", "day of found incidents", "share"),
        Measure("figures", "numbers of found incidents", "share"),
    )

    def read(self, rows: Sequence[Row], reader: Reader) -> Iterator[list[Event] | None]:
        """All incidents of each report."""
        for coded in reader.code(rows, lambda row: make_report(row, row.get("published"))):
            yield None if coded is None else [_event(coded, i) for i in coded.incidents]

    def guess(self, row: Row) -> list[Event]:
        """One incident by keyword, with first numbers, date and place."""
        event_type = baseline.find_event_type(row["text"])
        if event_type is None:
            return []
        published = date.fromisoformat(row["published"]) if row.get("published") else None
        day = baseline.find_date(row["text"], published)
        place = baseline.find_place(row["text"])
        counts = {o: baseline.count_harmed(row["text"], o) for o in OUTCOMES}
        numbers = tuple((o, Range(n, n, n)) for o, n in counts.items() if n)
        return [Event(event_type, place.name if place else None, day, day, numbers)]

    def judge(self, row: Row, answer: list[Event] | None) -> Verdict:
        """Incidents matched by kind and place, then their values."""
        gold, found = row["gold"]["incidents"], answer or []
        pairs = match_best(gold, found, _likeness)
        missed, extra = len(gold) - len(pairs), len(found) - len(pairs)
        marks: dict[str, Mark] = {"incidents F1": Counts(len(pairs), extra, missed)}
        if not gold:
            marks["traps clean"] = hit(answer is not None and not found)
        checks: dict[str, list[bool]] = {}
        for i, j in pairs:
            _check(gold[i], found[j], checks)
        for name, results in checks.items():
            marks[name] = Counts(tp=sum(results), fn=len(results) - sum(results))
        wrong = sum(not right for results in checks.values() for right in results)
        return Verdict(
            marks,
            missed + extra + 0.5 * wrong,
            "\n".join(map(_show_gold, gold)) or "nothing",
            "\n".join(map(str, found)) or "nothing",
            " || ".join(e.evidence for e in found),
        )


def _event(coded: CodedReport, incident: Incident) -> Event:
    when, place = incident.when, incident.place
    numbers = ((o, count_people(incident, o)) for o in OUTCOMES)
    return Event(
        incident.event_type,
        place.name if place else None,
        when.start if when else None,
        when.end if when else None,
        tuple((o, n) for o, n in numbers if n != Range()),
        incident.status == "contested",
        quote_evidence(coded, incident, 3),
    )


def _same_place(gold: Row, found: Event) -> bool:
    names = (gold.get("place") or "").casefold().split("|")
    return bool(found.place) and any(n and n in (found.place or "").casefold() for n in names)


def _likeness(gold: Row, found: Event) -> float:
    """Of the right kind; better in the right place, best with the right number of dead."""
    if found.event_type not in gold["event_types"]:
        return 0.0
    same = _right_numbers(gold, found)
    return 1.0 + 2.0 * _same_place(gold, found) + 0.1 * sum(same)


def _right_numbers(gold: Row, found: Event) -> list[bool]:
    numbers = dict(found.numbers)
    results = []
    for outcome in OUTCOMES:
        if outcome in gold:
            low, high = gold[outcome] or (0, 0)
            number = numbers.get(outcome, Range())
            results.append((number.low, number.high) == (low, high))
    return results


def _check(gold: Row, found: Event, checks: dict[str, list[bool]]) -> None:
    def note(name: str, right: bool) -> None:
        checks.setdefault(name, []).append(right)

    if gold.get("place"):
        note("place of found incidents", _same_place(gold, found))
    if gold.get("date"):
        days = [date.fromisoformat(day) for day in gold["date"].split("|")]
        first, last = found.first, found.last
        right = first is not None and last is not None and (last - first).days < MAX_DAYS
        note("day of found incidents", right and any(first <= d <= last for d in days))  # type: ignore[operator]
    for right in _right_numbers(gold, found):
        note("numbers of found incidents", right)
    if gold.get("contested"):
        note("contested where contested", found.contested)


def _show_gold(gold: dict[str, Any]) -> str:
    numbers = ", ".join(f"{o} {gold[o]}" for o in OUTCOMES if o in gold)
    contested = ", contested" if gold.get("contested") else ""
    kinds = "/".join(gold["event_types"])
    return f"{kinds}, {gold.get('place')}, {gold.get('date')}, {numbers or '-'}{contested}"
