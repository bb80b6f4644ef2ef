"""Numbers of a whole, of its parts, and of several groups at once."""

import pytest

from marsad.coding.casualties.finder import find_figures
from marsad.coding.casualties.summary import mark_victims


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
        # the word tells which people are meant: all of them
        ("She was one of six people who were wounded.", ["injured 6-6"]),
        ("One of the five shooting victims spoke on Monday.", ["injured 5-5"]),
        # the word is said of the part alone
        ("Two of the seven hostages died.", ["killed 2-2"]),
        # both: those left are the wounded
        ("Two of the seven people shot have died.", ["injured 5-5", "killed 2-2"]),
        # one number for two nouns
        ("Gunmen kidnapped 87 women and children.", ["abducted 87-87"]),
        ("At least 20 women and children were killed.", ["killed 20-None"]),
        # the list goes on behind a part
        (
            "A strike killed 11 villagers, nine of them children, and a monk.",
            ["killed 11-11", "killed 1-1", "+killed 9-9"],
        ),
        (
            "20 people were killed, 19 of them women and children, and 7 others were injured.",
            ["killed 20-20", "injured 7-7", "+killed 19-19"],
        ),
        # his children are told of here first
        (
            "The driver, his wife and his children were injured.",
            ["injured 1-1", "injured 1-1", "injured 2-None"],
        ),
        ("Three soldiers were killed and others injured.", ["killed 3-3", "injured 2-None"]),
        ("One man was killed and another critically injured.", ["killed 1-1", "injured 1-1"]),
        (
            "A bomb went off, killing two people and seriously injuring another.",
            ["killed 2-2", "injured 1-1"],
        ),
        ("The raid killed three people and injured a fourth.", ["killed 3-3", "injured 1-1"]),
        ("A gunman killed two people and then himself.", ["killed 1-1", "killed 2-2"]),
        ("His mother and younger brother were dead.", ["killed 1-1", "killed 1-1"]),
        ("A child, 6 years old, was murdered.", ["killed 1-1"]),
        # harm that is not counted
        ("The shelling caused deaths and injuries.", ["killed 2-None", "injured 2-None"]),
        ("The raid caused an unknown number of injuries.", ["injured 2-None"]),
        ("She died of her injuries.", ["killed 1-1"]),
        # one number for two harms: how many of each is not said
        ("Strikes killed or wounded at least 20 civilians.", ["killed 1-None", "injured 1-None"]),
        ("Twenty soldiers were killed or wounded.", ["killed 1-19", "injured 1-19"]),
        ("Hundreds were killed and injured.", ["killed 2-None", "injured 2-None"]),
        ("Ten were killed and wounded 20 others.", ["killed 10-10", "injured 20-20"]),
        # parts without a number of their own
        ("12 civilians, all of them children and women, were killed.", ["killed 12-12"]),
        ("A strike killed a family of six people.", ["killed 6-6"]),
        ("Nine people, of whom four were women, were killed.", ["killed 9-9", "+killed 4-4"]),
        ("At least 150 and up to more than 200 people were hurt.", ["injured 150-200"]),
        ("10 of those killed were taken to the hospital.", []),
        ("No exact casualty figure was given.", []),
        ("The murder suspect was seen on Friday.", []),
        ("The sheriff's homicide detectives spoke on Friday.", []),
        # quotation marks inside
        ('Medics said "hundreds" of people were wounded.', ["injured 200-None"]),
        ("The strike left 10 martyrs.", ["killed 10-10"]),
        # what is owned, and what acts
        ("About 20 armed men burned the bus.", []),
        ("Rioters burned the mayor's office.", []),
        ("Guards beheaded a captive.", ["killed 1-1"]),
    ],
)
def test_a_number_counts_those_it_is_said_of(base_nlp, text, expected):
    assert sums(read(base_nlp, text)) == expected


def test_women_and_children_under_one_number_are_of_no_one_kind(base_nlp):
    (figure,) = read(base_nlp, "Gunmen kidnapped 87 women and children.")._.figures
    assert (figure["group"], figure["group_kind"]) == ("women and children", None)


@pytest.mark.parametrize(
    ("text", "additive"),
    [
        ("Four people were killed and three more wounded.", [False, False]),
        ("Two people died on Monday and three more died on Tuesday.", [False, True]),
        ("Gunmen killed one guard and wounded another.", [False, False]),
    ],
)
def test_more_than_the_dead_is_not_more_wounded(base_nlp, text, additive):
    assert [f["additive"] for f in read(base_nlp, text)._.figures] == additive


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("The blast left one dead and one injured.", [0, 1]),
        ("One man died and his brother was left fighting for his life.", [0, 1]),
        ("A man was shot. The man died in hospital.", [0, 0]),
        ("A girl was hurt. Her mother was killed. The 9-year-old was shot.", [0, 1, 0]),
        ("A father of 3 was killed. The 40-year-old man was shot dead.", [0, 0]),
        ("A man was shot. Another was hurt. The second man died.", [0, 1, 2]),
        ("Adam Fox was shot. Adam was hit in the chest. Fox died.", [0, 0, 0]),
    ],
)
def test_each_person_has_one_label(base_nlp, text, victims):
    doc = read(base_nlp, text)
    mark_victims(doc)
    assert [f["victim"] for f in doc._.figures] == victims


@pytest.mark.parametrize(
    ("text", "background"),
    [
        ("The city recorded 31 homicides in 2024.", True),
        ("They handled five killings in all of 2024.", True),
        ("More than 750 people have been killed so far this year, the most since 1998.", True),
        ("It was the deadliest attack this year and killed 14 people.", False),
        ("Six people were killed in separate attacks in the city on Monday.", True),
        ("At least 13 people were killed in shootings across the city.", True),
        ("Two officers were killed at a checkpoint on Sept. 23, 1997.", True),
        ("Two officers were killed at a checkpoint on Dec. 23, 2024.", False),
        # a first charge tells of a deed of these days, a sentence does not
        ("A man was arrested for killing a clerk on Sunday.", False),
        ("A man was convicted of killing a clerk.", True),
        ("A man was charged with killing a clerk.", True),
        ("Some 40 prisoners of war were killed in the blast.", False),
        ("Two people were killed in a March 2024 attack.", False),
    ],
)
def test_sums_and_old_deeds_are_background(base_nlp, text, background):
    figures = read(base_nlp, text, published="2024-12-26")._.figures
    (figure,) = [f for f in figures if f["outcome"] == "killed"]
    assert figure["background"] is background


def test_a_charge_beside_other_dead_is_background(base_nlp):
    text = "A shell killed two women. A man was arrested for killing a clerk on Sunday."
    figures = read(base_nlp, text, published="2024-12-26")._.figures
    assert [f["background"] for f in figures if f["outcome"] == "killed"] == [False, True]


@pytest.mark.parametrize(
    ("text", "background"),
    [
        # beside the event's own dead
        ("A raid killed two men. The clashes have killed at least 207 people.", [False, True]),
        ("A raid killed two men. More than 130 people have died in the violence.", [False, True]),
        # alone, or of the last days, or of like size
        ("The clashes have killed at least 207 people.", [False]),
        ("A raid killed two men. At least 40 have died in the fighting since Monday.", [False] * 2),
        ("A raid killed 90 men. At least 120 have died in the attacks.", [False] * 2),
    ],
)
def test_the_dead_of_a_conflict_are_background_beside_those_of_an_event(base_nlp, text, background):
    figures = read(base_nlp, text, published="2024-12-26")._.figures
    assert [f["background"] for f in figures] == background
