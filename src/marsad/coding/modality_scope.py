"""Which words have an event in their scope: the walk up the parse from the trigger.

Reads   the dependency parse.
Writes  nothing; returns the findings of modality on the way, nearest first.
Never   looks at dates, courts apart: see modality.

The walk goes from the trigger's head to the root. While the event's own occurrence is at stake
(reach "full") each word on the way may tell of it, by its negation, auxiliaries, condition and
adverbs (its mood) or as a governor (a cue such as "deny", "plan to", "risk of"). Past a word that
takes the event for granted ("condemned the attack") only courts are looked for (reach "court").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from marsad.coding.mentions import Trigger
from marsad.coding.modality_cues import Cue, Finding, ModalityCues, Site, allows, load_cues
from marsad.coding.time_hosts import MAX_CLIMB, load_hosts

AUXILIARIES: dict[str, Finding] = {
    "will": "planned", "shall": "planned", "'ll": "planned", "’ll": "planned", "wo": "planned",
    "would": "hypothetical", "'d": "hypothetical", "’d": "hypothetical", "could": "hypothetical",
    "might": "hypothetical", "may": "hypothetical", "can": "hypothetical", "ca": "hypothetical",
    "must": "hypothetical", "should": "hypothetical", "ought": "hypothetical",
}  # fmt: skip
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "nor"})
NOBODY = frozenset({"nobody", "none", "nothing", "neither", "one-no"})
# Prepositions that tie an outcome to its event: the mood of one holds for the other.
TIES = frozenset({"in", "by", "during", "from", "as", "amid", "with"})
GRANTED = frozenset({"relcl", "appos", "poss"})


@dataclass(frozen=True)
class Clue:
    """One finding: what it says, the token that says it, and a sentence for the reviewer."""

    finding: Finding
    token: int
    reason: str
    governs: bool = False  # a governing word, not a modifier


@dataclass
class _Walk:
    """Where the walk stands."""

    token: Token
    reach: str = "full"
    ties: bool = False  # past a tie: negation no longer holds


def find_clues(doc: Doc, trigger: Trigger, heads: frozenset[int]) -> list[Clue]:
    """The clues in whose scope `trigger` stands, nearest first.

    `heads` are the heads of all triggers, so that events in compounds ("bomb attack") are known.
    """
    cues = load_cues()
    walk = _Walk(doc[trigger["head"]])
    clues = list(_mood(walk, trigger, cues))
    for _ in range(MAX_CLIMB):
        step = _step_up(walk.token)
        if step is None:
            break
        child, governor, relation, between = step
        clues.extend(_climb(walk, trigger, child, governor, relation, between, clues, cues, heads))
        if walk.reach == "stop":
            break
    return _settle(clues)


def full_path(doc: Doc, trigger: Trigger) -> set[int]:
    """Tokens that carry the event's occurrence: its head, carriers, and verbs it is content of."""
    cues = load_cues()
    token = doc[trigger["head"]]
    path = {token.i}
    for _ in range(MAX_CLIMB):
        step = _step_up(token)
        if step is None:
            break
        _, governor, relation, _ = step
        if not (_carries(governor, relation, cues) or relation in {"that", "inf", "conj"}):
            break
        token = governor
        path.add(token.i)
    return path


def _step_up(token: Token) -> tuple[Token, Token, str, Token | None] | None:
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
            if cue.only == only or (cue.finding.startswith("court") and only in _COURT_PREPS):
                return verb
    return governor


