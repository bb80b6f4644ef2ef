"""What a person reads of how an incident changed."""

from marsad.incidents.account.build import make_incident
from marsad.incidents.account.changes import explain_change
from tests.incidents.account.making import SOLDIERS, number
from tests.incidents.account.test_decide import decide


def whys(before, after, names=None):
    return {c.field: c.why for c in explain_change(before, after, names)}


def test_nothing_moved_nothing_to_tell(tell):
    incident = make_incident([tell(number("killed", 6))])
    assert explain_change(incident, incident) == ()
    assert explain_change(None, None) == ()


def test_a_new_incident_has_all_its_values_from_nothing(tell):
    changes = explain_change(None, make_incident([tell(number("killed", 6))]))
    assert {c.field for c in changes} == {
        "reports",
        "event_type",
        "place",
        "when",
        "status",
        "killed",
    }
    assert all(not c.before for c in changes)


def test_an_incident_that_is_gone_says_so(tell):
    (change,) = explain_change(make_incident([tell(number("killed", 6))]), None)
    assert (change.field, change.before, change.after) == ("status", "single-source", None)


def test_a_number_that_fell_names_who_took_it_back(tell):
    first = tell(number("killed", 9), source="police", kind="police", report="r-1")
    second = tell(
        number("killed", 7), source="police", kind="police", report="r-2", on="2031-05-04"
    )
    found = whys(make_incident([first]), make_incident([first, second]))
    assert found["killed"] == (
        "killed fell from 9 to 7: police, in r-2; the earlier 9 (police, in r-1) is superseded"
    )


def test_a_range_that_opens_says_what_stands_against_what(tell):
    first = tell(number("killed", 9), source="hospital", kind="medical", report="r-1")
    second = tell(
        number("killed", 7), source="police", kind="police", report="r-2", outlet="Valley Post"
    )
    found = whys(make_incident([first]), make_incident([first, second]))
    assert found["killed"].startswith("killed is 9 (7 to 9), before 9: ")
    assert found["status"] == "sources stand against each other (figure)"
    assert found["disputes"] == "now disputed: figure: hospital / police"


def test_a_group_that_is_everybody_is_not_told_twice(tell):
    found = explain_change(None, make_incident([tell(number("killed", 6, **SOLDIERS))]))
    assert [c.field for c in found if "killed" in c.field] == ["killed"]


def test_a_move_that_only_another_policy_sees_is_told(tell):
    nine = tell(number("killed", 9), source="police", kind="police", on="2031-05-03")
    six = tell(number("killed", 6), source="SOHR", kind="monitor", outlet="Valley Post")
    found = whys(make_incident([nine]), make_incident([nine, six]))
    assert "killed" not in found
    assert found["killed (airwars-range)"].startswith("killed (airwars-range) fell from 9 to 6")


def test_a_number_set_by_a_person_names_the_person(tell):
    member = tell(number("killed", 6))
    after = make_incident([member], [decide("set", member, field="killed", value=11)])
    found = whys(make_incident([member]), after)
    assert found["killed"] == "killed rose from 6 to 11: set by Ada"


def test_a_rejection_names_the_person_and_why(tell):
    member = tell(number("killed", 6))
    found = whys(make_incident([member]), make_incident([member], [decide("reject", member)]))
    assert found["status"] == "rejected by Ada: saw the file"
    assert found["review"] == "rejected by Ada: saw the file"


def test_long_lists_are_cut(tell):
    members = [tell(outlet=f"Outlet {n}") for n in range(9)]
    found = whys(None, make_incident(members), {m.report.id: m.report.outlet for m in members})
    assert found["reports"] == "told by Outlet 0, Outlet 1, Outlet 2, Outlet 3 and 5 more"
