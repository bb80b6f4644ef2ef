import pytest


def disputes(result):
    by_id = {c.id: c for c in result.claims}
    return {
        (j.about, by_id[j.claim].attribution[0].source)
        for j in result.judgements
        if j.kind == "disputes"
    }


@pytest.mark.parametrize(
    ("follow", "about"),
    [
        ("The army said the footage was old.", "date"),
        ("The army said that the video was not new.", "date"),
        ("The army said that the clip was filmed in March.", "date"),
        ("The army called the video fake.", "authenticity"),
        ("The army said the footage was fabricated.", "authenticity"),
    ],
)
def test_a_questioned_video_disputes_what_it_was_said_to_show(read, follow, about):
    result = read(
        "A video posted online appears to show soldiers burning houses and killing four "
        f"villagers in Nyala. {follow}"
    )
    assert about in {kind for kind, _ in disputes(result)}
    assert "contested" in {i.status for i in result.incidents}


def test_a_video_praised_as_new_disputes_nothing(read):
    result = read(
        "A video shows soldiers burning houses and killing four villagers in Nyala. "
        "The new footage was published on Wednesday."
    )
    assert disputes(result) == set()


def test_denying_a_role_disputes_the_perpetrator(read):
    result = read(
        "Residents of Bamenda said soldiers shot dead six villagers on Monday. "
        "The army denied any involvement."
    )
    assert {about for about, _ in disputes(result)} == {"perpetrator"}


def test_denying_another_matter_disputes_nothing(read):
    result = read(
        "Gunmen killed six villagers near Bamenda on Monday. "
        "The minister denied that taxes on fuel would rise next year."
    )
    assert disputes(result) == set()


def test_silence_is_no_denial(read):
    result = read(
        "A bomb killed six people at a market in Quetta on Monday. "
        "No group has claimed responsibility."
    )
    assert disputes(result) == set()
    assert {i.status for i in result.incidents} == {"single-source"}


def test_both_sides_of_a_dispute_are_kept(read):
    result = read(
        "Residents of Bamenda said soldiers shot dead six villagers on Monday. "
        "The army denied any involvement."
    )
    (incident,) = result.incidents
    ids = {c.id for c in result.claims}
    assert {incident.disputes[0].claim, incident.disputes[0].counterclaim} <= ids
    assert len(incident.disputes[0].sources) == 2


@pytest.mark.parametrize(
    ("text", "denied", "about"),
    [
        (
            "A strike on a hospital in Kyiv killed two people on Monday. On Tuesday a drone hit a "
            "market in Kherson, killing three. Russia denied striking the hospital.",
            "Kyiv",
            "perpetrator",
        ),
        (
            "A convoy was ambushed near Djibo on Monday, killing ten soldiers. On Tuesday gunmen "
            "raided the village of Solhan, killing 20. The army rejected reports of the ambush.",
            "Djibo",
            "occurrence",
        ),
    ],
)
def test_a_denial_is_about_the_event_it_names(read, text, denied, about):
    result = read(text)
    by_id = {c.id: c for c in result.claims}
    (dispute,) = [j for j in result.judgements if j.kind == "disputes"]
    assert by_id[dispute.other].place.name == denied
    assert dispute.about == about


def test_who_denies_a_role_is_not_named_as_doer(read):
    result = read(
        "An explosion at a clinic in Gaza killed 20 people on Tuesday. "
        "The Israeli military denied responsibility for the explosion at the clinic."
    )
    told = [c for c in result.claims if c.modality == "asserted"]
    assert not any("Israel" in p.name for c in told for p in c.participants if p.role == "actor")
    assert all("Israeli" not in c.attribution[0].source for c in told)


@pytest.mark.parametrize(
    "text",
    [
        "The health ministry says nine people were killed by Israeli fire near a clinic in Rafah, "
        "a claim the Israeli military denies.",
        "Residents said soldiers killed six men in Moura, an accusation the army denied.",
    ],
)
def test_a_claim_denied_in_passing_is_disputed(read, text):
    result = read(text)
    (dispute,) = [j for j in result.judgements if j.kind == "disputes"]
    told = next(c for c in result.claims if c.id == dispute.other)
    assert told.modality == "asserted"
    assert any(p.role == "actor" for p in told.participants)


@pytest.mark.parametrize(
    "follow",
    [
        "An official said no arrest had been made.",
        "A police chief said his men could not fire at the attackers.",
    ],
)
def test_what_was_not_done_afterwards_disputes_nothing(read, follow):
    result = read(f"Gunmen killed five farmers near Gusau on Friday, residents said. {follow}")
    assert disputes(result) == set()


def test_an_accusation_of_staging_disputes_what_was_told(read):
    result = read(
        "A missile killed nine people in Sumy on Tuesday, the mayor said. "
        "A retired colonel accused Ukraine of staging the attack."
    )
    assert {about for about, _ in disputes(result)} == {"authenticity"}
    assert len(result.incidents) == 1
    assert all(p.role != "actor" for p in result.incidents[0].participants)


def test_the_doer_named_for_old_material_disputes_who_did_it(read):
    result = read(
        "A video shows armed men killing five guards in Pristina, activists said on Tuesday. "
        "The ministry said the recording was old and dated from the fall of Pristina at the end of "
        'March, and that "unknown groups" had raided the village.'
    )
    assert {"date", "perpetrator"} <= {j.about for j in result.judgements if j.kind == "disputes"}
