"""Reporting verbs: from a cue verb to source and content.

Reads   the parse, the cue lexicon, quotations.
Writes  nothing; returns Readings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Token

from marsad.coding.attribution_grammar import (
    child,
    is_finite,
    is_passive,
    noun_phrase,
    subject_of,
)
from marsad.coding.attribution_lexicon import Cue, Sense, verb_cues
from marsad.coding.attribution_reading import Page, Range, Reading

PREPOSITION_FRAMES = (
    "of",
    "about",
    "on",
    "for",
    "to",
    "against",
    "with",
    "by",
    "at",
    "from",
    "over",
)
# What may stand between a cue and a clause mark without being content.
_BREAKS = frozenset({",", ":", ";", "(", "—", "–", "--", "-", "“", '"', "''", "``", "‘", "."})
_CLAUSE_MARKS = frozenset({"that", "whether", "if", "how", "why", "what", "where", "when", "who"})
MIN_QUOTE_TOKENS = 3


def read_verb(page: Page, verb: Token) -> Reading | None:
    """The attribution `verb` makes, or None. Any reporting-verb form may be asked about."""
    cues = verb_cues().get(verb.lower_)
    if not cues or verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"amod", "aux", "compound"}:
        return None
    cue, cue_span = _pick_cue(verb, cues)
    if cue is None:
        return None
    head = subject_of(verb)
    if head is None or head.i == verb.i:
        return None
    source = noun_phrase(head, verb)
    core = _core(page, verb, head, source)
    reading = Reading(head.i, source, cue_span, Sense("speech", "says"), core)
    return reading if _fill_content(page, verb, cue, reading) else None


def _pick_cue(verb: Token, cues: tuple[Cue, ...]) -> tuple[Cue | None, Range]:
    """The particle verb if its particle follows, else the plain verb."""
    follower = {kid.lower_: kid for kid in verb.children if kid.dep_ in {"prt", "advmod", "acomp"}}
    plain: Cue | None = None
    for cue in cues:
        _, _, particle = cue.lemma.partition("_")
        if not particle:
            plain = cue
        elif particle in follower and follower[particle].i > verb.i:
            end = follower[particle].i + 1
            return cue, (verb.i, end if end - verb.i <= 3 else verb.i + 1)
    if plain is not None and child(verb, "prt") is not None and verb.lemma_ not in {"go", "call"}:
        return None, (verb.i, verb.i + 1)
    return plain, (verb.i, verb.i + 1)


def _core(page: Page, verb: Token, head: Token, source: Range) -> Range:
    """Cue, source and the small words around them: what stands outside the content."""
    doc = page.doc
    first, last = page.sentence(verb.i)
    start, end = verb.i, verb.i + 1
    if head.head == verb or head.head.head == verb:
        if source[1] <= verb.i and verb.i - source[1] <= 12:
            start = source[0]
        elif source[0] > verb.i:
            end = max(end, source[1])
    while (
        start > first
        and doc[start - 1].head == verb
        and doc[start - 1].dep_ in {"aux", "advmod", "neg", "auxpass"}
    ):
        start -= 1
    content_heads = [k for k in verb.children if k.dep_ in {"ccomp", "xcomp", "advcl", "oprd"}]
    limit = min([k.left_edge.i for k in content_heads if k.i >= end], default=last)
    while end < min(last, limit) and doc[end].text not in _BREAKS:
        if doc[end].lower_ in _CLAUSE_MARKS and doc[end].head != verb:
            break
        end += 1
    return start, end


def _fill_content(page: Page, verb: Token, cue: Cue, reading: Reading) -> bool:
    """Try the frames of `cue` in order of trust; the first with content decides."""
    for frame, find in _FRAMES:
        sense = cue.frames.get(frame)
        if sense is None:
            continue
        ranges = find(page, verb, reading)
        if frame == "quote" and "clause" in cue.frames:
            ranges += [r for r in _clause(page, verb, reading) if r not in ranges]
        ranges = _merge(r for r in (_tidy(page, verb, r) for r in ranges) if r[1] > r[0])
        if ranges:
            reading.sense, reading.content = sense, ranges
            return True
    for name in PREPOSITION_FRAMES:
        sense = cue.frames.get(name)
        if sense is not None:
            found = _prepositional(verb, name)
            if found is not None:
                reading.sense, reading.content = sense, [_tidy(page, verb, found)]
                return True
    sense = cue.frames.get("obj")
    if sense is not None:
        found = _object(verb)
        if found is not None:
            reading.sense, reading.content = sense, [_tidy(page, verb, found)]
            return True
    return False


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


# --- frames -------------------------------------------------------------------------------


def _quotation(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """Quotations next to the core, and the sentence around an inserted core."""
    doc = page.doc
    start, end = reading.core
    first, last = page.sentence(verb.i)
    inside = page.quote_around(verb.i)
    found: list[Range] = []
    before = page.skip(start - 1, -1, ",")
    left = page.quote_around(before) if before >= 0 and inside is None else None
    if left is not None and left.end == before + 1 and left.end - left.start > MIN_QUOTE_TOKENS:
        opening = min(left.start, first)
        if first < left.start:
            opening = _clause_start(page, first, left.start)
        found.append((opening, left.end))
        reading.direct = True
    elif _is_inserted(page, verb, reading):
        found.append((_clause_start(page, first, start), start))
        reading.inserted = True
    after = page.skip(end, 1, ",:;—–-")
    right = page.quote_at(after) if after < len(doc) and inside is None else None
    if (
        right is not None
        and right.end - right.start > MIN_QUOTE_TOKENS
        and _reaches(page, end, after)
    ):
        stop = right.end
        if right.end < last and not found:
            stop = _rest_of_clause(page, verb, right.end, last)
        found.append((right.start, stop))
        reading.direct = True
    elif found and not reading.direct and end < last and doc[end].text in {",", "—", "–", "--"}:
        following = doc[end + 1] if end + 1 < last else None
        if (
            following is not None
            and verb.right_edge.i <= end
            and following.lower_ not in {"according", "and", "but", "while", "citing", "adding"}
        ):
            found.append((end + 1, last))
    elif not found and end + 1 < last and doc[end].text == ":":
        found.append((end + 1, last))
    return found


def _reaches(page: Page, end: int, opener: int) -> bool:
    """A quotation in the next paragraph belongs to the core only after a colon."""
    if opener < page.sentence(max(end - 1, 0))[1]:
        return True
    return any(page.doc[i].text == ":" for i in range(end, opener))


def _clause_start(page: Page, first: int, end: int) -> int:
    """Where the sentence's content begins: after an opening conjunction."""
    doc = page.doc
    while first < end and (doc[first].is_space or (doc[first].lower_ in {"but", "and", "so"})):
        first += 1
    return first


