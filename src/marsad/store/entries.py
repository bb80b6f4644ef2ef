"""What goes into the ledger with a report, and what comes back out of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from marsad.records import Claim, CodedReport, Decision, Report

# Stands for a coder's configuration in the runs that hold what persons read.
PERSON_HASH = hashlib.sha256(b"person").hexdigest()


@dataclass(frozen=True)
class CoderName:
    """Which coder read: its version, and the hash of all it was set up with."""

    version: str
    config_hash: str


@dataclass(frozen=True)
class Receipt:
    """Where a report came from: `origin` (path, URL, standard input), when, in which bytes."""

    origin: str
    retrieved_at: datetime
    raw: bytes | None = None


@dataclass(frozen=True)
class Kept:
    """What an append did: the rows' places in the chain; None for what was there already.

    `is_version`: the report is new under an id that had another text before.
    """

    report_seq: int
    run_seq: int | None
    new_report: bool
    is_version: bool = False


def name_person(name: str) -> CoderName:
    """The coder that a person is who adds a claim."""
    return CoderName(f"person {name}", PERSON_HASH)


@dataclass(frozen=True)
class Added:
    """A claim that a person read, and the decision by which it counts.

    `report_seq` is the version of the report that it was read in.
    """

    claim: Claim
    decision: Decision
    report_seq: int


@dataclass(frozen=True)
class ReadVersion:
    """The version of a report that counts, and the run that read it; `by_person`: no coder did."""

    report_seq: int
    run_seq: int
    by_person: bool


@dataclass(frozen=True)
class Reading:
    """A report of the ledger and what its latest reading found."""

    report_seq: int
    run_seq: int
    stored_at: str
    origin: str
    coded: CodedReport


@dataclass(frozen=True)
class StoredReport:
    """One version of a report, its place in the ledger, and how it came there."""

    seq: int
    report: Report
    stored_at: str
    origin: str
    retrieved_at: str
    supersedes: int | None = None


@dataclass(frozen=True)
class StoredTelling:
    """A telling as `incidents` wrote it, the rows it was read from, the incident it is of."""

    telling_id: str
    report_id: str
    report_seq: int
    run_seq: int
    incident_id: str | None
    body: str
