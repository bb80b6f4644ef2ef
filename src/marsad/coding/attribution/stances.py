"""Stances: how surely a word means that somebody says, thinks, wants or judges.

Reads   attribution_stances.tsv, once.
Writes  nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from spacy.tokens import Token

from marsad.codebook.actors import load_nouns
from marsad.coding.attribution.grammar import acts_as_verb
from marsad.coding.attribution.lexicon import inflect, read_rows
from marsad.errors import CodebookError

_PARTS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
# Endings of nouns for people who do something: "campaigner", "governor", "lobbyist".
_AGENTIVE = ("er", "or", "ist", "ian", "eer", "man", "woman", "person", "ant", "ee", "crat")
_NO_AGENT = frozenset(
    """number order matter power water paper letter center centre winter summer corner weather
    answer offer cover border disaster murder danger anger fever computer factor sector tenor error
    terror horror labor labour favor favour color colour behavior behaviour manner member weather
    october november december september chapter quarter shelter shoulder finger bar car war
    measure her other another rather either whether never ever over under after plant grant want
    warrant restaurant covenant infant human coffee fee degree tree guarantee knee""".split()
)


@cache
def _grades() -> Mapping[tuple[str, str], Mapping[str, int]]:
    """(part, form) -> frame -> grade."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for part, _, grade, frames, words in read_rows("attribution_stances.tsv", 5):
        if part not in _PARTS.values() or grade not in {"1", "2", "3"}:
            raise CodebookError(f"attribution_stances.tsv: unknown part or grade {part} {grade}.")
        for word in words.split():
            for form in _forms(part, word):
                senses = found.setdefault((part, form), {})
                for frame in frames.split():
                    senses.setdefault(frame, int(grade))
    return found


def _forms(part: str, word: str) -> list[str]:
    if part == "verb":
        verb, mark, particle = word.partition("_")
        return [form + mark + particle for form in inflect(verb)]
    if part == "noun":
        return [word, word[:-1] + "ies" if word.endswith("y") else word + "s"]
    return [word]


def describes(participle: Token) -> bool:
    """Whether a participle is one that tells a state of mind ("thrilled", "split")."""
    return ("adjective", participle.lower_) in _grades()


def grade_of(cue: Token, frame: str) -> int:
    """3 sure, 2 likely, 1 possible, 0 not in the table: for `cue` with its content in `frame`."""
    title = cue.pos_ == "PROPN" and frame == "clause"  # a headline's verb
    part = "verb" if title or acts_as_verb(cue) else _PARTS.get(cue.pos_)
    if part is None:
        return 3 if cue.pos_ in {"PUNCT", "ADP", "SYM", "SCONJ"} or frame == "label" else 0
    if cue.lower_ in {"according", "per"}:
        return 3
    best = 0
    for kid in cue.children:
        if kid.dep_ in {"prt", "advmod"} and kid.i > cue.i:
            best = max(best, _lookup(part, f"{cue.lower_}_{kid.lower_}", frame))
    if cue.tag_ == "VBN":
        best = max(best, _lookup("adjective", cue.lower_, frame))
    return best or _lookup(part, cue.lower_, frame)


def _lookup(part: str, form: str, frame: str) -> int:
    senses = _grades().get((part, form))
    if senses is None:
        return 0
    return max(senses.get(frame, 0), senses.get("*", 0))


def is_party(word: str) -> bool:
    """Whether a lower-case noun is one for people, by list or by ending ("lobbyists")."""
    if word in load_nouns().parties:
        return True
    single = word[:-1] if word.endswith("s") else word
    return single not in _NO_AGENT and len(single) > 4 and single.endswith(_AGENTIVE)
