"""Memo: ask each question about a trigger once.

Making claims asks again and again where, when and between whom a trigger's event
was. The answers are kept on the Doc while its claims are made, and dropped after.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from spacy.tokens import Doc

from marsad.coding.actors import parties
from marsad.coding.actors.parties import Parties
from marsad.coding.mentions import Trigger
from marsad.coding.times import choice as times
from marsad.coding.toponyms import choice as toponyms
from marsad.coding.toponyms.choice import EventPlaces

_T = TypeVar("_T")
_KEY = "marsad_memo"


def places_of(doc: Doc, trigger: Trigger) -> EventPlaces:
    """See `toponyms.choice.places_of`."""
    return _ask(doc, "places", trigger, toponyms.places_of)


def time_of(doc: Doc, trigger: Trigger) -> int | None:
    """See `times.choice.time_of`."""
    return _ask(doc, "time", trigger, times.time_of)


def parties_of(doc: Doc, trigger: Trigger) -> Parties:
    """See `actors.parties.parties_of`."""
    return _ask(doc, "parties", trigger, parties.parties_of)


def forget(doc: Doc) -> None:
    """Drop the answers: a Doc that is saved carries plain data only."""
    doc.user_data.pop(_KEY, None)


def _ask(doc: Doc, question: str, trigger: Trigger, answer: Callable[[Doc, Trigger], _T]) -> _T:
    answers = doc.user_data.setdefault(_KEY, {})
    key = (question, trigger["start"], trigger["end"], trigger["entry"])
    if key not in answers:
        answers[key] = answer(doc, trigger)
    found: _T = answers[key]
    return found
