import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.grouping import b_cubed, ceaf_e, conll, muc, score_grouping

GROUPING = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 4), min_size=1)


def test_b_cubed_of_a_known_case():
    # Bagga and Baldwin's example in small: two groups of two merged into one.
    gold = {"a": 1, "b": 1, "c": 2, "d": 2}
    found = {"a": 1, "b": 1, "c": 1, "d": 1}
    precision, recall, f1 = b_cubed(gold, found)
    assert (precision, recall) == (0.5, 1.0)
    assert f1 == pytest.approx(2 / 3)


def test_ceaf_of_a_known_case():
    gold = {"a": 1, "b": 1, "c": 2, "d": 2}
    found = {"a": 1, "b": 1, "c": 1, "d": 1}
    # One found group can be matched to one gold group only: 2*2/(2+4) = 2/3.
    assert ceaf_e(gold, found) == pytest.approx(2 * (2 / 3) * (1 / 3) / (2 / 3 + 1 / 3))


@given(GROUPING)
def test_a_perfect_grouping_scores_one(gold):
    renamed = {item: f"g{group}" for item, group in gold.items()}
    assert conll(gold, renamed) == pytest.approx(1.0)


@given(GROUPING, st.randoms())
def test_scores_stay_between_nothing_and_all(gold, rng):
    found = {item: rng.randint(0, 3) for item in gold}
    for score in (muc(gold, found), *b_cubed(gold, found), ceaf_e(gold, found)):
        assert 0 <= score <= 1 + 1e-9


def test_groupings_over_other_items_are_refused():
    with pytest.raises(ValueError, match="'b'"):
        b_cubed({"a": 1}, {"a": 1, "b": 1})


def test_the_interval_of_a_perfect_grouping_is_a_point():
    score = score_grouping("B-cubed F1", "b-cubed", [("a", 1), ("a", 1), ("b", 2), ("c", 3)])
    assert (score.value, score.low, score.high) == (1.0, 1.0, 1.0)
