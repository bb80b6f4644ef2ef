"""People: the accounts of the desk, and the one-time links that open them.

Reads   and
Writes  `people`, `entry_links`; and removes what stands on them.
Never   keeps a password or a link, only hashes of them; takes the last admin away.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Select, delete, exists, func, insert, select, update

from marsad.errors import PeopleError
from marsad.store.chain import format_time
from marsad.store.database import Database
from marsad.store.passwords import check_new_password, hash_password, matches
from marsad.store.people_schema import API_TOKENS, ENTRY_LINKS, PEOPLE, SESSIONS

Role = Literal["viewer", "coder", "admin"]
# From the least to the most; each may do what those before it may.
ROLES: tuple[Role, ...] = get_args(Role)
LINK_HOURS = 72
MAX_NAME_SIGNS = 60


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, and what they may do."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether they may do what `role` may."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class Account:
    """An account as admins see it."""

    name: str
    role: Role
    created_at: str
    has_password: bool
    # The day the person was last seen, None for never.
    seen_on: str | None
    sessions: int
    tokens: int


@dataclass(frozen=True, slots=True)
class OpenLink:
    """What a one-time link is good for: `name` is None when it makes the first account."""

    name: str | None
    role: Role


class People:
    """The accounts of one ledger's desk."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def are_there(self) -> bool:
        """Whether there is any account."""
        with self.database.reading() as connection:
            return connection.scalar(select(exists().select_from(PEOPLE))) or False

    def accounts(self) -> list[Account]:
        """All accounts, by name."""
        with self.database.reading() as connection:
            return [_account(row) for row in connection.execute(_accounts())]

    def find(self, name: str) -> Person | None:
        """The person of this name, however it is written large or small."""
        with self.database.reading() as connection:
            row = _find(connection, name)
            return None if row is None else Person(row.name, row.role)

    def add(self, name: str, role: Role) -> str:
        """Make an account without a password; the one-time link's token to set one.

        Raises:
            PeopleError: the name cannot be one, or is taken; there is no such role.
        """
        shown = read_name(name)
        with self.database.writing() as connection:
            _add(connection, shown, read_role(role), None)
            return _make_link(connection, fold_name(shown))

    def add_with_password(self, name: str, role: Role, password: str) -> Person:
        """Make an account with a password.

        Raises:
            PeopleError: see `add`; the password is easily guessed.
        """
        person = Person(read_name(name), read_role(role))
        check_new_password(password, person.name)
        hashed = hash_password(password)
        with self.database.writing() as connection:
            _add(connection, person.name, person.role, hashed)
        return person

    def remove(self, name: str) -> None:
        """Take an account away with its sessions and tokens. What it decided stays on file.

        Raises:
            PeopleError: there is none, or it is the last admin's.
        """
        with self.database.writing() as connection:
            row = _require(connection, name)
            if row.role == "admin":
                _require_other_admin(connection, row.key, "removed")
            for table in (SESSIONS, API_TOKENS, ENTRY_LINKS):
                connection.execute(delete(table).where(table.c.person == row.key))
            connection.execute(delete(PEOPLE).where(PEOPLE.c.key == row.key))

    def give_role(self, name: str, role: Role) -> None:
        """Change a role. The person is signed out everywhere, so that no old session has it.

        Raises:
            PeopleError: there is no such person or role, or it is the last admin.
        """
        wanted = read_role(role)
        with self.database.writing() as connection:
            row = _require(connection, name)
            if row.role == wanted:
                return
            if row.role == "admin":
                _require_other_admin(connection, row.key, "made less")
            connection.execute(update(PEOPLE).where(PEOPLE.c.key == row.key).values(role=wanted))
            connection.execute(delete(SESSIONS).where(SESSIONS.c.person == row.key))

    def check_password(self, name: str, password: str) -> Person | None:
        """The person, if the password is theirs. Takes as long when there is nobody so named."""
        with self.database.reading() as connection:
            row = _find(connection, name)
        stored = row.password if row is not None else None
        right = matches(password, stored)
        return Person(row.name, row.role) if row is not None and right else None

    def set_password(self, name: str, password: str) -> None:
        """Give a new password: the person is signed out everywhere and has no open link left.

        Raises:
            PeopleError: there is no such person; the password is easily guessed.
        """
        check_new_password(password, name)
        hashed = hash_password(password)
        with self.database.writing() as connection:
            _set_password(connection, _require(connection, name).key, hashed)

    def password_mark(self, name: str) -> bytes:
        """What is another one after each change of password; for nobody, bytes of its own."""
        with self.database.reading() as connection:
            row = _find(connection, name)
        stored = row.password if row is not None and row.password else secrets.token_hex()
        return hashlib.sha256(stored.encode()).digest()

    def make_link(self, name: str) -> str:
        """The token of a new one-time link to set a password; earlier ones are void.

        Raises:
            PeopleError: there is no such person.
        """
        with self.database.writing() as connection:
            return _make_link(connection, _require(connection, name).key)

    def make_first_link(self) -> str | None:
        """The token of a one-time link that makes the first account; None when there is one."""
        with self.database.writing() as connection:
            if connection.scalar(select(exists().select_from(PEOPLE))):
                return None
            return _make_link(connection, None)

    def open_link(self, token: str) -> OpenLink | None:
        """What a link is good for; None when it is spent, too old or was never given."""
        with self.database.reading() as connection:
            return _open_link(connection, token)

    def enter(self, token: str, password: str, name: str | None = None) -> Person:
        """Spend a link: set the password of its person, or make the first account, an admin.

        Raises:
            PeopleError: the link is spent or too old; name or password cannot be one.
        """
        link = self.open_link(token)
        if link is None:
            raise PeopleError(SPENT_LINK)
        shown = link.name if link.name is not None else read_name(name or "")
        check_new_password(password, shown)
        hashed = hash_password(password)
        with self.database.writing() as connection:
            # Of two who use one link at once, the first deletes it and comes in.
            used = delete(ENTRY_LINKS).where(ENTRY_LINKS.c.token_hash == hash_token(token))
            if not connection.execute(used).rowcount:
                raise PeopleError(SPENT_LINK)
            if link.name is None:
                _add(connection, shown, "admin", hashed)
            else:
                _set_password(connection, fold_name(shown), hashed)
        return Person(shown, link.role)


