"""What pictures show and posters recall is not of the event they are told beside."""

import pytest


def protest_of(result):
    return next(i for i in result.incidents if i.event_type == "peaceful-protest")


@pytest.mark.parametrize(
    "ground",
    [
        "after a video circulated that showed soldiers standing over six bodies in Cali",
        "after photographs of six bodies in a barracks in Cali were published",
        "over footage that purports to show six bodies in Cali",
    ],
)
def test_the_dead_of_a_picture_are_not_of_the_protest_over_it(read, ground):
    result = read(f"Hundreds of people protested in Bogota on Tuesday {ground}.")
    assert protest_of(result).tallies == ()


@pytest.mark.parametrize(
    "text",
    [
        "Students marched in Lagos on Tuesday with a mural of 12 killed in 2020.",
        "Hundreds carrying portraits of the 43 missing students marched in Lagos on Tuesday.",
        "Police in Lagos fired tear gas on Tuesday at marchers with posters of 20 men killed "
        "in April.",
    ],
)
def test_whom_posters_recall_is_of_no_tally(read, text):
    assert [i.tallies for i in read(text).incidents] == [()]


def test_what_a_picture_only_appears_to_show_is_alleged_and_at_its_own_place(read):
    result = read(
        "Thousands marched in Nis on Tuesday after a clip spread online that appears to show men "
        "inside a burning church in Pristina, and several bodies on its floor."
    )
    march, fire = result.incidents
    assert (march.place.name, march.tallies) == ("Niš", ())
    assert (fire.place.name, fire.event_type) == ("Pristina", "attack")
    claims = [c for c in result.claims if c.id in fire.claims]
    assert {c.modality for c in claims} == {"alleged"}


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen raided the town of Kidal on Tuesday. Video showed at least nine bodies there.",
        "Police opened fire on demonstrators in Yangon on Tuesday, and footage showed nine bodies "
        "in the street.",
    ],
)
def test_a_video_that_bears_witness_counts_the_dead(read, text):
    incident = read(text).incidents[0]
    assert [t.low for t in incident.tallies if t.group is None] == [9]
