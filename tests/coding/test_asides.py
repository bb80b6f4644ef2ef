"""Asides: what a sentence only brings in lends neither its date nor its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from marsad.coding.asides import aside_at
from marsad.coding.times.finder import find_times


def aside_words(nlp: Language, text: str) -> list[str]:
    """The words of all asides of `text`, each aside once."""
    doc = nlp(text)
    doc._.report = {"published": "2024-12-26"}
    doc._.times = find_times(doc)
    found = {aside for token in doc if (aside := aside_at(doc, token.i)) is not None}
    return [doc[a.start : a.end].text for a in sorted(found, key=lambda a: a.start)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Rebels shot two guards on Tuesday, a day after a bomb killed ten in Hama.",
            ["a day after a bomb killed ten in Hama."],
        ),
        (
            "The assault broke the calm since the fall of the city in August.",
            ["since the fall of the city in August."],
        ),
        (
            "The worst violence since rebels took the port in May, a riot left two dead.",
            ["since rebels took the port in May"],
        ),
        (
            "The army ran operations there, including a raid in July, a spokesman said.",
            ["including a raid in July"],
        ),
        (
            "The attack was in revenge for the capture of a leader on June 27.",
            ["revenge for the capture of a leader on June 27."],
        ),
        (
            "The blast came months after the army killed the leader in Marawi.",
            ["after the army killed the leader in Marawi."],
        ),
        (
            "The ambush followed the killing of five rebels in Sulu on October 3.",
            ["followed the killing of five rebels in Sulu on October 3."],
        ),
        (
            "It was similar to an attack in August that killed 21 people.",
            ["similar to an attack in August that killed 21 people."],
        ),
    ],
)
def test_an_aside_is_its_clause(base_nlp, text, words):
    assert aside_words(base_nlp, text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Shelling has killed 40 people since Sunday.",
        "The two sides have traded fire since October 7.",
        "Shells killed 12 people, including two boys, in the town on Tuesday.",
        "Ten people died after gunmen attacked a village on Tuesday.",
        "Two days after the raid, soldiers burned huts.",
        "Soldiers followed the rebels into a village and killed ten on Monday.",
        "The ambush was followed by clashes in June.",
    ],
)
def test_the_events_own_words_are_no_aside(base_nlp, text):
    assert aside_words(base_nlp, text) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from("since after , . including a week July the revenge".split())))
def test_any_order_of_words_gives_ordered_asides(base_nlp, words):
    doc = base_nlp(" ".join(words))
    doc._.report = {"published": "2024-12-26"}
    doc._.times = find_times(doc)
    for token in doc:
        aside = aside_at(doc, token.i)
        assert aside is None or aside.start <= token.i < aside.end
