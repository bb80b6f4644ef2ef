import pytest

from marsad.incidents.tally import tally_claims


def total(claims, outcome="killed"):
    row = next(t for t in tally_claims(claims) if t.outcome == outcome and t.group is None)
    return row.low, row.best, row.high


def test_a_floor_stays_open_above(make_claim, figure):
    assert total([make_claim(figures=(figure("killed", 14, None),))]) == (14, 14, None)


def test_an_exact_count_closes_the_floor_of_another_source(make_claim, figure):
    outlet = make_claim(figures=(figure("killed", 14, None),))
    minister = make_claim(sources=("minister", "Daily"), figures=(figure("killed", 14),))
    assert total([outlet, minister]) == (14, 14, 14)


def test_sources_that_differ_give_a_range(make_claim, figure):
    police = make_claim(sources=("police", "Daily"), figures=(figure("killed", 7),))
    medics = make_claim(sources=("medics", "Daily"), figures=(figure("killed", 9),))
    low, best, high = total([police, medics])
    assert (low, high) == (7, 9)
    assert best in (7, 9)


def test_the_number_that_more_sources_give_is_best(make_claim, figure):
    claims = [
        make_claim(sources=(name, "Daily"), figures=(figure("killed", number),))
        for name, number in (("a", 7), ("b", 9), ("c", 9))
    ]
    assert total(claims) == (7, 9, 9)


def test_a_subset_is_not_added_again(make_claim, figure):
    figures = (
        figure("killed", 14, group="people"),
        figure("killed", 3, group="children", group_kind="children", subset_of=0),
    )
    assert total([make_claim(figures=figures)]) == (14, 14, 14)


def test_both_sides_dead_are_added(make_claim, figure):
    forces = make_claim(figures=(figure("killed", 14, group="soldiers", group_kind="military"),))
    rebels = make_claim(
        figures=(figure("killed", 3, None, group="rebels", group_kind="armed-group"),)
    )
    assert total([forces, rebels]) == (17, 17, None)


def test_disjoint_groups_of_one_sentence_are_added(make_claim, figure):
    figures = (
        figure("killed", 5, group="teachers", group_kind="civilian"),
        figure("killed", 2, group="children", group_kind="children"),
    )
    assert total([make_claim(figures=figures)]) == (7, 7, 7)


def test_a_running_toll_supersedes_what_came_before(make_claim, figure):
    first = make_claim(figures=(figure("killed", 6),))
    later = make_claim(figures=(figure("killed", 9, cumulative=True),))
    assert total([first, later]) == (9, 9, 9)


def test_a_number_told_as_an_earlier_one_gives_way(make_claim, figure):
    now = make_claim(figures=(figure("killed", 21, cumulative=True),))
    before = make_claim(figures=(figure("killed", 13, superseded=True),))
    assert total([now, before]) == (21, 21, 21)
    assert total([before]) == (13, 13, 13)


def test_another_five_add_up(make_claim, figure):
    first = make_claim(figures=(figure("killed", 6, group="people"),))
    more = make_claim(figures=(figure("killed", 5, group="people", additive=True),))
    assert total([first, more]) == (11, 11, 11)


def test_a_victim_described_again_is_counted_once(make_claim, figure):
    lead = make_claim(figures=(figure("killed", 2, group="people"),))
    detail = make_claim(figures=(figure("killed", 1, group="woman", group_kind="women"),))
    assert total([lead, detail]) == (2, 2, 2)


def test_one_person_told_twice_in_other_words_is_one(make_claim, figure):
    lead = make_claim(figures=(figure("killed", 1, group="man", victim="v1"),))
    named = make_claim(figures=(figure("killed", 1, group="John Doe", victim="v1"),))
    assert total([lead, named]) == (1, 1, 1)


def test_a_wounded_person_who_died_is_counted_among_the_dead_only(make_claim, figure):
    shot = make_claim(figures=(figure("injured", 1, group="man", victim="v1"),))
    died = make_claim(figures=(figure("killed", 1, group="victim", victim="v1"),))
    rows = tally_claims([shot, died])
    assert [(t.outcome, t.best) for t in rows if t.group is None] == [("killed", 1)]


def test_the_dead_among_those_shot_are_not_injured_too(make_claim, figure):
    shot = make_claim(figures=(figure("injured", 5, group="people", includes_dead=True),))
    died = make_claim(figures=(figure("killed", 2, group="people"),))
    assert total([shot, died], "injured") == (3, 3, 3)


def test_a_number_of_another_order_is_no_rival_account(make_claim, figure):
    lead = make_claim(figures=(figure("killed", 4, group="people"),))
    other = make_claim(sources=("UN", "Daily"), figures=(figure("killed", 900, group="people"),))
    assert total([lead, other]) == (4, 4, 4)


def test_people_without_a_side_are_those_of_the_only_side_named(make_claim, figure):
    title = make_claim(figures=(figure("killed", 14, group="people"),))
    lead = make_claim(figures=(figure("killed", 14, group="soldiers", group_kind="military"),))
    assert total([title, lead]) == (14, 14, 14)


