"""Settle: from judged candidates to toponyms, all names of a report resolved together.

Reads   judged candidates with what the words say about them, the report's title.
Writes  nothing; returns toponyms.
Never   puts a name where the words say that it is not: a village "in northern Burkina Faso" is in
        Burkina Faso or nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from marsad.coding.mentions import Toponym
from marsad.coding.toponyms.country_words import countries_named, told_countries
from marsad.coding.toponyms.evidence import probability
from marsad.coding.toponyms.fit import STRAY_PEOPLE, is_plausible, is_stray, is_within, km
from marsad.coding.toponyms.home import (
    RELATION_OF_AUTHORITY,
    RELATION_OF_DATELINE,
    Home,
    find_home,
    has_authority_after,
)
from marsad.coding.toponyms.relations import honest_precision
from marsad.coding.toponyms.scan import Candidate, DocView
from marsad.places.containment import lies_in
from marsad.places.gazetteer import Gazetteer
from marsad.places.grouping import PlaceMention, ReportGeography
from marsad.places.names import name_key
from marsad.places.resolve import Resolution, resolve
from marsad.places.schema import PlaceEntry
from marsad.records import PlacePrecision

# From this score a resolution counts as a sign of what country the report is about.
SURE_SCORE = 0.5
# A park or street is at the listed place of its name only with another place this near.
SITE_REACH_KM = 80.0
# In a local report a small uncontained namesake farther off than this is another place.
HOME_REACH_KM = 200.0
# A village lies in the division of the town that follows so, this many words behind it.
BESIDE_RELATIONS = frozenset({"from", "near", "outside", "outskirts of"})
BESIDE_REACH = 12
# How many words back an unlisted site takes the town told of.
SITE_LOOK_BACK = 90
_RANK = {"site": 0, "town": 1, "district": 2, "province": 3, "country": 4}


def settle(
    view: DocView, candidates: list[Candidate], title: list[Candidate], gazetteer: Gazetteer
) -> list[Toponym]:
    """The toponyms of `candidates` in order; `title` are those of the report's title."""
    everything = [*candidates, *title]
    named = countries_named(everything)
    told = told_countries(view)
    for country, weight in named.items():
        told[country] = told.get(country, 0.0) + weight
    resolutions = resolve([_mention(candidate) for candidate in everything], ReportGeography(told))
    own = resolutions[: len(candidates)]
    home = find_home(view, candidates, own, resolutions[len(candidates) :])
    report = _Report(view, candidates, own, home, gazetteer, named)
    report.refuse_strays()
    if home is not None and home.is_sure:
        _mark_home(view, candidates, home)
    return [_toponym(report, index) for index in range(len(candidates))]


def _mention(candidate: Candidate) -> PlaceMention:
    return PlaceMention(
        candidate.text,
        candidate.entries,
        candidate.hint,
        candidate.containers,
        candidate.country_hint,
        probability(candidate.belief),
    )


def _mark_home(view: DocView, candidates: Sequence[Candidate], home: Home) -> None:
    """Write on the mentions that show the home what they are of it."""
    for index in home.signs:
        candidate = candidates[index]
        if candidate.role == "dateline":
            candidate.relation = RELATION_OF_DATELINE
        else:
            candidate.relation = candidate.relation or RELATION_OF_AUTHORITY


