"""Suggestions: pairs of incidents that may be one, for a person to decide.

Reads   links between tellings of different incidents that were too weak to join them.
Writes  nothing.
Never   suggests what a person has held apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, exists, or_, select

from marsad.records import Anchor, Decision, LedgerIncident
from marsad.store.account_schema import INCIDENT_BODIES, INCIDENTS, LINKS, TELLINGS
from marsad.store.entries import PERSON_HASH
from marsad.store.loading import among, load_decisions
from marsad.store.schema import CLAIMS, CODING_RUNS

PAGE = 200


@dataclass(frozen=True)
class LikePair:
    """Two incidents, and the two of their tellings that most speaks for being one."""

    incident: str
    other: str
    total: float
    telling_a: str
    telling_b: str


def list_suggestions(
    connection: Connection,
    limit: int,
    incident: str | None = None,
    below: float | None = None,
    of: Sequence[str] | None = None,
) -> list[LikePair]:
    """Pairs of incidents by their strongest link, the strongest first; of one incident, or all.

    Links of `below` and more are left out. With `of` only pairs of two of these incidents.
    """
    apart = _Apart(connection)
    fresh = (pair for pair in _pairs(connection, incident, below, of) if not apart.holds(pair))
    return list(islice(fresh, limit))


def _pairs(
    connection: Connection, incident: str | None, below: float | None, of: Sequence[str] | None
) -> Iterator[LikePair]:
    one, other = TELLINGS.alias("one"), TELLINGS.alias("other")
    rows = (
        select(one.c.incident_id, other.c.incident_id, LINKS.c.total, LINKS.c.a, LINKS.c.b)
        .select_from(LINKS)
        .join(one, one.c.telling_id == LINKS.c.a)
        .join(other, other.c.telling_id == LINKS.c.b)
        .where(one.c.incident_id != other.c.incident_id)
        .order_by(LINKS.c.total.desc(), LINKS.c.a, LINKS.c.b)
    )
    if below is not None:
        rows = rows.where(LINKS.c.total < below)
    if incident is not None:
        mine = select(TELLINGS.c.telling_id).where(TELLINGS.c.incident_id == incident)
        rows = rows.where(or_(LINKS.c.a.in_(mine), LINKS.c.b.in_(mine)))
    if of is not None:
        # Both ends are named, so that the many links within one incident are not gone through.
        rows = rows.where(
            among(connection, one.c.incident_id, of), among(connection, other.c.incident_id, of)
        )
    seen: set[tuple[str, str]] = set()
    offset = 0
    while True:
        page = connection.execute(rows.limit(PAGE).offset(offset)).all()
        for row in page:
            pair = (min(row[0], row[1]), max(row[0], row[1]))
            if pair not in seen:
                seen.add(pair)
                yield LikePair(*pair, row[2], row[3], row[4])
        if len(page) < PAGE:
            return
        offset += PAGE


class _Apart:
    """What persons have held apart."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._splits: list[Decision] | None = None
        self._incidents: dict[str, LedgerIncident | None] = {}

    def holds(self, pair: LikePair) -> bool:
        if self._splits is None:
            self._splits = [d for d in load_decisions(self._connection) if d.kind == "split"]
        return any(
            (self._of(d.targets, pair.incident) and self._of(d.others, pair.other))
            or (self._of(d.targets, pair.other) and self._of(d.others, pair.incident))
            for d in self._splits
        )

    def _of(self, anchors: tuple[Anchor, ...], incident_id: str) -> bool:
        """Whether any of the claims is of the incident; by its report if it is read no more."""
        incident = self._load(incident_id)
        if incident is None:
            return False
        claims = {*incident.claims, *incident.mentions}
        return any(
            a.claim in claims or (a.report in incident.reports and not self._is_read(a.claim))
            for a in anchors
        )

    def _is_read(self, claim_id: str) -> bool:
        """Whether the latest reading of a report has this claim, or a person read it."""
        by_persons = select(CODING_RUNS.c.seq).where(CODING_RUNS.c.config_hash == PERSON_HASH)
        latest = select(TELLINGS.c.run_seq)
        read = exists().where(
            CLAIMS.c.claim_id == claim_id,
            or_(CLAIMS.c.run_seq.in_(latest), CLAIMS.c.run_seq.in_(by_persons)),
        )
        return bool(self._connection.scalar(select(read)))

    def _load(self, incident_id: str) -> LedgerIncident | None:
        if incident_id not in self._incidents:
            rows: Any = (
                select(INCIDENT_BODIES.c.body)
                .join(INCIDENTS, INCIDENTS.c.num == INCIDENT_BODIES.c.num)
                .where(INCIDENTS.c.incident_id == incident_id)
            )
            body = self._connection.scalar(rows)
            self._incidents[incident_id] = body and LedgerIncident.model_validate_json(body)
        return self._incidents[incident_id]
