"""Restore the case of text sent in capitals, for the parser's sake.

Old newswire and some tickers are all upper case; a parser trained on mixed case
reads them badly. Words are put in lower case except where a name is likely. The
Doc itself keeps the words as given; only what the model sees is changed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from marsad.codebook.actors import load_actors, load_nations
from marsad.codebook.words import load_common_words

UPPER_SHARE = 0.85  # above this share of capitals among letters, the text counts as upper case
MIN_LETTERS = 20
MIN_STEM = 3  # letters before an ending: "aid" in "aids"
MAX_BRACKETED = 6  # letters of an acronym in brackets
_VOWELS = frozenset("aeiouy")
_UNITS = frozenset("km kg mm cm hrs mph kph lbs ft".split())
_TITLES = frozenset("mr mrs ms dr jr sr st".split())  # written as names are
_OPENING, _CLOSING = frozenset("[("), frozenset("])")
_MONTHS = frozenset(
    """january february march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec""".split()
)
# What armed and political movements call themselves, and the words such names end in.
_SELF_NAMES = frozenset(
    """liberation revolutionary patriotic people people's peoples popular national democratic armed
    workers peasants islamic resistance independence self-defense self-defence anticommunist 's
    """.split()
)
_MOVEMENTS = frozenset("front army movement forces brigade command commandos brigades".split())
# Endings of inflected words, each with what the word without them may end in.
_ENDINGS = (
    ("ies", ("y",)),
    ("es", ("", "e")),
    ("s", ("",)),
    ("ied", ("y",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
    ("ings", ("", "e")),
    ("er", ("", "e")),
    ("ers", ("", "e")),
    ("ly", ("",)),
    ("ness", ("",)),
)
_SMALL_WORDS = frozenset("of the and for in de la del al el".split())


def is_upper_case(words: list[str]) -> bool:
    """Whether almost all letters are capitals (at least 20 letters seen)."""
    letters = upper = 0
    for word in words:
        for char in word:
            if char.isalpha():
                letters += 1
                upper += char.isupper()
    return letters >= MIN_LETTERS and upper >= UPPER_SHARE * letters


def unshout(text: str) -> str:
    """A name written in capitals as it is in mixed case: "JOHN ADE" is "John Ade"."""
    cased = "".join(_capitalize(part) for part in re.split(r"([\s'’-]+)", text))
    return re.sub(r"(?<=['’])S\b", "s", cased)


def _capitalize(word: str) -> str:
    if word.lower() in _SMALL_WORDS:
        return word.lower()
    return word.capitalize() if word.isupper() else word


def is_acronym(word: str) -> bool:
    """Whether the lower-case word is a listed party's acronym, or no vowel stands in it."""
    if word in load_common_words() or word in _UNITS | _TITLES or not word.isalpha():
        return False
    return word in _listed_acronyms() or (2 <= len(word) <= 6 and not set(word) & _VOWELS)


def restore_case(words: list[str], sentence_starts: list[bool]) -> list[str]:
    """The words with likely case; unchanged when the text is not all capitals.

    Listed parties get the case they are listed with, acronyms and months keep their
    capitals. Of the rest a common English word, also inflected, is put in lower
    case, any other in title case. Sentence openers get a capital. Lists in and out
    are parallel.
    """
    if not is_upper_case(words):
        return words
    lowers = [word.lower() for word in words]
    named = {**_unlisted_case(words, lowers), **_listed_case(lowers)}
    acronyms = _bracketed(lowers)
    restored = []
    for index, (word, starts) in enumerate(zip(words, sentence_starts, strict=True)):
        lower = lowers[index]
        if index in named:
            cased = named[index]
        elif lower in acronyms or is_acronym(lower):
            cased = word
        elif lower in _MONTHS and _beside_number(words, index):
            cased = lower.capitalize()
        else:
            cased = _case_of(word, lower)
        restored.append(cased[:1].upper() + cased[1:] if starts else cased)
    return restored


