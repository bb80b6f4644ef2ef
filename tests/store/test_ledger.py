import multiprocessing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from marsad.errors import LedgerError
from marsad.store.database import Database
from marsad.store.ledger import Ledger
from marsad.store.verify import verify
from tests.store.sample import CODER, RECEIPT, make_change, make_coded, make_decision, make_incident


def test_what_was_kept_comes_back_unchanged(ledger):
    coded = make_coded()
    kept = ledger.keep(coded, CODER, RECEIPT)
    (reading,) = ledger.readings()
    assert reading.coded == coded
    assert (reading.report_seq, reading.run_seq) == (kept.report_seq, kept.run_seq)


def test_the_same_report_twice_changes_nothing(ledger):
    ledger.keep(make_coded(), CODER, RECEIPT)
    end = ledger.end()
    again = ledger.keep(make_coded(), CODER, replace(RECEIPT, origin="elsewhere"))
    assert again.run_seq is None
    assert ledger.end() == end


def test_another_coder_adds_a_reading_and_keeps_the_old_one(ledger):
    ledger.keep(make_coded(), CODER, RECEIPT)
    before = ledger.end()[0]
    ledger.keep(make_coded(), replace(CODER, version="0.2.0"), RECEIPT)
    assert ledger.end()[0] == before + 4  # a run, two claims, a judgement
    assert len(list(ledger.readings())) == 1


def test_a_changed_report_supersedes_the_old_version(ledger):
    ledger.keep(make_coded(3, report_id="wire-1"), CODER, RECEIPT)
    ledger.keep(make_coded(9, report_id="wire-1"), CODER, RECEIPT)
    (reading,) = ledger.readings()
    assert reading.coded.claims[0].figures[0].low == 9


def test_the_ledger_can_be_read_as_it_stood(ledger):
    ledger.keep(make_coded(3, report_id="wire-1"), CODER, RECEIPT)
    then = datetime.now(UTC)
    ledger.keep(make_coded(9, report_id="wire-1"), CODER, RECEIPT)
    ledger.keep(make_coded(4), CODER, RECEIPT)
    (reading,) = ledger.readings(as_of=then)
    assert reading.coded.claims[0].figures[0].low == 3
    assert list(ledger.readings(as_of=datetime(2001, 1, 1, tzinfo=UTC))) == []


def test_a_report_that_could_not_be_coded_is_kept_with_the_reason(ledger):
    report = make_coded().report
    kept = ledger.keep_failure(report, CODER, RECEIPT, "the language is not English")
    assert kept.new_report
    assert list(ledger.readings()) == []
    assert not ledger.has(report, CODER)
    ledger.keep(make_coded(), CODER, RECEIPT)
    assert ledger.has(report, CODER)


def test_a_failed_reading_does_not_hide_a_good_one(ledger):
    ledger.keep(make_coded(), CODER, RECEIPT)
    ledger.keep_failure(make_coded().report, replace(CODER, version="2"), RECEIPT, "broke")
    assert [r.coded for r in ledger.readings()] == [make_coded()]


def test_a_decision_is_undone_by_a_new_row_and_only_once(ledger):
    seq = ledger.keep_decision(make_decision()).seq
    undone = ledger.undo(seq, "r.haddad", "two villages")
    assert undone == seq + 1
    with pytest.raises(LedgerError, match="undone already"):
        ledger.undo(seq, "r.haddad", "again")
    with pytest.raises(LedgerError, match="no decision number 99"):
        ledger.undo(99, "r.haddad", "what")


@pytest.mark.parametrize(
    "odd", ["\x00", "قتل", "\U0001f600", "'; DROP TABLE reports; --", "\u202e"]
)
def test_odd_characters_come_back_as_they_were(ledger, odd):
    coded = make_coded()
    report = coded.report.model_copy(update={"title": odd, "outlet": odd})
    ledger.keep(coded.model_copy(update={"report": report}), CODER, replace(RECEIPT, origin=odd))
    (reading,) = ledger.readings()
    assert reading.coded.report.title == odd
    assert verify(ledger.database).fault is None


def test_a_clock_set_back_does_not_put_rows_out_of_order(ledger, monkeypatch):
    ledger.keep(make_coded(3), CODER, RECEIPT)

    class Past(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(1999, 1, 1, tzinfo=tz)

    monkeypatch.setattr("marsad.store.chain.datetime", Past)
    ledger.keep(make_coded(4), CODER, RECEIPT)
    first, second = ledger.readings()
    assert first.stored_at <= second.stored_at


def _keep_some(url: str, numbers: range) -> None:
    database = Database(url)
    for number in numbers:
        with Ledger(database).writing() as writer:
            kept = writer.keep(make_coded(number), CODER, RECEIPT)
            if kept.run_seq is None:
                continue
            telling = (f"t{number}", f"r{number}", kept.report_seq, kept.run_seq, "{}", ["k"])
            writer.account.put_telling(*telling)
            known = writer.account.incident("i1")
            incident = make_incident("i1", killed=(known.tallies[0].best if known else 0) + number)
            writer.account.put_incident(incident, "killed")
            writer.account.put_version(make_change("i1", writer.seq, writer.now), incident)
            writer.account.built_to = writer.seq
    database.close()


def test_two_processes_write_one_chain(url):
    spawn = multiprocessing.get_context("spawn")
    halves = (range(1, 25), range(20, 45))  # some reports come twice
    writers = [spawn.Process(target=_keep_some, args=(url, half)) for half in halves]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
        assert writer.exitcode == 0
    database = Database(url, create=False)
    verdict = verify(database)
    assert verdict.fault is None
    kept = sorted(r.coded.claims[0].figures[0].low for r in Ledger(database).readings())
    assert kept == list(range(1, 45))
    assert verdict.stale is None
    tolls = [i.tallies[0].best for i in Ledger(database).incidents()]
    assert tolls == [sum(range(1, 45))]
    assert len(list(Ledger(database).changes())) == 44
    database.close()


def test_asking_for_nothing_gives_nothing(ledger):
    assert ledger.decisions(seqs=[]) == []
    assert ledger.decisions(reports=[]) == []
    assert ledger.claims([]) == {}
    assert ledger.reports([]) == {}
