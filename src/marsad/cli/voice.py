"""The voice: how commands speak to a person, apart from their results.

Reads   the screen's width, and whether somebody watches.
Writes  to standard error, one line a message.
Never   lets through a control character.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import UnsupportedOperation
from typing import NoReturn

import typer

EXIT_PARTLY = 1
EXIT_NOTHING_DONE = 2
EXIT_INTERRUPTED = 130


@contextmanager
def show_percent(task: str) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on standard error for (done, total); None when nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        number = bar.add_task(task, total=None)
        yield lambda done, total: bar.update(number, completed=done, total=total)


def screen_columns() -> int:
    """The screen's width; 80 when there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def leave_stdout() -> None:
    """Point stdout elsewhere: its reader has gone (`| head`), and nobody is to be told.

    Without this the interpreter's last flush complains.
    """
    with suppress(UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(message: str) -> None:
    """A message on standard error, as it is."""
    print(message, file=sys.stderr)


def complain(message: str) -> None:
    """One line on standard error, whatever the message holds."""
    from marsad.publish.safe_text import one_line

    say(f"marsad: {one_line(message)}")


def fail(message: str) -> NoReturn:
    """Say what was wrong and end with exit code 2."""
    complain(message)
    raise typer.Exit(EXIT_NOTHING_DONE)
