"""Differences: two short texts side by side, with the words that stand in one of them only.

Reads   two texts.
Writes  their words, each with whether it differs.
Never   knows a format.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# Longer texts are compared by their beginning: beside each other nobody reads more.
MAX_WORDS = 400


@dataclass(frozen=True)
class Run:
    """Words in a row that all differ from the other text, or all stand in it."""

    text: str
    differs: bool


def mark_differences(one: str, other: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both texts in runs; case and punctuation make no difference.

    Where one of them is empty nothing is marked: there is nothing to differ from.
    """
    first, second = one.split()[:MAX_WORDS], other.split()[:MAX_WORDS]
    if not first or not second:
        return _plain(first), _plain(second)
    matcher = SequenceMatcher(None, [_fold(w) for w in first], [_fold(w) for w in second])
    left: list[Run] = []
    right: list[Run] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        for runs, words in ((left, first[i:j]), (right, second[k:m])):
            if words:
                runs.append(Run(" ".join(words), kind != "equal"))
    return tuple(left), tuple(right)


def _plain(words: list[str]) -> tuple[Run, ...]:
    return (Run(" ".join(words), differs=False),) if words else ()


def _fold(word: str) -> str:
    return re.sub(r"^\W+|\W+$", "", word).casefold() or word
