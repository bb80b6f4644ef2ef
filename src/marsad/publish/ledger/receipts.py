"""Receipts: what a command did to the ledger, in a few lines.

Reads   counts and Changes.
Writes  terminal text.
Never   hides what failed behind what went well.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from marsad.publish.ledger.change_log import change_lines
from marsad.publish.ledger.page_sections import decision_words
from marsad.publish.ledger.short_ids import short_id
from marsad.publish.safe_text import one_line
from marsad.publish.screen import count_words, draw
from marsad.publish.wording import number
from marsad.records import Change, Decision

# More incidents than this are counted, not named.
MOST_NAMED = 12


@dataclass
class IngestCount:
    """What came of the reports given so far.

    `is_old` says whether the incident of a change was there before this change.
    """

    new: int = 0
    version: int = 0
    known: int = 0
    failed: int = 0
    recoded: int = 0
    kinds: dict[str, str] = field(default_factory=dict)  # incident -> "new" or "changed"
    is_old: Callable[[Change], bool] = lambda change: change.kind == "merged"
    _new: set[str] = field(default_factory=set)

    @property
    def done(self) -> int:
        """Reports that came to their end, well or not."""
        return self.new + self.version + self.known + self.failed + self.recoded

    def add_changes(self, changes: Sequence[Change]) -> None:
        """Take note of which incidents are new, which only changed; withdrawn ones are neither."""
        for change in changes:
            if change.kind == "withdrawn":
                self.kinds.pop(change.incident, None)
                continue
            if change.kind == "new" or self._is_new(change):
                self._new.add(change.incident)
            self.kinds[change.incident] = "new" if change.incident in self._new else "changed"

    def _is_new(self, change: Change) -> bool:
        """Whether an incident was parted from another, or new ones go on as one under a new id.

        The id is that of the telling published first, which may have come later.
        """
        if not change.others or change.incident in self.kinds or self.is_old(change):
            return False
        return change.kind == "split" or self._new.issuperset(change.others)


def render_ingest_summary(
    count: IngestCount,
    *,
    database: str,
    unit: str = "report",
    columns: int = 80,
    colour: bool = False,
) -> str:
    """What an ingest did, and what to do next. `unit` is what was counted."""
    counted = (
        (count.new, "new"),
        (count.recoded, "read anew"),
        (count.version, "new version" if count.version == 1 else "new versions"),
        (count.known, "already known"),
        (count.failed, "failed"),
    )
    parts = [f"{number(many)} {label}" for many, label in counted if many]
    lines: list[RenderableType] = [Text(f"{count_words(count.done, unit)}: {', '.join(parts)}")]
    new = [key for key, kind in count.kinds.items() if kind == "new"]
    changed = [key for key, kind in count.kinds.items() if kind != "new"]
    lines.append(Text(f"{count_words(len(new), 'new incident')}, {number(len(changed))} changed"))
    for label, ids in (("new", new), ("changed", changed)):
        if 0 < len(ids) <= MOST_NAMED:
            lines.append(Text(f"  {label}: {' '.join(short_id(key) for key in ids)}"))
    lines.append(Text(f"kept in {database}", style="dim", overflow="fold"))
    if new or changed:
        lines.append(
            Text(f"Next: marsad show {short_id((new or changed)[0])}, or marsad incidents")
        )
    elif count.done > count.failed:
        lines.append(Text("Next: marsad incidents"))
    return draw(Group(*lines), columns=columns, colour=colour)


def render_decided(
    decision: Decision,
    changes: Sequence[Change],
    *,
    undone: bool = False,
    columns: int = 80,
    colour: bool = False,
) -> str:
    """A decision, kept or taken back, and what that changed."""
    words = decision_words(decision)
    head = (
        f"Decision {decision.seq} is taken back: {words}"
        if undone
        else (f"Decision {decision.seq}: {words}")
    )
    lines: list[RenderableType] = [Text(head, style="bold"), *change_lines(changes)]
    if not changes:
        lines.append(Text("It changes nothing in the account as it stands."))
    if not undone:
        note = f"'marsad judge undo {decision.seq} --why …' takes it back."
        lines.append(Text(note, style="dim"))
    return draw(Group(*lines), columns=columns, colour=colour)


def render_decisions(
    decisions: Sequence[Decision], taken_back: Container[int | None], *, columns: int = 80
) -> str:
    """A line for each decision; those that do not stand any more say so."""
    if not decisions:
        return "No decisions. 'marsad judge --help' tells which there are.\n"
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column("number", justify="right", no_wrap=True)
    table.add_column("what", overflow="fold")
    for decision in decisions:
        mark = "taken back: " if decision.seq in taken_back else ""
        about = " ".join(dict.fromkeys(short_id(a.report) for a in decision.targets[:MOST_NAMED]))
        words = f"{mark}{decision_words(decision)} (told in {one_line(about)})"
        table.add_row(str(decision.seq), Text(words))
    return draw(table, columns=columns, colour=False)


def verdict_words(rows: int, evidence: int, fault: str | None) -> str:
    """What `marsad verify` found, in a sentence or two."""
    walked = f"{count_words(rows, 'row')} and {count_words(evidence, 'piece')} of evidence"
    if fault is None:
        return f"The ledger is as it was written: {walked} checked."
    return (
        f"The ledger is NOT as it was written. {fault}. {walked} before it are in order. "
        "Restore a copy from before this, and find out who changed the file."
    )