def _rest_of_clause(page: Page, verb: Token, start: int, last: int) -> int:
    """A quotation with words of the reporter's after it: up to the end of the complement."""
    complement = child(verb, "ccomp", "dobj", "xcomp", "oprd")
    if complement is not None and complement.right_edge.i >= start:
        return min(complement.right_edge.i + 1, last)
    return start


def _is_inserted(page: Page, verb: Token, reading: Reading) -> bool:
    """Whether ", SOHR added" interrupts or closes a sentence that is its content."""
    doc = page.doc
    start, end = reading.core
    first, last = page.sentence(verb.i)
    if start - 1 <= first or doc[start - 1].text not in {",", "—", "–", "--", "-", ")"}:
        return False
    if doc[start - 1].text == ")" and verb.i < reading.head:
        return False
    if verb.tag_ == "VBG" or child(verb, "mark") is not None:
        return False
    closes = end >= last or doc[end].text in {",", ".", "—", "–", "--", "-", "!", "?", ")", ";"}
    if not closes:
        return False
    if any(k.dep_ in {"ccomp", "xcomp"} and k.i >= end and is_finite(k) for k in verb.children):
        return False
    return any(
        token.dep_ in {"ccomp", "ROOT", "parataxis", "conj", "advcl", "nsubj", "nsubjpass"}
        and not (token.head == verb and token.dep_ in {"advcl", "nsubj"} and token.i >= first)
        and (token.pos_ in {"VERB", "AUX"} or token.dep_ == "ROOT")
        for token in doc[first : start - 1]
    )


