"""Attribution without a reporting verb: phrases and nouns.

"according to the ministry", "per SOHR", "the army's claim that".

Reads   the parse, the cue lexicon.
Writes  nothing; returns Readings.
"""

from __future__ import annotations

from spacy.tokens import Token

from marsad.codebook.words import load_common_words
from marsad.coding.attribution.grammar import RELATIVES, child, noun_phrase, subject_of, trim
from marsad.coding.attribution.lexicon import Cue, Sense, noun_cues, role_nouns, source_kinds
from marsad.coding.attribution.reading import Page, Range, Reading

SAYS = Sense("speech", "says")
# Lower-case first words that may open a phrase read here.
LABEL_MARKS = frozenset({":", "-", "–", "—", "--"})
OPENERS = frozenset({"according", "per", "by", "in"})
_PER_UNITS = frozenset(
    {"cent", "year", "month", "day", "week", "hour", "minute", "second", "person", "head"}
    | {"capita", "night", "square", "mile", "se", "diem", "kilometre", "kilometer", "litre"}
    | {"liter", "gallon", "barrel", "share", "annum", "child", "household", "game"}
)


def read_phrase(page: Page, token: Token) -> Reading | None:
    """The attribution a phrase opened by `token` makes, or None."""
    if token.lower_ == "according":
        return _according(page, token)
    if token.lower_ == "per":
        return _per(page, token)
    return _counted(page, token) if token.dep_ == "prep" else None


def _counted(page: Page, token: Token) -> Reading | None:
    """ "By one estimate", "in the latest poll", "in the governor's view": whose count it is.

    Set off by commas or at an end of the sentence, since "killed in the count" is none.
    """
    head = child(token, "pobj")
    if head is None or head.lower_ not in role_nouns("reckoning"):
        return None
    first, last = page.sentence(token.i)
    opens = all(t.pos_ in {"CCONJ", "ADV", "PUNCT", "SPACE"} for t in page.doc[first : token.i])
    end = head.right_edge.i + 1
    closes = end >= last or page.doc[end].text in {".", ",", ";", ")"}
    if not (opens or closes) or page.quote_around(token.i) is not None:
        return None
    owner = child(head, "poss")
    if owner is None:
        stated = token.lower_ == "in" and head.lower_ not in role_nouns("survey")
        return None if stated else _around(page, token, head, (token.i, token.i + 1))
    found = _around(page, token, head, (token.i, token.i + 1))
    if found is not None:
        found.source, found.head = trim(page.doc, *_possessor_phrase(owner, head)), owner.i
    return found


def _according(page: Page, token: Token) -> Reading | None:
    to = next((k for k in token.children if k.lower_ == "to"), None)
    if to is None and token.i + 1 < len(page.doc) and page.doc[token.i + 1].lower_ == "to":
        to = page.doc[token.i + 1]
    if to is None:
        return None
    head = child(to, "pobj")
    if head is None:
        return None
    return _around(page, token, head, (token.i, to.i + 1))


def _per(page: Page, token: Token) -> Reading | None:
    """ "per the ministry": set off by a comma, or opening a sentence; never a rate."""
    head = child(token, "pobj")
    if head is None or head.lower_ in _PER_UNITS or head.left_edge.lower_ in _PER_UNITS:
        return None
    if head.pos_ != "PROPN" and head.left_edge.lower_ not in {"the", "a", "its", "their"}:
        return None
    first, _ = page.sentence(token.i)
    if token.i != first and page.doc[token.i - 1].text not in {",", "(", "—", "–"}:
        return None
    return _around(page, token, head, (token.i, token.i + 1))


def _around(page: Page, token: Token, head: Token, cue: Range) -> Reading | None:
    """Content of a phrase that qualifies the clause it stands in.

    First in the sentence or last: all of it. In the middle: the clause it hangs
    on, up to where a coordinate clause with a subject of its own begins.
    """
    doc = page.doc
    first, last = page.sentence(token.i)
    source = noun_phrase(head, token)
    core = (cue[0], max(source[1], cue[1]))
    while core[0] > first and doc[core[0] - 1].lower_ in {
        "both",
        "also",
        "all",
        "and",
        "but",
        "reportedly",
    }:
        core = (core[0] - 1, core[1])
    content: list[Range] = []
    opening, closing = _scope(page, token, core, first, last)
    if opening < core[0]:
        content.append(trim(doc, opening, core[0]))
    if core[1] < closing:
        content.append(trim(doc, core[1], closing))
    inside = page.quote_around(token.i)
    widened = [page.clip_quotes(*r, outside_of=token.i) for r in content if r[1] > r[0]]
    widened = [r for r in widened if any(doc[i].lower_ not in RELATIVES for i in range(*r))]
    if not widened:
        return None
    direct = inside is None and any(page.quote_around(r[0]) is not None for r in widened)
    return Reading(head.i, source, cue, SAYS, core, widened, direct, inserted=True)