def _climb(
    walk: _Walk,
    trigger: Trigger,
    child: Token,
    governor: Token,
    relation: str,
    between: Token | None,
    clues: list[Clue],
    cues: ModalityCues,
    heads: frozenset[int],
) -> Iterator[Clue]:
    """Move `walk` to `governor` and give what that step says."""
    full = walk.reach == "full"
    walk.token = governor
    if relation == "conj":
        yield from _past_conjunction(walk, trigger, child, full, cues)
        return
    if full and between is not None and between.lower_ == "without":
        yield Clue("denied", between.i, '"without" takes the event away')
    governed = _governs(governor, relation, child, cues)
    for cue in governed:
        if cue.finding in {"court-strong", "court-weak"}:
            yield Clue(cue.finding, governor.i, f'a court matter: "{governor.text}"')
        elif full:
            yield from _governor_clue(cue, child, governor, clues, trigger, cues)
    if not full:
        if relation == "that" and governor.lower_ in load_hosts()["say"] and not governed:
            walk.reach = "stop"
        return
    if relation == "purpose" and not governed:
        yield from _purpose(trigger, child, governor, cues)
        walk.reach = "court"
        return
    own = [cue for cue in governed if not cue.finding.startswith("court")]
    if relation == "inf" and governor.lemma_.lower() in cues.attempts:
        if trigger["role"] == "harm":
            yield Clue("hypothetical", governor.i, f'"{governor.text}": an attempt, not an outcome')
    if own or _carries(governor, relation, cues) or relation in {"that", "inf"}:
        if relation in GRANTED or relation == "advcl":
            walk.reach = "court"
        elif relation == "that" and child.dep_ == "ccomp":
            yield from _content_mood(walk, trigger, cues)
            if governor.lower_ in load_hosts()["say"] and not own:
                walk.reach = "court"
        elif not own or own[0].finding in {"alleged", "hypothetical", "planned"}:
            yield from _mood(walk, trigger, cues, governing=relation in {"that", "inf"} or bool(own))
    elif relation == "compound" and governor.i in heads:
        yield from _mood(walk, trigger, cues)
    elif between is not None and between.lower_ in TIES and governor.i in heads:
        walk.ties = True
        yield from _mood(walk, trigger, cues)
    elif relation == "subj" and _is_open(child):
        yield from (clue for clue in _mood(walk, trigger, cues) if clue.finding != "denied")
        walk.reach = "court"
    else:
        walk.reach = "court"


def _past_conjunction(
    walk: _Walk, trigger: Trigger, child: Token, full: bool, cues: ModalityCues
) -> Iterator[Clue]:
    """From a second conjunct to the first: shared mood holds, an own subject ends it."""
    own = any(c.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass", "expl"} for c in child.children)
    if child.pos_ in {"VERB", "AUX"} and own:
        walk.reach = walk.reach if full else "stop"
        return
    if full:
        turned = any(c.dep_ == "cc" and c.lower_ in {"but", "yet"} for c in walk.token.children)
        for clue in _mood(walk, trigger, cues):
            if clue.finding != "denied" or not turned:
                yield clue


def _governs(governor: Token, relation: str, child: Token, cues: ModalityCues) -> list[Cue]:
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
            or (cue.finding.startswith("court") and cue.only is None and relation in _COURT_PREPS)
        ]
    if pos == "VERB" and relation == "obj":
        # "sentenced the killer", "jailed": only what is tried is in the court's scope.
        found = [cue for cue in found if not cue.finding.startswith("court")]
    if relation == "inf" and (_has_means(governor, cues) or _was_able(governor)):
        return []
    return [cue for cue in found if allows(cue, relation, child.lemma_.lower())]


def _has_means(verb: Token, cues: ModalityCues) -> bool:
    """ "deployed tear gas to disperse": the object of the verb does the deed."""
    return any(c.dep_ == "dobj" and c.lemma_.lower() in cues.means for c in verb.children)


def _was_able(word: Token) -> bool:
    """ "was able to reach", "had been able to": it was done."""
    if word.lower_ != "able":
        return False
    verb = word.head
    return verb.tag_ == "VBD" or any(c.lower_ in {"had", "was", "were"} for c in verb.children)


_COURT_PREPS = frozenset({"prep:for", "prep:of", "prep:over", "prep:with", "prep:to", "prep:on", "prep:in"})


def _predicate_cues(verb: Token, cues: ModalityCues) -> list[Cue]:
    """ "an attack is likely": the adjective governs the subject."""
    if verb.lemma_ not in {"be", "seem", "remain", "look", "appear"}:
        return []
    return [
        cue
        for child in verb.children
        if child.dep_ in {"acomp", "attr"} and child.pos_ == "ADJ"
        and not any(c.dep_ == "xcomp" for c in child.children)  # "the toll is likely to rise"
        for cue in cues.governing("adjectives", child.lemma_.lower())
        if cue.only is None
    ]


