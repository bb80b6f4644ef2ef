"""Any grouping of reports into incidents against a gold grouping: B-cubed and CoNLL F1.

Takes files, not the coder: the same scorer serves any system. A file is two
columns (id, group) with a tab between, or JSONL with `id` and `group`; gold may
also stand in `gold` or `gold.incident_id`, as in the Gun Violence set.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evaluation.base import DataError, Measure, Reader, Row, Verdict


class Groups:
    """Scores one grouping against another over the same ids."""

    name = "grouping"
    files = ()
    measures = (
        Measure("grouping", "B-cubed F1", "b-cubed"),
        Measure("grouping", "CoNLL F1", "conll"),
    )

    def read(self, rows: Sequence[Row], reader: Reader) -> Iterator[str]:
        """The found group of each id, as given."""
        return (row["found"] for row in rows)

    def guess(self, row: Row) -> str:
        """Every report an incident of its own."""
        return str(row["id"])

    def judge(self, row: Row, answer: str | None) -> Verdict:
        """Pairs for the grouping measures; single rows are neither right nor wrong."""
        pair = (row["gold"], answer if answer is not None else f"alone: {row['id']}")
        return Verdict({"B-cubed F1": pair, "CoNLL F1": pair}, 0.0, str(pair[0]), str(pair[1]))


def read_groups(gold: Path, found: Path | None) -> list[Row]:
    """Rows of id, gold and found group.

    Raises:
        DataError: a file is missing or odd, or the two are not over the same ids.
    """
    golds = _read(gold, "gold")
    founds = _read(found or gold, "found")
    odd = golds.keys() ^ founds.keys()
    if odd:
        raise DataError(f"{len(odd)} id(s) are in one grouping only, the first {min(odd)!r}")
    return [{"id": i, "text": "", "gold": golds[i], "found": founds[i]} for i in golds]


def _read(path: Path, side: str) -> dict[str, str]:
    if not path.is_file():
        raise DataError(f"no grouping at {path}")
    groups: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            pair = _read_json(json.loads(line), side) if line.startswith("{") else _read_tab(line)
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(f"{path}, line {number}: no id and group ({error})") from error
        groups[pair[0]] = pair[1]
    if not groups:
        raise DataError(f"{path} has no rows")
    return groups


def _read_tab(line: str) -> tuple[str, str]:
    item, group = line.rstrip("\n").split("\t")[:2]
    return item, group


def _read_json(row: dict[str, Any], side: str) -> tuple[str, str]:
    if side == "gold" and "gold" in row:
        gold = row["gold"]
        return str(row["id"]), str(gold["incident_id"] if isinstance(gold, dict) else gold)
    return str(row["id"]), str(row["group"])
