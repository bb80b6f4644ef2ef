"""Agreement: the numbers of the papers, and what must hold whatever people answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.workflow.agreement import (
    cohens_kappa,
    disagreements,
    krippendorffs_alpha,
    measure_agreement,
)


def table(rows):
    """Pairs of answers from a table of counts: rows one person's, columns the other's."""
    return [
        (str(i), str(j)) for i, row in enumerate(rows) for j, n in enumerate(row) for _ in range(n)
    ]


def units(*rows):
    """What each thing got, from a line of answers for each person; a dot is none."""
    return [[a for a in unit if a != "."] for unit in zip(*(r.split() for r in rows), strict=True)]


@pytest.mark.parametrize(
    ("rows", "kappa"),
    [
        # Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, table 18.1.
        ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.676),
        ([[20, 5], [10, 15]], 0.4),
        ([[45, 15], [25, 15]], 0.1304),  # alike as often as the next one, by other margins
        ([[25, 35], [5, 35]], 0.2593),
        ([[0, 5], [5, 0]], -1.0),
        ([[7, 0], [0, 3]], 1.0),
    ],
)
def test_kappa_is_that_of_the_worked_examples(rows, kappa):
    assert cohens_kappa(table(rows)) == pytest.approx(kappa, abs=0.0005)


@pytest.mark.parametrize(
    ("answers", "alpha"),
    [
        # Krippendorff 2011, "Computing Krippendorff's alpha-reliability": A, B and C.
        (units("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095),
        (units("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692),
        (
            units(
                "1 2 3 3 2 1 4 1 2 . . .",
                "1 2 3 3 2 2 4 1 2 5 . 3",
                ". 3 3 3 2 3 4 2 2 5 1 .",
                "1 2 3 3 2 4 4 1 2 5 1 .",
            ),
            0.743,
        ),
    ],
)
def test_alpha_is_that_of_the_worked_examples(answers, alpha):
    assert krippendorffs_alpha(answers) == pytest.approx(alpha, abs=0.0005)


@pytest.mark.parametrize("pairs", [[], [("same", "same")] * 4])
def test_where_chance_has_no_room_there_is_no_number(pairs):
    assert cohens_kappa(pairs) is None
    assert krippendorffs_alpha(pairs) is None


PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=30)
UNITS = st.lists(st.lists(st.sampled_from("abcd"), max_size=5), max_size=20)


@given(PAIRS)
def test_kappa_is_the_same_either_way_round_and_lies_within_its_bounds(pairs):
    kappa = cohens_kappa(pairs)
    assert kappa == pytest.approx(cohens_kappa([(b, a) for a, b in pairs]))
    assert kappa is None or -1 <= kappa <= 1
    if kappa is not None and all(a == b for a, b in pairs):
        assert kappa == 1


@given(UNITS, st.randoms(use_true_random=False))
def test_alpha_hangs_on_no_order_and_no_names(answers, chance):
    alpha = krippendorffs_alpha(answers)
    mixed = [chance.sample(unit, len(unit)) for unit in chance.sample(answers, len(answers))]
    named = [[{"a": "x", "b": "y", "c": "z", "d": "w"}[a] for a in unit] for unit in mixed]
    assert krippendorffs_alpha(named) == pytest.approx(alpha)
    assert alpha is None or -1 <= alpha <= 1 + 1e-9


@given(UNITS)
def test_things_that_one_person_judged_do_not_move_alpha(answers):
    alone = [unit for unit in answers if len(unit) >= 2] + [["a"], ["b"], []]
    assert krippendorffs_alpha(alone) == pytest.approx(krippendorffs_alpha(answers))


def test_two_get_a_kappa_and_three_an_alpha_beside_it():
    answers = {
        "p": {"Ana": "same", "Ben": "same", "Cem": "same"},
        "q": {"Ana": "same", "Ben": "different"},
        "r": {"Ana": "different", "Cem": "different"},
        "s": {"Ben": "same"},
    }
    found = {(a.measure, a.people): a for a in measure_agreement(answers)}
    assert found["kappa", ("Ana", "Ben")].items == 2
    assert found["kappa", ("Ana", "Cem")].value == 1
    assert found["kappa", ("Ben", "Cem")].value is None
    assert found["alpha", ("Ana", "Ben", "Cem")].items == 3
    assert found["alpha", ("Ana", "Ben", "Cem")].same == 2
    assert "few" in found["kappa", ("Ana", "Cem")].words
    assert disagreements(answers) == ["q"]


def test_who_judged_nothing_in_common_has_no_agreement():
    assert measure_agreement({"p": {"Ana": "same"}, "q": {"Ben": "same"}}) == []
