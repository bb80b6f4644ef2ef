"""Frames: the complements that hold what a reporting verb reports.

Reads   the parse.
Writes  `inserted` on the reading of an inverted sentence; returns content ranges.
"""

from __future__ import annotations

from spacy.tokens import Token

from marsad.coding.attribution.grammar import agent_of, child, is_finite, is_passive
from marsad.coding.attribution.lexicon import noun_cues, role_nouns, verb_cues
from marsad.coding.attribution.quoted import clause_start
from marsad.coding.attribution.reading import Page, Range, Reading

_SELF = frozenset({"himself", "herself", "itself", "themselves"})
CLAUSE_MARKS = frozenset({"that", "whether", "if", "how", "why", "what", "where", "when", "who"})


def find_clause(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """Finite complements, with "that"; before the cue when the sentence is inverted."""
    found: list[Range] = []
    first, last = page.sentence(verb.i)
    for kid in verb.children:
        if kid.dep_ == "ccomp" and (is_finite(kid) or _has_mark(kid) or _has_subject(kid)):
            if kid.i > verb.i:
                start = max(kid.left_edge.i, verb.i + 1)
                found.append((start, _right_end(page, verb, kid, last)))
            elif kid.i < reading.core[0] and not _parted(page, kid.i, reading.core[0]):
                start = clause_start(page, first, kid.i)
                found.append((start, reading.core[0]))
                reading.inserted = True
                found += _resumed(page, verb, reading.core[1])
    if not found and not reading.inserted:
        stray = _stray_clause(verb, reading.core, last)
        found += [stray] if stray is not None else []
    return found


def _resumed(page: Page, verb: Token, end: int) -> list[Range]:
    """What goes on behind the cue: "They stopped the cars, it reported, and opened fire"."""
    doc = page.doc
    return [
        (end + 1, kid.right_edge.i + 1)
        for kid in verb.children
        if kid.dep_ == "conj"
        and is_finite(kid)
        and not _has_subject(kid)
        and kid.lower_ not in verb_cues()
        and end < kid.i
        and doc[end].text == ","
    ]


def _parted(page: Page, start: int, end: int) -> bool:
    """Whether a semicolon of the reporter's stands between: two statements, not one."""
    return any(page.doc[i].text == ";" and not page.quote_around(i) for i in range(start, end))


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
        k.dep_ in {"mark", "advmod", "dobj", "attr"} and k.lower_ in CLAUSE_MARKS
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


def find_infinitive(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """What is vowed, asked or ordered: "to pull back", with who is told to."""
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


def find_gerund(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """What is denied or admitted in -ing: "denied carrying out the raid"."""
    for kid in verb.children:
        passive = any(k.dep_ == "auxpass" and k.tag_ == "VBG" for k in kid.children)
        gerund = kid.tag_ == "VBG" or passive  # "denied being paid"
        if kid.dep_ in {"xcomp", "ccomp"} and gerund and kid.i > verb.i:
            return [(max(kid.left_edge.i, verb.i + 1), kid.right_edge.i + 1)]
    return []


def find_as_predicate(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """Object and predicate after "as": "described him as a butcher"."""
    if is_passive(verb) and child(verb, "agent") is None:
        return []
    for kid in verb.children:
        if kid.dep_ in {"prep", "mark", "advcl"} and kid.lower_ == "as" and kid.i > verb.i:
            thing = child(verb, "dobj", "nsubjpass")
            if thing is not None and thing.lower_ in _SELF:
                return []  # "a caller identifying himself as": who speaks, not what is said
            start = thing.left_edge.i if thing is not None and thing.i > verb.i else kid.i
            return [(start, kid.right_edge.i + 1)]
    return []


def find_shown(page: Page, verb: Token, reading: Reading) -> list[Range]:
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


def find_claimed(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """Responsibility (or the deed itself) that somebody takes upon himself."""
    thing = child(verb, "dobj")
    if thing is None or thing.lower_ not in role_nouns("claimable"):
        return []
    return [(thing.left_edge.i, thing.right_edge.i + 1)]


def find_toll(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """ "put the toll at nine"; a bomb placed at a gate is no estimate."""
    thing = child(verb, "dobj")
    if thing is None or thing.lower_ not in role_nouns("toll"):
        return []
    for kid in verb.children:
        if kid.i > thing.i and kid.dep_ == "prep" and kid.lower_ == "at":
            return [(thing.left_edge.i, kid.right_edge.i + 1)]
    return []


def find_disputed(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """What is rejected or questioned, where it is something said: "dismissed the claims"."""
    thing = child(verb, "dobj")
    if thing is None or not (thing.lower_ in noun_cues() or thing.lower_ in role_nouns("picture")):
        return []
    return [(thing.left_edge.i, thing.right_edge.i + 1)]


def find_small_clause(page: Page, verb: Token, reading: Reading) -> list[Range]:
    """Called it a crime: object and predicate, however the parser took them."""
    right = [
        k
        for k in verb.children
        if k.i > verb.i and k.dep_ in {"dobj", "oprd", "ccomp", "xcomp", "attr", "acomp"}
    ]
    if not right or (len(right) == 1 and right[0].dep_ == "dobj"):
        return []
    return [(max(right[0].left_edge.i, verb.i + 1), max(k.right_edge.i for k in right) + 1)]


def find_prepositional(verb: Token, name: str) -> Range | None:
    """The object of preposition `name`, after the direct object: "accused X of Y"."""
    doer = agent_of(verb) if is_passive(verb) else None
    # "accused by residents of killing": the parser hangs the charge on the residents.
    for kid in [*verb.children, *(doer.children if doer is not None else ())]:
        if kid.dep_ in {"prep", "agent", "dative"} and kid.lower_ == name and kid.i > verb.i:
            thing = child(kid, "pobj", "pcomp")
            if thing is None or (kid.head != verb and thing.tag_ != "VBG"):
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


def find_relative_gap(page: Page, verb: Token) -> Range | None:
    """ "the strike, which the army denied": what the relative clause leaves out."""
    thing = verb.head
    if verb.dep_ != "relcl" or thing.pos_ not in {"NOUN", "PROPN", "PRON"}:
        return None
    own = child(verb, "nsubj")
    if own is None or own.lower_ in {"who", "which", "that"} or thing.i > own.i:
        return None
    start, end = thing.left_edge.i, thing.i + 1
    return (start, end) if not start <= verb.i < end else None


def find_object(verb: Token) -> Range | None:
    """The direct object; of a passive with its doer named, the subject."""
    thing = child(verb, "dobj", "nsubjpass" if is_passive(verb) else "dobj")
    if thing is None:
        thing = next((k for k in verb.children if k.dep_ == "ccomp" and k.i > verb.i), None)
    if thing is None or (verb.lemma_ == "deny" and thing.lower_ in role_nouns("refusable")):
        return None
    return thing.left_edge.i, max(thing.right_edge.i + 1, thing.i + 1)
