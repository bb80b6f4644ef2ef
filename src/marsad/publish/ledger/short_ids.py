"""Short ids: as many signs of an id as tell it from the others.

Reads   ids such as "incident-3f9a21c04be1d7a2".
Writes  "3f9a21c", longer in a larger ledger.
Never   shortens an id that somebody gave: only our own hashes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import ceil, log

_OURS = re.compile(r"(?:incident|claim|report)-([0-9a-f]{16})")
MIN_SIGNS = 7
# One in a hundred that any two records of a ledger share their short id (birthday bound);
# one that is shared is refused with the ids it may stand for.
_RISK = 0.01


def short_id(full: str, signs: int = MIN_SIGNS) -> str:
    """The first signs of an id's hash, as every command takes it."""
    match = _OURS.fullmatch(full)
    return match[1][:signs] if match else full


def signs_needed(records: int, shown: Iterable[str] = ()) -> int:
    """How many signs tell the ids of a ledger of so many records apart, those `shown` surely."""
    signs = MIN_SIGNS
    if records > 1:
        signs = min(16, max(signs, ceil(log(records**2 / 2 / _RISK, 16))))
    ids = set(shown)
    while signs < 16 and len({short_id(full, signs) for full in ids}) < len(ids):
        signs += 1
    return signs
