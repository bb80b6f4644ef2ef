"""The gate keeps what may matter and spares the rest."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.coding.relevance import relevant_sentences
from marsad.coding.sentences import mark_sentences

BLANK = spacy.blank("en")


def gate(text: str) -> list[bool]:
    return relevant_sentences(mark_sentences(BLANK(text)))


@pytest.mark.parametrize(
    "sentence",
    [
        "Gunmen killed four people.",
        "THE REBELS BLEW UP A BRIDGE.",
        "Protesters took to the streets of Tbilisi.",
        "At least 14 members of the security forces died.",
        "Dozens were wounded.",
        "The town fell to the militia.",
        "Troops were deployed to the border.",
        "A ceasefire was agreed.",
        "Two drones were shot down.",
    ],
)
def test_sentences_of_events_harm_and_dispute_pass(sentence):
    assert gate(sentence) == [True]


@pytest.mark.parametrize(
    "sentence",
    [
        "The ministry denied it.",
        "The footage is old, officials said.",
        "Nine people died.",
        "The toll may rise.",
    ],
)
def test_denial_dispute_and_harm_pass_in_a_report_that_tells_of_violence(sentence):
    text = f"Soldiers shelled the town. It rained. It was dark. It was late. {sentence}"
    assert gate(text) == [True, True, False, False, True]


@pytest.mark.parametrize(
    "text",
    [
        "The orchestra played Brahms. The hall was full. Tickets sold out early.",
        "Rain is expected in the south. Temperatures will drop at the weekend.",
        "The recipe needs two eggs. Stir the flour in slowly.",
        "The minister denied the claim. The video is false, he said.",
        "He set the table and opened the window. The couple took a walk in the park.",
    ],
)
def test_a_report_without_violence_is_not_parsed_at_all(text):
    assert not any(gate(text))


def test_the_sentences_around_a_hit_are_kept_for_context():
    text = (
        "The garden is green. The house is white. It is old. Soldiers shelled the town. "
        "It is an old town. The garden is green."
    )
    # The lead is kept too: it may hold the place and the day.
    assert gate(text) == [True, False, True, True, True, False]


def test_there_is_one_answer_a_sentence_and_none_for_an_empty_doc():
    assert gate("") == []
    doc = mark_sentences(BLANK("One. Two three.\n\nFour."))
    assert len(relevant_sentences(doc)) == len(list(doc.sents))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gets_one_flag_a_sentence(text):
    doc = mark_sentences(BLANK(text))
    assert len(relevant_sentences(doc)) == (len(list(doc.sents)) if len(doc) else 0)
