"""Saved filters: filters with a name, for feeds and newsletters."""

import sqlalchemy as sa
from alembic import op

from marsad.errors import LedgerError

revision = "003"
down_revision = "002"
branch_labels = None
depends_on = None

WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "saved_filters",
        sa.Column("name", WORD, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_saved_filters"),
    )


def downgrade() -> None:
    """A ledger is never taken down by the program."""
    raise LedgerError("a ledger is never taken down. Restore an older database from its backup.")
