"""Restore the case of text sent in capitals, for the parser's sake.

Old newswire and some tickers are all upper case; a parser trained on mixed case
reads them badly. Words are put in lower case except where a name is likely. The
Doc itself keeps the words as given; only what the model sees is changed.
"""

from __future__ import annotations

import re

from marsad.codebook.words import load_common_words

UPPER_SHARE = 0.85  # above this share of capitals among letters, the text counts as upper case
MIN_LETTERS = 20
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
    return "".join(_capitalize(part) for part in re.split(r"([\s'’-]+)", text))


def _capitalize(word: str) -> str:
    if word.lower() in _SMALL_WORDS:
        return word.lower()
    return word.capitalize() if word.isupper() else word


def restore_case(words: list[str], sentence_starts: list[bool]) -> list[str]:
    """The words with likely case; unchanged when the text is not all capitals.

    A word is put in lower case if it is a common English word, in title case
    otherwise. Sentence openers get a capital. Lists in and out are parallel.
    """
    if not is_upper_case(words):
        return words
    common = load_common_words()
    restored = []
    for word, starts in zip(words, sentence_starts, strict=True):
        lower = word.lower()
        if lower in common or len(word) == 1 or not word.isalpha():
            restored.append(lower.capitalize() if starts else lower)
        else:
            restored.append(word.capitalize())
    return restored
