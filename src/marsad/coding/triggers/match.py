"""Match the trigger lexicon against a Doc and pick what stands.

Reads   tokens; part of speech and dependencies where a sentence has them.
Writes  nothing; returns Matches in text order, none overlapping another.
Never   fails on an unparsed sentence: word order then stands in for syntax.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from marsad.coding.parse import is_parsed
from marsad.coding.triggers.lexicon import Condition, Lexicon, Pattern
from marsad.coding.triggers.names import is_month, names_something

MAX_GAP_WORDS = 5
MAX_IDIOM_GAP_WORDS = 3
# How far an object may stand from its verb when there is no parse to ask.
WINDOW_WORDS = 6
_BREAKS = frozenset('.;:!?…,()[]"“”') | {"--", "—", "``", "''"}
_HARD_BREAKS = _BREAKS - {",", '"', "“", "”"}
_HYPHENS = frozenset({"-", "–", "‑"})
_PASSIVE = frozenset({"was", "were", "been", "being", "be", "is", "are", "got"})
_NOUN_BEFORE = frozenset(
    """a an the this that these those his her its their our my your some any no several many few
    another other two three four five six seven eight nine ten of by in during after following
    before from under with heavy deadly fierce open opened opens opening return returned exchange
    exchanged trade traded""".split()
)
_VERB_BEFORE = frozenset(
    """to will would could can may might should must did does do not n't he she it they we i who
    which was were been being is are be have has had and""".split()
)
_OBJECT_DEPS = frozenset({"dobj", "obj", "nsubjpass", "nsubj:pass", "oprd", "attr"})
_NAME_DEPS = frozenset({"dobj", "nsubjpass", "pobj", "conj", "appos"})
_PERSONS = frozenset("him her them he she they who whom himself us me".split())
_SUBJECT_DEPS = frozenset({"nsubj", "csubj"})
# Prepositions whose object is what the trigger acts on ("fired at", "attack on").
_ONTO = frozenset("on at against into upon over of".split())
_PHRASE_ENDS = frozenset(
    """on at against from in by with near after before during for to since amid that who which
    when while where as and but or was were is are has have had killed wounded dead""".split()
)
_AWAY = frozenset("from in by with near after before during for to of since amid".split())


@dataclass(frozen=True, slots=True)
class Match:
    """One lexicon entry found at doc[start:end], carried by token `head`."""

    pattern: Pattern
    start: int
    end: int
    head: int


class Words:
    """The doc's words without white space, in lower case, with their token indexes.

    `starts` are the positions at which sentences begin, the first always among them.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.low: list[str] = []
        self.at: list[int] = []
        self.starts: list[int] = []
        low, at = self.low, self.at
        opens = True
        for i, token in enumerate(doc):
            if token.is_sent_start:
                opens = True
            if not token.is_space:
                if opens:
                    self.starts.append(len(low))
                    opens = False
                low.append(token.lower_)
                at.append(i)


def find_matches(words: Words, lexicon: Lexicon) -> list[Match]:
    """All entries found, idioms among them; the longest and most particular of any overlap."""
    doc = words.doc
    found: list[tuple[tuple[int, ...], Match]] = []
    by_first = lexicon.by_first
    for k, word in enumerate(words.low):
        patterns = by_first.get(word)
        if patterns is None:
            continue
        for pattern in patterns:
            spots = match_at(words, k, pattern)
            if spots is None:
                continue
            head = words.at[spots[pattern.head]]
            if not _reads_right(doc[head], pattern, lexicon):
                continue
            if not all(_holds(doc, head, c, words, spots) for c in pattern.where):
                continue
            match = Match(pattern, words.at[spots[0]], words.at[spots[-1]] + 1, head)
            found.append((_rank(pattern, match), match))
    return _without_overlaps(found)


def _rank(pattern: Pattern, match: Match) -> tuple[int, ...]:
    """Long phrases first (words in a gap count against them), then idioms, then bound or strong."""
    gap_used = match.end - match.start > pattern.words
    return (
        pattern.words + bool(pattern.where) - (None in pattern.slots and gap_used),
        pattern.field is not None,
        len(pattern.where),
        pattern.strength == "strong",
        pattern.role == "event",
        -(match.end - match.start),
    )


def _without_overlaps(found: list[tuple[tuple[int, ...], Match]]) -> list[Match]:
    found.sort(key=lambda pair: pair[0], reverse=True)
    phrases = [m for _, m in found if m.pattern.field is None and m.pattern.words > 1]
    taken: set[int] = set()
    chosen = []
    for _, match in found:
        span = range(match.start, match.end)
        if match.pattern.field is not None and any(_cuts(match, other) for other in phrases):
            continue
        if not any(i in taken for i in span):
            taken.update(span)
            chosen.append(match)
    chosen.sort(key=lambda match: match.start)
    return chosen


