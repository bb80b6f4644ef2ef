"""`marsad incidents`: the account as a list, filtered."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TextIO, get_args

import typer

from marsad.cli.application import app
from marsad.cli.incident_filter import takes_filter
from marsad.cli.ledger import (
    AsOfOption,
    NamesOption,
    OutputOption,
    PolicyName,
    PolicyOption,
    open_account,
)
from marsad.cli.moments import read_moment
from marsad.cli.voice import screen_columns

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from marsad.records import IncidentFilter, LedgerIncident, Outcome
    from marsad.store.ledger import Ledger

# A screenful or two; programs, which ask for JSON, get all.
TABLE_ROWS = 50


class ListFormat(StrEnum):
    """What `marsad incidents` prints."""

    table = "table"
    json = "json"
    jsonl = "jsonl"


@app.command()
@takes_filter
def incidents(
    *,
    wanted: IncidentFilter,
    limit: Annotated[
        int | None,
        typer.Option(
            min=0, help="At most so many; 0 is all. The table shows 50.", show_default=False
        ),
    ] = None,
    offset: Annotated[int, typer.Option(min=0, help="Leave out so many first.")] = 0,
    policy: PolicyOption = PolicyName.latest_credible,
    as_of: AsOfOption = None,
    output_format: Annotated[
        ListFormat, typer.Option("--format", "-f", help="table for a person; json, jsonl to keep.")
    ] = ListFormat.table,
    output: OutputOption = None,
    names: NamesOption = False,
) -> None:
    """List the incidents of the ledger.

    All filters hold together. A total is a documented minimum: what is told of, no more.
    """
    from marsad.batch import open_output

    moment = read_moment(as_of, "--as-of", end_of_day=True)
    is_table = output_format is ListFormat.table
    if limit is None and is_table:
        limit = TABLE_ROWS
    wanted = wanted.model_copy(update={"limit": limit or None, "offset": offset})
    with open_account() as ledger:
        found = ledger.incidents(wanted, as_of=moment)
        with open_output(output, plain=is_table) as stream:
            if is_table:
                _write_table(
                    stream, list(found), ledger, wanted, moment, policy=policy, names=names
                )
            else:
                _write_records(stream, found, output_format)


def _write_table(
    stream: TextIO,
    found: list[LedgerIncident],
    ledger: Ledger,
    wanted: IncidentFilter,
    moment: datetime | None,
    *,
    policy: PolicyName,
    names: bool,
) -> None:
    from marsad.publish.ledger.incident_table import IncidentList, render_incident_table
    from marsad.publish.screen import has_colour
    from marsad.records import DEFAULT_POLICY, IncidentFilter, Status

    everything = IncidentFilter(status=get_args(Status))
    page = IncidentList(
        incidents=found,
        found=ledger.count_incidents(wanted, as_of=moment),
        known=ledger.count_incidents(everything, as_of=moment),
        offset=wanted.offset,
        records=ledger.end()[0],
        sums=_sum_all(ledger, wanted) if policy.value == DEFAULT_POLICY and not moment else None,
        policy=policy.value,
        as_of=None if moment is None else moment.isoformat(),
    )
    stream.write(
        render_incident_table(
            page, columns=screen_columns(), colour=has_colour(stream), names=names
        )
    )


def _sum_all(ledger: Ledger, wanted: IncidentFilter) -> dict[Outcome, tuple[int, int]]:
    """Over all that match: the least that are told of, and how many of them are contested."""
    least = {outcome: total.low for outcome, total in ledger.totals(wanted).items()}
    contested: dict[Outcome, int] = {}
    if not wanted.status or "contested" in wanted.status:
        doubted = wanted.model_copy(update={"status": ("contested",)})
        contested = {outcome: total.low for outcome, total in ledger.totals(doubted).items()}
    return {outcome: (low, contested.get(outcome, 0)) for outcome, low in least.items()}


def _write_records(
    stream: TextIO, found: Iterable[LedgerIncident], output_format: ListFormat
) -> None:
    from marsad.publish.json_output import write_json_array, write_jsonl

    write = write_jsonl if output_format is ListFormat.jsonl else write_json_array
    write(stream, found)
