"""The chain: every ledger row carries the hash of the row before it.

A row's hash is the SHA-256 of the hash before it, the table's name and every
column but the hash itself, as one canonical JSON array. Changing, removing,
adding or moving a row breaks the chain at that row (Haber and Stornetta 1991,
"How to time-stamp a digital document").
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table

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
