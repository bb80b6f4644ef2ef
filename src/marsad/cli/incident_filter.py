"""Which incidents: the options of `marsad incidents`, read into an IncidentFilter."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from marsad.cli.moments import read_day

if TYPE_CHECKING:
    from marsad.records import IncidentFilter


class OutcomeName(StrEnum):
    """What became of people."""

    killed = "killed"
    injured = "injured"
    detained = "detained"
    abducted = "abducted"
    missing = "missing"
    displaced = "displaced"


class StatusName(StrEnum):
    """How well an incident is supported."""

    single_source = "single-source"
    corroborated = "corroborated"
    contested = "contested"
    discounted = "discounted"


class OrderName(StrEnum):
    """What comes first."""

    date = "date"
    newest = "-date"
    toll = "toll"
    changed = "changed"


def _option(*names: str, metavar: str | None = None, help: str) -> Any:
    return typer.Option(*names, metavar=metavar, help=help, show_default=False)


SinceOption = Annotated[
    str | None, _option("--since", metavar="YYYY-MM-DD", help="Happened on this day or later.")
]
UntilOption = Annotated[
    str | None, _option("--until", metavar="YYYY-MM-DD", help="Happened on this day or earlier.")
]
PlaceOption = Annotated[
    str | None,
    _option("--place", metavar="NAME", help="In this place, province or country, by name."),
]
CountryOption = Annotated[
    str | None, _option("--country", metavar="CODE|NAME", help="In this country: SYR or Syria.")
]
BoxOption = Annotated[
    str | None, _option("--box", metavar="W,S,E,N", help="In this box, in degrees.")
]
NearOption = Annotated[
    str | None,
    _option("--near", metavar="LAT,LON,KM", help="Within so many kilometres of this point."),
]
LooseOption = Annotated[
    bool,
    _option("--loose", help="With --box or --near: also what is known only to a wider area."),
]
KindOption = Annotated[
    list[str] | None,
    _option("--kind", metavar="CODE", help="Of this kind; may be given several times."),
]
ActorOption = Annotated[
    str | None,
    _option(
        "--actor", metavar="NAME", help="With this party: part of its name, or its codebook id."
    ),
]
OutcomeOption = Annotated[OutcomeName | None, _option("--outcome", help="With people so affected.")]
AtLeastOption = Annotated[
    int | None,
    _option("--at-least", metavar="N", help="So many of them or more; killed, if no --outcome."),
]
StatusOption = Annotated[
    list[StatusName] | None,
    _option(
        "--status",
        metavar="STATUS",
        help="single-source, corroborated, contested or discounted; may be given several times. "
        "Without it all but discounted.",
    ),
]
TextOption = Annotated[
    str | None,
    _option(
        "--text",
        metavar="WORDS",
        help='With these words in title, names or evidence; "in quotes" together.',
    ),
]
ReviewedOption = Annotated[
    bool | None,
    _option("--reviewed/--unreviewed", help="Whether a person confirmed or rejected it."),
]
OrderOption = Annotated[
    OrderName, typer.Option("--order", help="What comes first; -date is the newest.")
]


def build_filter(
    *,
    since: str | None,
    until: str | None,
    country: str | None,
    box: str | None,
    near: str | None,
    kinds: Sequence[str] | None,
    at_least: int | None,
    outcome: OutcomeName | None,
    status: Sequence[StatusName] | None,
    **others: Any,
) -> IncidentFilter:
    """The filter that the options say.

    Raises:
        typer.BadParameter: they say none; it names the option.
    """
    from pydantic import ValidationError

    from marsad.records import IncidentFilter

    if at_least is not None and outcome is None:
        outcome = OutcomeName.killed
    try:
        return IncidentFilter(
            since=read_day(since, "--since"),
            until=read_day(until, "--until"),
            country=_read_country(country),
            box=_read_numbers(box, 4, "--box", "W,S,E,N such as 35.5,34.8,36.2,35.2"),
            near=_read_numbers(near, 3, "--near", "LAT,LON,KM such as 34.89,35.89,25"),
            types=_read_kinds(kinds or ()),
            at_least=1 if at_least is None else at_least,
            outcome=outcome.value if outcome else None,
            status=tuple(name.value for name in status or ()),
            **others,
        )
    except ValidationError as error:
        raise _complaint(error) from None


_HINTS = {
    "box": "--box",
    "near": "--near",
    "at_least": "--at-least",
    "offset": "--offset",
    "limit": "--limit",
}


def _complaint(error: Any) -> typer.BadParameter:
    first = error.errors()[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    message = str(first["msg"]).removeprefix("Value error, ")
    shown = "" if first["type"] == "value_error" else f" ({first['input']!r} was given)"
    return typer.BadParameter(f"{message}{shown}.", param_hint=_HINTS.get(field))


def _read_numbers(text: str | None, count: int, option: str, example: str) -> Any:
    if text is None:
        return None
    try:
        numbers = tuple(float(part) for part in text.split(","))
        if len(numbers) == count:
            return numbers
    except ValueError:
        pass
    raise typer.BadParameter(
        f"{text!r} is not {count} numbers with commas; write {example}.", param_hint=option
    )


def _read_country(text: str | None) -> str | None:
    if text is None:
        return None
    from marsad.publish.wording import country_code

    code = country_code(text)
    if code is None:
        raise typer.BadParameter(
            f"{text!r} is no country; write its ISO code or English name, such as SYR or Syria.",
            param_hint="--country",
        )
    return code


def _read_kinds(kinds: Sequence[str]) -> Any:
    from marsad.records import EventType

    known = get_args(EventType)
    for kind in kinds:
        if kind not in known:
            raise typer.BadParameter(
                f"{kind!r} is no kind of event; 'marsad codebook events' lists them.",
                param_hint="--kind",
            )
    return tuple(kinds)
