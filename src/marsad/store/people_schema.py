"""The tables of people: who may use the desk, and what they answered blind.

They are no part of the chain: people come and go, and what they decided stands in the
ledger under their names.

    people            accounts: name, role, hash of the password
    sessions          who is signed in where
    api_tokens        what programs sign in with
    entry_links       one-time links: to set a password, or to make the first account
    sign_in_attempts  what failed lately, by name, address or browser, each only as a hash
    blind_answers     what two people said of the same thing without seeing each other's answer

Of every secret only a hash is kept: who reads the database cannot sign in with it.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from marsad.store.account_schema import WORD
from marsad.store.schema import HASH, METADATA


def _person(*, nullable: bool = False) -> Column[str]:
    return Column("person", WORD, ForeignKey("people.key", ondelete="CASCADE"), nullable=nullable)


PEOPLE = Table(
    "people",
    METADATA,
    # The name folded, so that two names that look alike are one.
    Column("key", WORD, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    # Null until the person set one.
    Column("password", Text),
    Column("created_at", Text, nullable=False),
    CheckConstraint("role IN ('viewer', 'coder', 'admin')", name="role"),
    info={"mutable": True},
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token_hash", HASH, primary_key=True),
    _person(),
    Column("created_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    # What the browser calls itself, in short, for the person's own list.
    Column("device", Text, nullable=False),
    Index("ix_sessions_person", "person"),
    info={"mutable": True},
)

API_TOKENS = Table(
    "api_tokens",
    METADATA,
    Column("token_hash", HASH, primary_key=True),
    _person(),
    Column("label", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("used_on", Text),
    CheckConstraint("role IN ('viewer', 'coder', 'admin')", name="role"),
    Index("ix_api_tokens_person", "person"),
    info={"mutable": True},
)

ENTRY_LINKS = Table(
    "entry_links",
    METADATA,
    Column("token_hash", HASH, primary_key=True),
    # Null: the link makes the first account.
    _person(nullable=True),
    Column("expires_at", Text, nullable=False),
    Index("ix_entry_links_person", "person"),
    info={"mutable": True},
)

SIGN_IN_ATTEMPTS = Table(
    "sign_in_attempts",
    METADATA,
    Column("key_hash", HASH, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Text, nullable=False),
    info={"mutable": True},
)

BLIND_ANSWERS = Table(
    "blind_answers",
    METADATA,
    # The name as it was, kept also when the account is gone.
    Column("person", WORD, nullable=False),
    Column("item_kind", WORD, nullable=False),
    Column("item_key", WORD, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_at", Text, nullable=False),
    PrimaryKeyConstraint("person", "item_kind", "item_key"),
    Index("ix_blind_answers_item", "item_kind", "item_key"),
    info={"mutable": True},
)
