"""The tables of the newsletter: who gets it, what was said in it, what became of each copy.

None is part of the ledger's chain: addresses are personal data and can be taken out.

    newsletter_secret  what addresses are hashed with; one row, made with the first address
    subscribers        an address and the saved filter it asked for
    digests            one account of a period, as it was sent, and the values that it told
    deliveries         a digest for a subscriber: intent before it is handed over, outcome after
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from marsad.store.account_schema import WORD
from marsad.store.schema import HASH, METADATA, SEQ

_MUTABLE = {"mutable": True}

NEWSLETTER_SECRET = Table(
    "newsletter_secret",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("secret", String(64), nullable=False),
    CheckConstraint("id = 1", name="one_row"),
    info=_MUTABLE,
)

SUBSCRIBERS = Table(
    "subscribers",
    METADATA,
    Column("subscriber_id", WORD, primary_key=True),
    # HMAC-SHA256 of the address: it stays when the address goes.
    Column("address_hash", HASH, nullable=False),
    # Null when removed.
    Column("address", Text),
    # The saved filter's name; empty for all incidents.
    Column("filter", WORD, nullable=False),
    Column("state", WORD, nullable=False),
    # SHA-256 of the token that confirms; null when it was used.
    Column("token_hash", HASH),
    Column("token_until", Text),
    Column("asked_at", Text, nullable=False),
    Column("mailed_at", Text),
    Column("changed_at", Text, nullable=False),
    UniqueConstraint("address_hash", "filter"),
    UniqueConstraint("token_hash"),
    Index("ix_subscribers_filter", "filter", "state", "subscriber_id"),
    info=_MUTABLE,
)

DIGESTS = Table(
    "digests",
    METADATA,
    Column("digest_id", WORD, primary_key=True),
    Column("filter", WORD, nullable=False),
    Column("profile", WORD, nullable=False),
    Column("since", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("finished_at", Text),
    # JSON: the mail's parts, and by incident the values that they tell.
    Column("parts", Text, nullable=False),
    Column("told", Text, nullable=False),
    Index("ix_digests_filter", "filter", "made_at"),
    info=_MUTABLE,
)

DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column("digest_id", WORD, ForeignKey("digests.digest_id"), nullable=False),
    Column("subscriber_id", WORD, ForeignKey("subscribers.subscriber_id"), nullable=False),
    Column("state", WORD, nullable=False),
    # Who is at it, and since when.
    Column("sender", WORD, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("tries", SEQ, nullable=False),
    # SHA-256 of the token in this copy that unsubscribes.
    Column("token_hash", HASH),
    Column("reply", Text),
    PrimaryKeyConstraint("digest_id", "subscriber_id"),
    UniqueConstraint("token_hash"),
    Index("ix_deliveries_subscriber_id", "subscriber_id"),
    info=_MUTABLE,
)
