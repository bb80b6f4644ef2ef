"""Changes: how the account came to be what it is, one row of the ledger after the other.

Reads   Changes, oldest first, and the Dossier of the incident whose history it is.
Writes  terminal text, 50 to 100 columns wide.
Never   says that something changed without by whom and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from marsad.publish.ledger.incident_page import names_policy
from marsad.publish.ledger.page_sections import incident_words, report_lines
from marsad.publish.ledger.references import References
from marsad.publish.ledger.short_ids import short_id
from marsad.publish.ledger.values import field_words, moment_words, value_words
from marsad.publish.privacy import SHOW_ALL, NamePolicy, looks_personal, withhold_names
from marsad.publish.safe_text import one_line
from marsad.publish.screen import count_words, draw
from marsad.records import Change, ChangeKind, Dossier, ValueChange

_KIND_STYLES: dict[ChangeKind, str] = {
    "new": "bold green",
    "changed": "bold",
    "merged": "bold yellow",
    "split": "bold yellow",
    "withdrawn": "bold red",
}
# The sentence that says why says what, too.
TOLD_BY_WHY = frozenset({"reports", "disputes"})
# Of a new incident these go without a reason.
GIVEN_PLAINLY = frozenset({"event_type", "place", "when", "participants"})


def render_history(
    dossier: Dossier,
    changes: Sequence[Change],
    *,
    columns: int = 80,
    colour: bool = False,
    names: bool = False,
) -> str:
    """One incident's changes, ending in a line end."""
    policy = SHOW_ALL if names else names_policy(dossier)
    refs = References(dossier, policy)
    parts: list[RenderableType] = [
        Text(incident_words(dossier.incident, policy), style="bold"),
        Text(one_line(dossier.incident.id), style="dim"),
    ]
    if dossier.asked and dossier.asked != dossier.incident.id:
        parts.append(Text(f"{one_line(dossier.asked)} is now part of this incident."))
    parts.append(Text())
    for change in changes:
        # Without a report at hand nothing says whose names are private.
        hidden = policy if names or dossier.reports else hide_all_names(change)
        parts += _block(change, hidden, refs=refs, own=dossier.incident.id)
    if not changes:
        parts.append(Text("Nothing is known of how it came about: run 'marsad rebuild'."))
    elif refs.reports:
        parts.append(Text("Reports", style="bold"))
        parts.append(Padding(Group(*report_lines(refs)), (0, 0, 0, 3)))
    return draw(Group(*parts), columns=columns, colour=colour)


def render_changes(
    changes: Iterable[Change], *, columns: int = 80, colour: bool = False, names: bool = False
) -> Iterator[str]:
    """Changes of many incidents, one after the other as they come, then how many.

    Without `names` all that look like persons' names are withheld, also of those who act in
    public: a change does not say who does.
    """
    number = 0
    for change in changes:
        number += 1
        block = _block(change, SHOW_ALL if names else hide_all_names(change))
        yield draw(Group(*block), columns=columns, colour=colour)
    yield draw(Text(f"{count_words(number, 'change')}.", style="dim"), columns=80, colour=colour)


def change_lines(changes: Iterable[Change]) -> list[RenderableType]:
    """What a command brought about, an incident after the other."""
    lines: list[RenderableType] = []
    for change in changes:
        lines.append(_title(change, own=None))
        lines += _values(change, hide_all_names(change))
    return lines


def hide_all_names(change: Change) -> NamePolicy:
    """Withhold what looks like a person's name among the parties and groups of a change."""
    parts = [value.field.partition(": ")[2] for value in change.values]
    for value in change.values:
        if value.field == "participants":
            both = (*(value.before or ()), *(value.after or ()))
            parts += [str(party).partition(": ")[2] for party in both]
    return withhold_names({part for part in parts if looks_personal(part)})


def _block(
    change: Change, policy: NamePolicy, *, refs: References | None = None, own: str | None = None
) -> list[RenderableType]:
    title = Text.assemble(
        (f"{moment_words(change.at)}  ", "dim"),
        _title(change, own=own),
        (f"  row {change.seq}", "dim"),
    )
    cause = Padding(Text(cause_words(change, policy, refs)), (0, 0, 0, 3))
    return [title, cause, *_values(change, policy), Text()]


def _title(change: Change, *, own: str | None) -> Text:
    title = Text(change.kind, style=_KIND_STYLES[change.kind])
    rest = "" if change.incident == own else f" {short_id(change.incident)}"
    others = ", ".join(short_id(other) for other in change.others)
    lead = {
        "merged": "took in",
        "split": "was divided from",
        "withdrawn": "went into",
    }.get(change.kind, "in the place of")
    if others:
        rest += f", {lead} {others}"
    return Text.assemble(title, rest)


def cause_words(change: Change, policy: NamePolicy, refs: References | None) -> str:
    """What brought a change about: "report [2], Valley Post", "merge by Dana: same ambush"."""
    cause = change.cause
    by = one_line(policy.text(cause.by or ""))
    if cause.kind == "report":
        name = f"report {refs.report(cause.name) if refs else one_line(cause.name)}"
        words = f"{name}, {by}" if by else name
    elif cause.kind == "decision":
        done = "claim added" if cause.decision == "add" else cause.decision
        words = f"{done or one_line(cause.name)} by {by or 'a person'}"
    else:
        words = f"read anew by coder {one_line(cause.name)}"
    return f"{words}: {one_line(policy.text(cause.why))}" if cause.why else words


def _values(change: Change, policy: NamePolicy) -> list[RenderableType]:
    """The values that moved. What went into another incident is told there."""
    if change.kind == "withdrawn" and change.others:
        return []
    return [Padding(_value(value, policy), (0, 0, 0, 3)) for value in change.values]


def _value(value: ValueChange, policy: NamePolicy) -> RenderableType:
    field = field_words(policy.text(value.field))
    why = one_line(policy.text(value.why))
    if value.field in TOLD_BY_WHY and why:
        return Text.assemble((f"{field}: ", "dim"), why)
    lines: list[RenderableType] = [
        Text.assemble((f"{field}: ", "dim"), *moved_words(value, policy))
    ]
    if why and not (value.before is None and value.field in GIVEN_PLAINLY):
        lines.append(Padding(Text(why, style="dim"), (0, 0, 0, 3)))
    return Group(*lines)


def moved_words(value: ValueChange, policy: NamePolicy) -> Iterable[str | tuple[str, str]]:
    """From what to what; of a list, what came and what went."""
    before, after = value.before, value.after
    if before is None:
        yield value_words(value.field, after, policy), "bold"
    elif isinstance(before, list) and isinstance(after, list):
        came = [item for item in after if item not in before]
        gone = [item for item in before if item not in after]
        words = [f"+ {value_words(value.field, item, policy)}" for item in came]
        words += [f"− {value_words(value.field, item, policy)}" for item in gone]
        yield "; ".join(words) or "in another order"
    else:
        yield f"{value_words(value.field, before, policy)} → "
        yield value_words(value.field, after, policy), "bold"
