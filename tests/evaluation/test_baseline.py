from datetime import date

import pytest

from evaluation import baseline


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Police said three men were killed at a bar.", 3),
        ("The blast killed 1,200 people.", 1200),
        ("A woman died of her wounds.", 1),
        ("Nothing happened to the 12 of them.", 0),
    ],
)
def test_the_number_nearest_to_a_word_of_harm_counts(text, killed):
    assert baseline.count_harmed(text, "killed") == killed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It happened on May 3, 2019, in the north.", date(2019, 5, 3)),
        ("It happened on 3 MAY 89 there.", date(1989, 5, 3)),
        ("It happened on Monday.", date(2020, 6, 15)),
        ("It happened on Dec. 30.", date(2019, 12, 30)),  # not after the publication
        ("It happened on February 30, 2020.", None),
        ("It happened.", None),
    ],
)
def test_the_first_date_or_weekday_counts(text, found):
    assert baseline.find_date(text, date(2020, 6, 17)) == found


def test_a_weekday_needs_a_publication_date():
    assert baseline.find_date("On Monday it happened.", None) is None


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("A suicide bomber struck.", "suicide-bombing"),
        ("Warplanes bombed the market.", "air-strike"),
        ("Thousands rallied in the square.", "peaceful-protest"),
        ("The committee adjourned.", None),
    ],
)
def test_the_type_is_that_of_the_first_keyword(text, event_type):
    assert baseline.find_event_type(text) == event_type


def test_speech_is_found_before_and_after_the_speaker():
    text = 'Ana Perez said the road was closed. "It is safe," said Li Wei.'
    found = [(text[a:b], text[c:d]) for (a, b), (c, d), _ in baseline.find_speech(text)]
    assert found == [("Ana Perez", "said"), ("Li Wei", "said")]
