"""Find: the one incident, claim or report that a person means."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.errors import UnknownRecord
from marsad.store.find import RecordKind
from marsad.store.ledger import Ledger, Writer


def find_id(ledger: Ledger, given: str) -> tuple[RecordKind, str]:
    """What an id, or the beginning of one, stands for, and its full id.

    Raises:
        UnknownRecord: nothing, or more than one thing.
    """
    return _the_one(ledger.find(given), given)


def find_in(writer: Writer, given: str) -> tuple[RecordKind, str]:
    """The same within a transaction; an incident's old id gives its present one."""
    kind, found = _the_one(writer.account.find(given), given)
    if kind == "incident":
        found = writer.account.present_id(found) or found
    return kind, found


def _the_one(found: Sequence[tuple[RecordKind, str]], given: str) -> tuple[RecordKind, str]:
    if not found:
        raise UnknownRecord(
            f"nothing in the ledger has the id {given!r}. 'marsad incidents' lists incidents; a "
            f"report goes by the id that 'marsad show' prints with it."
        )
    if len(found) > 1:
        shown = ", ".join(f"{kind} {name}" for kind, name in found[:5])
        raise UnknownRecord(f"{given!r} is the beginning of several: {shown}. Give more of it.")
    return found[0]
