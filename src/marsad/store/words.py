"""Words as they are searched: folded, so that one spelling finds the others.

Reads   any text, and what somebody typed to find it.
Writes  words of letters and digits alone: lower case, no accents, vowel signs or
        apostrophes; Arabic letters that are written for each other made one, the article
        and what is joined to it split off.
Never   fails, whatever the text. Both databases and `matching` search these same words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# What a text is searched by: PostgreSQL counts the places of words to 16,383.
MAX_WORDS = 16_000
# Longer ones are cut: PostgreSQL takes 2,046 bytes.
MAX_WORD_LENGTH = 64

_UNITED = str.maketrans(
    {
        "ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ہ": "ه",
        "ـ": None, "ʿ": None, "ʾ": None, "ʼ": None, "ʻ": None, "ء": None,
    }
)  # fmt: skip
_POSSESSIVE = re.compile(r"['’ʼ]s\b")
_APOSTROPHES = re.compile(r"(?<=\w)['’‘`´ʹ](?=\w)")
_WORD = re.compile(r"[^\W_]+")
# The Arabic article with what is written together with it: and, in, like, so, to.
_ARTICLE = re.compile(r"^(?:و|ف)?(?:[بك]?ال|لل)(?=\w{3})")
_ARABIC = re.compile("[\u0600-\u06ff]")
_PARTS = re.compile(r'"([^"]*)"?|([^"]+)')


def fold_words(text: str) -> list[str]:
    """The words of a text in order, as they are searched; the first `MAX_WORDS` of them."""
    if text.isascii():
        plain = text.lower()
    else:
        composed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
        united = composed.translate(_UNITED)
        plain = "".join(c for c in united if unicodedata.category(c) not in {"Mn", "Cf"})
    plain = _APOSTROPHES.sub("", _POSSESSIVE.sub("", plain))
    words = _WORD.findall(plain)[:MAX_WORDS]
    return [_fold_word(w) for w in words]


def fold_text(text: str) -> str:
    """The folded words with one space between them."""
    return " ".join(fold_words(text))


def read_phrases(query: str) -> list[list[str]]:
    """What somebody typed as a list of phrases: words alone, and "words in quotes" together.

    Signs that a search engine would take for orders are no words here. A quote that is
    not closed ends with the query.
    """
    phrases: list[list[str]] = []
    for quoted, free in _PARTS.findall(query.replace("“", '"').replace("”", '"')):
        if quoted:
            phrases.append(fold_words(quoted))
        phrases += [[word] for word in fold_words(free)]
    return [p for p in phrases if p]


def holds_phrases(words: Sequence[str], phrases: Sequence[Sequence[str]]) -> bool:
    """Whether the folded words hold every phrase; no phrase at all is not held."""
    joined = f" {' '.join(words)} "
    return bool(phrases) and all(f" {' '.join(p)} " in joined for p in phrases)


def _fold_word(word: str) -> str:
    if not word.isascii():
        if _ARABIC.match(word):
            word = _ARTICLE.sub("", word)
        word = "".join(
            str(unicodedata.decimal(c)) if c.isdecimal() and not c.isascii() else c for c in word
        )
    return word[:MAX_WORD_LENGTH]
