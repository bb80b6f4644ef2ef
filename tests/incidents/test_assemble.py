from datetime import date

from marsad.incidents.assemble import assemble_incidents
from marsad.records import Judgement, Place, When


def dispute(counter, target, about):
    return [
        Judgement(kind="same", claim=counter.id, other=target.id, by="t", reason="r"),
        Judgement(
            kind="disputes", claim=counter.id, other=target.id, about=about, by="t", reason="r"
        ),
    ]


def test_incidents_come_in_the_order_the_report_tells_them(make_claim, town):
    lead = make_claim("armed-clash", place=town("Tartus", 34.9, 35.9))
    later = make_claim("peaceful-protest", place=town("Homs", 34.7, 36.7))
    kinds = [i.event_type for i in assemble_incidents([lead, later], [])]
    assert kinds == ["armed-clash", "peaceful-protest"]


def test_a_counterclaim_makes_the_incident_contested_and_is_linked(make_claim):
    attack = make_claim(sources=("residents", "Daily"))
    denial = make_claim(sources=("army", "Daily"), modality="denied")
    (incident,) = assemble_incidents([attack, denial], dispute(denial, attack, "occurrence"))
    assert incident.status == "contested"
    assert incident.disputes[0].claim == attack.id
    assert incident.disputes[0].counterclaim == denial.id
    assert incident.disputes[0].sources == ("residents", "army")


def test_a_disputed_date_gives_the_interval_somebody_names(make_claim):
    fire = make_claim("attack", sources=("video", "Daily"), modality="alleged")
    november = When(start=date(2024, 11, 21), end=date(2024, 11, 30), precision="week")
    old = make_claim("attack", sources=("ministry", "Daily"), when=november)
    (incident,) = assemble_incidents([fire, old], dispute(old, fire, "date"))
    assert incident.when is not None
    assert (incident.when.start, incident.when.end) == (november.start, november.end)


def test_a_day_inside_the_interval_that_others_give_is_the_day(make_claim, day):
    weekend = When(start=date(2024, 11, 23), end=date(2024, 11, 24), precision="day")
    told = [make_claim(when=weekend), make_claim(when=weekend), make_claim(when=day("2024-11-24"))]
    same = [
        Judgement(kind="same", claim=claim.id, other=told[0].id, by="t", reason="r")
        for claim in told[1:]
    ]
    (incident,) = assemble_incidents(told, same)
    assert incident.when is not None
    assert incident.when.start == incident.when.end == date(2024, 11, 24)


def test_two_origins_corroborate_and_one_does_not(make_claim):
    police = make_claim(sources=("police", "Daily"))
    medics = make_claim(sources=("medics", "Daily"))
    assert assemble_incidents([police], [])[0].status == "single-source"
    assert assemble_incidents([police, medics], [])[0].status == "corroborated"


def test_the_outlets_own_lead_is_no_second_origin(make_claim):
    lead = make_claim(sources=("Daily",))
    police = make_claim(sources=("police", "Daily"))
    assert assemble_incidents([lead, police], [])[0].status == "single-source"


def test_numbers_that_cannot_both_hold_are_a_dispute(make_claim, figure):
    a = make_claim(sources=("army", "Daily"), figures=(figure("killed", 12),))
    b = make_claim(sources=("rebels", "Daily"), figures=(figure("killed", 4),))
    (incident,) = assemble_incidents([a, b], [])
    assert [d.about for d in incident.disputes] == ["figure"]


def test_a_floor_and_a_higher_count_do_not_disagree(make_claim, figure):
    a = make_claim(sources=("army", "Daily"), figures=(figure("killed", 12, None),))
    b = make_claim(sources=("rebels", "Daily"), figures=(figure("killed", 15),))
    assert assemble_incidents([a, b], [])[0].disputes == ()


def test_a_party_is_listed_once_under_its_fullest_name(make_claim, party):
    a = make_claim(participants=(party("recipient", "security forces", "police"),))
    b = make_claim(participants=(party("recipient", "Syrian security forces", "police"),))
    (incident,) = assemble_incidents([a, b], [])
    assert [p.name for p in incident.participants] == ["Syrian security forces"]


def test_the_town_is_preferred_to_the_province(make_claim, town):
    a = make_claim(place=town("Idlib", 35.8, 36.6, precision="province", admin1="Idlib"))
    b = make_claim(place=town("Saraqib", 35.86, 36.8, admin1="Idlib"))
    (incident,) = assemble_incidents([a, b], [])
    assert incident.place is not None
    assert incident.place.name == "Saraqib"


def test_the_same_claims_give_the_same_id(make_claim):
    claims = [make_claim(), make_claim()]
    assert assemble_incidents(claims, []) == assemble_incidents(claims, [])


def test_an_unlisted_village_names_the_place_where_only_its_province_is_listed(make_claim, town):
    lead = make_claim(place=town("Kwale", 6.2, 6.4, precision="province"))
    place = Place(name="Obi Ndu", country="SYR", precision="country")
    account = make_claim(place=place)
    (incident,) = assemble_incidents([lead, account], [])
    assert incident.place is not None
    assert (incident.place.name, incident.place.precision) == ("Obi Ndu", "province")
    assert incident.place.latitude == 6.2
