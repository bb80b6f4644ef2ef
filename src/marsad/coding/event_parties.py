"""Who did it to whom, as reported (first cut: no reading yet)."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from marsad.coding.mentions import Trigger


@dataclass(frozen=True, slots=True)
class Parties:
    """Indexes into doc._.actors."""

    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)


def parties_of(doc: Doc, trigger: Trigger) -> Parties:
    """The parties to the event `trigger` evokes."""
    return Parties()
