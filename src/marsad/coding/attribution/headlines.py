"""Headlines In Title Case: verbs that the tagger takes for names.

Reads   words and their case; no parse can be trusted here.
Writes  nothing; returns Readings.

"Army Says Rebels Shelled Port": a line with no full stop in which nearly every word
has a capital. The words before the first verb of saying are who says it.
"""

from __future__ import annotations

from spacy.tokens import Token

from marsad.coding.attribution.lexicon import Sense, role_nouns, source_kinds, verb_cues
from marsad.coding.attribution.reading import Page, Reading

MAX_SOURCE_TOKENS = 6
MIN_CONTENT_TOKENS = 2
# Share of words with a capital in a headline; "of", "the" and "in" stay small.
CAPITALS = 0.7
_NAMES = frozenset({"PROPN", "NOUN", "ADJ", "DET"})
_BASE = frozenset({"say", "warn", "deny", "claim", "report", "fear", "believe", "tell", "accuse"})


def read_headline(page: Page, token: Token) -> Reading | None:
    """The attribution that a capitalised verb of saying makes in a headline, or None."""
    doc = page.doc
    first, last = page.sentence(token.i)
    if not first < token.i <= first + MAX_SOURCE_TOKENS or last - token.i <= MIN_CONTENT_TOKENS:
        return None
    word = token.lower_
    if token.pos_ in {"VERB", "AUX"} or not (word in _BASE or word.endswith(("s", "d"))):
        return None
    if not _is_title(page, first, last) or any(t.is_punct for t in doc[first : token.i]):
        return None
    before = doc[first : token.i]
    if any(t.pos_ not in _NAMES for t in before) or not _speaks(before[-1]):
        return None
    cue = next((c for c in verb_cues().get(word, ()) if "clause" in c.frames), None)
    if cue is None:
        return None
    sense = cue.frames["clause"]
    content = page.clip_quotes(token.i + 1, last, outside_of=token.i)
    return Reading(
        token.i - 1,
        (first, token.i),
        (token.i, token.i + 1),
        Sense(sense.klass, sense.type),
        (first, token.i + 1),
        [content],
        frame="clause",
    )


def _is_title(page: Page, first: int, last: int) -> bool:
    words = [t for t in page.doc[first:last] if t.is_alpha]
    capital = sum(1 for t in words if t.text[0].isupper() and not t.text.isupper())
    ends = last >= len(page.doc) or page.is_break(last)
    return len(words) > MIN_CONTENT_TOKENS and capital >= CAPITALS * len(words) and ends


def _speaks(token: Token) -> bool:
    word = token.lower_
    named = token.pos_ == "PROPN" or token.ent_type_ in {"PERSON", "ORG", "NORP"}
    return named or word in role_nouns("speaker") or word in source_kinds()
