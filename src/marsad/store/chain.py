"""The chain: every ledger row carries the hash of the row before it.

A row's hash is the SHA-256 of the hash before it, the table's name and every
column but the hash itself, as one canonical JSON array. Changing, removing,
adding or moving a row breaks the chain at that row (Haber and Stornetta 1991,
"How to time-stamp a digital document").
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from marsad.store.schema import LEDGER_HEAD

# What the first row of a ledger carries as the hash before it.
GENESIS = hashlib.sha256(b"marsad ledger, version 1").hexdigest()


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no spaces: equal values give equal text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_text(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def hash_row(table: Table, values: Mapping[str, Any]) -> str:
    """The hash of a row, from its columns in the table's order; `row_hash` itself left out."""
    cells = [values.get(c.name) for c in table.columns if c.name != "row_hash"]
    return sha256_text(canonical_json([table.name, *cells]))


def format_time(moment: datetime) -> str:
    """UTC, ISO 8601, always with microseconds, so that text order is time order."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def storable(text: str) -> str:
    """PostgreSQL's text holds no NUL; in JSON bodies it is escaped anyway."""
    return text.replace("\x00", "\\u0000")


class ChainEnd:
    """The end of the chain, held for one transaction. All rows of it get one time."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        # On PostgreSQL this row is the lock that writers take turns on.
        head = connection.execute(select(LEDGER_HEAD).with_for_update()).one()
        self.seq: int = head.seq
        self.row_hash: str = head.row_hash
        self._closed_at: int = head.seq
        # Never before the last row, even when the clock was set back.
        self.now: str = max(format_time(datetime.now(UTC)), head.stored_at)

    def append(self, table: Table, values: Mapping[str, Any]) -> int:
        """Write a row at the end; returns its place."""
        return self.append_all(table, [values])

    def append_all(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> int:
        """Write rows at the end, in their order; returns the place of the last."""
        written = []
        for values in rows:
            self.seq += 1
            row = {
                **values,
                "seq": self.seq,
                "stored_at": self.now,
                "prev_hash": self.row_hash,
            }
            self.row_hash = row["row_hash"] = hash_row(table, row)
            written.append(row)
        if written:
            self.connection.execute(insert(table), written)
        return self.seq

    def close(self) -> None:
        """Move the head to the last row written."""
        if self.seq == self._closed_at:
            return
        self.connection.execute(
            update(LEDGER_HEAD).values(seq=self.seq, stored_at=self.now, row_hash=self.row_hash)
        )
        self._closed_at = self.seq
