"""Reporting verbs: from a cue verb to source and content.

Reads   the parse, the cue lexicon, quotations.
Writes  nothing; returns Readings.
"""

from __future__ import annotations

from spacy.tokens import Token

from marsad.coding.attribution.closing import closing_phrase
from marsad.coding.attribution.content import BREAKS, PREPOSITION_FRAMES, fill_content
from marsad.coding.attribution.frames import CLAUSE_MARKS
from marsad.coding.attribution.grammar import (
    MAX_CLIMB,
    SUBJECTS,
    active_subject,
    acts_as_verb,
    child,
    compounded_subject,
    is_negated,
    is_passive,
    noun_phrase,
    outer_speaker,
    subject_above,
    subject_after_quote,
    subject_of,
)
from marsad.coding.attribution.lexicon import (
    Cue,
    Sense,
    noun_cues,
    role_nouns,
    source_kinds,
    verb_cues,
)
from marsad.coding.attribution.reading import Page, Range, Reading
from marsad.coding.attribution.stances import is_party

MAX_CORE_TOKENS = 30
_ANY_CUE = Cue(
    "*",
    dict.fromkeys(
        ("clause", "ing", "inf", "as", "obj", *PREPOSITION_FRAMES, "gap"),
        Sense("attitude", "says"),
    ),
)
_UNNAMED = frozenset({"anonymity", "anonymous", "named", "identified", "unidentified", "quoted"})
_CLAIMING = frozenset({"claim", "accept", "assume", "admit", "take"})
_POINTING = frozenset({"the", "these", "those", "both", "this", "that"})
_HEDGES = frozenset({"allegedly", "purportedly", "reportedly", "supposedly", "apparently"})
_SPEAKING_ROLES = ("speaker", "document", "picture", "body", "testifier")
_NAMING = frozenset({"NOUN", "PROPN"})
_CONTENT_LABELS = frozenset({"ccomp", "xcomp", "advcl", "oprd"})
# Verbs whose direct object is who is spoken to, not what is said.
_ADDRESSING = frozenset(
    {"tell", "inform", "notify", "brief", "remind", "assure", "warn", "advise", "reassure", "ask"}
    | {"urge", "update", "apprise", "alert", "caution"}
)


def read_verb(page: Page, verb: Token, *, any_verb: bool = False) -> Reading | None:
    """The attribution `verb` makes, or None.

    Only verbs of the lexicon are cues, unless `any_verb`: then every verb is
    tried in every frame, for a judge to sort out (`judge`).
    """
    cues = verb_cues().get(verb.lower_, ())
    if any_verb:
        plain = () if any("_" not in cue.lemma for cue in cues) else (_ANY_CUE,)
        cues = (*plain, *(_widened(cue) for cue in cues))
    if not cues or not acts_as_verb(verb) or verb.dep_ in {"aux", "compound"}:
        return None
    if verb.dep_ == "amod" and active_subject(verb) is None:
        return None
    cue, cue_span = _pick_cue(verb, cues, any_verb=any_verb)
    if cue is None:
        return None
    head = None
    if cue.frames.get("quote") is not None:
        head = outer_speaker(verb, verb_cues())
    if head is None:
        head = _able_subject(verb, subject_of(verb))
    if head is None and "quote" in cue.frames:
        head = _subject_by_quote(page, verb) or _misread_subject(page, verb)
    head = _closing_speaker(page, verb) or head
    closing = closing_phrase(page, verb, head) if "quote" in cue.frames else None
    if closing is not None:
        head = page.doc[closing[0]]
    if head is None or head.i == verb.i or is_habit(verb):
        return None
    source = closing[1] if closing else _joined(verb, _without_charge(verb, head))
    core = _core(page, verb, head, source)
    reading = Reading(head.i, source, cue_span, Sense("speech", "says"), core)
    if not fill_content(page, verb, cue, reading) or _asks_anonymity(page, verb, reading):
        return None
    reading.content = [r for r in reading.content if not _inside(r, core)] or reading.content
    reading.sense = _sense_here(verb, head, reading)
    reading.negated = is_negated(verb)
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


