"""Scan: find the runs of words in a Doc that may be place names.

Reads   tokens, entity labels where the model gave them, the gazetteer.
Writes  nothing; returns candidates for `toponym_roles` to judge.

Cheap first: only words that begin with a capital (or an Arabic article before
one) are looked up, longest run first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.strings import StringStore
from spacy.tokens import Doc, Token

from marsad.coding.toponyms.lexicon import ToponymLexicon
from marsad.places.gazetteer import Gazetteer
from marsad.places.schema import PlaceEntry

MAX_RUN_TOKENS = 9
HYPHENS = frozenset({"-", "‐", "‑", "–"})
# Small words inside names: "Rio de Janeiro", "Stratford-upon-Avon", "Isle of Man".
CONNECTORS = frozenset(
    {
        "de", "del", "della", "der", "des", "di", "do", "dos", "da", "das", "du", "la", "le", "las",
        "los", "el", "al", "ul", "ez", "es", "ed", "er", "az", "as", "ash", "ad", "ar", "at", "an",
        "of", "and", "the", "upon", "sur", "y", "e", "i", "bin", "wa", "ye", "am", "in", "en",
        "&", "au", "aux", "sous", "les",
    }
)  # fmt: skip
LEADING_ARTICLES = frozenset({"al", "el", "ash", "ad", "ar", "at", "az", "as", "an", "es", "ez"})
UPPER_SHARE = 0.7
# How news writes the Arabic letter ayn, and what ends a quotation that begins with the same mark.
LETTER_MARKS = frozenset("‘ʿ`'")
QUOTES_END = frozenset("’'")
TORN_PEOPLE = 300_000


@dataclass(slots=True)
class Candidate:
    """A run of tokens that may name a place. `entries` is empty for unlisted names."""

    start: int
    end: int
    text: str
    entries: tuple[PlaceEntry, ...]
    kind: str = "listed"  # adjective, abbreviation, capital, institution, refused, unlisted
    hint: str | None = None
    country_hint: str | None = None
    containers: list[int] = field(default_factory=list)
    confined: bool = False  # the words say that it lies in its containers and nowhere else
    # one past the noun that makes it the name of a site ("Humboldt Park"); 0: none
    named_site: int = 0
    belief: float = 0.0
    role: str = "location"
    relation: str | None = None


class _Spelling(dict[int, str]):
    """Strings by their hash, each looked up in the vocabulary once."""

    def __init__(self, strings: StringStore) -> None:
        super().__init__({0: ""})
        self.strings = strings

    def __missing__(self, code: int) -> str:
        word: str = self.strings[code]
        self[code] = word
        return word


class DocView:
    """The words of a Doc as plain lists, which are many times cheaper to walk.

    White-space tokens are left out, so that a name broken over two lines is one
    run; `tokens` gives each word's place in the Doc.
    """

    def __init__(self, doc: Doc, vocabulary: frozenset[str] = frozenset()) -> None:
        self.doc = doc
        columns = doc.to_array(["ORTH", "IDX", "SENT_START", "ENT_TYPE", "ENT_IOB"]).T.tolist()
        known = _Spelling(doc.vocab.strings)
        words = [known[code] for code in columns[0]]
        self.tokens = [i for i, word in enumerate(words) if not word.isspace()]
        if len(self.tokens) < len(words):
            columns = [[column[i] for i in self.tokens] for column in columns]
            words = [words[i] for i in self.tokens]
        self.words: list[str] = words
        self.lowers = [word.lower() for word in self.words]
        self.offsets: list[int] = columns[1]
        self.opens = [mark == 1 or not i for i, mark in enumerate(columns[2])]
        self.has_labels = any(columns[3])
        self.labels = [known[code] for code in columns[3]] if self.has_labels else [""] * len(words)
        self.goes_on = [mark == 1 for mark in columns[4]]  # inside an entity, not its first word
        self.capital = [word[:1].isupper() for word in self.words]
        # Where a name may begin: at a capital, or at the article of "al-Bab".
        self.name_starts = [
            index
            for index, (capital, lowered) in enumerate(zip(self.capital, self.lowers, strict=True))
            if capital or (lowered in LEADING_ARTICLES and _is_article_start(self, index))
        ]
        self.shouts = self._shouting()
        # Where all is in capitals, only what is no English word begins or ends a name.
        self.namelike = [
            capital and not (shouts and lowered in vocabulary)
            for capital, shouts, lowered in zip(self.capital, self.shouts, self.lowers, strict=True)
        ]

    def token(self, index: int) -> Token:
        """The token of word `index`."""
        return self.doc[self.tokens[index]]

    def slice(self, start: int, end: int) -> str:
        """The text of words start to end, as written but for line breaks."""
        if end - start == 1:
            return self.words[start]
        parts = [self.words[start]]
        for index in range(start + 1, end):
            if self.offsets[index - 1] + len(self.words[index - 1]) < self.offsets[index]:
                parts.append(" ")
            parts.append(self.words[index])
        return "".join(parts)

    def spaced(self, index: int) -> bool:
        """Whether white space stands before word `index`."""
        before = index - 1
        return index == 0 or self.offsets[before] + len(self.words[before]) < self.offsets[index]

    def sentence_start(self, index: int) -> int:
        """First token of the sentence of `index`."""
        while index > 0 and not self.opens[index]:
            index -= 1
        return index

    def _shouting(self) -> list[bool]:
        """For each token, whether its sentence is written in capitals throughout."""
        flags = [False] * len(self.words)
        # Cheap refusal: a text without two neighbouring upper-case words shouts nowhere.
        starts = [i for i, opens in enumerate(self.opens) if opens] + [len(self.words)]
        for first, last in pairwise(starts):
            if sum(self.capital[first:last]) < 4:
                continue
            letters = [word for word in self.words[first:last] if len(word) > 1 and word.isalpha()]
            if len(letters) < 4:
                continue
            if sum(map(str.isupper, letters)) >= UPPER_SHARE * len(letters):
                flags[first:last] = [True] * (last - first)
        return flags


def scan(view: DocView, gazetteer: Gazetteer, lexicon: ToponymLexicon) -> list[Candidate]:
    """All candidates of a Doc, in text order, not overlapping; nothing is judged yet."""
    found: list[Candidate] = []
    reached = 0
    for index in view.name_starts:
        if index < reached:
            continue
        candidate = _longest(view, index, gazetteer, lexicon)
        if candidate is not None:
            found.append(candidate)
            reached = candidate.end
    return found


def _is_article_start(view: DocView, index: int) -> bool:
    """'al-Bab' comes as 'al', '-', 'Bab'."""
    return (
        view.lowers[index] in LEADING_ARTICLES
        and index + 2 < len(view.words)
        and view.words[index + 1] in HYPHENS
        and view.capital[index + 2]
    )


def name_ends(view: DocView, start: int) -> list[int]:
    """Where a name that starts at `start` may end, nearest first."""
    ends: list[int] = []
    index, size = start, min(len(view.words), start + MAX_RUN_TOKENS)
    while index < size:
        word = view.words[index]
        if index > start and view.opens[index]:
            break
        if view.capital[index] or (word[:2] in {"d'", "l'", "d’", "l’"} and len(word) > 2):
            ends.append(index + 1)
        elif (
            (word in HYPHENS and not view.spaced(index) and index + 1 < size)
            or view.lowers[index] in CONNECTORS
            or (word in LETTER_MARKS and index > start and _is_letter_mark(view, index))
        ):
            pass
        elif word.isdigit() and index > start and len(word) <= 3:
            ends.append(index + 1)
        else:
            break
        index += 1
    return ends


def _is_letter_mark(view: DocView, index: int) -> bool:
    """Whether the mark at `index` opens a word ("‘Issa"), for the Arabic letter that it stands for.

    A quotation has its other mark not far behind.
    """
    following = index + 1
    return (
        following < len(view.words)
        and view.capital[following]
        and not view.spaced(following)
        and not QUOTES_END & set(view.words[following + 1 : following + MAX_RUN_TOKENS])
    )


def cuts_compound(view: DocView, end: int) -> bool:
    """Whether a name that ended at `end` would lose its second part ("Wadi [al-Zahr]")."""
    if end >= len(view.words) or view.opens[end]:
        return False
    marked = view.words[end] in LETTER_MARKS and view.spaced(end) and _is_letter_mark(view, end)
    return marked or _is_article_start(view, end)


def _longest(
    view: DocView, start: int, gazetteer: Gazetteer, lexicon: ToponymLexicon
) -> Candidate | None:
    """The longest listed name, abbreviation or nationality word at `start`."""
    shouting = view.shouts[start]
    first = view.words[start]
    ends = name_ends(view, start)
    if shouting and len(first) < 4 and view.lowers[start] in lexicon.common_words:
        ends = [end for end in ends if end > start + 1]  # "IN", but "EL SALVADOR"
    if (
        any(end > start + 1 for end in ends)
        and not _is_article_start(view, start)
        and not gazetteer.begins_longer(first)
    ):
        ends = [end for end in ends if end == start + 1]
    for end in reversed(ends):
        text = view.slice(start, end)
        candidate = _known(view, start, end, text, gazetteer, lexicon)
        if candidate is not None and not _is_torn(view, candidate, lexicon):
            return candidate
    return None


def _is_torn(view: DocView, candidate: Candidate, lexicon: ToponymLexicon) -> bool:
    """Whether a small place's name is only the first half of a compound.

    Countries, divisions and cities may stand before another name by chance.
    """
    end = candidate.end
    if candidate.kind != "listed" or end >= len(view.words) or view.opens[end]:
        return False
    head = view.lowers[candidate.start] in lexicon.name_heads
    if head and end - candidate.start == 1 and view.namelike[end] and not view.shouts[end]:
        return True
    if not cuts_compound(view, end):
        return False
    if view.slice(end, end + 3).lower() in lexicon.no_places:
        return False
    if head or view.lowers[candidate.start] in lexicon.article_heads:
        return True
    return not any(
        entry.is_country or entry.feature == "ADM1" or entry.population > TORN_PEOPLE
        for entry in candidate.entries
    )


def _known(
    view: DocView,
    start: int,
    end: int,
    text: str,
    gazetteer: Gazetteer,
    lexicon: ToponymLexicon,
) -> Candidate | None:
    """The candidate for exactly these tokens, if the gazetteer or a list knows them."""
    shouting = view.shouts[start]
    if _is_cut_abbreviation(view, end, text, lexicon):
        text, end = text + ".", end + 1
    if text in lexicon.abbreviations and _follows_comma(view, start, text):
        country, full = lexicon.abbreviations[text]
        entries = tuple(
            entry
            for entry in gazetteer.exact(full)
            if entry.country2 == country and entry.feature == "ADM1"
        )
        return Candidate(start, end, full, entries, kind="abbreviation", hint="province")
    if text in lexicon.country_abbreviations:
        if shouting and text in {"US", "CAR", "OPT"}:
            return None
        entries = tuple(entry for entry in gazetteer.exact(text) if entry.is_country)
        return Candidate(start, end, text, entries, kind="abbreviation")
    lowered = text.lower()
    if lowered in lexicon.no_places:
        return Candidate(start, end, text, (), kind="refused")
    if lowered in lexicon.institutions:
        seats = tuple(e for e in gazetteer.exact(text) if not e.feature.startswith(("PPL", "ADM")))
        return Candidate(start, end, text, seats, kind="institution", hint="site")
    if lowered in lexicon.demonyms:
        code, region = lexicon.demonyms[lowered]
        name = region or gazetteer.country_names.get(gazetteer.iso3.get(code or "", ""), "")
        entries = tuple(
            entry for entry in gazetteer.exact(name) if code is None or entry.country2 == code
        )
        if region is None:
            entries = tuple(entry for entry in entries if entry.is_country)
        return Candidate(start, end, text, entries[:1], kind="adjective")
    if _is_direction(view, start, end, lexicon):
        return None
    if len(text.rstrip(".")) < 3 or (len(text) <= 4 and text.isupper() and not shouting):
        return None
    entries = gazetteer.exact(text)
    if not entries and _is_article_start(view, start):
        entries = gazetteer.exact(view.slice(start + 2, end))
    return Candidate(start, end, text, entries) if entries else None


def _is_cut_abbreviation(view: DocView, end: int, text: str, lexicon: ToponymLexicon) -> bool:
    """Whether the point of "Sask." or "W.Va." stands as a word of its own behind `text`."""
    return (
        end < len(view.words)
        and view.words[end] == "."
        and not view.spaced(end)
        and text not in lexicon.abbreviations
        and text + "." in lexicon.abbreviations
    )


def _is_direction(view: DocView, start: int, end: int, lexicon: ToponymLexicon) -> bool:
    """'South', 'North West': directions name nothing, but for "Northern Province"."""
    if any(word not in lexicon.directions for word in view.lowers[start:end] if word.isalpha()):
        return False
    follows = end < len(view.words) and view.capital[end] and not view.opens[end]
    kind = lexicon.type_nouns.get(view.lowers[end]) if follows else None
    return kind not in {"province", "district"}


def _follows_comma(view: DocView, start: int, text: str) -> bool:
    """'Athens, Ga.' but not 'Miss. Smith'; dotted pairs such as S.C. stand alone too."""
    if text.count(".") >= 2:
        return True
    return start > 0 and view.words[start - 1] == "," and not view.shouts[start]


def unlisted_runs(view: DocView, taken: list[bool]) -> Iterator[tuple[int, int]]:
    """Maximal runs of capitalised words that no candidate has taken."""
    reached = 0
    for index in view.name_starts:
        if index < reached or taken[index]:
            continue
        if not view.namelike[index] and not _is_article_start(view, index):
            continue
        ends = [
            end
            for end in name_ends(view, index)
            if not any(taken[index:end]) and all(_may_be_inside(view, i) for i in range(index, end))
        ]
        if ends:
            yield index, ends[-1]
            reached = ends[-1]


def _may_be_inside(view: DocView, index: int) -> bool:
    return (
        view.namelike[index]
        or view.lowers[index] in CONNECTORS
        or view.words[index] in HYPHENS
        or not view.shouts[index]
    )
