"""Words of violence that are a month, a name or a figure of speech leave no trigger."""

import pytest

from marsad.coding.triggers.finder import find_triggers

NONE = """
During a March 17 meeting at the library the board spoke of its finances.
"There is room for all of us," Lynch said.
Majority Whip Carol Hayes put the clause into the bill.
The inmates of the county will be housed in the Orange County Jail.
He is being held at the regional detention center.
A driver lost control of his lorry near the old bridge and hit a tree.
Firefighters battled a blaze at a paper warehouse for six hours.
Crews launched a first attack on the flames through the kitchen.
Warm currents caused an explosion of marine life off the islands.
"We are still shooting for early June," the builder said.
The council voted to annex forty acres along the river.
The ruling effectively killed the trade deal.
Activists are trying to block the nominee before the convention.
The army unleashed a new disinformation offensive against its neighbour.
The delegates walked out of the talks to protest the new text.
The medic came to demonstrate the technique to the class.
A jury found the defendant, Dana Reed of Gun Lake, guilty of fraud.
The mayor offers a reward for tips leading to the arrest of those who stole the bell.
The senator, speaking at a rally after her nomination, thanked the delegates.
""".strip().splitlines()

STANDS = """
lost control of|Rebels lost control of the town of Sake after a night of fighting.
march|Thousands joined a march through the streets to parliament.
jailed|A judge jailed two journalists who had covered the strike.
lynched|A mob lynched two brothers accused of theft.
battled|Soldiers battled insurgents around the barracks.
explosion|An explosion killed three soldiers at a checkpoint.
annexed|Troops occupied the peninsula, and the invaders annexed it within weeks.
killed|Gunmen killed three traders at the market.
dispersed|Police dispersed the crowd with tear gas.
rally|Police broke up a rally against the result of the election.
arrest|Soldiers surrounded the house before the arrest of the opposition leader.
found|Guards found the bodies of two hikers with bullet wounds.
""".strip().splitlines()


@pytest.mark.parametrize("sentence", NONE)
def test_names_and_figures_of_speech_leave_no_trigger(base_nlp, sentence):
    assert [t["entry"] for t in find_triggers(base_nlp(sentence))] == []


@pytest.mark.parametrize("line", STANDS)
def test_the_same_words_said_of_violence_stand(base_nlp, line):
    word, sentence = line.split("|")
    doc = base_nlp(sentence)
    found = [doc[t["start"] : t["end"]].text.lower() for t in find_triggers(doc)]
    assert any(word in phrase for phrase in found), found


@pytest.mark.parametrize(
    "text",
    [
        "Two sisters were found dead in their flat. They died hours apart, the coroner said.",
        "The body of a man was found behind a house. Police have told his family.",
        "He slumped at her feet. The dog died in my arms, she said.",
    ],
)
def test_a_death_that_nothing_violent_explains_is_no_event(base_nlp, text):
    assert find_triggers(base_nlp(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The bodies of nine farmers were found in a river.",
        "The body of a man with his hands tied was found behind a house.",
        "Two people died at a bar. Gunmen had opened fire from a car.",
    ],
)
def test_a_death_that_violence_explains_stands(base_nlp, text):
    assert find_triggers(base_nlp(text))
