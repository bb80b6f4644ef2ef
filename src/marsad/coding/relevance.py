"""Relevance: decide, before anything dear is run, which sentences may hold a claim.

Reads   tokens and sentence starts; nothing else is set yet.
Writes  nothing.
Never   decides that something happened: it only spares the parser what cannot matter.

Recall comes first. Every word is looked up by its hash in sorted arrays of the
lexicon's forms, so a sentence costs microseconds.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
from spacy.attrs import LOWER  # type: ignore[import-not-found]
from spacy.strings import get_string_id
from spacy.tokens import Doc

from marsad.coding.trigger_lexicon import Pattern, load_classes, load_lexicon

Hashes = npt.NDArray[np.uint64]

# Words too common to open the gate by themselves: in a phrase, another word of it must.
_COMMON = frozenset(
    """a an the of to in on at by for from with into over off out up down away back through and or
    as be is are was were been being am has have had having do does did not it its their his her
    them him they he she that this under after before against between near open opens opened
    opening set sets setting take takes took taken taking come comes came coming go goes went gone
    going put puts putting make makes made making hold holds held holding place places placed
    placing use uses used using carry carries carried carrying find finds found finding get got
    call calls called calling join joins joined joining lose loses lost losing drop drops dropped
    dropping run runs ran running give hand hands handed handing send sends sent sending lay laid
    leave leaves left leaving bring brings brought reach reached reaches lay lays place agree agrees
    agreed agreeing sign signs signed signing end ends ended ending impose imposes imposed
    people person control life lives line lines air way - ' establish established state
    declare declared declares announce announced announces raise raised gain gained cost costs
    pull pulls pulled pulling drive drives drove driven driving push pushed clear cleared
    recover recovered recovers discover discovered wave waved form formed forms hit time large
    use rain rains rained level deal deals release released day camp car truck house home city town village""".split()
)
# Who disputes, claims or corrects: claims and denials stand in sentences without violence.
_DISPUTE = frozenset(
    """denied denies deny denying denial rejected refuted refutes disputed disputes dispute footage
    video fake fabricated staged hoax false responsibility responsible perpetrators culprits blamed
    blames blame accused accuses accusing toll casualties casualty dead death deaths died dies dying
    wounded injured injuring injuries missing displaced fled fleeing hostages hostage prisoners
    detainees captives victims victim bodies body funeral morgue survivors unharmed""".split()
)
# Ambiguous in ordinary news: they count only where the report also holds a sure word.
_BACKGROUND_CLASSES = ("armed", "weapon", "casualty", "violent", "protest_sign")


@cache
def _sure_hashes() -> Hashes:
    """Forms that open the gate by themselves."""
    words = set(_DISPUTE)
    for pattern in load_lexicon().patterns:
        if pattern.field is None and pattern.strength == "strong":
            words |= _telling_forms(pattern)
    return _hash(words)


@cache
def _weak_hashes() -> Hashes:
    """Forms of weak triggers: they open it in a report that holds a sure or violent word."""
    words: set[str] = set()
    for pattern in load_lexicon().patterns:
        if pattern.field is None and pattern.strength == "weak":
            words |= _telling_forms(pattern) or pattern.slots[pattern.head] or frozenset()
    return _hash(words)


@cache
def _background_hashes() -> Hashes:
    classes = load_classes()
    return _hash(set().union(*(classes[name] for name in _BACKGROUND_CLASSES)))


def _telling_forms(pattern: Pattern) -> frozenset[str]:
    """The forms of the head if it is no common word, else of the smallest telling slot."""
    head = pattern.slots[pattern.head]
    if head is not None and head.isdisjoint(_COMMON):
        return head
    slots = [slot - _COMMON for slot in pattern.slots if slot is not None]
    return min((s for s in slots if s), key=len, default=frozenset())


def _hash(words: set[str]) -> Hashes:
    return np.sort(np.array([get_string_id(word) for word in words], dtype=np.uint64))


def _isin(values: Hashes, table: Hashes) -> npt.NDArray[np.bool_]:
    spots = np.searchsorted(table, values)
    spots[spots == len(table)] = 0
    found: npt.NDArray[np.bool_] = table[spots] == values
    return found


def relevant_sentences(doc: Doc) -> list[bool]:
    """For each of `doc.sents` in order, whether it may matter.

    True where a sentence holds a word of an event, of harm or of dispute, and for
    the sentence before and after such a one. A report with no sure and no violent
    word is all False.
    """
    if len(doc) == 0:
        return []
    values = doc.to_array([LOWER]).reshape(-1).astype(np.uint64)
    hits = _isin(values, _sure_hashes())
    if hits.any() or _isin(values, _background_hashes()).any():
        hits |= _isin(values, _weak_hashes())
    bounds = np.fromiter((sent.start for sent in doc.sents), dtype=np.int64)
    per_sentence = np.logical_or.reduceat(hits, bounds)
    relevant = per_sentence.copy()
    relevant[1:] |= per_sentence[:-1]
    relevant[:-1] |= per_sentence[1:]
    return [bool(flag) for flag in relevant]
