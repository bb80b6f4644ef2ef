"""The application that the commands are put on."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

# As a person comes to need them; a command that is not here stands last.
_ORDER = """code ingest incidents show history changes judge filters export verify-export feed
digest subscribers recode verify rebuild serve users schema codebook places""".split()


class _InOrder(TyperGroup):
    """Commands in the order of use."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands."""
        names = super().list_commands(ctx)
        return sorted(names, key=lambda name: _ORDER.index(name) if name in _ORDER else len(_ORDER))


app = typer.Typer(
    cls=_InOrder,
    name="marsad",
    help="Turn news reports about political violence into accountable incident records.",
    epilog="Start with: marsad code REPORT.html, or marsad ingest REPORTS and marsad incidents",
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
