"""What a sentence only brings in: claims keep the date and place of their own event."""

from __future__ import annotations


def test_what_follows_an_aside_goes_back_to_the_event_before(read):
    result = read(
        "Gunmen stormed a clinic in Kaya on Tuesday and killed five nurses. "
        "The raid came less than a week after a car bomb near a school in Djibo killed 12 people. "
        "Two guards were wounded, an officer said.",
        published="2024-12-26",
    )
    wounded = next(c for c in result.claims if any(f.outcome == "injured" for f in c.figures))
    assert wounded.when is not None
    assert (str(wounded.when.start), wounded.place and wounded.place.name) == ("2024-12-24", "Kaya")


def test_the_dead_of_the_day_before_are_not_todays(read):
    result = read(
        "Shells killed two girls in Homs today, a day after a blast left 60 people dead.",
        published="2024-12-26",
    )
    today = next(c for c in result.claims if c.place is not None)
    assert [f.low for f in today.figures if f.outcome == "killed"] == [2]


def test_a_strike_told_in_passing_dates_nothing_else(read):
    result = read(
        "The strike killed at least 30 people in a camp near Rafah, an agency said. "
        "The army fights in the area, including a strike in July that killed a commander. "
        "A spokesman said that 30 dead and 50 wounded were taken to hospitals.",
        published="2024-12-26",
    )
    assert {c.when for c in result.claims if any(f.low == 30 for f in c.figures)} == {None}


def test_what_began_long_ago_has_its_own_sequence(read):
    result = read(
        "An air strike killed two people near Tyre on Tuesday. "
        "The sides have traded fire since Oct. 8, a day after gunmen attacked border towns.",
        published="2024-12-26",
    )
    attacked = next(c for c in result.claims if c.trigger.quote.startswith("attacked"))
    assert attacked.when is not None
    assert attacked.when.start.isoformat() == "2024-10-07"


def test_one_man_named_twice_in_two_towns_is_harmed_once_in_each(read):
    result = read(
        "Gunmen killed Omar Farah in Kismayo on Tuesday. "
        "Police said another man, Omar Farah, was killed in Baidoa on Wednesday."
    )
    assert not [j for j in result.judgements if j.by == "rule:same-victim"]


def test_an_undated_lead_takes_no_date_from_another_district(read):
    result = read(
        "Three people have been beheaded in Quissanga district. "
        "Last week three fishermen were beheaded in Macomia district."
    )
    days = {c.place.name: c.when for c in result.claims if c.place}
    assert days["Quissanga"] is None
    assert days["Macomia"] is not None


def test_the_state_that_is_blamed_is_not_where_it_happened(read):
    result = read(
        "Dozens died in a blast at a clinic in Gaza on Tuesday. Hamas blamed Israel for the blast."
    )
    assert {c.place.name for c in result.claims if c.place} == {"Gaza"}


def test_far_from_the_capital_is_in_the_country(read):
    result = read(
        "Nine people were killed on Tuesday in clashes between herders and farmers "
        "500 km south of Chad's capital N'Djamena."
    )
    assert {c.place.name for c in result.claims if c.place} == {"Chad"}


def test_an_old_attack_told_in_passing_is_no_news_beside_an_undated_lead(read):
    result = read(
        "An explosion killed four people at a mosque in Kabul, officials said. "
        "It was similar to an attack in August that killed 21 people. "
        "A hospital said it had received 27 wounded."
    )
    assert {c.modality for c in result.claims if c.when} == {"historical"}
    wounded = next(c for c in result.claims if any(f.low == 27 for f in c.figures))
    assert wounded.when is None
