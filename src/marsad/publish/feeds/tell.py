"""Tell: one change of the account as an entry of a feed.

Reads   a Turn, whose incidents `protect` has been over.
Writes  an Entry: a title that says what changed, of what, and how well it is supported.
Never   calls a number anything but a documented minimum, or shows a contested incident
        without saying so.
"""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from marsad.publish.exports.content import ExportIncident
from marsad.publish.feeds.content import Entry, Moved, Turn
from marsad.publish.feeds.moves import said, title_parts, told_moves
from marsad.publish.feeds.words import (
    incident_phrase,
    isolate,
    minimum_phrase,
    plain,
    status_phrase,
    toll_phrase,
)
from marsad.publish.wording import OUTCOME_ORDER

# More would not be read in a list of titles.
MAX_TITLE_PARTS = 2
_TOTALS = frozenset(outcome.capitalize() for outcome in OUTCOME_ORDER)
_DECISIONS = {
    "merge": "incidents were judged to be one",
    "split": "reports were judged to tell of different incidents",
    "confirm": "it was confirmed",
    "reject": "it was rejected",
    "set": "a value was set",
    "add": "a claim was added",
    "undo": "an earlier decision was taken back",
}


def tell(turn: Turn, ledger_id: str, base: str | None) -> Entry:
    """The entry of a change; `ledger_id` tells ledgers apart, `base` is the desk's URL."""
    change, subject = turn.change, turn.subject
    head, status = incident_phrase(subject), _status(turn)
    later = _since_then(turn)
    moved = told_moves(turn)
    return Entry(
        id=f"tag:marsad.invalid,2024:{ledger_id}/{change.incident}/{change.seq}",
        title=plain_keeping(_title(turn, head, status)),
        summary=plain_keeping(_summary(turn, moved)),
        published=datetime.fromisoformat(change.at),
        updated=datetime.fromisoformat(turn.latest_at if later else change.at),
        cause=_cause(turn),
        head=head,
        status=status,
        moved=moved,
        minimum="" if turn.after is None else _minimum(turn.after),
        notes=tuple(_notes(turn)),
        since_then=later,
        tags=(change.kind, subject.event_type, subject.status),
        url=None if base is None else f"{base}/incidents/{change.incident}",
    )


def plain_keeping(text: str) -> str:
    """A phrase made of parts that are plain already: isolates around them stay."""
    return " ".join(text.split())


def _title(turn: Turn, head: str, status: str) -> str:
    parts = list(islice(title_parts(turn), MAX_TITLE_PARTS))
    lead = (
        ", ".join([parts[0], *(p[:1].lower() + p[1:] for p in parts[1:])])
        if parts
        else ("Changed in details")
    )
    toll = f", {words}" if turn.change.kind == "new" and (words := _deaths(turn.subject)) else ""
    return f"{lead}: {head}{toll} ({status})"


def _deaths(incident: ExportIncident) -> str:
    """The first of the toll: the killed, or else the next that is told."""
    return toll_phrase(incident).partition(", ")[0]


def _status(turn: Turn) -> str:
    return "withdrawn" if turn.after is None else status_phrase(turn.after)


def _minimum(incident: ExportIncident) -> str:
    if incident.reviewed == "rejected" or incident.status == "discounted":
        return "It counts for nothing."
    return minimum_phrase(incident)


def _summary(turn: Turn, moved: tuple[Moved, ...]) -> str:
    told = [_one(value) for value in sorted(moved, key=_weight) if value.label != "Reports"]
    if turn.change.kind == "new":
        return " ".join((_cause(turn), _minimum(turn.subject)))
    parts = [_cause(turn), *(f"{words}." for words in told[:3])]
    if turn.after is not None:
        parts.append(_minimum(turn.after))
    else:
        parts += _notes(turn)
    return " ".join(parts)


def _weight(value: Moved) -> int:
    """Numbers of people first, who did what to whom last."""
    if value.label in _TOTALS:
        return 0
    return 1 if value.label in ("Status", "Kind", "Place", "Date", "Disputes") else 2


def _one(value: Moved) -> str:
    move = value.after if value.before is None else f"{value.before} → {value.after}"
    return f"{value.label}: {move}"


def _cause(turn: Turn) -> str:
    """Because of which report or decision, and who says so."""
    cause = turn.change.cause
    by = isolate(plain(turn.text(cause.by))) if cause.by else ""
    if cause.kind == "recoding":
        return "Because a report was read anew by another version of the coder."
    if cause.kind == "report":
        day = f" of {turn.published}" if turn.published else ""
        return f"Because of a report by {by}{day}." if by else f"Because of a report{day}."
    what = _DECISIONS.get(cause.decision or "", "a decision was made")
    if turn.is_public:
        return f"Because of a reviewer's decision: {what}."
    why = f" ({said(turn, cause.why)})" if cause.why else ""
    return f"Because of a decision by {by or 'a person'}: {what}{why}."


def _notes(turn: Turn) -> list[str]:
    change, notes = turn.change, []
    if change.kind == "withdrawn":
        notes.append(
            f"It is now told as part of {_names(change.others)}."
            if change.others
            else "No report tells of it any more. It counts for nothing."
        )
    elif change.kind == "merged":
        notes.append(f"It took in {_names(change.others)}.")
    elif change.kind == "split":
        notes.append(f"It was divided from {_names(change.others)}.")
    elif change.others:
        notes.append(f"It was told as {_names(change.others)} before.")
    where = turn.subject.where
    if where is not None and where.coarse:
        notes.append("The place is made vague to protect people.")
    if turn.leaves and change.kind != "withdrawn":
        notes.append("It is no longer among what this feed follows.")
    return notes


def _names(ids: tuple[str, ...]) -> str:
    return " and ".join(plain(name) for name in ids) or "another incident"


def _since_then(turn: Turn) -> str:
    """What has become of it after this change; "" when it still stands so."""
    if turn.after is None:
        return ""
    if turn.latest is None:
        return "Since then: withdrawn or made part of another incident."
    then, now = _stand(turn.after), _stand(turn.latest)
    moved = [words for words, was in zip(now, then, strict=True) if words != was]
    return f"Since then changed again; as last known: {' · '.join(moved)}" if moved else ""


def _stand(incident: ExportIncident) -> tuple[str, str, str]:
    """What a reader should know when it is no longer so."""
    return incident_phrase(incident), status_phrase(incident), _minimum(incident)
