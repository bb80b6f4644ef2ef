"""Quotations: where they open and close.

Reads   tokens and white space.
Writes  nothing; returns token ranges.
Never   needs a parse.

A new paragraph closes what is open; when it starts with an opening mark itself,
the quotation runs on through it (the newspaper convention). A mark that is
never closed and not taken up again is a slip and opens nothing.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, ORTH  # type: ignore[import-not-found]
from spacy.strings import get_string_id
from spacy.tokens import Doc

from marsad.coding.sentences import is_hard_wrapped

CURLY_OPEN, CURLY_CLOSE = "“„«", "”»"
# Fewer single line ends than this are no wrapped text (is_hard_wrapped wants three lines).
MIN_WRAPPED_LINES = 3
# How far a single quotation mark is looked ahead for.
MAX_SINGLE_TOKENS = 60
SINGLE = frozenset({"'", "‘", "’"})
STRAIGHT = frozenset({'"', "''", "``"})


class Quote(NamedTuple):
    """A quotation: doc[start:end] with its marks. `runs_on`: not closed in its paragraph."""

    start: int
    end: int
    runs_on: bool
    continues: bool


def paragraph_break_size(doc: Doc) -> int:
    """How many line ends make a paragraph: two in text wrapped by hand, else one."""
    single = sum(1 for i in _marks_and_spaces(doc) if doc[i].text.count("\n") == 1)
    return 2 if single >= MIN_WRAPPED_LINES and is_hard_wrapped(doc.text) else 1


def find_quotes(doc: Doc) -> list[Quote]:
    """All quotations of `doc`, in order, not nested (the outer one is kept)."""
    quotes: list[Quote] = []
    opened: int | None = None
    single = False
    breaks = paragraph_break_size(doc)
    for index in _marks_and_spaces(doc):
        text = doc[index].text
        if doc[index].is_space:
            if text.count("\n") >= breaks:
                if opened is not None and not single:
                    quotes.append(_quote(quotes, opened, index, True, doc))
                opened = None
            continue
        side = _side(text, index, doc, opened is not None)
        if opened is None:
            if side > 0:
                opened, single = index, text in {"'", "‘"}
        elif side < 0 and single == (text in {"'", "’"}):
            quotes.append(_quote(quotes, opened, index + 1, False, doc))
            opened = None
    if opened is not None and not single:
        quotes.append(_quote(quotes, opened, len(doc), True, doc))
    return _without_strays(quotes)


def _without_strays(quotes: list[Quote]) -> list[Quote]:
    """Without marks that were opened and neither closed nor taken up in the next paragraph."""
    taken_up = {index for index, quote in enumerate(quotes[1:]) if quote.continues}
    return [q for index, q in enumerate(quotes) if not q.runs_on or index in taken_up]


def _marks_and_spaces(doc: Doc) -> list[int]:
    """Indexes of the tokens that can open or close a quotation or end a paragraph."""
    values = doc.to_array([ORTH, IS_SPACE])
    wanted = np.isin(values[:, 0], _mark_ids()) | (values[:, 1] == 1)
    found: list[int] = np.flatnonzero(wanted).tolist()
    return found


@cache
def _mark_ids() -> NDArray[np.uint64]:
    marks = [*CURLY_OPEN, *CURLY_CLOSE, *STRAIGHT, *SINGLE]
    return np.array([get_string_id(mark) for mark in marks], dtype=np.uint64)


def _quote(earlier: list[Quote], start: int, end: int, runs_on: bool, doc: Doc) -> Quote:
    """A quote continues one that ran on to the paragraph break right before it."""
    continues = bool(
        earlier
        and earlier[-1].runs_on
        and all(doc[i].is_space for i in range(earlier[-1].end, start))
    )
    return Quote(start, end, runs_on, continues)


def _side(text: str, index: int, doc: Doc, is_open: bool) -> int:
    """1 an opening mark, -1 a closing one, 0 neither."""
    if text in CURLY_OPEN:
        return 1
    if text in CURLY_CLOSE:
        return -1
    if text in STRAIGHT:
        return -1 if is_open else 1
    if text == "‘":
        return 1
    if text in {"'", "’"}:
        before = index == 0 or bool(doc[index - 1].whitespace_) or doc[index - 1].is_space
        after = bool(doc[index].whitespace_) or index + 1 == len(doc)
        if not is_open:
            return 1 if text == "'" and before and not after else 0
        if after or (index + 1 < len(doc) and doc[index + 1].is_punct):
            # A plural possessive ("the rebels' base") has no stop before the mark.
            return -1 if doc[index - 1].is_punct or not _is_possessive(doc, index) else 0
    return 0


def _is_possessive(doc: Doc, index: int) -> bool:
    """The mark in "the rebels' base": more text follows, and a better closing mark."""
    if not doc[index - 1].lower_.endswith("s") or index + 1 >= len(doc):
        return False
    if not doc[index + 1].is_alpha:
        return False
    for token in doc[index + 1 : index + MAX_SINGLE_TOKENS]:
        if "\n" in token.text:
            break
        if token.text == doc[index].text and not doc[token.i - 1].whitespace_:
            return True
    return False
