"""Genres: reports about sport, films, markets, votes, drills, accidents, illness or plain crime.

Reads   words, matched idioms; trigger_genres.toml.
Writes  nothing.

In such reports words of violence are figures of speech, make-believe or the doing of nature, so
a trigger needs more than itself to count: a `hard` word beside it, or a grave deed told with its
day. A report on a bomb at a football ground keeps its bomb.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc

from marsad.coding.triggers.lexicon import Genre, load_classes, load_lexicon
from marsad.coding.triggers.match import Match, Words

SURE_WEIGHT = 2
GRAVE = (
    *("kill", "murder", "stab", "assassinat", "kidnap", "abduct", "rape", "execut", "massacr"),
    *("behead", "lynch", "slain", "slaughter", "gunned", "shot dead", "explod", "detonat"),
)


def nonevent_genres(words: Words, matches: Iterable[Match], violent: int) -> frozenset[str]:
    """Genres of the report that speak against events.

    `violent` is how many strong triggers of violence the report holds: a report on
    a massacre at a football match is not sport.
    """
    total = len(words.low)
    fields = Counter(m.pattern.field for m in matches if m.pattern.field)
    found = set()
    for genre in load_lexicon().genres:
        score = _score(genre, words.low) + SURE_WEIGHT * sum(fields[f] for f in genre.fields)
        if score >= max(genre.min_score, genre.share * total) and score > violent * genre.outweighs:
            found.add(genre.name)
    return frozenset(found)


def _score(genre: Genre, low: Iterable[str]) -> int:
    """Points of the words that speak for the genre; 0 where no sure word does."""
    points = 0
    sure = 0
    for word in low:
        if word in genre.sure:
            sure += 1
            points += SURE_WEIGHT
        elif word in genre.wide:
            points += 1
    return points if sure else 0


def is_grave_and_dated(doc: Doc, match: Match, sentence: frozenset[str]) -> bool:
    """Whether a grave deed is told in the past tense, with its day or as the main clause.

    Plots are told in the present or in passing: "her captor is killed".
    """
    if match.pattern.strength != "strong":
        return False
    words = doc[match.start : match.end].text.lower()
    head = doc[match.head]
    told = not head.tag_ or head.tag_ in ("VBD", "VBN", "VBG")
    main = head.dep_ == "ROOT" and head.tag_ in ("VBD", "VBN")
    if not main and load_classes()["clock"].isdisjoint(sentence):
        return False
    if any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBZ", "VBP") for c in head.children):
        return False
    return told and words.startswith(GRAVE)


def is_harm_done(doc: Doc, match: Match) -> bool:
    """Whether somebody really came to harm ("was wounded"), not a role ("played the wounded")."""
    head = doc[match.head]
    return match.pattern.role == "harm" and head.pos_ == "VERB"


# Deaths that no word of violence explains, anywhere in the report: illness, age, accident, or
# a cause that nobody knows. Several bodies at once, or bound ones, are told of for more than that.
_PLAIN_DEATH = frozenset("die dead death deaths fatality body corpse remains find discover".split())
_FOUL = frozenset(
    """bodies corpses shot stabbed bound tied handcuffed blindfolded gagged decapitated beheaded
    mutilated burned burnt bullet bullets tortured torture dumped""".split()
)


def is_plain_death(match: Match, sentence: frozenset[str]) -> bool:
    """Whether a match only says that somebody died or was found dead; `sentence`: its words."""
    plain = not _PLAIN_DEATH.isdisjoint(match.pattern.entry.split())
    return match.pattern.role == "harm" and plain and _FOUL.isdisjoint(sentence)
