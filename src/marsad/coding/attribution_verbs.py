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
    outer_speaker,
    subject_after_quote,
    subject_of,
)
from marsad.coding.attribution_lexicon import Cue, Sense, role_nouns, source_kinds, verb_cues
from marsad.coding.attribution_quotes import Quote
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
    "in",
)
# What may stand between a cue and a clause mark without being content.
_BREAKS = frozenset({",", ":", ";", "(", "—", "–", "--", "-", "“", '"', "''", "``", "‘", "."})
_CLAUSE_MARKS = frozenset({"that", "whether", "if", "how", "why", "what", "where", "when", "who"})
MIN_QUOTE_TOKENS = 3
MAX_CORE_TOKENS = 30
_ANY_CUE = Cue(
    "*",
    dict.fromkeys(
        ("quote", "clause", "ing", "inf", "as", "obj", *PREPOSITION_FRAMES, "gap"),
        Sense("attitude", "says"),
    ),
)
_UNNAMED = frozenset({"anonymity", "anonymous", "named", "identified", "unidentified", "quoted"})
_CLAIMING = frozenset({"claim", "accept", "assume", "admit", "take"})
_HEDGES = frozenset({"allegedly", "purportedly", "reportedly", "supposedly", "apparently"})
_NEW_STARTS = frozenset({"according", "and", "but", "while", "citing", "adding", "as"})
_CONTENT_LABELS = frozenset({"ccomp", "xcomp", "advcl", "oprd"})
# Verbs whose direct object is who is spoken to, not what is said.
_ADDRESSING = frozenset(
    {"tell", "inform", "notify", "brief", "remind", "assure", "warn", "advise", "reassure", "ask"}
    | {"urge", "update", "apprise", "alert", "caution"}
)


def read_verb(page: Page, verb: Token, *, any_verb: bool = False) -> Reading | None:
    """The attribution `verb` makes, or None.

    Only verbs of the lexicon are cues, unless `any_verb`: then every verb is
    tried in every frame, for a judge to sort out (`attribution_judge`).
    """
    cues = verb_cues().get(verb.lower_, ())
    if any_verb:
        cues = tuple(_widened(cue) for cue in cues) or (_ANY_CUE,)
    if not cues or verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"amod", "aux", "compound"}:
        return None
    cue, cue_span = _pick_cue(verb, cues)
    if cue is None:
        return None
    head = None
    if cue.frames.get("quote") is not None:
        head = outer_speaker(verb, verb_cues())
    if head is None:
        head = subject_of(verb)
    if head is None and "quote" in cue.frames:
        head = _subject_by_quote(page, verb) or _misread_subject(page, verb)
    if head is None or head.i == verb.i:
        return None
    source = noun_phrase(head, verb)
    core = _core(page, verb, head, source)
    reading = Reading(head.i, source, cue_span, Sense("speech", "says"), core)
    if not _fill_content(page, verb, cue, reading) or _asks_anonymity(page, verb, reading):
        return None
    reading.content = [r for r in reading.content if not _inside(r, core)] or reading.content
    reading.sense = _sense_here(verb, reading)
    return reading


def _widened(cue: Cue) -> Cue:
    """`cue` with every frame; those the lexicon does not know are attitudes."""
    return Cue(cue.lemma, {**_ANY_CUE.frames, **cue.frames})


def _subject_by_quote(page: Page, verb: Token) -> Token | None:
    first, _ = page.sentence(verb.i)
    for index in range(verb.i - 1, max(first, verb.i - MAX_CORE_TOKENS) - 1, -1):
        quote = page.quote_around(index)
        if quote is not None:
            closes = quote.end == index + 1 and quote.end < verb.i
            return subject_after_quote(verb, quote.end) if closes else None
    return None


def _inside(inner: Range, outer: Range) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _asks_anonymity(page: Page, verb: Token, reading: Reading) -> bool:
    """ "who asked not to be named" says nothing about the world."""
    if verb.lemma_ not in {"ask", "request", "want", "insist", "prefer", "demand"}:
        return False
    start = reading.content[0][0]
    return any(t.lower_ in _UNNAMED for t in page.doc[start : start + 8])


