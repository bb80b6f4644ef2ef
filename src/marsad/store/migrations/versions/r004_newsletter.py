"""The newsletter: subscribers, digests as they were sent, and their deliveries."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from marsad.errors import LedgerError

revision = "004"
down_revision = "003"
branch_labels = None
depends_on = None

SEQ = sa.BigInteger().with_variant(sa.Integer, "sqlite")
WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
HASH = sa.String(64)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "newsletter_secret",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_newsletter_secret"),
        sa.CheckConstraint("id = 1", name="ck_newsletter_secret_one_row"),
    )
    _make_subscribers()
    _make_digests()
    _make_deliveries()


def _make_subscribers() -> None:
    op.create_table(
        "subscribers",
        _set("subscriber_id"),
        _set("address_hash", HASH),
        _open("address", sa.Text()),
        _set("filter"),
        _set("state"),
        _open("token_hash", HASH),
        _open("token_until", sa.Text()),
        _set("asked_at", sa.Text()),
        _open("mailed_at", sa.Text()),
        _set("changed_at", sa.Text()),
        sa.PrimaryKeyConstraint("subscriber_id", name="pk_subscribers"),
        sa.UniqueConstraint("address_hash", "filter", name="uq_subscribers_address_hash_filter"),
        sa.UniqueConstraint("token_hash", name="uq_subscribers_token_hash"),
    )
    op.create_index("ix_subscribers_filter", "subscribers", ["filter", "state", "subscriber_id"])


def _make_digests() -> None:
    op.create_table(
        "digests",
        _set("digest_id"),
        _set("filter"),
        _set("profile"),
        *(_set(name, sa.Text()) for name in ("since", "until", "made_at")),
        _open("finished_at", sa.Text()),
        *(_set(name, sa.Text()) for name in ("parts", "told")),
        sa.PrimaryKeyConstraint("digest_id", name="pk_digests"),
    )
    op.create_index("ix_digests_filter", "digests", ["filter", "made_at"])


def _make_deliveries() -> None:
    op.create_table(
        "deliveries",
        _set("digest_id"),
        _set("subscriber_id"),
        _set("state"),
        _set("sender"),
        _set("changed_at", sa.Text()),
        _set("tries", SEQ),
        _open("token_hash", HASH),
        _open("reply", sa.Text()),
        sa.PrimaryKeyConstraint("digest_id", "subscriber_id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(
            ["digest_id"], ["digests.digest_id"], name="fk_deliveries_digest_id"
        ),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscribers.subscriber_id"], name="fk_deliveries_subscriber_id"
        ),
        sa.UniqueConstraint("token_hash", name="uq_deliveries_token_hash"),
    )
    op.create_index("ix_deliveries_subscriber_id", "deliveries", ["subscriber_id"])


def _set(name: str, kind: Any = WORD) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _open(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind)


def downgrade() -> None:
    """A ledger is never taken down by the program."""
    raise LedgerError("a ledger is never taken down. Restore an older database from its backup.")
