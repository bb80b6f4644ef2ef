"""Asides: old or standing matters told beside the news, which no word above them marks.

Reads   doc._.triggers, doc._.times, the readings so far, the parse.
Writes  nothing; returns readings, some of them made historical.

"the anniversary of the bombing that killed six": what is told of a past event is past. "The arrest
triggered a war": an event named again. "violating the ceasefire": an agreement that stands, and is
not made here. "since 8 October, a day after gunmen attacked": a date reckoned from an old one.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from marsad.coding.mentions import ModalityReading, Trigger
from marsad.coding.modality.cues import load_cues
from marsad.coding.modality.mood import read_mood
from marsad.coding.once import lower_text
from marsad.coding.parse import is_parsed
from marsad.coding.sentences import sentence_bounds
from marsad.coding.times.choice import attached_time_of, own_time_of
from marsad.coding.times.hosts import MAX_CLIMB
from marsad.records import Modality

REAL = frozenset({"asserted", "alleged"})
# An event named again with "the" is looked for in so many tokens before it.
RECALL_TOKENS = 60
# Reasons that speak of a kind of event, and so say nothing of what hangs on it.
_GENERAL = ("habit", "in general", "again and again")
_PAST_NOUN = frozenset({"relcl", "acl"})
_UNITS = re.compile(r"(?:day|week|month|hour|year)s?")
_DEFINITE = frozenset({"the", "that", "this", "those", "these"})


def read_asides(doc: Doc, readings: list[ModalityReading]) -> list[ModalityReading]:
    """`readings` with "historical" for what belongs to an old event or a standing agreement."""
    heads = {int(t["head"]): index for index, t in enumerate(doc._.triggers)}
    old = _old_times(doc, readings)
    text = lower_text(doc)
    judged = any(word in text for word in _JUDGED)
    for index, trigger in enumerate(doc._.triggers):
        head = int(trigger["head"])
        if readings[index]["modality"] not in REAL or not 0 <= head < len(doc):
            continue
        found = _beside_news(doc, old[index]) if index in old else None
        if found is None and is_parsed(doc[head]):
            found = (
                _sentenced(doc[head])
                or (_of_the_accused(doc, trigger) if judged else None)
                or _reckoned_from_old(doc, trigger)
                or _standing_agreement(doc, trigger)
                or _of_old_event(doc, readings, heads, doc[head])
                or _named_again(doc, readings, index)
            )
        if found is not None:
            readings[index] = found
    return readings


def _past(token: Token, reason: str) -> ModalityReading:
    return ModalityReading(modality="historical", cue=[token.i, token.i + 1], reason=reason)


def _sentenced(token: Token) -> ModalityReading | None:
    """ "a man jailed for killing two": what a court did to somebody who is only described."""
    if token.tag_ != "VBN" or token.dep_ not in _PAST_NOUN:
        return None
    cues = load_cues().governing("verbs", token.lemma_.lower())
    if not any(cue.finding == "court-strong" for cue in cues):
        return None
    return _past(token, f'a court matter: "{token.text}"')


def _of_the_accused(doc: Doc, trigger: Trigger) -> ModalityReading | None:
    """ "found a man guilty of murdering", "has been accused of burning homes and killing men".

    Read off the words: the parser often hangs the second deed elsewhere.
    """
    token = doc[trigger["head"]]
    if token.tag_ not in {"VBG", "NN", "NNS"}:
        return None
    start, _ = sentence_bounds(doc, token.i)
    of = False
    for at in range(token.i - 1, max(start, token.i - _CHARGE_REACH) - 1, -1):
        word = doc[at]
        if word.lower_ in _JUDGED and of:
            break
        if word.tag_ in {"VBD", "VBZ", "VBP", "WP", "WRB", "WDT"} or word.text in ";:":
            return None
        of = of or word.lower_ == "of"
    else:
        return None
    if word.lower_ != "accused":
        return _past(word, f'a court matter: "{word.text}"')
    own = own_time_of(doc, trigger)
    perfect = at - 2 >= start and doc[at - 1].lower_ == "been" and doc[at - 2].lower_ in _HAVE
    if perfect and own is None:
        return _past(word, "spoken of in general: accused of it before")
    return None


_CHARGE_REACH = 14
_JUDGED = frozenset({"guilty", "convicted", "acquitted", "accused"})
_HAVE = frozenset({"has", "have", "'ve", "long", "repeatedly", "often"})


def _old_times(doc: Doc, readings: list[ModalityReading]) -> dict[int, int]:
    """The old times that stand on triggers, where another event is dated within the last weeks."""
    spans = [
        sentence_bounds(doc, time["start"]) for time in doc._.times if time["role"] == "background"
    ]
    if not spans:
        return {}
    old: dict[int, int] = {}
    for index, trigger in enumerate(doc._.triggers):
        if any(low <= trigger["head"] < high for low, high in spans):
            own = attached_time_of(doc, trigger)
            if own is not None and doc._.times[own]["role"] == "background":
                old[index] = own
    return old if old and _has_news(doc, readings) else {}


def _has_news(doc: Doc, readings: list[ModalityReading]) -> bool:
    for trigger, reading in zip(doc._.triggers, readings, strict=True):
        if reading["modality"] in REAL and 0 <= trigger["head"] < len(doc):
            own = attached_time_of(doc, trigger)
            if own is not None and doc._.times[own]["role"] == "event":
                return True
    return False


def _beside_news(doc: Doc, own: int) -> ModalityReading:
    """An event of over a month ago, in a report with fresh ones, is their background."""
    start = doc._.times[own]["start"]
    return _past(doc[start], "dated in the past, beside fresh news")


def _reckoned_from_old(doc: Doc, trigger: Trigger) -> ModalityReading | None:
    """ "since 8 October, a day after gunmen attacked": as old as the date it is reckoned from."""
    token = doc[trigger["head"]]
    start, _ = sentence_bounds(doc, token.i)
    for at in range(token.i - 1, start, -1):
        if doc[at].lower_ in {"after", "before"}:
            break
    else:
        return None
    if not _UNITS.fullmatch(doc[at - 1].lower_):
        return None
    comma = at - 1
    while comma > start and doc[comma].text != ",":
        comma -= 1
    if at - comma > _MAX_SPAN or any(doc[i].pos_ == "VERB" for i in range(comma, at)):
        return None
    for time in doc._.times:
        if time["role"] == "background" and 0 <= comma - time["end"] <= 1:
            return _past(doc[time["start"]], "dated in the past: reckoned from an old date")
    return None


_MAX_SPAN = 6


def _standing_agreement(doc: Doc, trigger: Trigger) -> ModalityReading | None:
    """A ceasefire or peace deal that nobody makes in its clause: it stands, or is talked of."""
    if trigger["event_type"] != "agreement":
        return None
    token = doc[trigger["head"]]
    if token.pos_ not in {"NOUN", "PROPN"}:
        return None
    making = load_cues().making
    for _ in range(MAX_CLIMB):
        above = token.head
        if above.i == token.i or token.lemma_.lower() in making:
            return None
        if above.lemma_.lower() in making:
            mood = next(iter(read_mood(above, trigger)), None)
            if mood is not None and mood.finding in _UNDONE:
                return ModalityReading(
                    modality=_UNDONE[mood.finding],
                    cue=[mood.token, mood.token + 1],
                    reason=mood.reason,
                )
        related = [above, *(c for c in above.children if c.dep_ in _PART_OF_PREDICATE)]
        if any(word.lemma_.lower() in making for word in related):
            return None
        modifiers = (c for c in token.children if c.dep_ in {"amod", "acl", "compound", "relcl"})
        if any(word.lemma_.lower() in making for word in modifiers):
            return None
        if above.pos_ in {"VERB", "AUX"}:
            return _past(above, "an agreement that is spoken of, not made here")
        token = above
    return None


_UNDONE: dict[str, Modality] = {
    "hypothetical": "hypothetical", "planned": "planned", "denied": "denied",
}  # fmt: skip
_PART_OF_PREDICATE = frozenset({"xcomp", "dobj", "prep", "attr", "acomp"})


def _of_old_event(
    doc: Doc, readings: list[ModalityReading], heads: dict[int, int], token: Token
) -> ModalityReading | None:
    """What is told in a clause of a past event, or of the event by a verb of its past."""
    above = token
    while above.dep_ == "conj" and above.head.i < above.i:
        above = above.head
    owner: Token | None = None
    if above.dep_ in _PAST_NOUN:
        owner = above.head
    elif token.dep_ in {"nsubj", "nsubjpass"}:
        owner = token.head
    else:
        subjects = (c for c in above.children if c.dep_ == "nsubj" and c.pos_ == "NOUN")
        owner = next((noun for noun in subjects if noun.i in heads), above)
    index = heads.get(owner.i) if owner is not None else None
    if owner is None or index is None or readings[index]["modality"] != "historical":
        return None
    reason = readings[index]["reason"]
    if any(sign in reason for sign in _GENERAL):
        return None
    own = own_time_of(doc, doc._.triggers[heads[token.i]]) if token.i in heads else None
    verbal = above.dep_ not in _PAST_NOUN
    if verbal and owner.pos_ != "NOUN" and not ("total" in reason or "toll" in reason):
        return None
    if own is not None and verbal and doc._.times[own]["role"] == "event":
        return None
    return _past(owner, f'of "{owner.text}", which is dated in the past')


def _named_again(doc: Doc, readings: list[ModalityReading], index: int) -> ModalityReading | None:
    """ "the July arrest ... The arrest": an event of the past that the next sentence names."""
    token = doc[doc._.triggers[index]["head"]]
    if token.pos_ != "NOUN" or not any(c.lower_ in _DEFINITE for c in token.children):
        return None
    own = own_time_of(doc, doc._.triggers[index])
    if own is not None and doc._.times[own]["role"] == "event":
        return None
    stem = token.lemma_.lower()
    past: Token | None = None
    for before in range(index):
        head = int(doc._.triggers[before]["head"])
        if not 0 <= head < token.i or doc[head].lemma_.lower() != stem:
            continue
        if readings[before]["modality"] != "historical":
            return None
        reason = readings[before]["reason"]
        near = token.i - head <= RECALL_TOKENS and not any(sign in reason for sign in _GENERAL)
        past = doc[head] if near else None
    return _past(past, "the past event named before") if past is not None else None