def _governor_clue(
    cue: Cue,
    child: Token,
    governor: Token,
    clues: list[Clue],
    trigger: Trigger,
    cues: ModalityCues,
) -> Iterator[Clue]:
    """The clue of a governing cue, turned round by a negation on it."""
    lemma = governor.lemma_.lower()
    word = governor.text
    negated = _negation(governor)
    if cue.finding == "denied" and clues and clues[-1].token == child.i:
        if child.lemma_.lower() in cues.preventers and clues[-1].finding == "hypothetical":
            clues.pop()  # "failed to prevent the attack"
            return
    if negated is None:
        yield Clue(cue.finding, governor.i, f'"{word}" puts it as {cue.finding}', governs=True)
    elif cue.finding == "denied":
        yield Clue("alleged", governor.i, f'"{negated.text} {word}": not denied, not affirmed')
    elif lemma in cues.preventers:
        return  # "could not stop the attack": it took place
    elif cue.finding != "historical":
        yield Clue("denied", negated.i, f'"{negated.text} {word}": not even {cue.finding}')


def _carries(governor: Token, relation: str, cues: ModalityCues) -> bool:
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


def _is_open(noun: Token) -> bool:
    """A subject not presented as known: "any attack would", "attacks could", "an attack will"."""
    return noun.pos_ in {"NOUN", "PROPN"} and not any(
        c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ not in {"a", "an", "any", "no", "some"})
        for c in noun.children
    )


def _negation(verb: Token) -> Token | None:
    """The word that negates `verb`, or that negates its subject; None if there is none."""
    for child in verb.children:
        if child.dep_ == "neg" or (child.lower_ in NEGATIONS and child.dep_ in {"advmod", "preconj"}):
            following = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
            if following not in {"only", "just", "merely", "least"}:
                return child
    return None


def _mood(
    walk: _Walk, trigger: Trigger, cues: ModalityCues, *, governing: bool = False
) -> Iterator[Clue]:
    """What the token's own children say: negation, auxiliaries, condition, adverbs."""
    token = walk.token
    if token.pos_ in {"VERB", "AUX"}:
        yield from _verb_mood(walk, trigger, cues, governing)
    for child in token.children:
        word = child.lower_
        found = cues.modifiers.get(word)
        if found is None or child.dep_ not in _MODIFYING:
            continue
        if found == "denied":
            if child.dep_ == "det" and token.pos_ in {"NOUN", "PROPN"} and not walk.ties:
                yield _no_event(trigger, child)
            continue
        if governing and found == "historical":
            continue
        yield Clue(found, child.i, f'"{child.text}" on "{token.text}"')


_MODIFYING = frozenset({"amod", "advmod", "compound", "nmod", "det", "predet", "npadvmod", "acomp", "neg"})


def _content_mood(walk: _Walk, trigger: Trigger, cues: ModalityCues) -> Iterator[Clue]:
    """What a verb's own mood says of its "that" clause: hearsay and conditions, no negation."""
    for clue in _mood(walk, trigger, cues, governing=True):
        if clue.finding == "alleged" or walk.token.doc[clue.token].lower_ in cues.marks:
            yield clue


def _no_event(trigger: Trigger, word: Token) -> Clue:
    """ "no attack" denies; "no deaths" gives a figure of nought."""
    if trigger["role"] == "harm":
        return Clue("zero", word.i, f'"{word.text}" gives a figure of nought')
    return Clue("denied", word.i, f'"{word.text}" says that there was none')


def _verb_mood(
    walk: _Walk, trigger: Trigger, cues: ModalityCues, governing: bool
) -> Iterator[Clue]:
    token = walk.token
    negation = None if _only_describes(token, trigger) else _negation(token)
    if token.dep_ == "ROOT" and any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children):
        yield Clue("planned", token.i, '"to": ahead, as headlines put it')
    if negation is not None and not walk.ties:
        yield Clue("denied", negation.i, f'"{negation.text}" negates "{token.text}"')
    for child in token.children:
        word = child.lower_
        if child.dep_ in {"nsubj", "nsubjpass", "dobj"} and not walk.ties and not governing:
            nobody = _nobody(child)
            if nobody is None or child.i == trigger["head"]:
                continue
            if child.dep_ == "nsubjpass":
                yield Clue("zero", nobody.i, f'"{nobody.text}" gives a figure of nought')
            else:
                yield _no_event(trigger, nobody)
        elif child.dep_ in {"aux", "auxpass"} and word in AUXILIARIES:
            yield from _auxiliary(token, child, governing, cues)
        elif child.dep_ == "aux" and word in {"had", "were"} and _is_inverted(token, child):
            yield Clue("hypothetical", child.i, f'"{child.text}" before its subject: a condition')
        elif child.dep_ in {"mark", "advmod"} and word in cues.marks:
            yield Clue("hypothetical", child.i, f'"{child.text}" makes it a condition')


