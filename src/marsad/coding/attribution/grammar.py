"""Syntax for attribution: whose verb it is, and how far a phrase reaches.

Reads   the dependency parse (ClearNLP labels, as in spaCy's English models).
Writes  nothing; returns tokens and ranges.
Never   decides whether something is an attribution.
"""

from __future__ import annotations

from collections.abc import Container

from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
CLAUSAL = frozenset(
    {"ccomp", "xcomp", "advcl", "parataxis", "conj", "acl", "pcomp", "relcl", "acomp", "attr"}
)
RELATIVES = frozenset({"who", "whom", "which", "that"})
# A controller is looked for at most this many verbs up: "went on to be quoted as saying".
MAX_CLIMB = 6
# Longest name with its appositions that is still read as one source phrase.
MAX_SOURCE_TOKENS = 40
# Words that open a sentence and belong to no noun phrase after them.
_SENTENCE_ADVERBS = frozenset(
    """earlier later meanwhile separately however also then previously afterwards yesterday today
    initially recently still elsewhere nevertheless overnight meantime instead subsequently
    moreover additionally furthermore""".split()
)
_DASHES = frozenset({"-", "--", "—", "–", "―"})
_ISSUING = frozenset(
    {"issue", "release", "publish", "post", "put", "send", "make", "circulate", "share", "deliver"}
    | {"distribute", "give", "write", "sign", "file", "have"}
)
_ISSUED = frozenset(
    {"statement", "statements", "communique", "communiqué", "release", "letter", "bulletin"}
    | {"message", "messages", "tweet", "tweets", "note", "memo", "email", "notice", "leaflet"}
    | {"declaration", "speech", "post", "announcement", "alert", "warning", "order", "decree"}
)
# Conjunctions before a participle that has the subject of its main clause.
_SHARING = frozenset({"while", "when", "before", "after", "without", "by", "in", "although"})
_OBJECT_CONTROL = frozenset(
    {
        "ask",
        "tell",
        "urge",
        "order",
        "force",
        "want",
        "allow",
        "lead",
        "prompt",
        "cause",
        "get",
        "make",
    }
    | {"quote", "accuse", "persuade", "expect", "invite", "press", "cite", "let", "show", "hear"}
)


def child(token: Token, *labels: str) -> Token | None:
    """The first dependent of `token` with one of `labels`."""
    for kid in token.children:
        if kid.dep_ in labels:
            return kid
    return None


def acts_as_verb(token: Token) -> bool:
    """Whether the word is a verb, or a noun to the tagger with a verb's subject and object.

    "A video shared online shows men": "shows" is taken for a plural. So is "estimates"
    in "The bank estimates that": what opens a sentence and has a that-clause is a verb.
    """
    if token.pos_ in {"VERB", "AUX"}:
        return True
    if token.pos_ != "NOUN":
        return False
    if compounded_subject(token) is not None:
        return True
    labels = {kid.dep_ for kid in token.children}
    return "nsubj" in labels and bool(labels & {"dobj", "ccomp"})


def compounded_subject(noun: Token) -> Token | None:
    """The subject of a verb taken for the last noun of a compound that opens its sentence."""
    if noun.dep_ != "ROOT" or noun.tag_ != "NNS" or noun.i + 1 >= len(noun.doc):
        return None
    following, before = noun.nbor(1), child(noun, "compound")
    if following.lower_ != "that" or following.head == noun or before is None:
        return None
    opens = bool(noun.left_edge.is_sent_start)
    return noun.nbor(-1) if opens and noun.nbor(-1).dep_ == "compound" else None


def active_subject(verb: Token) -> Token | None:
    """The subject of a past tense that the parser took for a participle; None for a true one.

    "The mayor of X accused the army of": "accused" is hung on "mayor", but has
    an object of its own, which the participle of a passive has not. "Rebels told
    AFP that" with "told" before its object: the name before it is who told.
    """
    if verb.tag_ not in {"VBN", "VBD"} or child(verb, "auxpass", "nsubjpass", "agent", "nsubj"):
        return None
    held = child(verb, "dobj", "ccomp", "oprd")
    if verb.dep_ == "acl" and held is not None and held.i > verb.i:
        holder = verb.head
        return holder if holder.i < verb.i and holder.pos_ in {"NOUN", "PROPN", "PRON"} else None
    if verb.dep_ == "amod" and verb.i:
        before = verb.doc[verb.i - 1]
        named = before.pos_ in {"PROPN", "PRON"} and not before.is_sent_end
        return before if named and verb.tag_ == "VBN" and before.head != verb else None
    return None


