"""`marsad filters`: filters kept under a name, for feeds, newsletters and the next time."""

from __future__ import annotations

import json
import shlex
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from marsad.cli.application import app
from marsad.cli.incident_filter import takes_filter
from marsad.cli.ledger import OutputOption, open_settings_ledger

if TYPE_CHECKING:
    from marsad.records import IncidentFilter
    from marsad.store.saved_filters import SavedFilter

filters_app = typer.Typer(no_args_is_help=True, help="Keep filters under names.")
app.add_typer(filters_app, name="filters")

NameArgument = Annotated[
    str,
    typer.Argument(
        metavar="NAME",
        help="What the filter is called: letters, digits, hyphens and underscores.",
        show_default=False,
    ),
]


class FiltersFormat(StrEnum):
    """What `marsad filters list` prints."""

    text = "text"
    jsonl = "jsonl"


@filters_app.command("add")
@takes_filter
def add_filter(name: NameArgument, *, wanted: IncidentFilter) -> None:
    """Save a filter under a name, for --filter NAME."""
    from marsad.settings import load_settings
    from marsad.store.saved_filters import SavedFilters

    with open_settings_ledger(create=True) as ledger:
        by = load_settings().reviewer
        saved = SavedFilters(ledger.database).add(name, wanted, by)
        found = ledger.count_incidents(saved.wanted)
    takes = "1 incident matches" if found == 1 else f"{found:,} incidents match"
    print(f"saved {saved.name}: {filter_words(saved.wanted)} ({takes} now)")


@filters_app.command("list")
def list_filters(
    output_format: Annotated[
        FiltersFormat, typer.Option("--format", "-f", help="text for a person; jsonl to keep.")
    ] = FiltersFormat.text,
    output: OutputOption = None,
) -> None:
    """List the saved filters, each with its options."""
    from marsad.batch import open_output
    from marsad.store.saved_filters import SavedFilters

    with open_settings_ledger() as ledger:
        found = SavedFilters(ledger.database).all()
    as_text = output_format is FiltersFormat.text
    with open_output(output, plain=as_text) as stream:
        if as_text and not found:
            stream.write("No filter is saved. 'marsad filters add NAME' saves one.\n")
        for saved in found:
            stream.write(_line(saved) if as_text else _json_line(saved))


@filters_app.command("remove")
def remove_filter(name: NameArgument) -> None:
    """Take a saved filter out; incidents are not touched."""
    from marsad.store.saved_filters import SavedFilters

    with open_settings_ledger() as ledger:
        saved = SavedFilters(ledger.database).remove(name)
    print(f"removed {saved.name}")


def _line(saved: SavedFilter) -> str:
    from marsad.errors import FilterError
    from marsad.publish.safe_text import one_line

    try:
        words = filter_words(saved.wanted)
    except FilterError as error:  # the others are listed all the same
        words = str(error)
    by = f" by {one_line(saved.made_by)}" if saved.made_by else ""
    return f"{saved.name}  {words}\n    saved {saved.created_at[:10]}{by}\n"


def _json_line(saved: SavedFilter) -> str:
    values = {**vars(saved), "filter": json.loads(saved.body)}
    del values["body"]
    return json.dumps(values, ensure_ascii=False) + "\n"


def filter_words(wanted: IncidentFilter) -> str:
    """A filter as the options that say it, ready to be typed again."""
    from marsad.publish.safe_text import one_line

    words: list[str] = []
    for field, value in wanted.model_dump(mode="json", exclude_defaults=True).items():
        words += _option_words(field, value)
    return one_line(" ".join(words)) or "all incidents"


def _option_words(field: str, value: Any) -> list[str]:
    match field, value:
        case "polygon", _:
            return [f"(in a polygon of {len(value)} corners)"]
        case "reviewed", False:
            return ["--unreviewed"]
        case _, True:
            return [f"--{field}"]
        case (("box" | "near"), _):
            return [f"--{field}={','.join(str(number) for number in value)}"]
        case (("types" | "status"), _):
            option = "kind" if field == "types" else field
            return [f"--{option} {one}" for one in value]
    return [f"--{field.replace('_', '-')} {shlex.quote(str(value))}"]
