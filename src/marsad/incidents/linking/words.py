"""Words: what tells one event from others in the words of a report.

Reads   texts.
Writes  nothing; returns weighted terms and names.

Names, numbers and rare words tell: a street, a victim, an age. They are weighed by
fixed lists and not by how often they occur in the ledger, so that what is decided
about two reports does not change with the reports that come later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from marsad.codebook.familiar import (
    load_familiar_words,
    load_name_parts,
    load_plain_words,
    load_settings,
)
from marsad.codebook.words import load_common_words

_TERM = re.compile(r"[^\W\d_][\w'’-]*|\d[\d:.,-]*\d|\d")
_POSSESSIVE = re.compile(r"['’]s?$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CALENDAR = frozenset(
    """january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday
    saturday sunday""".split()
)
# What a word in common is worth, against a name that no list knows.
_NAME = 1.0
_FAMILIAR_NAME = 0.3
_RARE_WORD = 0.5
_UNCOMMON_WORD = 0.35  # of common English, but not of most texts
_NUMBER = 0.6
_SMALL_NUMBER = 0.3
_CALENDAR_WORD = 0.1

_ENDINGS = ("s", "es", "ed", "ing", "er", "ers", "ly")
_CONTEXT = 60  # characters before and after a name in which its role is told
# Before and after the names of those whom something happened to, or who are sought for it.
_HARMED_BEFORE = re.compile(
    r"(?:\b\d{1,2}[- ]years?[- ]old(?:\s[a-z]\w+){0,3}"
    r"|\b(?:identified|named)(?:\s\w+){0,4}\sas|\bvictims?,?|\b(?:kill\w*|murder\w*)(?:\sof)?"
    r"|\b(?:deaths?|shooting|assassination|kidnapping|abduction|bod(?:y|ies)|memory|slaying)\sof"
    r"|\b(?:charged|arrested|convicted|sentenced))\s$",
    re.IGNORECASE,
)
_HARMED_AFTER = re.compile(
    r"\.?(?:,\s(?:aged?\s)?\d{1,2}\b(?!,\d)|\s\((?:aged?\s)?\d{1,2}\)"
    r"|,?\s(?:(?:was|were|is|has\sbeen|had\sbeen|who\swas|who\swere)\s(?:\w+ly\s)?"
    r"(?:shot|killed|murdered|wounded|injured|stabbed|gunned|struck|hit|found|charged|arrested"
    r"|convicted|sentenced|kidnapped|abducted|assassinated|pronounced|accused|dead)"
    r"|died|pleaded|succumbed)\b)"
)


@dataclass(frozen=True)
class _Lists:
    offices: frozenset[str]
    bodies: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]


@cache
def _load_lists() -> _Lists:
    return _Lists(*map(load_name_parts, ("offices", "bodies", "particles", "suffixes")))


@dataclass(frozen=True)
class Names:
    """The full names in a text, each as its first and last word, lower case.

    `harmed` are of people told of as hit, sought or charged; `other` of people, streets
    and clinics that no list knows.
    """

    harmed: frozenset[str]
    other: frozenset[str]


def weigh_words(text: str) -> dict[str, float]:
    """The distinctive words of a text, lower case, each with its weight (0 to 1)."""
    common, familiar = load_common_words(), load_familiar_words()
    plain = load_plain_words()
    terms: dict[str, float] = {}
    for word in set(_TERM.findall(text)):
        if word[0].isdigit():
            terms[word] = _weigh_number(word)
            continue
        lower = _lower(word)
        if lower in _CALENDAR:
            terms[lower] = _CALENDAR_WORD
        elif len(lower) < 3:
            continue
        elif lower in common:
            if lower not in plain and not _is_derived(lower, plain):
                terms[lower] = _UNCOMMON_WORD
        else:
            weight = _NAME if word[0].isupper() else _RARE_WORD
            if lower in familiar:
                weight = _FAMILIAR_NAME
            elif _is_derived(lower, common):
                continue
            # A word also written small is no name.
            terms[lower] = min(weight, terms.get(lower, weight))
    return terms


def find_settings(text: str) -> frozenset[str]:
    """What is told to have been hit, and by what means, in the words of the codebook."""
    known = load_settings()
    lower = text.lower()
    words = set(_TERM.findall(lower))
    words |= {f"{a} {b}" for a, b in pairwise(re.findall(r"[\w'’-]+", lower))}
    return frozenset(known[word] for word in words if word in known)


def _is_derived(word: str, known: frozenset[str]) -> bool:
    """Whether a word is made of known ones: plurals, "year-old", "don't"."""
    if "-" in word:
        return all(part in known or len(part) < 3 for part in word.split("-"))
    if "'" in word or "’" in word:
        return re.split("['’]", word)[0] in known or word.endswith(("n't", "n’t"))
    for ending in _ENDINGS:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            if (
                stem in known
                or stem + "e" in known
                or (stem[:-1] in known and stem[-2:-1] == stem[-1:])
            ):
                return True
    return False


def find_rare_names(terms: Mapping[str, float]) -> list[str]:
    """Those terms that are names no list knows."""
    return [term for term, weight in terms.items() if weight == _NAME]


def _weigh_number(word: str) -> float:
    if _YEAR.fullmatch(word):
        return _CALENDAR_WORD
    return _SMALL_NUMBER if len(word) <= 2 else _NUMBER


def _lower(word: str) -> str:
    return _POSSESSIVE.sub("", word.lower())


def find_names(text: str, speakers: Iterable[str] = ()) -> Names:
    """The names in a text that tell its event from others.

    `speakers` are sources of the report. Who speaks, or is told of only by an office, is left
    out wherever the text names them.
    """
    spoken = {key for name in speakers for key in [_key([_lower(w) for w in name.split()])] if key}
    harmed: set[str] = set()
    other: set[str] = set()
    offices = _load_lists().offices
    for start, end, words in _full_names(text):
        before = text[max(0, start - _CONTEXT) : start]
        told = _HARMED_AFTER.match(text, end) or _HARMED_BEFORE.search(before)
        key = _key([w for w in words if w not in offices], told=bool(told))
        if key is None:
            continue
        if told:
            harmed.add(key)
        elif _holds_office(before, words):
            spoken.add(key)
        else:
            other.add(key)
    return Names(frozenset(harmed - spoken), frozenset(other - harmed - spoken))


def _full_names(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Runs of two or more capitalised words: start, end and the words in lower case."""
    particles = _load_lists().particles
    run: list[re.Match[str]] = []
    for match in _TERM.finditer(text):
        word = match.group()
        gap = text[run[-1].end() : match.start()] if run else ""
        joined = gap == " " or (gap == ". " and len(run[-1].group()) == 1)
        if run and not joined:
            yield from _close(run)
            run = []
        if _is_name_word(word):
            run.append(match)
        elif not (run and word in particles):
            yield from _close(run)
            run = []
        else:
            run.append(match)
    yield from _close(run)


