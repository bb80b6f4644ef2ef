"""A party while it is being read: what coreference needs to know beyond an ActorMention.

Never leaves the actor component: `as_mention` turns it into the plain dictionary
that other components see.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Token

from marsad.codebook.actors import SOURCE_OF_KIND, Actor
from marsad.coding.mentions import ActorMention
from marsad.records import ActorKind, SourceKind

Form = Literal["name", "noun", "person", "nation", "pronoun"]
# Which reading wins where two overlap: the one that says most about who it is.
FORM_RANK: dict[Form, int] = {"noun": 0, "name": 1, "person": 2, "nation": 3, "pronoun": 4}


@dataclass(slots=True)
class Party:
    """One mention of a party. Token offsets, end excluded; `head` carries the syntax.

    `noun` is the singular head noun of a description; `slug` the state body it
    names ("interior-ministry"); `modifiers` the lower-case words that narrow it.
    `definite` says that the words point back or to something known ("the ...").
    """

    start: int
    end: int
    head: int
    name: str
    kind: ActorKind
    form: Form
    actor_id: str | None = None
    country: str | None = None
    source_kind: SourceKind | None = None
    noun: str | None = None
    slug: str | None = None
    modifiers: frozenset[str] = field(default_factory=frozenset)
    definite: bool = False
    plural: bool | None = None
    sex: str | None = None
    antecedent: Party | None = None

    @classmethod
    def of(cls, actor: Actor, start: int, end: int, head: int) -> Party:
        """The listed `actor` named by tokens [start, end)."""
        return cls(
            start,
            end,
            head,
            actor.name,
            actor.kind,
            "name",
            actor_id=actor.id,
            country=actor.country,
            source_kind=actor.source_kind,
        )

    @classmethod
    def referring(cls, token: Token, to: Party, form: Form) -> Party:
        """A pronoun or a bare surname that stands for `to`."""
        return cls(
            token.i,
            token.i + 1,
            token.i,
            to.name if form == "pronoun" else token.text,
            to.kind,
            form,
            actor_id=to.actor_id,
            country=to.country,
            source_kind=to.source_kind,
            plural=to.plural,
            sex=to.sex,
            antecedent=to,
        )

    def adopt(self, actor: Actor) -> None:
        """Take the identity of the listed `actor`: its name, id, kind, country and voice."""
        self.name, self.actor_id, self.kind = actor.name, actor.id, actor.kind
        self.country = actor.country or self.country
        self.source_kind = actor.source_kind

    def as_mention(self, positions: dict[int, int]) -> ActorMention:
        """The plain mention; `positions` maps id(party) to its index in the final list."""
        return ActorMention(
            start=self.start,
            end=self.end,
            name=self.name,
            actor_id=self.actor_id,
            kind=self.kind,
            country=self.country,
            head=self.head,
            antecedent=positions.get(id(self.antecedent)) if self.antecedent else None,
            source_kind=self.source_kind or SOURCE_OF_KIND[self.kind],
        )
