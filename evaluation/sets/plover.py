"""PLOVER gold standard records: one sentence, one event type of the PLOVER scheme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evaluation import baseline
from evaluation.base import Mark, Measure, Reader, Row, Verdict, make_report
from evaluation.crosswalk import Reading, load_crosswalk, read_claims
from evaluation.metrics import hit
from evaluation.sets.case2021 import show_readings


class Plover:
    """Scores the conflict types; the types of talk serve as sentences without such an event.

    FIGHT and ASSAULT are one type, as in the second draft of the manual.
    """

    name = "plover"
    files = ("plover_gsr.jsonl",)
    measures = (
        Measure("event type", "accuracy on conflict types", "share", goal=0.75),
        Measure("event type", "ASSAULT and FIGHT", "share"),
        Measure("event type", "PROTEST", "share"),
        Measure("event type", "COERCE", "share"),
        Measure("event type", "MOBILIZE", "share"),
        Measure("event type", "THREATEN", "share"),
        Measure("event type", "accuracy on ASSAULT, FIGHT and PROTEST", "share"),
        Measure("event type", "no incident of conflict in talk", "share"),
    )

    def read(self, rows: Sequence[Row], reader: Reader) -> Iterator[list[Reading] | None]:
        """All claims of each sentence."""
        for coded in reader.code(rows, make_report):
            yield None if coded is None else read_claims(coded, words_first=True)

    def guess(self, row: Row) -> list[Reading]:
        """The type of the first keyword."""
        event_type = baseline.find_event_type(row["text"])
        return [Reading(event_type)] if event_type else []

    def judge(self, row: Row, answer: list[Reading] | None) -> Verdict:
        """The crosswalk's label against the gold type."""
        crosswalk = load_crosswalk("plover")
        gold = crosswalk.same.get(row["gold"]["event"], row["gold"]["event"])
        found = crosswalk.label(answer or [])
        marks: dict[str, Mark] = {}
        wrong = gold != found
        if gold in crosswalk.not_coded:
            happened = crosswalk.label([r for r in answer or [] if r.in_incident])
            wrong = happened in ("ASSAULT", "PROTEST", "COERCE", "MOBILIZE")
            marks["no incident of conflict in talk"] = hit(not wrong)
        else:
            marks["accuracy on conflict types"] = hit(not wrong)
            marks["ASSAULT and FIGHT" if gold == "ASSAULT" else gold] = hit(not wrong)
            if gold in ("ASSAULT", "PROTEST"):
                marks["accuracy on ASSAULT, FIGHT and PROTEST"] = hit(not wrong)
        label = f"{row['gold']['event']} {row['gold'].get('mode') or ''}".strip()
        return Verdict(marks, float(wrong), label, found, show_readings(answer or []))
