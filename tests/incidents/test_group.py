import pytest

from marsad.incidents.group import group_claims
from marsad.records import Evidence, Judgement


def test_an_event_without_place_people_or_parties_makes_no_incident(make_claim, day):
    assert group_claims([make_claim(when=day("2024-05-01"), participants=())], []) == []


def test_an_account_that_nobody_was_harmed_bounds_nothing(make_claim, figure):
    assert group_claims([make_claim(figures=(figure("killed", 0),), participants=())], []) == []


def ids(groups):
    return [[c.id for c in g.claims] for g in groups]


def same(claim, other):
    return Judgement(kind="same", claim=claim.id, other=other.id, by="test", reason="r")


def different(claim, other):
    return Judgement(kind="different", claim=claim.id, other=other.id, by="test", reason="r")


def test_the_lead_and_the_account_that_follows_are_one_incident(make_claim, town, day):
    lead = make_claim("armed-clash", place=town("Sake", -1.5, 29), when=day("2024-03-18"))
    account = make_claim("attack")
    assert ids(group_claims([lead, account], [])) == [[lead.id, account.id]]


def test_protests_in_four_cities_are_four_incidents(make_claim, town):
    claims = [
        make_claim("peaceful-protest", place=town(name, lat, 36))
        for name, lat in (("Tartus", 34.9), ("Latakia", 35.5), ("Homs", 34.7), ("Qardaha", 35.4))
    ]
    assert len(group_claims(claims, [])) == 4


def test_another_attack_is_another_incident(make_claim):
    first, second = make_claim(), make_claim()
    assert len(group_claims([first, second], [different(second, first)])) == 2


def test_words_that_join_outweigh_a_different_date(make_claim, day):
    first = make_claim(when=day("2024-05-01"))
    second = make_claim(when=day("2024-05-04"))
    assert len(group_claims([first, second], [])) == 2
    assert len(group_claims([first, second], [same(second, first)])) == 1


def test_plans_threats_and_history_make_no_incident(make_claim):
    claims = [
        make_claim(modality=m) for m in ("planned", "threatened", "hypothetical", "historical")
    ]
    assert group_claims(claims, []) == []


def test_a_denial_alone_makes_no_incident(make_claim):
    assert group_claims([make_claim(modality="denied")], []) == []


def test_a_denial_joins_what_it_denies_even_when_told_first(make_claim):
    denial, attack = make_claim(modality="denied"), make_claim()
    assert ids(group_claims([denial, attack], [same(denial, attack)])) == [[attack.id, denial.id]]


def test_a_precise_kind_and_a_vague_one_join_but_two_precise_ones_do_not(make_claim, figure):
    strike, attack, suicide = (
        make_claim("air-strike", figures=(figure("killed", 4),)),
        make_claim("attack"),
        make_claim("suicide-bombing", figures=(figure("killed", 9),)),
    )
    groups = ids(group_claims([strike, attack, suicide], []))
    assert [strike.id, attack.id] in groups
    assert [suicide.id] in groups


def test_what_is_told_in_passing_beside_an_incident_makes_none(make_claim, figure, town):
    attack = make_claim(figures=(figure("killed", 4),), place=town("Sake", -1.5, 29))
    arrests = make_claim("arrest")
    assert ids(group_claims([attack, arrests], [])) == [[attack.id]]


def test_what_names_its_own_place_is_an_incident_beside_another(make_claim, figure, town):
    attack = make_claim(figures=(figure("killed", 4),), place=town("Sake", -1.5, 29))
    rally = make_claim("peaceful-protest", participants=())
    words = Evidence(
        report_id="r1", start=rally.trigger.start, end=rally.trigger.end, quote="attack"
    )
    goma = town("Goma", -1.7, 29.2).model_copy(update={"evidence": words})
    rally = rally.model_copy(update={"place": goma, "evidence": (words,)})
    assert len(group_claims([attack, rally], [])) == 2


def test_a_lone_deed_without_day_or_place_stays_an_incident(make_claim, party):
    deed = make_claim(participants=(party("actor", "gunmen"), party("recipient", "mayor")))
    assert len(group_claims([deed], [])) == 1


def test_a_lone_kind_without_day_place_and_victims_is_none(make_claim, party):
    assert group_claims([make_claim(participants=(party("actor", "gunmen"),))], []) == []


@pytest.mark.parametrize(
    ("opening", "incidents"),
    [
        ("Elsewhere, a raid killed two.", 2),
        ("Separately, a raid killed two.", 2),
        ("In another such incident, a raid killed two.", 2),
        ("The raid killed two.", 1),
    ],
)
def test_a_sentence_may_set_its_event_aside(make_claim, figure, opening, incidents):
    first = make_claim(figures=(figure("killed", 5),))
    words = Evidence(report_id="r1", start=500, end=500 + len(opening), quote=opening)
    second = make_claim(figures=(figure("killed", 2),), evidence=(words,))
    assert len(group_claims([first, second], [])) == incidents


@pytest.mark.parametrize(("dead", "incidents"), [(7, 1), (6, 2)])
def test_the_same_dead_in_words_for_another_kind_are_no_second_incident(
    make_claim, figure, town, dead, incidents
):
    attack = make_claim(figures=(figure("killed", 7),), place=town("Sake", -1.5, 29))
    arrest = make_claim("arrest", figures=(figure("killed", dead),))
    assert len(group_claims([attack, arrest], [])) == incidents
