"""`marsad import`: other people's data sets into the ledger, each row as what it says."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.application import app
from marsad.cli.ingest import run_counted
from marsad.cli.ledger import open_settings_ledger
from marsad.cli.voice import fail, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from marsad.workflow.import_data import ImportNotes
    from marsad.workflow.ingest import Ingested

MAX_NAMED_KINDS = 8


class DataFormatName(StrEnum):
    """What the rows are written in."""

    PLOVER = "plover"
    ACLED = "acled"
    CSV = "csv"


@app.command("import")
def import_(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            help="Files of rows, or - for standard input.",
            show_default=False,
        ),
    ],
    format_: Annotated[
        DataFormatName,
        typer.Option("--from", help="What they are written in.", show_default=False),
    ],
    name: Annotated[
        str,
        typer.Option(
            metavar="DATA SET",
            help="What the data set is called: it stands as the outlet of every row.",
            show_default=False,
        ),
    ],
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="COLUMN=FIELD",
            help="Which field a column of a table holds; may be given several times.",
            show_default=False,
        ),
    ] = None,
    licence: Annotated[
        str | None,
        typer.Option(help="The licence of the data, kept with every row.", show_default=False),
    ] = None,
    day_first: Annotated[
        bool | None,
        typer.Option(
            "--day-first/--month-first",
            help="How 03/04/2024 is to be read.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Take in a data set that others coded, row by row, as what it says.

    Each row stands beside the reports that tell of the same incident. A row that is known
    already changes nothing, so a run that was stopped is simply started again.
    """
    from marsad.errors import UnreadableReport
    from marsad.reports.datasets.read import read_columns
    from marsad.reports.datasets.values import clean
    from marsad.settings import load_settings
    from marsad.workflow.import_data import DataSet, ImportNotes, import_data

    called = clean(name)
    if not called:
        raise typer.BadParameter("is empty; say what the data set is called.", param_hint="--name")
    try:
        fields = read_columns(format_.value, tuple(columns or ()))
    except UnreadableReport as error:
        fail(str(error))
    data_set = DataSet(called, format_.value, clean(licence or "") or None, fields, day_first)
    limit = load_settings().max_report_bytes
    notes = ImportNotes()

    with open_settings_ledger(create=True) as ledger:

        def work(on_item: Callable[[Ingested], None]) -> None:
            import_data(ledger, files, data_set, max_bytes=limit, on_item=on_item, notes=notes)

        try:
            run_counted(ledger, work, nothing=f"nothing to import in {' '.join(files)}", unit="row")
        finally:
            _say_notes(notes)


def _say_notes(notes: ImportNotes) -> None:
    """What was kept with less than the data set says."""
    if notes.unknown_kinds:
        many = sum(notes.unknown_kinds.values())
        named = ", ".join(f"{w!r}" for w, _ in notes.unknown_kinds.most_common(MAX_NAMED_KINDS))
        say(f"{many} of a kind that is 'other' here, kept with its own words: {named}")
    if notes.unbounded:
        say(f"{notes.unbounded} kept as claims only: without place, people or parties, or words")
    if notes.denied:
        say(f"{notes.denied} that the data set itself discounts or denies: kept, and not counted")
    if notes.weakened:
        say(
            f"{notes.weakened} numbers with a best between a far low and high: kept as "
            f"'at least' the low; the row's words hold the rest"
        )
