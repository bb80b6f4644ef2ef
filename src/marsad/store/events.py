"""Events: what the ledger's rows bring about in the account, in the order they were kept.

Reads   coders' runs that succeeded, and persons' decisions (what a person read is one).
Writes  nothing.

The account is made by going through these, so it can be made again at any time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Row,
    Select,
    bindparam,
    exists,
    func,
    literal,
    select,
    union_all,
)

from marsad.store.entries import PERSON_HASH
from marsad.store.schema import CODING_RUNS, JUDGEMENTS, REPORTS


@dataclass(frozen=True)
class Event:
    """One row that may change the account.

    "reading": `report_seq` is the report's latest version then; `is_again` says that an
    older reading of this very version stood before. "decision" and "undo": `decision_seq`
    is the decision that was made or taken back.
    """

    seq: int
    at: str
    kind: Literal["reading", "decision", "undo"]
    report_seq: int | None = None
    decision_seq: int | None = None
    is_again: bool = False
    coder: str | None = None
    made_by: str | None = None
    why: str | None = None


def events_after(connection: Connection, seq: int, limit: int) -> list[Event]:
    """The next `limit` events after the row at `seq`."""
    rows = connection.execute(_EVENTS, {"after": seq, "most": limit})
    return [_event(row) for row in rows]


def _select_events() -> Select[Any]:
    runs, newer, earlier = CODING_RUNS.c, REPORTS.alias("newer"), CODING_RUNS.alias("earlier")
    reports = REPORTS.c
    # A reading of a version that was superseded before it changes nothing.
    overtaken = exists().where(
        newer.c.report_id == reports.report_id,
        newer.c.seq > runs.report_seq,
        newer.c.seq < runs.seq,
    )
    again = exists().where(
        earlier.c.report_seq == runs.report_seq,
        earlier.c.seq < runs.seq,
        earlier.c.failure.is_(None),
        earlier.c.config_hash != PERSON_HASH,
    )
    readings = (
        select(
            runs.seq,
            runs.stored_at,
            literal("reading").label("kind"),
            runs.report_seq.label("subject"),
            again.label("is_again"),
            runs.coder_version.label("who"),
            literal("{}").label("body"),
        )
        .join(REPORTS, reports.seq == runs.report_seq)
        .where(
            runs.seq > bindparam("after"),
            runs.failure.is_(None),
            runs.config_hash != PERSON_HASH,
            ~overtaken,
        )
    )
    made = JUDGEMENTS.c
    decisions = select(
        made.seq,
        made.stored_at,
        literal("decision").label("kind"),
        func.coalesce(made.undoes, made.seq).label("subject"),
        made.undoes.is_not(None).label("is_again"),
        made.made_by.label("who"),
        made.body,
    ).where(made.seq > bindparam("after"), made.run_seq.is_(None))
    both = union_all(readings, decisions).subquery()
    return select(both).order_by(both.c.seq).limit(bindparam("most"))


# Asked for at every report: made once.
_EVENTS = _select_events()


def _event(row: Row[Any]) -> Event:
    if row.kind == "reading":
        again = bool(row.is_again)
        return Event(row.seq, row.stored_at, "reading", row.subject, is_again=again, coder=row.who)
    return Event(
        row.seq,
        row.stored_at,
        "undo" if row.is_again else "decision",
        decision_seq=row.subject,
        made_by=row.who,
        why=json.loads(row.body).get("reason"),
    )