def _joined(verb: Token, source: Range) -> Range:
    """With a description the parser took for a second subject: "the news agency APS"."""
    for kid in verb.children:
        told = kid.lower_ in noun_cues()  # ", a claim the army denies"
        if kid.dep_ == "nsubj" and kid.right_edge.i + 1 == source[0] and not told:
            return kid.left_edge.i, source[1]
    return source


def _without_charge(verb: Token, head: Token) -> Range:
    """The source, without the "of killing" that the parser hangs on who accuses."""
    start, end = noun_phrase(head, verb)
    for kid in head.children:
        charged = kid.dep_ == "prep" and child(kid, "pcomp") is not None and kid.i > head.i
        if charged and head.i > verb.i and is_passive(verb):
            end = min(end, kid.i)
    return start, end


def _inside(inner: Range, outer: Range) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _asks_anonymity(page: Page, verb: Token, reading: Reading) -> bool:
    """ "who asked not to be named", "speaking on condition of anonymity" say nothing."""
    start = reading.content[0][0]
    opening = {t.lower_ for t in page.doc[start : start + 8]}
    if verb.lemma_ in {"ask", "request", "want", "insist", "prefer", "demand"}:
        return bool(opening & _UNNAMED)
    return "condition" in opening and "anonymity" in opening


def _misread_subject(page: Page, verb: Token) -> Token | None:
    """Two slips of the parser at the end of news sentences.

    ", military sources reported on Friday." taken for a participle after its
    noun; ", said the police chief, A. B." taken for a verb with an object.
    """
    doc = page.doc
    first, last = page.sentence(verb.i)
    found = compounded_subject(verb) if verb.pos_ == "NOUN" else _fronted_subject(page, verb)
    if found is not None:
        return found
    noun = verb.head
    if verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBD"} and noun.i == verb.i - 1:
        left = noun.left_edge.i
        known = noun.lower_ in source_kinds() or noun.pos_ == "PROPN" or noun.ent_type_ == "ORG"
        opens = left == first and noun.lower_ not in role_nouns("picture")
        return noun if known and (opens or doc[left - 1].text == ",") else None
    after_comma = verb.i > first and doc[verb.i - 1].text in {",", "”", '"', "''", "’"}
    if verb.tag_ in {"VBD", "VBZ", "VBN"} and after_comma and verb.i + 1 < last:
        return next(
            (k for k in verb.children if k.i > verb.i and k.pos_ in {"NOUN", "PROPN"}), None
        )
    return None


def _able_subject(verb: Token, found: Token | None) -> Token | None:
    """`found`, unless it is a thing that only a slip of the parser makes the speaker.

    "The envoy noted that the talks had failed and quoted a proverb": "quoted" is
    joined to "failed", whose subject cannot speak; the envoy can.
    """
    if found is None or found.head == verb or _may_speak(found):
        return found
    current = found
    for _ in range(MAX_CLIMB):
        above = subject_above(current)
        if above is None:
            return found
        if _may_speak(above):
            return above
        current = above
    return found


def _may_speak(head: Token) -> bool:
    word = head.lower_
    return (
        head.pos_ in {"PROPN", "PRON"}
        or head.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"}
        or any(word in role_nouns(role) for role in _SPEAKING_ROLES)
        or word in source_kinds()
        or is_party(word)
    )


def _fronted_subject(page: Page, verb: Token) -> Token | None:
    """The speaker after an opening phrase: "As part of his plea, A. B., 44, said that".

    The parser makes the name an apposition to the noun before the comma, and leaves
    the verb without a subject.
    """
    doc = page.doc
    first, _ = page.sentence(verb.i)
    if verb.dep_ not in {"ROOT", "ccomp"} or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return None
    if any(kid.dep_ in SUBJECTS for kid in verb.children):
        return None
    for token in doc[first : verb.i]:
        named = token.ent_type_ in {"PERSON", "ORG"} or token.lower_ in role_nouns("speaker")
        loose = token.dep_ in {"appos", "conj", "npadvmod", "dep"} and token.pos_ in _NAMING
        edge = token.left_edge.i
        if named and loose and edge > first and doc[edge - 1].text == ",":
            close = doc[verb.i - 1].text == "," or token.right_edge.i + 1 == verb.i
            return token if close else None
    return None


