import pytest


def test_a_claim_of_responsibility_names_the_doer_of_the_event(read):
    result = read(
        "A suicide bomber killed 12 people at a mosque in Peshawar on Monday. "
        "Islamic State claimed responsibility for the attack."
    )
    (incident,) = result.incidents
    assert any("Islamic State" in p.name for p in incident.participants if p.role == "actor")
    assert any(c.attribution[0].source.startswith("Islamic State") for c in result.claims)


def test_a_claim_of_responsibility_is_no_incident_of_its_own(read):
    result = read(
        "A car bomb wounded 12 people in Mogadishu on Monday. "
        "Al-Shabab claimed responsibility in a radio broadcast."
    )
    assert len(result.incidents) == 1


def test_nobodys_claim_is_nothing(read):
    result = read(
        "A car bomb wounded 12 people in Mogadishu on Monday. "
        "There was no immediate claim of responsibility."
    )
    assert len(result.claims) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The group often claims responsibility for attacks on army posts.",
        "Boko Haram has previously claimed responsibility for similar bombings.",
        "The rebels have claimed responsibility for several attacks in the region.",
    ],
)
def test_habitual_and_other_claims_make_no_incident(read, text):
    assert read(text).incidents == ()
