"""Which numbers stand, and what each policy makes of them."""

import pytest

from tests.incidents.account.making import GUNMEN, SOLDIERS, made, number, row, told

POLICIES = ("latest-credible", "acled-conservative", "ucdp-best", "airwars-range")


def killed(*members, policy="latest-credible"):
    return row(made(members), policy=policy)


def test_an_origin_takes_back_its_own_number(tell):
    first = tell(number("killed", 9), source="police", kind="police", on="2031-05-02")
    second = tell(
        number("killed", 7), source="police", kind="police", on="2031-05-03", outlet="Valley Post"
    )
    incident = made([first, second])
    assert row(incident) == (7, 7, 7)
    assert told(incident)[0] == (9, "police", "superseded")


def test_numbers_of_one_time_stand_against_each_other(tell):
    hospital = tell(number("killed", 9), source="hospital", kind="medical")
    police = tell(number("killed", 5), source="police", kind="police", outlet="Valley Post")
    incident = made([hospital, police])
    assert row(incident) == (5, 9, 9)
    assert [d.about for d in incident.disputes] == ["figure"]
    assert incident.status == "contested"


def test_more_independent_origins_weigh_more_than_a_better_kind(tell):
    hospital = tell(number("killed", 9), source="hospital", kind="medical")
    others = [
        tell(number("killed", 5), source=source, kind=kind, outlet=outlet)
        for source, kind, outlet in (
            ("police", "police", "Valley Post"),
            ("SOHR", "monitor", "Coast Wire"),
        )
    ]
    assert killed(hospital, *others) == (5, 5, 9)


def test_hours_later_the_same_day_a_toll_can_have_grown(tell):
    noon = tell(number("killed", 3), on="2031-05-02T06:00:00+00:00")
    night = tell(
        number("killed", 8), on="2031-05-02T20:00:00+00:00", source="police", kind="police"
    )
    assert killed(noon, night) == (8, 8, 8)


def test_an_overtaken_number_told_again_stands(tell):
    six = tell(number("killed", 6), source="police", kind="police", on="2031-05-02")
    nine = tell(
        number("killed", 9), source="SOHR", kind="monitor", on="2031-05-03", outlet="Coast Wire"
    )
    again = tell(number("killed", 6), source="police", kind="police", on="2031-05-04")
    assert killed(six, nine) == (9, 9, 9)
    assert killed(six, nine, again) == (6, 9, 9)


def test_a_number_many_times_higher_is_another_account(tell):
    few = tell(number("killed", 4), source="police", kind="police", on="2031-05-02")
    many = tell(number("killed", 60), on="2031-05-04", outlet="Valley Post")
    assert killed(few, many)[0] == 4
    assert killed(few, many)[2] == 60


def test_a_running_toll_overtakes_whatever_it_sums_up(tell):
    few = tell(number("killed", 4), source="police", kind="police", on="2031-05-02")
    many = tell(number("killed", 60, cumulative=True), on="2031-05-04", outlet="Valley Post")
    assert killed(few, many) == (60, 60, 60)


@pytest.mark.parametrize("first", ["military", "armed-group"])
def test_the_other_side_of_a_fight_overtakes_nothing(tell, first):
    kinds = {"military": "the army", "armed-group": "the rebels"}
    other = next(k for k in kinds if k != first)
    early = tell(number("killed", 4), source=kinds[first], kind=first, on="2031-05-02")
    late = tell(
        number("killed", 7), source=kinds[other], kind=other, on="2031-05-04", outlet="Valley Post"
    )
    assert killed(early, late) == (4, 7, 7)


def test_another_five_come_on_top_of_what_was_told_before(tell):
    first = tell(number("killed", 9), source="police", kind="police", on="2031-05-02")
    more = tell(number("killed", 5, additive=True), on="2031-05-03", source="police", kind="police")
    incident = made([first, more])
    assert row(incident) == (14, 14, 14)
    total = next(t for t in incident.tallies if t.group is None)
    assert set(total.claims) == {first.claims[0].id, more.claims[0].id}


