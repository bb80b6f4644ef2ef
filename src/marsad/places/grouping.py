"""Groups: the mentions of one name in a report, with the places that it may mean.

Never   decides between them (see `resolve`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from marsad.places.names import name_key
from marsad.places.schema import PlaceEntry

MAX_CANDIDATES = 25
Area = tuple[str, str | None]  # ISO 3166-1 alpha-3, code of a first-order division or None


@dataclass(slots=True)
class PlaceMention:
    """One toponym of a report, as resolution sees it.

    `hint` is the kind of place the text calls it: "province", "district",
    "town", "country", "site" or None. `containers` are the indexes of mentions that the
    text says it lies in; `country_hint` the alpha-3 code of an adjective or possessive on it
    ("the Iraqi city of"). `trust` is how sure it is that the words name a place at all.
    """

    text: str
    candidates: Sequence[PlaceEntry]
    hint: str | None = None
    containers: list[int] = field(default_factory=list)
    country_hint: str | None = None
    trust: float = 1.0


@dataclass(frozen=True, slots=True)
class ReportGeography:
    """What the report says about its whereabouts apart from the mentions.

    `countries` maps alpha-3 codes to weights (1.0 is one clear naming), from
    nationality words.
    """

    countries: Mapping[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Group:
    """Mentions of one name that are resolved as one."""

    members: list[int]
    candidates: list[PlaceEntry]
    hints: list[str]
    containers: list[int]  # group numbers
    country_hint: str | None
    weight: float = 1.0
    trust: float = 1.0


def favoured_areas(mentions: Sequence[PlaceMention], context: ReportGeography) -> set[Area]:
    """The countries and divisions that the report names, as (country, division code or None)."""
    areas: set[Area] = {(country, None) for country in context.countries}
    for mention in mentions:
        for entry in mention.candidates[:2]:
            if entry.country is not None and (entry.is_country or entry.feature == "ADM1"):
                areas.add((entry.country, entry.admin1_code if not entry.is_country else None))
    return areas


def _foremost(entries: Sequence[PlaceEntry], favoured: set[Area]) -> Sequence[PlaceEntry]:
    """The most populous candidates, and lesser ones in areas that the report names."""
    if len(entries) <= MAX_CANDIDATES:
        return entries
    rest = entries[MAX_CANDIDATES:]
    near = [entry for entry in rest if (entry.country, entry.admin1_code) in favoured]
    near += [entry for entry in rest if (entry.country, None) in favoured]
    return [*entries[:MAX_CANDIDATES], *near[:MAX_CANDIDATES]]


def group_mentions(mentions: Sequence[PlaceMention], context: ReportGeography) -> list[Group]:
    """One group a name, split where the text gives different containers."""
    favoured = favoured_areas(mentions, context)
    keys = [name_key(mention.text) for mention in mentions]

    def container_key(index: int) -> str:
        return "|".join(keys[i] for i in mentions[index].containers)

    default: dict[str, str] = {}
    for index, key in enumerate(keys):
        if container_key(index):
            default.setdefault(key, container_key(index))
    numbers: dict[tuple[str, str, bool], int] = {}
    members: list[list[int]] = []
    number_of: list[int] = []
    for index, key in enumerate(keys):
        where = container_key(index) or default.get(key, "")
        # "Idlib province" and "Idlib" are two places of one name.
        place = (key, where, mentions[index].hint in {"province", "country"})
        if place not in numbers:
            numbers[place] = len(members)
            members.append([])
        number_of.append(numbers[place])
        members[numbers[place]].append(index)
    groups = []
    for indexes in members:
        own = [mentions[index] for index in indexes]
        candidates: dict[int, PlaceEntry] = {}
        for mention in own:
            for entry in _foremost(mention.candidates, favoured):
                candidates.setdefault(entry.id, entry)
        containers = {number_of[i] for mention in own for i in mention.containers}
        groups.append(
            Group(
                indexes,
                list(candidates.values()),
                [mention.hint for mention in own if mention.hint],
                sorted(containers),
                next((m.country_hint for m in own if m.country_hint), None),
                (1.0 + math.log2(len(indexes))) * max(m.trust for m in own),
                max(m.trust for m in own),
            )
        )
    _share_containers(groups, keys)
    return groups


def _share_containers(groups: list[Group], keys: list[str]) -> None:
    """A name without a container takes that of the same name elsewhere in the report."""
    known = {keys[group.members[0]]: group for group in groups if group.containers}
    for group in groups:
        twin = known.get(keys[group.members[0]])
        if twin is not None and not group.containers:
            group.containers = [n for n in twin.containers if groups[n] is not group]