SPENT_LINK = (
    "this link was used already, or is too old. Ask an admin for a new one "
    "('marsad users link NAME' on the server prints one)."
)


def fold_name(name: str) -> str:
    """The name's key: equal for names that differ in case, composition or outer spaces."""
    composed = unicodedata.normalize("NFKC", " ".join(name.split()))
    return unicodedata.normalize("NFKC", composed.casefold())


def read_name(name: str) -> str:
    """The name as it is shown.

    Raises:
        PeopleError: it is empty, too long, or has signs that do not show.
    """
    shown = unicodedata.normalize("NFC", " ".join(name.split()))
    if not shown:
        raise PeopleError("the name is empty. Give the one that decisions are to be signed with.")
    if len(shown) > MAX_NAME_SIGNS:
        raise PeopleError(f"the name has {len(shown)} signs; at most {MAX_NAME_SIGNS} are taken.")
    for sign in shown:
        # Categories C…: controls, marks that turn the direction, halves of pairs.
        if unicodedata.category(sign).startswith("C"):
            raise PeopleError(
                f"the name has a sign that does not show (U+{ord(sign):04X}). Leave it out."
            )
    if not any(sign.isalnum() for sign in shown):
        raise PeopleError(f"the name {shown!r} has no letter.")
    return shown


def read_role(role: str) -> Role:
    """The role of this name.

    Raises:
        PeopleError: there is none.
    """
    for known in ROLES:
        if role == known:
            return known
    raise PeopleError(f"there is no role {role!r}: a person is viewer, coder or admin.")


def lower_role(one: Role, other: Role) -> Role:
    """The one of two roles that may do less."""
    return min(one, other, key=ROLES.index)


