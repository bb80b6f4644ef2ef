"""Governors: the words an event hangs on, and what they say as cues.

Reads   the dependency parse.
Writes  nothing.
Never   reads a word's own negation or auxiliaries: see modality_mood.

Relations: "obj" (object or passive subject), "subj", "that" (clause or gerund), "inf", "purpose"
(an infinitive beside the clause), "compound", "conj", "attr", "prep:of" ... or the parser's label.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from marsad.coding.mentions import Trigger
from marsad.coding.modality.cues import Cue, ModalityCues, Site, allows, load_cues
from marsad.coding.times.hosts import MAX_CLIMB


def step_up(token: Token) -> tuple[Token, Token, str, Token | None] | None:
    """(child, governor, relation, preposition between) one step above; None at the root."""
    governor = token.head
    if governor.i == token.i:
        return None
    dep = token.dep_
    if dep in {"pobj", "pcomp"} or (governor.pos_ == "ADP" and dep not in {"conj", "cc"}):
        between = governor
        while between.head.pos_ == "ADP" and between.head.i != between.i:
            between = between.head
        if between.head.i == between.i:
            return None
        return token, _prep_governor(between, governor), f"prep:{governor.lower_}", governor
    infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)
    relation = {
        "dobj": "obj", "nsubjpass": "obj", "attr": "attr", "oprd": "that", "ccomp": "that",
        "csubj": "that", "csubjpass": "that", "compound": "compound", "nmod": "compound",
        "amod": "compound", "nsubj": "subj", "conj": "conj", "pcomp": "that", "acomp": "that",
    }.get(dep, dep)  # fmt: skip
    if dep in {"xcomp", "acl", "advcl", "ccomp", "oprd"}:
        relation = "inf" if infinitive else {"xcomp": "that"}.get(dep, relation)
    if infinitive and dep == "advcl":
        relation = "purpose"
    if dep == "relcl" and infinitive:
        relation = "inf"  # "the operation to arrest him"
    elif dep == "relcl" and governor.lemma_.lower() in load_cues().claims and _opens_that(token):
        relation = "acl"  # "the report that they attacked", misread
    return token, governor, relation, None


def _opens_that(verb: Token) -> bool:
    """Whether "that" opens the clause without being its subject."""
    return any(c.lower_ == "that" and c.dep_ != "nsubj" for c in verb.children)


def _prep_governor(preposition: Token, nearest: Token) -> Token:
    """What the preposition hangs on; the verb, where the parse has "convicted [men of theft]"."""
    governor = preposition.head
    verb = governor.head
    if governor.dep_ == "dobj" and verb.pos_ == "VERB":
        cues = load_cues()
        only = f"prep:{nearest.lower_}"
        for cue in cues.governing("verbs", verb.lemma_.lower()):
            if cue.only == only or (cue.finding.startswith("court") and only in COURT_PREPS):
                return verb
    return governor


def find_governing(governor: Token, relation: str, child: Token, cues: ModalityCues) -> list[Cue]:
    """The cues of `governor` that hold for a child in this relation."""
    lemma = governor.lemma_.lower()
    pos = governor.pos_
    if relation in {"relcl", "advcl", "conj", "appos", "parataxis"}:
        if relation in {"relcl", "conj"}:
            return []
        found = [*cues.governing("verbs", lemma)] if pos == "VERB" else []
        return [cue for cue in found if cue.finding == "court-strong"]
    if relation == "subj":
        return _predicate_cues(governor, cues)
    sites: tuple[Site, ...] = ("nouns",) if pos in {"NOUN", "PROPN"} else ("verbs", "adjectives")
    if relation == "attr":
        return []
    if pos == "VERB" and (governor.tag_ != "VBN" or relation == "obj"):
        sites = ("verbs",)  # "it is set to fall", not "they set off a bomb"
    found = [cue for site in sites for cue in cues.governing(site, lemma)]
    particle = next((c.lower_ for c in governor.children if c.dep_ == "prt"), None)
    if particle is not None and pos == "VERB":
        found = [*cues.governing("verbs", f"{lemma} {particle}"), *found]
    if relation == "purpose":
        return [cue for cue in found if cue.only == "to" or (pos == "NOUN" and cue.only is None)]
    if pos in {"NOUN", "PROPN"} and relation in {"prep:in", "prep:by", "prep:at", "prep:during"}:
        found = [cue for cue in found if cue.only == relation]
    if pos == "VERB" and relation.startswith("prep:"):
        found = [
            cue
            for cue in found
            if cue.only == relation
            or (cue.finding.startswith("court") and cue.only is None and relation in COURT_PREPS)
        ]
    if pos == "VERB" and relation == "obj":
        # "sentenced the killer", "jailed": only what is tried is in the court's scope.
        found = [cue for cue in found if not cue.finding.startswith("court")]
    if relation == "inf" and (has_means(governor, cues) or _was_able(governor)):
        return []
    return [cue for cue in found if allows(cue, relation, child.lemma_.lower())]


def has_means(verb: Token, cues: ModalityCues) -> bool:
    """ "deployed tear gas to disperse": the object of the verb does the deed."""
    return any(c.dep_ == "dobj" and c.lemma_.lower() in cues.means for c in verb.children)


def _was_able(word: Token) -> bool:
    """ "was able to reach", "had been able to": it was done."""
    if word.lower_ != "able":
        return False
    verb = word.head
    return verb.tag_ == "VBD" or any(c.lower_ in {"had", "was", "were"} for c in verb.children)


COURT_PREPS = frozenset(
    {"prep:for", "prep:of", "prep:over", "prep:with", "prep:to", "prep:on", "prep:in"}
)


def _predicate_cues(verb: Token, cues: ModalityCues) -> list[Cue]:
    """ "an attack is likely": the adjective governs the subject."""
    if verb.lemma_ not in {"be", "seem", "remain", "look", "appear"}:
        return []
    return [
        cue
        for child in verb.children
        if child.dep_ in {"acomp", "attr"}
        and child.pos_ == "ADJ"
        and not any(c.dep_ == "xcomp" for c in child.children)  # "the toll is likely to rise"
        for cue in cues.governing("adjectives", child.lemma_.lower())
        if cue.only is None
    ]


def carries(governor: Token, relation: str, cues: ModalityCues) -> bool:
    """Whether `governor` only says that the event took place ("carried out", "wave of")."""
    lemma = governor.lemma_.lower()
    if governor.pos_ in {"VERB", "AUX"}:
        if lemma == "be":
            described = any(c.dep_ in {"acomp", "attr"} for c in governor.children)
            return relation in {"attr", "that"} or (relation == "subj" and not described)
        if relation.startswith("prep:"):
            return lemma in _CARRIES_BY_PREP and relation in _CARRIED_PREPS
        return lemma in cues.carrier_verbs and relation in {"obj", "subj", "attr"}
    if relation in {"prep:of", "compound"}:
        return lemma in cues.carrier_nouns
    return relation in {"acl", "that"} and lemma in cues.claims  # "the report that they attacked"


_CARRIED_PREPS = frozenset({"prep:out", "prep:in", "prep:to", "prep:into", "prep:with"})
_CARRIES_BY_PREP = frozenset(
    {"engage", "participate", "result", "lead", "turn", "take", "erupt", "break", "resort", "carry",
     "explode", "escalate", "degenerate", "descend", "culminate", "join", "end"}
)  # fmt: skip


def full_path(doc: Doc, trigger: Trigger) -> set[int]:
    """Tokens that carry the event's occurrence: its head, carriers, and verbs it is content of."""
    cues = load_cues()
    token = doc[trigger["head"]]
    path = {token.i}
    for _ in range(MAX_CLIMB):
        step = step_up(token)
        if step is None:
            break
        _, governor, relation, _ = step
        if not (carries(governor, relation, cues) or relation in {"that", "inf", "conj"}):
            break
        token = governor
        path.add(token.i)
    return path
