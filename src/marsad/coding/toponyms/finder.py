"""Toponyms: find the place names of a report and say which places they are.

Reads   tokens, entity labels where there are any, doc._.report (dateline).
Writes  doc._.toponyms.
Never   decides which of the places an event happened at (see `event_places`).

Names come from the gazetteer, from the model's labels and from patterns; what is
a person, an organisation or an ordinary word is refused; the names of a report
are resolved together.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from marsad.coding.extensions import put_mentions
from marsad.coding.mentions import Toponym
from marsad.coding.toponyms.evidence import probability
from marsad.coding.toponyms.lexicon import ToponymLexicon, toponym_lexicon
from marsad.coding.toponyms.relations import find_relation, honest_precision, link_containers
from marsad.coding.toponyms.roles import RoleJudge
from marsad.coding.toponyms.scan import Candidate, DocView, scan
from marsad.coding.toponyms.unlisted import unlisted_places
from marsad.places.containment import lies_in
from marsad.places.gazetteer import Gazetteer, open_gazetteer
from marsad.places.resolve import PlaceMention, ReportGeography, Resolution, resolve
from marsad.records import PlacePrecision

MAX_DATELINE_TOKENS = 18
# A spelling so like the listed one that no other evidence is asked for.
SURE_SPELLING = 0.8
# A place of more people is known well enough to be named alone.
STRAY_PEOPLE = 300_000
# From this score a resolution counts as a sign of what country the report is about.
SURE_SCORE = 0.5


@Language.factory(
    "marsad_toponyms",
    requires=["token.is_sent_start"],
    assigns=["doc._.toponyms"],
    default_config={"gazetteer": None},
)
def make_toponyms(nlp: Language, name: str, gazetteer: str | None) -> ToponymFinder:
    """Find and resolve place names. `gazetteer` is a path; None means where the settings say."""
    return ToponymFinder(Path(gazetteer) if gazetteer else None)


class ToponymFinder:
    """Callable component; opens the gazetteer at the first Doc."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.lexicon = toponym_lexicon()
        self._gazetteer: Gazetteer | None = None

    @property
    def gazetteer(self) -> Gazetteer:
        """The open gazetteer (built first if it is not there)."""
        if self._gazetteer is None:
            self._gazetteer = open_gazetteer(self.path)
        return self._gazetteer

    def __call__(self, doc: Doc) -> Doc:
        """Set doc._.toponyms and return the Doc."""
        toponyms = find_toponyms(doc, self.gazetteer, self.lexicon) if len(doc) else []
        put_mentions(doc, "toponyms", toponyms, [toponym["role"] for toponym in toponyms])
        return doc


def find_toponyms(doc: Doc, gazetteer: Gazetteer, lexicon: ToponymLexicon) -> list[Toponym]:
    """The place names of `doc` in text order, resolved together."""
    view = DocView(doc, lexicon.vocabulary)
    listed = scan(view, gazetteer, lexicon)
    judge = RoleJudge(view, lexicon, listed)
    kept = [candidate for candidate in listed if judge.judge(candidate)]
    kept += unlisted_places(view, kept, judge, gazetteer)
    kept.sort(key=lambda candidate: candidate.start)
    _mark_datelines(view, kept, lexicon)
    link_containers(view, kept, lexicon)
    for candidate in kept:
        candidate.relation = find_relation(view, candidate, lexicon)
    found = _resolve(kept)
    for toponym in found:  # from words back to tokens
        toponym["start"] = view.tokens[toponym["start"]]
        toponym["end"] = view.tokens[toponym["end"] - 1] + 1
    return found


def _mark_datelines(view: DocView, candidates: list[Candidate], lexicon: ToponymLexicon) -> None:
    """Give the names of a dateline that role: where the reporter sits."""
    given = view.doc._.report.get("dateline_end") if view.doc._.report else None
    end_char = given if isinstance(given, int) else 0
    for candidate in candidates:
        start = candidate.start
        offset = view.offsets[start]
        if candidate.kind != "adjective" and (
            offset < end_char or _opens_dateline(view, start, lexicon)
        ):
            candidate.role = "dateline"


