"""`marsad places`: look places up, import more of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from marsad.cli.application import app
from marsad.cli.gazetteer import ready_gazetteer
from marsad.cli.voice import complain, fail, screen_columns, show_percent

places_app = typer.Typer(no_args_is_help=True, help="Look up places, or import more of them.")
app.add_typer(places_app, name="places")


@places_app.command("find")
def find_place(
    name: Annotated[str, typer.Argument(help="A place name, in any common spelling.")],
    limit: Annotated[int, typer.Option(min=1, max=500, help="At most this many rows.")] = 10,
) -> None:
    """Show what a name may stand for, best match first."""
    from marsad.publish.tables import render_table

    found = ready_gazetteer().find(name, limit=limit)
    if not found:
        fail(f"no place called {name!r}. 'marsad places import' adds a GeoNames dump.")
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
        (*heads, "geonameid", "match"), rows, columns=max(screen_columns(), 100), right=numbers
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

    ready_gazetteer().close()
    with show_percent(f"importing {dump.name}") as progress:
        report = import_dump(dump, progress=progress)
    print(f"{report.places:,} places imported from {dump.name}, {report.skipped:,} left out")
    if report.bad_lines:
        complain(f"{report.bad_lines:,} lines of {dump} could not be read")
