"""Quotations: where they open and close.

Reads   tokens and white space.
Writes  nothing; returns token ranges.
Never   needs a parse.

A new paragraph closes what is open; when it starts with an opening mark itself,
the quotation runs on through it (the newspaper convention).
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc

from marsad.coding.sentences import is_hard_wrapped

CURLY_OPEN, CURLY_CLOSE = "“„«", "”»"
# How far a single quotation mark is looked ahead for.
MAX_SINGLE_TOKENS = 60
STRAIGHT = frozenset({'"', "''", "``"})


class Quote(NamedTuple):
    """A quotation: doc[start:end] with its marks. `runs_on`: not closed in its paragraph."""

    start: int
    end: int
    runs_on: bool
    continues: bool


def paragraph_break_size(doc: Doc) -> int:
    """How many line ends make a paragraph: two in text wrapped by hand, else one."""
    text = doc.text
    return 2 if "\n" in text and is_hard_wrapped(text) else 1


def find_quotes(doc: Doc) -> list[Quote]:
    """All quotations of `doc`, in order, not nested (the outer one is kept)."""
    quotes: list[Quote] = []
    opened: int | None = None
    mark = ""
    at_start = True  # nothing of this paragraph read yet
    breaks = paragraph_break_size(doc)
    for token in doc:
        text = token.text
        if token.is_space:
            if text.count("\n") >= breaks:
                if opened is not None and mark != "single":
                    quotes.append(_quote(quotes, opened, token.i, True, doc))
                opened, at_start = None, True
            continue
        side = _side(text, token.i, doc, opened is not None, at_start)
        if opened is None:
            if side > 0:
                opened, mark = token.i, "single" if text in {"'", "‘"} else "double"
        elif side < 0 and (mark == "single") == (text in {"'", "’"}):
            quotes.append(_quote(quotes, opened, token.i + 1, False, doc))
            opened = None
        at_start = False
    if opened is not None and mark != "single":
        quotes.append(_quote(quotes, opened, len(doc), True, doc))
    return quotes


def _quote(earlier: list[Quote], start: int, end: int, runs_on: bool, doc: Doc) -> Quote:
    """A quote continues one that ran on to the paragraph break right before it."""
    continues = bool(
        earlier
        and earlier[-1].runs_on
        and all(doc[i].is_space for i in range(earlier[-1].end, start))
    )
    return Quote(start, end, runs_on, continues)


def _side(text: str, index: int, doc: Doc, is_open: bool, at_start: bool) -> int:
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
        before = at_start or bool(doc[index - 1].whitespace_) or doc[index - 1].is_space
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
