"""Subscribers: who asked for the newsletter, who confirmed it, who wants it no more.

Reads   the tables of the newsletter, which are no part of the ledger: their rows may change.
Writes  them.
Never   keeps a token, or the address of somebody who was taken out.

Tokens are 128 random bits or more and only their SHA-256 is kept. An address that is
removed is forgotten; an HMAC of it stays, so that nobody is taken in again without having
asked, or asked twice. Its key is in the same database: whoever holds that can test whether
an address they know was there, but cannot read addresses from it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from marsad.errors import SubscriberError
from marsad.store.chain import format_time
from marsad.store.database import Database
from marsad.store.newsletter_schema import DELIVERIES, NEWSLETTER_SECRET, SUBSCRIBERS

State = Literal["pending", "confirmed", "removed", "bounced"]
TOKEN_BYTES = 24
TOKEN_DAYS = 7
# A form that anybody can fill in must not fill somebody's mailbox.
MAIL_AGAIN_MINUTES = 10
_S = SUBSCRIBERS.c


@dataclass(frozen=True)
class Subscriber:
    """An address and what it gets. `address` is None when it was removed.

    `filter` is a saved filter's name, "" for all incidents; times are UTC, ISO 8601.
    """

    id: str
    address: str | None
    filter: str
    state: State
    asked_at: str
    mailed_at: str | None
    changed_at: str


@dataclass(frozen=True)
class Asked:
    """What came of asking. `token` goes into the mail that asks to confirm; None: send none."""

    subscriber: Subscriber
    token: str | None


def hash_token(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def make_token() -> str:
    """A token, fit for addresses of pages."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class Subscribers:
    """The subscribers of one database."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def ask(
        self, address: str, filter_name: str = "", *, again: bool = False, now: datetime
    ) -> Asked:
        """Take in an address that is to confirm; gives the token for the mail that asks.

        No token for one that has confirmed already, or was mailed minutes ago. One that was
        removed is taken in only `again`: when the person asks anew.

        Raises:
            SubscriberError: the address was removed, and this is not `again`.
        """
        token = make_token()
        stamp = format_time(now)
        with self.database.writing() as connection:
            hashed = _hash_address(connection, address)
            row = self._find(connection, hashed, filter_name)
            if row is not None and not _may_ask(row, now, again=again):
                return Asked(_subscriber(row), None)
            values = {
                "address": address,
                "state": "pending",
                "token_hash": hash_token(token),
                "token_until": format_time(now + timedelta(days=TOKEN_DAYS)),
                "asked_at": stamp,
                "mailed_at": None,
                "changed_at": stamp,
            }
            if row is None:
                key = f"subscriber-{secrets.token_hex(16)}"
                named = {"subscriber_id": key, "address_hash": hashed, "filter": filter_name}
                try:
                    with connection.begin_nested():
                        connection.execute(insert(SUBSCRIBERS).values(**named, **values))
                except IntegrityError:  # it was asked for twice at once; the other one mails
                    row = self._find(connection, hashed, filter_name)
                    assert row is not None
                    return Asked(_subscriber(row), None)
            else:
                key = row.subscriber_id
                where = _S.subscriber_id == key
                connection.execute(update(SUBSCRIBERS).where(where).values(**values))
            return Asked(_subscriber(_by_id(connection, key)), token)

    def note_mailed(self, subscriber_id: str, now: datetime) -> None:
        """Remember that the mail that asks to confirm has gone out."""
        where = _S.subscriber_id == subscriber_id
        with self.database.writing() as connection:
            connection.execute(update(SUBSCRIBERS).where(where).values(mailed_at=format_time(now)))

    def peek(self, token: str, now: datetime) -> Subscriber | None:
        """Who would be confirmed by a token: for a page that asks before it does it."""
        with self.database.reading() as connection:
            row = connection.execute(_by_token(token)).one_or_none()
        return None if row is None or _is_over(row, now) else _subscriber(row)

    def confirm(self, token: str, now: datetime) -> Subscriber:
        """Confirm by the token of the mail; it works once.

        Raises:
            SubscriberError: no such token, used, or too old.
        """
        with self.database.writing() as connection:
            row = connection.execute(_by_token(token).with_for_update()).one_or_none()
            if row is None or _is_over(row, now):
                raise SubscriberError(
                    "this link is unknown, was used already or is older than "
                    f"{TOKEN_DAYS} days. Ask for a new one: subscribe again."
                )
            _set_state(connection, row.subscriber_id, "confirmed", now)
            return _subscriber(_by_id(connection, row.subscriber_id))

    def remove(self, address: str, filter_name: str | None, now: datetime) -> list[Subscriber]:
        """Take an address out of one filter's newsletter, or (None) out of all; it is forgotten.

        Gives those it was taken out of; none where it was in none. An address that never was
        here is not kept.
        """
        with self.database.writing() as connection:
            hashed = _hash_address(connection, address)
            rows = select(SUBSCRIBERS).where(_S.address_hash == hashed, _S.state != "removed")
            if filter_name is not None:
                rows = rows.where(_S.filter == filter_name)
            found = connection.execute(rows).all()
            for row in found:
                _set_state(connection, row.subscriber_id, "removed", now)
            return [_subscriber(_by_id(connection, row.subscriber_id)) for row in found]

    def whose(self, token: str) -> Subscriber | None:
        """Whom the unsubscribe token of a newsletter belongs to: for a page that asks first."""
        with self.database.reading() as connection:
            row = connection.execute(_by_delivery(token)).one_or_none()
        return None if row is None else _subscriber(row)

    def unsubscribe(self, token: str, now: datetime) -> Subscriber:
        """Take out whoever got the newsletter with this token; doing it twice is no error.

        Raises:
            SubscriberError: no newsletter carried it.
        """
        with self.database.writing() as connection:
            row = connection.execute(_by_delivery(token)).one_or_none()
            if row is None:
                raise SubscriberError(
                    "this link is in no newsletter of ours. Take the one in the newest "
                    "newsletter, or write to its sender."
                )
            if row.state != "removed":
                _set_state(connection, row.subscriber_id, "removed", now)
            return _subscriber(_by_id(connection, row.subscriber_id))

    def note_bounced(self, subscriber_id: str, now: datetime) -> None:
        """Remember that a server says there is no such mailbox: nothing more is sent there."""
        with self.database.writing() as connection:
            row = _by_id(connection, subscriber_id)
            if row.state == "confirmed":
                _set_state(connection, subscriber_id, "bounced", now)

    def all(self, filter_name: str | None = None, state: State | None = None) -> list[Subscriber]:
        """The subscribers, by filter and address; those removed last."""
        rows = select(SUBSCRIBERS)
        if filter_name is not None:
            rows = rows.where(_S.filter == filter_name)
        if state is not None:
            rows = rows.where(_S.state == state)
        rows = rows.order_by(_S.filter, _S.address.is_(None), _S.address, _S.subscriber_id)
        with self.database.reading() as connection:
            return [_subscriber(row) for row in connection.execute(rows)]

    def count(self, filter_name: str, state: State = "confirmed") -> int:
        """How many subscribers of a filter are in a state."""
        rows = select(func.count()).where(_S.filter == filter_name, _S.state == state)
        with self.database.reading() as connection:
            return connection.scalar(rows) or 0

    @staticmethod
    def _find(connection: Connection, hashed: str, filter_name: str) -> Row[Any] | None:
        where = (_S.address_hash == hashed, _S.filter == filter_name)
        return connection.execute(select(SUBSCRIBERS).where(*where).with_for_update()).one_or_none()


def _may_ask(row: Row[Any], now: datetime, *, again: bool) -> bool:
    if row.state == "removed" and not again:
        raise SubscriberError(
            "this address was removed, and is not written to unless its owner asks anew. If the "
            "owner did, say so: marsad subscribers add … --asked-again"
        )
    if row.state == "confirmed":
        return False
    soon = format_time(now - timedelta(minutes=MAIL_AGAIN_MINUTES))
    return not (row.state == "pending" and row.mailed_at is not None and row.mailed_at > soon)


def _set_state(connection: Connection, key: str, state: State, now: datetime) -> None:
    values: dict[str, Any] = {
        "state": state,
        "token_hash": None,
        "token_until": None,
        "changed_at": format_time(now),
    }
    if state == "removed":
        values["address"] = None
    connection.execute(update(SUBSCRIBERS).where(_S.subscriber_id == key).values(**values))


def _hash_address(connection: Connection, address: str) -> str:
    secret = connection.scalar(select(NEWSLETTER_SECRET.c.secret))
    if secret is None:
        try:
            with connection.begin_nested():
                made = secrets.token_hex(32)
                connection.execute(insert(NEWSLETTER_SECRET).values(id=1, secret=made))
        except IntegrityError:
            pass  # another program was faster
        secret = connection.scalar(select(NEWSLETTER_SECRET.c.secret))
    assert secret is not None
    key = bytes.fromhex(secret)
    return hmac.new(key, address.casefold().encode("utf-8"), hashlib.sha256).hexdigest()


def _by_token(token: str) -> Any:
    return select(SUBSCRIBERS).where(_S.token_hash == hash_token(token), _S.state == "pending")


def _by_delivery(token: str) -> Any:
    return (
        select(SUBSCRIBERS)
        .join(DELIVERIES, DELIVERIES.c.subscriber_id == _S.subscriber_id)
        .where(DELIVERIES.c.token_hash == hash_token(token))
    )


def _by_id(connection: Connection, key: str) -> Row[Any]:
    return connection.execute(select(SUBSCRIBERS).where(_S.subscriber_id == key)).one()


def _is_over(row: Row[Any], now: datetime) -> bool:
    return row.token_until is None or row.token_until < format_time(now.astimezone(UTC))


def _subscriber(row: Row[Any]) -> Subscriber:
    return Subscriber(
        row.subscriber_id,
        row.address,
        row.filter,
        row.state,
        row.asked_at,
        row.mailed_at,
        row.changed_at,
    )
