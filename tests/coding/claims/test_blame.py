import pytest


@pytest.mark.parametrize(
    ("follow", "accuser", "accused"),
    [
        ("The army blamed the ELN.", "army", "National Liberation Army"),
        ("The governor accused the rebels of planting it.", "governor", "rebels"),
        ("The attack, which officials blame on the PKK, was the third.", "officials", "Kurdistan"),
    ],
)
def test_an_accusation_names_the_doer_as_alleged_by_its_source(read, follow, accuser, accused):
    result = read(f"Three soldiers died in a bombing in Arauca on Monday. {follow}")
    claim = next(c for c in result.claims if c.attribution[0].source == accuser)
    assert claim.modality == "alleged"
    assert [p.role for p in claim.participants] == ["actor"]
    assert claim.participants[0].name.startswith(accused)
    assert len(result.incidents) == 1


def test_who_accuses_is_not_the_doer(read):
    result = read(
        "The militia was accused by residents of killing eight people in Ituri on Monday."
    )
    doers = {p.name for c in result.claims for p in c.participants if p.role == "actor"}
    assert doers == {"militia"}


def test_an_accusation_that_a_claim_states_is_not_told_twice(read):
    result = read("Turkey accuses the PKK of carrying out the bombing that killed six in Izmir.")
    assert len(result.claims) == 1


def test_the_accused_who_accuses_in_turn_disputes_the_doer(read):
    result = read(
        "Rebels killed nine people in Kaya on Tuesday, the army said. "
        "The rebels accused the army of carrying out the attack."
    )
    assert {j.about for j in result.judgements if j.kind == "disputes"} == {"perpetrator"}


def test_an_accusation_of_another_attack_disputes_nothing(read):
    result = read(
        "Rebels killed nine people in Kaya on Tuesday, the army said. "
        "The rebels accused the army of shelling Djibo and killing five people."
    )
    assert not [j for j in result.judgements if j.kind == "disputes"]


@pytest.mark.parametrize(
    "fault",
    [
        "Campaigners accuse the governor of having sold poor families false hope for money.",
        "Residents accused the army of ignoring their calls.",
        "The governor was blamed for poor roads.",
    ],
)
def test_another_fault_joins_nobody_to_the_event(read, fault):
    result = read(f"Gunmen killed 12 villagers near Kano on Tuesday. {fault}")
    (incident,) = result.incidents
    assert [p.name for p in incident.participants if p.role == "actor"] == ["Gunmen"]


@pytest.mark.parametrize(
    "matter", ["of being behind it", "of carrying out the attack", "of shelling the market"]
)
def test_what_was_told_may_be_meant_by_many_words(read, matter):
    result = read(
        f"A mortar killed five people in Tripoli on Monday. Aides accused rebels {matter}."
    )
    (incident,) = result.incidents
    assert "rebels" in [p.name for p in incident.participants if p.role == "actor"]
