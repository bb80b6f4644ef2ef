"""Find: what an id, or the beginning of one, stands for."""

from __future__ import annotations

import re
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Select, select

from marsad.store.account_schema import INCIDENT_VERSIONS
from marsad.store.chain import storable
from marsad.store.schema import CLAIMS, REPORTS

RecordKind = Literal["incident", "claim", "report"]
MIN_PREFIX = 4
# Ids that we made ourselves: a word, a dash, 16 hexadecimal digits.
_OURS = re.compile(r"(?:(?P<kind>incident|claim|report)-)?(?P<digits>[0-9a-f]{1,16})")


def find_records(
    connection: Connection, given: str, at_most: int = 6
) -> list[tuple[RecordKind, str]]:
    """Incidents, claims and reports with this id; if there are none, those that begin with it.

    Incidents also by ids that they have no more. Without the word before the dash a
    beginning needs four digits.
    """
    name = storable(given.strip())
    exact = [
        (kind, found)
        for kind, column in _COLUMNS
        for found in connection.scalars(_distinct(column, column == name, at_most))
    ]
    ours = _OURS.fullmatch(name)
    if exact or ours is None or (not ours["kind"] and len(ours["digits"]) < MIN_PREFIX):
        return exact
    found: list[tuple[RecordKind, str]] = []
    for kind, column in _COLUMNS:
        if ours["kind"] in (None, kind):
            start = f"{kind}-{ours['digits']}"
            # Between the beginning and its highest continuation: an index can be walked.
            inside = (column >= start) & (column < start + "g")
            found += [(kind, i) for i in connection.scalars(_distinct(column, inside, at_most))]
    return found


_COLUMNS: tuple[tuple[RecordKind, ColumnElement[str]], ...] = (
    ("incident", INCIDENT_VERSIONS.c.incident_id),
    ("claim", CLAIMS.c.claim_id),
    ("report", REPORTS.c.report_id),
)


def _distinct(column: ColumnElement[str], where: ColumnElement[bool], at_most: int) -> Select[str]:
    return select(column).where(where).distinct().order_by(column).limit(at_most)
