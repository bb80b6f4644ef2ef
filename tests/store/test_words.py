import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.store.words import MAX_WORD_LENGTH, MAX_WORDS, fold_words, holds_phrases, read_phrases


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Syria's army", "SYRIA ARMY"),
        ("al-Bāb", "Al Bab"),
        ("Khirbet al-Ma'zah", "khirbet al mazah"),
        ("Khirbat al-Maʿzah", "khirbat al-mazah"),
        ("Đakovica and Łódź", "dakovica and lodz"),
        ("Straße", "STRASSE"),
        ("قُتِلَ", "قتل"),  # vowel signs
        ("قـــتل", "قتل"),  # stretched
        ("أحمد إدلب آخر", "احمد ادلب اخر"),
        ("مدينة", "مدينه"),
        ("مستشفى", "مستشفي"),
        ("القصف", "قصف"),  # the article
        ("والقصف بالقصف للقصف", "قصف قصف قصف"),
        ("١٤ قتيلا", "14 قتيلا"),
        ("Кыї\u0306в", "КЫІВ"),
        ("zero\u200dwidth \u202eright", "zerowidth right"),
    ],
)
def test_other_spellings_find_each_other(written, searched):
    assert fold_words(written) == fold_words(searched)


@pytest.mark.parametrize("word", ["الله", "بالون", "والي"])
def test_what_only_looks_like_an_article_stays(word):
    assert fold_words(word)[0] == word


def test_different_words_stay_different():
    assert fold_words("killed") != fold_words("kill")
    assert fold_words("حلب") != fold_words("حمص")


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ("two words", [["two"], ["words"]]),
        ('"two words" third', [["two", "words"], ["third"]]),
        ("“two words”", [["two", "words"]]),
        ('"not closed', [["not", "closed"]]),
        ("one* NEAR(two) -three", [["one"], ["near"], ["two"], ["three"]]),
        ('"" ?! \x00', []),
    ],
)
def test_a_query_is_words_and_phrases(typed, phrases):
    assert read_phrases(typed) == phrases


def test_a_phrase_stands_together():
    words = fold_words("three farmers killed near Goma")
    assert holds_phrases(words, read_phrases('"killed near" farmers'))
    assert not holds_phrases(words, read_phrases('"farmers near"'))
    assert not holds_phrases(words, read_phrases("?"))


def test_long_words_and_texts_are_cut():
    assert len(fold_words("x" * 10_000)[0]) == MAX_WORD_LENGTH
    assert len(fold_words("word " * (MAX_WORDS + 5))) == MAX_WORDS


@given(st.text())
def test_folded_words_hold_nothing_that_a_query_could_stumble_on(text):
    words = fold_words(text)
    assert all(words)
    assert not any(c.isspace() or c in "\"'\\\x00" for word in words for c in word)
