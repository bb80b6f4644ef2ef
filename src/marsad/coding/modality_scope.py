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
from marsad.coding.modality_cues import Cue, Finding, ModalityCues, load_cues
from marsad.coding.modality_governors import carries, find_governing, has_means, step_up
from marsad.coding.modality_mood import Clue, find_negation, read_content_mood, read_mood
from marsad.coding.time_hosts import MAX_CLIMB, load_hosts

# Prepositions that tie an outcome to its event: the mood of one holds for the other.
TIES = frozenset({"in", "by", "during", "from", "as", "amid", "with"})
GRANTED = frozenset({"relcl", "appos", "poss"})


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
    clues = list(read_mood(walk.token, trigger, ties=walk.ties))
    for _ in range(MAX_CLIMB):
        step = step_up(walk.token)
        if step is None:
            break
        child, governor, relation, between = step
        clues.extend(_climb(walk, trigger, child, governor, relation, between, clues, cues, heads))
        if walk.reach == "stop":
            break
    return _settle(clues)


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
    governed = find_governing(governor, relation, child, cues)
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
    tried = relation == "inf" and governor.lemma_.lower() in cues.attempts
    if tried and trigger["role"] == "harm":
        yield Clue("hypothetical", governor.i, f'"{governor.text}": an attempt, not an outcome')
    if own or carries(governor, relation, cues) or relation in {"that", "inf"}:
        if relation in GRANTED or relation == "advcl":
            walk.reach = "court"
        elif relation == "that" and child.dep_ == "ccomp":
            yield from read_content_mood(walk.token, trigger)
            if governor.lower_ in load_hosts()["say"] and not own:
                walk.reach = "court"
        elif not own or own[0].finding in {"alleged", "hypothetical", "planned"}:
            yield from read_mood(
                governor,
                trigger,
                ties=walk.ties,
                governing=relation in {"that", "inf"} or bool(own),
            )
    elif relation == "compound" and governor.i in heads:
        yield from read_mood(walk.token, trigger, ties=walk.ties)
    elif between is not None and between.lower_ in TIES and governor.i in heads:
        walk.ties = True
        yield from read_mood(walk.token, trigger, ties=walk.ties)
    elif relation == "subj" and _is_open(child):
        yield from (
            clue
            for clue in read_mood(walk.token, trigger, ties=walk.ties)
            if clue.finding != "denied"
        )
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
        for clue in read_mood(walk.token, trigger, ties=walk.ties):
            if clue.finding != "denied" or not turned:
                yield clue


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
    negated = find_negation(governor)
    if cue.finding == "denied" and _is_prevented(clues, child, cues):
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


def _is_prevented(clues: list[Clue], child: Token, cues: ModalityCues) -> bool:
    """Whether the last clue is that `child` prevents the event."""
    last = clues[-1] if clues else None
    return (
        last is not None
        and (last.token, last.finding) == (child.i, "hypothetical")
        and child.lemma_.lower() in cues.preventers
    )


def _is_open(noun: Token) -> bool:
    """A subject not presented as known: "any attack would", "attacks could", "an attack will"."""
    return noun.pos_ in {"NOUN", "PROPN"} and not any(
        c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ not in {"a", "an", "any", "no", "some"})
        for c in noun.children
    )


def _purpose(trigger: Trigger, verb: Token, governor: Token, cues: ModalityCues) -> Iterator[Clue]:
    """ "deployed to arrest": a purpose is not a deed, unless the means already are the deed."""
    went_on = governor.lemma_ == "go" and any(c.lower_ in {"on", "far"} for c in governor.children)
    if verb.lemma_.lower() in cues.outcomes or has_means(governor, cues):
        return
    if (
        went_on
        or governor.lemma_.lower() in cues.done_purposes
        or trigger["event_type"] == "peaceful-protest"
    ):
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
