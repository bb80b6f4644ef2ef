"""Which incidents: the options of `marsad incidents`, read into an IncidentFilter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import wraps
from inspect import Parameter, Signature, signature
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, cast, get_args, get_type_hints

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


FilterOption = Annotated[
    str | None,
    _option(
        "--filter",
        metavar="NAME",
        help="A saved filter; options given beside it take the place of its own.",
    ),
]


def _happened(option: str, help: str) -> Any:
    return Annotated[str | None, _option(option, metavar="YYYY-MM-DD", help=help)]


_ANNOTATIONS: dict[str, Any] = {
    "since": SinceOption,
    "until": UntilOption,
    "place": PlaceOption,
    "country": CountryOption,
    "box": BoxOption,
    "near": NearOption,
    "loose": LooseOption,
    "kind": KindOption,
    "actor": ActorOption,
    "outcome": OutcomeOption,
    "at_least": AtLeastOption,
    "status": StatusOption,
    "text": TextOption,
    "reviewed": ReviewedOption,
    "order": OrderOption,
    "saved": FilterOption,
}
_DEFAULTS = {"loose": False, "order": OrderName.newest}
# For commands whose --since is about something else than when incidents happened.
_HAPPENED: dict[str, tuple[str, Any]] = {
    "since": (
        "happened_since",
        _happened("--happened-since", "Of incidents that happened on this day or later."),
    ),
    "until": (
        "happened_until",
        _happened("--happened-until", "Of incidents that happened on this day or earlier."),
    ),
}

# Fields of a filter that are not called as their options are.
_FIELDS = {"kind": "types"}
_CONTEXT = "filter_context"

Command = TypeVar("Command", bound=Callable[..., None])


def takes_filter(command: Command) -> Command:
    """Give a command the options of a filter in place of its keyword `wanted`.

    They stand in its help where `wanted` stands. How many incidents, and from which on, is
    the command's own to ask.
    """
    return _with_options(command, {name: name for name in _ANNOTATIONS}, _ANNOTATIONS)


def takes_happened_filter(command: Command) -> Command:
    """As `takes_filter`, for a command whose own --since is not about when incidents happened.

    Those days are asked for by --happened-since and --happened-until.
    """
    renamed = {_HAPPENED.get(name, (name,))[0]: name for name in _ANNOTATIONS}
    annotations = {n: _HAPPENED[n][1] if n in _HAPPENED else a for n, a in _ANNOTATIONS.items()}
    return _with_options(command, renamed, annotations)


def _with_options(
    command: Command, names: Mapping[str, str], annotations: Mapping[str, Any]
) -> Command:
    """The command with `names`, parameters by the filter option that each is, for `wanted`."""

    @wraps(command)
    def run(**given: Any) -> None:
        context: typer.Context = given.pop(_CONTEXT)
        asked = frozenset(o for n, o in names.items() if _is_typed(context, n, given[n]))
        typed = {option: given.pop(name) for name, option in names.items()}
        spelt = {option: f"--{name.replace('_', '-')}" for name, option in names.items()}
        command(**given, wanted=_read_filter(typed, asked, spelt))

    options = [
        Parameter(
            name,
            Parameter.KEYWORD_ONLY,
            default=_DEFAULTS.get(option),
            annotation=annotations[option],
        )
        for name, option in names.items()
    ]
    parameters = [Parameter(_CONTEXT, Parameter.KEYWORD_ONLY, annotation=typer.Context)]
    for parameter in _resolved(command):
        parameters += options if parameter.name == "wanted" else [parameter]
    shown = Signature(parameters, return_annotation=None)
    run.__signature__ = shown  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": None}
    return cast("Command", run)


def _resolved(command: Callable[..., None]) -> Iterator[Parameter]:
    """The parameters of a command, all by keyword and with their types as objects.

    But for `wanted`, whose type is not loaded until the command runs.
    """
    texts = {name: text for name, text in command.__annotations__.items() if name != "wanted"}
    bare = SimpleNamespace(__annotations__=texts)
    types = get_type_hints(bare, globalns=command.__globals__, include_extras=True)
    for parameter in signature(command).parameters.values():
        annotation = types.get(parameter.name, parameter.annotation)
        yield parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=annotation)


def _is_typed(context: typer.Context, name: str, value: Any) -> bool:
    """Whether an option was given; of those with a default only the context knows."""
    if name not in _DEFAULTS:
        return value not in (None, [])
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _read_filter(
    typed: dict[str, Any], asked: frozenset[str], spelt: Mapping[str, str]
) -> IncidentFilter:
    """The saved filter that is named, with what was typed beside it; `asked` are the options."""
    name: str | None = typed.pop("saved")
    own = _build_filter(**typed, spelt=spelt)
    if name is None:
        return own
    saved = _find_saved(name)
    fields = {_FIELDS.get(option, option) for option in asked - {"saved"}}
    if "at_least" in fields and "outcome" not in fields and saved.outcome is None:
        fields.add("outcome")
    replaced = {field: getattr(own, field) for field in fields}
    return _validated({**dict(saved), **replaced}, spelt)


def _find_saved(name: str) -> IncidentFilter:
    from marsad.cli.ledger import open_settings_ledger
    from marsad.store.saved_filters import SavedFilters

    with open_settings_ledger() as ledger:
        return SavedFilters(ledger.database).get(name).wanted


def _build_filter(
    *,
    spelt: Mapping[str, str],
    since: str | None,
    until: str | None,
    country: str | None,
    box: str | None,
    near: str | None,
    kind: Sequence[str] | None,
    at_least: int | None,
    outcome: OutcomeName | None,
    status: Sequence[StatusName] | None,
    order: OrderName,
    **others: Any,
) -> IncidentFilter:
    """The filter that the options say.

    Raises:
        typer.BadParameter: they say none; it names the option.
    """
    if at_least is not None and outcome is None:
        outcome = OutcomeName.killed
    values = {
        "since": read_day(since, spelt["since"]),
        "until": read_day(until, spelt["until"]),
        "country": _read_country(country),
        "box": _read_numbers(box, 4, "--box", "W,S,E,N such as 35.5,34.8,36.2,35.2"),
        "near": _read_numbers(near, 3, "--near", "LAT,LON,KM such as 34.89,35.89,25"),
        "types": _read_kinds(kind or ()),
        "at_least": 1 if at_least is None else at_least,
        "outcome": outcome.value if outcome else None,
        "status": tuple(name.value for name in status or ()),
        "order": order.value,
    }
    return _validated(values | others, spelt)


def _validated(values: Mapping[str, Any], spelt: Mapping[str, str]) -> IncidentFilter:
    from pydantic import ValidationError

    from marsad.records import IncidentFilter

    try:
        return IncidentFilter(**values)
    except ValidationError as error:
        raise _complaint(error, spelt) from None


def _complaint(error: Any, spelt: Mapping[str, str]) -> typer.BadParameter:
    first = error.errors()[0]
    field = str(first["loc"][0]) if first["loc"] else ""
    message = str(first["msg"]).removeprefix("Value error, ")
    shown = "" if first["type"] == "value_error" else f" ({first['input']!r} was given)"
    return typer.BadParameter(f"{message}{shown}.", param_hint=spelt.get(field))


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
