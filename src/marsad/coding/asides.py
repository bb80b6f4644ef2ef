"""Asides: the words of a sentence that bring in another event than the one it tells.

Reads   doc._.times, tokens, doc._.report["published"].
Writes  nothing.

"The raid came less than a week after a bomb killed 12", "the calm since the rebels took the town
in August", "operations, including a strike in July": what stands in there has its own time and
place, and lends neither to the rest of the report.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc, Token

from marsad.coding.mentions import TimeMention
from marsad.coding.once import mentions_within, once
from marsad.coding.sentences import sentence_bounds

# An aside's own date says that it is another event's from so many days before publication.
OLD_DAYS = 8
_SEQUENCE = frozenset({"after", "before"})
_GROUNDS = frozenset({"retaliation", "revenge", "reprisal", "response", "retaliated", "avenge"})
_CAME = frozenset({"came", "comes", "coming"})
_OPENERS = frozenset({"since", "including", "after", "followed", "follows", "similar"}) | _GROUNDS
# These bring in another event even where no time says when it was.
_ALWAYS = frozenset({"since", "after"})
CAME_WINDOW = 5
_GLUE = frozenset({"the", "a", "an", "early", "late", "last", "at", "least", "then", "about"})
# After a comma these go on with the aside; anything else ends it.
_GOES_ON = frozenset({"on", "in", "at", "near", "when", "where", "which", "who", "that", "whose"})


@dataclass(frozen=True, slots=True)
class Aside:
    """doc[start:end]; `dated`: a time in it sets it apart from the sentence's own event."""

    start: int
    end: int
    dated: bool


def aside_at(doc: Doc, index: int) -> Aside | None:
    """The aside that token `index` stands in, or None."""
    times: list[TimeMention] = doc._.times
    asides = once(doc, "asides", times, lambda: _find_asides(doc))
    place = bisect_right(asides, index, key=lambda aside: aside.start) - 1
    if place >= 0 and asides[place].start <= index < asides[place].end:
        return asides[place]
    return None


def _find_asides(doc: Doc) -> list[Aside]:
    """All asides in text order, none overlapping: one inside another is part of it."""
    times: list[TimeMention] = doc._.times
    starts = {time["start"]: True for time in times if doc[time["end"] - 1].lower_ in _SEQUENCE}
    covered = {i for time in times for i in range(time["start"], time["end"])}
    for token in doc:
        if token.lower_ in _OPENERS and token.i not in covered and _opens(doc, token, covered):
            starts[token.i] = False
    found: list[Aside] = []
    for start in sorted(starts):
        if found and start < found[-1].end:
            if not starts[start]:
                continue
            # "since October 8, a day after ...": the inner one has a day of its own.
            found[-1] = Aside(found[-1].start, start, found[-1].dated)
        end = _end_of(doc, start)
        dated = starts[start] or any(
            _is_old(doc, times[i]) for i in mentions_within(doc, "times", start, end)
        )
        if dated or doc[start].lower_ in _ALWAYS:
            found.append(Aside(start, end, dated))
    return found


def _opens(doc: Doc, token: Token, covered: set[int]) -> bool:
    """Whether more than a bare time follows ("since October 7" alone brings in nothing)."""
    word, index = token.lower_, token.i + 1
    if word == "after":
        # "The blast came months after the army killed their leader".
        before = doc[max(sentence_bounds(doc, token.i)[0], token.i - CAME_WINDOW) : token.i]
        if not any(other.lower_ in _CAME for other in before):
            return False
    following = doc[index].lower_ if index < len(doc) else ""
    if (word == "similar" and following != "to") or (word[:6] == "follow" and following == "by"):
        return False
    if word == "since" and token.i and doc[token.i - 1].lower_ in {"long", "has", "have"}:
        return False
    while index < len(doc) and doc[index].lower_ in _GLUE and index not in covered:
        index += 1
    return index < len(doc) and index not in covered and not doc[index].is_punct


def _end_of(doc: Doc, start: int) -> int:
    """Where the aside's clause ends: at its comma, or with the sentence."""
    first, last = sentence_bounds(doc, start)
    for index in range(start + 1, last):
        if doc[index].text not in {",", ";", "--", "—"}:
            continue
        if start == first or index + 1 >= last:
            return index
        after = doc[index + 1]
        goes_on = (
            after.lower_ in _GOES_ON
            or after.lower_.endswith("ing")
            or after.pos_ == "PROPN"
            or after.shape_[:1] == "d"
        )
        if not goes_on:
            return index
    return last


def _is_old(doc: Doc, time: TimeMention) -> bool:
    if time["role"] == "background":
        return True
    published = doc._.report.get("published")
    if not published or time["role"] != "event":
        return False
    gap = date.fromisoformat(published[:10]) - date.fromisoformat(time["last"])
    return gap.days >= OLD_DAYS
