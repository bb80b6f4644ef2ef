"""Withholding: keep the names of victims, witnesses and private persons out of an export.

Reads   the claims and texts of the reports that an incident stands on.
Writes  names and words with what may not be said left out.
Never   looks at what a text means: a name that no claim, source or age marks stays in it.

Stricter than what a person at the screen gets: whoever had something done to them is a
victim, whatever their office, and a name is found in any case, with or without accents.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from marsad.codebook.actors import load_actors, load_demonyms, load_nations
from marsad.publish.privacy import (
    KINDS_OF_PERSON,
    PRIVATE_KINDS,
    PRIVATE_SOURCES,
    WITHHELD,
    aged_persons,
    is_people,
    is_private_group,
    is_title,
    looks_personal,
    personal_name,
)
from marsad.records import Claim, Figure, Participant, Report, Source

_WORD = re.compile(r"[^\W\d_]+(?:[’'ʿʾ`][^\W\d_]+)*")
# A family name shorter than this is too often a common word ("Ali" in "Aliabad" is not met,
# "Bush" is).
MIN_FAMILY_SIGNS = 4
# Kinds whose doers are called by one capitalised word as often as not: bodies, not persons.
_OFTEN_BODIES = frozenset({"media", "criminal", "unidentified-armed", "other"})

# Two or more capitalised words in a row, as names in running text are. No word of a name is
# longer than that: a hyphen begins a word too, and without end each would be tried to the end.
_CAPITALS = re.compile(
    r"(?<![\w’'])[^\W\d_a-z][\w’'-]{0,60}\.?"
    r"(?:\s+(?:(?:al|el|bin|ibn|bint|de|la|van|von|da|dos|del)[\s-]+)?[^\W\d_a-z][\w’'-]{0,60}\.?)+"
)
_CALENDAR = (*calendar.day_name, *calendar.month_name, *calendar.day_abbr, *calendar.month_abbr)
# Capitalised at the start of a sentence or in a date, and no part of a name.
_NO_NAMES = frozenset(
    """a an the on in at by for from of and but or if as to with after before when while where who
    what how why he she they we it his her their its our this that these those there then now new
    one two three four five six seven eight nine ten police photo image update caption""".split()
) | {name.lower() for name in _CALENDAR if name}
# A capitalised phrase with one of these is a street, a building or a piece of land.
_PLACE_WORDS = frozenset(
    """airport apartments ave avenue base bay beach block boulevard bridge building camp castle
    center centre checkpoint cliff corner creek crossing desert drive dr elementary farm field
    forest garden gate governorate gulf hall heights high highway hill hills hotel house island
    junction lake lane lodge mall market motel mount mountain mountains neighborhood neighbourhood
    ocean palace park peninsula plain plaza port prison quarter rd ridge road roundabout sea shrine
    square stadium station strait strip suburb temple tower town university valley village
    way""".split()
)
_AND = re.compile(r"\s+(?:and|&|with)\s+|[;/]")

Words = tuple[str, ...]


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word as names are compared: no case, accents, apostrophes or possessive."""
    bare = word.casefold().removesuffix("'s").removesuffix("’s")
    if bare.isascii():
        return bare.replace("'", "").replace("`", "")
    parts = unicodedata.normalize("NFKD", bare)
    return "".join(c for c in parts if c.isalnum())


def fold_words(text: str) -> Words:
    """The words of a text, folded."""
    return tuple(fold(match[0]) for match in _WORD.finditer(text))


