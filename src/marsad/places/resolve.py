"""Resolution: decide which place each toponym of a report means, all of them together.

Reads   candidate entries of every mention and what the text says around them.
Never   opens a file, knows spaCy or invents a place.

A mention's candidates are ranked by a sum of visible terms: how many people
live there, what kind of place it is, whether the text names the place that
contains it, whether its country and division are named elsewhere in the report,
and how near it lies to the other places. Places are then re-ranked in the light
of each other a few times (after Leidner's minimality and Buscaldi's context
methods for toponym resolution).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from marsad.geodesy import great_circle_km
from marsad.places.coherence import Coherence, localness, vote_of
from marsad.places.containment import is_same_area, lies_in
from marsad.places.grouping import Group, PlaceMention, ReportGeography, group_mentions
from marsad.places.schema import PlaceEntry

# What each term adds. Population is in powers of ten, so 1.0 is a factor of ten in people.
WEIGHTS: Mapping[str, float] = {
    "population": 1.0,
    "country": 3.0,  # a country beats any town of its name
    "capital": 0.8,
    "world_city": 2.0,  # named from anywhere, as London is in Ontario
    "division": -0.3,  # "Idlib" alone is the town, unless the text says otherwise
    "own_town": -2.5,  # ... all the more when the division has a chief town of its name
    "second_division": -0.5,
    "match": 12.0,  # a tenth of spelling match is worth 1.2
    "container": 7.0,  # "Athens, Georgia"
    "not_in_container": -4.0,
    "holds": 4.0,  # "Rochester, New York" is the state
    "same_country": 4.0,
    "same_division": 3.0,
    "near": 3.0,
    "coherent": 3.0,  # other names could all lie around here
    "hint": 3.0,  # "X province", "the town of X"
    "against_hint": -3.0,
}
ROUNDS = 3
# No further round when no candidate's share moved by more.
SETTLED_SHARE = 0.1
# Distance at which a neighbour's pull has fallen to a third.
PULL_KM = 150.0
PULL_REACH_DEGREES = 4.0
TRUST_SLOPE = 2.0
OWN_TOWN_SHARE = 0.07
SURE_COUNTRY = 0.9
WORLD_CAPITAL_PEOPLE = 2_000_000


@dataclass(frozen=True, slots=True)
class Resolution:
    """The place chosen for a mention and how sure that is, 0 to 1."""

    entry: PlaceEntry
    score: float


def resolve(
    mentions: Sequence[PlaceMention], context: ReportGeography | None = None
) -> list[Resolution | None]:
    """The place of each mention, None for those without candidates.

    Mentions of one name are taken to mean one place, unless the text puts them
    into different containers.
    """
    context = context or ReportGeography()
    groups = group_mentions(mentions, context)
    scored = [_standing(group) for group in groups]
    choice = [_softmax(scores) for scores in scored]
    coherence = Coherence(
        [group.candidates for group in groups], scored, [group.trust for group in groups]
    )
    for _ in range(ROUNDS):
        evidence = _Evidence(groups, choice, context, coherence)
        before = choice
        choice = [
            shares  # where there is no choice, nothing can change it
            if len(group.candidates) < 2
            else _softmax(
                [
                    base + evidence.support(number, place)
                    for base, place in zip(scores, group.candidates, strict=True)
                ]
            )
            for number, (group, scores, shares) in enumerate(
                zip(groups, scored, choice, strict=True)
            )
        ]
        if _is_settled(before, choice):
            break
    results: list[Resolution | None] = [None] * len(mentions)
    for group, shares in zip(groups, choice, strict=True):
        if not shares:
            continue
        best = max(range(len(shares)), key=shares.__getitem__)
        entry = group.candidates[best]
        rivals = sum(
            share
            for share, other in zip(shares, group.candidates, strict=True)
            if not is_same_area(entry, other)
        )
        score = round(min(1.0, max(0.0, (1.0 - rivals) * entry.match)), 3)
        for index in group.members:
            results[index] = Resolution(entry, score)
    return results


def _is_settled(before: list[list[float]], after: list[list[float]]) -> bool:
    """Whether a further round would hardly move any share."""
    return all(
        abs(old - new) < SETTLED_SHARE
        for first, second in zip(before, after, strict=True)
        for old, new in zip(first, second, strict=True)
    )


def _standing(group: Group) -> list[float]:
    """What speaks for each candidate by itself."""
    return [
        WEIGHTS["population"] * math.log10(entry.population + 200)
        + WEIGHTS["match"] * entry.match
        + _kind_score(entry)
        + sum(_hint_score(entry, hint) for hint in group.hints[:1])
        + (WEIGHTS["own_town"] if _has_own_town(entry, group.candidates) else 0.0)
        for entry in group.candidates
    ]


def _has_own_town(entry: PlaceEntry, candidates: Sequence[PlaceEntry]) -> bool:
    """Whether a division has a chief town of its name, which the bare name then means.

    Idlib, Kharkiv, Kano; not Quebec, whose town holds too few of its people.
    """
    if entry.feature != "ADM1":
        return False
    return any(
        other.feature.startswith("PPL")
        and (other.country, other.admin1_code) == (entry.country, entry.admin1_code)
        and other.population >= OWN_TOWN_SHARE * entry.population
        and other.match >= entry.match - 0.06
        for other in candidates
    )


def _kind_score(entry: PlaceEntry) -> float:
    if entry.is_country:
        return WEIGHTS["country"]
    if entry.feature == "PPLC":
        world = entry.population >= WORLD_CAPITAL_PEOPLE
        return WEIGHTS["capital"] + (WEIGHTS["world_city"] if world else 0.0)
    if entry.feature == "ADM1":
        return WEIGHTS["division"]
    if entry.feature == "ADM2":
        return WEIGHTS["second_division"]
    return 0.0


def _hint_score(entry: PlaceEntry, hint: str) -> float:
    """Whether the kind of place fits what the text calls it."""
    fits = {
        "country": entry.is_country,
        "province": entry.precision == "province",
        "district": entry.precision == "district",
        "town": entry.feature.startswith("PPL"),
        "site": entry.precision == "site",
    }.get(hint)
    if fits is None:
        return 0.0
    if hint in {"site", "district"}:  # towns give their name to districts and camps
        return WEIGHTS["hint"] if fits else (0.0 if entry.precision == "town" else -1.0)
    return WEIGHTS["hint"] if fits else WEIGHTS["against_hint"]


def _softmax(scores: Sequence[float]) -> list[float]:
    if not scores:
        return []
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised)
    return [value / total for value in raised]


class _Evidence:
    """What the current choices say about countries, divisions and neighbourhood."""

    def __init__(
        self,
        groups: list[Group],
        choice: list[list[float]],
        context: ReportGeography,
        coherence: Coherence,
    ) -> None:
        self.coherence = coherence
        self.groups = groups
        self.choice = choice
        self.countries: dict[str, float] = defaultdict(float, context.countries)
        self.divisions: dict[tuple[str, str], float] = defaultdict(float)
        self.own_countries: list[dict[str, float]] = []
        self.own_divisions: list[dict[tuple[str, str], float]] = []
        self.points: list[tuple[int, tuple[float, float], float]] = []
        for number, (group, shares) in enumerate(zip(groups, choice, strict=True)):
            self._count(number, group, shares)
        self.inner: list[list[int]] = [[] for _ in groups]
        for number, group in enumerate(groups):
            for container in group.containers:
                self.inner[container].append(number)
        self.total = sum(self.countries.values())
        self.own_totals = [sum(countries.values()) for countries in self.own_countries]

    def _count(self, number: int, group: Group, shares: list[float]) -> None:
        countries: dict[str, float] = defaultdict(float)
        divisions: dict[tuple[str, str], float] = defaultdict(float)
        most: dict[str, float] = {}
        for entry, share in zip(group.candidates, shares, strict=True):
            if share < 0.02 or entry.country is None:
                continue
            share *= vote_of(entry)
            countries[entry.country] += share
            most[entry.country] = max(most.get(entry.country, 0.0), share)
            if entry.admin1_code:
                told = 1.0 if entry.feature == "ADM1" else max(0.5, localness(entry))
                divisions[entry.country, entry.admin1_code] += share * told * group.weight
        # Where the country is open the foremost bearer of the name counts, squared: neither twenty
        # villages of one country nor a name of many countries must outvote a name with one bearer.
        countries = {
            code: (share if share > SURE_COUNTRY else most[code]) * share * group.weight
            for code, share in countries.items()
        }
        for country, weight in countries.items():
            self.countries[country] += weight
        for division, weight in divisions.items():
            self.divisions[division] += weight
        self.own_countries.append(countries)
        self.own_divisions.append(divisions)
        if shares:
            best = max(range(len(shares)), key=shares.__getitem__)
            entry = group.candidates[best]
            if not entry.is_country and entry.latitude is not None and entry.longitude is not None:
                self.points.append((number, (entry.latitude, entry.longitude), shares[best]))

    def support(self, number: int, entry: PlaceEntry) -> float:
        """What the other mentions add for this candidate of group `number`."""
        group = self.groups[number]
        score, trust = 0.0, 1.0
        if entry.country is not None:
            total = self.total - self.own_totals[number]
            others = self.countries[entry.country] - self.own_countries[number].get(
                entry.country, 0.0
            )
            share = others / (total + 1.0)
            score += WEIGHTS["same_country"] * share
            # A cluster of namesakes in a country that the report is not about proves little.
            trust = min(1.0, 0.2 + TRUST_SLOPE * share)
            if entry.admin1_code and not entry.is_country:
                division = (entry.country, entry.admin1_code)
                kin = self.divisions[division] - self.own_divisions[number].get(division, 0.0)
                score += trust * WEIGHTS["same_division"] * kin / (kin + 1.0)
            if group.country_hint is not None:
                score += (
                    WEIGHTS["container"] / 2
                    if entry.country == group.country_hint
                    else WEIGHTS["not_in_container"] / 2
                )
        score += trust * WEIGHTS["near"] * self._nearness(number, entry)
        score += trust * WEIGHTS["coherent"] * self.coherence.pull(number, entry)
        if self.inner[number]:
            score += WEIGHTS["holds"] * max(
                self._holds(entry, other) for other in self.inner[number]
            )
        if group.containers:
            score += max(self._containment(entry, other) for other in group.containers)
        return score

    def _nearness(self, number: int, entry: PlaceEntry) -> float:
        """0 to 1: the pull of the two nearest other places."""
        if entry.is_country or entry.latitude is None or entry.longitude is None:
            return 0.0
        here = (entry.latitude, entry.longitude)
        # A degree of latitude is 111 km: skip what is too far to pull at all.
        pulls = [
            share * math.exp(-great_circle_km(here, point) / PULL_KM)
            for other, point, share in self.points
            if other != number
            and abs(point[0] - here[0]) < PULL_REACH_DEGREES
            and abs(point[1] - here[1]) < 3 * PULL_REACH_DEGREES
        ]
        pulls.sort(reverse=True)
        return sum(pulls[:2]) / 2

    def _holds(self, entry: PlaceEntry, other: int) -> float:
        """The share of group `other`'s readings that lie in `entry` ("Rochester, New York")."""
        inner = self.groups[other]
        return max(
            (
                max(share, 0.3)
                for place, share in zip(inner.candidates, self.choice[other], strict=True)
                if lies_in(place, entry)
            ),
            default=0.0,
        )

    def _containment(self, entry: PlaceEntry, other: int) -> float:
        """Whether `entry` lies in the likely readings of group `other`."""
        container = self.groups[other]
        inside = sum(
            share
            for place, share in zip(container.candidates, self.choice[other], strict=True)
            if lies_in(entry, place)
        )
        possible = any(lies_in(entry, place) for place in container.candidates)
        if possible:
            return WEIGHTS["container"] * max(inside, 0.3)
        return WEIGHTS["not_in_container"]
