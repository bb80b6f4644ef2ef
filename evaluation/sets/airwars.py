"""Airwars narratives: killed and injured as a range over sources, for one incident each."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.base import Case, Reader, Result, Row, main_incident, make_report, total
from evaluation.metrics import score_exact


class Airwars:
    """Scores the main incident of each narrative; only rows whose gold has the number count."""

    name = "airwars"
    files = ("airwars_gaza_dev.jsonl",)

    def score(self, rows: Sequence[Row], reader: Reader) -> Result:
        """Killed low and high exact, injured low exact."""
        coded = reader.code([make_report(row) for row in rows])
        hits: dict[str, list[bool]] = {"killed low": [], "killed high": [], "injured low": []}
        cases = []
        for row, result in zip(rows, coded, strict=True):
            gold = row["gold"]
            incident = main_incident(result)
            killed = total(incident, "killed") or (0, 0, 0)
            injured = total(incident, "injured") or (0, 0, 0)
            high = killed[2] if killed[2] is not None else max(killed[:2])
            wrong = 0.0
            if gold["killed"]:
                hits["killed low"].append(killed[0] == gold["killed"][0])
                hits["killed high"].append(high == gold["killed"][1])
                wrong += (not hits["killed low"][-1]) + (not hits["killed high"][-1])
            if gold["injured"]:
                hits["injured low"].append(injured[0] == gold["injured"][0])
                wrong += not hits["injured low"][-1]
            cases.append(
                Case(
                    str(row["id"]),
                    wrong,
                    f"killed {gold['killed']} injured {gold['injured']}",
                    f"killed {killed} injured {injured}",
                    row["text"][:900],
                )
            )
        scores = [score_exact(f"{name} exact", values) for name, values in hits.items()]
        return Result(self.name, scores, cases)
