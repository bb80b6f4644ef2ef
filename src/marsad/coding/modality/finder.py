"""Modality: decide for each trigger whether its event is said to have happened.

Reads   doc._.triggers, doc._.times, doc._.attributions, the parse where there is one.
Writes  doc._.modalities: one ModalityReading for each trigger, in the same order.
Never   decides who says so (attribution) or whether it is true.

A plain statement of a source is asserted: "police said gunmen killed three". What outranks what:
an old date, a court matter or a running total makes an event historical; else the cue nearest to
the event decides, hearsay ("allegedly") only where no other cue stands.
"""

from __future__ import annotations

from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from marsad.coding.mentions import ModalityReading, Trigger
from marsad.coding.modality.asides import read_asides
from marsad.coding.modality.cues import load_cues
from marsad.coding.modality.governors import full_path
from marsad.coding.modality.historical import read_historical
from marsad.coding.modality.lookback import look_back
from marsad.coding.modality.mood import Clue
from marsad.coding.modality.phrases import Phrase, find_phrases, has_in_reach
from marsad.coding.modality.readings import make_reading
from marsad.coding.modality.scope import find_clues
from marsad.coding.modality.second_look import (
    read_habits,
    read_stagings,
    share_allegations,
    share_with_means,
)
from marsad.coding.modality.window import find_window_clues
from marsad.coding.modality.worlds import read_other_worlds
from marsad.coding.parse import is_parsed
from marsad.coding.sentences import sentence_bounds
from marsad.records import Modality

ORDER = frozenset({"denied", "threatened", "planned", "hypothetical", "alleged"})

# Second looks at all readings, in this order.
_LOOKS = (share_allegations, read_habits, read_stagings, share_with_means, read_asides)


@Language.factory(
    "marsad_modality",
    requires=["doc._.triggers", "doc._.times", "doc._.attributions"],
    assigns=["doc._.modalities"],
)
def make_modality(nlp: Language, name: str) -> ModalityReader:
    """The modality reader as a pipeline component."""
    return ModalityReader()


class ModalityReader:
    """Callable component around `read_modality`."""

    def __call__(self, doc: Doc) -> Doc:
        """Set doc._.modalities and return the doc."""
        heads = frozenset(trigger["head"] for trigger in doc._.triggers)
        readings = [read_modality(doc, trigger, heads) for trigger in doc._.triggers]
        readings = _share_hearsay(doc, readings)
        for look in _LOOKS:
            readings = look(doc, readings)
        doc._.modalities = read_other_worlds(doc, look_back(doc, readings))
        return doc


def _share_hearsay(doc: Doc, readings: list[ModalityReading]) -> list[ModalityReading]:
    """Give the second of two joined participles the hearsay of the first.

    "a video allegedly showing men burning the shrine, and killing two guards": the parser often
    hangs the second participle on another verb.
    """
    for index in range(1, len(readings)):
        head = doc[doc._.triggers[index]["head"]] if _is_inside(doc, index) else None
        if head is None or head.tag_ != "VBG" or readings[index]["modality"] != "asserted":
            continue
        if head.i == 0 or doc[head.i - 1].lower_ not in {"and", ","}:
            continue
        before = index - 1
        while before >= 0 and not _is_participle(doc, before):
            before -= 1
        if before < 0 or readings[before]["modality"] != "alleged":
            continue
        first = doc._.triggers[before]["head"]
        if not any(token.is_sent_start for token in doc[first + 1 : head.i + 1]):
            readings[index] = readings[before]
    return readings


def _is_inside(doc: Doc, index: int) -> bool:
    return 0 <= int(doc._.triggers[index]["head"]) < len(doc)


def _is_participle(doc: Doc, index: int) -> bool:
    return _is_inside(doc, index) and doc[doc._.triggers[index]["head"]].tag_ == "VBG"


def read_modality(doc: Doc, trigger: Trigger, heads: frozenset[int]) -> ModalityReading:
    """Whether the event of `trigger` is said to have happened, with the words that decide."""
    head = trigger["head"]
    if not 0 <= head < len(doc):
        return make_reading("asserted", [], "nothing says otherwise")
    if trigger["event_type"] == "threat":  # the words are said; the deed is not done
        return make_reading("threatened", [head, head + 1], "a threat in words")
    start, end = sentence_bounds(doc, head)
    phrases = find_phrases(doc, start, end)
    parsed = is_parsed(doc[head])
    clues = (
        find_clues(doc, trigger, heads) if parsed else find_window_clues(doc, trigger, start, end)
    )
    past = read_historical(doc, trigger, clues, phrases)
    if past is not None:
        return past
    clues += _phrase_clues(doc, trigger, phrases, parsed)
    if _is_question(doc, trigger, start, end, parsed):
        clues.append(Clue("hypothetical", end - 1, "a question"))
    told = [clue for clue in clues if clue.finding in ORDER]
    # The nearest word decides; hearsay only where nothing else does. A denial of hearsay stands.
    firm = [clue for clue in told if clue.finding != "alleged"]
    for clue in firm or told:
        return make_reading(cast(Modality, clue.finding), [clue.token, clue.token + 1], clue.reason)
    zero = next((clue for clue in clues if clue.finding == "zero"), None)
    if zero is not None:
        return make_reading("asserted", [zero.token, zero.token + 1], zero.reason)
    return make_reading("asserted", [], "nothing says otherwise")


def _phrase_clues(doc: Doc, trigger: Trigger, phrases: list[Phrase], parsed: bool) -> list[Clue]:
    """The phrases before the event that have it in scope."""
    table = load_cues().phrases
    path = full_path(doc, trigger) if parsed else {trigger["head"]}
    clues: list[Clue] = []
    for phrase in phrases:
        modality = table.get(phrase.text)
        if modality is None or modality == "historical":
            continue
        if has_in_reach(doc, phrase, path, parsed):
            clues.append(Clue(modality, phrase.start, f'"{phrase.text}"'))
    return clues


def _is_question(doc: Doc, trigger: Trigger, start: int, end: int, parsed: bool) -> bool:
    """Whether the event itself is asked for, not only spoken of in a question."""
    if not any(doc[index].text == "?" for index in range(max(start, end - 3), end)):
        return False
    asked = doc[start].lower_ in _QUESTION_WORDS or doc[start].tag_ == "MD"
    asked = asked or trigger["role"] == "harm"
    return not parsed or asked or any(doc[i].dep_ == "ROOT" for i in full_path(doc, trigger))


_QUESTION_WORDS = frozenset({"what", "would", "could", "will", "if"})