def test_nobody_hurt_stands_against_a_number(tell):
    none = tell(
        number("killed", 0, qualifier="none", quote="no casualties"),
        source="army",
        kind="military",
    )
    some = tell(number("killed", 5), source="hospital", kind="medical", outlet="Valley Post")
    incident = made([none, some])
    assert row(incident) == (0, 5, 5)
    assert incident.status == "contested"


def test_a_vague_number_gives_way_to_a_counted_one(tell):
    vague = tell(number("killed", 24, None, qualifier="vague", quote="dozens"), on="2031-05-03")
    counted = tell(number("killed", 19), on="2031-05-02", source="hospital", kind="medical")
    assert killed(vague, counted) == (19, 19, 19)
    assert told(made([vague, counted]))[1][2] == "set-aside"


def test_a_subset_is_not_added_and_has_its_row(tell):
    children = number(
        "killed", 3, group="children", group_kind="children", subset_of=0, quote="three children"
    )
    incident = made([tell(number("killed", 14), children)])
    assert row(incident) == (14, 14, 14)
    assert row(incident, group="children") == (3, 3, 3)


def test_one_number_for_two_descriptions_is_of_the_same_dead(tell):
    army = tell(number("killed", 4, **GUNMEN), source="army", kind="military")
    village = tell(
        number("killed", 4, group="villagers", group_kind="civilian"),
        source="residents",
        kind="witness",
        outlet="Valley Post",
    )
    assert killed(army, village) == (4, 4, 4)


def test_a_number_for_everybody_holds_those_of_the_sides(tell):
    sides = tell(number("killed", 14, **SOLDIERS), number("killed", 3, **GUNMEN))
    whole = tell(number("killed", 19), outlet="Valley Post", on="2031-05-04")
    assert killed(sides, whole) == (19, 19, 19)


def test_the_doer_is_counted_once(tell):
    bomber = {"group": "bomber", "group_kind": "perpetrators", "quote": "the bomber"}
    both = tell(number("killed", 5, quote="killed 5 people"), number("killed", 1, **bomber))
    six = tell(number("killed", 6), outlet="Valley Post")
    assert killed(both) == (6, 6, 6)
    assert killed(both, six)[2] == 6


@pytest.mark.parametrize(
    ("policy", "bounds"),
    [
        ("latest-credible", (24, 24, None)),
        ("acled-conservative", (12, 12, 12)),
        ("ucdp-best", (24, 24, 24)),
        ("airwars-range", (12, 12, 24)),
    ],
)
def test_each_policy_reads_dozens_by_its_table(tell, policy, bounds):
    vague = tell(number("killed", 24, None, qualifier="vague", quote="dozens of people"))
    assert killed(vague, policy=policy) == bounds


@pytest.mark.parametrize(
    ("policy", "bounds"), [("acled-conservative", (3, 3, 3)), ("airwars-range", (2, 2, 2))]
)
def test_each_policy_reads_a_plural_by_its_table(tell, policy, bounds):
    plural = tell(number("killed", 2, None, qualifier="vague", quote="civilians"))
    assert killed(plural, policy=policy) == bounds


def test_a_scaled_vague_number_is_left_as_read(tell):
    many = tell(number("killed", 2000, None, qualifier="vague", quote="several thousand"))
    assert killed(many, policy="acled-conservative") == (2000, 2000, 2000)


@pytest.mark.parametrize(
    ("policy", "bounds"),
    [
        ("latest-credible", (11, 14, 14)),
        ("acled-conservative", (11, 11, 11)),
        ("ucdp-best", (11, 14, 14)),
        ("airwars-range", (6, 6, 14)),
    ],
)
def test_each_policy_makes_its_number_of_one_story(tell, policy, bounds):
    early = tell(number("killed", 6), source="police", kind="police", on="2031-05-01")
    ministry = tell(
        number("killed", 11), source="defence ministry", kind="military", outlet="Valley Post"
    )
    hospital = tell(number("killed", 14), source="hospital", kind="medical", outlet="Coast Wire")
    assert killed(early, ministry, hospital, policy=policy) == bounds


