"""The account follows from the ledger's rows alone: not from order, process or interruption."""

import multiprocessing
import os
import random
import signal
import time
from datetime import UTC, datetime
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.coded import make_coded_reports
from marsad.errors import StaleAccount
from marsad.records import IncidentFilter
from marsad.store.database import Database
from marsad.store.ledger import CoderName, Ledger, Receipt
from marsad.store.verify import verify
from marsad.workflow import account, decide
from marsad.workflow.ingest import keep_coded
from marsad.workflow.rebuild import rebuild

CODER = CoderName("test", "0" * 64)
RECEIPT = Receipt("test", datetime(2026, 1, 1, tzinfo=UTC))
REPORTS = list(make_coded_reports(75, seed=3))
EVERYTHING = IncidentFilter(status=("single-source", "corroborated", "contested", "discounted"))


def keep_all(ledger, reports, coder=CODER):
    for coded in reports:
        keep_coded(ledger, coder, coded, RECEIPT)


def account_of(ledger):
    """The incidents without the numbers that the ledger gave."""
    return {i.id: i.model_copy(update={"decisions": ()}) for i in ledger.incidents(EVERYTHING)}


def story_of(ledger):
    return [(c.seq, c.incident, c.kind, c.values, c.others) for c in ledger.changes(0)]


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('expected') / 'ledger.sqlite'}")
    ledger = Ledger(database)
    keep_all(ledger, REPORTS)
    return account_of(ledger)


@pytest.fixture
def full(ledger):
    keep_all(ledger, REPORTS[:50])
    return ledger


def test_reports_of_one_incident_are_grouped_and_others_are_not(expected):
    sizes = [len(incident.reports) for incident in expected.values()]
    assert max(sizes) > 2
    assert len(sizes) > 20


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(len(REPORTS))))
def test_the_order_of_arrival_does_not_matter(order, expected, make_url):
    database = Database(make_url("sqlite"))
    ledger = Ledger(database)
    keep_all(ledger, [REPORTS[i] for i in order])
    assert account_of(ledger) == expected
    database.close()


def test_the_same_report_twice_changes_nothing(full):
    before = account_of(full), story_of(full), full.end()
    keep_all(full, REPORTS[:10])
    assert (account_of(full), story_of(full), full.end()) == before


def test_built_anew_the_account_and_its_story_are_the_same(full):
    first = next(iter(account_of(full)))
    decide.reject(full, first, "r.haddad", "a duplicate of the mayor's")
    before = account_of(full), story_of(full)
    seen = []
    rebuild(full, lambda done, all_: seen.append((done, all_)))
    assert (account_of(full), story_of(full)) == before
    assert seen[-1][0] == seen[-1][1]
    assert verify(full.database).fault is None


def test_a_rebuild_that_was_stopped_goes_on(full):
    before = account_of(full)

    def stop(done, all_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(full, stop)
    keep_all(full, REPORTS[:1])  # the next one who writes brings it up to date
    last = list(make_coded_reports(80, seed=3))[len(REPORTS)]
    keep_all(full, [last])
    assert before.keys() <= account_of(full).keys() | {
        c.incident for c in full.changes(0) if c.kind == "withdrawn"
    }
    assert verify(full.database).fault is None


def test_an_account_of_other_rules_is_not_mixed_with_ours(full, monkeypatch):
    monkeypatch.setattr(account, "name_rules", lambda: "other rules")
    extra = list(make_coded_reports(80, seed=3))[len(REPORTS)]
    before = full.end()
    with pytest.raises(StaleAccount, match="marsad rebuild"):
        keep_coded(full, CODER, extra, RECEIPT)
    assert full.end() == before
    rebuild(full)
    keep_coded(full, CODER, extra, RECEIPT)


def test_another_reading_takes_the_place_of_the_old_one(full):
    before = account_of(full)
    newer = CoderName("test 2", "1" * 64)
    dropped = REPORTS[0].model_copy(update={"claims": (), "incidents": ()})
    keep_coded(full, newer, dropped, RECEIPT)
    after = account_of(full)
    report = REPORTS[0].report.id
    assert all(report not in incident.reports for incident in after.values())
    keep_all(full, REPORTS[:1], CoderName("test 3", "2" * 64))
    assert account_of(full) == before


def test_as_of_gives_the_account_as_it_stood(ledger):
    keep_all(ledger, REPORTS[:40])
    before = account_of(ledger)
    moment = datetime.now(UTC)
    time.sleep(0.002)
    keep_all(ledger, REPORTS[40:])
    then = {i.id: i for i in ledger.incidents(EVERYTHING, as_of=moment)}
    assert then == before
    assert account_of(ledger) != before


def keep_slowly(url, numbers):
    database = Database(url)
    ledger = Ledger(database)
    for number in numbers:
        keep_coded(ledger, CODER, REPORTS[number], RECEIPT)
    database.close()


def test_two_processes_make_the_account_of_one(url, expected):
    spawn = multiprocessing.get_context("spawn")
    half = len(REPORTS) // 2
    parts = (range(half + 5), range(half - 5, len(REPORTS)))  # some reports come twice
    writers = [spawn.Process(target=keep_slowly, args=(url, part)) for part in parts]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(300)
        assert writer.exitcode == 0
    database = Database(url, create=False)
    assert account_of(Ledger(database)) == expected
    assert verify(database).fault is None
    database.close()


def test_killed_again_and_again_nothing_is_lost_or_doubled(url, expected):
    spawn = multiprocessing.get_context("spawn")
    chance = random.Random(11)
    database = Database(url)
    for _ in range(3):
        before = Ledger(database).end()[0]
        writer = spawn.Process(target=keep_slowly, args=(url, range(len(REPORTS))))
        writer.start()
        while Ledger(database).end()[0] == before and writer.is_alive():
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.3))
        assert writer.exitcode is None, "it was to be killed in the midst of its work"
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join(60)
        assert verify(database).fault is None
    ledger = Ledger(database)
    keep_all(ledger, REPORTS)
    assert account_of(ledger) == expected
    kept = [r.coded.report.id for r in islice(ledger.readings(), 1000)]
    assert sorted(kept) == sorted(c.report.id for c in REPORTS)
    database.close()
