"""`marsad verify` and `marsad rebuild`: whether the ledger is as written; its account anew."""

from __future__ import annotations

import typer

from marsad.cli.application import app
from marsad.cli.ledger import open_settings_ledger
from marsad.cli.voice import EXIT_PARTLY, complain, show_percent


@app.command()
def verify() -> None:
    """Check the ledger; name the first row that was altered."""
    from marsad.publish.ledger.receipts import verdict_words
    from marsad.store.verify import verify as walk

    with open_settings_ledger() as ledger:
        verdict = walk(ledger.database)
    fault = None if verdict.fault is None else str(verdict.fault)
    words = verdict_words(verdict.rows, verdict.evidence, fault)
    if fault is not None:
        complain(words)
        raise typer.Exit(EXIT_PARTLY)
    print(words)


@app.command()
def rebuild() -> None:
    """Make the account anew; the ledger stays as it is."""
    from marsad.records import IncidentFilter
    from marsad.workflow.rebuild import rebuild as make_anew

    with open_settings_ledger() as ledger:
        with show_percent("rebuilding") as progress:
            make_anew(ledger, progress)
        rows, _ = ledger.end()
        found = ledger.count_incidents(IncidentFilter())
    print(f"{found:,} incidents made anew from {rows:,} rows of the ledger")