def _scope(page: Page, token: Token, core: Range, first: int, last: int) -> Range:
    """The stretch of the sentence a phrase qualifies."""
    doc = page.doc
    governor = token.head
    if governor.dep_ == "relcl" and governor.left_edge.i > first:
        # "the raid, which according to police lasted an hour"
        return governor.left_edge.i, min(governor.right_edge.i + 1, last)
    at_start = all(not t.is_alpha or t.pos_ in {"ADV", "CCONJ"} for t in doc[first : core[0]])
    closing = last
    for index in range(core[1], last):
        if doc[index].text == ";" or _opens_clause(page, index, last):
            if at_start and doc[index].lower_ == "and" and doc[index - 1].text != ",":
                continue  # "According to X, five died and ten were hurt"
            closing = index
            break
    if at_start:
        return first, closing
    rest = [t for t in doc[core[1] : closing] if t.is_alpha]
    leaves = core[1] < last and doc[core[1]].text in {",", "and", "but"}
    if not rest or (leaves and not _is_within(doc[core[1] : closing], token)):
        closing = core[1]
    opening = first
    for index in range(core[0] - 1, first, -1):
        if doc[index].text == ";":
            opening = index + 1
            break
    if opening == first and doc[first].lower_ in {"but", "and"}:
        opening = first + 1
    return opening, closing


def _opens_clause(page: Page, index: int, last: int) -> bool:
    """A comma and a conjunction before a clause with its own subject."""
    doc = page.doc
    token = doc[index]
    if token.lower_ not in {"and", "but", "while", "although", "though"} or index + 1 >= last:
        return False
    following = doc[index + 1]
    clause = next((k for k in token.head.children if k.dep_ == "conj" and k.i > index), None)
    if token.lower_ in {"while", "although", "though"}:
        clause = token.head
    return (
        clause is not None
        and clause.pos_ in {"VERB", "AUX"}
        and child(clause, "nsubj", "nsubjpass") is not None
        and child(clause, "nsubj", "nsubjpass").i > index  # type: ignore[union-attr]
        and following.i <= clause.i
    )


def _is_within(span: object, token: Token) -> bool:
    """Whether the words after a phrase go on with the clause it interrupts."""
    governor = token.head
    return any(t.head == governor or t == governor for t in span)  # type: ignore[attr-defined]


_NAMING = frozenset({"NOUN", "PROPN", "PRON"})
MAX_CONJUNCTS = 4
_ANY_NOUN = Cue(
    "*",
    dict.fromkeys(
        ("that", "to", "of", "about", "on", "for", "with", "against", "in", "as"),
        Sense("attitude", "says"),
    ),
)


def read_noun(page: Page, noun: Token, *, any_noun: bool = False) -> Reading | None:
    """ "the army's claim that", "claims by the army that", "a warning from the UN of".

    Only nouns of the lexicon are cues, unless `any_noun` (for `judge`).
    """
    cue = noun_cues().get(noun.lower_)
    if any_noun:
        cue = _ANY_NOUN if cue is None else Cue(cue.lemma, {**_ANY_NOUN.frames, **cue.frames})
    if cue is None or noun.pos_ != "NOUN":
        return None
    holds = any_noun and noun.dep_ == "attr" and noun.lower_ in role_nouns("holder")
    head = subject_of(noun.head) if holds else _possessor(noun)
    if head is None:
        return None
    for frame, sense in cue.frames.items():
        found = _noun_content(noun, frame, head)
        if found is not None:
            source = trim(page.doc, *_possessor_phrase(head, noun))
            core = (min(source[0], noun.i), max(noun.i + 1, source[1]))
            content = page.clip_quotes(*trim(page.doc, *found), outside_of=noun.i)
            if content[1] > content[0]:
                cue_span = (noun.i, noun.i + 1)
                return Reading(head.i, source, cue_span, sense, core, [content], frame=frame)
    return None


def _possessor(noun: Token) -> Token | None:
    owner = child(noun, "poss")
    if owner is not None:
        return owner
    for kid in noun.children:
        if kid.dep_ in {"prep", "agent"} and kid.lower_ in {"by", "from"} and kid.i > noun.i:
            return child(kid, "pobj")
    return None


def _possessor_phrase(head: Token, noun: Token) -> Range:
    if head.i < noun.i:
        last = next((k.i for k in head.children if k.dep_ == "case"), head.right_edge.i + 1)
        return head.left_edge.i, max(min(last, noun.i), head.i + 1)
    return noun_phrase(head, noun)


def _noun_content(noun: Token, frame: str, head: Token) -> Range | None:
    """The clause or prepositional object after a noun, in one frame."""
    verb = noun.head
    if frame == "that" and noun.dep_ == "nsubj" and verb.lemma_ == "be":
        said = child(verb, "ccomp")  # "her claim is that"
        if said is not None and said.i > verb.i:
            return said.left_edge.i, said.right_edge.i + 1
    for kid in noun.children:
        if kid.i < noun.i or kid.left_edge.i <= head.i <= kid.right_edge.i:
            continue
        if frame == "that" and kid.dep_ in {"acl", "ccomp", "relcl"}:
            if kid.left_edge.lower_ == "that" and child(kid, "mark") is not None:
                return kid.left_edge.i, kid.right_edge.i + 1
        elif frame == "to" and kid.dep_ in {"acl", "xcomp"} and kid.left_edge.lower_ == "to":
            return kid.left_edge.i, kid.right_edge.i + 1
        elif kid.dep_ == "prep" and kid.lower_ == frame:
            thing = child(kid, "pobj", "pcomp")
            if thing is not None and thing.ent_type_ not in {"DATE", "TIME"}:
                return thing.left_edge.i, kid.right_edge.i + 1
    return None


