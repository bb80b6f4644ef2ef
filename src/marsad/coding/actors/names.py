"""Names of parties: listed actors and nations, found in the raw text by automaton.

Reads   doc.text and token offsets.
Never   needs tags or a parse.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

import ahocorasick_rs
from spacy.attrs import IDX  # type: ignore[import-not-found]
from spacy.tokens import Doc

from marsad.codebook.actors import Actor, Nation, load_actors, load_nations
from marsad.codebook.words import load_common_words

NameType = Literal["actor", "nation", "adjective", "capital"]
# An acronym is written in capitals or is not one; longer names in capitals are shouted.
MAX_ACRONYM = 8
MIN_SURE_LETTERS = 5  # in capitals a shorter alias may be a word ("LeT", "let")


def _fold_table() -> dict[int, str]:
    """Map each Latin letter with a mark to its base letter; length never changes."""
    table = {ord("İ"): "i", ord("ı"): "i", ord("ø"): "o", ord("Ø"): "o", ord("ł"): "l"}
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base.lower()
    table.update({ord(c): "'" for c in "’‘ʼ`´ʿʾ"})
    table.update({ord(c): "-" for c in "‐‑‒–"})
    table.update({ord(c): " " for c in "\n\r\t\u00a0\u2009\u202f"})
    return table


_FOLD = _fold_table()


def fold(text: str) -> str:
    """Lower-case `text` without diacritics, with plain quotes, hyphens and blanks.

    Always as long as `text`, so offsets hold.
    """
    folded = text.translate(_FOLD)
    lowered = folded.lower()
    if len(lowered) == len(folded):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in folded)


@dataclass(frozen=True, slots=True)
class Name:
    """A name found: tokens [start, end). Several actors may share an alias.

    `local` are those it means only where their country is told of.
    """

    start: int
    end: int
    type: NameType
    actors: tuple[Actor, ...] = ()
    nation: Nation | None = None
    local: tuple[Actor, ...] = ()


@dataclass(slots=True)
class _Entry:
    """What one folded spelling stands for; `spelled` are the spellings as listed."""

    spelled: list[str]
    actors: list[Actor]
    nation: Nation | None = None
    type: NameType = "actor"
    local: list[Actor] = field(default_factory=list)


def _is_acronym(alias: str) -> bool:
    letters = [c for c in alias if c.isalpha()]
    return len(alias) <= MAX_ACRONYM and " " not in alias and all(c.isupper() for c in letters)


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, list[_Entry], list[str]]:
    entries: dict[str, _Entry] = {}

    def entry_of(alias: str, type_: NameType) -> _Entry:
        entry = entries.setdefault(fold(alias), _Entry([], [], type=type_))
        if alias not in entry.spelled:
            entry.spelled.append(alias)
        return entry

    for actor in load_actors():
        for alias in actor.aliases:
            entry = entry_of(alias, "actor")
            sense = entry.local if alias in actor.local else entry.actors
            if actor not in sense:
                sense.append(actor)
    for nation in load_nations():
        groups: tuple[tuple[NameType, Iterable[str]], ...] = (
            ("nation", nation.names),
            ("adjective", nation.adjectives),
            ("capital", nation.capitals),
        )
        for type_, names in groups:
            for name in names:
                if fold(name) not in entries:
                    entry_of(name, type_).nation = nation
    keys = list(entries)
    machine = ahocorasick_rs.AhoCorasick(keys, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return machine, [entries[key] for key in keys], keys


def find_names(doc: Doc, *, upper_case: bool) -> list[Name]:
    """Listed actors and nations named in `doc`, in text order, without overlap.

    `upper_case` says that the text is all capitals, so that case decides nothing.
    """
    text = doc.text
    folded = fold(text)
    machine, entries, keys = _automaton()
    starts = doc.to_array([IDX]).reshape(-1).tolist()
    found: list[Name] = []
    for index, first, last in machine.find_matches_as_indexes(folded):
        if not _bounded(folded, first, last):
            shorter = _shorter_match(folded, first, keys[index])
            if shorter is None:
                continue
            index, last = shorter
        entry = entries[index]
        if not _case_fits(entry, text, first, last, upper_case):
            continue
        start = bisect_right(starts, first) - 1
        end = bisect_left(starts, last)
        if start < end:
            senses = tuple(entry.actors), entry.nation, tuple(entry.local)
            found.append(Name(start, end, entry.type, *senses))
    return found


@cache
def _key_index() -> dict[str, int]:
    return {key: index for index, key in enumerate(_automaton()[2])}


def _shorter_match(folded: str, first: int, key: str) -> tuple[int, int] | None:
    """The longest listed name that ends at a word boundary inside an ill-bounded match."""
    if first and folded[first - 1].isalnum():
        return None
    index_of = _key_index()
    for length in range(len(key) - 1, 1, -1):
        index = index_of.get(key[:length])
        if index is not None and _bounded(folded, first, first + length):
            return index, first + length
    return None


def _bounded(folded: str, first: int, last: int) -> bool:
    """Whole words only; 'pro-X', 'anti-X' and 'X-backed' are not X."""
    before = folded[first - 1] if first else " "
    after = folded[last] if last < len(folded) else " "
    if before.isalnum() or after.isalnum() or before in "@#_/" or after == "_":
        return False
    if before == "-" and first > 1 and folded[first - 2].isalpha():
        return False
    return not (after == "-" and folded[last + 1 : last + 2].isalpha())


def _case_fits(entry: _Entry, text: str, first: int, last: int, upper_case: bool) -> bool:
    """Whether the words are written with the capitals of some listed spelling.

    More capitals than listed are fine. An acronym must be all capitals, and one
    that is also a common word ("IS", "WHO") must not stand in a line of capitals.
    """
    words = text[first:last]
    for spelled in entry.spelled:
        acronym = _is_acronym(spelled)
        if upper_case:
            short = acronym or len(spelled) < MIN_SURE_LETTERS
            if not short or spelled.lower() not in load_common_words():
                return True
        elif acronym:
            if words == spelled and not (
                spelled.lower() in load_common_words() and _amid_capitals(text, first, last)
            ):
                return True
        elif all(c.isupper() or not s.isupper() for c, s in zip(words, spelled, strict=True)):
            return True
    return False


def _amid_capitals(text: str, first: int, last: int) -> bool:
    before = text[max(0, first - 24) : first].split()
    after = text[last : last + 24].split()
    return any(len(w) > 1 and w.isalpha() and w.isupper() for w in (*before[-1:], *after[:1]))


def choose_actor(
    name: Name, countries: Counter[str], ids: set[str], year: int | None = None
) -> Actor | None:
    """The actor meant by a shared alias: the one named in full or whose country is named.

    `countries` (how often each is told of) and `ids` are what the rest of the document names
    without doubt; an alias that means one party in its own country alone wants that country
    to be told of as often as any other. Failing
    those it is the one actor that the alias means anywhere; None when there are several,
    or when it was founded after `year`, in which the report was published.
    """
    every = [a for a in (*name.actors, *name.local) if not _is_later(a, year)]
    anywhere = [a for a in every if a in name.actors]
    most = max(countries.values(), default=0)
    main = {country for country, times in countries.items() if times == most}
    if not name.local and len(anywhere) == 1:
        return anywhere[0]
    for keep in (
        [a for a in every if a.id in ids],
        [a for a in every if a.country in countries and (a in anywhere or a.country in main)],
        anywhere,
    ):
        if len(keep) == 1:
            return keep[0]
    return None


def _is_later(actor: Actor, year: int | None) -> bool:
    return year is not None and actor.first_year is not None and year < actor.first_year
