"""The command line: the only code that prints.

Reads   arguments, files, standard input and URLs, through `workflow`.
Writes  results to standard output or a file, everything else to standard error.
Never   shows a traceback for bad input: one line says what was wrong.

Exit codes: 0 all coded; 1 some reports failed, others were coded; 2 wrong usage or
nothing could be coded; 130 stopped by Ctrl-C. Heavy imports stand in the commands, so that
`--help` and `schema` answer at once.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from enum import StrEnum
from io import UnsupportedOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from marsad.errors import MarsadError

if TYPE_CHECKING:
    from pydantic import BaseModel

    from marsad.places.gazetteer import Gazetteer

EXIT_NOTHING_DONE = 2
EXIT_INTERRUPTED = 130

app = typer.Typer(
    name="marsad",
    help="Turn news reports about political violence into accountable incident records.",
    epilog="Start with: marsad code REPORT.html",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
places_app = typer.Typer(no_args_is_help=True, help="Look up places, or import more of them.")
app.add_typer(places_app, name="places")


class OutputFormat(StrEnum):
    """What `marsad code` prints."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    html = "html"


class SchemaName(StrEnum):
    """The records whose JSON Schema can be printed."""

    report = "report"
    claim = "claim"
    incident = "incident"
    coded_report = "coded-report"


class CodebookTable(StrEnum):
    """The tables of the codebook."""

    events = "events"
    actors = "actors"
    crosswalk = "crosswalk"


def _show_version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        print(f"marsad {version('marsad')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
) -> None:
    """Turn news reports about political violence into accountable incident records."""


@app.command()
def code(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE",
            help="Files (HTML, text, JSONL), folders, URLs, or - for standard input.",
            show_default=False,
        ),
    ],
    output_format: Annotated[
        OutputFormat,
        typer.Option("--format", "-f", help="text for a person; json, jsonl, html to keep."),
    ] = OutputFormat.text,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Write to this file, whole or not at all.", show_default=False
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM-DD",
            help="Publication date: over a page's own, and for JSONL lines without one.",
            show_default=False,
        ),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option(
            help="ISO 639-1 code of the reports' language, instead of guessing.", show_default=False
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(help="Installed spaCy English pipeline to read with.", show_default=False),
    ] = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Say why each claim was read so (text and html)."),
    ] = False,
    names: Annotated[
        bool,
        typer.Option("--names", help="Show private persons' names in text and html too."),
    ] = False,
) -> None:
    """Read reports and print their claims and incidents.

    Every value keeps the words it was read from and who said them.
    """
    if explain and output_format in (OutputFormat.json, OutputFormat.jsonl):
        raise typer.BadParameter(
            "it needs --format text or html; the record has no place for it.",
            param_hint="--explain",
        )
    from marsad.batch import Job, run_job
    from marsad.settings import load_settings

    job = Job(
        sources=tuple(sources),
        output_format=output_format.value,
        output=output,
        published=_read_day(published),
        language=language,
        model=model,
        explain=explain,
        names=names,
        columns=_columns(),
    )
    settings = load_settings()
    _gazetteer().close()
    if "-" in sources and sys.stdin.isatty():
        _say("marsad: reading from the keyboard; end with Ctrl-D")
    raise typer.Exit(run_job(job, settings=settings, tell=_complain))


def _read_day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no date; write it like 2024-12-26.", param_hint="--published"
        ) from None


@app.command()
def schema(
    name: Annotated[SchemaName, typer.Argument(help="Which record.")] = SchemaName.coded_report,
) -> None:
    """Print the JSON Schema of a record."""
    import json

    from marsad import records

    models: dict[SchemaName, type[BaseModel]] = {
        SchemaName.report: records.Report,
        SchemaName.claim: records.Claim,
        SchemaName.incident: records.Incident,
        SchemaName.coded_report: records.CodedReport,
    }
    body = models[name].model_json_schema(mode="serialization")
    print(
        json.dumps(
            {"$schema": "https://json-schema.org/draft/2020-12/schema", **body},
            indent=2,
            ensure_ascii=False,
        )
    )


@app.command()
def codebook(
    table: Annotated[CodebookTable, typer.Argument(help="Which table.")] = CodebookTable.events,
) -> None:
    """Print the codes that marsad uses and what they mean."""
    from marsad.codebook.event_types import load_event_types
    from marsad.publish.tables import render_table

    heads, rows = _codebook_rows(table)
    print(render_table(heads, rows, columns=max(_columns(), 100)), end="")
    if table is CodebookTable.crosswalk:
        print("\nWhat a crosswalk loses")
        for entry in load_event_types().values():
            if entry.crosswalk.loss:
                print(f"  {entry.code}: {entry.crosswalk.loss}")


