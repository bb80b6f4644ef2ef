"""The ledger of the settings, as commands use it, and the options that several of them take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.voice import complain

if TYPE_CHECKING:
    from marsad.store.ledger import Ledger


class PolicyName(StrEnum):
    """How low, best and high are chosen from what sources say."""

    latest_credible = "latest-credible"
    acled_conservative = "acled-conservative"
    ucdp_best = "ucdp-best"
    airwars_range = "airwars-range"


IdArgument = Annotated[
    str,
    typer.Argument(
        metavar="ID",
        help="An incident, claim or report: its id, or enough of it to tell it from others.",
        show_default=False,
    ),
]
PolicyOption = Annotated[PolicyName, typer.Option(help="How low, best and high are chosen.")]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="TIME",
        help="The account as it stood then: 2024-12-26 (that day's end) or 2024-12-26T18:30Z.",
        show_default=False,
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="PATH",
        help="Write to this file, whole or not at all.",
        show_default=False,
    ),
]
NamesOption = Annotated[
    bool, typer.Option("--names", help="Show private persons' names in text too.")
]


@contextmanager
def open_account() -> Iterator[Ledger]:
    """The ledger of the settings, to read the account from; says so where that lags behind."""
    from marsad.workflow.standing import describe_lag

    with open_settings_ledger() as ledger:
        lag = describe_lag(ledger)
        if lag is not None:
            complain(lag)
        yield ledger


@contextmanager
def open_settings_ledger(*, create: bool = False) -> Iterator[Ledger]:
    """The ledger that the settings name; closed when done."""
    from marsad.settings import load_settings
    from marsad.store.database import Database
    from marsad.store.ledger import Ledger

    database = Database(load_settings().database_url, create=create)
    try:
        yield Ledger(database)
    finally:
        database.close()
