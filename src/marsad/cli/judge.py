"""`marsad judge`: what a person decides, with name and reason; it can be undone."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.application import app
from marsad.cli.ledger import open_settings_ledger
from marsad.cli.voice import screen_columns

if TYPE_CHECKING:
    from marsad.workflow.decide import Decided

judge_app = typer.Typer(
    no_args_is_help=True,
    help="Decide about incidents and claims, with name and reason.",
)
app.add_typer(judge_app, name="judge")

WhyOption = Annotated[
    str,
    typer.Option("--why", metavar="TEXT", help="The reason, for who reads it later."),
]
ByOption = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="NAME", help="Who decides; default: MARSAD_REVIEWER.", show_default=False
    ),
]


def _id_argument(help: str, metavar: str = "ID") -> typer.models.ArgumentInfo:
    argument: typer.models.ArgumentInfo = typer.Argument(
        metavar=metavar, help=help, show_default=False
    )
    return argument


IncidentArgument = Annotated[str, _id_argument("The incident: its id, or enough of it.")]
RecordArgument = Annotated[str, _id_argument("An incident or a claim: its id, or enough of it.")]


@judge_app.command("merge")
def merge_incidents(
    incidents: Annotated[list[str], _id_argument("Two incidents or more.")],
    why: WhyOption,
    by: ByOption = None,
) -> None:
    """Say that incidents are one."""
    from marsad.workflow import decide

    person = named_person(by)
    with open_settings_ledger() as ledger:
        tell_decided(decide.merge(ledger, incidents, person, why))


@judge_app.command("split")
def split_incident(
    incident: IncidentArgument,
    parts: Annotated[
        list[str], _id_argument("Reports or claims of it that tell of another.", "PART")
    ],
    why: WhyOption,
    by: ByOption = None,
) -> None:
    """Say that some of its reports or claims tell of another incident."""
    from marsad.workflow import decide

    person = named_person(by)
    with open_settings_ledger() as ledger:
        tell_decided(decide.split(ledger, incident, parts, person, why))


@judge_app.command("apart")
def keep_apart(
    incident: IncidentArgument,
    other: IncidentArgument,
    why: WhyOption,
    by: ByOption = None,
) -> None:
    """Say that two incidents are two, whatever speaks for joining them."""
    from marsad.workflow import decide

    person = named_person(by)
    with open_settings_ledger() as ledger:
        tell_decided(decide.keep_apart(ledger, incident, other, person, why))


@judge_app.command("confirm")
def confirm_record(record: RecordArgument, why: WhyOption, by: ByOption = None) -> None:
    """Say that an incident stands, or that a claim was read right."""
    from marsad.workflow import decide

    person = named_person(by)
    with open_settings_ledger() as ledger:
        tell_decided(decide.confirm(ledger, record, person, why))


@judge_app.command("reject")
def reject_record(record: RecordArgument, why: WhyOption, by: ByOption = None) -> None:
    """Say that an incident is not to count, or a claim was read wrong."""
    from marsad.workflow import decide

    person = named_person(by)
    with open_settings_ledger() as ledger:
        tell_decided(decide.reject(ledger, record, person, why))


@judge_app.command("set")
def set_field(
    incident: IncidentArgument,
    field: Annotated[
        str,
        _id_argument("event_type, place, when, or an outcome such as killed.", "FIELD"),
    ],
    value: Annotated[
        str,
        _id_argument(
            "Such as 14, 9-14, 14+; 2024-12-25, 2024-11-21..2024-11-30; "
            "'Goma@-1.68,29.22/town/COD'; air-strike.",
            "VALUE",
        ),
    ],
    why: WhyOption,
    by: ByOption = None,
) -> None:
    """Give an incident a value by hand; what was said stays on file."""
    from marsad.workflow import decide

    person = named_person(by)
    with open_settings_ledger() as ledger:
        tell_decided(decide.set_value(ledger, incident, field, value, person, why))


@judge_app.command("undo")
def undo_decision(
    number: Annotated[
        int,
        typer.Argument(metavar="NUMBER", help="A decision's number.", min=1, show_default=False),
    ],
    why: WhyOption,
    by: ByOption = None,
) -> None:
    """Take a decision back; both stay on file."""
    from marsad.workflow import decide

    person = named_person(by)
    with open_settings_ledger() as ledger:
        tell_decided(decide.undo(ledger, number, person, why), undone=True)


@judge_app.command("list")
def list_decisions(
    every: Annotated[bool, typer.Option("--all", help="Also those that were taken back.")] = False,
) -> None:
    """List the decisions: number, what, who, when, why."""
    from marsad.publish.ledger.receipts import render_decisions

    with open_settings_ledger() as ledger:
        standing = ledger.decisions()
        shown = ledger.decisions(undone=True) if every else standing
    taken_back = {d.seq for d in shown} - {d.seq for d in standing}
    print(render_decisions(shown, taken_back, columns=screen_columns()), end="")


def named_person(by: str | None) -> str:
    """Who decides; ends the command where nobody is named."""
    from marsad.settings import load_settings

    person = by if by is not None else load_settings().reviewer
    if not person.strip():
        raise typer.BadParameter(
            "a decision needs a name; give --by NAME or set MARSAD_REVIEWER.", param_hint="--by"
        )
    return person


def tell_decided(decided: Decided, *, undone: bool = False) -> None:
    """Print what was decided and what that changed."""
    from marsad.publish.ledger.receipts import render_decided
    from marsad.publish.screen import has_colour

    text = render_decided(
        decided.decision,
        decided.changes,
        undone=undone,
        columns=screen_columns(),
        colour=has_colour(sys.stdout),
    )
    print(text, end="")
