"""`marsad judge add`: a claim that a person read in a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from marsad.cli.judge import ByOption, WhyOption, judge_app, named_person, tell_decided
from marsad.cli.ledger import open_settings_ledger

if TYPE_CHECKING:
    from marsad.records import Place
    from marsad.workflow.add_claim import ClaimDraft
    from marsad.workflow.report_dossier import ReportDossier


def _words_option(name: str, metavar: str, help: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        name, metavar=metavar, help=help, show_default=False
    )
    return option


@judge_app.command("add")
def add_claim(
    report: Annotated[
        str, typer.Argument(metavar="REPORT", help="The report's id.", show_default=False)
    ],
    words: Annotated[
        str,
        typer.Argument(
            metavar="WORDS", help="The words of it that tell what happened.", show_default=False
        ),
    ],
    kind: Annotated[str, _words_option("--kind", "KIND", "The kind of event.")],
    why: WhyOption,
    figure: Annotated[
        list[str] | None,
        _words_option(
            "--figure", "OUTCOME=NUMBER:WORDS", "How many: 'killed=9:nine people', 'injured=20+:…'."
        ),
    ] = None,
    place: Annotated[
        str | None,
        _words_option("--place", "NAME", "Where: a name, or NAME@LAT,LON/PRECISION/COUNTRY."),
    ] = None,
    when: Annotated[
        str | None, _words_option("--when", "DAY", "2024-12-25, or 2024-11-21..2024-11-30.")
    ] = None,
    actor: Annotated[
        list[str] | None, _words_option("--actor", "KIND:WORDS", "Who did it, in its words.")
    ] = None,
    recipient: Annotated[
        list[str] | None, _words_option("--recipient", "KIND:WORDS", "To whom, in its words.")
    ] = None,
    source: Annotated[
        list[str] | None, _words_option("--source", "KIND:WORDS", "Who says so, in its words.")
    ] = None,
    modality: Annotated[
        str, typer.Option("--modality", help="asserted, alleged, denied, planned, …")
    ] = "asserted",
    same_as: Annotated[
        list[str] | None,
        _words_option("--same-as", "CLAIM", "A claim of the report about the same incident."),
    ] = None,
    own: Annotated[
        bool, typer.Option("--own", help="It tells of no incident that the report tells of.")
    ] = False,
    by: ByOption = None,
) -> None:
    """Add a claim that the coder did not read in a report, or read otherwise."""
    from marsad.errors import UnknownRecord
    from marsad.settings import load_settings
    from marsad.workflow.add_claim import add_claim as keep
    from marsad.workflow.find import find_id
    from marsad.workflow.report_dossier import read_report_dossier

    person = named_person(by)
    with open_settings_ledger() as ledger:
        found, full = find_id(ledger, report)
        dossier = read_report_dossier(ledger, full)
        if found != "report" or dossier is None:
            raise UnknownRecord(f"{report} is a {found}, and a report is asked for.")
        draft = _draft(dossier, words, kind, modality)
        changed = {
            "figures": tuple(_figure(dossier, f) for f in figure or ()),
            "place": _place(dossier, place, load_settings().gazetteer_path) if place else None,
            "when": when or "",
            "parties": tuple(
                _party(dossier, given, role)
                for role, every in (("actor", actor), ("recipient", recipient))
                for given in every or ()
            ),
            "sources": tuple(_source(dossier, s) for s in source or ()),
            "same_as": tuple(find_id(ledger, c)[1] for c in same_as or ()),
            "own_incident": own,
        }
        from dataclasses import replace

        tell_decided(keep(ledger, replace(draft, **changed), person, why))  # type: ignore[arg-type]


def _draft(dossier: ReportDossier, words: str, kind: str, modality: str) -> ClaimDraft:
    from marsad.records import EventType, Modality
    from marsad.workflow.add_claim import ClaimDraft, find_words

    report = dossier.coded.report
    return ClaimDraft(
        report=report.id,
        version=dossier.stored.seq,
        event_type=cast(EventType, _one_of(kind, get_args(EventType), "--kind")),
        trigger=find_words(report, words, "WORDS"),
        modality=cast(Modality, _one_of(modality, get_args(Modality), "--modality")),
        known_parties={
            p.name: p.actor_id
            for c in dossier.coded.claims
            for p in c.participants
            if p.actor_id is not None
        },
    )


def _figure(dossier: ReportDossier, given: str) -> object:
    from marsad.records import Outcome
    from marsad.workflow.add_claim import FigureDraft, find_words

    count, colon, words = given.partition(":")
    outcome, equals, number = count.partition("=")
    if not colon or not equals:
        raise typer.BadParameter(
            f"{given!r} is no figure. Write 'killed=9:nine people'.", param_hint="--figure"
        )
    named = cast(Outcome, _one_of(outcome.strip(), get_args(Outcome), "--figure"))
    return FigureDraft(named, number.strip(), find_words(dossier.coded.report, words, "--figure"))


def _party(dossier: ReportDossier, given: str, role: str) -> object:
    from marsad.records import ActorKind, Role
    from marsad.workflow.add_claim import PartyDraft, find_words

    kind, words = _split(given, f"--{role}")
    named = cast(ActorKind, _one_of(kind, get_args(ActorKind), f"--{role}"))
    found = find_words(dossier.coded.report, words, f"--{role}")
    return PartyDraft(cast(Role, role), named, found)


def _source(dossier: ReportDossier, given: str) -> object:
    from marsad.records import SourceKind
    from marsad.workflow.add_claim import SourceDraft, find_words

    kind, words = _split(given, "--source")
    named = cast(SourceKind, _one_of(kind, get_args(SourceKind), "--source"))
    return SourceDraft(named, find_words(dossier.coded.report, words, "--source"))


def _place(dossier: ReportDossier, given: str, gazetteer: Path) -> Place:
    from marsad.records import Place
    from marsad.workflow.given_values import read_value
    from marsad.workflow.place_lookup import countries_of, look_up_places, place_value

    if "@" in given:
        return Place.model_validate(read_value("place", given))
    found = look_up_places(given, countries_of(dossier.coded.claims), gazetteer)
    if len(found) > 1:
        listed = "; ".join(place_value(place) for place in found[:8])
        raise typer.BadParameter(
            f"several places are called {given!r}. Give one of: {listed}.", param_hint="--place"
        )
    return found[0]


def _split(given: str, option: str) -> tuple[str, str]:
    kind, colon, words = given.partition(":")
    if not colon:
        raise typer.BadParameter(
            f"{given!r} has no kind. Write 'armed-group:the gunmen'.", param_hint=option
        )
    return kind.strip(), words


def _one_of(given: str, known: tuple[str, ...], option: str) -> str:
    if given not in known:
        raise typer.BadParameter(f"{given!r} is none of: {', '.join(known)}.", param_hint=option)
    return given
