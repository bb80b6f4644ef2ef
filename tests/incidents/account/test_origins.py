"""Who is one voice and who are two."""

import pytest

from marsad.incidents.account.member import first_tellers, in_order
from tests.incidents.account.making import made, number, party


def origins(*members):
    incident = made(members)
    return [o.source for o in incident.origins], incident.status


def cite(tell, *sources, **values):
    """One report an outlet, each citing one source."""
    outlets = ("Field Daily", "Valley Post", "Coast Wire", "River News")
    return [
        tell(number("killed", 4), outlet=outlet, source=source, kind=kind, **values)
        for outlet, (source, kind) in zip(outlets, sources, strict=False)
    ]


@pytest.mark.parametrize(
    "names",
    [
        # an acronym and what it stands for
        (("SOHR", "monitor"), ("Syrian Observatory for Human Rights", "monitor")),
        (("the Syrian Observatory for Human Rights", "monitor"), ("SOHR", "monitor")),
        # whoever speaks for a body is the body
        (
            ("spokesman for the interior ministry", "government"),
            ("interior ministry", "government"),
        ),
        (("interior minister", "government"), ("the interior ministry", "government")),
        (("Burkinabe interior ministry", "government"), ("interior ministry", "government")),
        # police of one place, officials of whom nobody is named
        (("Orna police", "police"), ("police", "police")),
        (("Officials", "official"), ("officials", "official")),
        (("sources", "other"), ("multiple sources", "other")),
        # a person with and without office
        (("Trooper Stephen Hammonsky", "other"), ("Hammonsky", "other")),
        (("Amadou Zongolo, district chief", "official"), ("chief Amadou Zongolo", "official")),
    ],
)
def test_two_names_of_one_origin_are_one(tell, names):
    found, status = origins(*cite(tell, *names))
    assert len(found) == 1
    assert status == "single-source"


@pytest.mark.parametrize(
    "names",
    [
        (("interior ministry", "government"), ("defence ministry", "military")),
        (("SOHR", "monitor"), ("UN", "official")),
        (("Stephen Hammonsky", "other"), ("Amadou Zongolo", "other")),
        # unnamed people of two outlets, whose texts are no copies
        (("witnesses", "witness"), ("witnesses", "witness")),
        (("residents", "witness"), (None, "other")),
    ],
)
def test_two_origins_corroborate(tell, names):
    found, status = origins(*cite(tell, *names))
    assert len(found) == 2
    assert status == "corroborated"


def test_the_army_is_that_of_the_state_that_takes_part(tell):
    abroad = (party("actor", "Malian military", "military", "mli-military"),)
    claims = [
        {
            "figures": [number("killed", 4)],
            "source": "army",
            "kind": "military",
            "participants": abroad,
        }
    ]
    other = tell(number("killed", 4), source="Malian army", kind="military", outlet="Valley Post")
    found, _ = origins(tell(claims=claims), other)
    assert len(found) == 1


def test_an_agency_is_one_voice_credited_or_publishing_itself(tell):
    credited = tell(number("killed", 4), outlet="Valley Post", source="Reuters", kind="media")
    itself = tell(number("killed", 4), outlet="Reuters")
    assert origins(credited, itself) == (["Reuters"], "single-source")


def test_an_outlet_is_no_second_origin_beside_the_claimant_it_names(tell):
    told = [
        {"figures": [number("killed", 4)]},
        {"figures": [number("killed", 4)], "source": "SOHR", "kind": "monitor"},
    ]
    assert origins(tell(claims=told))[1] == "single-source"


def test_outlets_with_names_that_share_a_word_are_two(tell):
    assert len(origins(tell(outlet="The Post"), tell(outlet="Valley Post"))[0]) == 2


def test_outlets_without_a_name_cannot_corroborate_each_other(tell):
    assert origins(tell(outlet=None), tell(outlet=None))[1] == "single-source"


def test_the_site_stands_for_an_outlet_without_a_name(tell):
    members = [
        tell(outlet=None, url=url)
        for url in ("https://post.example/a", "https://post.example/b", "https://wire.example/a")
    ]
    assert origins(*members)[0] == ["post.example", "wire.example"]


def test_a_copy_of_a_copy_goes_back_to_the_first_text(tell):
    first = tell(outlet="Field Daily")
    second = tell(outlet="Valley Post", copy_of=first.report.id)
    third = tell(outlet="Coast Wire", copy_of=second.report.id)
    incident = made([third, first, second])
    assert [(o.source, len(o.copies)) for o in incident.origins] == [("Field Daily", 2)]


def test_copies_in_a_circle_still_have_one_teller(tell):
    one = tell(report="a", copy_of="b")
    two = tell(report="b", copy_of="a")
    assert len({m.report.id for m in first_tellers([one, two]).values()}) == 1


def test_of_copies_without_their_original_the_first_speaks(tell):
    late = tell(outlet="Valley Post", on="2031-05-03", copy_of="elsewhere")
    early = tell(outlet="Coast Wire", on="2031-05-02", copy_of="elsewhere")
    assert [o.source for o in made([late, early]).origins] == ["Coast Wire"]


def test_times_of_many_zones_are_put_in_one_order(tell):
    noon = tell(on="2031-05-02T12:00:00+00:00")
    earlier = tell(on="2031-05-02T13:00:00+03:00")
    unknown = tell(on=None, stored_at="2031-05-01T00:00:00+00:00")
    naive = tell(on="2031-05-02T11:00:00")
    assert in_order([unknown, noon, naive, earlier]) == [earlier, naive, noon, unknown]