def _misread_subject(page: Page, verb: Token) -> Token | None:
    """Two slips of the parser at the end of news sentences.

    ", military sources reported on Friday." taken for a participle after its
    noun; ", said the police chief, A. B." taken for a verb with an object.
    """
    doc = page.doc
    first, last = page.sentence(verb.i)
    noun = verb.head
    if verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBD"} and noun.i == verb.i - 1:
        left = noun.left_edge.i
        known = noun.lower_ in source_kinds() or noun.pos_ == "PROPN" or noun.ent_type_ == "ORG"
        return noun if known and (left == first or doc[left - 1].text == ",") else None
    after_comma = verb.i > first and doc[verb.i - 1].text in {",", "”", '"', "''", "’"}
    if verb.tag_ in {"VBD", "VBZ", "VBN"} and after_comma and verb.i + 1 < last:
        return next(
            (k for k in verb.children if k.i > verb.i and k.pos_ in {"NOUN", "PROPN"}), None
        )
    return None


def _sense_here(verb: Token, reading: Reading) -> Sense:
    """The sense the words around the cue give it: hedges, and who claims what."""
    sense = reading.sense
    if verb.lemma_ in _CLAIMING:
        thing = child(verb, "dobj")
        if thing is not None and thing.i > verb.i and thing.lower_ in role_nouns("claimable"):
            return Sense("speech", "claims-responsibility")
    if sense.type == "says" and any(k.lower_ in _HEDGES for k in verb.children):
        return Sense(sense.klass, "alleges")
    return sense


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
    if verb in (head.head, head.head.head) or verb.head == head:
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
    content_heads = [k for k in verb.children if k.dep_ in _CONTENT_LABELS]
    if verb.lemma_ not in _ADDRESSING:
        content_heads += [k for k in verb.children if k.dep_ == "dobj"]
    limit = min([k.left_edge.i for k in content_heads if k.i >= end], default=last)
    while end < min(last, limit) and doc[end].text not in _BREAKS:
        if doc[end].lower_ in _CLAUSE_MARKS and doc[end].head != verb:
            break
        end += 1
    return start, end


def _fill_content(page: Page, verb: Token, cue: Cue, reading: Reading) -> bool:
    """Try the frames of `cue` in order of trust; the first with content decides."""
    if _is_as_clause(verb):
        return _fill_as_clause(page, verb, cue, reading)
    for frame, find in _FRAMES:
        sense = cue.frames.get(frame)
        if sense is None:
            continue
        ranges = find(page, verb, reading)
        if frame == "quote" and "clause" in cue.frames:
            ranges += [r for r in _clause(page, verb, reading) if r not in ranges]
        ranges = _merge(r for r in (_tidy(page, verb, r) for r in ranges) if r[1] > r[0])
        if ranges:
            reading.sense, reading.content, reading.frame = sense, ranges, frame
            return True
    for name in PREPOSITION_FRAMES:
        sense = cue.frames.get(name)
        if sense is not None:
            found = _prepositional(verb, name)
            if found is not None:
                reading.sense, reading.content = sense, [_tidy(page, verb, found)]
                reading.frame = name
                return True
    sense = cue.frames.get("obj")
    if sense is not None:
        found = _object(verb)
        if found is not None:
            reading.sense, reading.content = sense, [_tidy(page, verb, found)]
            reading.frame = "obj"
            return True
        gap = _relative_gap(page, verb)
        if gap is not None:
            reading.sense, reading.content, reading.frame = sense, [gap], "gap"
            return True
    return _fill_rest(page, verb, cue, reading)


def _fill_rest(page: Page, verb: Token, cue: Cue, reading: Reading) -> bool:
    """Last resort: "X said" and a finite clause the parser did not hang on it."""
    sense = cue.frames.get("clause")
    end = reading.core[1]
    _, last = page.sentence(verb.i)
    if sense is None or "quote" not in cue.frames or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return False
    if reading.head > verb.i or end >= last or page.doc[end].text in _BREAKS:
        end = verb.i + 1
    while end < last and page.doc[end].dep_ == "advmod":
        end += 1
    if end >= last or page.doc[end].text in _BREAKS or page.doc[end].pos_ == "ADP":
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
    core = verb.left_edge.i, max(verb.right_edge.i + 1, reading.core[1])
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


