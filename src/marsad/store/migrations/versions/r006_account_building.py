"""How often the account was built anew, so that what is kept of it in memory can tell."""

import sqlalchemy as sa
from alembic import op

from marsad.errors import LedgerError

revision = "006"
down_revision = "005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the number of the building to the account's state."""
    op.add_column(
        "account_state",
        sa.Column("building", sa.Integer, nullable=False, server_default=sa.text("0")),
    )


def downgrade() -> None:
    """A ledger is never taken down by the program."""
    raise LedgerError("a ledger is never taken down. Restore an older database from its backup.")
