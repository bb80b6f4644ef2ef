"""One sentence as the casualty readers see it, and the groups of people in it.

Reads   tokens, tags, entity types; white space is left out.
Writes  nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Span

from marsad.coding.casualties.numbers import Count
from marsad.records import Qualifier

DASHES = frozenset({"-", "–", "—", "‑", "--"})
_QUOTES = frozenset({'"', "“", "”", "„", "«", "»", "``", "''"})
# What puts two groups side by side; longest first.
_JOINS = (
    ("as", "well", "as"), ("along", "with"), ("together", "with"), ("alongside",), ("and", "both"),
    ("and",), ("&",), ("plus",), ("or",), (",",), ("both",),
)  # fmt: skip


class SentenceView:
    """One sentence without its white space: parallel lists, local indices."""

    def __init__(self, sentence: Span) -> None:
        # '"hundreds" of wounded', '"many" were hurt': quotation marks part no phrase
        tokens = [t for t in sentence if not t.is_space and t.text not in _QUOTES]
        self.doc = sentence.doc
        self.places = [token.i for token in tokens]
        self.texts = [token.text for token in tokens]
        self.words = [text.lower() for text in self.texts]
        self.tags = [token.tag_ for token in tokens]
        self.entities = [token.ent_type_ for token in tokens]
        self.tokens = tokens
        self.size = len(tokens)
        self.local = {place: index for index, place in enumerate(self.places)}
        self.is_parsed = any(token.dep for token in tokens)
        letters = [text for text in self.texts if len(text) > 1 and text.isalpha()]
        self.is_upper = bool(letters) and sum(t.isupper() for t in letters) > 0.7 * len(letters)

    def word(self, index: int) -> str:
        """The lower-case word at a local index; empty outside the sentence."""
        return self.words[index] if 0 <= index < self.size else ""

    def is_glued(self, index: int) -> bool:
        """Whether no white space stands before this token."""
        place = self.places[index]
        return place > 0 and not self.doc[place - 1].whitespace_

    def looks_like_name(self, index: int) -> bool:
        """Capitalised as names are; in text all in capitals only entities are names."""
        text = self.texts[index]
        if self.is_upper:
            return self.entities[index] == "PERSON"
        return text[0].isupper() and (len(text) == 1 or not text.isupper()) and text[-1] != ":"


Sort = Literal["number", "one", "name", "pronoun", "plural"]


@dataclass(slots=True)
class Group:
    """People that one phrase stands for. Indices are local to the sentence."""

    start: int
    end: int
    sort: Sort
    low: int | None  # None: no number said
    high: int | None = None
    qualifier: Qualifier = "exact"
    number: tuple[int, int] | None = None
    head: int | None = None
    kind: str | None = None
    words: str | None = None
    names: tuple[str, ...] = ()  # lower-case name words, for telling mentions of one person
    is_definite: bool = False
    is_partitive: bool = False  # "three of them": already counted in what "them" stands for
    is_additive: bool = False  # "another five"
    is_part: bool = False  # "..., including three children,"
    of_end: int = 0  # end of "of the security forces"
    whole: Count | None = None  # the five of "one of the five shot", of whom all were hit
    tail: int = 0  # end of what still belongs to it: ", 34,", "from Homs"
    parts: list[Group] = field(default_factory=list)  # "three people: a man and two boys"

    @property
    def is_single(self) -> bool:
        """One person, known or not."""
        return self.low == 1 and self.high == 1


@dataclass(slots=True)
class Link:
    """An outcome word and those it is said of. `index` is local; `end` closes "shot dead"."""

    index: int
    end: int
    outcome: str
    shape: str
    groups: list[Group] = field(default_factory=list)
    is_toll: bool = False
    is_reflexive: bool = False
    is_multiple: bool = False  # "a double homicide"
    is_reduced: bool = False  # "soldiers killed in ...": tells which, or is a headline


def gap_joins(gap: Sequence[str]) -> bool:
    """Whether the words between two groups put them side by side in one list.

    A place or description may stand between ("a man from the village and his son")
    as long as the gap is short and ends in "and" or a comma.
    """
    if not gap:
        return True
    if _is_join(gap):
        return True
    if len(gap) > 2 and gap[0] == ",":
        gap = gap[1:]  # ", of Homs, and"
    if gap[0] in {"from", "of", "in", "at", "aged", "named", "identified"} and len(gap) <= 7:
        return gap[-1] == "and" or (gap[-1] == "," and len(gap) <= 5)
    return False


def _is_join(gap: Sequence[str]) -> bool:
    position = 0
    while position < len(gap):
        for joint in _JOINS:
            if tuple(gap[position : position + len(joint)]) == joint:
                position += len(joint)
                break
        else:
            return False
    return True


def join_words(view: SentenceView, start: int, end: int) -> str:
    """The words of local [start, end) as they stand, single blanks between."""
    text = view.doc[view.places[start] : view.places[end - 1] + 1].text
    return " ".join(text.split())
