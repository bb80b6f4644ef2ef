"""The application that the commands are put on."""

from __future__ import annotations

from typing import Annotated

import typer

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
