"""Relevance: decide, before anything dear is run, which sentences may hold a claim.

Reads   tokens and sentence starts; nothing else is set yet.
Writes  nothing.
Never   decides that something happened: it only spares the parser what cannot matter.

Recall comes first: a sentence passes if a lexicon entry can be spelt from its
words, whatever their grammar. Words are first looked up by hash in one sorted
array, so text without a single form of the lexicon costs microseconds.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
from spacy.attrs import LOWER  # type: ignore[import-not-found]
from spacy.strings import get_string_id
from spacy.tokens import Doc

from marsad.coding.triggers.lexicon import Lexicon, Pattern, load_lexicon
from marsad.coding.triggers.match import Words, match_at

Hashes = npt.NDArray[np.uint64]

# Who disputes, claims or corrects, and who was harmed: such sentences need hold no violence
# themselves, but they matter only in a report that tells of some.
CONTEXT_WORDS = frozenset(
    """denied denies deny denying denial rejected refuted refutes disputed disputes dispute
    disputing footage video fake fabricated staged hoax false untrue misleading
    responsibility responsible perpetrators perpetrator culprits blamed blames blame
    accused accuses accusing confirmed toll casualties casualty dead death deaths died
    dies dying fatalities wounded injured injuring injuries unharmed unhurt missing
    displaced fled fleeing hostages hostage captives captive prisoners detainees victims
    victim bodies body funeral morgue survivors survived survivor hospital hospitalised
    hospitalized identified assailants attackers gunmen gunman suspects""".split()
)
STRONG, WEAK = 2, 1


@cache
def _first_forms() -> Hashes:
    """Hashes of every form that may open a lexicon entry, and of the context words."""
    words = CONTEXT_WORDS.union(
        form
        for form, patterns in load_lexicon().by_first.items()
        if any(pattern.field is None for pattern in patterns)
    )
    return np.sort(np.array([get_string_id(word) for word in words], dtype=np.uint64))


def _hits(doc: Doc) -> npt.NDArray[np.bool_]:
    """For each token, whether it may open an entry or is a context word."""
    values = doc.to_array([LOWER]).reshape(-1).astype(np.uint64)
    table = _first_forms()
    spots = np.searchsorted(table, values)
    spots[spots == len(table)] = 0
    found: npt.NDArray[np.bool_] = table[spots] == values
    return found


def relevant_sentences(doc: Doc) -> list[bool]:
    """For each of `doc.sents` in order, whether it may matter.

    True where a strong entry can be spelt; in a report with one, also where a weak
    entry or a word of dispute or harm stands; and for the lead and the sentences
    before and after a strong entry. In a report without, where a weak entry has its support.
    """
    if len(doc) == 0:
        return []
    hits = _hits(doc)
    bounds = [sent.start for sent in doc.sents]
    if not hits.any():
        return [False] * len(bounds)
    lexicon = load_lexicon()
    words = Words(doc)
    grades = np.zeros(len(bounds), dtype=np.int8)
    sentence_of = np.searchsorted(np.array(bounds), np.arange(len(doc)), side="right") - 1
    for k, i in enumerate(words.at):
        if hits[i] and grades[sentence_of[i]] < STRONG:
            n = int(sentence_of[i])
            grades[n] = max(grades[n], _grade(words, k, bounds, n, lexicon))
    strong = grades == STRONG
    if strong.any():
        relevant = grades > 0
        for k, i in enumerate(words.at):
            if hits[i] and words.low[k] in CONTEXT_WORDS:
                relevant[sentence_of[i]] = True
        relevant[1:] |= strong[:-1]
        relevant[:-1] |= strong[1:]
        relevant[0] = True
    else:
        relevant = grades > 0
    return [bool(flag) for flag in relevant]


def _grade(words: Words, k: int, bounds: list[int], n: int, lexicon: Lexicon) -> int:
    """The best grade of any entry that begins at word `k` of sentence `n`."""
    best = 0
    sentence: frozenset[str] | None = None
    for pattern in lexicon.by_first.get(words.low[k], ()):
        grade = STRONG if pattern.strength == "strong" else WEAK
        if pattern.field is not None or pattern.role == "means" or grade <= best:
            continue
        if match_at(words, k, pattern) is None:
            continue
        if pattern.where or grade == WEAK:
            if sentence is None:
                sentence = _sentence_words(words, k, bounds, n)
            if not _is_plausible(pattern, sentence, lexicon):
                continue
        best = grade
        if best == STRONG:
            break
    return best


def _sentence_words(words: Words, k: int, bounds: list[int], n: int) -> frozenset[str]:
    """The words of sentence `n`, around word `k`, without word `k` itself."""
    end = bounds[n + 1] if n + 1 < len(bounds) else len(words.doc)
    low: list[str] = []
    j = k - 1
    while j >= 0 and words.at[j] >= bounds[n]:
        low.append(words.low[j])
        j -= 1
    j = k + 1
    while j < len(words.at) and words.at[j] < end:
        low.append(words.low[j])
        j += 1
    return frozenset(low)


def _is_plausible(pattern: Pattern, sentence: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether the sentence holds what the entry asks for, wherever it stands."""
    if pattern.needs is not None:
        support = lexicon.supports[pattern.needs]
        light = not support.light.isdisjoint(sentence)
        if not (support.places or light) and support.words.isdisjoint(sentence):
            return False
    return all(
        condition.places or condition.persons or not condition.words.isdisjoint(sentence)
        for condition in pattern.where
    )
