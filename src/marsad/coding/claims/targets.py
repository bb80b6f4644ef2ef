"""Targets: which of the events told a denial, an accusation or a claim is about.

Reads   drafts of claims, the words of the sentence that refers to one.
Writes  nothing.

"Denied striking the hospital" is about the strike on the hospital, though another
raid was told since: the event that shares most words is meant; among equals the
nearest before, which is what a bare "it" means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from marsad.coding.claims.drafts import Draft

_NAMING = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
# Words that any event of violence shares with any other.
_VAGUE = frozenset(
    """attack incident event violence people person man woman involvement responsibility role hand
    part claim report allegation accusation charge kill wound injure carry say deny blame accuse
    have be do behind group force official day week month statement""".split()
)
# Nouns and verbs of one stem ("strike", "striking") agree in so many letters.
STEM_LETTERS = 5
# So far back a reader still knows what is meant; keeps long reports from costing a square.
MAX_DRAFTS = 40


def choose_target(
    doc: Doc, words: Iterable[Token], drafts: Sequence[Draft], before: int
) -> Draft | None:
    """The draft among `drafts` that `words` refer to; None where there are none.

    `before` is a token index: what is told first after it is meant only for want of another.
    """
    named = _stems(words)
    if not drafts:
        return None

    def fitness(draft: Draft) -> tuple[int, bool, int]:
        start = draft.frame.sentence.start
        shared = len(named & _stems_of(doc, draft)) if named else 0
        return shared, start <= before, start if start <= before else -start

    return max(drafts[-MAX_DRAFTS:], key=fitness)


def content_words(doc: Doc, content: Iterable[Sequence[int]]) -> list[Token]:
    """The tokens of token ranges."""
    return [token for low, high in content for token in doc[low:high]]


def _stems(words: Iterable[Token]) -> frozenset[str]:
    return frozenset(
        token.lemma_.lower()[:STEM_LETTERS]
        for token in words
        if token.pos_ in _NAMING and token.lemma_.lower() not in _VAGUE and token.is_alpha
    )


def _stems_of(doc: Doc, draft: Draft) -> frozenset[str]:
    """Stems of the words that tell the event: from its sentence, its trigger and its place."""
    stems = set(_stems(draft.frame.sentence))
    for index in draft.frame.triggers:
        trigger = doc._.triggers[index]
        stems.update(part[:STEM_LETTERS] for part in trigger["entry"].lower().split())
    if draft.claim.place is not None:
        stems.update(part[:STEM_LETTERS] for part in draft.claim.place.name.lower().split())
    return frozenset(stems)
