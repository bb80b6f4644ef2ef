from datetime import date, timedelta

import pytest

from marsad.incidents.linking.likeness import compare_tellings, load_weights
from tests.incidents.linking.conftest import DAY, GAZA, IZMIT, on

AMBUSH = (
    "Gunmen ambushed a patrol on the road to Velna Stream, killing six soldiers.\n"
    "Corporal Ansgar Tholvik, 24, was among the dead, the garrison said."
)
LATER = (
    "The ambush near Velna Stream killed 14 soldiers.\n"
    "Among them was Ansgar Tholvik, 24, whose father kept the mill."
)


def together(a, b):
    return compare_tellings(a, b).total >= load_weights().together


def test_two_reports_of_one_ambush_with_a_growing_toll_belong_together(tell):
    a = tell("a", AMBUSH, "ambushed", place=IZMIT, when=on(DAY), counts={"killed": 6})
    b = tell("b", LATER, "ambush", place=IZMIT, when=on(DAY), counts={"killed": 14})
    assert together(a, b)


def test_a_trial_years_later_is_joined_by_the_names_of_the_dead(tell):
    a = tell("a", AMBUSH, "ambushed", place=IZMIT, when=on(DAY), counts={"killed": 6})
    text = (
        "A court convicted two men of the attack in which Ansgar Tholvik, 24, and five other "
        "soldiers were killed at Velna Stream."
    )
    day = date(2026, 3, 2)
    b = tell("b", text, "attack", published=day, place=IZMIT, counts={"killed": 6})
    assert a.blocks & b.blocks
    assert together(a, b)


@pytest.mark.parametrize("kind", ["air-strike", "shelling", "armed-clash"])
def test_two_strikes_of_one_day_and_city_stay_apart(tell, kind):
    values = {"place": GAZA, "when": on(DAY), "actors": ("isr-military",)}
    a = tell(
        "a",
        "An Israeli air strike hit the Qandil family home in Gaza City, killing five people.",
        "strike",
        kind,
        counts={"killed": 5},
        **values,
    )
    b = tell(
        "b",
        "An Israeli air strike hit a bakery on Wahda Street in Gaza City and killed eight.",
        "strike",
        kind,
        counts={"killed": 8},
        **values,
    )
    assert not together(a, b)


def test_two_reports_of_one_strike_are_joined_by_its_victims(tell):
    values = {"place": GAZA, "when": on(DAY), "actors": ("isr-military",)}
    a = tell(
        "a",
        "A strike on the Qandil home in Gaza City killed five, among them Suhayla Qandil, 9.",
        "strike",
        "air-strike",
        counts={"killed": 5},
        **values,
    )
    b = tell(
        "b",
        "Relatives buried five of the Qandil family in Gaza City. Suhayla Qandil, 9, was killed "
        "in her bed in Friday's air strike.",
        "air strike",
        "air-strike",
        counts={"killed": 5},
        published=DAY + timedelta(days=1),
        **values,
    )
    assert together(a, b)


def test_the_same_words_weigh_as_much_in_either_order(tell):
    a = tell("a", AMBUSH, "ambushed", place=IZMIT, when=on(DAY), counts={"killed": 6})
    b = tell("b", LATER, "ambush", counts={"killed": 14}, published=date(2024, 1, 1))
    assert compare_tellings(a, b) == compare_tellings(b, a)


def test_the_explanation_says_what_speaks_for_and_against(tell):
    a = tell("a", AMBUSH, "ambushed", place=IZMIT, when=on(DAY), counts={"killed": 6}, actors="x")
    b = tell("b", LATER, "ambush", place=IZMIT, when=on(DAY), counts={"killed": 14}, actors="y")
    sentence = compare_tellings(a, b).explain()
    assert sentence.startswith("Both name Ansgar Tholvik")
    assert "both at Larnesti" in sentence
    assert "both on 20 October 2023" in sentence
    assert "other doers are named" in sentence.split("; but ")[1]
    assert "6 and 14 killed" in sentence.split("; but ")[1]


def test_wounded_who_die_leave_the_number_of_those_hit_as_it_was(tell):
    a = tell("a", AMBUSH, "ambushed", counts={"killed": 2, "injured": 5})
    b = tell("b", LATER, "ambush", counts={"killed": 4, "injured": 3})
    part = next(p for p in compare_tellings(a, b).parts if p.about == "figures")
    assert part.level == "equal-many"