def hash_token(token: str) -> str:
    """What is kept of a token. It has 256 random bits: nothing slower than SHA-256 is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_token() -> str:
    """256 random bits, fit for an address and a cookie."""
    return secrets.token_urlsafe(32)


def require_person(connection: Connection, name: str) -> str:
    """The key of the person of this name.

    Raises:
        PeopleError: there is none.
    """
    return str(_require(connection, name).key)


def _find(connection: Connection, name: str) -> Any:
    # A name that UTF-8 cannot write is nobody's.
    key = fold_name(name).encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")
    return connection.execute(select(PEOPLE).where(PEOPLE.c.key == key)).one_or_none()


def _require(connection: Connection, name: str) -> Any:
    row = _find(connection, name)
    if row is None:
        raise PeopleError(f"there is nobody named {name!r}. 'marsad users list' lists all.")
    return row


def _add(connection: Connection, name: str, role: Role, password: str | None) -> None:
    if _find(connection, name) is not None:
        raise PeopleError(f"there is already an account {name!r}. Take another name.")
    connection.execute(
        insert(PEOPLE).values(
            key=fold_name(name),
            name=name,
            role=role,
            password=password,
            created_at=format_time(datetime.now(UTC)),
        )
    )


def _set_password(connection: Connection, key: str, hashed: str) -> None:
    connection.execute(update(PEOPLE).where(PEOPLE.c.key == key).values(password=hashed))
    for table in (SESSIONS, ENTRY_LINKS):
        connection.execute(delete(table).where(table.c.person == key))


def _require_other_admin(connection: Connection, key: str, what: str) -> None:
    admins = select(PEOPLE.c.key).where(PEOPLE.c.role == "admin").order_by(PEOPLE.c.key)
    # Locked: two who remove each other at once take turns, and the second is refused.
    if not set(connection.scalars(admins.with_for_update())) - {key}:
        raise PeopleError(f"the last admin cannot be {what}. Make somebody else one first.")


def _make_link(connection: Connection, key: str | None) -> str:
    mine = ENTRY_LINKS.c.person.is_(None) if key is None else ENTRY_LINKS.c.person == key
    connection.execute(delete(ENTRY_LINKS).where(mine))
    token = new_token()
    ends = format_time(datetime.now(UTC) + timedelta(hours=LINK_HOURS))
    connection.execute(
        insert(ENTRY_LINKS).values(token_hash=hash_token(token), person=key, expires_at=ends)
    )
    return token


def _open_link(connection: Connection, token: str) -> OpenLink | None:
    links = ENTRY_LINKS.c
    query = (
        select(links.person, PEOPLE.c.name, PEOPLE.c.role)
        .select_from(ENTRY_LINKS.outerjoin(PEOPLE, PEOPLE.c.key == links.person))
        .where(
            links.token_hash == hash_token(token),
            links.expires_at > format_time(datetime.now(UTC)),
        )
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    if row.person is not None:
        return OpenLink(row.name, row.role)
    if connection.scalar(select(exists().select_from(PEOPLE))):
        return None
    return OpenLink(None, "admin")


def _accounts() -> Select[Any]:
    sessions = select(func.count()).where(SESSIONS.c.person == PEOPLE.c.key)
    seen = select(func.max(SESSIONS.c.seen_at)).where(SESSIONS.c.person == PEOPLE.c.key)
    tokens = select(func.count()).where(API_TOKENS.c.person == PEOPLE.c.key)
    return select(
        PEOPLE,
        sessions.scalar_subquery().label("sessions"),
        seen.scalar_subquery().label("seen"),
        tokens.scalar_subquery().label("tokens"),
    ).order_by(PEOPLE.c.key)


def _account(row: Any) -> Account:
    return Account(
        name=row.name,
        role=row.role,
        created_at=row.created_at,
        has_password=row.password is not None,
        seen_on=row.seen[:10] if row.seen else None,
        sessions=row.sessions,
        tokens=row.tokens,
    )
