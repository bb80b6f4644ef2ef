"""Kind, place, time and parties over reports, and what is disputed of them."""

from dataclasses import replace

import pytest

from marsad.incidents.account.build import make_incident
from marsad.records import Place, When
from tests.incidents.account.making import MARKET, day, made, number, party

PROVINCE = MARKET.model_copy(
    update={"name": "Upper Orna", "geonameid": 77002, "precision": "province"}
)
FAR_TOWN = MARKET.model_copy(update={"name": "Belt", "geonameid": 77003, "latitude": 17.5})
NEXT_TOWN = MARKET.model_copy(update={"name": "Cort", "geonameid": 77004, "latitude": 14.6})


def one(tell, outlet, **values):
    return tell(claims=[{"figures": [number("killed", 4)], **values}], outlet=outlet)


def abouts(incident):
    return [d.about for d in incident.disputes]


def test_the_more_precise_place_wins(tell):
    incident = made(
        [
            one(tell, "Field Daily", place=PROVINCE),
            one(tell, "Valley Post", place=PROVINCE),
            one(tell, "Coast Wire", place=MARKET),
        ]
    )
    assert incident.place == MARKET


def test_the_more_precise_day_wins(tell):
    month = When(start=day("2031-05-01").start, end=day("2031-05-31").end, precision="month")
    incident = made(
        [one(tell, "Field Daily", when=month), one(tell, "Valley Post", when=day("2031-05-01"))]
    )
    assert incident.when == day("2031-05-01")


def test_copies_do_not_vote(tell):
    original = one(tell, "Field Daily", event_type="attack")
    copies = [
        tell(
            claims=[{"event_type": "riot"}],
            outlet=f"Copier {n}",
            copy_of=original.report.id,
        )
        for n in range(3)
    ]
    assert made([original, *copies]).event_type == "attack"


def test_most_independent_reports_choose_the_kind(tell):
    told = ("shelling", "air-strike", "air-strike")
    members = [one(tell, f"Outlet {n}", event_type=kind) for n, kind in enumerate(told)]
    assert made(members).event_type == "air-strike"


def test_parties_that_more_reports_name_come_first(tell):
    rebels = party("actor", "Hill Front", actor_id="bfa-hill-front")
    bands = ("Ash", "Birch", "Cedar", "Fir", "Hazel", "Larch", "Maple", "Oak", "Pine")
    others = [party("actor", name, "unidentified-armed") for name in bands]
    members = [one(tell, "Field Daily", participants=tuple(others))]
    members += [one(tell, f"Outlet {n}", participants=(rebels,)) for n in range(2)]
    assert made(members).participants[0].name == "Hill Front"


@pytest.mark.parametrize(
    ("other", "disputed"),
    [("2031-05-01", []), ("2031-04-28", ["date"]), ("2031-04-30", ["date"])],
)
def test_days_that_cannot_both_hold_are_disputed(tell, other, disputed):
    members = [one(tell, "Field Daily"), one(tell, "Valley Post", when=day(other))]
    assert abouts(made(members)) == disputed


def test_the_night_between_two_days_is_no_dispute(tell):
    night = tell(claims=[{"when": day("2031-04-30")}], outlet="Valley Post")
    words = night.report.model_copy(update={"text": "attacked overnight"})
    claim = night.claims[0]
    claim = claim.model_copy(update={"evidence": (words.quote(0, 18),)})
    night = replace(night, report=words, claims=(claim,))
    assert abouts(made([one(tell, "Field Daily"), night])) == []


def test_a_date_after_the_first_report_is_no_date_of_the_event(tell):
    trial = tell(claims=[{"when": day("2031-09-10")}], outlet="Valley Post", on="2031-09-11")
    incident = made([one(tell, "Field Daily"), trial])
    assert incident.when == day("2031-05-01")
    assert abouts(incident) == []


