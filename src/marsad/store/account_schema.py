"""The tables of the account: computed from the ledger, thrown away and built anew at will.

None is part of the chain. They are written in the same transaction as the ledger
rows that they follow from.

    tellings           one report's account of one incident, as `incidents` keeps it
    telling_blocks     the keys under which a telling is looked for
    links              how much speaks for two tellings being of one incident
    decision_targets   which reports a person's decision is about
    incidents          what incidents are filtered and sorted by; narrow, to be walked fast
    incident_bodies    the incidents themselves
    incident_versions  every change of every incident, and how it stood after it
    account_state      by which rules, and up to which row, the account is built

The words and areas that are searched stand in tables of the database's own kind
(`search`, `area`).
"""

from __future__ import annotations

from typing import get_args

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from marsad.records import Outcome
from marsad.store.schema import METADATA, SEQ

# Sorted by code points on every server, whatever its language.
WORD = Text().with_variant(Text(collation="C"), "postgresql")

TELLINGS = Table(
    "tellings",
    METADATA,
    Column("telling_id", WORD, primary_key=True),
    Column("report_id", WORD, nullable=False),
    Column("report_seq", SEQ, nullable=False),
    Column("run_seq", SEQ, nullable=False),
    Column("incident_id", WORD),
    Column("body", Text, nullable=False),
    Index("ix_tellings_report_id", "report_id"),
    Index("ix_tellings_run_seq", "run_seq"),
    Index("ix_tellings_incident_id", "incident_id"),
)

TELLING_BLOCKS = Table(
    "telling_blocks",
    METADATA,
    Column("key", WORD, nullable=False),
    Column("telling_id", WORD, nullable=False),
    PrimaryKeyConstraint("key", "telling_id"),
    Index("ix_telling_blocks_telling_id", "telling_id"),
    sqlite_with_rowid=False,
)

LINKS = Table(
    "links",
    METADATA,
    Column("a", WORD, nullable=False),
    Column("b", WORD, nullable=False),
    Column("total", Float, nullable=False),
    PrimaryKeyConstraint("a", "b"),
    CheckConstraint("a < b", name="ordered"),
    Index("ix_links_b", "b"),
    Index("ix_links_total", "total"),
)

DECISION_TARGETS = Table(
    "decision_targets",
    METADATA,
    Column("report_id", WORD, nullable=False),
    Column("decision_seq", SEQ, nullable=False),
    PrimaryKeyConstraint("report_id", "decision_seq"),
)

INCIDENTS = Table(
    "incidents",
    METADATA,
    Column("num", SEQ, primary_key=True),
    Column("incident_id", WORD, nullable=False),
    Column("event_type", WORD, nullable=False),
    # As shown: "discounted" also when a person rejected it.
    Column("status", WORD, nullable=False),
    Column("reviewed", Integer, nullable=False),
    Column("start_day", WORD),
    Column("end_day", WORD),
    # The start again, so that undated incidents come last in either order.
    Column("rising", WORD, nullable=False),
    Column("falling", WORD, nullable=False),
    Column("country", WORD),
    # Names as `words` folds them.
    Column("place", WORD),
    Column("admin1", WORD),
    Column("parties", WORD, nullable=False),
    Column("party_ids", WORD, nullable=False),
    Column("changed_seq", SEQ, nullable=False),
    # To sort by: 0 where nothing was told.
    Column("killed", SEQ, nullable=False),
    Column("injured", SEQ, nullable=False),
    # Each outcome under the default policy, null where nothing was told.
    *(Column(f"{o}_{end}", SEQ) for o in get_args(Outcome) for end in ("low", "best", "high")),
    # Where: as degrees, on the unit sphere, and the box of what the words may mean.
    Column("latitude", Float),
    Column("longitude", Float),
    Column("x", Float),
    Column("y", Float),
    Column("z", Float),
    Column("west", Float),
    Column("south", Float),
    Column("east", Float),
    Column("north", Float),
    Column("precision", WORD),
    UniqueConstraint("incident_id"),
    # With the status, so that pages of all incidents are read from the index alone.
    Index("ix_incidents_rising", "rising", "incident_id", "status"),
    Index("ix_incidents_falling", "falling", "incident_id", "status"),
    Index("ix_incidents_toll", "killed", "injured", "incident_id", "status"),
    Index("ix_incidents_changed_seq", "changed_seq", "incident_id", "status"),
    Index("ix_incidents_country", "country"),
    Index("ix_incidents_place", "place"),
    Index("ix_incidents_admin1", "admin1"),
)

INCIDENT_BODIES = Table(
    "incident_bodies",
    METADATA,
    Column("num", SEQ, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)

INCIDENT_VERSIONS = Table(
    "incident_versions",
    METADATA,
    Column("number", SEQ, primary_key=True, autoincrement=False),
    Column("seq", SEQ, nullable=False),
    Column("at", WORD, nullable=False),
    Column("incident_id", WORD, nullable=False),
    Column("change", Text, nullable=False),
    # Null when the incident was withdrawn.
    Column("body", Text),
    Column("words", Text),
    Index("ix_incident_versions_incident_id", "incident_id", "number"),
    Index("ix_incident_versions_seq", "seq"),
    Index("ix_incident_versions_at", "at"),
)

ACCOUNT_STATE = Table(
    "account_state",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("rules", Text),
    Column("built_to", SEQ, nullable=False),
    # How often it was emptied to be built anew: incidents have other numbers then.
    Column("building", Integer, nullable=False, server_default=text("0")),
    CheckConstraint("id = 1", name="one_row"),
)

# Emptied together when the account is built anew.
ACCOUNT = (
    TELLINGS,
    TELLING_BLOCKS,
    LINKS,
    DECISION_TARGETS,
    INCIDENTS,
    INCIDENT_BODIES,
    INCIDENT_VERSIONS,
)
