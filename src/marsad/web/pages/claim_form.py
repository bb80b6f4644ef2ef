"""The claim form: what a person selected in a report and what it means, read into a draft.

Reads   the form's fields and the report as it was seen.
Writes  a `ClaimDraft`.
Never   guesses which of several same words, or of several places of one name, is meant.

Each part of a claim has a slot: `what`, `by`, `to`, `where`, `when`, `says`, and `many1` and
on for figures. `SLOT_words` holds the words, `SLOT_start` and `SLOT_end` where they stand;
without these the words are looked for in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast, get_args

from starlette.datastructures import FormData

from marsad.codebook.event_types import load_event_types
from marsad.errors import DecisionError
from marsad.publish.safe_text import one_line
from marsad.publish.wording import KIND_LABELS, MODALITY_LABELS, place_words
from marsad.records import (
    ActorKind,
    Claim,
    EventType,
    Modality,
    Outcome,
    Place,
    Report,
    Role,
    SourceKind,
)
from marsad.workflow.add_claim import (
    ClaimDraft,
    FigureDraft,
    PartyDraft,
    SourceDraft,
    Words,
    find_words,
)
from marsad.workflow.given_values import read_value
from marsad.workflow.place_lookup import countries_of, look_up_places, place_value
from marsad.workflow.report_dossier import ReportDossier

SLOTS = {
    "what": "What happened",
    "by": "Who did it",
    "to": "To whom",
    "where": "Where",
    "when": "When",
    "many1": "How many",
    "many2": "How many more",
    "many3": "How many more",
    "says": "Who says so",
}
FIGURE_SLOTS = ("many1", "many2", "many3")
MOST_CHOICES = 8


class PlaceUnclear(DecisionError):  # noqa: N818
    """A name that several places have; `choices` are they, as the form takes them."""

    def __init__(self, name: str, choices: Sequence[Place]) -> None:
        super().__init__(f"several places are called {name!r}. Choose which is meant.")
        self.choices = {place_value(place): place_words(place) for place in choices}


def read_claim_form(form: FormData, dossier: ReportDossier, gazetteer: Path) -> ClaimDraft:
    """The draft that the form describes.

    Raises:
        PlaceUnclear: the place's name is that of several.
        DecisionError: a field that is missing or cannot be what it says.
    """
    report, claims = dossier.coded.report, dossier.coded.claims
    what = _words(form, "what", report)
    if what is None:
        raise DecisionError("select the words that tell what happened.")
    event_type = _one_of(form, "event_type", get_args(EventType), "kind of event")
    modality = _one_of(form, "modality", get_args(Modality), "way of telling", "asserted")
    where = _words(form, "where", report)
    same_as, own = _relation(form, dossier)
    return ClaimDraft(
        report=report.id,
        version=_number(form, "version"),
        event_type=cast(EventType, event_type),
        trigger=what,
        modality=cast(Modality, modality),
        place=_place(form, where, claims, gazetteer),
        place_words=where,
        when=_text(form, "when_value"),
        when_words=_words(form, "when", report),
        figures=tuple(_figures(form, report)),
        parties=tuple(_parties(form, report)),
        sources=tuple(_sources(form, report)),
        same_as=same_as,
        own_incident=own,
        known_parties={
            p.name: p.actor_id for c in claims for p in c.participants if p.actor_id is not None
        },
    )


def form_choices(dossier: ReportDossier) -> dict[str, Any]:
    """What the form's lists offer."""
    claims = dossier.coded.claims
    places = {place_value(c.place): place_words(c.place) for c in claims if c.place}
    return {
        "slots": SLOTS,
        "figure_slots": FIGURE_SLOTS,
        "event_types": {key: kind.label for key, kind in load_event_types().items()},
        "modalities": MODALITY_LABELS,
        "actor_kinds": KIND_LABELS,
        "source_kinds": {kind: kind.replace("-", " ") for kind in get_args(SourceKind)},
        "outcomes": get_args(Outcome),
        "known_places": places,
        "known_days": sorted({c.when.start.isoformat() for c in claims if c.when}),
    }