def _cuts(idiom: Match, other: Match) -> bool:
    """Whether the idiom is only a piece of the other phrase.

    "Hit by a car" in "hit by a car bomb", "on fire" in "set three houses on fire".
    """
    if other.start < idiom.end < other.end:
        return True
    inside = other.start <= idiom.start and idiom.end <= other.end
    return inside and other.pattern.words > idiom.pattern.words


def match_at(words: Words, k: int, pattern: Pattern) -> list[int] | None:
    """Word positions of each slot (gaps hold the position before them), or None."""
    spots: list[int] = []
    position = k
    low = words.low
    slots = pattern.slots
    for index, slot in enumerate(slots):
        if slot is None:
            spots.append(position - 1)
            continue
        if index and slots[index - 1] is None:
            found = _across_gap(words, position, slot, strict=pattern.field is not None)
            if found is None:
                return None
            position = found
        else:
            if index and position < len(low) and low[position] in _HYPHENS and "-" not in slot:
                position += 1  # "gun-battle" matches "gun battle"
            if position >= len(low) or low[position] not in slot:
                return None
        spots.append(position)
        position += 1
    return spots


def _across_gap(words: Words, position: int, slot: frozenset[str], *, strict: bool) -> int | None:
    """The nearest word of `slot` at most MAX_GAP_WORDS on, not beyond punctuation.

    `strict`, for idioms, keeps the gap inside one noun phrase: an idiom that reaches
    too far would silence a real event ("killed after refusing a deal").
    """
    low = words.low
    reach = MAX_IDIOM_GAP_WORDS if strict else MAX_GAP_WORDS
    for here in range(position, min(position + reach + 1, len(low))):
        word = low[here]
        if word in slot:
            return here
        if word in _BREAKS or words.doc[words.at[here]].is_sent_start:
            return None
        if strict and word in _PHRASE_ENDS:
            return None
    return None


def _reads_right(token: Token, pattern: Pattern, lexicon: Lexicon) -> bool:
    """Whether the part of speech fits; phrases of several words speak for themselves."""
    form = token.lower_
    if is_month(token):
        return False
    if pattern.words > 1:
        # "A fire at a warehouse" is not "they fired at".
        is_noun = token.pos_ == "NOUN" and not form.endswith(("ed", "ing"))
        if not token.pos:
            is_noun = token.i > 0 and token.nbor(-1).lower_ in _NOUN_BEFORE
        return not (pattern.pos == "V" and is_noun)
    if pattern.pos in "AX":
        return pattern.pos == "X" or token.pos_ not in ("NOUN", "PROPN")
    ambiguous = form in lexicon.noun_forms and form in lexicon.verb_forms
    pos = token.pos_
    if pattern.field is None and names_something(token, pattern):
        return False
    if not pos or pos in ("X", "PROPN"):
        return not ambiguous or (pattern.pos == "N") == _looks_nominal(token)
    if pattern.pos == "N":
        return pos == "NOUN" or (not ambiguous and pos in ("VERB", "ADJ"))
    if pos in ("VERB", "AUX"):
        return True
    participle = form.endswith(("ed", "ing")) or token.tag_ in ("VBN", "VBD", "VBG")
    if pos == "ADJ":
        return participle
    return pos == "NOUN" and participle and not ambiguous


def _looks_nominal(token: Token) -> bool:
    """Noun or verb, judged by the word before it and the ending."""
    before = token.nbor(-1).lower_ if token.i else ""
    form = token.lower_
    if before in _NOUN_BEFORE:
        return True
    if form.endswith("ed"):
        return False
    return before not in _VERB_BEFORE


def _holds(doc: Doc, head: int, condition: Condition, words: Words, spots: list[int]) -> bool:
    token = doc[head]
    if condition.side == "subj":
        candidates = list(subject_words(token))
    else:
        last = doc[words.at[spots[-1]]]
        candidates = list(object_words(token, last))
    for candidate in candidates:
        if candidate.lower_ in condition.words and candidate.i != head:
            return True
        if condition.places and is_place_name(candidate):
            return True
        if condition.persons and (candidate.ent_type_ == "PERSON" or candidate.lower_ in _PERSONS):
            return True
    return False


def is_place_name(token: Token) -> bool:
    """Whether the entity recogniser calls it a place, or it is a name of no known kind."""
    return token.ent_type_ in ("GPE", "LOC", "FAC") or (
        token.pos_ == "PROPN"
        and not token.ent_type_
        and token.text[:1].isupper()
        and token.dep_ in _NAME_DEPS
    )


