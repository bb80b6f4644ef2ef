"""`marsad codebook`: the codes and what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from marsad.cli.application import app
from marsad.cli.voice import screen_columns


class CodebookTable(StrEnum):
    """The tables of the codebook."""

    events = "events"
    actors = "actors"
    crosswalk = "crosswalk"


@app.command()
def codebook(
    table: Annotated[CodebookTable, typer.Argument(help="Which table.")] = CodebookTable.events,
) -> None:
    """Print the codes that marsad uses and what they mean."""
    from marsad.codebook.event_types import load_event_types
    from marsad.publish.tables import render_table

    heads, rows = _codebook_rows(table)
    print(render_table(heads, rows, columns=max(screen_columns(), 100)), end="")
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