def is_passive(verb: Token) -> bool:
    """Whether `verb` has a passive auxiliary or subject, or is a bare past participle."""
    if child(verb, "auxpass", "nsubjpass") is not None:
        return True
    if active_subject(verb) is not None:
        return False
    bare = verb.tag_ in {"VBN", "VBD"} and child(verb, "nsubj") is None
    if bare and verb.dep_ == "advcl" and verb.tag_ == "VBN":
        return child(verb, "dobj", "ccomp", "aux") is None  # "Asked about the raid, he said"
    return bare and (verb.dep_ in {"acl", "relcl"} or child(verb, "agent") is not None)


def agent_of(verb: Token) -> Token | None:
    """The doer after "by"."""
    for kid in verb.children:
        if kid.dep_ == "agent" or (kid.dep_ == "prep" and kid.lower_ == "by"):
            return child(kid, "pobj")
    return None


def subject_of(verb: Token, *, passive_subject: bool = False) -> Token | None:
    """Head of the noun phrase that says (thinks, wants) what `verb` reports.

    Follows conjuncts, participles and infinitives up to their controller, and a
    relative pronoun to its antecedent. For a passive it is the agent, unless
    `passive_subject` ("was quoted as saying"). None when nobody is named.
    """
    current = verb
    for step in range(MAX_CLIMB + 1):
        own = _own_subject(current) or active_subject(current)
        if is_passive(current) and not (passive_subject or step):
            return agent_of(current)
        if own is not None:
            return _antecedent(own, current)
        above = current.head
        if above is current:
            return None
        if current.dep_ == "acl" and above.pos_ not in {"VERB", "AUX"}:
            return _issuer(above) or above
        if current.dep_ == "pcomp" or (current.dep_ == "prep" and step):
            above = above.head if above.dep_ == "prep" else above
            if above.pos_ in {"NOUN", "PROPN"}:
                return above if current.tag_ == "VBG" and above.dep_ in {"nsubj", "dobj"} else None
        if current.dep_ not in CLAUSAL:
            return None
        if current.dep_ == "xcomp" and above.lemma_ in _OBJECT_CONTROL:
            controlled = child(above, "dobj", "nsubjpass")
            if controlled is not None:
                return controlled
        if current.dep_ == "advcl" and _has_own_mark(current):
            return None
        current = above
    return None


def _issuer(paper: Token) -> Token | None:
    """Who speaks in "the ministry issued a statement saying": whoever issued it."""
    verb = paper.head
    if paper.dep_ != "dobj" or verb.lemma_ not in _ISSUING or paper.lower_ not in _ISSUED:
        return None
    return None if is_passive(verb) else subject_of(verb)


def _has_own_mark(clause: Token) -> bool:
    """A clause with a conjunction and no subject; "while urging" and "to ease" share theirs."""
    mark = child(clause, "mark")
    return mark is not None and not (clause.tag_ == "VBG" and mark.lower_ in _SHARING)


def _own_subject(verb: Token) -> Token | None:
    """The subject next to the verb, where the parser gave it two ("CAIRO (AP) - He said")."""
    own = [kid for kid in verb.children if kid.dep_ in SUBJECTS]
    before = [kid for kid in own if kid.i < verb.i]
    return before[-1] if before else (own[0] if own else None)


def subject_after_quote(verb: Token, first: int) -> Token | None:
    """The noun between a closing quotation mark and `verb`, whatever the parser made of it.

    `first` is the token after the mark.
    """
    for token in verb.doc[first : verb.i]:
        if token.pos_ in {"NOUN", "PROPN", "PRON"} and not first <= token.head.i < verb.i:
            return token
    return None