def _is_name_word(word: str) -> bool:
    """Whether it is written as a name: "Doush", "al-Doush", "A", "II", and no other capitals."""
    lists = _load_lists()
    if word[0].islower():
        article, _, name = word.partition("-")
        return bool(name) and name[0].isupper() and article in lists.particles
    return not word.isupper() or len(word) == 1 or word.lower() in lists.suffixes


def _close(run: list[re.Match[str]]) -> Iterator[tuple[int, int, list[str]]]:
    while run and run[-1].group() in _load_lists().particles:
        run = run[:-1]
    if len(run) > 1:
        yield run[0].start(), run[-1].end(), [_lower(m.group()) for m in run]


def _holds_office(before: str, words: list[str]) -> bool:
    """Whether a title of office stands before the name or opens it ("Police Chief R. B.")."""
    offices = _load_lists().offices
    if offices & set(words[:3]):
        return True
    last = re.findall(r"[\w-]+", before)[-1:]
    return bool(last) and last[0].lower() in offices and before.rstrip(" .").endswith(last[0])


def _key(words: list[str], *, told: bool = False) -> str | None:
    """First and last name; None for what is no name, or one that lists know.

    Where the words tell (`told`) that this is a person hit or charged, one word may be common
    English ("Mark", "Brown").
    """
    lists = _load_lists()
    if words and words[-1] in lists.bodies:
        return None
    small = lists.particles | lists.suffixes
    words = [w for w in words if len(w) > 1 and w not in small]
    words = [w for w in words if not w.endswith("-old")]
    if len(words) < 2 or len(words) > 6 or _CALENDAR & {*words}:
        return None
    first, last = words[0], words[-1]
    common, familiar = load_common_words(), load_familiar_words()
    ordinary = (first in common) + (last in common)
    if ordinary > told or (first in familiar and last in familiar):
        return None
    return f"{first} {last}"
