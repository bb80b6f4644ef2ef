"""Batch: everything that one `marsad code` names, coded into one output.

Reads   sources through `workflow`, one at a time.
Writes  to standard output or to a file that is whole or not there.
Never   prints messages itself: it hands them to the command line.

Memory does not grow with the number of reports.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from rich.console import Console

from marsad.errors import ReportError
from marsad.publish.output_file import open_whole
from marsad.publish.screen import has_colour
from marsad.publish.writers import Format, Look, Writer, make_writer
from marsad.records import Report
from marsad.settings import Settings

if TYPE_CHECKING:
    from rich.progress import Progress

    from marsad.publish.view import Explanations
    from marsad.records import CodedReport
    from marsad.workflow import Failure

EXIT_ALL_CODED = 0
EXIT_PARTLY_FAILED = 1
EXIT_NOTHING_DONE = 2

STDOUT_NAME = "-"


@dataclass(frozen=True)
class Job:
    """One run of `marsad code`. `output` None or "-" is standard output."""

    sources: tuple[str, ...]
    output_format: Format
    output: Path | None = None
    published: date | None = None
    language: str | None = None
    model: str | None = None
    explain: bool = False
    names: bool = False
    columns: int = 80

    @property
    def to_stdout(self) -> bool:
        """Whether the result goes to standard output."""
        return self.output is None or str(self.output) == STDOUT_NAME


@dataclass
class _Count:
    coded: int = 0
    failed: int = 0


class _NothingCodedError(Exception):
    """Leaves the output block so that no empty file is written."""


def run_job(job: Job, *, settings: Settings, tell: Callable[[str], None]) -> int:
    """Code everything `job` names; return the exit code. `tell` gets one message a call.

    Raises:
        SettingsError: the model is not installed.
        GazetteerError: the gazetteer cannot be opened or built.
        OSError: the output cannot be written.
    """
    count = _Count()
    try:
        with (
            open_output(job.output, plain=job.output_format == "text") as stream,
            _progress(job) as progress,
        ):
            look = Look(columns=job.columns, colour=has_colour(stream), names=job.names)
            writer = make_writer(job.output_format, stream, look)
            _code_all(job, settings, writer, count, progress, tell)
            if not count.coded:
                raise _NothingCodedError
            writer.finish()
    except _NothingCodedError:
        if not count.failed:
            tell(f"nothing to code in {' '.join(job.sources)}")
        return EXIT_NOTHING_DONE
    if count.failed:
        tell(f"{count.failed} of {count.coded + count.failed} reports could not be coded")
        return EXIT_PARTLY_FAILED
    return EXIT_ALL_CODED


def _code_all(
    job: Job,
    settings: Settings,
    writer: Writer,
    count: _Count,
    progress: Progress | None,
    tell: Callable[[str], None],
) -> None:
    for item in _coded_items(job, settings):
        if isinstance(item, tuple):
            writer.add(*item)
            count.coded += 1
        else:
            count.failed += 1
            writer.skip()
            where = item.name if item.line is None else f"{item.name}:{item.line}"
            message = str(item.error)
            tell(message if item.name in message else f"{where}: {message}")
        if progress is not None:
            task = progress.tasks[0]
            rate = f"{task.speed:.1f}/s" if task.speed else ""
            progress.update(task.id, advance=int(isinstance(item, tuple)), rate=rate)


def _coded_items(
    job: Job, settings: Settings
) -> Iterator[tuple[CodedReport, Explanations | None] | Failure]:
    from marsad.workflow import Coder, Failure, read_sources

    items = read_sources(
        job.sources, published=job.published, language=job.language, settings=settings
    )
    coder = Coder(settings, model=job.model)
    if not job.explain:
        for result in coder.code_many(items):
            yield result if isinstance(result, Failure) else (result, None)
        return
    for item in items:
        if not isinstance(item, Report):
            yield Failure(item.name, item.line, item.error)
            continue
        try:
            yield coder.code_explained(item)
        except ReportError as error:
            yield Failure(item.id, None, error)


@contextmanager
def open_output(output: Path | None, *, plain: bool) -> Iterator[TextIO]:
    """The stream that results go to: a file that is whole or not there, or standard output.

    `output` None or "-" is standard output. `plain` text is in the locale's encoding, with
    "?" for what the terminal cannot show; anything else is UTF-8 whatever the locale.
    """
    if output is not None and str(output) != STDOUT_NAME:
        with open_whole(output) as stream:
            yield stream
        return
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None and plain:
        reconfigure(errors="replace")
    elif reconfigure is not None:
        reconfigure(encoding="utf-8", newline="\n")
    yield sys.stdout


@contextmanager
def _progress(job: Job) -> Iterator[Progress | None]:
    """A progress line on standard error, only for a person who sees nothing else happen."""
    if not sys.stderr.isatty() or (job.to_stdout and sys.stdout.isatty()):
        yield None
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed:.0f} coded {task.fields[rate]}"),
        TimeElapsedColumn(),
    )
    # Standard error is redirected through the display, so that messages stand above the line.
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        progress.add_task("code", total=None, rate="")
        yield progress
