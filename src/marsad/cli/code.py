"""`marsad code`: reports in, claims and incidents out; nothing is kept."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from marsad.cli.application import app
from marsad.cli.gazetteer import ready_gazetteer
from marsad.cli.moments import read_day
from marsad.cli.voice import complain, say, screen_columns


class OutputFormat(StrEnum):
    """What `marsad code` prints."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    html = "html"


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
        published=read_day(published, "--published"),
        language=language,
        model=model,
        explain=explain,
        names=names,
        columns=screen_columns(),
    )
    settings = load_settings()
    ready_gazetteer().close()
    if "-" in sources and sys.stdin.isatty():
        say("marsad: reading from the keyboard; end with Ctrl-D")
    raise typer.Exit(run_job(job, settings=settings, tell=complain))
