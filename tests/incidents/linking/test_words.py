import time

import pytest

from marsad.incidents.linking.words import find_names, weigh_words


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Ansgar Tholvik, 24, died at once.", "ansgar tholvik"),
        ("the 17-year-old Destiny Marlowe", "destiny marlowe"),
        ("He was identified as Mirela Osztrowska.", "mirela osztrowska"),
        ("the killing of Mirela Osztrowska", "mirela osztrowska"),
        ("Corporal Ansgar Tholvik, 24, was among the dead.", "ansgar tholvik"),
        ("Mirela Osztrowska was fatally shot", "mirela osztrowska"),
        ("Awni Adel al-Doush (50) was buried", "awni al-doush"),
        ("Mark Thorvaldsen Jr., 40, was hit", "mark thorvaldsen"),
    ],
)
def test_people_told_of_as_hit_are_found(text, person):
    assert find_names(text).harmed == {person}


@pytest.mark.parametrize(
    "text",
    [
        "Police Chief Ansgar Tholvik visited the school.",
        "the shooting of Orvenholt Street",
        "On Monday, 24 people died. In March, 17 more.",
        "Gaza City, 24 km away",
    ],
)
def test_offices_streets_and_days_are_no_victims(text):
    assert not find_names(text).harmed


def test_who_speaks_is_no_victim():
    text = "Ansgar Tholvik, 24, said the road was closed."
    assert find_names(text, ["Ansgar Tholvik"]).harmed == frozenset()


def test_a_chief_stays_one_when_named_again():
    text = "Sheriff Ansgar Tholvik spoke. Ansgar Tholvik took office in May."
    assert not find_names(text).harmed | find_names(text).other


def test_names_that_no_list_knows_weigh_most():
    terms = weigh_words("Israeli jets hit Zeltweg on Monday, police said; the bakery of 1998")
    assert terms["zeltweg"] > terms["israeli"] > terms["monday"] > 0
    assert "police" not in terms
    assert 0 < terms["bakery"] < terms["zeltweg"]


@pytest.mark.parametrize("text", ["A" * 300_000, "Aa " * 100_000, "A. " * 100_000, "a-" * 150_000])
def test_hostile_text_costs_no_more_than_its_length(text):
    started = time.perf_counter()
    find_names(text)
    weigh_words(text)
    assert time.perf_counter() - started < 5
