import pytest


def test_the_attack_is_the_attack_told_before(read):
    result = read(
        "Gunmen attacked a police post in Mandera on Monday and killed two officers. "
        "The attack lasted an hour and injured five residents, witnesses said."
    )
    assert len(result.incidents) == 1


@pytest.mark.parametrize("word", ["Another", "A second", "A separate"])
def test_another_attack_is_another_incident(read, word):
    result = read(
        "A bomb killed two officers in Mandera on Monday. "
        f"{word} bombing killed five people in Garissa on Monday."
    )
    assert len(result.incidents) == 2


def test_harm_told_next_belongs_to_the_event_before_it(read):
    result = read(
        "Warplanes bombed a market in the town of Kutum on Tuesday. "
        "At least 20 people were killed and dozens wounded, a doctor said."
    )
    (incident,) = result.incidents
    assert incident.event_type == "air-strike"
    assert {t.outcome for t in incident.tallies} == {"killed", "injured"}


def test_a_bare_reference_makes_no_claim(read):
    result = read(
        "Rebels clashed with the army near Sake on Monday, leaving nine soldiers dead. "
        "The clashes worried diplomats."
    )
    assert len(result.claims) == 1


def test_one_victim_told_of_twice_is_one_incident_and_one_dead(read):
    result = read(
        "A teacher was shot dead in Cotabato on Monday. "
        "Maria Santos, 34, was killed as she left school, police in Davao said."
    )
    assert len(result.incidents) == 1
    (row,) = [t for t in result.incidents[0].tallies if t.group is None]
    assert (row.outcome, row.best) == ("killed", 1)


def test_protests_do_not_inherit_the_place_of_a_battle(read):
    result = read(
        "Fighters overran an army base near Menaka on Monday and killed 12 soldiers. "
        "Thousands of people marched against the government."
    )
    protest = next(c for c in result.claims if c.event_type == "peaceful-protest")
    assert protest.place is None


def test_the_village_told_next_is_where_the_attack_in_the_country_was(read):
    result = read(
        "At least ten men were killed on Tuesday in an attack in Burkina Faso. "
        "The gunmen stormed the village of Bouro, a source said."
    )
    (judgement,) = [j for j in result.judgements if j.by == "rule:definite-doer"]
    assert judgement.kind == "same"


def test_the_gunmens_raid_of_another_day_is_not_the_one_told_before(read):
    result = read(
        "At least ten men were killed on Tuesday in an attack in Burkina Faso. "
        "The gunmen stormed the town of Djibo on Wednesday, a source said."
    )
    assert not [j for j in result.judgements if j.by == "rule:definite-doer"]


def test_a_murder_in_another_province_is_another_crime(read):
    result = read(
        "Two policemen were killed in Cauca department in an attack by rebels, police said. "
        "The rebels were accused of the murder of three policemen last Friday in Nariño department."
    )
    assert not [j for j in result.judgements if j.kind == "same"]
    assert {c.when for c in result.claims if c.place and c.place.name.startswith("Cauca")} == {None}


def test_there_is_where_the_last_such_event_was(read):
    result = read(
        "Rebels killed nine soldiers near Bouake on Monday. Hundreds marched in Abidjan and "
        "Daloa on Tuesday after a film spread that appears to show a burning mosque in Korhogo. "
        "People who shared it say five keepers of the tomb, whom many revere, were murdered there."
    )
    murder = next(c for c in result.claims if c.trigger.quote == "murdered")
    assert murder.place.name == "Korhogo"
    assert [(f.low, f.group) for f in murder.figures] == [(5, "keepers of the tomb")]
    ambush = next(i for i in result.incidents if i.place.name.startswith("Bouak"))
    assert [t.best for t in ambush.tallies if t.group is None] == [9]


def test_a_deed_only_spoken_of_is_not_of_the_event_told_before(read):
    result = read(
        "Rebels blew up three pylons in San Miguel on Sunday. The archbishop deplored the murder "
        "of a union leader. A judge is investigating the massacre of six peasants."
    )
    (incident,) = result.incidents
    assert incident.tallies == ()


def test_the_wounded_are_of_the_crowd_that_was_fought(read):
    result = read(
        "Police clashed with youths at a march in Paris on Tuesday and 21 were arrested. "
        "Thousands marched, unions said. Marches were also held in Lyon. "
        "Eleven officers were slightly hurt."
    )
    hurt = [i.place.name for i in result.incidents if i.tallies]
    assert hurt == ["Paris"]


def test_a_place_that_opens_the_sentence_is_where_it_goes_on(read):
    result = read(
        "Nine bodies were found in a truck near Zacatecas on Tuesday, prosecutors said. "
        "In Guerrero, a mayor was shot dead in his car on Monday."
    )
    assert [i.place.name for i in result.incidents] == ["Zacatecas", "Guerrero"]


def test_the_dead_of_a_running_total_are_of_no_incident(read):
    result = read(
        "The Houthis fired missiles at two ships in the Red Sea on Tuesday. They have attacked 60 "
        "ships since November, in what they call support for Gaza; four sailors have been killed."
    )
    assert all(i.tallies == () for i in result.incidents)
