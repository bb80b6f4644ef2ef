"""Digests: the newsletters as they were sent, what they told, and what became of each copy.

Reads   the tables of the newsletter.
Writes  them: for each copy that it is about to be handed over, then what the server said.
Never   lets two senders have one copy, or a copy be handed over a second time.

A delivery goes `claimed` → `handed` → `sent`, `refused` or `unknown`; before it is handed
over it may also be `deferred`. A sender that dies leaves `claimed`, which another takes over
after LEASE_SECONDS, or `handed`: nobody knows whether that arrived, so it becomes `unknown`
and is never sent again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, and_, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from marsad.store.chain import format_time, storable
from marsad.store.database import Database
from marsad.store.newsletter_schema import DELIVERIES, DIGESTS, SUBSCRIBERS
from marsad.store.subscribers import hash_token

Settled = Literal["sent", "refused", "deferred", "unknown"]
LEASE_SECONDS = 60
_D, _S, _G = DELIVERIES.c, SUBSCRIBERS.c, DIGESTS.c


@dataclass(frozen=True)
class SentDigest:
    """A digest as it was, or is being, sent.

    `parts` are the mail's; `told` the values that it tells, by incident. Times are UTC.
    """

    id: str
    filter: str
    profile: str
    since: str
    until: str
    made_at: str
    parts: dict[str, Any]
    told: dict[str, Any]
    finished_at: str | None = None


@dataclass(frozen=True)
class Claimed:
    """A copy that this sender, and no other, may hand over."""

    subscriber_id: str
    address: str


@dataclass(frozen=True)
class Failed:
    """A copy that did not arrive, or may not have: to whom, and what the server said."""

    address: str | None
    state: str
    reply: str
    changed_at: str


class Digests:
    """The digests of one database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def keep(self, digest: SentDigest) -> SentDigest:
        """Keep a digest; one of this id that is there already stays, and is given back."""
        row = {
            "digest_id": digest.id,
            "filter": digest.filter,
            "profile": digest.profile,
            "since": digest.since,
            "until": digest.until,
            "made_at": digest.made_at,
            "parts": storable(json.dumps(digest.parts, ensure_ascii=False)),
            "told": storable(json.dumps(digest.told, ensure_ascii=False)),
        }
        with self.database.writing() as connection:
            try:
                with connection.begin_nested():
                    connection.execute(insert(DIGESTS).values(**row))
            except IntegrityError:
                pass  # another sender was faster: its words count
            return _digest(connection.execute(_by_id(digest.id)).one())

    def get(self, digest_id: str) -> SentDigest | None:
        """The digest of that id."""
        with self.database.reading() as connection:
            row = connection.execute(_by_id(digest_id)).one_or_none()
        return None if row is None else _digest(row)

    def latest(self, filter_name: str) -> SentDigest | None:
        """The newest digest of a filter."""
        return next(self.all(filter_name), None)

    def all(self, filter_name: str) -> Iterator[SentDigest]:
        """The digests of a filter, the newest first."""
        rows = select(DIGESTS).where(_G.filter == filter_name)
        rows = rows.order_by(_G.made_at.desc(), _G.digest_id)
        with self.database.reading() as connection:
            yield from (_digest(row) for row in connection.execute(rows))

    def told_before(self, filter_name: str, before: str) -> Iterator[SentDigest]:
        """Digests of a filter made before a time that reached somebody, or may have."""
        reached = exists().where(
            _D.digest_id == _G.digest_id, _D.state.in_(("sent", "unknown", "handed"))
        )
        rows = select(DIGESTS).where(_G.filter == filter_name, _G.made_at < before, reached)
        with self.database.reading() as connection:
            for row in connection.execute(rows.order_by(_G.made_at.desc(), _G.digest_id)):
                yield _digest(row)

    def finish(self, digest_id: str, now: datetime) -> bool:
        """Note that nobody is left to send to; False where somebody is."""
        digest = self.get(digest_id)
        if digest is None or self.count_open(digest) > 0:
            return False
        where = (_G.digest_id == digest_id, _G.finished_at.is_(None))
        with self.database.writing() as connection:
            connection.execute(update(DIGESTS).where(*where).values(finished_at=format_time(now)))
        return True

    # Deliveries

    def open_subscribers(self, digest: SentDigest) -> list[str]:
        """Those who confirmed and whose copy is not settled, by id."""
        rows = select(_S.subscriber_id).where(*_open(digest)).order_by(_S.subscriber_id)
        with self.database.reading() as connection:
            return list(connection.scalars(rows))

    def count_open(self, digest: SentDigest) -> int:
        """How many copies are not settled: not begun, deferred, or in somebody's hands."""
        rows = select(func.count()).select_from(SUBSCRIBERS).where(*_open(digest))
        with self.database.reading() as connection:
            return connection.scalar(rows) or 0

    def claim(
        self, digest: SentDigest, subscriber_id: str, sender: str, now: datetime
    ) -> Claimed | None:
        """Take a copy in hand; None when another has it, it is settled, or nobody wants it."""
        row = {
            "digest_id": digest.id,
            "subscriber_id": subscriber_id,
            "state": "claimed",
            "sender": sender,
            "changed_at": format_time(now),
            "tries": 1,
        }
        over = format_time(now - timedelta(seconds=LEASE_SECONDS))
        free = or_(
            _D.state == "deferred",
            and_(_D.state == "claimed", or_(_D.changed_at < over, _D.sender == sender)),
        )
        with self.database.writing() as connection:
            address = connection.scalar(
                select(_S.address).where(_S.subscriber_id == subscriber_id, _wants(digest))
            )
            if address is None:
                return None
            try:
                with connection.begin_nested():
                    connection.execute(insert(DELIVERIES).values(**row))
            except IntegrityError:
                again = update(DELIVERIES).where(*_one(digest.id, subscriber_id), free)
                taken = connection.execute(
                    again.values(
                        state="claimed",
                        sender=sender,
                        changed_at=format_time(now),
                        tries=_D.tries + 1,
                    )
                )
                if taken.rowcount != 1:
                    return None
        return Claimed(subscriber_id, address)

    def hand_over(
        self, digest: SentDigest, subscriber_id: str, sender: str, token: str, now: datetime
    ) -> bool:
        """Note that a copy is about to be handed over, with the token that it carries.

        False, and then it must not be: another sender took it, or the person left meanwhile.
        """
        wanted = exists().where(_S.subscriber_id == subscriber_id, _wants(digest))
        mine = (*_one(digest.id, subscriber_id), _D.sender == sender, _D.state == "claimed")
        values = {
            "state": "handed",
            "token_hash": hash_token(token),
            "changed_at": format_time(now),
        }
        with self.database.writing() as connection:
            done = connection.execute(update(DELIVERIES).where(*mine, wanted).values(**values))
            return done.rowcount == 1

    def settle(
        self,
        digest: SentDigest,
        subscriber_id: str,
        sender: str,
        state: Settled,
        reply: str,
        now: datetime,
    ) -> None:
        """Note what became of a copy. `reply` must not hold an address."""
        mine = (
            *_one(digest.id, subscriber_id),
            _D.sender == sender,
            _D.state.in_(("claimed", "handed", "unknown")),
        )
        values = {"state": state, "reply": storable(reply), "changed_at": format_time(now)}
        with self.database.writing() as connection:
            connection.execute(update(DELIVERIES).where(*mine).values(**values))

    def give_up_lost(self, digest: SentDigest, now: datetime) -> None:
        """Call unknown what a sender handed over and, having died, said no more about."""
        over = format_time(now - timedelta(seconds=LEASE_SECONDS))
        where = (_D.digest_id == digest.id, _D.state == "handed", _D.changed_at < over)
        values = {
            "state": "unknown",
            "reply": "the sender ended before the server answered",
            "changed_at": format_time(now),
        }
        with self.database.writing() as connection:
            connection.execute(update(DELIVERIES).where(*where).values(**values))

    def counts(self, digest: SentDigest) -> dict[str, int]:
        """How many copies are in each state."""
        rows = select(_D.state, func.count()).where(_D.digest_id == digest.id).group_by(_D.state)
        with self.database.reading() as connection:
            return {state: int(count) for state, count in connection.execute(rows)}

    def failed(self, digest: SentDigest) -> list[Failed]:
        """The copies that did not arrive, or may not have."""
        rows = (
            select(_S.address, _D.state, _D.reply, _D.changed_at)
            .join(DELIVERIES, _D.subscriber_id == _S.subscriber_id)
            .where(_D.digest_id == digest.id, _D.state != "sent")
            .order_by(_D.state, _S.address)
        )
        with self.database.reading() as connection:
            found = connection.execute(rows).all()
        return [Failed(r.address, r.state, r.reply or "", r.changed_at) for r in found]


def _wants(digest: SentDigest) -> ColumnElement[bool]:
    return and_(_S.state == "confirmed", _S.filter == digest.filter)


def _open(digest: SentDigest) -> tuple[ColumnElement[bool], ...]:
    settled = exists().where(
        _D.digest_id == digest.id,
        _D.subscriber_id == _S.subscriber_id,
        _D.state.not_in(("claimed", "deferred")),
    )
    return _wants(digest), ~settled


def _one(digest_id: str, subscriber_id: str) -> tuple[ColumnElement[bool], ...]:
    return _D.digest_id == digest_id, _D.subscriber_id == subscriber_id


def _by_id(digest_id: str) -> Any:
    return select(DIGESTS).where(_G.digest_id == digest_id)


def _digest(row: Row[Any]) -> SentDigest:
    return SentDigest(
        id=row.digest_id,
        filter=row.filter,
        profile=row.profile,
        since=row.since,
        until=row.until,
        made_at=row.made_at,
        parts=json.loads(row.parts),
        told=json.loads(row.told),
        finished_at=row.finished_at,
    )
