"""Sessions and API tokens: who is signed in, in which browser or program.

Reads   and
Writes  `sessions`, `api_tokens`.
Never   keeps a token, only its hash; gives a token more than its owner's role.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update

from marsad.errors import LedgerUnavailable, PeopleError
from marsad.store.chain import format_time
from marsad.store.database import Database
from marsad.store.people import (
    Person,
    Role,
    hash_token,
    lower_role,
    new_token,
    read_role,
    require_person,
)
from marsad.store.people_schema import API_TOKENS, PEOPLE, SESSIONS

# A session ends after so long without a page, and in any case after so long.
IDLE_HOURS = 12
LONGEST_DAYS = 7
# It is noted that a session is used at most this often: reading should not always write.
_NOTE_MINUTES = 5
_MAX_LABEL_SIGNS = 80
# What tells our tokens from others' in a leaked file.
TOKEN_PREFIX = "marsad_"


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session as its owner sees it; `id` is the beginning of the hash, and opens nothing."""

    id: str
    created_at: str
    seen_at: str
    device: str


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token as its owner sees it; `id` is the beginning of the hash, and opens nothing."""

    id: str
    label: str
    role: Role
    created_at: str
    used_on: str | None


class Sessions:
    """Who is signed in."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def start(self, name: str, device: str = "") -> str:
        """Sign a person in; the new session's token, for their cookie alone.

        Raises:
            PeopleError: there is no such person.
        """
        token, now = new_token(), datetime.now(UTC)
        with self.database.writing() as connection:
            connection.execute(delete(SESSIONS).where(_is_over(now)))
            connection.execute(
                insert(SESSIONS).values(
                    token_hash=hash_token(token),
                    person=require_person(connection, name),
                    created_at=format_time(now),
                    seen_at=format_time(now),
                    device=_shown(device),
                )
            )
        return token

    def find(self, token: str) -> Person | None:
        """Whose session it is; None when it is over, or never was."""
        hashed, now = hash_token(token), datetime.now(UTC)
        query = (
            select(PEOPLE.c.name, PEOPLE.c.role, SESSIONS.c.seen_at)
            .join_from(SESSIONS, PEOPLE, PEOPLE.c.key == SESSIONS.c.person)
            .where(SESSIONS.c.token_hash == hashed, ~_is_over(now))
        )
        with self.database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        if row.seen_at < format_time(now - timedelta(minutes=_NOTE_MINUTES)):
            self._note_seen(hashed, now)
        return Person(row.name, row.role)

    def end(self, token: str) -> None:
        """Sign out: the token is worth nothing from now on."""
        with self.database.writing() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.token_hash == hash_token(token)))

    def end_one(self, name: str, session_id: str) -> bool:
        """End the session of this person that has this id; whether there was one."""
        with self.database.writing() as connection:
            mine = SESSIONS.c.person == require_person(connection, name)
            return _delete_by_id(connection, SESSIONS, mine, session_id)

    def of(self, name: str) -> list[OpenSession]:
        """A person's sessions, the last used first."""
        with self.database.reading() as connection:
            mine = SESSIONS.c.person == require_person(connection, name)
            query = select(SESSIONS).where(mine, ~_is_over(datetime.now(UTC)))
            return [
                OpenSession(session_id(row.token_hash), row.created_at, row.seen_at, row.device)
                for row in connection.execute(query.order_by(SESSIONS.c.seen_at.desc()))
            ]

    def _note_seen(self, hashed: str, now: datetime) -> None:
        mine = SESSIONS.c.token_hash == hashed
        try:
            with self.database.writing() as connection:
                connection.execute(update(SESSIONS).where(mine).values(seen_at=format_time(now)))
        except LedgerUnavailable:
            return  # the page is worth more than the note

    def make_token(self, name: str, label: str, role: Role) -> str:
        """A new API token of a person; it can be shown this once only.

        Raises:
            PeopleError: no such person or role, a role above theirs, or no label.
        """
        wanted, shown = read_role(role), _shown(label)
        if not shown:
            raise PeopleError("the token needs a label, such as the program it is for.")
        token = TOKEN_PREFIX + new_token()
        with self.database.writing() as connection:
            key = require_person(connection, name)
            own = read_role(
                connection.scalars(select(PEOPLE.c.role).where(PEOPLE.c.key == key)).one()
            )
            if lower_role(wanted, own) != wanted:
                raise PeopleError(f"{name} is {own}; a token of theirs cannot be {wanted}.")
            connection.execute(
                insert(API_TOKENS).values(
                    token_hash=hash_token(token),
                    person=key,
                    label=shown,
                    role=wanted,
                    created_at=format_time(datetime.now(UTC)),
                )
            )
        return token

    def find_token(self, token: str) -> Person | None:
        """Whose token it is, with the lower of its role and theirs; None when nobody's."""
        hashed, today = hash_token(token), format_time(datetime.now(UTC))[:10]
        tokens = API_TOKENS.c
        query = (
            select(PEOPLE.c.name, PEOPLE.c.role, tokens.role.label("given"), tokens.used_on)
            .join_from(API_TOKENS, PEOPLE, PEOPLE.c.key == tokens.person)
            .where(tokens.token_hash == hashed)
        )
        with self.database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        if row.used_on != today:
            self._note_used(hashed, today)
        return Person(row.name, lower_role(row.role, row.given))

    def tokens_of(self, name: str) -> list[ApiToken]:
        """A person's tokens, the oldest first."""
        with self.database.reading() as connection:
            mine = API_TOKENS.c.person == require_person(connection, name)
            rows = connection.execute(
                select(API_TOKENS).where(mine).order_by(API_TOKENS.c.created_at)
            )
            return [
                ApiToken(session_id(r.token_hash), r.label, r.role, r.created_at, r.used_on)
                for r in rows
            ]

    def revoke_token(self, name: str, token_id: str) -> bool:
        """Take a token of this person away; whether there was one."""
        with self.database.writing() as connection:
            mine = API_TOKENS.c.person == require_person(connection, name)
            return _delete_by_id(connection, API_TOKENS, mine, token_id)

    def _note_used(self, hashed: str, today: str) -> None:
        mine = API_TOKENS.c.token_hash == hashed
        try:
            with self.database.writing() as connection:
                connection.execute(update(API_TOKENS).where(mine).values(used_on=today))
        except LedgerUnavailable:
            return


def session_id(token_hash: str) -> str:
    """How a session or token is named where its owner picks it."""
    return token_hash[:12]


def _delete_by_id(connection: Any, table: Any, mine: Any, shown: str) -> bool:
    hashes = connection.scalars(select(table.c.token_hash).where(mine)).all()
    found = [hashed for hashed in hashes if session_id(hashed) == shown]
    connection.execute(delete(table).where(table.c.token_hash.in_(found)))
    return bool(found)


def _is_over(now: datetime) -> Any:
    idle = format_time(now - timedelta(hours=IDLE_HOURS))
    oldest = format_time(now - timedelta(days=LONGEST_DAYS))
    return (SESSIONS.c.seen_at < idle) | (SESSIONS.c.created_at < oldest)


def _shown(text: str) -> str:
    kept = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(kept.split())[:_MAX_LABEL_SIGNS]
