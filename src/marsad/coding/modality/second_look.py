"""Second looks: readings that the walk up the parse cannot settle alone.

Reads   doc._.attributions, doc._.triggers, the parse.
Writes  nothing; returns readings.

"Soldiers killed six men, the group alleged": the verb that alleges stands after the
clause, or behind a "by". "The group often claims responsibility for attacks": a habit.
"The bomb failed to explode": what goes for the verb goes for the bomb.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from marsad.coding.attribution.verbs import is_habit
from marsad.coding.mentions import AttributionMention, ModalityReading
from marsad.coding.modality.cues import load_cues

# Blame takes the deed for granted and alleges only who did it.
_BLAMING = frozenset({"blame", "fault", "attribute", "ascribe", "hold", "credit"})
# The reason given for events that somebody is accused of having only staged.
STAGED = "said to be staged"
# The lemmatizer has "stag" for "staging".
_STAGING = frozenset(
    {"stage", "stag", "fake", "fabricate", "concoct", "invent", "forge", "falsify"}
)
_MAIN = frozenset({"ROOT", "ccomp", "conj", "parataxis", "pcomp"})


def share_allegations(doc: Doc, readings: list[ModalityReading]) -> list[ModalityReading]:
    """`readings` with "alleged" for what a source alleges after or around the clause."""
    alleging = [m for m in doc._.attributions if m["cue_type"] == "alleges"]
    if not alleging:
        return readings
    for index, reading in enumerate(readings):
        head = int(doc._.triggers[index]["head"])
        if reading["modality"] != "asserted" or not 0 <= head < len(doc):
            continue
        token = doc[head]
        if token.pos_ != "VERB" or token.dep_ not in _MAIN:
            continue
        if any(_alleges(doc, mention, token) for mention in alleging):
            cue = next(m["cue"] for m in alleging if _alleges(doc, m, token))
            reason = f'"{doc[cue[0]].text}" puts it as alleged'
            readings[index] = ModalityReading(modality="alleged", cue=list(cue), reason=reason)
    return readings


def _alleges(doc: Doc, mention: AttributionMention, token: Token) -> bool:
    cue = doc[mention["cue"][0]]
    if cue.lemma_.lower() in _BLAMING:
        return False
    held = any(low <= token.i < high for low, high in mention["content"])
    inserted = cue.i > token.i
    return held and (inserted or token.dep_ == "pcomp")


def read_habits(doc: Doc, readings: list[ModalityReading]) -> list[ModalityReading]:
    """`readings` with "historical" for deeds that somebody habitually, or also, claims."""
    for index, trigger in enumerate(doc._.triggers):
        head = int(trigger["head"])
        if readings[index]["modality"] != "asserted" or not 0 <= head < len(doc):
            continue
        verb = _claiming_verb(doc[head])
        if verb is not None and is_habit(verb):
            reason = f'"{verb.text}" of other deeds, or as a habit'
            readings[index] = ModalityReading(
                modality="historical", cue=[verb.i, verb.i + 1], reason=reason
            )
    return readings


def read_stagings(doc: Doc, readings: list[ModalityReading]) -> list[ModalityReading]:
    """`readings` with "denied" for "accused them of staging the attack", one told before.

    "Accused of staging an attack" is a plain accusation: the event is new there.
    """
    for index, trigger in enumerate(doc._.triggers):
        head = int(trigger["head"])
        if readings[index]["modality"] not in _OPEN or not 0 <= head < len(doc):
            continue
        noun = doc[head]
        verb = noun.head
        if noun.dep_ != "dobj" or verb.lemma_.lower() not in _STAGING:
            continue
        known = any(c.lower_ in {"the", "this", "that", "these"} for c in noun.children)
        above = verb.head.head if verb.dep_ == "pcomp" else verb.head
        if known and (above.lemma_.lower() in _ACCUSING or verb.lemma_.lower()[:4] != "stag"):
            readings[index] = ModalityReading(
                modality="denied", cue=[verb.i, verb.i + 1], reason=f'"{verb.text}": {STAGED}'
            )
    return readings


_OPEN = frozenset({"asserted", "alleged"})
_ACCUSING = frozenset({"accuse", "blame", "suspect"})


def _claiming_verb(token: Token) -> Token | None:
    """The verb above "claim responsibility for [the attack]"."""
    preposition = token.head
    if token.dep_ != "pobj" or preposition.lower_ != "for":
        return None
    thing = preposition.head
    if thing.lower_ in {"responsibility", "credit"}:
        return thing.head if thing.dep_ == "dobj" else None
    return thing if thing.pos_ == "VERB" else None


def share_with_means(doc: Doc, readings: list[ModalityReading]) -> list[ModalityReading]:
    """`readings` in which a weapon, or a thing done to, goes with the verb it belongs to."""
    by_head = {
        int(trigger["head"]): readings[index]
        for index, trigger in enumerate(doc._.triggers)
        if readings[index]["modality"] != "asserted"
    }
    if not by_head:
        return readings
    for index, trigger in enumerate(doc._.triggers):
        head = int(trigger["head"])
        if readings[index]["modality"] != "asserted" or not 0 <= head < len(doc):
            continue
        token = doc[head]
        weapon = trigger["role"] == "means" or token.lemma_.lower() in load_cues().means
        thing = weapon or trigger["event_type"] == "movement"
        if not thing or token.pos_ not in {"NOUN", "PROPN"}:
            continue
        found = next((by_head[v.i] for v in _verbs_of(token) if v.i in by_head), None)
        if found is not None:
            readings[index] = found
    return readings


def _verbs_of(noun: Token) -> list[Token]:
    """The verb a noun is subject or object of, and what that verb governs or is governed by."""
    verb = noun.head
    if noun.dep_ == "pobj":
        verb = verb.head
    elif noun.dep_ not in {"nsubj", "nsubjpass", "dobj"}:
        return []
    below = [kid for kid in verb.children if kid.dep_ == "xcomp"] if noun.i < verb.i else []
    return [verb, *below]