def _opens_dateline(view: DocView, start: int, lexicon: ToponymLexicon) -> bool:
    """Whether a name stands between a paragraph's start and a dash: 'ERBIL, Iraq (AP) --'."""
    opening = view.sentence_start(start)
    if start - opening > 8:
        return False
    first = opening
    if not view.words[first][:1].isupper():
        return False
    for index in range(start + 1, min(opening + MAX_DATELINE_TOKENS, len(view.words))):
        word = view.words[index]
        if view.opens[index] and index > opening and view.words[index - 1] not in {".", ")"}:
            return False
        if word in lexicon.dateline_ends and view.spaced(index):
            inside = view.words[first:index]
            lower = [w for w in inside if w.islower() and len(w) > 2 and w not in {"the", "near"}]
            return not lower and _is_dateline_head(view, first, index)
        if word.islower() and len(word) > 3:
            return False
    return False


def _is_dateline_head(view: DocView, first: int, dash: int) -> bool:
    """A dateline's first word is in capitals, or an agency stands in brackets before the dash."""
    return view.words[first].isupper() or ")" in view.words[max(first, dash - 2) : dash]


def _resolve(candidates: list[Candidate]) -> list[Toponym]:
    """Resolve all names together and write them as toponyms."""
    countries: Counter[str] = Counter()
    for candidate in candidates:
        if candidate.kind == "adjective":
            for entry in candidate.entries[:1]:
                if entry.country is not None:
                    countries[entry.country] += 1
    mentions = [
        PlaceMention(
            candidate.text,
            candidate.entries,
            candidate.hint,
            candidate.containers,
            candidate.country_hint,
        )
        for candidate in candidates
    ]
    weights = {country: 0.5 + min(count, 6) / 4 for country, count in countries.items()}
    resolutions = resolve(mentions, ReportGeography(weights))
    names_of: dict[str, set[str]] = {country: {country} for country in countries}
    for candidate, resolution in zip(candidates, resolutions, strict=True):
        if candidate.kind == "unlisted" or resolution is None or resolution.score < SURE_SCORE:
            continue
        if resolution.entry.country is not None:
            names_of.setdefault(resolution.entry.country, set()).add(candidate.text.lower())
    for index, candidate in enumerate(candidates):
        container = _container(candidate, resolutions)
        if candidate.kind == "unlisted":
            fits = _is_plausible(candidate, resolutions[index], container, set(names_of))
        else:
            fits = not _is_stray(candidate, resolutions[index], names_of)
        if not fits:
            resolutions[index] = None
    return [
        _toponym(candidate, resolutions[index], _container(candidate, resolutions))
        for index, candidate in enumerate(candidates)
    ]


def _is_stray(
    candidate: Candidate, resolution: Resolution | None, names_of: dict[str, set[str]]
) -> bool:
    """Whether an obscure namesake far from everything else in the report was chosen.

    A hospital or quarter is often called like a village of another country. Only
    where another country has several names here, and this one no other.
    """
    if resolution is None:
        return False
    entry = resolution.entry
    if entry.is_country or entry.country is None or entry.population > STRAY_PEOPLE:
        return False
    if entry.match >= 1.0 and candidate.hint != "site":
        return False
    others = names_of.get(entry.country, set()) - {candidate.text.lower()}
    strongest = max((len(names) for names in names_of.values()), default=0)
    return not others and strongest >= 2


def _is_plausible(
    candidate: Candidate,
    resolution: Resolution | None,
    container: Resolution | None,
    countries: set[str],
) -> bool:
    """Whether a name of other spelling may stand for the listed place.

    It must lie where the text puts it, or at least in a country that the report names;
    without either the spelling must be all but equal.
    """
    if resolution is None:
        return False
    if container is not None:
        return lies_in(resolution.entry, container.entry)
    if candidate.country_hint is not None:
        return resolution.entry.country == candidate.country_hint
    return resolution.entry.country in countries or resolution.entry.match >= SURE_SPELLING


def _container(candidate: Candidate, resolutions: list[Resolution | None]) -> Resolution | None:
    known = [resolutions[index] for index in candidate.containers]
    return next((resolution for resolution in known if resolution is not None), None)


def _toponym(
    candidate: Candidate, resolution: Resolution | None, container: Resolution | None
) -> Toponym:
    belief = probability(candidate.belief)
    if resolution is None:
        return _unresolved(candidate, container, belief)
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


def _unresolved(candidate: Candidate, container: Resolution | None, belief: float) -> Toponym:
    """A name the gazetteer lacks: the container's coordinates and precision, or none."""
    own: PlacePrecision = "town"
    if candidate.hint in {"site", "town", "district", "province"}:
        own = candidate.hint  # type: ignore[assignment]  # narrowed by the test
    entry = container.entry if container else None
    precision = entry.precision if entry else own
    return Toponym(
        start=candidate.start,
        end=candidate.end,
        name=candidate.text,
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
