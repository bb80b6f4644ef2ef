"""Draft: a claim being made, with what later steps need to know of its origin."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from marsad.coding.claims.frames import Frame
from marsad.records import Claim, content_id


@dataclass(frozen=True)
class Told:
    """The earlier draft whose event this one goes on about, by which rule, and why."""

    draft: Draft
    rule: str
    reason: str


@dataclass
class Draft:
    """A claim, the frame it was read from, and whether that sentence gave place and time."""

    claim: Claim
    frame: Frame
    own_place: bool
    own_time: bool
    reasons: list[str] = field(default_factory=list)
    told: Told | None = None


def finish_claim(**values: Any) -> Claim:
    """A Claim with its content-hash id: everything counts but id and confidence."""
    draft = Claim(id="", **values)
    content = draft.model_dump(mode="json", exclude={"id", "confidence"})
    return draft.model_copy(update={"id": content_id("claim", content)})
