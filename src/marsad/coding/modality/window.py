"""Modality without a parse: cues in a window before the trigger.

Reads   lower-case words of the sentence.
Writes  nothing; returns clues like modality_scope.

Used for sentences that were not parsed and for text the parser could not read. A cue counts up to
`WINDOW` tokens before the event with no stop between; modifiers stand beside it.
"""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc

from marsad.coding.mentions import Trigger
from marsad.coding.modality.cues import Finding, load_cues
from marsad.coding.modality.mood import AUXILIARIES, NEGATIONS, Clue

WINDOW = 6
MODIFIER_WINDOW = 2
AUXILIARY_WINDOW = 4
STOPS = frozenset(
    {",", ";", ":", ".", "—", "–", "--", "but", "after", "before", "while", "which", "who", "and"}
)


def find_window_clues(doc: Doc, trigger: Trigger, start: int, end: int) -> list[Clue]:
    """The clues before `trigger` in doc[start:end], nearest first."""
    cues = load_cues()
    forms = _forms()
    clues: list[Clue] = []
    first = trigger["start"]
    for index in range(first - 1, max(start, first - WINDOW) - 1, -1):
        word = doc[index].lower_
        distance = first - index
        if word in STOPS:
            break
        if word in NEGATIONS and distance <= AUXILIARY_WINDOW:
            clues.append(Clue("denied", index, f'"{doc[index].text}" before it'))
        elif word == "no" and distance <= MODIFIER_WINDOW:
            kind: Finding = "zero" if trigger["role"] == "harm" else "denied"
            clues.append(Clue(kind, index, f'"{doc[index].text}" before it'))
        elif word in AUXILIARIES and distance <= AUXILIARY_WINDOW:
            clues.append(Clue(AUXILIARIES[word], index, f'"{doc[index].text}" before it'))
        elif word in cues.marks:
            clues.append(Clue("hypothetical", index, f'"{doc[index].text}" makes it a condition'))
        elif word in cues.modifiers and distance <= MODIFIER_WINDOW:
            clues.append(Clue(cues.modifiers[word], index, f'"{doc[index].text}" beside it'))
        elif word in forms:
            clues.append(Clue(forms[word], index, f'"{doc[index].text}" before it'))
    return clues


@cache
def _forms() -> dict[str, Finding]:
    """Word forms of the unrestricted and of the "to" and "of" cues; the first listing holds."""
    forms: dict[str, Finding] = {}
    cues = load_cues()
    for site in ("verbs", "nouns"):
        table = cues.verbs if site == "verbs" else cues.nouns
        for lemma, entries in table.items():
            cue = entries[0]
            if " " in lemma or cue.only in {"obj", "claim"}:
                continue
            stem = lemma[:-1] if lemma.endswith("e") else lemma
            made = [lemma, lemma + "s"]
            if site == "verbs":
                made += [stem + "ed", stem + "ing"]
                if lemma.endswith("y"):
                    made += [lemma[:-1] + "ied", lemma[:-1] + "ies"]
            for form in made:
                forms.setdefault(form, cue.finding)
    return forms