@pytest.mark.parametrize(("place", "disputed"), [(FAR_TOWN, ["place"]), (NEXT_TOWN, [])])
def test_places_too_far_apart_are_disputed(tell, place: Place, disputed):
    members = [one(tell, "Field Daily"), one(tell, "Valley Post", place=place)]
    assert abouts(made(members)) == disputed


STATE = party("actor", "Burkinabe military", "military", "bfa-military")
POLICE = party("actor", "Burkinabe police", "police", "bfa-police")
FRONT = party("actor", "Hill Front", actor_id="hill-front")


@pytest.mark.parametrize(
    ("first", "second", "kind", "disputed"),
    [
        (STATE, FRONT, "shelling", ["perpetrator"]),
        (FRONT, STATE, "shelling", ["perpetrator"]),
        (STATE, FRONT, "armed-clash", []),  # both fought
        (STATE, POLICE, "shelling", []),  # bodies of one state
        (FRONT, FRONT, "shelling", []),
    ],
)
def test_doers_that_exclude_each_other_are_disputed(tell, first, second, kind, disputed):
    members = [
        one(tell, outlet, event_type=kind, participants=(doer,))
        for outlet, doer in (("Field Daily", first), ("Valley Post", second))
    ]
    incident = made(members)
    assert abouts(incident) == disputed
    assert incident.status == ("contested" if disputed else "corroborated")


def test_disputes_within_a_report_stay(tell):
    member = tell(
        claims=[{}, {"modality": "denied", "source": "army", "kind": "military"}],
        disputes=[(0, 1, "occurrence")],
    )
    incident = made([member, one(tell, "Valley Post")])
    assert abouts(incident) == ["occurrence"]
    assert incident.status == "contested"


def test_a_copy_does_not_double_a_dispute(tell):
    story = {
        "claims": [{}, {"modality": "denied", "source": "army", "kind": "military"}],
        "disputes": [(0, 1, "occurrence")],
    }
    original = tell(**story)
    copy = tell(**story, outlet="Valley Post", copy_of=original.report.id)
    assert len(made([original, copy]).disputes) == 1


def test_what_its_only_origin_denies_later_is_discounted(tell):
    said = tell(source="police", kind="police", on="2031-05-02")
    denied = tell(
        claims=[{"modality": "denied", "source": "police", "kind": "police"}],
        on="2031-05-04",
        outlet="Valley Post",
    )
    assert made([said, denied]).status == "discounted"
    other = tell(source="hospital", kind="medical", outlet="Coast Wire")
    assert made([said, denied, other]).status != "discounted"


def test_background_gives_mentions_and_nothing_else(tell):
    told = one(tell, "Field Daily")
    before = made([told])
    back = tell(number("killed", 400), outlet="Valley Post", background=True)
    after = made([told, back])
    assert after.mentions == (back.claims[0].id,)
    assert after.model_copy(update={"mentions": ()}) == before


def test_background_alone_is_no_incident(tell):
    assert make_incident([tell(background=True)]) is None


DENIED = {
    "claims": [{}, {"modality": "denied", "source": "army", "kind": "military"}],
    "disputes": [(0, 1, "occurrence")],
}


def test_a_dispute_that_many_reports_tell_is_one(tell):
    members = [tell(**DENIED, on=f"2031-05-0{n}") for n in range(2, 8)]
    assert abouts(made(members)) == ["occurrence"]


def test_a_dispute_of_numbers_ends_as_one_side_takes_its_own_back(tell):
    both = tell(
        claims=[
            {"figures": [number("killed", 9)], "source": "hospital", "kind": "medical"},
            {"figures": [number("killed", 5)], "source": "police", "kind": "police"},
        ]
    )
    agreed = tell(
        number("killed", 9),
        source="police",
        kind="police",
        on="2031-05-04",
        outlet="Valley Post",
    )
    assert abouts(made([both])) == ["figure"]
    incident = made([both, agreed])
    assert abouts(incident) == []
    assert incident.status == "corroborated"
