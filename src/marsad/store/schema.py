"""The tables of the ledger.

Four ledger tables share one chain: every row has a place in it (`seq`, from 1,
without gaps over all four), the hash of the row before (`prev_hash`) and its own
(`row_hash`). Rows are appended and never changed. All columns are text or whole
numbers, so that SQLite and PostgreSQL give back the very bytes that were hashed.

    reports      one text as received, or a later version of it
    coding_runs  one reading of a report by one coder, or its failure
    claims       what a run read
    judgements   what a rule or a person decided

`raw_documents` holds the bytes that reports were read from, under their SHA-256.
`ledger_head` says where the chain ends, so that rows cut off its end are missed.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.sql.schema import SchemaItem

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by an INTEGER primary key and by no other.
SEQ = BigInteger().with_variant(Integer, "sqlite")
HASH = String(64)


def _chained(name: str, *columns: SchemaItem) -> Table:
    return Table(
        name,
        METADATA,
        Column("seq", SEQ, primary_key=True, autoincrement=False),
        Column("stored_at", Text, nullable=False),
        *columns,
        Column("prev_hash", HASH, nullable=False),
        Column("row_hash", HASH, nullable=False),
    )


RAW_DOCUMENTS = Table(
    "raw_documents",
    METADATA,
    Column("sha256", HASH, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

REPORTS = _chained(
    "reports",
    Column("report_id", Text, nullable=False),
    # SHA-256 of `body`: the same report twice is one row, a changed one a new row.
    Column("body_hash", HASH, nullable=False),
    Column("supersedes", SEQ, ForeignKey("reports.seq")),
    Column("origin", Text, nullable=False),
    Column("retrieved_at", Text, nullable=False),
    Column("raw_hash", HASH, ForeignKey("raw_documents.sha256")),
    Column("body", Text, nullable=False),
    UniqueConstraint("report_id", "body_hash"),
    Index("ix_reports_supersedes", "supersedes"),
)

CODING_RUNS = _chained(
    "coding_runs",
    Column("report_seq", SEQ, ForeignKey("reports.seq"), nullable=False),
    Column("coder_version", Text, nullable=False),
    Column("config_hash", HASH, nullable=False),
    Column("failure", Text),
    Column("claims", Integer, nullable=False),
    Column("judgements", Integer, nullable=False),
    CheckConstraint("claims >= 0 AND judgements >= 0", name="counts"),
    Index("ix_coding_runs_report_seq", "report_seq"),
)

CLAIMS = _chained(
    "claims",
    Column("run_seq", SEQ, ForeignKey("coding_runs.seq"), nullable=False),
    Column("claim_id", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_claims_run_seq", "run_seq"),
    Index("ix_claims_claim_id", "claim_id"),
)

JUDGEMENTS = _chained(
    "judgements",
    # The run whose coder decided; null for a person's decision.
    Column("run_seq", SEQ, ForeignKey("coding_runs.seq")),
    Column("judgement_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("undoes", SEQ, ForeignKey("judgements.seq")),
    Column("body", Text, nullable=False),
    Index("ix_judgements_run_seq", "run_seq"),
    Index("ix_judgements_undoes", "undoes"),
)

# One row. The lock that appending takes, and the end of the chain.
LEDGER_HEAD = Table(
    "ledger_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", SEQ, nullable=False),
    Column("stored_at", Text, nullable=False),
    Column("row_hash", HASH, nullable=False),
    CheckConstraint("id = 1", name="one_row"),
)

CHAINED = (REPORTS, CODING_RUNS, CLAIMS, JUDGEMENTS)
