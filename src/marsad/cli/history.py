"""`marsad history` and `marsad changes`: how the account came to be what it is."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.application import app
from marsad.cli.ledger import IdArgument, NamesOption, OutputOption, open_account
from marsad.cli.moments import read_moment
from marsad.cli.voice import screen_columns

if TYPE_CHECKING:
    from datetime import datetime


class FeedFormat(StrEnum):
    """What `marsad history` and `marsad changes` print."""

    text = "text"
    jsonl = "jsonl"


FormatOption = Annotated[
    FeedFormat, typer.Option("--format", "-f", help="text for a person; jsonl to keep.")
]


@app.command()
def history(
    record: IdArgument,
    output_format: FormatOption = FeedFormat.text,
    output: OutputOption = None,
    names: NamesOption = False,
) -> None:
    """Tell how an incident's values changed: when, by whom, why."""
    from marsad.batch import open_output
    from marsad.publish.json_output import write_jsonl
    from marsad.publish.ledger.change_log import render_history
    from marsad.publish.screen import has_colour
    from marsad.workflow.dossier import read_history

    with open_account() as ledger:
        dossier, changes = read_history(ledger, record)
    with open_output(output, plain=output_format is FeedFormat.text) as stream:
        if output_format is FeedFormat.jsonl:
            write_jsonl(stream, changes)
            return
        columns, colour = screen_columns(), has_colour(stream)
        stream.write(render_history(dossier, changes, columns=columns, colour=colour, names=names))


@app.command()
def changes(
    since: Annotated[
        str,
        typer.Option(
            metavar="TIME|NUMBER",
            help="After this row of the ledger, or from this time: 17, 2024-12-26, "
            "2024-12-26T18:30Z.",
            show_default=False,
        ),
    ],
    until: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Up to this time; a day to its end.", show_default=False),
    ] = None,
    output_format: FormatOption = FeedFormat.text,
    output: OutputOption = None,
    names: NamesOption = False,
) -> None:
    """List what became of incidents, oldest change first.

    New, changed, merged, split and withdrawn ones.
    Give the last row that you have seen, and you get what came after it.
    """
    from marsad.batch import open_output
    from marsad.publish.json_output import write_jsonl
    from marsad.publish.ledger.change_log import render_changes
    from marsad.publish.screen import has_colour
    from marsad.store.chain import format_time

    start = read_start(since)
    end = read_moment(until, "--until", end_of_day=True)
    last = None if end is None else format_time(end)
    with open_account() as ledger:
        found = (
            change for change in ledger.changes(since=start) if last is None or change.at <= last
        )
        with open_output(output, plain=output_format is FeedFormat.text) as stream:
            if output_format is FeedFormat.jsonl:
                write_jsonl(stream, found)
                return
            columns, colour = screen_columns(), has_colour(stream)
            stream.writelines(render_changes(found, columns=columns, colour=colour, names=names))


def read_start(text: str) -> datetime | int | None:
    """A row of the ledger or a time, as it is typed after --since."""
    if text.isdecimal() and len(text) < 19:
        return int(text)
    return read_moment(text, "--since", end_of_day=False)
