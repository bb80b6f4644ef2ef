"""Speakers at the end of a sentence that the parser counted among the victims.

"Troops killed 40 people, among them nurses, two witnesses and a priest said":
the enumeration before the comma and the speakers after it look like one list.

Reads   the parse only where it cannot be wrong; words of the speaker lists.
Writes  nothing; returns a head and a token range.
"""

from __future__ import annotations

from spacy.tokens import Token

from marsad.coding.attribution.grammar import trim
from marsad.coding.attribution.lexicon import role_nouns, source_kinds
from marsad.coding.attribution.reading import Page, Range

MAX_PHRASE_TOKENS = 24
_ENDS = frozenset({".", "!", "?", ",", ";"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def closing_phrase(page: Page, verb: Token, head: Token | None) -> tuple[int, Range] | None:
    """Head and range of the speakers between the last comma and `verb`, if they stand there.

    Only where the cue closes its sentence, a whole clause stands before that
    comma, and the parser's own subject lies before it too.
    """
    doc = page.doc
    first, last = page.sentence(verb.i)
    comma = _last_comma(page, verb, first)
    if comma is None or not _closes(page, verb, last):
        return None
    if head is not None and head.i > comma:
        return None
    phrase = doc[comma + 1 : verb.i]
    if not any(_speaks(t) for t in phrase) or any(t.tag_ in _FINITE for t in phrase):
        return None
    clause = doc[first:comma]
    if not any(t.tag_ in _FINITE for t in clause) or _is_apposition(page, comma, head):
        return None
    source = trim(doc, comma + 1, verb.i)
    heads = [t for t in doc[source[0] : source[1]] if t.pos_ in {"NOUN", "PROPN"}]
    inner = next((t for t in heads if _speaks(t)), heads[0] if heads else None)
    return (inner.i, source) if inner is not None else None


def _last_comma(page: Page, verb: Token, first: int) -> int | None:
    for index in range(verb.i - 1, max(first, verb.i - MAX_PHRASE_TOKENS) - 1, -1):
        if page.quote_around(index) is not None:
            return None
        if page.doc[index].text == ",":
            return index if index < verb.i - 1 else None
    return None


def _closes(page: Page, verb: Token, last: int) -> bool:
    """Whether nothing but a day or an audience follows: "said on Wednesday."."""
    for token in page.doc[verb.i + 1 : last]:
        if token.text in _ENDS:
            return True
        if token.tag_ in _FINITE or token.lower_ in {"that", "how", "whether"} or token.is_quote:
            return False
        if token.text == ":":
            return False
    return True


def _speaks(token: Token) -> bool:
    word = token.lower_
    return (
        word in role_nouns("speaker")
        or word in role_nouns("testifier")
        or (word in source_kinds() and token.pos_ in {"NOUN", "PROPN"})
    )


def _is_apposition(page: Page, comma: int, head: Token | None) -> bool:
    """ "..., said A. B., a spokesman for C": the words before the comma are the speaker's name."""
    if head is None:
        return False
    before = page.doc[comma - 1]
    return (
        head.pos_ == "PROPN" and head.i <= before.i <= head.right_edge.i and before.i - head.i < 3
    )
