import pytest

from tests.store.sample import CODER, RECEIPT, make_change, make_coded, make_decision, make_incident


@pytest.fixture
def writer(ledger):
    with ledger.writing() as writer:
        yield writer


@pytest.fixture
def account(writer):
    return writer.account


def put(account, *names, report="r1", blocks=()):
    for name in names:
        account.put_telling(name, report, 1, 2, f'{{"of":"{name}"}}', blocks)


def ids(tellings):
    return [t.telling_id for t in tellings]


def test_a_telling_comes_back_as_it_was_put(account):
    account.put_telling("t1", "r\x001", 1, 2, '{"a":"قتل"}', ["k"])
    (found,) = account.tellings_of_report("r\x001")
    assert (found.telling_id, found.report_seq, found.run_seq) == ("t1", 1, 2)
    assert found.body == '{"a":"قتل"}'
    assert found.incident_id is None


def test_a_telling_put_again_stands_under_its_new_blocks_only(account):
    put(account, "t1", blocks=["old", "both"])
    account.set_incident(["t1"], "i1")
    put(account, "t1", blocks=["both", "new", "new"])
    assert ids(account.tellings_in_blocks(["old"])) == []
    assert ids(account.tellings_in_blocks(["both", "new"])) == ["t1"]
    assert account.tellings(["t1", "none"])["t1"].incident_id == "i1"


def test_a_block_is_read_to_its_limit_in_the_order_of_ids(account):
    put(account, "t3", "t1", "t2", blocks=["k"])
    put(account, "t0", blocks=["other"])
    assert ids(account.tellings_in_blocks(["k", "other"], limit_per_key=2)) == ["t0", "t1", "t2"]


def test_more_keys_than_a_statement_may_have_parameters(account):
    keys = [f"k{n}" for n in range(40_000)]
    put(account, "t1", blocks=keys)
    assert ids(account.tellings_in_blocks(keys)) == ["t1"]
    assert account.tellings(keys) == {}


def test_links_are_found_from_either_end_and_replaced(account):
    account.put_links({("b", "a"): 1.0, ("b", "c"): -2.0})
    account.put_links({("a", "b"): 3.5})
    assert account.links_of(["b"]) == {("a", "b"): 3.5, ("b", "c"): -2.0}
    assert account.links_of(["a", "c"], at_least=0) == {("a", "b"): 3.5}


def test_dropped_tellings_leave_no_blocks_or_links(account):
    put(account, "t1", "t2", blocks=["k"])
    account.put_links({("t1", "t2"): 1.0})
    account.drop_tellings(["t1"])
    assert ids(account.tellings_in_blocks(["k"])) == ["t2"]
    assert account.links_of(["t2"]) == {}


def test_members_of_incidents(account):
    put(account, "t1", "t2", "t3")
    account.set_incident(["t1", "t3"], "i1")
    account.set_incident(["t2"], "i2")
    account.set_incident(["t3"], None)
    assert ids(account.members_of(["i1", "i2", "i3"])) == ["t1", "t2"]


def test_decisions_are_found_by_report_until_they_are_undone(writer):
    merge = writer.keep_decision(make_decision("merge", "r1", "r2"))
    confirm = writer.keep_decision(make_decision("confirm", "r2"))
    writer.keep_decision(make_decision("confirm", "r3"))
    assert writer.account.decisions_about(["r2", "r1"]) == [merge, confirm]
    writer.undo(merge.seq, "r.haddad", "two villages")
    assert writer.account.decisions_about(["r1", "r2"]) == [confirm]


def test_what_runs_read_comes_back(writer):
    kept = [writer.keep(make_coded(n), CODER, RECEIPT) for n in (3, 4)]
    runs = writer.account.claims_of_runs([k.run_seq for k in kept])
    assert runs[kept[1].run_seq] == (make_coded(4).claims, make_coded(4).judgements)
    reports = writer.account.reports_at([kept[0].report_seq])
    assert reports[kept[0].report_seq].report == make_coded(3).report


def test_an_incident_put_again_replaces_what_was_there(account):
    account.put_incident(make_incident("i1", killed=3), "three killed")
    account.put_incident(make_incident("i1", killed=5), "five killed")
    found = account.incident("i1")
    assert found == make_incident("i1", killed=5)
    account.drop_incident("i1")
    account.drop_incident("i1")
    assert account.incident("i1") is None


def test_clearing_keeps_the_ledger_and_its_indexes(writer):
    account = writer.account
    writer.keep(make_coded(3), CODER, RECEIPT)
    merge = writer.keep_decision(make_decision("merge", "r1", "r2"))
    put(account, "t1", blocks=["k"])
    account.put_incident(make_incident("i1"), "killed")
    account.put_version(make_change("i1", 1, writer.now), make_incident("i1"))
    account.rules, account.built_to = "rules-1", 7
    account.clear()
    assert (account.rules, account.built_to) == (None, 0)
    assert account.tellings(["t1"]) == {}
    assert account.incident("i1") is None
    assert account.decisions_about(["r1"]) == [merge]
    account.put_incident(make_incident("i1"), "killed")  # nothing of the old one is in the way


def test_a_transaction_that_fails_keeps_neither_rows_nor_account(ledger):
    before = ledger.end()
    with pytest.raises(RuntimeError):
        write_and_fail(ledger)
    assert ledger.end() == before
    with ledger.writing() as writer:
        assert writer.account.tellings(["t1"]) == {}


def write_and_fail(ledger):
    with ledger.writing() as writer:
        writer.keep(make_coded(3), CODER, RECEIPT)
        put(writer.account, "t1")
        raise RuntimeError