def _codebook_rows(table: CodebookTable) -> tuple[Sequence[str], list[tuple[str, ...]]]:
    from marsad.codebook.actors import load_actors
    from marsad.codebook.event_types import load_event_types

    types = load_event_types().values()
    if table is CodebookTable.events:
        return ("code", "label", "definition"), [(t.code, t.label, t.definition) for t in types]
    if table is CodebookTable.crosswalk:
        heads = ("code", "ACLED", "PLOVER", "CAMEO", "UCDP")
        return heads, [
            (
                t.code,
                t.crosswalk.acled_sub_event,
                f"{t.crosswalk.plover_type} {t.crosswalk.plover_mode}",
                t.crosswalk.cameo_code or t.crosswalk.cameo_root,
                t.crosswalk.ucdp,
            )
            for t in types
        ]
    actors = sorted(load_actors(), key=lambda actor: (actor.country or "", actor.name))
    return ("id", "name", "kind", "country"), [
        (actor.id, actor.name, actor.kind, actor.country or "") for actor in actors
    ]


@places_app.command("find")
def find_place(
    name: Annotated[str, typer.Argument(help="A place name, in any common spelling.")],
    limit: Annotated[int, typer.Option(min=1, max=500, help="At most this many rows.")] = 10,
) -> None:
    """Show what a name may stand for, best match first."""
    from marsad.publish.tables import render_table

    found = _gazetteer().find(name, limit=limit)
    if not found:
        _fail(f"no place called {name!r}. 'marsad places import' adds a GeoNames dump.")
    heads = ("name", "admin1", "country", "feature", "population", "latitude", "longitude")
    rows = [
        (
            entry.name,
            entry.admin1 or "",
            entry.country or "",
            entry.feature,
            f"{entry.population:,}" if entry.population else "",
            "" if entry.latitude is None else f"{entry.latitude:.4f}",
            "" if entry.longitude is None else f"{entry.longitude:.4f}",
            str(entry.geonameid or ""),
            f"{entry.match:.2f}",
        )
        for entry in found
    ]
    numbers = ("population", "latitude", "longitude", "geonameid", "match")
    table = render_table(
        (*heads, "geonameid", "match"), rows, columns=max(_columns(), 100), right=numbers
    )
    print(table, end="")


@places_app.command("import")
def import_places(
    dump: Annotated[
        Path, typer.Argument(help="A GeoNames dump, such as SY.zip or SY.txt.", metavar="DUMP")
    ],
) -> None:
    """Add the places of a GeoNames dump, villages too, to the gazetteer."""
    from marsad.places.import_dump import import_dump

    _gazetteer().close()
    with _percent(f"importing {dump.name}") as progress:
        report = import_dump(dump, progress=progress)
    print(f"{report.places:,} places imported from {dump.name}, {report.skipped:,} left out")
    if report.bad_lines:
        _complain(f"{report.bad_lines:,} lines of {dump} could not be read")


def _gazetteer() -> Gazetteer:
    from marsad.places.gazetteer import open_gazetteer
    from marsad.settings import load_settings

    path = load_settings().gazetteer_path
    if path.exists():
        return open_gazetteer(path)
    _say(f"marsad: building the gazetteer in {path.parent}, once")
    with _percent("reading places") as progress:
        return open_gazetteer(path, progress)


@contextmanager
def _percent(task: str) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on standard error for (done, total); None when nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        number = bar.add_task(task, total=None)
        yield lambda done, total: bar.update(number, completed=done, total=total)


def _columns() -> int:
    """The screen's width; 80 when there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def _leave_stdout() -> None:
    """Point stdout elsewhere: its reader has gone (`| head`), and nobody is to be told.

    Without this the interpreter's last flush complains.
    """
    with suppress(UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def _complain(message: str) -> None:
    """One line on standard error, whatever the message holds."""
    from marsad.publish.safe_text import one_line

    _say(f"marsad: {one_line(message)}")


def _fail(message: str) -> NoReturn:
    _complain(message)
    raise typer.Exit(EXIT_NOTHING_DONE)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    # Being told to end is the same as Ctrl-C: unfinished files go, one line says so.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _open_closed_streams()
    sys.exit(_main(arguments))


def _open_closed_streams() -> None:
    """Give a process that was started with closed streams (`>&-`) empty ones, to its end."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def _main(arguments: Sequence[str] | None) -> int:
    try:
        result = app(args=arguments, prog_name="marsad", standalone_mode=False)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):
        # SystemExit: out of standalone mode, typer raises it for a closed pipe and nothing else.
        _leave_stdout()
        return 0
    except (KeyboardInterrupt, typer.Abort):
        result = EXIT_INTERRUPTED
    except MarsadError as error:
        _complain(str(error))
        return EXIT_NOTHING_DONE
    except OSError as error:
        _complain(f"cannot write {error.filename or 'the output'}: {error.strerror or error}")
        return EXIT_NOTHING_DONE
    except typer.TyperException as error:
        _complain(f"{error.format_message()} Try 'marsad --help'.")
        return EXIT_NOTHING_DONE
    except MemoryError:
        _complain("out of memory. Give fewer or smaller reports at once.")
        return EXIT_NOTHING_DONE
    if result == EXIT_INTERRUPTED:
        _complain("stopped")
    return result if isinstance(result, int) else 0
