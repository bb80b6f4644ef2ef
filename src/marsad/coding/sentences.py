"""Sentence boundaries by rule, before anything dear is run.

Reads   tokens and white space.
Writes  token.is_sent_start on every token.
Never   needs a parse: the boundaries are what decides what gets parsed.

News sentences end at '.', '!', '?' or a closing quote after one of them, and at
every paragraph. Abbreviations, initials and decimals do not end a sentence.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

TERMINALS = frozenset({".", "!", "?", "…", "...", "؟", "。"})
CLOSERS = frozenset({'"', "”", "’", "'", ")", "]", "»", "''"})
OPENERS = frozenset({'"', "“", "‘", "'", "(", "[", "«", "``"})
# Words that keep their point and are followed by a capital inside a sentence.
ABBREVIATIONS = frozenset(
    """adm. assoc. atty. brig. bros. capt. cmdr. co. col. corp. cpl. dep. dept. det. dr. e.g. esq.
    est. fig. fr. ft. gen. gov. hon. i.e. inc. insp. jr. lieut. lt. ltd. maj. messrs. mgr. mr. mrs.
    ms. mt. no. nos. ofc. pfc. pres. prof. pvt. rep. reps. rev. sen. sens. sgt. spc. sr. ssgt. st.
    ste. supt. u.k. u.n. u.s. u.s.a. v. vs. jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov.
    dec. mon. tue. wed. thu. fri. sat. sun. approx. ave. blvd. al. ph.d. s.c. n.c. n.y.
    d.c.""".split()
)
_INITIAL = re.compile(r"^[A-Z]\.$")
_ACRONYM = re.compile(r"^(?:[A-Za-z]\.){2,}$")
# A line of running text wrapped by hand is long; half of all lines being so marks wrapped text.
WRAP_MIN_CHARS = 50
WRAP_SHARE = 0.5


_STARTS = "marsad_sentence_starts"


def is_hard_wrapped(text: str) -> bool:
    """Whether single line breaks in `text` are only wrapping, not paragraph ends.

    True when at least half of the line ends before a non-blank line come after
    more than 50 characters and without closing punctuation.
    """
    lines = text.split("\n")
    inner = [
        line.rstrip()
        for line, following in itertools.pairwise(lines)
        if line.strip() and following.strip()
    ]
    if len(inner) < 3:
        return False
    broken = sum(
        1 for line in inner if WRAP_MIN_CHARS <= len(line) <= 100 and line[-1] not in ".!?:\"”'’"
    )
    return broken >= WRAP_SHARE * len(inner)


def mark_sentences(doc: Doc) -> Doc:
    """Set `is_sent_start` True or False on every token of `doc`, and return it."""
    forget_bounds(doc)
    wrapped = "\n" in doc.text and is_hard_wrapped(doc.text)
    pending = True  # the next word opens a sentence
    paragraph = True  # ... because a paragraph begins
    marks: list[int] = []
    for token in doc:
        text = token.text
        starts = False
        if token.is_space:
            breaks = text.count("\n")
            if breaks >= 2 or (breaks == 1 and not wrapped):
                pending = paragraph = True
        elif pending and text in CLOSERS and token.i and not doc[token.i - 1].is_space:
            # A closing quote right after the full stop belongs to the sentence it closes.
            opens = text in OPENERS and bool(token.i) and bool(doc[token.i - 1].whitespace_)
            starts = opens
            pending = not opens
        elif pending:
            # A lower-case word after a full stop goes on with the sentence ("“Run!” she said"),
            # and so does a comma ("the senator, R-Ky., said").
            starts = paragraph or not (text[0].islower() or text in {",", ";"})
            pending = False
        marks.append(1 if starts or token.i == 0 else -1)
        if not token.is_space:
            pending = pending or _ends_sentence(doc, token.i)
            paragraph = False
    if marks:
        # All at once: setting one token's start makes spaCy read the whole Doc for a parse.
        column = np.array(marks, dtype="int64").astype("uint64").reshape(-1, 1)
        doc.from_array(["SENT_START"], column)  # type: ignore[arg-type]
    return doc


def sentence_bounds(doc: Doc, index: int) -> tuple[int, int]:
    """[start, end) of the sentence around token `index`, by sentence starts alone.

    The starts are read once a Doc and kept with it as plain data, for this is
    asked many times; a Doc whose sentences change needs `mark_sentences` again.
    """
    starts = _starts(doc)
    position = bisect_right(starts, index)
    return starts[position - 1], starts[position] if position < len(starts) else len(doc)


def _starts(doc: Doc) -> list[int]:
    starts: list[int] | None = doc.user_data.get(_STARTS)
    if starts is None:
        starts = [token.i for token in doc if token.is_sent_start or token.i == 0]
        doc.user_data[_STARTS] = starts
    return starts


def count_starts(doc: Doc, first: int, stop: int) -> int:
    """How many sentences start in doc[first:stop]; nought where the range is empty."""
    if stop <= first:
        return 0
    starts = _starts(doc)
    return bisect_left(starts, stop) - bisect_left(starts, first)


def forget_bounds(doc: Doc) -> None:
    """Drop what `sentence_bounds` keeps, after the sentences of `doc` changed."""
    doc.user_data.pop(_STARTS, None)


def _ends_sentence(doc: Doc, index: int) -> bool:
    text = doc[index].text
    if text == "." and index and not doc[index - 1].whitespace_:
        # The tokeniser cuts the point off some abbreviations.
        text = doc[index - 1].text + "."
        return not _is_abbreviation(text) or _may_end_sentence(doc, index)
    if text in TERMINALS:
        return True
    if text[-1] not in ".!?":
        return False
    return not _is_abbreviation(text) or _may_end_sentence(doc, index)


def _is_abbreviation(text: str) -> bool:
    return (
        text.lower() in ABBREVIATIONS
        or _INITIAL.match(text) is not None
        or _ACRONYM.match(text) is not None
    )


def _may_end_sentence(doc: Doc, index: int) -> bool:
    """An abbreviation ends a sentence when the next word is a plain sentence opener."""
    following = doc[index + 1] if index + 1 < len(doc) else None
    if following is None or following.is_space:
        return False
    return following.text in {"The", "A", "An", "In", "On", "It", "He", "She", "They", "But", "At"}


@Language.factory("marsad_sentences", assigns=["token.is_sent_start"])
def make_sentences(nlp: Language, name: str) -> SentenceMarker:
    """The sentence marker as a pipeline component; goes before the parser."""
    return SentenceMarker()


class SentenceMarker:
    """Callable component around `mark_sentences`."""

    def __call__(self, doc: Doc) -> Doc:
        """Mark the sentences of `doc` and return it."""
        return mark_sentences(doc)