class Withholding:
    """What may not be said of one incident, and what is said in its place.

    `also` are other names that may not be said, such as a village's.
    """

    def __init__(
        self, claims: Iterable[Claim], reports: Iterable[Report], also: Iterable[str] = ()
    ) -> None:
        self._by_first: dict[str, list[Words]] = {}
        self._joined: set[str] = set()
        known, reports = list(claims), list(reports)
        names = list(_shown_names(known))
        shown = {word for name in names for word in name}
        for name in _private_names(known, reports, names):
            self._hide(fold_words(name), shown)
        for name in also:
            self._hide(fold_words(name), set())
        for listed in self._by_first.values():
            listed.sort(key=len, reverse=True)
        outlets = [fold_words(report.outlet or "") for report in reports]
        self._shown = {word for name in (*names, *outlets) for word in name}

    def _hide(self, name: Words, shown: set[str]) -> None:
        while len(name) > 1 and is_title(name[0]):
            name = name[1:]
        if not name:
            return
        forms = {name}
        if len(name) > 2:
            forms.add((name[0], name[-1]))
        if len(name) > 1 and len(name[-1]) >= MIN_FAMILY_SIGNS and name[-1] not in shown:
            forms.add((name[-1],))
        for form in forms:
            listed = self._by_first.setdefault(form[0], [])
            if form not in listed:
                listed.append(form)
            if len(form) > 1:
                self._joined.add("".join(form))

    def text(self, text: str) -> str:
        """`text` with every private name replaced."""
        if not self._by_first:
            return text
        cut = list(self._spans(text))
        for start, end in reversed(cut):
            text = text[:start] + WITHHELD + text[end:]
        return text

    def quote(self, text: str) -> str:
        """`text` without private names, and without any other that looks like a person's.

        Names of those who are shown, listed actors, countries and words for places stay. A name
        that nobody coded may be a victim's: a quote that has lost a street's name can be borne.
        """
        return _CAPITALS.sub(self._hide_unknown, self.text(text))

    def _hide_unknown(self, match: re.Match[str]) -> str:
        words = match[0].split()
        first, last = 0, len(words)
        while first < last and fold(words[first].strip(".")) in _NO_NAMES:
            first += 1
        while last > first and fold(words[last - 1].strip(".")) in _NO_NAMES:
            last -= 1
        name = " ".join(words[first:last])
        folded = fold_words(name)
        if not looks_personal(name) or set(folded) & _PLACE_WORDS:
            return match[0]
        if set(folded) <= self._shown or " ".join(folded) in _public_names():
            return match[0]
        return " ".join((*words[:first], WITHHELD, *words[last:]))

    def url(self, url: str) -> str:
        """`url`, or the site alone where a name stands in it, also as one word."""
        bare = "".join(fold_words(url))
        if not any(self._spans(url)) and not any(name in bare for name in self._joined):
            return url
        site = re.match(r"[a-z][a-z0-9+.-]*://[^/?#]*", url, re.IGNORECASE)
        address = site[0] + "/" if site else WITHHELD
        return WITHHELD if any(self._spans(address)) else address

    def party(self, party: Participant) -> str:
        """The party's name, or what kind of person it is."""
        if _may_be_person(party):
            return _nameless(KINDS_OF_PERSON.get(party.kind, "person"))
        shown = self.text(party.name)
        return _nameless(KINDS_OF_PERSON.get(party.kind, "person")) if shown == WITHHELD else shown

    def source(self, source: Source) -> str:
        """The source's name, or what kind of source it is."""
        kind = "person" if source.kind == "other" else f"{source.kind} source"
        nameless = _nameless("witness" if source.kind == "witness" else kind)
        if _is_private(source):
            return nameless
        shown = self.text(source.source)
        return nameless if shown == WITHHELD else shown

    def group(self, figure: Figure) -> str | None:
        """Whom a figure counts, or what kind of person."""
        if is_private_group(figure):
            return _nameless(KINDS_OF_PERSON.get(figure.group_kind or "", "person"))
        return None if figure.group is None else self.text(figure.group)

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where private names stand, each as long as it goes."""
        words = [(fold(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]
        place = 0
        while place < len(words):
            for name in self._by_first.get(words[place][0], ()):
                if tuple(w[0] for w in words[place : place + len(name)]) == name:
                    yield words[place][1], words[place + len(name) - 1][2]
                    place += len(name) - 1
                    break
            place += 1


def _nameless(kind: str) -> str:
    return f"{kind} {WITHHELD}"


@cache
def _public_names() -> frozenset[str]:
    """Names of countries and of parties that the codebook lists, folded."""
    countries = (name for nation in load_nations() for name in nation.names)
    listed = (alias for actor in load_actors() for alias in actor.aliases)
    return frozenset(" ".join(fold_words(name)) for name in (*countries, *listed))


def persons_in(words: str) -> list[str]:
    """The persons' names in "Sheikh Ana Diaz and her son Omar Diaz, custodians"."""
    parts = (personal_name(part) for part in _AND.split(words))
    return [name for name in parts if name is not None]


def _is_private(source: Source) -> bool:
    return source.kind in PRIVATE_SOURCES and bool(persons_in(source.source))


def _may_be_person(party: Participant) -> bool:
    """Whether a party's words may be a private person's name; a doubt counts as yes."""
    if party.actor_id is not None:
        return False
    suffered = party.role == "recipient"
    if persons_in(party.name):
        return suffered or party.kind in PRIVATE_KINDS
    if party.kind not in (PRIVATE_KINDS if suffered else PRIVATE_KINDS - _OFTEN_BODIES):
        return False
    words = _WORD.findall(party.name)
    if not words or any(word != word.upper() and word == word.lower() for word in words):
        return False  # "a shopkeeper", "people of Homs": a description
    # "Nadim" alone, or a script without capitals. "ISIS" is no person, "Kurds" are many.
    uncased = all(word.lower() == word.upper() for word in words)
    single = len(words) == 1 and not words[0].isupper() and not _is_many(words[0])
    return uncased or single


def _is_many(word: str) -> bool:
    return is_people(word) or word.lower() in load_demonyms()


def _shown_names(claims: Iterable[Claim]) -> Iterator[Words]:
    """The names that are shown: a family name in one of them is not withheld alone."""
    for claim in claims:
        for party in claim.participants:
            if not _may_be_person(party):
                yield fold_words(party.name)
        for source in claim.attribution:
            if not _is_private(source):
                yield fold_words(source.source)
        if claim.place is not None:
            yield fold_words(claim.place.name)


def _private_names(
    claims: Iterable[Claim], reports: Iterable[Report], shown: Iterable[Words]
) -> Iterator[str]:
    for claim in claims:
        for party in claim.participants:
            if _may_be_person(party):
                yield from persons_in(party.name) or [party.name]
        for source in claim.attribution:
            if _is_private(source):
                yield from persons_in(source.source)
        for figure in claim.figures:
            if figure.group is not None and is_private_group(figure):
                yield from persons_in(figure.group) or [figure.group]
    public = {" ".join(name) for name in shown}
    for report in reports:
        for name in aged_persons(report.text, set()):
            # An official may be named with an age; then the name stands among the shown ones.
            whole = " ".join(fold_words(name))
            if looks_personal(name) and not any(whole in other for other in public):
                yield name
