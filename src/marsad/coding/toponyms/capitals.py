"""Capitals: read "the Afghan capital", "Somalia's capital", "the capital of Mali", "the capital".

Reads   judged candidates and the words around the word "capital".
Writes  nothing; returns a candidate for each capital that the words name.
Never   takes a country's own name for its capital.

Where the city's name stands beside the word ("the capital, Kabul") that name is the
mention. A bare "the capital" is that of the country told of last, if the report is
about that country more than about any other.
"""

from __future__ import annotations

from collections import Counter

from marsad.coding.toponyms.lexicon import ToponymLexicon
from marsad.coding.toponyms.scan import Candidate, DocView
from marsad.places.gazetteer import Gazetteer

# Words that make the capital of something smaller ("the provincial capital").
LESSER = frozenset(
    """provincial state regional district county departmental governorate oblast administrative
    cultural economic commercial financial business industrial spiritual tribal de facto former
    seaside summer winter ancient venture human political social working share fixed equity raise
    raised""".split()
)
# After these words "capital" is money, a letter or a punishment.
NO_CITY_BEFORE = frozenset({"punishment", "crime", "murder", "gains"})
NO_CITY_AFTER = frozenset(
    """punishment gains gain market markets murder crime crimes offense offence offences offenses
    case cases charge charges sentence sentences letter letters goods investment investments flows
    flight expenditure spending controls requirements trial region district territory governorate
    province""".split()
)
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
MAX_REACH = 3
# Share of a report's names of countries from which a bare "the capital" is that country's.
CLEAR_SHARE = 0.5


def find_capitals(
    view: DocView, candidates: list[Candidate], gazetteer: Gazetteer, lexicon: ToponymLexicon
) -> list[Candidate]:
    """Candidates for the capitals named by a description; `candidates` is not changed."""
    found = []
    for index, word in enumerate(view.lowers):
        if word == "capital":
            country = _country_of(view, index, candidates, lexicon)
            entry = gazetteer.capital(country) if country is not None else None
            if entry is not None:
                capital = Candidate(index, index + 1, entry.name, (entry,), kind="capital")
                capital.hint, capital.belief = "town", 2.5
                found.append(capital)
    return found


def _country_of(
    view: DocView, index: int, candidates: list[Candidate], lexicon: ToponymLexicon
) -> str | None:
    """The country (alpha-3) whose capital the word at `index` means, or None."""
    lowers = view.lowers
    after = index + 1
    if after < len(lowers) and lowers[after] == "city":
        after += 1
    if after < len(lowers) and lowers[after] in NO_CITY_AFTER:
        return None
    if _is_named_beside(view, after, candidates):
        return None
    start = index
    while start > 0 and (lowers[start - 1] in lexicon.compass or lowers[start - 1] == "national"):
        start -= 1
    before = lowers[start - 1] if start else ""
    if before in LESSER or before in NO_CITY_BEFORE:
        return None
    owner = next((c for c in candidates if start - MAX_REACH <= c.end - 1 < start), None)
    if owner is not None and owner.end <= start:
        between = lowers[owner.end : start]
        if not between and owner.kind == "adjective":
            return owner.entries[0].country if owner.entries else None
        if between and between[0] in POSSESSIVES and len(between) == 1:
            return _country_named(owner)
    if after < len(lowers) and lowers[after] == "of":
        first = after + 1 + (after + 1 < len(lowers) and lowers[after + 1] == "the")
        named = next((c for c in candidates if c.start == first), None)
        return _country_named(named) if named is not None else None
    return _report_country(candidates, index) if before == "the" else None


def _is_named_beside(view: DocView, after: int, candidates: list[Candidate]) -> bool:
    """Whether the city's name follows: "the capital Kabul", "the capital, Kabul,"."""
    if after < len(view.lowers) and view.lowers[after] in {",", "(", "of"}:
        after += 1  # "Haiti's capital of Port-au-Prince", but not "the capital of Haiti"
    return any(
        c.start == after and c.kind != "adjective" and not _country_named(c) for c in candidates
    )


def _country_named(candidate: Candidate) -> str | None:
    return next((entry.country for entry in candidate.entries if entry.is_country), None)


def _report_country(candidates: list[Candidate], index: int) -> str | None:
    """The country that most names and nationality words of the report are of.

    Names with bearers in several countries count for none.
    """
    counts: Counter[str] = Counter()
    for candidate in candidates:
        if candidate.kind == "adjective" or any(e.is_country for e in candidate.entries):
            countries = {e.country for e in candidate.entries[:1] if e.country}
        else:
            countries = {e.country for e in candidate.entries if e.country}
        if len(countries) == 1:
            # What was told before the word says more than what comes after it.
            counts[countries.pop()] += 2 if candidate.start < index else 1
    if not counts:
        return None
    (first, share), *rest = counts.most_common(2)
    if rest and rest[0][1] == share:
        return None
    return first if share >= CLEAR_SHARE * sum(counts.values()) else None
