"""What a newsletter tells, out of real ledgers on both kinds of database."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from marsad.publish.digest.parts import render_page, render_parts
from marsad.publish.digest.text import render_text
from marsad.publish.digest.wording import preheader, subject
from marsad.publish.exports.withholding import fold_words
from marsad.records import IncidentFilter, When
from marsad.store.database import Database
from marsad.store.digests import Digests
from marsad.store.ledger import Ledger
from marsad.store.subscribers import Subscribers
from marsad.workflow import decide
from marsad.workflow.deliver import keep_digest
from marsad.workflow.digest import DigestRequest, compose_digest
from marsad.workflow.ingest import ingest, keep_coded
from tests.publish.exports.sample import make_claim, make_report
from tests.workflow.test_export import (
    CODER,
    NAMES_HERE,
    RECEIPT,
    VILLAGE,
    coded,
    private_reports,
)

THREE = (
    (Path(__file__).parents[2] / "examples" / "tartus-reports.jsonl").read_text().splitlines(True)
)
START = datetime(2020, 1, 1, tzinfo=UTC)


def now():
    return datetime.now(UTC)


def take_in(ledger, coder, tmp_path, *numbers):
    path = tmp_path / f"reports-{'-'.join(map(str, numbers))}.jsonl"
    path.write_text("".join(THREE[n] for n in numbers), "utf-8")
    ingest(ledger, coder, [str(path)])


def compose(ledger, since=START, **changes):
    return compose_digest(ledger, DigestRequest(since=since, **changes), now())


def send(ledger, since=START, address="ana@example.org", **changes):
    """Keep a digest as if one copy had been sent."""
    subscribers, digests = Subscribers(ledger.database), Digests(ledger.database)
    token = subscribers.ask(address, now=now()).token
    if token is not None:
        subscribers.confirm(token, now())
    (one,) = subscribers.all(state="confirmed")
    digest = keep_digest(ledger, DigestRequest(since=since, filter_name="", **changes))
    digests.claim(digest, one.id, "s", now())
    digests.settle(digest, one.id, "s", "sent", "250", now())
    return digest


def moves(changed):
    return {move.name: (move.before, move.after) for move in changed.moves}


@pytest.fixture
def ledger(make_url):
    """On SQLite; what is asked of the database is asked of both kinds, in `either`."""
    database = Database(make_url("sqlite"))
    yield Ledger(database)
    database.close()


@pytest.fixture
def either(url):
    database = Database(url)
    yield Ledger(database)
    database.close()


@pytest.fixture
def grown(ledger, coder, tmp_path):
    """An ambush whose toll rose from 6 to 14, and the moment before it did."""
    take_in(ledger, coder, tmp_path, 0)
    moment = now()
    take_in(ledger, coder, tmp_path, 1, 2)
    return ledger, moment


def test_what_is_new_is_told_with_who_says_so(grown):
    ledger, _ = grown
    digest = compose(ledger)
    (entry,) = digest.new
    assert digest.changed == ()
    assert entry.label == "Armed clash"
    (killed,) = [n for n in entry.numbers if n.outcome == "killed"]
    assert killed.words == "14"
    assert "Northern Wire" in " ".join(link.words for link in killed.says)
    (total, *_) = digest.totals
    assert (total.outcome, total.low, total.incidents) == ("killed", 14, 1)


def test_what_changed_is_told_from_what_to_what_and_why(grown):
    ledger, moment = grown
    digest = compose(ledger, moment, base_url="https://desk.example")
    assert digest.new == ()
    (changed,) = digest.changed
    assert moves(changed)["killed"] == ("6", "14")
    (killed,) = [m for m in changed.moves if m.name == "killed"]
    assert "Northern Wire" in killed.because.words
    assert any("hospital" in link.words for link in killed.says)
    (total,) = [t for t in digest.totals if t.outcome == "killed"]
    assert (total.incidents, total.moved) == (0, 8)
    assert changed.entry.link.url == f"https://desk.example/incidents/{changed.entry.id}"


def test_periods_that_meet_tell_each_change_once(grown):
    ledger, moment = grown
    first = compose_digest(ledger, DigestRequest(START, moment), now())
    second = compose(ledger, moment)
    assert [n.words for n in first.new[0].numbers if n.outcome == "killed"] == ["6"]
    assert first.rows[1] == second.rows[0]
    third = compose_digest(ledger, DigestRequest(second.until, after_row=second.rows[1]), now())
    assert third.is_empty
    assert subject(third).startswith("Incident digest: nothing new")
    assert "Nothing new, nothing changed" in render_text(third)
    assert "Nothing new, nothing changed" in render_page(third)


def test_a_later_digest_corrects_what_an_earlier_one_told(either, coder, tmp_path):
    ledger = either
    take_in(ledger, coder, tmp_path, 0)
    first = send(ledger)
    take_in(ledger, coder, tmp_path, 1)
    row = first.parts["rows"][1]
    second = compose(ledger, now(), after_row=row, filter_name="")
    (correction,) = second.corrections
    (killed,) = [m for m in correction.moves if m.name == "killed"]
    assert (killed.before, killed.after) == ("6", "14")
    assert "Northern Wire" in killed.because.words
    text = render_text(second)
    assert "killed: we said 6, now 14" in text
    # Another newsletter never said so, nor one that is nobody's.
    assert compose(ledger, now(), filter_name="homs").corrections == ()
    assert compose(ledger, now()).corrections == ()
    assert compose(ledger, now(), filter_name="", policy="ucdp-best").corrections == ()
    # Once said, it is not said again.
    send(ledger, now(), after_row=row)
    assert compose(ledger, now(), filter_name="").corrections == ()


def test_what_a_reviewer_rejected_is_told_as_no_longer_counted(ledger, coder, tmp_path):
    take_in(ledger, coder, tmp_path, 0)
    send(ledger)
    moment = now()
    (incident,) = ledger.incidents()
    decide.reject(ledger, incident.id, "R. Haddad", "the victim Omar Saleh says it was a drill")
    digest = compose(ledger, moment, filter_name="")
    (changed,) = digest.changed
    assert changed.fate == "no longer counted"
    assert "a reviewer's decision: reject" in changed.because.words
    (correction,) = digest.corrections
    assert {m.name: m.after for m in correction.moves}["status"] == "discounted"
    shown = render_text(digest) + render_page(digest)
    assert not re.search("Haddad|Saleh|drill", shown)
    inside = compose(ledger, moment, filter_name="", profile="internal")
    assert "R. Haddad" in render_text(inside)
    (total, *_) = digest.totals
    assert total.moved == -6


def test_a_filter_is_asked_of_how_it_was_and_of_how_it_is(grown):
    ledger, moment = grown
    wanted = IncidentFilter(outcome="killed", at_least=10)
    (changed,) = compose(ledger, moment, wanted=wanted).changed
    assert changed.fate == "now within this newsletter's filter"
    assert compose(ledger, wanted=IncidentFilter(country="FRA")).is_empty


def every_byte(digest):
    parts = render_parts(digest)
    shown = (parts.subject, parts.html, parts.text, render_page(digest), preheader(digest))
    told = repr(digest.incidents_told)
    return " ".join((*shown, told, *(p.decode("latin-1") for p in parts.pictures.values())))


def test_no_private_name_and_no_exact_place_of_the_harmed_is_in_any_byte(ledger):
    for report in private_reports():
        keep_coded(ledger, CODER, report, RECEIPT)
    shown = every_byte(compose(ledger))
    letters = "".join(fold_words(shown))
    assert [name for name in NAMES_HERE if name in letters] == []
    assert "Kafr Amal" not in shown
    assert "34.71" not in shown
    inside = "".join(fold_words(every_byte(compose(ledger, profile="internal"))))
    assert [name for name in NAMES_HERE if name in inside] != []


def test_a_name_learnt_later_is_not_told_of_how_it_was_before(ledger):
    """A doer is named, then named again as a victim: the change must not tell the name."""
    report = make_report(id="r1", title=None, url=None)
    actor = {"role": "actor", "name": "Nadim Qasem Farhan", "kind": "military"}
    before = make_claim(report, "c1", participants=(actor,), figures=())
    keep_coded(ledger, CODER, coded(report, before), RECEIPT)
    moment = now()
    later = make_report(id="r1", title=None, url=None, text=report.text + " He was buried.")
    keep_coded(ledger, CODER, coded(later, make_claim(later, "c2")), RECEIPT)
    digest = compose(ledger, moment)
    assert digest.changed_count == 1
    assert "farhan" not in "".join(fold_words(every_byte(digest)))


def test_a_place_that_became_sensitive_is_not_told_by_what_it_was(ledger):
    report = make_report(id="r1", title=None, url=None)
    keep_coded(ledger, CODER, coded(report, make_claim(report, "c1", place=VILLAGE)), RECEIPT)
    send(ledger)
    moment = now()
    (incident,) = ledger.incidents()
    decide.set_value(ledger, incident.id, "event_type", "abduction", "R. Haddad", "as told")
    digest = compose(ledger, moment, filter_name="")
    for told in (*digest.changed, *digest.corrections):
        assert "kind" in {m.name for m in told.moves}
    assert digest.corrections
    assert "Kafr Amal" not in every_byte(digest)


def test_a_withdrawn_incident_is_told_by_its_country_alone(ledger):
    """Its report tells of a sensitive one now, whose place would be known by the old one's."""
    report = make_report(id="r1", title=None, url=None)
    keep_coded(ledger, CODER, coded(report, make_claim(report, "c1", place=VILLAGE)), RECEIPT)
    moment = now()
    later = make_report(id="r1", title=None, url=None, text=report.text + " She was not heard.")
    worse = make_claim(later, "c2", event_type="sexual-violence", place=VILLAGE)
    keep_coded(ledger, CODER, coded(later, worse), RECEIPT)
    digest = compose(ledger, moment)
    assert [c.fate[:9] for c in digest.changed] == ["withdrawn"]
    assert "Kafr Amal" not in every_byte(digest)


def test_subject_and_preview_say_how_many_and_not_what(ledger):
    for report in private_reports():
        keep_coded(ledger, CODER, report, RECEIPT)
    digest = compose(ledger)
    line = f"{subject(digest)} {preheader(digest)}".lower()
    assert not re.search("kill|rape|sexual|shot|bomb|attack|dead|injur|violence", line)
    assert re.search(r"\d new incidents?", line)


def test_an_interval_is_no_bar_and_a_province_no_dot(ledger):
    report = make_report(id="r1", title=None, url=None)
    winter = When(start=date(2024, 1, 1), end=date(2024, 2, 29), precision="season")
    keep_coded(ledger, CODER, coded(report, make_claim(report, "c1", when=winter)), RECEIPT)
    pictured = compose(ledger).pictured
    assert pictured.bars == ()
    assert pictured.dayless == 1
    assert [spot.exact for spot in pictured.spots] == [True]


def test_a_digest_up_to_a_past_moment_tells_nothing_of_later(grown):
    ledger, moment = grown
    digest = compose_digest(ledger, DigestRequest(START, moment), now() + timedelta(days=1))
    assert "14" not in [n.words for e in digest.new for n in e.numbers]
