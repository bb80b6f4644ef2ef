import pytest

from marsad.coding.casualties.finder import find_figures


def read(nlp, text):
    doc = nlp(text)
    doc._.report = {"published": "2024-05-16"}
    return doc, find_figures(doc)


def told(figures, *, background=False):
    return [f"{f['outcome']} {f['low']}" for f in figures if f["background"] is background]


@pytest.mark.parametrize(
    "text",
    [
        "Catholic priest and teacher Jonas Bello was shot dead on Monday in Kafan.",
        "The headman and local traders' leader Jonas Bello was killed by bandits in Kafan.",
        "Bandits killed the lawyer and activist Rita Moro outside her office in Kafan.",
        "A nurse and activist, Rita Moro, was killed on Monday in Kafan.",
    ],
)
def test_one_person_by_two_titles_is_counted_once(base_nlp, text):
    assert told(read(base_nlp, text)[1]) == ["killed 1"]


@pytest.mark.parametrize(
    "text",
    [
        "A nurse and a trader were killed on Monday in Kafan.",
        "A man and woman were killed on Monday in Kafan.",
        "The nurse and trader were killed on Monday in Kafan.",
    ],
)
def test_two_people_side_by_side_are_two(base_nlp, text):
    assert told(read(base_nlp, text)[1]) == ["killed 1", "killed 1"]


def test_where_a_person_is_from_is_no_second_person(base_nlp):
    text = "A trader named Jonas Bello, a resident of Kafan, and a nurse were wounded in the blast."
    assert told(read(base_nlp, text)[1]) == ["injured 1", "injured 1"]


def test_one_of_those_just_named_is_one_and_the_other_is_not_drawn_in(base_nlp):
    text = "Police said there were two raiders and that one of these was killed and the other held."
    assert told(read(base_nlp, text)[1]) == ["killed 1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Soldiers arrested 11 miners in Kafan on Monday and four people were hurt by stones.",
            ["detained 11", "injured 4"],
        ),
        (
            "The raid killed 11 miners and four traders were wounded.",
            ["killed 11", "injured 4"],
        ),
    ],
)
def test_the_object_of_one_verb_is_not_the_subject_of_the_next(base_nlp, text, expected):
    assert told(read(base_nlp, text)[1]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bandits took 25 pupils from a school in Kafan on Monday.", ["abducted 25"]),
        ("Raiders took away 12 villagers at night.", ["abducted 12"]),
        ("Twelve women were taken from their homes by rebels.", ["abducted 12"]),
        ("Neighbours took 12 villagers from the market to hospital.", []),
        ("Volunteers took 12 villagers from the market after gunmen fled.", []),
        ("The rebels took 12 villages from the army.", []),
    ],
)
def test_people_taken_away_by_armed_men_are_abducted(base_nlp, text, expected):
    assert told(read(base_nlp, text)[1]) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A hamlet near the town of Belmar was burned down on Monday.",
        "Villages around the city of Belmar were hit on Monday.",
    ],
)
def test_a_town_named_as_one_is_nobody(base_nlp, text):
    assert told(read(base_nlp, text)[1]) == []


def test_a_place_that_was_hit_is_nobody(base_nlp):
    doc = base_nlp("Anna Belmar was hit by a missile on Monday.")
    assert told(find_figures(doc)) == ["injured 1"]
    doc._.toponyms = [{"start": 0, "end": 2, "role": "location"}]
    assert told(find_figures(doc)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Around 30 people died in various attacks this month.",
        "Twelve people were killed in May, while 50 were killed the week before.",
        "Fighting has forced two million people to flee.",
        "Two million people fled their homes.",
    ],
)
def test_sums_of_other_scopes_are_background(base_nlp, text):
    figures = read(base_nlp, text)[1]
    assert figures[-1]["background"]


def test_those_driven_out_share_the_scope_of_the_dead_beside_them(base_nlp):
    text = (
        "The raid on Monday killed one farmer. The clashes have killed at least 150 people so far"
        " and displaced 40,000."
    )
    figures = read(base_nlp, text)[1]
    assert told(figures) == ["killed 1"]
    assert told(figures, background=True) == ["killed 150", "displaced 40000"]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ("In one raid on Sunday, 9 people were killed. On Monday 4 were killed.", [9, 4]),
        ("In one raid on Sunday, 9 people were killed. On Monday 2 were killed.", [13, 9, 2]),
    ],
)
def test_a_sum_of_days_steps_back_behind_its_parts(base_nlp, parts, expected):
    lead = "Thirteen people were killed in raids around Kafan over the past two days. "
    figures = read(base_nlp, lead + parts)[1]
    assert [f["low"] for f in figures if not f["background"]] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He ruled the port till 1291, when it was captured.", []),
        ("About 1500 people were killed on Monday.", ["killed 1500"]),
    ],
)
def test_a_year_of_old_is_no_number_of_people(base_nlp, text, expected):
    assert told(read(base_nlp, text)[1]) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The army chief, General Jonas Bello, was killed by a mine on Monday.",
        "The mine killed the army chief, General Jonas Bello, on Monday.",
        "Jonas Bello, mayor of Kafan, was killed by a mine on Monday.",
        "Jonas Bello, governor and party leader, was killed by a mine on Monday.",
    ],
)
def test_an_office_beside_a_name_is_no_second_person(base_nlp, text):
    assert told(read(base_nlp, text)[1]) == ["killed 1"]


@pytest.mark.parametrize(
    "text",
    [
        "Jonas Bello, his wife and a guard were killed on Monday.",
        "A teacher, driver Jonas Bello, and a guard were killed on Monday.",
    ],
)
def test_a_list_of_three_is_three(base_nlp, text):
    assert told(read(base_nlp, text)[1]) == ["killed 1"] * 3


def test_the_inhabitants_of_a_town_are_not_held(base_nlp):
    assert told(read(base_nlp, "The town of 30,000 people was captured by rebels.")[1]) == []


def test_the_past_of_the_doers_does_not_date_the_deed(base_nlp):
    text = "The group, which has killed 35 people since 2019, raided Kafan, killing four people."
    figures = read(base_nlp, text)[1]
    assert told(figures) == ["killed 4"]
    assert told(figures, background=True) == ["killed 35"]


def test_hundreds_that_have_died_are_background_beside_the_dead_of_an_event(base_nlp):
    text = "Hundreds of people have been killed in the area. Bandits killed four traders on Monday."
    assert told(read(base_nlp, text)[1]) == ["killed 4"]
