"""Events only spoken of, tried in court, or done as a habit make no incident."""

import pytest

NOT_TOLD = [
    # spoken of
    "A novelist is travelling to Gaza to see the devastation left by the three-week offensive.",
    "The ship landed on the beaches of Normandy during the invasion and is now a museum.",
    "Organisers of a rally in London in support of the people of Aleppo thanked their donors.",
    "The task force on the cessation of hostilities was meeting in Geneva on Tuesday.",
    "The rebels will not join the talks in Geneva without a halt to the bombing.",
    "Voters spoke of security following the attacks in Nairobi.",
    "The war in Yemen is widely seen as a proxy battle between two kingdoms.",
    "The latest offensive was aimed at capturing the ports of Unity state.",
    # tried
    "A man admitted in court on Monday that he gunned down his rival in Leeds in November. "
    "He pleaded guilty to murder.",
    "An inquest ruled today that the police shooting of a driver in Bristol in January was lawful. "
    "An officer shot him as the two struggled.",
    # habit and standing war
    "The province is plagued by bandits, who raid villages, looting and killing residents.",
    "The army is battling an insurgency in Borno state.",
    "The state has seen a surge in kidnappings around Jos.",
    "Officials warned of hundreds of Europeans fighting in Iraq and Syria.",
]

TOLD = [
    ("Rebels launched an offensive north of Aleppo, a monitor said.", "Aleppo"),
    ("Clashes broke out in Goma, residents said.", "Goma"),
    ("The UN condemned Tuesday's attack on a hospital in Kunduz.", "Kunduz"),
    ("The group claimed responsibility for a blast in Damascus.", "Damascus"),
    ("There were reports of shelling in Homs.", "Homs"),
    ("Voters spoke of the attacks. Gunmen killed three people in Nairobi on Tuesday.", "Nairobi"),
    ("Soldiers are fighting rebels in Goma, a resident said on Tuesday.", "Goma"),
    ("A man stabbed two women in Leeds on Tuesday. He once stood trial for theft.", "Leeds"),
]


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_is_not_told_makes_no_incident(read, text):
    result = read(text)
    assert [(i.event_type, i.place and i.place.name) for i in result.incidents] == []


@pytest.mark.parametrize(("text", "place"), TOLD)
def test_what_is_told_makes_one(read, text, place):
    assert [i.place and i.place.name for i in read(text).incidents] == [place]


def test_a_habit_gives_no_numbers_to_the_incident_beside_it(read):
    result = read(
        "The state is plagued by bandits, who raid villages, looting and killing residents. "
        "On Sunday gunmen killed four farmers in Zango.",
    )
    (incident,) = result.incidents
    assert {t.low for t in incident.tallies} == {4}


def test_what_came_before_a_told_event_is_none_of_it(read):
    result = read(
        "Troops shelled Goma on Tuesday, killing two. "
        "A truce came into effect hours after fresh clashes between troops and rebels.",
    )
    assert [c.modality for c in result.claims if c.trigger.quote == "clashes"] == ["historical"]
