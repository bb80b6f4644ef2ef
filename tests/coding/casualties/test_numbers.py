import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.coding.casualties.numbers import (
    Count,
    find_counts,
    read_count,
    scan_counts,
    vague_policies,
)
from marsad.errors import CountError


@pytest.mark.parametrize(
    ("phrase", "low", "high", "qualifier"),
    [
        ("three people", 3, 3, "exact"),
        ("1,200 displaced", 1200, 1200, "exact"),
        ("twenty-three", 23, 23, "exact"),
        ("one hundred and four", 104, 104, "exact"),
        ("two hundred fifty", 250, 250, "exact"),
        ("three thousand five hundred", 3500, 3500, "exact"),
        ("1.2 million people", 1_200_000, 1_200_000, "exact"),
        ("a hundred", 100, 100, "exact"),
        ("a dozen", 12, 12, "exact"),
        ("half a dozen", 6, 6, "exact"),
        ("two dozen soldiers", 24, 24, "exact"),
        ("no casualties", 0, 0, "none"),
        ("nobody", 0, 0, "none"),
        ("2000 people", 2000, 2000, "exact"),
        ("at least 12", 12, None, "at-least"),
        ("more than 40", 40, None, "at-least"),
        ("no fewer than 30", 30, None, "at-least"),
        ("upwards of a hundred", 100, None, "at-least"),
        ("20 or more", 20, None, "at-least"),
        ("up to 10", 0, 10, "at-most"),
        ("as many as nine", 0, 9, "at-most"),
        ("fewer than 10", 0, 9, "at-most"),  # strictly below
        ("no more than 10", 0, 10, "at-most"),
        ("about 50", 50, 50, "about"),
        ("some 40", 40, 40, "about"),
        ("nearly 40", 30, 40, "about"),
        ("almost 6,000", 5000, 6000, "about"),
        ("just under 50", 40, 50, "about"),
        ("nearly 250", 240, 250, "about"),
        ("an unknown number of people", 2, None, "vague"),
        ("12 or so", 12, 12, "about"),
        ("between 10 and 15", 10, 15, "range"),
        ("10 to 15", 10, 15, "range"),
        ("10-15", 10, 15, "range"),
        ("10–15", 10, 15, "range"),
        ("four or five", 4, 5, "range"),
        ("at least 30 and up to 50", 30, 50, "range"),
        ("dozens", 24, None, "vague"),
        ("several", 3, None, "vague"),
        ("several hundred", 300, None, "vague"),
        ("a few dozen", 36, None, "vague"),
        ("scores of people", 40, None, "vague"),
        ("hundreds of people", 200, None, "vague"),
        ("tens of thousands", 20_000, None, "vague"),
        ("a handful of men", 3, None, "vague"),
    ],
)
def test_count_keeps_the_uncertainty_of_the_phrase(phrase, low, high, qualifier):
    count = read_count(phrase)
    assert count == Count(low, high)
    assert count.qualifier == qualifier


@pytest.mark.parametrize(
    "phrase",
    [
        "1998",
        "in 2014",
        "aged 23",
        "aged 25, 32 and 51",
        "a 23-year-old",
        "9 p.m.",
        "9:30",
        "12 hours",
        "30 km",
        "14th",
        "3 percent",
        "3%",
        "$5",
        "40 dollars",
        "2-1",
        "555-1234",
        "October 7",
        "7 October",
        "1.200",
        "Flight 17",
        "number 4",
        "a third",
        "no longer",
        "nothing here",
        "",
    ],
)
def test_count_refuses_what_counts_nobody(phrase):
    with pytest.raises(CountError):
        read_count(phrase)


def test_the_error_names_the_words():
    with pytest.raises(CountError, match="1998"):
        read_count("1998")


def test_tokens_are_read_as_well_as_text():
    assert read_count(["At", "least", "14", "soldiers"]) == Count(14, None)


def test_vague_words_follow_the_named_policy():
    assert read_count("dozens", policy="acled-2024") == Count(12, None)
    assert read_count("dozens", policy="airwars") == Count(12, 24)


def test_an_unknown_policy_is_refused_with_the_known_ones():
    with pytest.raises(CountError, match="marsad-vague-1"):
        read_count("dozens", policy="mine")


def test_every_policy_reads_every_vague_word():
    for policy in vague_policies():
        for word in ("several", "dozens", "scores of", "hundreds", "thousands", "a few", "many"):
            assert read_count(word, policy=policy).low >= 2


def test_counts_are_found_with_their_hedges(base_nlp):
    doc = base_nlp.make_doc("At least 14 soldiers and two to three guards left at 9 p.m. on 3 May.")
    found = find_counts(doc)
    assert [doc[f.start : f.end].text for f in found] == ["At least 14", "two to three"]


def test_line_breaks_inside_a_phrase_do_not_split_it(base_nlp):
    doc = base_nlp.make_doc("ABOUT\n50 MEN")
    assert [f.count for f in find_counts(doc)] == [Count(50, 50)]


@given(st.integers(min_value=0, max_value=9999))
def test_plain_numbers_with_a_noun_are_read_as_they_stand(number):
    assert read_count(f"{number:,} people") == Count(number, number)


@given(st.lists(st.text(max_size=12), max_size=30))
def test_any_words_are_scanned_without_error_and_in_order(words):
    found = scan_counts([word.lower() for word in words])
    ends = [0, *(f.end for f in found)]
    assert all(end <= f.start < f.end <= len(words) for end, f in zip(ends, found, strict=False))
    assert all(f.count.high is None or f.count.low <= f.count.high for f in found)
