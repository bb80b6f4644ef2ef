"""People: accounts, sessions, tokens, one-time links, attempts to sign in, blind answers."""

import sqlalchemy as sa
from alembic import op

from marsad.errors import LedgerError

revision = "005"
down_revision = "004"
branch_labels = None
depends_on = None

WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
HASH = sa.String(64)


def upgrade() -> None:
    """Make the tables of people."""
    op.create_table(
        "people",
        sa.Column("key", WORD, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("password", sa.Text),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_people"),
        _known_role("people"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", HASH, nullable=False),
        sa.Column("person", WORD, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        *_of_a_person("sessions"),
    )
    op.create_table(
        "api_tokens",
        sa.Column("token_hash", HASH, nullable=False),
        sa.Column("person", WORD, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("used_on", sa.Text),
        *_of_a_person("api_tokens"),
        _known_role("api_tokens"),
    )
    op.create_table(
        "entry_links",
        sa.Column("token_hash", HASH, nullable=False),
        sa.Column("person", WORD),
        sa.Column("expires_at", sa.Text, nullable=False),
        *_of_a_person("entry_links"),
    )
    for table in ("sessions", "api_tokens", "entry_links"):
        op.create_index(f"ix_{table}_person", table, ["person"])
    op.create_table(
        "sign_in_attempts",
        sa.Column("key_hash", HASH, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name="pk_sign_in_attempts"),
    )
    op.create_table(
        "blind_answers",
        *(sa.Column(name, WORD, nullable=False) for name in ("person", "item_kind", "item_key")),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("answered_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("person", "item_kind", "item_key", name="pk_blind_answers"),
    )
    op.create_index("ix_blind_answers_item", "blind_answers", ["item_kind", "item_key"])


def _of_a_person(table: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("token_hash", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(
            ["person"], ["people.key"], name=f"fk_{table}_person", ondelete="CASCADE"
        ),
    ]


def _known_role(table: str) -> sa.CheckConstraint:
    return sa.CheckConstraint("role IN ('viewer', 'coder', 'admin')", name=f"ck_{table}_role")


def downgrade() -> None:
    """A ledger is never taken down by the program."""
    raise LedgerError("a ledger is never taken down. Restore an older database from its backup.")
