"""One ambush in four reports: the account that a monitor would keep by hand."""

import pytest

from marsad.incidents.account.changes import explain_change
from marsad.incidents.account.member import name_report
from tests.incidents.account.making import GUNMEN, SOLDIERS, made, number, row, told


@pytest.fixture
def early(tell):
    return tell(number("killed", 6, **SOLDIERS), outlet="Field Daily", on="2031-05-01")


@pytest.fixture
def ministry(tell):
    return tell(
        number("killed", 14, **SOLDIERS),
        number("injured", 10, **SOLDIERS),
        outlet="Valley Post",
        on="2031-05-02",
        source="defence ministry",
        kind="military",
    )


@pytest.fixture
def copy(ministry, tell):
    return tell(
        number("killed", 14, **SOLDIERS),
        number("injured", 10, **SOLDIERS),
        outlet="Coast Wire",
        on="2031-05-02",
        source="defence ministry",
        kind="military",
        copy_of=ministry.report.id,
    )


@pytest.fixture
def monitor(tell):
    return tell(
        number("killed", 14, None, **SOLDIERS),
        number("killed", 3, **GUNMEN),
        outlet="River News",
        on="2031-05-03",
        source="Upland Conflict Monitor",
        kind="monitor",
    )


def test_a_grown_toll_takes_the_place_of_the_first(early, ministry, copy):
    incident = made([early, ministry, copy])
    assert row(incident) == (14, 14, 14)
    assert told(incident, group="soldiers") == [
        (6, "Field Daily", "superseded"),
        (14, "defence ministry", "current"),
        (14, "defence ministry", "copy"),
    ]
    assert incident.told[0].superseded_by == ministry.report.id


def test_a_copy_corroborates_nothing(ministry, copy):
    incident = made([ministry, copy])
    assert incident.status == "single-source"
    assert [o.copies for o in incident.origins] == [(copy.report.id,)]


def test_a_second_origin_corroborates(early, ministry, copy, monitor):
    incident = made([early, ministry, copy, monitor])
    assert incident.status == "corroborated"
    assert len(incident.origins) == 3


def test_the_dead_of_two_sides_are_added_and_kept_apart(early, ministry, copy, monitor):
    incident = made([early, ministry, copy, monitor])
    assert row(incident)[:2] == (17, 17)
    assert row(incident, group="soldiers")[:2] == (14, 14)
    assert row(incident, group="gunmen") == (3, 3, 3)


def test_the_history_can_be_read(early, ministry, copy):
    names = {m.report.id: name_report(m.report) for m in (early, ministry, copy)}
    first, second = made([early]), made([early, ministry])
    moved = {c.field: c for c in explain_change(first, second, names)}
    assert moved["killed"].before["best"] == 6
    assert moved["killed"].after["best"] == 14
    assert moved["killed"].why == (
        "killed rose from 6 to 14: defence ministry, in Valley Post of 2 May 2031; "
        "the earlier 6 (Field Daily of 1 May 2031) is superseded"
    )
    third = made([early, ministry, copy])
    assert [c.why for c in explain_change(second, third, names)] == [
        "told by Coast Wire of 2 May 2031 (a copy)"
    ]


def test_an_incident_keeps_its_id_as_later_reports_come(early, ministry, copy, monitor):
    assert made([early]).id == made([early, ministry, copy, monitor]).id