# --- frames -------------------------------------------------------------------------------


def _quotation(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """Quotations next to the core, and the sentence around an inserted core."""
    found: list[Range] = []
    first, last = page.sentence(verb.i)
    start, end = reading.core
    left = _left_quote(page, verb, reading)
    if left is not None:
        opening = _clause_start(page, first, left.start) if first < left.start else left.start
        found.append((opening, left.end))
        reading.direct = True
    elif _is_inserted(page, verb, reading):
        found.append((_clause_start(page, first, start), start))
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


def _direct(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """Only a quotation: for verbs that are cues beside one ("he shouted") and not else."""
    found = _quotation(page, verb, reading)
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
    return verb.right_edge.i <= end and following not in _NEW_STARTS


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
    mark = doc[page.skip(start - 1, -1, "")].text if start > first else ""
    if start - 1 <= first or mark not in {",", "—", "–", "--", "-", ")"}:
        return False
    if mark == ")" and verb.i < reading.head:
        return False
    if verb.tag_ == "VBG" or child(verb, "mark") is not None:
        return False
    closes = end >= last or doc[end].text in {",", ".", "—", "–", "--", "-", "!", "?", ")", ";"}
    if not closes:
        return False
    if any(k.dep_ in {"ccomp", "xcomp"} and k.i >= end and is_finite(k) for k in verb.children):
        return False
    if verb.head.i >= end and verb.dep_ in {"ccomp", "parataxis"} and end < last:
        return True
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
    if not found and not reading.inserted:
        stray = _stray_clause(verb, reading.core, last)
        found += [stray] if stray is not None else []
    return found


def _stray_clause(verb: Token, core: Range, last: int) -> Range | None:
    """A that-clause the parser hung on a noun of the core: "said in a statement that"."""
    for kid in verb.subtree:
        if kid.dep_ == "mark" and kid.lower_ == "that" and verb.i < kid.i < last:
            holder = kid.head.head
            if holder.i > verb.i and holder.pos_ in {"NOUN", "PROPN"} and holder.dep_ == "pobj":
                return kid.i, min(kid.head.right_edge.i + 1, last)
    return None


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
        wanted = kid.dep_ in {"xcomp", "ccomp"} or kid.left_edge.lower_ == "for"
        if not wanted or kid.i < verb.i:
            continue
        if any(k.lower_ == "to" and k.dep_ == "aux" for k in kid.children):
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


def _shown(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """What a picture shows, with what the parser hung beside: "showing men … and killing"."""
    shows = page.doc[reading.head].lower_
    if shows not in role_nouns("picture") and shows not in role_nouns("document"):
        return []
    thing = child(verb, "dobj", "ccomp")
    if thing is None or thing.i < verb.i:
        return []
    end = thing.right_edge.i + 1
    for kid in verb.children:
        if kid.i > thing.i and kid.tag_ == "VBG" and kid.lower_ not in verb_cues():
            end = max(end, kid.right_edge.i + 1)
    return [(thing.left_edge.i, end)]


def _claimed(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """Responsibility (or the deed itself) that somebody takes upon himself."""
    thing = child(verb, "dobj")
    if thing is None or thing.lower_ not in role_nouns("claimable"):
        return []
    return [(thing.left_edge.i, thing.right_edge.i + 1)]


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


def _relative_gap(page: Page, verb: Token) -> Range | None:
    """ "the strike, which the army denied": what the relative clause leaves out."""
    thing = verb.head
    if verb.dep_ != "relcl" or thing.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return None
    own = child(verb, "nsubj")
    if own is None or own.lower_ in {"who", "which", "that"} or thing.i > own.i:
        return None
    start, end = thing.left_edge.i, thing.i + 1
    return (start, end) if not start <= verb.i < end else None


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
    ("direct", _direct),
    ("clause", _clause),
    ("ing", _gerund),
    ("inf", _infinitive),
    ("as", _as_predicate),
    ("small", _small_clause),
    ("shown", _shown),
    ("claimed", _claimed),
)