def _clause(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """Finite complements, with "that"; before the cue when the sentence is inverted."""
    found: list[Range] = []
    first, last = page.sentence(verb.i)
    for kid in verb.children:
        if kid.dep_ == "ccomp" and (is_finite(kid) or _has_mark(kid) or _has_subject(kid)):
            if kid.i > verb.i:
                start = max(kid.left_edge.i, verb.i + 1)
                found.append((start, _right_end(page, verb, kid, last)))
            elif kid.i < reading.core[0]:
                start = _clause_start(page, first, kid.i)
                found.append((start, reading.core[0]))
                reading.inserted = True
    return found


def _has_mark(clause: Token) -> bool:
    return any(
        k.dep_ in {"mark", "advmod", "dobj", "attr"} and k.lower_ in _CLAUSE_MARKS
        for k in clause.children
    )


def _has_subject(clause: Token) -> bool:
    return child(clause, "nsubj", "nsubjpass", "expl") is not None


def _right_end(page: Page, verb: Token, clause: Token, last: int) -> int:
    """Where a complement ends: participles of result hung on the cue belong to it.

    ", adding", ", citing" and other cue participles start something of their own.
    """
    doc = page.doc
    end = min(clause.right_edge.i + 1, last)
    for index in range(verb.i + 1, end - 1):
        if doc[index].text == "," and _opens_other_cue(doc[index + 1]):
            return index
    for kid in verb.children:
        if kid.i < end or kid.left_edge.i - end > 2:
            continue
        if kid.dep_ == "advcl" and kid.tag_ == "VBG" and kid.lower_ not in verb_cues():
            end = min(kid.right_edge.i + 1, last)
    return end


def _opens_other_cue(token: Token) -> bool:
    if token.lower_ in {"according", "citing"}:
        return True
    cues = verb_cues().get(token.lower_, ()) if token.tag_ == "VBG" else ()
    return any("quote" in cue.frames for cue in cues)


def _infinitive(page: Page, verb: Token, reading: Reading) -> list[Range]:
    for kid in verb.children:
        if (
            kid.dep_ in {"xcomp", "ccomp"}
            and kid.i > verb.i
            and any(k.lower_ == "to" and k.dep_ == "aux" for k in kid.children)
        ):
            start = kid.left_edge.i
            controlled = child(verb, "dobj")
            if controlled is not None and verb.i < controlled.i < start:
                start = controlled.left_edge.i
            return [(max(start, verb.i + 1), kid.right_edge.i + 1)]
    return []


def _gerund(page: Page, verb: Token, reading: Reading) -> list[Range]:
    for kid in verb.children:
        if kid.dep_ in {"xcomp", "ccomp"} and kid.tag_ == "VBG" and kid.i > verb.i:
            return [(max(kid.left_edge.i, verb.i + 1), kid.right_edge.i + 1)]
    return []


def _as_predicate(page: Page, verb: Token, reading: Reading) -> list[Range]:
    if is_passive(verb) and child(verb, "agent") is None:
        return []
    for kid in verb.children:
        if kid.dep_ in {"prep", "mark", "advcl"} and kid.lower_ == "as" and kid.i > verb.i:
            thing = child(verb, "dobj", "nsubjpass")
            start = thing.left_edge.i if thing is not None and thing.i > verb.i else kid.i
            return [(start, kid.right_edge.i + 1)]
    return []


def _small_clause(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """Called it a crime: object and predicate, however the parser took them."""
    right = [
        k
        for k in verb.children
        if k.i > verb.i and k.dep_ in {"dobj", "oprd", "ccomp", "xcomp", "attr", "acomp"}
    ]
    if not right or (len(right) == 1 and right[0].dep_ == "dobj"):
        return []
    return [(max(right[0].left_edge.i, verb.i + 1), max(k.right_edge.i for k in right) + 1)]


def _prepositional(verb: Token, name: str) -> Range | None:
    for kid in verb.children:
        if kid.dep_ in {"prep", "agent", "dative"} and kid.lower_ == name and kid.i > verb.i:
            thing = child(kid, "pobj", "pcomp")
            if thing is None:
                continue
            held = child(verb, "dobj")
            start = thing.left_edge.i
            if (
                held is not None
                and verb.i < held.i < kid.i
                and held.lower_ not in {"reporters", "journalists"}
            ):
                start = held.left_edge.i
            return start, kid.right_edge.i + 1
    return None


def _object(verb: Token) -> Range | None:
    thing = child(verb, "dobj", "nsubjpass" if is_passive(verb) else "dobj")
    if thing is None:
        thing = next((k for k in verb.children if k.dep_ == "ccomp" and k.i > verb.i), None)
    if thing is None:
        return None
    return thing.left_edge.i, max(thing.right_edge.i + 1, thing.i + 1)


Finder = Callable[[Page, Token, Reading], list[Range]]
_FRAMES: tuple[tuple[str, Finder], ...] = (
    ("quote", _quotation),
    ("clause", _clause),
    ("ing", _gerund),
    ("inf", _infinitive),
    ("as", _as_predicate),
    ("small", _small_clause),
)
