"""Country words: what a report tells of its country without naming it.

Reads   the words of a report.
Writes  nothing; returns weights by country.

"Sheriff", "felony" and "trooper" are words of one country's papers, FMLN, TPLF and BJP
are groups of one country. They say nothing of where an event was, only which of several
namesakes is likely meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from marsad.coding.toponyms.lexicon import ToponymLexicon, toponym_lexicon
from marsad.coding.toponyms.scan import Candidate, DocView

# One clear naming of the country weighs 1.0: two such words weigh less, five a little more.
FIRST, EACH, MAX_WORDS = 0.4, 0.2, 5


def countries_named(candidates: Sequence[Candidate]) -> dict[str, float]:
    """The countries that nationality words speak of, with their weights."""
    countries: Counter[str] = Counter()
    for candidate in candidates:
        if candidate.kind == "adjective":
            for entry in candidate.entries[:1]:
                if entry.country is not None:
                    countries[entry.country] += 1
    return {country: 0.5 + min(count, 6) / 4 for country, count in countries.items()}


def told_countries(view: DocView) -> dict[str, float]:
    """Weights by ISO 3166-1 alpha-3 code."""
    lexicon = toponym_lexicon()
    counts: Counter[str] = Counter()
    for word in set(view.lowers) & lexicon.country_words.keys():
        counts[lexicon.country_words[word]] += 1
    counts.update(_groups(view, lexicon))
    return {country: FIRST + EACH * min(count, MAX_WORDS) for country, count in counts.items()}


def _groups(view: DocView, lexicon: ToponymLexicon) -> Counter[str]:
    """The countries of the groups whose initials stand in the text, two for each group."""
    names = set(view.words) & lexicon.group_names.keys()
    if any(view.shouts):  # where all is in capitals, initials may be words
        names = {name for name in names if name.lower() not in lexicon.vocabulary}
    counts: Counter[str] = Counter()
    for name in names:
        counts[lexicon.group_names[name]] += 2
    return counts
