import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.coding.casing import restore_case


def restore(text):
    words = text.split()
    return " ".join(restore_case(words, [i == 0 for i in range(len(words))]))


def test_capitals_become_words_and_names():
    text = "TWO SOLDIERS WERE KILLED IN SOYAPANGO BY GUERRILLAS OF THE FARABUNDO FRONT"
    assert (
        restore(text)
        == "Two soldiers were killed in Soyapango by guerrillas of the Farabundo front"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GUERRILLAS OF THE FMLN ATTACKED A POST", "Guerrillas of the FMLN attacked a post"),
        ("THE SHINING PATH BOMBED TWO BANKS", "The Shining Path bombed two banks"),
        ("U.S. OFFICIALS CAME ON 6 MARCH 1990", "U.S. officials came on 6 March 1990"),
        ("SOLDIERS MARCH ON THE CAPITAL TODAY", "Soldiers march on the capital today"),
        ("THE KIDNAPPINGS WERE CONDEMNED IN LIMA", "The kidnappings were condemned in Lima"),
        ("HE SAID I SAW 20 KM OF BURNT ROAD", "He said I saw 20 km of burnt road"),
        (
            "THE RURITANIAN LIBERATION FRONT AND A FRONT OF COLD AIR",
            "The Ruritanian Liberation Front and a front of cold air",
        ),
        ("A GROUP [ XYZA ] AND XYZA MEN FLED", "A group [ XYZA ] and XYZA men fled"),
    ],
)
def test_names_and_acronyms_keep_their_capitals(text, expected):
    assert restore(text) == expected


def test_mixed_case_is_left_alone():
    text = "Two soldiers of the FMLN were killed in Soyapango"
    assert restore(text) == text


def test_a_short_headline_in_capitals_is_left_alone():
    assert restore("WAR IN GAZA") == "WAR IN GAZA"


@given(st.lists(st.text(min_size=1, max_size=12), max_size=30))
def test_words_stay_as_many_as_they_were(words):
    assert len(restore_case(words, [False] * len(words))) == len(words)