def _closing_speaker(page: Page, verb: Token) -> Token | None:
    """The noun right before a cue that closes a sentence: ", the activist A. B. told AFP."

    The parser often makes it a conjunct of what stands before the comma and
    gives the verb a subject further left, or none.
    """
    doc = page.doc
    noun = doc[verb.i - 1] if verb.i else verb
    if noun.head == verb or noun.pos_ not in {"NOUN", "PROPN"} or verb.tag_ != "VBD":
        return None
    if noun.dep_ not in {"conj", "appos", "pobj", "dobj", "npadvmod"}:
        return None
    said_before = any(k.dep_ == "ccomp" and k.i < noun.i for k in verb.children)
    before = page.skip(noun.left_edge.i - 1, -1, "")
    if before > 0 and doc[before].lower_ == "and" and noun.head.i == before - 1:
        noun = noun.head  # "medics and witnesses said"
        before = page.skip(noun.left_edge.i - 1, -1, "")
    return noun if said_before and before >= 0 and doc[before].text == "," else None


def is_habit(verb: Token) -> bool:
    """ "Has claimed similar attacks in the past", "often claims": nobody speaks of this one."""
    if verb.lemma_ not in _CLAIMING:
        return False
    thing = child(verb, "dobj")
    if thing is None or thing.lower_ not in role_nouns("claimable"):
        return False
    if any(k.lower_ in role_nouns("habit") for k in verb.children):
        return True
    about = [t for t in thing.subtree if t.i >= thing.left_edge.i]
    plural = thing.tag_ == "NNS" and not any(k.lower_ in _POINTING for k in thing.children)
    inner = next((t for t in about if t.dep_ == "pobj" and t.tag_ == "NNS"), None)
    others = any(t.lower_ in role_nouns("other-deeds") for t in about)
    past = any(t.lower_ == "past" and t.i > verb.i for t in verb.subtree)
    return (others and (plural or inner is not None)) or past


def _sense_here(verb: Token, head: Token, reading: Reading) -> Sense:
    """The sense the words around the cue give it: hedges, who claims what, who saw it."""
    sense = reading.sense
    if sense.klass == "perception" and head.lower_ in role_nouns("testifier"):
        return Sense("speech", "says")
    if verb.lemma_ in _CLAIMING:
        thing = child(verb, "dobj")
        if thing is not None and thing.i > verb.i and thing.lower_ in role_nouns("claimable"):
            return Sense("speech", "claims-responsibility")
    if sense.type == "says" and any(k.lower_ in _HEDGES for k in verb.children):
        return Sense(sense.klass, "alleges")
    return sense


def _pick_cue(
    verb: Token, cues: tuple[Cue, ...], *, any_verb: bool = False
) -> tuple[Cue | None, Range]:
    """The particle verb if its particle follows, else the plain verb.

    A plain verb with some other particle means something else ("called off"),
    which only the wide sense tries (`any_verb`).
    """
    follower = {kid.lower_: kid for kid in verb.children if kid.dep_ in {"prt", "advmod", "acomp"}}
    plain: Cue | None = None
    for cue in cues:
        _, _, particle = cue.lemma.partition("_")
        if not particle:
            plain = cue
        elif particle in follower and follower[particle].i > verb.i:
            end = follower[particle].i + 1
            return cue, (verb.i, end if end - verb.i <= 3 else verb.i + 1)
    turned = child(verb, "prt") is not None and verb.lemma_ not in {"go", "call"}
    if plain is not None and turned and not any_verb:
        return None, (verb.i, verb.i + 1)
    return plain, (verb.i, verb.i + 1)


def _core(page: Page, verb: Token, head: Token, source: Range) -> Range:
    """Cue, source and the small words around them: what stands outside the content."""
    doc = page.doc
    first, last = page.sentence(verb.i)
    start, end = verb.i, verb.i + 1
    near = 0 <= verb.i - source[1] <= 2
    if near or verb in (head.head, head.head.head) or verb.head == head:
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
    while end < min(last, limit) and doc[end].text not in BREAKS:
        if doc[end].lower_ in CLAUSE_MARKS and doc[end].head != verb:
            break
        end += 1
    return start, end