def test_each_group_has_its_row_with_sources_and_claims(make_claim, figure):
    claim = make_claim(
        sources=("monitor", "Daily"),
        figures=(figure("killed", 3, None, group="loyalists", group_kind="armed-group"),),
    )
    row = next(t for t in tally_claims([claim]) if t.group == "loyalists")
    assert row.sources == ("monitor",)
    assert row.claims == (claim.id,)


def test_a_denied_claim_adds_no_number(make_claim, figure):
    claim = make_claim(modality="denied", figures=(figure("killed", 3),))
    assert tally_claims([claim]) == ()


def test_no_casualties_is_a_zero_not_a_gap(make_claim, figure):
    assert total([make_claim(figures=(figure("injured", 0),))], "injured") == (0, 0, 0)


@pytest.mark.parametrize("outcome", ["killed", "injured", "detained", "abducted", "displaced"])
def test_outcomes_are_told_apart(make_claim, figure, outcome):
    claim = make_claim(figures=(figure(outcome, 4), figure("missing", 2)))
    assert total([claim], outcome) == (4, 4, 4)
    assert total([claim], "missing") == (2, 2, 2)


@pytest.mark.parametrize(
    ("sources", "number", "wanted"),
    [
        (("Daily",), 8, (12, 12, 12)),  # the report's own lower number later is a part
        (("witness", "Daily"), 8, (12, 12, 12)),  # what a report tells itself, it has weighed
        (("medics", "Daily"), 15, (12, 12, 15)),  # a higher one by somebody may yet be right
    ],
)
def test_what_the_report_leads_with_is_its_account_of_the_whole(
    make_claim, figure, sources, number, wanted
):
    lead = make_claim(figures=(figure("killed", 12, group="people"),))
    later = make_claim(sources=sources, figures=(figure("killed", number, group="people"),))
    assert total([lead, later]) == wanted


def test_a_lower_floor_of_one_source_stays_below_the_count_of_another(make_claim, figure):
    ministry = make_claim(sources=("ministry", "Daily"), figures=(figure("killed", 9, None),))
    doctor = make_claim(
        sources=("doctor", "Daily"), figures=(figure("killed", 12, cumulative=True),)
    )
    assert total([ministry, doctor]) == (9, 12, 12)


def test_a_running_toll_within_the_range_told_changes_nothing(make_claim, figure):
    lead = make_claim(figures=(figure("killed", 19, 22, qualifier="range"),))
    risen = make_claim(figures=(figure("killed", 22, cumulative=True),))
    low, _, high = total([lead, risen])
    assert (low, high) == (19, 22)


def test_kin_told_of_later_are_among_those_counted(make_claim, figure):
    women = figure("killed", 1, group="woman", group_kind="women", victim="v1")
    lead = make_claim(
        figures=(women, figure("killed", 3, group="young children", group_kind="children"))
    )
    names = make_claim(figures=(figure("killed", 2, group="her two sons", group_kind="men"),))
    assert total([lead, names]) == (4, 4, 4)


def test_two_more_are_added_to_the_whole_but_not_to_its_parts(make_claim, figure):
    whole = make_claim(figures=(figure("killed", 6, group="people"),))
    parts = make_claim(figures=(figure("killed", 3, group="daughters"),))
    more = make_claim(figures=(figure("killed", 2, group="others", additive=True),))
    assert total([whole, more]) == (8, 8, 8)
    assert total([whole, parts, more]) == (6, 6, 6)


def test_people_told_one_by_one_count_where_the_words_only_say_people(make_claim, figure):
    some = make_claim(figures=(figure("injured", 2, None, qualifier="vague", group="people"),))
    one = make_claim(figures=(figure("injured", 1, group="nurse", victim="v1"),))
    assert total([some], "injured") == (2, 2, None)
    two = make_claim(figures=(figure("injured", 1, group="clerk", victim="v2"),))
    assert total([some, one], "injured") == (2, 2, None)
    assert total([some, one, two], "injured") == (2, 2, 2)


def test_the_dead_told_as_what_came_of_the_shots_are_among_those_hit(make_claim, figure):
    def quoted(words, start, **values):
        number = values.pop("number")
        made = figure(values.pop("outcome"), number, **values)
        evidence = made.evidence.model_copy(
            update={"start": start, "end": start + len(words), "quote": words}
        )
        return made.model_copy(update={"evidence": evidence})

    hit = quoted("shot four people", 10, outcome="injured", number=4, includes_dead=True)
    killing = quoted("killing one", 30, outcome="killed", number=1, victim="v1")
    beside = quoted("one dead", 2, outcome="killed", number=1, victim="v1")
    assert total([make_claim(figures=(hit, killing))], "injured") == (3, 3, 3)
    assert total([make_claim(figures=(beside, hit))], "injured") == (4, 4, 4)


def test_a_lower_count_says_nothing_against_a_floor(make_claim, figure):
    first = make_claim(sources=("reports", "Daily"), figures=(figure("killed", 18, None),))
    agency = make_claim(sources=("agency", "Daily"), figures=(figure("killed", 7),))
    assert total([first, agency])[0] == 18
