"""The way in and out of the process: arguments in, an exit code out."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from marsad.cli.application import app
from marsad.cli.voice import EXIT_INTERRUPTED, EXIT_NOTHING_DONE, complain, leave_stdout, say
from marsad.errors import MarsadError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    # Being told to end is the same as Ctrl-C: unfinished files go, one line says so.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    _open_closed_streams()
    code = run(arguments)
    if code == EXIT_INTERRUPTED:
        # An interrupt that fell into exec(), as dataclasses use it, makes Python end itself by
        # the signal although it was caught: the caller would not see our code.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _open_closed_streams() -> None:
    """Give a process that was started with closed streams (`>&-`) empty ones, to its end."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115


def run(arguments: Sequence[str] | None) -> int:
    """Run a command; its exit code, whatever happened."""
    try:
        result = app(args=arguments, prog_name="marsad", standalone_mode=False)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):
        # SystemExit: out of standalone mode, typer raises it for a closed pipe and nothing else.
        leave_stdout()
        return 0
    except (KeyboardInterrupt, typer.Abort):
        result = EXIT_INTERRUPTED
    except MarsadError as error:
        complain(str(error))
        return EXIT_NOTHING_DONE
    except OSError as error:
        complain(f"cannot write {error.filename or 'the output'}: {error.strerror or error}")
        return EXIT_NOTHING_DONE
    except typer.TyperException as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # its message is the help
            say(error.format_message())
            return EXIT_NOTHING_DONE
        complain(f"{error.format_message()} Try 'marsad --help'.")
        return EXIT_NOTHING_DONE
    except MemoryError:
        complain("out of memory. Give fewer or smaller reports at once.")
        return EXIT_NOTHING_DONE
    if result == EXIT_INTERRUPTED:
        complain("stopped")
    return result if isinstance(result, int) else 0
