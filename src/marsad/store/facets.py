"""Facets: what an incident is filtered and sorted by, as plain values.

Reads   an incident over all reports, and the words it is searched by.
Writes  Facets, which the tables of incidents hold and `matching` looks at: one source
        for both, so that they cannot disagree.
Never   invents: an incident without a date, place or toll has none here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from marsad.codebook.actors import load_nations
from marsad.records import DEFAULT_POLICY, LedgerIncident, Outcome
from marsad.store.area import Spot, find_spot
from marsad.store.chain import storable
from marsad.store.words import fold_text, fold_words

# Sort after every day, and before every day.
NO_DAY_RISING, NO_DAY_FALLING = "~", ""


@dataclass(frozen=True)
class Toll:
    """An outcome's total under the default policy; `high` None is open above."""

    low: int
    best: int
    high: int | None


@dataclass(frozen=True)
class Facets:
    """The columns of an incident. `status` is "discounted" also when a person rejected it."""

    incident_id: str
    event_type: str
    status: str
    reviewed: bool
    start_day: str | None
    end_day: str | None
    country: str | None
    place: str | None
    admin1: str | None
    parties: str
    party_ids: str
    spot: Spot | None
    tolls: dict[Outcome, Toll]
    words: tuple[str, ...]

    @property
    def rising(self) -> str:
        """The start, undated last."""
        return self.start_day or NO_DAY_RISING

    @property
    def falling(self) -> str:
        """The start, undated last when sorted downwards."""
        return self.start_day or NO_DAY_FALLING

    def best(self, outcome: Outcome) -> int:
        """The outcome's best figure; 0 when nothing was told."""
        toll = self.tolls.get(outcome)
        return toll.best if toll else 0


def find_facets(incident: LedgerIncident, words: str = "") -> Facets:
    """The facets of an incident; `words` are titles, names and evidence as they stand."""
    place, review = incident.place, incident.review
    rejected = review is not None and review.kind == "reject"
    return Facets(
        incident_id=incident.id,
        event_type=incident.event_type,
        status="discounted" if rejected else incident.status,
        reviewed=review is not None,
        start_day=incident.when.start.isoformat() if incident.when else None,
        end_day=incident.when.end.isoformat() if incident.when else None,
        country=place.country if place else None,
        place=fold_text(place.name) if place else None,
        admin1=fold_text(place.admin1) if place and place.admin1 else None,
        parties=_lines(fold_text(p.name) for p in incident.participants),
        party_ids=_lines(p.actor_id for p in incident.participants if p.actor_id),
        spot=find_spot(place),
        tolls={
            t.outcome: Toll(t.low, t.best, t.high)
            for t in incident.tallies
            if t.group is None and t.policy == DEFAULT_POLICY
        },
        words=tuple(fold_words(words)),
    )


@cache
def _countries() -> dict[str, str]:
    return {fold_text(name): n.iso3 for n in load_nations() for name in (*n.names, n.iso3)}


def find_country(folded: str) -> str | None:
    """The ISO 3166 alpha-3 code of a country by its folded name."""
    return _countries().get(folded)


def _lines(names: Iterable[str]) -> str:
    """Each name on a line of its own, with a line break before the first."""
    return "\n" + "".join(f"{storable(name)}\n" for name in dict.fromkeys(names))
