"""Rebuild: the account anew from the ledger, event by event as they came.

Reads   the chain.
Writes  the account, some hundred events at a time; stopped, it goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable

from marsad.store.ledger import Ledger
from marsad.workflow.account import catch_up

# So many events are kept together: few enough that others get their turn.
STEP_EVENTS = 100


def rebuild(ledger: Ledger, progress: Callable[[int, int], None] | None = None) -> None:
    """Make the account anew; `progress` gets (rows gone through, rows of the ledger).

    Raises:
        LedgerError: the ledger cannot be read or written.
    """
    with ledger.writing() as writer:
        writer.account.clear()
    bring_up_to_date(ledger, progress)


def bring_up_to_date(ledger: Ledger, progress: Callable[[int, int], None] | None = None) -> None:
    """Go on building an account that lags behind its ledger."""
    while True:
        with ledger.writing() as writer:
            before = writer.account.built_to
            catch_up(writer, STEP_EVENTS)
            after = writer.account.built_to
            end = writer.seq
        if progress is not None:
            progress(after, end)
        if after == before:
            return
