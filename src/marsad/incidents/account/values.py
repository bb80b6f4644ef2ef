"""Values over reports: kind, place, time and parties, each independent report one voice.

Reads   the parts that reports tell of one incident.
Writes  nothing; returns the values, each chosen from what some claim gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from marsad.incidents.account.words import Part
from marsad.incidents.assemble import (
    PLACE_RANK,
    TIME_RANK,
    choose_place,
    choose_type,
    choose_when,
    merge_participants,
    merge_parties,
    settle_type,
)
from marsad.incidents.group import OPENING
from marsad.records import Claim, EventType, Participant, Place, When

# Beyond so many names of parties the rest are told by one report each.
MAX_NAMES = 60


@dataclass(frozen=True)
class Values:
    """What one report, or all of them, say of an incident apart from its casualties."""

    event_type: EventType
    place: Place | None
    when: When | None
    participants: tuple[Participant, ...]


Said = tuple[Part, Values]


def without_later_dates(said: Sequence[Said]) -> list[Said]:
    """What reports say, without dates after the day on which the first of them told of it.

    A report of the trial that is dated by the hearing gives no date of the attack. One
    day is left for time zones.
    """
    days = [d for part, _ in said if (d := part.member.report.published_date) is not None]
    if not days:
        return list(said)
    last = min(days) + timedelta(days=1)
    return [
        (part, replace(v, when=None) if v.when is not None and v.when.start > last else v)
        for part, v in said
    ]


def core_of(part: Part, countering: frozenset[str]) -> list[Claim]:
    """The claims that say what happened: asserted or alleged, counterclaims last resort."""
    opening = [c for c in part.claims if c.modality in OPENING]
    return [c for c in opening if c.id not in countering] or opening


def read_values(part: Part, core: Sequence[Claim], dates_differ: bool) -> Values:
    """What one report says, chosen as within a report."""
    return Values(
        event_type=choose_type(core),
        place=choose_place(core),
        when=choose_when(part.claims if dates_differ else core),
        participants=merge_participants(core),
    )


def choose_values(values: Sequence[Values]) -> Values:
    """The values of all reports; `values` in the order of publication, not empty."""
    return Values(
        event_type=_choose_type(values),
        place=_choose_place([v.place for v in values if v.place is not None]),
        when=_choose_when([v.when for v in values if v.when is not None]),
        participants=_choose_participants(values),
    )


def _choose_type(values: Sequence[Values]) -> EventType:
    """The kind most reports tell, the earliest of equals by precedence."""
    votes: dict[EventType, float] = {}
    for value in values:
        votes[value.event_type] = votes.get(value.event_type, 0.0) + 1
    return settle_type(votes, values[0].event_type)


def _choose_place(places: Sequence[Place]) -> Place | None:
    """The most precise place that most reports name; ties go to the first told.

    A village that only one of several reports names gives way to one that more name.
    """
    if not places:
        return None
    support: dict[object, int] = {}
    order: dict[object, int] = {}
    for position, place in enumerate(places):
        key = _key(place)
        support[key] = support.get(key, 0) + 1
        order.setdefault(key, position)
    located = [p for p in places if p.latitude is not None] or list(places)
    return min(
        located,
        key=lambda p: (
            PLACE_RANK[p.precision] > PLACE_RANK["town"],
            -support[_key(p)],
            PLACE_RANK[p.precision],
            p.relation is not None,
            order[_key(p)],
        ),
    )


def _key(place: Place) -> object:
    return place.geonameid if place.geonameid is not None else place.name.casefold()


def _choose_when(whens: Sequence[When]) -> When | None:
    """The most precise interval that most reports give; a day within it is the day."""
    if not whens:
        return None
    support: dict[tuple[object, object], int] = {}
    order: dict[tuple[object, object], int] = {}
    for position, when in enumerate(whens):
        key = (when.start, when.end)
        support[key] = support.get(key, 0) + 1
        order.setdefault(key, position)

    def standing(when: When) -> tuple[int, int, int]:
        key = (when.start, when.end)
        return TIME_RANK[when.precision], -support[key], order[key]

    best = min(whens, key=standing)
    days = [w for w in whens if w.start == w.end and best.start <= w.start <= best.end]
    return min(days, key=standing) if len({w.start for w in days}) == 1 else best


def _choose_participants(values: Sequence[Values]) -> tuple[Participant, ...]:
    """Every party once, those that most reports name first."""
    support: dict[tuple[object, ...], int] = {}
    first: dict[tuple[object, ...], Participant] = {}
    for value in values:
        for party in value.participants:
            key = (party.role, party.actor_id, party.kind, party.name.casefold())
            support[key] = support.get(key, 0) + 1
            first.setdefault(key, party)
    listed = sorted(first, key=lambda key: -support[key])  # stable: ties as first told
    return merge_parties(first[key] for key in listed[:MAX_NAMES])
