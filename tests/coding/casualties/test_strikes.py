import pytest

from marsad.coding.casualties.finder import find_figures
from marsad.coding.casualties.summary import is_hit


def read(nlp, text, **report):
    doc = nlp(text)
    doc._.report = report
    doc._.figures = find_figures(doc)
    return doc


def sums(doc):
    """Outcome, low and high of each figure; a part is marked with a +."""
    return [
        ("+" if f["subset_of"] is not None else "") + f"{f['outcome']} {f['low']}-{f['high']}"
        for f in doc._.figures
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Four people were hit, including a boy, when men fired at a bus.",
            ["injured 4-4", "+injured 1-1"],
        ),
        ("One officer was hit in the arm.", ["injured 1-1"]),
        ("Shots rang out, striking two men and a woman.", ["injured 2-2", "injured 1-1"]),
        ("A bullet hit a 12-year-old girl in the head.", ["injured 1-1"]),
        ("A stray round struck a farmer near the wall.", ["injured 1-1"]),
    ],
)
def test_people_hit_are_injured(base_nlp, text, expected):
    assert sums(read(base_nlp, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The town was hit hard by floods.",
        "Dozens of shops were hit.",
        "A rocket hit the Fox family's house.",
        "A drone hit a farmer's truck.",
        "A shell hit two villages and a bridge.",
        "The storm hit thousands of people along the coast.",
        "The twins were saved after their home was hit.",
        "The minister was hit with new charges.",
        "The scandal hit Adam Fox before the vote.",
    ],
)
def test_places_and_things_hit_are_nobody_injured(base_nlp, text):
    assert sums(read(base_nlp, text)) == []


def test_striking_workers_are_not_hit(base_nlp):
    assert sums(read(base_nlp, "Police arrested 30 striking miners.")) == ["detained 30-30"]


def test_those_hit_may_include_the_dead_unless_they_are_others(base_nlp):
    doc = read(base_nlp, "Five people were struck by gunfire. Three other men were shot.")
    assert [is_hit(doc, f) for f in doc._.figures] == [True, False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Detectives named a suspect in the double homicide.", ["killed 2-2"]),
        ("Police are investigating a quadruple shooting in the east.", ["injured 4-4"]),
        ("A triple fatal shooting shocked the town.", ["killed 3-3"]),
        # the sentence counts them itself
        (
            "A triple shooting left one man dead and two others wounded.",
            ["killed 1-1", "injured 2-2"],
        ),
    ],
)
def test_a_multiple_killing_counts_people(base_nlp, text, expected):
    assert sums(read(base_nlp, text)) == expected


def test_who_turns_a_gun_on_himself_is_a_dead_perpetrator(base_nlp):
    doc = read(base_nlp, "A man shot his wife before turning the gun on himself.")
    assert [(f["outcome"], f["group_kind"]) for f in doc._.figures] == [
        ("injured", "women"),
        ("killed", "perpetrators"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("An estimated 2,400 families fled the town.", ["displaced 2400-2400"]),
        ("The fighting forced thousands of people to flee.", ["displaced 2000-None"]),
        ("Three gunmen fled the scene.", []),
        ("Fighters seized 30 villagers.", ["abducted 30-30"]),
        ("The rebels captured 18 soldiers and two tanks.", ["detained 18-18"]),
        ("Two soldiers were captured alive.", ["detained 2-2"]),
        ("Troops captured three villages and seized 40 rifles.", []),
        ("Rebels reported 24 guards killed and 12 captured.", ["killed 24-24", "detained 12-12"]),
        ("They took a group of students as hostages.", ["abducted 2-None"]),
        ("A group of 14 tourists was kidnapped.", ["abducted 14-14"]),
        ("Officers seized 12 kilos of cocaine.", []),
    ],
)
def test_people_are_driven_out_and_taken_but_things_are_not(base_nlp, text, expected):
    assert sums(read(base_nlp, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The shooting sent four people to the hospital.", ["injured 4-4"]),
        ("The attack put two guards in the hospital.", ["injured 2-2"]),
        ("He was rushed to hospital.", ["injured 1-1"]),
        ("She and her sister rushed the boys to the hospital.", []),
        ("A neighbour drove her to the hospital.", []),
        ("A woman is fighting for her life after the blast.", ["injured 1-1"]),
    ],
)
def test_who_is_taken_to_hospital_is_injured_and_who_takes_them_is_not(base_nlp, text, expected):
    assert sums(read(base_nlp, text)) == expected
