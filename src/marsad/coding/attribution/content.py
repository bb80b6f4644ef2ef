"""Content: try the frames of a cue until one holds what was said.

Reads   the parse, quotations, the frames of the cue.
Writes  content, sense and frame into the reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Token

from marsad.coding.attribution.frames import (
    find_as_predicate,
    find_claimed,
    find_clause,
    find_disputed,
    find_gerund,
    find_infinitive,
    find_object,
    find_prepositional,
    find_relative_gap,
    find_shown,
    find_small_clause,
    find_toll,
)
from marsad.coding.attribution.grammar import child
from marsad.coding.attribution.lexicon import Cue, noun_cues
from marsad.coding.attribution.quoted import find_direct, find_quotation
from marsad.coding.attribution.reading import Page, Range, Reading

PREPOSITION_FRAMES = (
    *("of", "about", "on", "for", "to", "against"),
    *("with", "by", "at", "from", "over", "in"),
)
# What may stand between a cue and a clause mark without being content.
BREAKS = frozenset({",", ":", ";", "(", "—", "–", "--", "-", "“", '"', "''", "``", "‘", "."})


def fill_content(page: Page, verb: Token, cue: Cue, reading: Reading) -> bool:
    """Try the frames of `cue` in order of trust; the first with content decides."""
    if _is_as_clause(verb):
        return _fill_as_clause(page, verb, cue, reading)
    said = _claim_before(page, verb, reading)
    if said is not None and "obj" in cue.frames:
        reading.sense, reading.content, reading.frame = cue.frames["obj"], [said], "gap"
        return True
    for frame, find in _FRAMES:
        sense = cue.frames.get(frame)
        if sense is None:
            continue
        ranges = find(page, verb, reading)
        if frame == "quote" and "clause" in cue.frames:
            ranges += [r for r in find_clause(page, verb, reading) if r not in ranges]
        ranges = _merge(r for r in (_tidy(page, verb, r) for r in ranges) if r[1] > r[0])
        if ranges:
            reading.sense, reading.content, reading.frame = sense, ranges, frame
            return True
    for name in PREPOSITION_FRAMES:
        sense = cue.frames.get(name)
        if sense is not None:
            found = find_prepositional(verb, name)
            if found is not None:
                reading.sense, reading.content = sense, [_tidy(page, verb, found)]
                reading.frame = name
                return True
    sense = cue.frames.get("obj")
    if sense is not None:
        found = find_object(verb)
        if found is not None:
            reading.sense, reading.content = sense, [_tidy(page, verb, found)]
            reading.frame = "obj"
            return True
        gap = find_relative_gap(page, verb)
        if gap is not None:
            reading.sense, reading.content, reading.frame = sense, [gap], "gap"
            return True
    return _fill_rest(page, verb, cue, reading)


def _claim_before(page: Page, verb: Token, reading: Reading) -> Range | None:
    """ ", a claim the army denies": what was said before, named right before the subject."""
    doc, start = page.doc, reading.source[0]
    first, last = page.sentence(verb.i)
    if start - 3 <= first or reading.source[1] > verb.i:
        return None
    closes = verb.i + 1 >= last or doc[verb.i + 1].is_punct
    named = doc[start - 1].lower_ in noun_cues() and doc[start - 2].lower_ in {"a", "an", "the"}
    return (start - 2, start) if closes and named and doc[start - 3].text == "," else None


def _fill_rest(page: Page, verb: Token, cue: Cue, reading: Reading) -> bool:
    """Last resort: "X said" and a finite clause the parser did not hang on it."""
    sense = cue.frames.get("clause")
    end = reading.core[1]
    _, last = page.sentence(verb.i)
    if sense is None or "quote" not in cue.frames or verb.tag_ not in _FINITE:
        return False
    if reading.head > verb.i or end >= last or page.doc[end].text in BREAKS:
        end = verb.i + 1
    while end < last and page.doc[end].dep_ == "advmod":
        end += 1
    if end >= last or page.doc[end].text in BREAKS or page.doc[end].pos_ == "ADP":
        return False
    rest = page.doc[end:last]
    if not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in rest) or child(verb, "prt"):
        return False
    reading.sense, reading.content = sense, [_tidy(page, verb, (end, last - _stop(page, last)))]
    return True


def _stop(page: Page, last: int) -> int:
    return 1 if page.doc[last - 1].text in {".", "!", "?"} else 0


def _is_as_clause(verb: Token) -> bool:
    """ "As the agency reported," with nothing said inside the clause itself."""
    if verb.dep_ not in {"advcl", "prep"} or not any(
        k.lower_ == "as" and k.i < verb.i and k.dep_ in {"mark", "advmod"} for k in verb.children
    ):
        return False
    held = child(verb, "dobj", "ccomp", "xcomp")
    return held is None or held.lower_ == "it"


def _fill_as_clause(page: Page, verb: Token, cue: Cue, reading: Reading) -> bool:
    sense = cue.frames.get("clause") or cue.frames.get("quote")
    if sense is None or page.quote_around(verb.i) is not None:
        return False
    first, last = page.sentence(verb.i)
    last -= _stop(page, last)
    core = verb.left_edge.i, max(verb.right_edge.i + 1, reading.core[1])
    if core[0] == first:
        # "As reported by the agency, a blast": the parser may take the blast for its apposition.
        comma = next((i for i in range(verb.i, core[1]) if page.doc[i].text == ","), core[1])
        core = core[0], comma
        reading.source = reading.source[0], max(min(reading.source[1], comma), reading.head + 1)
    ranges = [_tidy(page, verb, r) for r in ((first, core[0]), (core[1], last))]
    reading.content = [r for r in ranges if any(page.doc[i].is_alpha for i in range(*r))]
    reading.sense, reading.core, reading.inserted = sense, core, True
    return bool(reading.content)


def _merge(ranges: Iterable[Range]) -> list[Range]:
    """Overlapping and touching ranges as one, in order."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _tidy(page: Page, verb: Token, found: Range) -> Range:
    start, end = page.clip_quotes(*found, outside_of=verb.i)
    while start < end and (page.doc[start].is_space or page.doc[start].text in {",", ":", ";"}):
        start += 1
    while end > start and (page.doc[end - 1].is_space or page.doc[end - 1].text in {",", ":", ";"}):
        end -= 1
    return start, end


# "NNS": a third person that the tagger took for a plural.
_FINITE = frozenset({"VBD", "VBZ", "VBP", "NNS"})
Finder = Callable[[Page, Token, Reading], list[Range]]
_FRAMES: tuple[tuple[str, Finder], ...] = (
    ("quote", find_quotation),
    ("direct", find_direct),
    ("clause", find_clause),
    ("ing", find_gerund),
    ("inf", find_infinitive),
    ("as", find_as_predicate),
    ("small", find_small_clause),
    ("shown", find_shown),
    ("claimed", find_claimed),
    ("claim", find_disputed),
    ("toll", find_toll),
)
