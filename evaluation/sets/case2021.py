"""CASE 2021 task 2: the kind of event a snippet tells of, in ACLED's finest labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evaluation import baseline
from evaluation.base import Mark, Measure, Reader, Row, Verdict, make_report
from evaluation.crosswalk import Reading, load_crosswalk, read_claims


class Case2021:
    """Scores one label a snippet, of 30, through crosswalks/case2021.toml."""

    name = "case2021"
    files = ("case2021_task2_dev.jsonl",)
    measures = (
        Measure("event type", "weighted F1, 30 types", "weighted f1", goal=0.75),
        Measure("event type", "weighted F1, the 25 types we code", "weighted f1"),
    )

    def read(self, rows: Sequence[Row], reader: Reader) -> Iterator[list[Reading] | None]:
        """All claims of each snippet, the lead incident's first."""
        for coded in reader.code(rows, make_report):
            yield None if coded is None else read_claims(coded)

    def guess(self, row: Row) -> list[Reading]:
        """The type of the first keyword."""
        event_type = baseline.find_event_type(row["text"])
        return [Reading(event_type)] if event_type else []

    def judge(self, row: Row, answer: list[Reading] | None) -> Verdict:
        """The crosswalk's label against the gold label."""
        crosswalk = load_crosswalk("case2021")
        gold = str(row["gold"]["event_type"])
        found = crosswalk.label(answer or [])
        marks: dict[str, Mark] = {"weighted F1, 30 types": (gold, found)}
        if gold not in crosswalk.not_coded:
            marks["weighted F1, the 25 types we code"] = (gold, found)
        return Verdict(marks, float(gold != found), gold, found, show_readings(answer or []))


def show_readings(readings: Sequence[Reading]) -> str:
    """Claims in one line: type, trigger, parties."""
    return " | ".join(
        f"{r.event_type} ({r.modality}) {' '.join(r.trigger.split())!r}"
        + (f" by {', '.join(sorted(r.actors))}" if r.actors else "")
        + (f" to {', '.join(sorted(r.recipients))}" if r.recipients else "")
        for r in readings
    )
