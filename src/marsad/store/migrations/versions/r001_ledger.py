"""The ledger: reports, coding runs, claims and judgements in one chain."""

import sqlalchemy as sa
from alembic import op

from marsad.errors import LedgerError
from marsad.store.chain import GENESIS

revision = "001"
down_revision = None
branch_labels = None
depends_on = None

SEQ = sa.BigInteger().with_variant(sa.Integer, "sqlite")
HASH = sa.String(64)


def _chained(name: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("seq", SEQ, autoincrement=False),
        sa.Column("stored_at", sa.Text, nullable=False),
        *columns,
        sa.Column("prev_hash", HASH, nullable=False),
        sa.Column("row_hash", HASH, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=f"pk_{name}"),
    )


def upgrade() -> None:
    """Make the tables of the ledger, and its empty head."""
    op.create_table(
        "raw_documents",
        sa.Column("sha256", HASH),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_raw_documents"),
    )
    _chained(
        "reports",
        sa.Column("report_id", sa.Text, nullable=False),
        sa.Column("body_hash", HASH, nullable=False),
        sa.Column("supersedes", SEQ),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("retrieved_at", sa.Text, nullable=False),
        sa.Column("raw_hash", HASH),
        sa.Column("body", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["supersedes"], ["reports.seq"], name="fk_reports_supersedes"),
        sa.ForeignKeyConstraint(["raw_hash"], ["raw_documents.sha256"], name="fk_reports_raw_hash"),
        sa.UniqueConstraint("report_id", "body_hash", name="uq_reports_report_id_body_hash"),
    )
    _chained(
        "coding_runs",
        sa.Column("report_seq", SEQ, nullable=False),
        sa.Column("coder_version", sa.Text, nullable=False),
        sa.Column("config_hash", HASH, nullable=False),
        sa.Column("failure", sa.Text),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("judgements", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["report_seq"], ["reports.seq"], name="fk_coding_runs_report_seq"),
        sa.CheckConstraint("claims >= 0 AND judgements >= 0", name="ck_coding_runs_counts"),
    )
    op.create_index("ix_coding_runs_report_seq", "coding_runs", ["report_seq"])
    _chained(
        "claims",
        sa.Column("run_seq", SEQ, nullable=False),
        sa.Column("claim_id", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["run_seq"], ["coding_runs.seq"], name="fk_claims_run_seq"),
    )
    op.create_index("ix_claims_run_seq", "claims", ["run_seq"])
    op.create_index("ix_claims_claim_id", "claims", ["claim_id"])
    _chained(
        "judgements",
        sa.Column("run_seq", SEQ),
        sa.Column("judgement_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("undoes", SEQ),
        sa.Column("body", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["run_seq"], ["coding_runs.seq"], name="fk_judgements_run_seq"),
        sa.ForeignKeyConstraint(["undoes"], ["judgements.seq"], name="fk_judgements_undoes"),
    )
    op.create_index("ix_judgements_run_seq", "judgements", ["run_seq"])
    head = op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer, autoincrement=False),
        sa.Column("seq", SEQ, nullable=False),
        sa.Column("stored_at", sa.Text, nullable=False),
        sa.Column("row_hash", HASH, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_head"),
        sa.CheckConstraint("id = 1", name="ck_ledger_head_one_row"),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "stored_at": "", "row_hash": GENESIS}])


def downgrade() -> None:
    """A ledger is never taken down by the program."""
    raise LedgerError("a ledger is never taken down. Restore an older database from its backup.")
