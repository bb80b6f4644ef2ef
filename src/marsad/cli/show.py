"""`marsad show`: all that stands on file about one incident, claim or report."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.application import app
from marsad.cli.ledger import (
    AsOfOption,
    IdArgument,
    NamesOption,
    OutputOption,
    PolicyName,
    PolicyOption,
    open_account,
)
from marsad.cli.moments import read_moment
from marsad.cli.voice import fail, say, screen_columns

if TYPE_CHECKING:
    from datetime import datetime

    from marsad.records import Dossier
    from marsad.store.ledger import Ledger


class ShowFormat(StrEnum):
    """What `marsad show` prints."""

    text = "text"
    json = "json"


@app.command()
def show(
    record: IdArgument,
    policy: PolicyOption = PolicyName.latest_credible,
    as_of: AsOfOption = None,
    output_format: Annotated[
        ShowFormat, typer.Option("--format", "-f", help="text for a person; json to keep.")
    ] = ShowFormat.text,
    output: OutputOption = None,
    names: NamesOption = False,
) -> None:
    """Show all that stands on file about an incident.

    What, where, when, who, how many, and who says so. For a claim or report, the incidents
    that it tells of.
    """
    from marsad.batch import open_output
    from marsad.publish.json_output import write_json_array
    from marsad.publish.ledger.incident_page import render_incident_page
    from marsad.publish.screen import has_colour

    moment = read_moment(as_of, "--as-of", end_of_day=True)
    with open_account() as ledger:
        dossiers = find_dossiers(ledger, record, moment)
    with open_output(output, plain=output_format is ShowFormat.text) as stream:
        if output_format is ShowFormat.json:
            write_json_array(stream, dossiers, alone=True)
            return
        colour = has_colour(stream)
        for number, dossier in enumerate(dossiers):
            stream.write("\n" if number else "")
            stream.write(
                render_incident_page(
                    dossier,
                    policy=policy.value,
                    columns=screen_columns(),
                    colour=colour,
                    names=names,
                )
            )


def find_dossiers(ledger: Ledger, record: str, moment: datetime | None) -> list[Dossier]:
    """The dossiers of the incidents that an id stands for; ends the command if there is none."""
    from marsad.workflow.dossier import incidents_of, read_dossier
    from marsad.workflow.find import find_id

    kind, full = find_id(ledger, record)
    asked = full if kind == "incident" else None
    ids = incidents_of(ledger, kind, full)
    if kind != "incident" and ids:
        say(f"marsad: {kind} {record} tells of:")
    found = [read_dossier(ledger, key, as_of=moment, asked=asked) for key in ids]
    dossiers = [dossier for dossier in found if dossier is not None]
    if not dossiers and kind == "incident" and moment is not None:
        fail(f"{full} was not in the account at that time; 'marsad history {record}' tells when.")
    if not dossiers and kind == "incident":
        fail(f"{full} was withdrawn and stands no more; 'marsad history {record}' tells why.")
    if not dossiers:
        fail(f"{kind} {full} is part of no incident.")
    return dossiers
