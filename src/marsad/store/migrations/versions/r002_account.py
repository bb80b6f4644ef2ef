"""The account: tellings, links, incidents and their versions; words and areas to search."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from marsad.errors import LedgerError
from marsad.store.indexes import index_decisions, index_reports, make_index_tables

revision = "002"
down_revision = "001"
branch_labels = None
depends_on = None

SEQ = sa.BigInteger().with_variant(sa.Integer, "sqlite")
WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
OUTCOMES = ("killed", "injured", "detained", "abducted", "missing", "displaced")


def upgrade() -> None:
    """Make the tables of the account, and the indexes of what the ledger holds already."""
    op.create_index("ix_reports_supersedes", "reports", ["supersedes"])
    op.create_index("ix_judgements_undoes", "judgements", ["undoes"])
    _make_tellings()
    _make_incidents()
    _make_versions()
    connection = op.get_bind()
    make_index_tables(connection)
    index_reports(connection)
    index_decisions(connection)


def _make_tellings() -> None:
    op.create_table(
        "tellings",
        _word("telling_id"),
        _word("report_id"),
        sa.Column("report_seq", SEQ, nullable=False),
        sa.Column("run_seq", SEQ, nullable=False),
        sa.Column("incident_id", WORD),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("telling_id", name="pk_tellings"),
    )
    _index("tellings", "report_id")
    _index("tellings", "run_seq")
    _index("tellings", "incident_id")
    op.create_table(
        "telling_blocks",
        _word("key"),
        _word("telling_id"),
        sa.PrimaryKeyConstraint("key", "telling_id", name="pk_telling_blocks"),
        sqlite_with_rowid=False,
    )
    _index("telling_blocks", "telling_id")
    op.create_table(
        "links",
        _word("a"),
        _word("b"),
        sa.Column("total", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("a", "b", name="pk_links"),
        sa.CheckConstraint("a < b", name="ck_links_ordered"),
    )
    _index("links", "b")
    _index("links", "total")
    op.create_table(
        "decision_targets",
        _word("report_id"),
        sa.Column("decision_seq", SEQ, nullable=False),
        sa.PrimaryKeyConstraint("report_id", "decision_seq", name="pk_decision_targets"),
    )


def _make_incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("num", SEQ, nullable=False),
        *map(_word, ("incident_id", "event_type", "status")),
        sa.Column("reviewed", sa.Integer, nullable=False),
        *_maybe(WORD, "start_day", "end_day"),
        *map(_word, ("rising", "falling")),
        *_maybe(WORD, "country", "place", "admin1"),
        *map(_word, ("parties", "party_ids")),
        *(sa.Column(name, SEQ, nullable=False) for name in ("changed_seq", "killed", "injured")),
        *_maybe(SEQ, *(f"{o}_{end}" for o in OUTCOMES for end in ("low", "best", "high"))),
        *_maybe(sa.Float(), "latitude", "longitude", "x", "y", "z"),
        *_maybe(sa.Float(), "west", "south", "east", "north"),
        *_maybe(WORD, "precision"),
        sa.PrimaryKeyConstraint("num", name="pk_incidents"),
        sa.UniqueConstraint("incident_id", name="uq_incidents_incident_id"),
    )
    for column in ("rising", "falling", "changed_seq"):
        op.create_index(f"ix_incidents_{column}", "incidents", [column, "incident_id", "status"])
    toll = ["killed", "injured", "incident_id", "status"]
    op.create_index("ix_incidents_toll", "incidents", toll)
    for column in ("country", "place", "admin1"):
        _index("incidents", column)
    op.create_table(
        "incident_bodies",
        sa.Column("num", SEQ, autoincrement=False, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("num", name="pk_incident_bodies"),
    )


def _make_versions() -> None:
    op.create_table(
        "incident_versions",
        sa.Column("number", SEQ, autoincrement=False, nullable=False),
        sa.Column("seq", SEQ, nullable=False),
        _word("at"),
        _word("incident_id"),
        sa.Column("change", sa.Text, nullable=False),
        *_maybe(sa.Text(), "body", "words"),
        sa.PrimaryKeyConstraint("number", name="pk_incident_versions"),
    )
    op.create_index(
        "ix_incident_versions_incident_id", "incident_versions", ["incident_id", "number"]
    )
    _index("incident_versions", "seq")
    _index("incident_versions", "at")
    state = op.create_table(
        "account_state",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("rules", sa.Text),
        sa.Column("built_to", SEQ, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account_state"),
        sa.CheckConstraint("id = 1", name="ck_account_state_one_row"),
    )
    op.bulk_insert(state, [{"id": 1, "rules": None, "built_to": 0}])


def _word(name: str) -> sa.Column[str]:
    return sa.Column(name, WORD, nullable=False)


def _maybe(kind: Any, *names: str) -> Iterator[sa.Column[Any]]:
    return (sa.Column(name, kind) for name in names)


def _index(table: str, column: str) -> None:
    op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    """A ledger is never taken down by the program."""
    raise LedgerError("a ledger is never taken down. Restore an older database from its backup.")