@dataclass
class _Report:
    """One report's candidates with their resolutions, and what they say together."""

    view: DocView
    candidates: list[Candidate]
    resolutions: list[Resolution | None]
    home: Home | None
    gazetteer: Gazetteer
    adjectives: dict[str, float]
    # candidates that are listed names no longer, but unlisted ones
    refused: set[int] = field(default_factory=set)

    def refuse_strays(self) -> None:
        """Take back resolutions that the words or the report's whereabouts forbid."""
        names_of = self._names_by_country()
        for index, candidate in enumerate(self.candidates):
            resolution = self.resolutions[index]
            if resolution is None or candidate.kind in {"adjective", "capital", "abbreviation"}:
                continue
            container = self.container(index)
            if candidate.kind == "unlisted":
                fits = is_plausible(candidate, resolution, container, set(names_of))
            else:
                fits = not is_stray(candidate, resolution, names_of)
            if fits and self._is_outside(index, resolution.entry):
                resolution = self._inside(index)
                fits, self.resolutions[index] = resolution is not None, resolution
            if fits and resolution is not None:
                fits = not self._is_far(index, resolution.entry)
            if not fits:
                self.resolutions[index] = None
                self.refused.add(index)

    def _names_by_country(self) -> dict[str, set[str]]:
        names_of: dict[str, set[str]] = {country: {country} for country in self.adjectives}
        for candidate, resolution in zip(self.candidates, self.resolutions, strict=True):
            if candidate.kind == "unlisted" or resolution is None or resolution.score < SURE_SCORE:
                continue
            if resolution.entry.country is not None:
                names_of.setdefault(resolution.entry.country, set()).add(candidate.text.lower())
        return names_of

    def container(self, index: int) -> Resolution | None:
        """The most precise place that the text says candidate `index` lies in."""
        known = [self.resolutions[i] for i in self.candidates[index].containers]
        return min(
            (resolution for resolution in known if resolution is not None),
            key=lambda resolution: _RANK[resolution.entry.precision],
            default=None,
        )

    def _is_outside(self, index: int, entry: PlaceEntry) -> bool:
        """Whether the words put candidate `index` somewhere that `entry` does not lie."""
        candidate = self.candidates[index]
        if not candidate.confined:
            return False
        if candidate.country_hint is not None and not candidate.containers:
            return entry.country not in {candidate.country_hint, None}
        container = self.container(index)
        return container is not None and not is_within(entry, container.entry)

    def _inside(self, index: int) -> Resolution | None:
        """The most populous candidate place that lies where the words put it."""
        entries = [e for e in self.candidates[index].entries if not self._is_outside(index, e)]
        best = max(entries, key=lambda entry: (entry.match, entry.population), default=None)
        return Resolution(best, best.match * SURE_SCORE) if best is not None else None

    def _is_far(self, index: int, entry: PlaceEntry) -> bool:
        """Whether a small place or site stands alone, far from all else that is named."""
        candidate = self.candidates[index]
        named = bool(candidate.named_site)
        if (
            (entry.is_country if named else entry.is_container)
            or entry.latitude is None
            or (entry.population > STRAY_PEOPLE and not entry.is_container)
            or candidate.containers
            or self._holds_another(index)
        ):
            return False
        kin = [
            other.entry
            for i, other in enumerate(self.resolutions)
            if other is not None
            and other.entry.id != entry.id
            and self.candidates[i].text.lower() != candidate.text.lower()
            and other.entry.country == entry.country
            and not other.entry.is_country
            and other.entry.feature != "ADM1"
        ]
        if named or entry.feature in {"ST", "HSP", "PRK", "SQR"}:
            near = any(km(entry, other) <= SITE_REACH_KM or lies_in(other, entry) for other in kin)
            return not near and bool(kin or self.home or not self._speaks_of(entry.country))
        if self.home is None or not self.home.is_sure or candidate.role == "person-origin":
            return False
        home = self.home.resolution.entry
        if entry.id == home.id or has_authority_after(self.view.lowers, candidate.end):
            return False
        if km(entry, home) <= HOME_REACH_KM or candidate.hint in {"province", "town"}:
            return False
        return not any(
            (other.country, other.admin1_code) == (entry.country, entry.admin1_code)
            for other in kin
            if other.id != home.id
        )

    def _speaks_of(self, country: str | None) -> bool:
        return country in self.adjectives or any(
            other is not None and other.entry.is_country and other.entry.country == country
            for other in self.resolutions
        )

    def _holds_another(self, index: int) -> bool:
        return any(index in candidate.containers for candidate in self.candidates)

    def whereabouts(self, index: int) -> PlaceEntry | None:
        """Where an unlisted name lies, as far as the report tells: town, province or country."""
        candidate = self.candidates[index]
        container = self.container(index) or self._container_elsewhere(index)
        if container is not None:
            return self._one_division(container.entry)
        if candidate.country_hint is not None:
            country = self.gazetteer.country(candidate.country_hint)
            return self._one_division(country) if country is not None else None
        if candidate.hint == "site" or candidate.named_site:
            town = self._town_told(index) or self._only_town()
            if town is not None:
                return town
        if self.home is not None:
            return self.home.resolution.entry
        return self._division_beside(index) or self._common_area()

    def _division_beside(self, index: int) -> PlaceEntry | None:
        """The division of the town that a village is said to lie near ("20 km from X")."""
        start = self.candidates[index].end
        for other, candidate in enumerate(self.candidates):
            town = self.resolutions[other]
            if (
                town is not None
                and candidate.relation in BESIDE_RELATIONS
                and 0 < candidate.start - start <= BESIDE_REACH
                and not any(self.view.opens[start : candidate.start])
                and town.entry.precision in {"town", "district"}
            ):
                return self.gazetteer.division(town.entry)
        return None

    def _one_division(self, area: PlaceEntry) -> PlaceEntry:
        """Of a country the division that the report names, if it names just one; else `area`."""
        if not area.is_country:
            return area
        named = {
            other.entry.id: other.entry
            for other in self.resolutions
            if other is not None
            and other.entry.feature == "ADM1"
            and other.entry.country == area.country
        }
        return next(iter(named.values())) if len(named) == 1 else area

    def _only_town(self) -> PlaceEntry | None:
        """The one town that the report names, if it names just one."""
        towns = {
            other.entry.id: other.entry
            for candidate, other in zip(self.candidates, self.resolutions, strict=True)
            if other is not None
            and other.entry.precision == "town"
            and candidate.role in {"location", "dateline"}
        }
        return next(iter(towns.values())) if len(towns) == 1 else None

    def _container_elsewhere(self, index: int) -> Resolution | None:
        key = name_key(self.candidates[index].text)
        for other, candidate in enumerate(self.candidates):
            if candidate.containers and other != index and name_key(candidate.text) == key:
                container = self.container(other)
                if container is not None:
                    return container
        return None

    def _town_told(self, index: int) -> PlaceEntry | None:
        """The town of the same sentence or, some words back, the one told of before."""
        candidate = self.candidates[index]
        first = self.view.sentence_start(candidate.start)
        last = candidate.end
        while last < len(self.view.words) and not self.view.opens[last]:
            last += 1
        here: list[tuple[int, PlaceEntry]] = []
        for other, resolution in enumerate(self.resolutions):
            place = self.candidates[other]
            if resolution is None or place.kind == "adjective" or place.role == "person-origin":
                continue
            if resolution.entry.precision not in {"town", "district"}:
                continue
            distance = abs(place.start - candidate.start)
            same = first <= place.start < last
            if same or (place.start < first and distance <= SITE_LOOK_BACK):
                here.append((distance + (0 if same else 1000), resolution.entry))
        return min(here, key=lambda item: item[0])[1] if here else None

    def _common_area(self) -> PlaceEntry | None:
        """The one province, else the one country, that the report's places lie in."""
        divisions: Counter[int] = Counter()
        countries: Counter[str] = Counter()
        entries: dict[int, PlaceEntry] = {}
        for candidate, resolution in zip(self.candidates, self.resolutions, strict=True):
            if resolution is None or candidate.role != "location":
                continue
            entry = resolution.entry
            if entry.feature == "ADM1":
                divisions[entry.id] += 1
                entries[entry.id] = entry
            if entry.country is not None:
                countries[entry.country] += 1
        if len(countries) == 1 and len(divisions) == 1:
            return entries[next(iter(divisions))]
        if not countries:
            countries.update(dict.fromkeys(self.adjectives, 1))
        (country, count), *rest = countries.most_common(2) or [("", 0)]
        if not count or (rest and rest[0][1] == count):
            return None
        return self.gazetteer.country(country)


