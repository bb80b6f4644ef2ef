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