def read_adjective(page: Page, word: Token) -> Reading | None:
    """ "was critical of the raid", "is confident that": an attitude said of its subject.

    Also of a participle taken for a passive ("was thrilled with"), of a second
    adjective ("angry and afraid that") and of one after its noun ("voters wary of").
    """
    head = _described(word)
    if head is None or head.i >= word.i:
        return None
    for kid in word.children:
        if kid.i < word.i or kid.dep_ not in {"prep", "agent", "ccomp", "xcomp"}:
            continue
        thing = child(kid, "pobj", "pcomp") if kid.dep_ in {"prep", "agent"} else kid
        if thing is None:
            continue
        content = page.clip_quotes(thing.left_edge.i, kid.right_edge.i + 1, outside_of=word.i)
        source = noun_phrase(head, word)
        frame = kid.lower_ if kid.dep_ in {"prep", "agent"} else kid.dep_
        core = (source[0], max(source[1], word.i + 1))
        cue = (word.i, word.i + 1)
        if content[1] > content[0]:
            sense = Sense("attitude", "says")
            return Reading(head.i, source, cue, sense, core, [content], frame=frame)
    return None


def _described(word: Token) -> Token | None:
    """Whom an adjective is said of."""
    for _ in range(MAX_CONJUNCTS):
        if word.dep_ != "conj" or word.head.pos_ not in {"ADJ", "VERB"}:
            break
        word = word.head
    if word.tag_ == "VBN" and child(word, "auxpass") is not None:
        return child(word, "nsubjpass")
    if word.dep_ in {"acomp", "attr", "oprd"} and word.head.pos_ in {"AUX", "VERB"}:
        return subject_of(word.head)
    if word.dep_ in {"amod", "acl"} and word.head.i < word.i and word.head.pos_ in _NAMING:
        return word.head
    return None


MAX_LABEL_TOKENS = 12


def read_label(page: Page, colon: Token) -> Reading | None:
    """Headlines and transcripts: "Police: Three killed", "Three killed - police".

    The label is a short noun phrase without a verb that can speak, alone before
    the colon at the start of a paragraph, or alone after it at its end.
    """
    doc = page.doc
    first, last = page.sentence(colon.i)
    cue = (colon.i, colon.i + 1)
    opens = first == 0 or doc[first - 1].is_space
    before, after = trim(doc, first, colon.i), trim(doc, colon.i + 1, last)
    closes = last >= len(doc) or doc[last].is_space
    pairs = [(before, after), (after, before)] if colon.text == ":" else [(after, before)]
    for label, content in pairs:
        in_place = opens if label is before else closes and doc[last - 1].is_alpha
        if not in_place or not _is_label(page, label, strict=label is after):
            continue
        if label is before and _is_place(page, label):
            continue  # a dateline, "KABUL: "
        if content[1] - content[0] < 2:
            continue
        head = _label_head(page, label)
        found = page.clip_quotes(*content, outside_of=colon.i)
        direct = page.quote_around(found[0]) is not None
        core = (min(label[0], colon.i), max(label[1], colon.i + 1))
        return Reading(head, label, cue, SAYS, core, [found], direct, frame="label")
    return None


def _is_label(page: Page, label: Range, *, strict: bool) -> bool:
    words = page.doc[label[0] : label[1]]
    if not 0 < len(words) <= MAX_LABEL_TOKENS:
        return False
    if any(t.pos_ in {"VERB", "AUX"} or t.is_quote or t.like_num for t in words):
        return False
    if words[-1].lower_ in role_nouns("signpost"):
        return False  # "Editor's note: "
    known = any(t.lower_ in source_kinds() for t in words)
    named = any(t.ent_type_ in {"PERSON", "ORG"} for t in words)
    if not named and not strict:
        # A surname alone; "UPDATE: " and "Analysis: " are words of the language.
        common = load_common_words()
        named = all(t.text[0].isupper() and t.lower_ not in common for t in words if t.is_alpha)
        named = named and words[0].is_alpha
    return known if strict else known or named


def _is_place(page: Page, label: Range) -> bool:
    """Whether the label is the name of a place and nothing that speaks."""
    if any(page.doc[i].lower_ in source_kinds() for i in range(*label)):
        return False
    return any(
        place["start"] <= label[0] and label[1] <= place["end"]
        for place in page.doc._.toponyms or ()
    )


def _label_head(page: Page, label: Range) -> int:
    inside = range(*label)
    tops = [i for i in inside if page.doc[i].head.i not in inside or page.doc[i].head.i == i]
    named = [i for i in tops if page.doc[i].pos_ in {"NOUN", "PROPN"}]
    return named[-1] if named else label[1] - 1