def _case_of(word: str, lower: str) -> str:
    if lower == "i":
        return "I"
    if not word.isalpha():
        if lower[:1] in "'’" or word[:1].isdigit() or lower.endswith(("n't", "n’t")):
            return lower
        if any(c.isdigit() for c in word) or word.count(".") > 1:
            return word  # "M-19", "U.S."
        parts = [lower_part for part in word.split("-") if (lower_part := part.lower())]
        return lower if all(map(is_common, parts)) else unshout(word)
    if len(word) == 1 or lower in _UNITS or is_common(lower):
        return lower
    return word.capitalize()


@lru_cache(maxsize=2**14)
def is_common(word: str) -> bool:
    """Whether the lower-case word is a common English one, as listed or with an ending."""
    common = load_common_words()
    if word in common:
        return True
    for ending, instead in _ENDINGS:
        stem = word[: len(word) - len(ending)]
        if (
            word.endswith(ending)
            and len(stem) >= MIN_STEM
            and any(stem + e in common for e in instead)
        ):
            return True
    return False


def _beside_number(words: list[str], index: int) -> bool:
    return any(
        word[:1].isdigit()
        for word in (*words[max(0, index - 1) : index], *words[index + 1 : index + 2])
    )


def _bracketed(lowers: list[str]) -> set[str]:
    """Uncommon short words that stand alone in brackets somewhere: "[FMLN]"."""
    return {
        word
        for before, word, after in zip(lowers, lowers[1:], lowers[2:], strict=False)
        if before in _OPENING
        and after in _CLOSING
        and word.isalpha()
        and len(word) <= MAX_BRACKETED
        and not is_common(word)
    }


def _unlisted_case(words: list[str], lowers: list[str]) -> dict[int, str]:
    """Token index to cased word for names of movements no codebook lists.

    Two of the words that movements call themselves by, or one and an uncommon word,
    before "front", "army" and the like ("Ruritanian Liberation Front").
    """
    cased: dict[int, str] = {}
    for index, word in enumerate(lowers):
        if word not in _MOVEMENTS:
            continue
        first = index
        while first and (lowers[first - 1] in _SELF_NAMES or _is_name_word(words[first - 1])):
            first -= 1
        telling = sum(lowers[i] in _SELF_NAMES and lowers[i] != "'s" for i in range(first, index))
        uncommon = sum(_is_name_word(words[i]) for i in range(first, index))
        if telling >= 2 or (telling and uncommon):
            for i in range(first, index + 1):
                cased[i] = words[i] if is_acronym(lowers[i]) else unshout(words[i])
    return cased


def _is_name_word(word: str) -> bool:
    lower = word.lower()
    return word.isalpha() and len(word) > 1 and not is_common(lower) and lower not in _UNITS


def _listed_case(lowers: list[str]) -> dict[int, str]:
    """Token index to cased word, for every listed party named; the longest name wins."""
    names = _listed_names()
    places = [index for index, word in enumerate(lowers) if not word.isspace()]
    plain = [_unmarked(lowers[index]) for index in places]
    cased: dict[int, str] = {}
    first = 0
    while first < len(plain):
        for name, spelled in names.get(plain[first], ()):
            if tuple(plain[first : first + len(name)]) == name:
                cased.update(zip(places[first : first + len(name)], spelled, strict=True))
                first += len(name) - 1
                break
        first += 1
    return cased


@cache
def _listed_acronyms() -> frozenset[str]:
    return frozenset(
        alias.lower()
        for actor in load_actors()
        for alias in actor.aliases
        if alias.isupper() and alias.isalpha() and len(alias) > 1
    )


@cache
def _listed_names() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """Names of two words or more by first word, longest first, lower case and as listed.

    Blanks and hyphens stand between words as the tokeniser leaves them.
    """
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    spellings = [alias for actor in load_actors() for alias in actor.aliases]
    spellings += [name for nation in load_nations() for name in nation.names]
    for spelling in spellings:
        words = tuple(re.findall(r"'s|[^\W_]+(?:[.'][^\W_]+)*|[^\w\s]", spelling))
        if len(words) > 1 and any(w[0].isupper() for w in words):
            plain = tuple(_unmarked(w.lower()) for w in words)
            found.setdefault(plain[0], []).append((plain, words))
    for names in found.values():
        names.sort(key=lambda pair: -len(pair[0]))
    return found


def _unmarked(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
