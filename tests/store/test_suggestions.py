import pytest

from tests.store.sample import CODER, RECEIPT, make_coded, make_decision, make_incident


@pytest.fixture
def alike(ledger):
    """Incidents i3, i4 and i5, each of one report; 3 and 4 are most alike."""
    with ledger.writing() as writer:
        for number in (3, 4, 5):
            kept = writer.keep(make_coded(number), CODER, RECEIPT)
            name, report = f"t{number}", f"r{number}"
            writer.account.put_telling(name, report, kept.report_seq, kept.run_seq, "{}", ["k"])
            writer.account.set_incident([name], f"i{number}")
            incident = make_incident(f"i{number}", claims=[f"claim-{report}-1"], reports=[report])
            writer.account.put_incident(incident, "")
        writer.account.put_links({("t3", "t4"): 3.0, ("t4", "t5"): 1.0, ("t3", "t5"): 7.0})
    return ledger


def pairs(ledger, **asked):
    return [(p.incident, p.other, p.total) for p in ledger.suggestions(**asked)]


def test_the_strongest_that_did_not_join_comes_first(alike):
    assert pairs(alike, below=5.0) == [("i3", "i4", 3.0), ("i4", "i5", 1.0)]
    assert pairs(alike, limit=1) == [("i3", "i5", 7.0)]
    assert pairs(alike, incident="i4") == [("i3", "i4", 3.0), ("i4", "i5", 1.0)]


def test_tellings_of_one_incident_are_no_suggestion(alike):
    with alike.writing() as writer:
        writer.account.set_incident(["t5"], "i3")
    assert pairs(alike) == [("i3", "i4", 3.0)]


def test_what_a_person_held_apart_is_not_suggested_until_undone(alike):
    apart = make_decision("split", "r3", others=list(make_decision("confirm", "r5").targets))
    kept = alike.keep_decision(apart)
    assert ("i3", "i5", 7.0) not in pairs(alike)
    assert len(pairs(alike)) == 2
    alike.undo(kept.seq, "r.haddad", "one after all")
    assert ("i3", "i5", 7.0) in pairs(alike)


def test_a_claim_leads_to_its_incident(alike):
    assert alike.incidents_of_claim("claim-r3-1") == ["i3"]
    assert alike.incidents_of_claim("claim-r3-2") == []