def _toponym(report: _Report, index: int) -> Toponym:
    candidate, resolution = report.candidates[index], report.resolutions[index]
    belief = probability(candidate.belief)
    if resolution is None:
        return _unresolved(report, index, belief)
    entry = resolution.entry
    return Toponym(
        start=candidate.start,
        end=candidate.end,
        name=entry.name,
        geonameid=entry.geonameid,
        latitude=entry.latitude,
        longitude=entry.longitude,
        admin1=entry.admin1,
        country=entry.country,
        precision=honest_precision(entry.precision, candidate.hint, candidate.relation),
        relation=candidate.relation,
        role=candidate.role,  # type: ignore[typeddict-item]  # the judge writes only roles
        score=round(resolution.score * belief, 3),
    )


def _unresolved(report: _Report, index: int, belief: float) -> Toponym:
    """A name the gazetteer lacks: the coordinates and precision of where it lies, or none."""
    candidate = report.candidates[index]
    own: PlacePrecision = "town"
    if candidate.hint in {"site", "town", "district", "province"}:
        own = candidate.hint  # type: ignore[assignment]  # narrowed by the test
    entry = report.whereabouts(index)
    precision = entry.precision if entry and _RANK[entry.precision] >= _RANK[own] else own
    end = candidate.named_site or candidate.end
    return Toponym(
        start=candidate.start,
        end=end,
        name=report.view.slice(candidate.start, end),
        geonameid=None,
        latitude=entry.latitude if entry else None,
        longitude=entry.longitude if entry else None,
        admin1=entry.admin1 if entry else None,
        country=entry.country if entry else candidate.country_hint,
        precision=honest_precision(precision, None, candidate.relation),
        relation=candidate.relation,
        role=candidate.role,  # type: ignore[typeddict-item]
        score=round(0.3 * belief, 3),
    )
