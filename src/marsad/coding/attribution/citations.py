"""Citations: one source passing on another's words.

"citing the ministry", "quoted the governor as saying", "was quoted by state TV".

Reads   the parse and the readings made of the same sentence.
Writes  returns Readings whose `relay` is the reading that passes them on.
"""

from __future__ import annotations

from spacy.tokens import Token

from marsad.coding.attribution.grammar import (
    agent_of,
    child,
    is_passive,
    noun_phrase,
    subject_of,
    trim,
)
from marsad.coding.attribution.lexicon import Sense, role_nouns, source_kinds
from marsad.coding.attribution.reading import Page, Range, Reading

CITING = frozenset({"citing", "cited", "cites", "cite", "quoting", "quoted", "quotes", "quote"})
_SAYING = frozenset({"saying", "telling", "claiming", "stating", "confirming", "warning"})
_SAYS = Sense("speech", "says")


def read_citation(
    page: Page, verb: Token, sentence: list[Reading]
) -> tuple[list[Reading], set[int]]:
    """The readings a citing verb makes, claimant first, and the tokens it used up.

    `sentence` holds the readings already made of the sentence: what "citing X"
    passes on is the content of the one it hangs on.
    """
    saying = _as_saying(verb)
    if saying is not None:
        return _quoted_as_saying(page, verb, saying), {verb.i, saying.i}
    if verb.tag_ != "VBG":
        return [], set()
    cited = child(verb, "dobj")
    if cited is None or not can_speak(cited):
        return [], set()
    source = noun_phrase(cited, verb)
    start = verb.i - 1 if page.doc[max(verb.i - 1, 0)].text == "," else verb.i
    core = (start, max(verb.i + 1, source[1]))
    reading = Reading(cited.i, source, (verb.i, verb.i + 1), _SAYS, core)
    host = _host(page, verb, sentence)
    if host is not None:
        host.content = _without(page, host.content, core)
        reading.relay, reading.content = host, list(host.content)
    else:
        first, last = page.sentence(verb.i)
        reading.content = _without(page, [(first, last)], core)
    return ([reading] if reading.content else []), {verb.i}


def _as_saying(verb: Token) -> Token | None:
    for kid in verb.subtree:
        if kid.i > verb.i and kid.lower_ in _SAYING and verb.doc[kid.i - 1].lower_ == "as":
            return kid
    return None


def _quoted_as_saying(page: Page, verb: Token, saying: Token) -> list[Reading]:
    """Claimant and, where named, the relay: content of the first lies in the second's."""
    first, last = page.sentence(verb.i)
    passive = is_passive(verb)
    claimant = subject_of(verb, passive_subject=True) if passive else child(verb, "dobj")
    relay = (agent_of(verb) or agent_of(saying)) if passive else subject_of(verb)
    if claimant is None or claimant is relay:
        return []
    source = noun_phrase(claimant, verb if claimant.i < verb.i else saying)
    core = (min(verb.i, source[0]), max(saying.i + 1, source[1]))
    after = saying.i + 1
    if passive and relay is not None and agent_of(verb) is None:
        after = max(after, relay.right_edge.i + 1)
    content = _tidied(page, verb, (after, last))
    if not content:
        begin = core[0] if passive or relay is None else min(core[0], noun_phrase(relay, verb)[0])
        content = _tidied(page, verb, (first, begin))
    if not content:
        return []
    direct = page.quote_around(content[0][0]) is not None
    said = Reading(claimant.i, source, (verb.i, verb.i + 1), _SAYS, core, content, direct)
    if relay is None:
        return [said]
    span = noun_phrase(relay, verb)
    whole = [(min(source[0], r[0]) if r[0] > verb.i else r[0], r[1]) for r in content]
    outer = (min(core[0], span[0]), max(core[1], span[1]))
    passing = Reading(relay.i, span, (verb.i, verb.i + 1), _SAYS, outer, whole, direct)
    said.relay = passing
    return [said, passing]


def _tidied(page: Page, verb: Token, found: Range) -> list[Range]:
    start, end = trim(page.doc, *found)
    if not any(page.doc[i].is_alpha for i in range(start, end)):
        return []
    return [page.clip_quotes(start, end, outside_of=verb.i)]


def _host(page: Page, verb: Token, sentence: list[Reading]) -> Reading | None:
    """The attribution that "citing X" hangs on: the nearest one before it, else after."""
    around = page.quote_around(verb.i)
    level = [r for r in sentence if page.quote_around(r.cue[0]) == around]
    before = [r for r in level if r.cue[1] <= verb.i and r.sense.klass in {"speech", "evidence"}]
    if before:
        return max(before, key=lambda r: r.cue[0])
    after = [r for r in level if r.cue[0] > verb.i and r.sense.klass == "speech"]
    return min(after, key=lambda r: r.cue[0]) if after and not before else None


def _without(page: Page, content: list[Range], core: Range) -> list[Range]:
    """The ranges with doc[core] cut out."""
    kept: list[Range] = []
    for start, end in content:
        pieces = [(start, min(end, core[0])), (max(start, core[1]), end)]
        for piece in pieces if start < core[1] and core[0] < end else [(start, end)]:
            low, high = trim(page.doc, *piece) if piece[1] > piece[0] else piece
            if high > low and any(page.doc[i].is_alpha for i in range(low, high)):
                kept.append((low, high))
    return kept


def can_speak(head: Token) -> bool:
    """Whether what is cited is a source and not a reason ("citing low turnout")."""
    return (
        head.pos_ == "PROPN"
        or head.ent_type_ in {"PERSON", "ORG", "NORP"}
        or head.lower_ in role_nouns("speaker")
        or head.lower_ in role_nouns("document")
        or head.lower_ in source_kinds()
    )
