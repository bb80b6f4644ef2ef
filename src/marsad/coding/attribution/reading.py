"""What attribution readers share: the page they read and the reading they make.

Reads   sentence starts, quotations.
Writes  nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.tokens import Doc

from marsad.coding.attribution.lexicon import Sense
from marsad.coding.attribution.quotes import Quote, find_quotes, paragraph_break_size

Range = tuple[int, int]


@dataclass
class Reading:
    """One attribution while it is being read.

    `core` covers source, cue and what hangs on the cue but is not said ("told
    reporters on Tuesday"); `relay` is the reading that passes this one on ("the
    agency said, citing the ministry").
    """

    head: int
    source: Range
    cue: Range
    sense: Sense
    core: Range
    content: list[Range] = field(default_factory=list)
    direct: bool = False
    inserted: bool = False
    negated: bool = False  # "did not say", "declined to confirm"
    frame: str = ""
    relay: Reading | None = None

    def covers(self, start: int, end: int) -> bool:
        """Whether one content range holds doc[start:end]."""
        return any(low <= start and end <= high for low, high in self.content)


class Page:
    """A doc with its sentences and quotations indexed by token."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        starts = doc.to_array([SENT_START]).tolist()
        self.starts = [i for i, mark in enumerate(starts) if mark == 1] or [0]
        self.quotes = find_quotes(doc)
        self._break_size = paragraph_break_size(doc)
        self._openers = [quote.start for quote in self.quotes]

    def sentence(self, index: int) -> Range:
        """The sentence around a token, without trailing white space."""
        place = bisect_right(self.starts, index)
        start = self.starts[place - 1] if place else 0
        end = self.starts[place] if place < len(self.starts) else len(self.doc)
        while end > start and self.doc[end - 1].is_space:
            end -= 1
        return start, end

    def is_break(self, index: int) -> bool:
        """Whether a token is white space that ends a paragraph."""
        token = self.doc[index]
        return token.is_space and token.text.count("\n") >= self._break_size

    def quote_around(self, index: int) -> Quote | None:
        """The quotation that holds a token, its marks included."""
        place = bisect_right(self._openers, index) - 1
        if place >= 0 and index < self.quotes[place].end:
            return self.quotes[place]
        return None

    def quote_at(self, index: int) -> Quote | None:
        """The quotation that opens at a token."""
        quote = self.quote_around(index)
        return quote if quote is not None and quote.start == index else None

    def skip(self, index: int, step: int, marks: str) -> int:
        """The nearest token from `index` on that is neither white space nor in `marks`."""
        while 0 <= index < len(self.doc) and (
            self.doc[index].is_space or self.doc[index].text in marks
        ):
            index += step
        return index

    def clip_quotes(self, start: int, end: int, outside_of: int) -> Range:
        """Widen a range to the quotations it cuts, unless they hold `outside_of`.

        Inside a quotation that also holds the cue, the range is cut to it.
        """
        around = self.quote_around(outside_of)
        if around is not None:
            return max(start, around.start), min(end, around.end)
        first = self.quote_around(start)
        last = self.quote_around(end - 1) if end > start else None
        if first is not None and first.start < start:
            start = first.start
        if last is not None and last.end > end:
            end = last.end
        return start, end
