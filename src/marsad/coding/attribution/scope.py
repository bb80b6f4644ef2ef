"""Scope: where one source's words stop because another's begin.

Reads   all readings of a doc.
Writes  shorter contents into them.

Three rules, each for a slip of the parser or an ambiguity it cannot see:
", while the army said" ends what the police said; what stands before ", medics
said, and" is not what the mayor, named at the end, said; and an inserted
", SOHR added" is no part of what it closes.
"""

from __future__ import annotations

from marsad.coding.attribution.reading import Page, Range, Reading

TURNS = frozenset({"while", "whereas", "but", "and", "though", "although"})
_WINDOW = 2  # conjunction and comma before a new speaker


def settle_scopes(page: Page, readings: list[Reading]) -> None:
    """Shorten contents in place; drop readings left without any."""
    by_sentence: dict[int, list[Reading]] = {}
    for reading in readings:
        by_sentence.setdefault(page.sentence(reading.cue[0])[0], []).append(reading)
    for group in by_sentence.values():
        if len(group) < 2:
            continue
        for reading in group:
            for other in group:
                if other is not reading and _same_level(page, reading, other):
                    reading.content = [_cut(page, reading, other, r) for r in reading.content]
            reading.content = [r for r in reading.content if r[1] > r[0]]
    readings[:] = [r for r in readings if r.content]


def _same_level(page: Page, reading: Reading, other: Reading) -> bool:
    """Both in the reporter's own words, or both inside one quotation."""
    return page.quote_around(reading.cue[0]) == page.quote_around(other.cue[0])


def _cut(page: Page, reading: Reading, other: Reading, found: Range) -> Range:
    start, end = found
    low, high = other.core
    if not (start <= low and high <= end + 1):
        return found
    if other.inserted and reading.cue[0] < low and not _content_after(other, high):
        return start, _before_comma(page, low)
    if other.inserted and reading.inserted and low < reading.cue[0]:
        turn = page.skip(high, 1, ",")
        if turn < end and page.doc[turn].lower_ in TURNS:
            return turn + 1, end
    if not other.inserted and reading.cue[0] < low and _is_turn(page, low):
        return start, _before_comma(page, low - 1)
    return found


def _content_after(other: Reading, index: int) -> bool:
    return any(start >= index for start, _ in other.content)


def _is_turn(page: Page, index: int) -> bool:
    doc = page.doc
    return index >= _WINDOW and doc[index - 1].lower_ in TURNS and doc[index - 2].text == ","


def _before_comma(page: Page, index: int) -> int:
    while index > 0 and (page.doc[index - 1].is_space or page.doc[index - 1].text == ","):
        index -= 1
    return index
