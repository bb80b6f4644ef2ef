"""Standing: whether the account is that of the whole ledger, by the rules of this marsad.

Reads   what the account says of itself, and whether the ledger goes on after it.
Writes  nothing.
Never   keeps anybody from reading an account that lags: it says that it does.
"""

from __future__ import annotations

from marsad.store.account_tables import AccountTables
from marsad.store.ledger import Ledger
from marsad.workflow.coder_name import name_rules


def describe_lag(ledger: Ledger) -> str | None:
    """What an account lacks and what to do about it; None when it lacks nothing."""
    with ledger.database.reading() as connection:
        tables = AccountTables(connection)
        rules = tables.rules
        lags = bool(tables.events_after(tables.built_to, 1))
    if rules is not None and rules != name_rules():
        return (
            "this account was made by another version of marsad's rules. 'marsad rebuild' makes "
            "it anew."
        )
    if lags:
        return "the account lags behind the ledger. 'marsad rebuild' brings it up to date."
    return None