def _is_inverted(verb: Token, auxiliary: Token) -> bool:
    """ "Had the bomb exploded": auxiliary, subject, verb in a clause of its own."""
    return verb.dep_ == "advcl" and any(
        child.dep_ in {"nsubj", "nsubjpass"} and auxiliary.i < child.i < verb.i
        for child in verb.children
    )


def _only_describes(verb: Token, trigger: Trigger) -> bool:
    """ "this was no random attack", "the violence is not unusual": negated is what is said of it."""
    if verb.lemma_ != "be" or verb.i == trigger["head"]:
        return False
    for child in verb.children:
        if child.dep_ == "acomp":
            return True
        if child.dep_ == "attr" and any(c.dep_ == "amod" for c in child.children):
            return not any(c.dep_ == "expl" for c in verb.children)
    return False


def _nobody(noun: Token) -> Token | None:
    """The word that empties a subject or object: "no one", "none", "neither side"."""
    if noun.lower_ in NOBODY:
        return noun
    for child in noun.children:
        if child.dep_ in {"det", "neg"} and child.lower_ in {"no", "neither"}:
            following = child.nbor(1) if child.i + 1 < len(child.doc) else child
            return None if following.like_num else child  # "vehicle no 85"
    return None


def _auxiliary(
    verb: Token, auxiliary: Token, governing: bool, cues: ModalityCues
) -> Iterator[Clue]:
    """A modal verb: hearsay about the past, a plan, a threat, or a mere possibility."""
    word = auxiliary.lower_
    perfect = any(c.dep_ in {"aux", "auxpass"} and c.lower_ == "have" for c in verb.children)
    if word in {"may", "might", "must"} and perfect:
        yield Clue("alleged", auxiliary.i, f'"{auxiliary.text} have": not certain')
        return
    found = AUXILIARIES[word]
    if word in {"'d", "’d"} and verb.tag_ != "VB":
        return  # "they'd attacked"
    said_by = verb.head if verb.dep_ in {"ccomp", "xcomp", "conj"} and verb.head.i != verb.i else None
    if found == "planned" or word == "would":
        if said_by is not None and said_by.lemma_.lower() in cues.threatening:
            yield Clue("threatened", auxiliary.i, f'"{said_by.text}" ... "{auxiliary.text}"')
            return
        if word == "would" and not perfect and said_by is not None and said_by.lower_ in load_hosts()["say"]:
            yield Clue("planned", auxiliary.i, f'"{auxiliary.text}": announced, not done')
            return
    if verb.lemma_ in {"hear", "see", "feel"} and word in {"can", "could"}:
        return  # "could be heard": it was
    if governing and word in {"can", "ca", "could"} and _negation(verb) is None:
        return  # "could be seen attacking"
    yield Clue(found, auxiliary.i, f'"{auxiliary.text}" leaves it open')


def _purpose(
    trigger: Trigger, verb: Token, governor: Token, cues: ModalityCues
) -> Iterator[Clue]:
    """ "deployed to arrest": a purpose is not a deed, unless the means already are the deed."""
    went_on = governor.lemma_ == "go" and any(
        c.lower_ in {"on", "far"} for c in governor.children
    )
    if verb.lemma_.lower() in cues.outcomes or _has_means(governor, cues):
        return
    if went_on or governor.lemma_.lower() in cues.done_purposes or trigger["event_type"] == "peaceful-protest":
        return
    yield Clue("planned", verb.i, f'a purpose of "{governor.text}", not said to be done')


def _settle(clues: list[Clue]) -> list[Clue]:
    """Without doubles: the first clue of each kind, in order."""
    seen: set[Finding] = set()
    kept: list[Clue] = []
    for clue in clues:
        if clue.finding not in seen:
            seen.add(clue.finding)
            kept.append(clue)
    return kept
