"""Word senses: which matches tell of no event, and which weak ones have support.

Reads   tokens and, where present, the parse; trigger_guards.tsv, trigger_supports.toml.
Writes  nothing.

Two questions, each answered from a table anyone can read: does a word in some
position turn the trigger into a figure of speech (guard)? is there something
violent, or a crowd, or an army, beside a weak trigger (support)?
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from marsad.coding.parse import is_parsed
from marsad.coding.triggers.lexicon import Support, load_classes, read_lines, words_of
from marsad.coding.triggers.match import (
    Match,
    is_place_name,
    noun_phrase,
    object_words,
    subject_words,
)
from marsad.errors import CodebookError

POSITIONS = ("mod", "comp", "obj", "subj", "gov", "sent", "whole")
LIGHT_VERB_REACH = 5
_PLACE_PREPOSITIONS = frozenset("on in at against near for outside around over".split())


@dataclass(frozen=True, slots=True)
class Guard:
    """One row of trigger_guards.tsv."""

    position: str
    words: frozenset[str]
    field: str
    unless: frozenset[str]  # one of these in the same position overrules the guard


@cache
def load_guards() -> dict[str, tuple[Guard, ...]]:
    """Guards by head form; '*', '*weak' and '*harm' hold the general ones.

    Raises:
        CodebookError: an unknown position or word class.
    """
    classes = load_classes()
    table: dict[str, list[Guard]] = {}
    for line in read_lines("trigger_guards.tsv"):
        heads, position, spec, field, *unless = line.split("\t")
        if position not in POSITIONS:
            raise CodebookError(f"trigger_guards.tsv: unknown position {position!r} in {line!r}")
        overruled = words_of(unless[0], classes) if unless else frozenset[str]()
        guard = Guard(position, words_of(spec, classes), field, overruled)
        for head in heads.split("|"):
            table.setdefault(head, []).append(guard)
    return {head: tuple(guards) for head, guards in table.items()}


def guarding_field(doc: Doc, match: Match, sentence: frozenset[str]) -> str | None:
    """The field (argument, sport, ...) that claims this match, or None if it stands.

    `sentence` holds the lower-case words of the match's sentence.
    """
    table = load_guards()
    head = doc[match.head]
    pattern = match.pattern
    # A phrase that spells out its own context has been disambiguated by its words.
    general = () if pattern.words > 2 else table.get("*", ())
    guards = [*table.get(head.lower_, ()), *general] if pattern.words <= 2 else []
    if pattern.strength == "weak":
        guards += table.get("*weak", ())
    if pattern.role == "harm":
        guards += table.get("*harm", ())
    guards += [g for g in table.get(head.lower_, ()) if g.position == "whole" and g not in guards]
    seen: dict[str, frozenset[str]] = {"sent": sentence, "whole": sentence}
    spelt_out = pattern.words > 1 and pattern.strength == "strong"
    for guard in guards:
        if spelt_out and guard.position == "sent":
            continue
        if guard.position not in seen:
            seen[guard.position] = frozenset(
                t.lower_
                for t in _words_at(guard.position, match, head)
                if not match.start <= t.i < match.end
            )
        found = seen[guard.position]
        if not guard.words.isdisjoint(found) and guard.unless.isdisjoint(found):
            return guard.field
    return None


def _words_at(position: str, match: Match, head: Token) -> Iterator[Token]:
    doc = head.doc
    if position == "obj":
        yield from object_words(head, doc[match.end - 1])
    elif position == "subj":
        yield from subject_words(head)
    elif position == "mod":
        yield from _modifiers(match, head)
    elif position == "comp":
        yield from _modified(match, head)
    else:
        yield from _governors(match, head)


def _modifiers(match: Match, head: Token) -> Iterator[Token]:
    if is_parsed(head):
        for child in head.children:
            if child.dep_ in ("compound", "amod", "nmod", "poss", "advmod", "npadvmod"):
                yield child
                yield from (t for t in child.children if t.dep_ in ("compound", "conj", "amod"))
    if head.pos_ not in ("VERB", "AUX"):
        yield from _before(head.doc, match.start, 1 if is_parsed(head) else 2)


def _modified(match: Match, head: Token) -> Iterator[Token]:
    if head.dep_ in ("compound", "nmod", "poss") and head.head.i > head.i:
        yield head.head
    elif not is_parsed(head) or head.dep_ == "amod":
        after = match.end
        if after < len(head.doc) and not head.doc[after].is_sent_start:
            yield head.doc[after]


def _governors(match: Match, head: Token) -> Iterator[Token]:
    """Up to three steps up the tree, but not beyond the first finite verb; else words before."""
    if not is_parsed(head):
        yield from _before(head.doc, match.start, 4)
        return
    if head.pos_ == "VERB":
        for child in head.children:
            if child.dep_ == "prep" and child.lower_ in ("in", "on"):
                yield from (t for t in child.children if t.dep_ == "pobj")
    token = head
    for _ in range(4):
        if token.head.i == token.i:
            return
        token = token.head
        yield token
        if token.pos_ in ("VERB", "AUX"):
            # "The novel tells of the massacre": what the verb is said of.
            for child in token.children:
                if child.dep_ in ("nsubj", "dobj") and child.i < head.i:
                    yield child
                    yield from (t for t in child.children if t.dep_ == "poss")
                elif child.dep_ == "prep" and child.lower_ in ("in", "for"):
                    yield from (t for t in child.children if t.dep_ == "pobj")
            return


def _before(doc: Doc, index: int, count: int) -> Iterator[Token]:
    i = index - 1
    while i >= 0 and count and not doc[i + 1].is_sent_start:
        if not doc[i].is_space and not doc[i].is_punct:
            yield doc[i]
            count -= 1
        i -= 1


def has_support(doc: Doc, match: Match, support: Support, sentence: frozenset[str]) -> bool:
    """Whether a weak match's own sentence speaks for it.

    `sentence` holds the sentence's words less those that idioms use up and those
    of the match itself.
    """
    if not support.words.isdisjoint(sentence):
        return True
    head = doc[match.head]
    if support.light and _carried_by_light_verb(head, match, support.light):
        return True
    return support.places and _acts_on_place(head, match)


def _carried_by_light_verb(head: Token, match: Match, light: frozenset[str]) -> bool:
    if is_parsed(head):
        verb = head.head
        return head.dep_ in ("dobj", "nsubjpass", "pobj") and verb.lower_ in light
    return any(t.lower_ in light for t in _before(head.doc, match.start, LIGHT_VERB_REACH))


def _acts_on_place(head: Token, match: Match) -> bool:
    """A place, or a people, as object, behind a local preposition, or before it."""
    last = head.doc[match.end - 1]
    if is_parsed(head):
        for child in (*head.children, *(last.children if last.i != head.i else ())):
            if child.dep_ in ("compound", "amod", "nmod", "poss") and child.ent_type_ == "NORP":
                return True
            if child.dep_ in ("dobj", "nsubjpass") and is_place_name(child):
                return True
            if child.dep_ == "prep" and child.lower_ in _PLACE_PREPOSITIONS:
                for inner in child.children:
                    if any(t.ent_type_ in ("GPE", "LOC", "FAC") for t in noun_phrase(inner)):
                        return True
        return False
    following = head.doc[match.end : match.end + 4]
    return any(
        t.lower_ in _PLACE_PREPOSITIONS and t.i + 1 < len(head.doc) and _is_name(head.doc[t.i + 1])
        for t in following
    )


def _is_name(token: Token) -> bool:
    return token.text[:1].isupper() and token.is_alpha and not token.is_upper
