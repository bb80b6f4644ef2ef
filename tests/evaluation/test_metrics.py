import pytest

from evaluation.metrics import (
    Counts,
    bootstrap,
    count_spans,
    hit,
    match_spans,
    score_f1,
    score_median,
    score_share,
    score_weighted_f1,
)


def test_f1_is_the_harmonic_mean():
    assert Counts(tp=6, fp=2, fn=4).f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)


def test_nothing_found_and_nothing_there_scores_zero_without_error():
    assert (Counts().precision, Counts().recall, Counts().f1) == (0, 0, 0)


def test_the_interval_holds_the_value_and_is_the_same_each_time():
    cases = [Counts(tp=1)] * 60 + [Counts(fn=1)] * 40
    low, high = bootstrap(cases, lambda c: c.recall)
    assert low < 0.6 < high
    assert (low, high) == bootstrap(cases, lambda c: c.recall)


def test_a_share_is_of_questions_not_of_rows():
    score = score_share("killed", [hit(True), hit(False), Counts(tp=2)])
    assert (score.n, score.value) == (4, 0.75)


def test_a_median_keeps_its_unit():
    score = score_median("distance", [1.0, 5.0, 900.0], "km")
    assert (score.value, score.unit) == (5.0, "km")


@pytest.mark.parametrize("score", [score_f1, score_share, score_weighted_f1])
def test_a_measure_without_rows_scores_zero(score):
    result = score("x", [])
    assert (result.n, result.value, result.low, result.high) == (0, 0, 0, 0)


def test_micro_f1_sums_before_it_divides():
    score = score_f1("x", [Counts(tp=1), Counts(tp=1, fp=2)])
    assert score.precision == 0.5


def test_weighted_f1_weighs_labels_by_their_gold_count():
    pairs = [("a", "a"), ("a", "a"), ("a", "b"), ("b", "b")]
    assert score_weighted_f1("t", pairs).value == pytest.approx(0.75 * 0.8 + 0.25 * 2 / 3)


def test_overlapping_spans_match_one_to_one_by_largest_overlap():
    assert match_spans([(0, 10)], [(8, 12), (1, 9)]) == [(0, 1)]


def test_touching_spans_do_not_overlap():
    assert count_spans([(0, 5)], [(5, 8)]) == Counts(tp=0, fp=1, fn=1)