def test_a_source_of_no_kind_sets_no_ucdp_bound_while_others_speak(tell):
    post = tell(number("killed", 2), source="a post", kind="other")
    hospital = tell(number("killed", 5), source="hospital", kind="medical", outlet="Valley Post")
    assert killed(post, hospital, policy="ucdp-best") == (5, 5, 5)


@pytest.mark.parametrize("policy", POLICIES)
def test_who_died_of_wounds_is_not_among_the_injured(tell, policy):
    hurt = number("injured", 1, group="man", victim="man", quote="a man")
    dead = number("killed", 1, group="man", victim="man", quote="the man")
    incident = made([tell(claims=[{"figures": [hurt]}, {"figures": [dead]}])])
    assert row(incident, "killed", policy=policy) == (1, 1, 1)
    assert row(incident, "injured", policy=policy) is None


def test_a_report_of_unknown_date_speaks_when_it_was_stored(tell):
    dated = tell(number("killed", 6), source="police", kind="police", on="2031-05-02")
    later = tell(
        number("killed", 8),
        source="SOHR",
        kind="monitor",
        on=None,
        stored_at="2031-05-09T00:00:00+00:00",
        outlet="Valley Post",
    )
    assert killed(dated, later) == (8, 8, 8)


def test_a_copy_with_another_number_is_its_origins_later_word(tell):
    wire = tell(number("killed", 6), source="police", kind="police", on="2031-05-02")
    update = tell(
        number("killed", 9),
        source="police",
        kind="police",
        on="2031-05-03",
        outlet="Valley Post",
        copy_of=wire.report.id,
    )
    incident = made([wire, update])
    assert row(incident) == (9, 9, 9)
    assert incident.status == "single-source"


def test_one_who_dies_later_takes_nothing_back(tell):
    toll = tell(number("killed", 14), source="police", kind="police", on="2031-05-02")
    one = tell(
        number("killed", 1, quote="One of the wounded"),
        source="police",
        kind="police",
        on="2031-05-04",
        outlet="Valley Post",
    )
    assert killed(toll, one) == (14, 14, 14)


@pytest.mark.parametrize("policy", POLICIES)
def test_one_of_many_is_no_toll(tell, policy):
    toll = tell(number("killed", 14), source="police", kind="police")
    one = tell(number("killed", 1, quote="one person"), outlet="Valley Post")
    incident = made([toll, one])
    assert row(incident, policy=policy) == (14, 14, 14)
    assert told(incident)[0][2] == "set-aside"
    assert not incident.disputes


def test_one_later_report_does_not_overtake_what_more_origins_say(tell):
    early = [
        tell(number("killed", 6), source=source, kind=kind, outlet=outlet, on="2031-05-02")
        for source, kind, outlet in (
            ("police", "police", "Field Daily"),
            ("hospital", "medical", "Coast Wire"),
        )
    ]
    later = tell(number("killed", 9), outlet="Valley Post", on="2031-05-04")
    assert killed(*early, later) == (6, 6, 9)
    other = tell(number("killed", 9), source="SOHR", kind="monitor", on="2031-05-04")
    assert killed(*early, later, other) == (9, 9, 9)


def test_of_one_origin_at_one_time_the_number_most_reports_give_counts(tell):
    police = {"source": "police", "kind": "police"}
    members = [
        tell(number("killed", count), outlet=f"Outlet {n}", **police)
        for n, count in enumerate((5, 5, 8))
    ]
    assert killed(*members) == (5, 5, 5)


def test_many_who_tell_of_one_man_outweigh_one_who_counts_more(tell):
    man = number("killed", 1, group="man", group_kind="men", quote="a man")
    sources = (("police", "police"), ("SOHR", "monitor"), ("hospital", "medical"))
    tellers = [
        tell(man, source=source, kind=kind, outlet=f"Outlet {n}")
        for n, (source, kind) in enumerate(sources)
    ]
    two = tell(number("killed", 2), outlet="Valley Post")
    assert killed(*tellers[:1], two) == (2, 2, 2)
    assert killed(*tellers, two)[1] == 1