def object_words(token: Token, last: Token | None = None) -> Iterator[Token]:
    """Words of what `token` acts on: object, passive subject, or object of on/at/against/...

    `last` is the last word of the trigger's phrase ("shot *down* a drone", "hit *by* a
    shell"). Without a parse: the words after it, or before it in the passive.
    """
    last = token if last is None else last
    if not is_parsed(token):
        yield from _window(last, WINDOW_WORDS, +1)
        if token.i and any(t.lower_ in _PASSIVE for t in _window(token, 2, -1)):
            yield from _window(token, WINDOW_WORDS, -1)
        return
    children = (*token.children, *(last.children if last.i != token.i else ()))
    direct = any(child.dep_ in _OBJECT_DEPS for child in children)
    for child in children:
        if child.dep_ in _OBJECT_DEPS:
            yield from noun_phrase(child)
        elif child.dep_ == "ccomp" and child.i > last.i:
            # "discovered arms believed to be smuggled": the object reads as a subject.
            for inner in child.children:
                if inner.dep_ in ("nsubj", "nsubjpass") and inner.left_edge.i == last.i + 1:
                    yield from noun_phrase(inner)
        elif child.dep_ in ("prep", "agent") and (
            child.i == last.i or (not direct and child.i > token.i and child.lower_ in _ONTO)
        ):
            yield from _complement(child)
        elif child.dep_ == "prep" and child.lower_ == "from":
            # "opened fire from rooftops on the rebels"
            for place in child.children:
                for onto in place.children:
                    if onto.dep_ == "prep" and onto.lower_ == "on":
                        yield from _complement(onto)
    if last.dep_ in ("prep", "agent") and last.i != token.i and last.head.i != token.i:
        yield from _complement(last)
    if token.dep_ in ("acl", "relcl", "amod") and token.head.pos_ in ("NOUN", "PROPN"):
        yield from noun_phrase(token.head)
    if token.dep_ == "conj" and token.tag_ == "VBN" and not direct:
        for child in token.head.children:
            if child.dep_ == "nsubjpass":
                yield from noun_phrase(child)  # "was shot and killed"
    # A parser error must not hide "seized weapons": look next door as well.
    for other in _window(last, 3, +1):
        if other.lower_ in _AWAY:
            return
        yield other


def _complement(preposition: Token) -> Iterator[Token]:
    for inner in preposition.children:
        if inner.dep_ in ("pobj", "pcomp"):
            yield from noun_phrase(inner)


def subject_words(token: Token) -> Iterator[Token]:
    """Words of who or what does it: subject or passive agent; else the words before."""
    if is_parsed(token):
        for child in token.children:
            if child.dep_ in _SUBJECT_DEPS:
                yield from noun_phrase(child)
            elif child.dep_ == "agent":
                for inner in child.children:
                    yield from noun_phrase(inner)
        if token.dep_ in ("conj", "xcomp") and token.head.pos_ in ("VERB", "AUX"):
            for child in token.head.children:
                if child.dep_ in _SUBJECT_DEPS:
                    yield from noun_phrase(child)
                elif child.dep_ == "nsubjpass" and token.tag_ != "VBN":
                    yield from noun_phrase(child)  # not "was shot and killed"
        if token.dep_ in ("acl", "relcl") and token.tag_ != "VBN":
            yield from noun_phrase(token.head)
        return
    yield from _window(token, WINDOW_WORDS, -1)


def noun_phrase(noun: Token) -> Iterator[Token]:
    """The noun, its modifiers, what 'of' adds to it and what is joined to it by 'and'."""
    stack = [noun]
    seen = 0
    while stack and seen < 24:
        token = stack.pop()
        seen += 1
        yield token
        for child in token.children:
            if (
                child.dep_ in ("compound", "amod", "nmod", "poss", "conj", "appos", "nummod")
                or (child.dep_ == "prep" and child.lower_ == "of")
                or (child.dep_ == "pobj" and token.lower_ == "of")
            ):
                stack.append(child)


def _window(token: Token, size: int, step: int) -> Iterator[Token]:
    """Up to `size` words after (+1) or before (-1) a token, within clause punctuation."""
    doc = token.doc
    i = token.i + step
    count = 0
    while 0 <= i < len(doc) and count < size:
        other = doc[i]
        if step > 0 and other.is_sent_start:
            return
        if other.lower_ in _HARD_BREAKS:
            return
        if not other.is_space and other.lower_ not in _HYPHENS:
            yield other
            count += 1
        if step < 0 and other.is_sent_start:
            return
        i += step
