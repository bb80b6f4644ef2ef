"""What persons decide, and that it is found again after recoding."""

from dataclasses import replace

import pytest

from marsad.errors import DecisionError
from marsad.incidents.account.build import make_incident
from marsad.incidents.account.decide import read_value
from marsad.records import Anchor, Decision
from tests.incidents.account.making import GUNMEN, MARKET, SOLDIERS, day, made, number, row

POLICIES = ("latest-credible", "acled-conservative", "ucdp-best", "airwars-range")


def decide(kind, member, seq=7, **values):
    claim = member.claims[values.pop("claim", 0)]
    anchor = Anchor(
        claim=claim.id,
        report=member.report.id,
        start=claim.trigger.start,
        end=claim.trigger.end,
    )
    return Decision(
        kind=kind,
        targets=(anchor,),
        made_by="Ada",
        reason="saw the file",
        seq=seq,
        made_at="2031-06-02T00:00:00+00:00",
        **values,
    )


@pytest.fixture
def member(tell):
    return tell(number("killed", 6), number("injured", 2))


def test_a_confirmed_incident_says_by_whom(member):
    incident = made([member], [decide("confirm", member)])
    assert (incident.review.kind, incident.review.by) == ("confirm", "Ada")
    assert incident.decisions == (7,)


def test_a_rejected_incident_is_discounted_and_stays_readable(member):
    incident = made([member], [decide("reject", member)])
    assert incident.status == "discounted"
    assert row(incident) == (6, 6, 6)


def test_the_latest_review_holds_in_whatever_order_they_come(member):
    decisions = [decide("confirm", member, seq=9), decide("reject", member, seq=8)]
    assert made([member], decisions).review.kind == "confirm"


def test_a_rejected_claim_counts_nothing(tell):
    claims = [{"figures": [number("killed", 6)]}, {"figures": [number("killed", 9, **GUNMEN)]}]
    member = tell(claims=claims)
    incident = made([member], [decide("reject", member, scope="claim", claim=1)])
    assert row(incident) == (6, 6, 6)
    assert member.claims[1].id not in incident.claims
    assert incident.decisions == (7,)


def test_rejecting_the_only_claim_leaves_no_incident(member):
    assert make_incident([member], [decide("reject", member, scope="claim")]) is None


def test_a_claim_confirmed_again_counts(member):
    decisions = [
        decide("reject", member, scope="claim", seq=7),
        decide("confirm", member, scope="claim", seq=8),
    ]
    assert row(made([member], decisions)) == (6, 6, 6)


def test_a_reading_rejected_in_one_text_is_rejected_in_its_copies(tell, member):
    copy = tell(
        number("killed", 6), number("injured", 2), outlet="Copier", copy_of=member.report.id
    )
    decision = decide("reject", member, scope="claim")
    assert make_incident([member, copy], [decision]) is None


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize(
    ("value", "bounds"),
    [(11, (11, 11, 11)), ({"low": 9, "best": 11, "high": None}, (9, 11, None))],
)
def test_a_number_that_is_set_holds_under_every_policy(member, policy, value, bounds):
    decision = decide("set", member, field="killed", value=value)
    incident = made([member], [decision])
    assert row(incident, policy=policy) == bounds
    total = next(t for t in incident.tallies if t.outcome == "killed" and t.policy == policy)
    assert total.sources == ("reviewer: Ada",)


def test_a_number_can_be_set_where_none_was_told(member):
    decision = decide("set", member, field="missing", value=2)
    assert row(made([member], [decision]), "missing") == (2, 2, 2)


def test_what_was_told_stays_beside_the_number_set(tell):
    member = tell(number("killed", 6, **SOLDIERS))
    incident = made([member], [decide("set", member, field="killed", value=11)])
    assert [t.best for t in incident.told] == [6]
    assert row(incident, group="soldiers") == (6, 6, 6)


def test_kind_place_and_time_can_be_set(member):
    elsewhere = MARKET.model_copy(update={"name": "Belt", "geonameid": 77003})
    incident = made(
        [member],
        [
            decide("set", member, seq=1, field="event_type", value="shelling"),
            decide("set", member, seq=2, field="place", value=elsewhere.model_dump(mode="json")),
            decide("set", member, seq=3, field="when", value="2031-04-29"),
        ],
    )
    assert incident.event_type == "shelling"
    assert incident.place == elsewhere
    assert incident.when == day("2031-04-29")
    assert incident.decisions == (1, 2, 3)


def test_the_later_value_wins(member):
    decisions = [decide("set", member, seq=n, field="killed", value=n) for n in (5, 3, 4)]
    assert row(made([member], decisions)) == (5, 5, 5)


def test_a_decision_finds_the_claim_of_a_new_reading(member):
    decision = decide("set", member, field="killed", value=11)
    recoded = replace(
        member, claims=tuple(c.model_copy(update={"id": f"{c.id}-2"}) for c in member.claims)
    )
    assert row(made([recoded], [decision])) == (11, 11, 11)


def test_a_decision_about_another_incident_changes_nothing(tell, member):
    other = tell(number("killed", 40))
    assert made([member], [decide("reject", other)]) == made([member])


def test_the_number_set_for_another_incident_is_not_taken_over_in_a_split(tell, member):
    other = tell(number("killed", 40))
    anchors = [decide("reject", m).targets[0] for m in (other, member)]
    split = Decision(
        kind="split",
        targets=(anchors[0],),
        others=(anchors[1],),
        made_by="Ada",
        reason="two",
        seq=7,
    )
    incident = made([member], [split])
    assert incident.decisions == (7,)
    assert incident.review is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("event_type", "picnic"),
        ("killed", "many"),
        ("killed", -1),
        ("killed", True),
        ("killed", {"low": 9, "best": 3}),
        ("killed", {"best": 3, "worst": 9}),
        ("when", "last week"),
        ("when", 12),
        ("place", "Belt"),
        ("place", {"name": "Belt"}),
        ("mood", "bad"),
    ],
)
def test_what_a_field_cannot_have_is_refused(field, value):
    with pytest.raises(DecisionError, match=field):
        read_value(field, value)
