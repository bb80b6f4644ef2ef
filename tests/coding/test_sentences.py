import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from marsad.coding.sentences import is_hard_wrapped, mark_sentences

NLP = spacy.blank("en")


def split(text):
    return [s.text.strip() for s in mark_sentences(NLP(text)).sents]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Two men died. Three fled.", ["Two men died.", "Three fled."]),
        ("Gen. Abdul Rahim spoke. He left.", ["Gen. Abdul Rahim spoke.", "He left."]),
        ("Lt. Col. J. R. Diaz was shot.", ["Lt. Col. J. R. Diaz was shot."]),
        ("The U.S. Army left St. Louis.", ["The U.S. Army left St. Louis."]),
        (
            "The senator, R-Ky., spoke. He left.",
            ["The senator, R-Ky., spoke.", "He left."],
        ),
        ("It hit the U.S. The army knew.", ["It hit the U.S.", "The army knew."]),
        ('"We will win." He left.', ['"We will win."', "He left."]),
        ("He said: “Fight!” They fought.", ["He said: “Fight!”", "They fought."]),
        ("At 5 p.m. on Jan. 3 it began.", ["At 5 p.m. on Jan. 3 it began."]),
        ("A toll of 3.5 percent fell.", ["A toll of 3.5 percent fell."]),
        ("Protest in Cali\n\nThousands came.", ["Protest in Cali", "Thousands came."]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("“Run!” she said. Then quiet.", ["“Run!” she said.", "Then quiet."]),
        ("Is it war? Yes.", ["Is it war?", "Yes."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text, sentences):
    assert split(text) == sentences


WRAPPED = """Guerrillas of the front attacked the barracks in the capital at dawn and
fought with troops for several hours before they withdrew towards the north
of the city, where residents saw columns of men crossing the river on foot
with their wounded. The army gave no toll."""


def test_lines_wrapped_by_hand_are_no_paragraphs():
    assert is_hard_wrapped(WRAPPED)
    assert len(split(WRAPPED)) == 2


def test_short_lines_are_paragraphs():
    assert not is_hard_wrapped("One man died.\nTwo fled.\nThree stayed.\nAll is quiet.")


@given(st.text(max_size=300))
def test_every_text_gets_sentences_that_cover_it(text):
    doc = mark_sentences(NLP(text))
    assert "".join(s.text_with_ws for s in doc.sents) == text if len(doc) else True