def test_an_arrest_is_less_like_an_attack_than_another_attack_is(tell):
    text = "Two men were arrested in Larnesti over a robbery."
    values = {"place": IZMIT, "when": on(DAY)}
    arrest = tell("a", text, "arrested", "arrest", **values)
    attack = tell("c", text, "arrested", "attack", **values)
    other = tell("b", AMBUSH, "ambushed", counts={"killed": 6}, **values)
    assert compare_tellings(arrest, other).total < compare_tellings(attack, other).total


def test_two_precise_kinds_of_one_day_and_town_stay_apart(tell):
    values = {"place": IZMIT, "when": on(DAY)}
    bomb = "A bomb hidden in a fruit cart went off near the Orvenholt depot, police said."
    thrown = "Two men on a motorcycle threw a grenade at the house of a tax clerk, neighbours said."
    a = tell("a", bomb, "bomb", "remote-explosive", **values)
    b = tell("b", thrown, "grenade", "grenade", **values)
    assert not together(a, b)


def test_a_listed_doer_who_differs_speaks_against(tell):
    values = {"place": IZMIT, "when": on(DAY), "counts": {"killed": 6}}
    a = tell("a", AMBUSH, "ambushed", actors=("one",), **values)
    b = tell("b", AMBUSH, "ambushed", actors=("two",), **values)
    c = tell("c", AMBUSH, "ambushed", **values)
    assert compare_tellings(a, b).total < compare_tellings(a, c).total


def levels(a, b):
    return {part.about: part.level for part in compare_tellings(a, b).parts}


def clash(tell, name, text, **values):
    given = {"place": GAZA, "when": on(DAY)} | values
    return tell(name, text, "ambush", "armed-clash", **given)


def test_an_ambush_and_its_risen_toll_belong_together_in_war_without_a_name(tell):
    a = clash(tell, "a", "Six soldiers died in an ambush on a convoy.", counts={"killed": 6})
    text = "The number of soldiers killed in the ambush on their convoy has risen to 14."
    b = clash(tell, "b", text, counts={"killed": 14}, running=True, published=DAY)
    assert levels(a, b)["figures"] == "risen"
    assert together(a, b)


def test_a_higher_number_alone_is_no_risen_toll(tell):
    a = clash(tell, "a", "Six soldiers died in an ambush.", counts={"killed": 6})
    b = clash(tell, "b", "Fourteen soldiers died in an ambush.", counts={"killed": 14})
    assert levels(a, b)["figures"] == "growing"


def test_a_number_in_common_speaks_where_the_sums_differ(tell):
    a = clash(tell, "a", "An ambush killed 14 soldiers; 3 gunmen died.", counts={"killed": 14})
    b = clash(tell, "b", "An ambush killed 14 soldiers.", counts={"killed": 14, "injured": 9})
    assert levels(a, b)["figures"] == "several"


@pytest.mark.parametrize(
    ("other", "level"),
    [
        ("An ambush hit a bus beside the market.", "several"),
        ("An ambush at a funeral killed four.", "one"),
        ("The ambush began before dawn.", "one"),
    ],
)
def test_what_was_hit_is_compared(tell, other, level):
    a = clash(tell, "a", "An ambush hit a minibus near the bazaar.")
    assert levels(a, clash(tell, "b", other))["settings"] == level


def test_a_bakery_is_no_funeral(tell):
    a = tell("a", "A strike hit a bakery.", "strike", "air-strike", place=GAZA, when=on(DAY))
    b = tell("b", "A strike hit a funeral.", "strike", "air-strike", place=GAZA, when=on(DAY))
    assert levels(a, b)["settings"] == "others"
    assert "one tells of bakery, the other of funeral" in compare_tellings(a, b).explain()


def test_a_peaceful_march_is_no_part_of_an_ambush_of_its_day_and_town(tell):
    march = "Thousands marched in the town."
    a = tell("a", march, "marched", "peaceful-protest", place=GAZA, when=on(DAY))
    b = clash(tell, "b", "An ambush killed six soldiers.", counts={"killed": 6})
    assert levels(a, b)["kind"] == "apart"
    assert not together(a, b)


def test_a_day_that_both_name_says_more_than_when_they_were_published(tell):
    a = clash(tell, "a", "An ambush killed 14 soldiers.", counts={"killed": 14})
    b = clash(
        tell,
        "b",
        "The ambush killed 14 soldiers.",
        counts={"killed": 14},
        published=DAY + timedelta(days=9),
    )
    assert levels(a, b)["published"] == "unknown"
    assert together(a, b)
