"""`marsad ingest` and `marsad recode`: reports into the ledger, the account brought up to them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.application import app
from marsad.cli.gazetteer import ready_gazetteer
from marsad.cli.ledger import open_settings_ledger
from marsad.cli.moments import read_day
from marsad.cli.voice import (
    EXIT_INTERRUPTED,
    EXIT_NOTHING_DONE,
    EXIT_PARTLY,
    complain,
    fail,
    say,
    screen_columns,
)

if TYPE_CHECKING:
    from marsad.publish.ledger.receipts import IngestCount
    from marsad.records import Change
    from marsad.store.ledger import Ledger
    from marsad.workflow.ingest import Ingested

LanguageOption = Annotated[
    str | None,
    typer.Option(
        help="ISO 639-1 code of the reports' language, instead of guessing.", show_default=False
    ),
]
ModelOption = Annotated[
    str | None, typer.Option(help="Installed spaCy English pipeline.", show_default=False)
]


@app.command()
def ingest(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="Files (HTML, text, JSONL, CSV, feeds, WARC), folders, URLs, or - for standard "
            "input.",
            show_default=False,
        ),
    ],
    columns: Annotated[
        str | None,
        typer.Option(
            metavar="FIELD=COLUMN,…",
            help="Which column holds what, for tables: text=Body,published=Date.",
            show_default=False,
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM-DD",
            help="Publication date: over a page's own, and for rows without one.",
            show_default=False,
        ),
    ] = None,
    language: LanguageOption = None,
    model: ModelOption = None,
) -> None:
    """Read reports into the ledger; bring the account up to them.

    The ledger is the one that MARSAD_DATABASE names, else a file in the data folder. A
    report that is known already changes nothing, so a run that was stopped is simply
    started again.
    """
    day = read_day(published, "--published")
    from marsad.reports.columns import read_column_map
    from marsad.settings import load_settings
    from marsad.workflow import Coder
    from marsad.workflow.ingest import ingest as take_in

    named = None if columns is None else read_column_map(columns)
    settings = load_settings()
    ready_gazetteer().close()
    if "-" in sources and sys.stdin.isatty():
        say("marsad: reading from the keyboard; end with Ctrl-D")
    with open_settings_ledger(create=True) as ledger:
        coder = Coder(settings, model=model)
        run_counted(
            ledger,
            lambda on_item: take_in(
                ledger,
                coder,
                sources,
                published=day,
                language=language,
                columns=named,
                on_item=on_item,
            ),
            nothing=f"nothing to read in {' '.join(sources)}",
        )


@app.command()
def recode(
    report: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID", help="This report; may be given several times.", show_default=False
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All reports of the ledger.")] = False,
    model: ModelOption = None,
) -> None:
    """Read stored reports anew; what older coders read stays on file."""
    if every == bool(report):
        raise typer.BadParameter("say which reports: --report ID, or --all.")
    from marsad.settings import load_settings
    from marsad.workflow import Coder
    from marsad.workflow.find import find_id
    from marsad.workflow.recode import recode as read_anew

    ready_gazetteer().close()
    with open_settings_ledger() as ledger:
        wanted = None
        if report:
            found = [find_id(ledger, given) for given in report]
            for given, (kind, full) in zip(report, found, strict=True):
                if kind != "report":
                    fail(f"{given!r} is {kind} {full}, no report.")
            wanted = [full for _, full in found]
        coder = Coder(load_settings(), model=model)
        run_counted(
            ledger,
            lambda on_item: read_anew(ledger, coder, wanted, on_item),
            nothing="this coder has read these reports already",
            nothing_is_fine=True,
        )


def run_counted(
    ledger: Ledger,
    work: Callable[[Callable[[Ingested], None]], None],
    *,
    nothing: str,
    nothing_is_fine: bool = False,
    unit: str = "report",
) -> None:
    """Do the work, show how far it is, say what came of it; leaves with the exit code."""
    from marsad.publish.ledger.receipts import IngestCount

    def is_old(change: Change) -> bool:
        first = next(iter(ledger.changes(incident=change.incident)), change)
        return first.seq < change.seq

    count = IngestCount(is_old=is_old)
    stopped = False
    try:
        with _progress(count, unit) as on_item:
            work(on_item)
    except KeyboardInterrupt:
        stopped = True
    except BaseException:
        _summarise(ledger, count, unit)  # what was confirmed is kept, whatever ended the run
        raise
    if not count.done and not stopped:
        complain(nothing)
        raise typer.Exit(0 if nothing_is_fine else EXIT_NOTHING_DONE)
    _summarise(ledger, count, unit)
    if stopped:
        kept = "What is counted here is kept" if count.done else "Nothing was taken in yet"
        say(f"{kept}. Run the same command again to go on.")
        raise typer.Exit(EXIT_INTERRUPTED)
    if count.failed:
        raise typer.Exit(EXIT_PARTLY if count.failed < count.done else EXIT_NOTHING_DONE)


def _summarise(ledger: Ledger, count: IngestCount, unit: str) -> None:
    if not count.done:
        return
    from marsad.publish.ledger.receipts import render_ingest_summary
    from marsad.publish.screen import has_colour

    text = render_ingest_summary(
        count,
        database=ledger.database.name,
        unit=unit,
        columns=screen_columns(),
        colour=has_colour(sys.stdout),
    )
    print(text, end="", flush=True)


@contextmanager
def _progress(count: IngestCount, unit: str) -> Iterator[Callable[[Ingested], None]]:
    """What is to be told of each report: it is counted, failures are named, a line moves."""

    def note(item: Ingested) -> None:
        setattr(count, item.outcome, getattr(count, item.outcome) + 1)
        count.add_changes(item.changes)
        if item.error is not None:
            where = item.name if item.line is None else f"{item.name}:{item.line}"
            message = str(item.error)
            complain(message if item.name in message else f"{where}: {message}")

    if not sys.stderr.isatty():
        yield note
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    words = TextColumn(
        f"{{task.completed:.0f}} {unit}s {{task.fields[rate]}}{{task.fields[parts]}}"
    )
    # Standard error is redirected through the display, so that failures stand above the line.
    with Progress(
        SpinnerColumn(), words, TimeElapsedColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task("ingest", total=None, rate="", parts="")

        def note_and_show(item: Ingested) -> None:
            note(item)
            speed = bar.tasks[0].speed
            parts = "".join(
                f" · {number} {label}"
                for number, label in (
                    (count.new + count.version + count.recoded, "read"),
                    (count.known, "already there"),
                    (count.failed, "failed"),
                )
                if number
            )
            rate = f"{speed:.1f}/s" if speed else ""
            bar.update(task, advance=1, rate=rate, parts=parts)

        yield note_and_show