def outer_speaker(verb: Token, cue_forms: Container[str]) -> Token | None:
    """Who a ", adding that" at the end of a sentence belongs to.

    The parser hangs such participles on the nearest clause; when that clause is
    itself what somebody said, the one who said it goes on speaking.
    """
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or verb.left_edge.i == 0:
        return None
    if verb.doc[verb.left_edge.i - 1].text != ",":
        return None
    current = verb.head
    for _ in range(MAX_CLIMB):
        above = current.head
        if above is current:
            return None
        if current.dep_ == "ccomp" and above.lower_ in cue_forms and above.i < verb.i:
            own = _own_subject(above) or subject_of(above)
            return own if own is not None and own.lower_ not in RELATIVES else None
        if current.dep_ not in CLAUSAL:
            return None
        current = above
    return None


def subject_above(subject: Token) -> Token | None:
    """The subject of the nearest clause around the one `subject` belongs to; None at the top."""
    current = subject.head
    for _ in range(MAX_CLIMB):
        above = current.head
        if above is current or current.dep_ not in CLAUSAL:
            return None
        own = _own_subject(above)
        if own is not None and own is not subject and own.lower_ not in RELATIVES:
            return own
        current = above
    return None


def _antecedent(subject: Token, verb: Token) -> Token | None:
    if subject.lower_ in RELATIVES and verb.dep_ == "relcl":
        return verb.head
    return subject


def noun_phrase(head: Token, barrier: Token) -> tuple[int, int]:
    """The full source phrase of `head`: titles, appositions, short modifiers.

    A relative clause after a comma or dash, and whatever holds `barrier` (the
    cue), is left out. Returns a token range.
    """
    doc = head.doc
    start, end = head.left_edge.i, head.right_edge.i + 1
    for kid in head.children:
        holds = kid.left_edge.i <= barrier.i <= kid.right_edge.i
        if kid.i > head.i and kid.i < end:
            loose = kid.dep_ in {"relcl", "acl", "parataxis", "ccomp"} and _is_set_off(doc, kid)
            joined = kid.dep_ == "conj" and kid.pos_ in {"VERB", "AUX"}
            dated = kid.dep_ == "prep" and kid.right_edge.ent_type_ in {"DATE", "TIME"}
            if holds or loose or joined or dated or kid.dep_ == "nsubj":
                end = min(end, max(kid.left_edge.i, head.i + 1))
        elif holds:
            start = max(start, kid.right_edge.i + 1)
    if barrier.i < head.i:
        start = max(start, barrier.i + 1)
    elif start <= barrier.i < end:
        end = barrier.i
    while start < head.i and doc[start].lower_ in _SENTENCE_ADVERBS:
        start += 1 + (doc[start + 1].text == ",")
    # A crossing parse may put the barrier's side before the head: the head is always in.
    start = min(start, head.i)
    end = min(end, start + MAX_SOURCE_TOKENS)
    start, end = trim(doc, start, max(end, head.i + 1))
    # "residents who said": the relative pronoun is the source's too.
    for index in (end, end + 1):
        if index < barrier.i and doc[index].lower_ in {"who", "which", "that"}:
            clause = doc[index].head
            if clause == barrier or (barrier.dep_ == "conj" and barrier.head == clause):
                return start, index + 1
    return start, end


def _is_set_off(doc: Doc, token: Token) -> bool:
    left = token.left_edge.i
    return left > 0 and (doc[left - 1].text == "," or doc[left - 1].text in _DASHES)


def trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Cut commas, stops, spaces and lone marks from both ends of a range."""
    while start < end and (
        doc[start].is_space or doc[start].text in ",.;:)]" or _is_edge(doc, start)
    ):
        start += 1
    while end > start and (
        doc[end - 1].is_space or doc[end - 1].text in ",.;:([" or _is_edge(doc, end - 1)
    ):
        end -= 1
    return start, end


def _is_edge(doc: Doc, index: int) -> bool:
    return doc[index].text in _DASHES or doc[index].lower_ in {"and", "but", "or", "while"}


def is_finite(verb: Token) -> bool:
    """Whether a clause's head is finite: itself, or through an auxiliary."""
    if verb.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
        return True
    return any(
        kid.dep_ in {"aux", "auxpass", "cop"} and kid.tag_ in {"VBD", "VBZ", "VBP", "MD"}
        for kid in verb.children
    )


def is_negated(verb: Token) -> bool:
    """ "did not say", "refused to say", "declined to comment", "never said"."""
    if child(verb, "neg") is not None:
        return True
    above = verb.head
    return verb.dep_ == "xcomp" and above.lemma_ in {"decline", "refuse", "fail", "unable"}
