"""Speakers who go on: quotations that have no cue of their own.

Reads   readings made so far, quotations, paragraphs.
Writes  further content into those readings.

"…," X said. "…" and paragraphs of pure quotation after X are X's words.
"""

from __future__ import annotations

from marsad.coding.attribution.quotes import Quote
from marsad.coding.attribution.reading import Page, Reading

MIN_TOKENS = 4


def continue_speakers(page: Page, readings: list[Reading]) -> None:
    """Give each unowned quotation that is a sentence to the speaker before it."""
    owners = [r for r in readings if r.direct]
    for quote in page.quotes:
        if quote.end - quote.start < MIN_TOKENS or _is_owned(quote, readings):
            continue
        if not _is_whole_sentence(page, quote):
            continue
        owner = _last_before(owners, quote.start)
        if owner is None:
            continue
        gap = range(_reach(owner, quote.start), quote.start)
        if not _may_continue(page, owner, quote, gap):
            continue
        owner.content.append((quote.start, quote.end))


def _is_owned(quote: Quote, readings: list[Reading]) -> bool:
    middle = (quote.start + quote.end) // 2
    return any(low <= middle < high for r in readings for low, high in r.content)


def _is_whole_sentence(page: Page, quote: Quote) -> bool:
    """Opens a sentence and closes one: nothing of the reporter's around it."""
    first, _ = page.sentence(quote.start)
    if any(page.doc[i].is_alpha for i in range(first, quote.start)):
        return False
    _, last = page.sentence(quote.end - 1)
    return not any(page.doc[i].is_alpha for i in range(quote.end, last))


def _last_before(owners: list[Reading], index: int) -> Reading | None:
    best: Reading | None = None
    for reading in owners:
        if reading.cue[0] < index and (best is None or reading.cue[0] > best.cue[0]):
            best = reading
    return best


def _reach(reading: Reading, before: int) -> int:
    ends = [high for _, high in reading.content if high <= before]
    return max([reading.core[1], *ends]) if ends else reading.core[1]


def _may_continue(page: Page, owner: Reading, quote: Quote, gap: range) -> bool:
    """Same paragraph with nothing of the reporter's between, or the next paragraph."""
    doc = page.doc
    # What else is told in the speaker's own sentence ("her voice breaking") is no other matter.
    own = page.sentence(owner.cue[0])[1]
    paragraphs = sum(1 for i in gap if page.is_break(i))
    words = sum(1 for i in gap if doc[i].is_alpha and i >= own)
    if paragraphs == 0:
        return words <= 2
    return (quote.continues or paragraphs == 1) and words <= 2
