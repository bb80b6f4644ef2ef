"""Quotations and inserted cues: what stands in quotation marks, or around ", SOHR added".

Reads   quotations, the parse.
Writes  `direct` and `inserted` on the reading; returns content ranges.
"""

from __future__ import annotations

from spacy.tokens import Token

from marsad.coding.attribution.grammar import child, is_finite
from marsad.coding.attribution.lexicon import noun_cues
from marsad.coding.attribution.quotes import Quote
from marsad.coding.attribution.reading import Page, Range, Reading

MIN_QUOTE_TOKENS = 3
# What may stand before an inserted cue; a closing quotation mark without its opening one too.
_INSERT_MARKS = frozenset({",", "—", "–", "--", "-", ")", '"', "”", "''"})
_NEW_STARTS = frozenset({"according", "and", "but", "while", "citing", "adding", "as"})


def find_quotation(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """Quotations next to the core, and the sentence around an inserted core."""
    found: list[Range] = []
    first, last = page.sentence(verb.i)
    start, end = reading.core
    left = _left_quote(page, verb, reading)
    if left is not None:
        opening = clause_start(page, first, left.start) if first < left.start else left.start
        found.append((opening, left.end))
        reading.direct = True
    elif _is_inserted(page, verb, reading):
        found.append((clause_start(page, first, start), start))
        reading.inserted = True
    right = _right_quote(page, verb, reading)
    if right is not None:
        stop = right.end
        if right.end < last and not found:
            stop = _rest_of_clause(page, verb, right.end, last)
        found.append((right.start, stop))
        reading.direct = True
    elif not reading.direct and (
        _goes_on(page, verb, end, last) if found else _has_colon(page, end, last)
    ):
        found.append((end + 1, last))
    return found


def find_direct(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """Only a quotation: for verbs that are cues beside one ("he shouted") and not else."""
    found = find_quotation(page, verb, reading)
    if reading.direct:
        return found
    reading.inserted = False
    return []


def _left_quote(page: Page, verb: Token, reading: Reading) -> Quote | None:
    """The quotation that ends right before the core, if it is what was said."""
    if page.quote_around(verb.i) is not None:
        return None
    doc = page.doc
    start, end = reading.core
    first, last = page.sentence(verb.i)
    before = page.skip(start - 1, -1, ",")
    left = page.quote_around(before) if before >= 0 else None
    if left is None or left.end != before + 1 or left.end - left.start <= MIN_QUOTE_TOKENS:
        return None
    if any(page.is_break(i) for i in range(left.end, start)):
        return None
    inner = doc[left.end - 2].text
    if before < first:
        # The sentence marker split after "?" or a full stop inside the quotation.
        inverted = doc[start].text[:1].islower()
        return left if inverted or (inner[-1:] in "?!,…" and end >= last - 1) else None
    complement = any(k.dep_ == "ccomp" and k.i >= end and is_finite(k) for k in verb.children)
    if complement and inner not in {",", "?", "!"} and doc[left.end].text != ",":
        return None
    return left


def _right_quote(page: Page, verb: Token, reading: Reading) -> Quote | None:
    """The quotation that opens right after the core."""
    end = reading.core[1]
    if page.quote_around(verb.i) is not None:
        return None
    after = page.skip(end, 1, ",:;—–-")
    if after >= len(page.doc) or page.doc[after - 1].pos_ == "ADP":
        return None
    right = page.quote_at(after)
    if right is None or right.end - right.start <= MIN_QUOTE_TOKENS:
        return None
    return right if _reaches(page, end, after) else None


def _has_colon(page: Page, end: int, last: int) -> bool:
    return end + 1 < last and page.doc[end].text == ":"


def _goes_on(page: Page, verb: Token, end: int, last: int) -> bool:
    """Whether the sentence that a core interrupted goes on after it."""
    doc = page.doc
    if end + 1 >= last or doc[end].text not in {",", "—", "–", "--"}:
        return False
    following = doc[end + 1].lower_
    if _goes_on_after(page, verb, end, last):
        return True
    return verb.right_edge.i <= end and following not in _NEW_STARTS


def _reaches(page: Page, end: int, opener: int) -> bool:
    """A quotation in the next paragraph belongs to the core only after a colon."""
    if opener < page.sentence(max(end - 1, 0))[1]:
        return True
    return any(page.doc[i].text == ":" for i in range(end, opener))


def clause_start(page: Page, first: int, end: int) -> int:
    """Where the sentence's content begins: after an opening conjunction."""
    doc = page.doc
    for index in range(end - 1, first, -1):
        if doc[index].text == ";" and page.quote_around(index) is None:
            first = index + 1
            break
    while first < end and (doc[first].is_space or (doc[first].lower_ in {"but", "and", "so"})):
        first += 1
    return first


def _rest_of_clause(page: Page, verb: Token, start: int, last: int) -> int:
    """A quotation with words of the reporter's after it: up to the end of the complement."""
    complement = child(verb, "ccomp", "dobj", "xcomp", "oprd")
    if complement is not None and complement.right_edge.i >= start:
        return min(complement.right_edge.i + 1, last)
    return start


def _goes_on_after(page: Page, verb: Token, end: int, last: int) -> bool:
    """ "The rebels, X said in a video, killed ten": the subject before, its verb after."""
    if end + 1 >= last or page.doc[end].text != ",":
        return False
    return any(
        kid.dep_ == "conj" and kid.left_edge.i == end + 1 and is_finite(kid) and _is_bare(kid)
        for kid in verb.children
        if kid.i > end
    )


def _is_bare(verb: Token) -> bool:
    """Without subject or conjunction of its own."""
    return child(verb, "nsubj", "nsubjpass") is None and child(verb.head, "cc") is None


def _is_inserted(page: Page, verb: Token, reading: Reading) -> bool:
    """Whether ", SOHR added" interrupts or closes a sentence that is its content."""
    doc = page.doc
    start, end = reading.core
    first, last = page.sentence(verb.i)
    mark = doc[page.skip(start - 1, -1, "")].text if start > first else ""
    if start - 1 <= first or mark not in _INSERT_MARKS:
        return False
    if mark == ")" and verb.i < reading.head:
        return False
    if verb.dep_ == "relcl" and verb.head.lower_ in noun_cues():
        return False  # ", a claim the army denies"
    if verb.tag_ == "VBG" or child(verb, "mark") is not None:
        return False
    closes = end >= last or doc[end].text in {",", ".", "—", "–", "--", "-", "!", "?", ")", ";"}
    if not closes:
        return False
    if any(k.dep_ in {"ccomp", "xcomp"} and k.i >= end and is_finite(k) for k in verb.children):
        return False
    if verb.head.i >= end and verb.dep_ in {"ccomp", "parataxis"} and end < last:
        return True
    if _goes_on_after(page, verb, end, last):
        return True
    return any(
        token.dep_ in {"ccomp", "ROOT", "parataxis", "conj", "advcl", "nsubj", "nsubjpass"}
        and not (token.head == verb and token.dep_ in {"advcl", "nsubj"} and token.i >= first)
        and (token.pos_ in {"VERB", "AUX"} or token.dep_ == "ROOT")
        for token in doc[first : start - 1]
    )
