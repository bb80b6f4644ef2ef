"""Readings that need who says so, or the verb beside the event."""

import pytest

from marsad.coding.pipeline import read_docs


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        # alleged after the clause, or by somebody behind a "by"
        ("The army killed nine villagers in Moura, the group alleged.", "killed", "alleged"),
        ("The militia was accused by elders of killing nine people.", "killing", "alleged"),
        ("The army killed nine villagers in Moura, the mayor said.", "killed", "asserted"),
        # blame takes the deed for granted
        ("The army blamed rebels for the bombing that killed nine.", "bombing", "asserted"),
        # deeds claimed as a habit, or other ones
        ("The group often claims responsibility for attacks on posts.", "attacks", "historical"),
        ("The rebels claimed responsibility for several attacks.", "attacks", "historical"),
        ("The rebels claimed responsibility for the attack in Goma.", "attack", "asserted"),
        # a weapon goes with its verb
        ("The bomb failed to explode.", "bomb", "denied"),
        ("The bomb would have killed hundreds of people.", "bomb", "hypothetical"),
        ("The bomb killed nine people.", "bomb", "asserted"),
        # a cause took place, whatever it may bring
        ("The bombing could trigger revenge attacks.", "bombing", "asserted"),
        ("The bombing could trigger revenge attacks.", "revenge", "hypothetical"),
    ],
)
def test_modality_by_the_words_further_off(nlp, text, word, modality):
    doc = next(read_docs(nlp, [(text, {"id": "r1", "published": "2024-05-09"})]))
    readings = [
        reading["modality"]
        for trigger, reading in zip(doc._.triggers, doc._.modalities, strict=True)
        if word in doc[trigger["start"] : trigger["end"]].text
    ]
    assert readings == [modality]
