import pytest

from marsad.coding.casualties.finder import find_figures
from marsad.coding.casualties.numbers import Count
from marsad.coding.casualties.summary import summarise


def total(nlp, text, outcome="killed", **report):
    doc = nlp(text)
    doc._.report = report
    doc._.figures = find_figures(doc)
    return summarise(doc, outcome)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two soldiers and a child were killed in the shelling.", Count(3, 3)),
        ("14 people were killed, including three children.", Count(14, 14)),
        (
            "A man was shot dead on Monday. The victim was named as Adam Fox, 34. He died at once.",
            Count(1, 1),
        ),
        ("Dozens died in the blast. Officials later counted 41 dead.", Count(41, 41)),
        ("At least 12 people were killed. A second source said 15 were killed.", Count(12, 15)),
        ("Officials had earlier said nine people died. The toll is now 14.", Count(14, 14)),
        ("Officials had earlier said nine people died.", Count(9, 9)),
        ("Nobody was killed in the raid.", Count(0, 0)),
        ("The council met on Monday.", None),
    ],
)
def test_the_total_adds_groups_and_leaves_out_parts_and_repeats(base_nlp, text, expected):
    assert total(base_nlp, text) == expected


def test_background_is_left_out_of_the_total(base_nlp):
    text = "A shell killed two women. More than 40,000 people have been killed since October."
    assert total(base_nlp, text) == Count(2, 2)


def test_of_those_shot_the_dead_are_not_injured(base_nlp):
    text = "Five people were shot outside a bar on Sunday. Two of them died in hospital."
    assert total(base_nlp, text, "injured") == Count(3, 3)


def test_a_number_in_the_headline_comes_first(base_nlp):
    text = "A man was shot dead near the station, witnesses said."
    assert total(base_nlp, text, title="Two killed in station attack") == Count(2, 2)
