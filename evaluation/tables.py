"""Results for people and for machines: tables by capability, worst cases, JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evaluation.base import Measure
from evaluation.metrics import Score
from evaluation.run import Case, Result

MAX_CHARACTERS = 1500  # of a text shown beside an error


def show_results(console: Console, results: Sequence[Result]) -> None:
    """One table per capability; the baseline stands in the same line."""
    capabilities = list(dict.fromkeys(m.capability for r in results for m, _ in r.scores))
    baseline = {
        (r.data_set, m.name): s for r in results if r.system == "baseline" for m, s in r.scores
    }
    coders = [r for r in results if r.system != "baseline"]
    for capability in capabilities:
        table = Table(title=capability, title_justify="left", title_style="bold")
        headers = ["set", "measure", "n", "precision", "recall", "score", "95 % interval", "goal"]
        for header in headers + (["baseline"] if baseline else []):
            left = header in ("set", "measure")
            table.add_column(
                header, justify="left" if left else "right", no_wrap=header != "measure"
            )
        for result in coders:
            for measure, score in result.scores:
                if measure.capability == capability:
                    cells = _cells(result.data_set, measure, score)
                    if baseline:
                        other = baseline.get((result.data_set, measure.name))
                        cells.append(_number(other.value, other) if other else "–")
                    table.add_row(*cells)
        console.print(table)
        console.print()


def describe_run(result: Result) -> str:
    """One line: rows, time, failures."""
    parts = [f"{result.data_set}: {result.rows} rows in {result.seconds:.0f} s"]
    parts.append(f"{result.failed} could not be coded (counted as empty)")
    if result.unusable:
        parts.append(f"{result.unusable} without usable gold (left out)")
    parts += [f"first failures: {' / '.join(result.first_failures)}"] if result.failed else []
    return ", ".join(parts)


def _cells(data_set: str, measure: Measure, score: Score) -> list[str]:
    return [
        data_set,
        measure.name,
        str(score.n),
        "" if score.precision is None else f"{score.precision:.3f}",
        "" if score.recall is None else f"{score.recall:.3f}",
        _number(score.value, score),
        f"{_number(score.low, score)}–{_number(score.high, score)}",
        "" if measure.goal is None else f"{measure.goal:.2f}",
    ]


def _number(value: float, score: Score) -> str:
    return f"{value:.1f} {score.unit}" if score.unit else f"{value:.3f}"


def show_errors(console: Console, result: Result, count: int) -> None:
    """The worst cases, gold and found side by side, with the evidence and the text."""
    for number, case in enumerate(result.worst(count), 1):
        console.print(_error_table(result, number, case))


def _error_table(result: Result, number: int, case: Case) -> Table:
    verdict = case.verdict
    table = Table(
        title=f"{result.data_set} {number}: {case.id} (error {verdict.badness:.1f})",
        title_justify="left",
        show_lines=True,
        expand=True,
    )
    table.add_column("gold", ratio=1)
    table.add_column("found", ratio=1)
    table.add_row(Text(verdict.gold), Text(verdict.found))
    text = " ".join(case.text.split())
    cut = text[:MAX_CHARACTERS] + (" …" if len(text) > MAX_CHARACTERS else "")
    table.add_row(Text(cut, style="dim"), Text(verdict.evidence or "no evidence"))
    return table


def as_markdown(results: Sequence[Result]) -> str:
    """One table of all scores, as RESULTS.md has it."""
    baseline = {
        (r.data_set, m.name): s for r in results if r.system == "baseline" for m, s in r.scores
    }
    lines = [
        "| set | measure | n | goal | regex baseline | score | 95 % interval |",
        "| --- | --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for result in results:
        for measure, score in result.scores if result.system != "baseline" else ():
            other = baseline.get((result.data_set, measure.name))
            cells = [
                f"`{result.data_set}`",
                measure.name,
                str(score.n),
                "" if measure.goal is None else f"{measure.goal:.2f}",
                _number(other.value, other) if other else "",
                _number(score.value, score),
                f"{_number(score.low, score)} to {_number(score.high, score)}",
            ]
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def as_json(results: Sequence[Result], errors: int = 0) -> str:
    """Everything in one JSON object; texts are left out, cases hold ids and readings."""
    return json.dumps(
        {"results": [_result_record(r, errors) for r in results]}, ensure_ascii=False, indent=2
    )


def _result_record(result: Result, errors: int) -> dict[str, Any]:
    return {
        "set": result.data_set,
        "system": result.system,
        "rows": result.rows,
        "failed": result.failed,
        "unusable": result.unusable,
        "seconds": round(result.seconds, 2),
        "scores": [
            {
                "capability": measure.capability,
                "measure": measure.name,
                "kind": measure.kind,
                "n": score.n,
                "value": round(score.value, 4),
                "low": round(score.low, 4),
                "high": round(score.high, 4),
                "precision": None if score.precision is None else round(score.precision, 4),
                "recall": None if score.recall is None else round(score.recall, 4),
                "unit": score.unit or None,
                "goal": measure.goal,
            }
            for measure, score in result.scores
        ],
        "errors": [
            {
                "id": case.id,
                "badness": case.verdict.badness,
                "gold": case.verdict.gold,
                "found": case.verdict.found,
                "evidence": case.verdict.evidence,
            }
            for case in result.worst(errors)
        ],
    }