def _text(form: FormData, field: str) -> str:
    value = form.get(field, "")
    return value.strip() if isinstance(value, str) else ""


def _number(form: FormData, field: str) -> int:
    given = _text(form, field)
    if not given.isdecimal() or len(given) > 15:
        raise DecisionError(f"the form's field {field!r} is {given!r}. Load the page again.")
    return int(given)


def _one_of(
    form: FormData, field: str, known: Sequence[str], called: str, default: str = ""
) -> str:
    given = _text(form, field) or default
    if given not in known:
        raise DecisionError(f"choose the {called}.")
    return given


def _words(form: FormData, slot: str, report: Report) -> Words | None:
    """The slot's words: by their places, else where they stand if they stand once."""
    quote = form.get(f"{slot}_words", "")
    if not isinstance(quote, str) or not quote.strip():
        return None
    if _text(form, f"{slot}_start"):
        start, end = _number(form, f"{slot}_start"), _number(form, f"{slot}_end")
        there = report.text[start:end]
        # What a page shows of a text leaves out signs that nobody sees.
        same = "".join(one_line(there).split()) == "".join(one_line(quote).split())
        return Words(start, end, there if same else quote)
    return find_words(report, quote, SLOTS[slot])


def _place(
    form: FormData, where: Words | None, claims: Sequence[Claim], gazetteer: Path
) -> Place | None:
    given = _text(form, "place_choice") or _text(form, "place")
    name = given or (" ".join(where.quote.split()) if where else "")
    if not name:
        return None
    for claim in claims:
        if claim.place is not None and given == place_value(claim.place):
            return claim.place
    if "@" in name:
        return Place.model_validate(read_value("place", name))
    return _look_up(name, claims, gazetteer)


def _look_up(name: str, claims: Sequence[Claim], gazetteer: Path) -> Place:
    """The place of that name: in the countries the report speaks of, if there is one only."""
    places = look_up_places(name, countries_of(claims), gazetteer)
    if len(places) > 1:
        raise PlaceUnclear(name, places[:MOST_CHOICES])
    return places[0]


def _figures(form: FormData, report: Report) -> list[FigureDraft]:
    found = []
    for slot in FIGURE_SLOTS:
        count, words = _text(form, f"{slot}_count"), _words(form, slot, report)
        if not count and words is None:
            continue
        if not count or words is None:
            raise DecisionError(
                "a figure needs both: the words that tell how many, and the number they mean."
            )
        outcome = _one_of(form, f"{slot}_outcome", get_args(Outcome), "outcome of the figure")
        group = _text(form, f"{slot}_group") or None
        found.append(FigureDraft(cast(Outcome, outcome), count, words, group))
    return found


def _parties(form: FormData, report: Report) -> list[PartyDraft]:
    found = []
    roles: dict[str, Role] = {"by": "actor", "to": "recipient"}
    for slot, role in roles.items():
        words = _words(form, slot, report)
        if words is not None:
            kind = _one_of(form, f"{slot}_kind", get_args(ActorKind), "kind of party", "other")
            found.append(PartyDraft(role, cast(ActorKind, kind), words))
    return found


def _sources(form: FormData, report: Report) -> list[SourceDraft]:
    words = _words(form, "says", report)
    if words is None:
        return []
    kind = _one_of(form, "says_kind", get_args(SourceKind), "kind of source", "other")
    return [SourceDraft(cast(SourceKind, kind), words)]


def _relation(form: FormData, dossier: ReportDossier) -> tuple[tuple[str, ...], bool]:
    """Which claims of the report tell of the same incident; whether it is one of its own."""
    given = _text(form, "relation")
    if given == "own":
        return (), True
    same = tuple(
        c.id
        for c in dossier.coded.claims
        if (i := dossier.incidents.get(c.id)) is not None and i.id == given
    )
    return same[:8], False
