"""Names: the forms under which a place name is looked up.

Three forms, each looser than the one before: the key (case, accents,
apostrophes and hyphens folded), the article-free key, and the skeleton, the
consonants that survive when Arabic, Cyrillic or Turkic names are written in
Latin letters by different hands.

Never opens a file.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# The Arabic article as it is written before sun and moon letters, and the English one.
ARTICLES = frozenset(
    {
        "al", "el", "il", "ul", "ad", "ed", "adh", "ar", "er", "as", "es", "ash", "esh", "at",
        "et", "ath", "an", "en", "az", "ez", "the",
    }
)  # fmt: skip
_FOLDS = str.maketrans(
    {
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae",
        "œ": "oe", "ə": "a", "ħ": "h", "ŋ": "ng", "ƙ": "k", "ɗ": "d", "ɓ": "b",
        "'": None, "’": None, "‘": None, "`": None, "´": None, "ʻ": None, "ʼ": None, "ʿ": None,
        "ʾ": None, "′": None, "ʹ": None, "‛": None, "\u02ba": None, ".": None,
        "-": " ", "‐": " ", "‑": " ", "–": " ", "—": " ", "/": " ", "_": " ", ",": " ",
        "(": " ", ")": " ", '"': None, "“": None, "”": None, "&": " and ",
    }
)  # fmt: skip
# Digraphs first, then single letters; order matters.
_DIGRAPHS = (
    ("tsch", "s"), ("tch", "s"), ("sch", "s"), ("cz", "s"), ("kh", "k"), ("gh", "g"), ("th", "t"),
    ("dh", "d"), ("sh", "s"), ("ch", "s"), ("zh", "g"), ("dj", "g"), ("ph", "f"), ("ck", "k"),
    ("tz", "z"), ("ts", "z"),
)  # fmt: skip
_SINGLES = str.maketrans(
    {"q": "k", "c": "k", "j": "g", "x": "ks", "w": None, "y": None, "a": None, "e": None,
     "i": None, "o": None, "u": None}
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """`name` with case, accents, apostrophes, hyphens and points folded away."""
    folded = name.casefold()
    if folded.isascii():
        return " ".join(folded.translate(_FOLDS).split())
    plain = "".join(
        char for char in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(char)
    )
    return " ".join(plain.translate(_FOLDS).split())


def plain_name(name: str) -> str:
    """`name` for showing: accents and dots gone, case, hyphens and apostrophes kept."""
    plain = "".join(
        char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)
    )
    return plain.replace("‘", "'").replace("’", "'").replace("ʻ", "'").replace("`", "'")


def article_free(key: str) -> str:
    """`key` without leading articles; unchanged when nothing would be left."""
    head, _, rest = key.partition(" ")
    while rest and head in ARTICLES:
        key = rest
        head, _, rest = key.partition(" ")
    return key


@lru_cache(maxsize=65536)
def skeleton(key: str) -> str:
    """The consonants of a key: equal for most Latin spellings of one foreign name.

    Articles, vowels, doubled letters and a final h go; kh/q/k/c, j/g/zh/dj,
    sh/ch and so on fall together; an initial vowel stays as 'a'. Empty for
    names with fewer than two consonants, which would match everything.
    """
    words = key.split()
    kept = [word for word in words if word not in ARTICLES] or words
    if not key.isascii():
        return ""
    bones: list[str] = []
    for word in kept:
        # Only the name's own first vowel tells anything ("Deir Ezzor", "Dayr az Zawr").
        initial = "a" if not bones and word[0] in _VOWELS else ""
        for digraph, letter in _DIGRAPHS:
            if digraph in word:
                word = word.replace(digraph, letter)
        word = word.translate(_SINGLES)
        if word.endswith("h"):
            word = word[:-1]
        bones.append(initial + word)
    joined = _DOUBLED.sub(r"\1", "".join(bones))
    return joined if len(joined.lstrip("a")) >= 2 else ""
