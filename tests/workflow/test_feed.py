"""The feed of a real ledger, on both kinds of database."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest

from marsad.errors import ExportError
from marsad.publish.exports.protect import Profile
from marsad.publish.exports.withholding import fold_words
from marsad.records import IncidentFilter
from marsad.workflow import decide
from marsad.workflow.feed import FeedRequest, feed_etag, make_feed, read_base
from marsad.workflow.ingest import ingest, keep_coded
from tests.workflow.test_export import CODER, NAMES_HERE, RECEIPT, private_reports

THREE = Path(__file__).parents[2] / "examples" / "tartus-reports.jsonl"
NOW = datetime(2025, 6, 1, tzinfo=UTC)
# https://www.jsonfeed.org/version/1.1/: the fields that it knows, and the types that it asks for.
TOP_FIELDS = {
    "version": str,
    "title": str,
    "description": str,
    "language": str,
    "authors": list,
    "home_page_url": str,
    "feed_url": str,
    "items": list,
}
ITEM_FIELDS = {
    "id": str,
    "url": str,
    "title": str,
    "summary": str,
    "content_html": str,
    "content_text": str,
    "date_published": str,
    "date_modified": str,
    "tags": list,
}


@pytest.fixture
def told(ledger, coder):
    """Three reports of one ambush, taken in one after the other."""
    ingest(ledger, coder, [str(THREE)])
    return ledger


def items(ledger, **request):
    made = make_feed(ledger, FeedRequest(format="json", **request), now=NOW)
    return json.loads(made.body)["items"]


def ambush(ledger):
    (found,) = ledger.incidents(IncidentFilter(at_least=5, outcome="killed"))
    return found.id


def test_both_formats_tell_the_same_changes_newest_first(told):
    read = feedparser.parse(make_feed(told, FeedRequest(), now=NOW).body)
    assert not read.bozo
    assert read.version == "atom10"
    listed = items(told)
    assert [(e.id, e.title) for e in read.entries] == [(i["id"], i["title"]) for i in listed]
    times = [i["date_published"] for i in listed]
    assert times == sorted(times, reverse=True)
    assert listed[-1]["title"].startswith("New: Armed clash")
    (raised,) = [i["title"] for i in listed if "raised" in i["title"]]
    assert raised.startswith("Toll raised from 6 to 14")
    assert raised.endswith("(corroborated)")


def test_the_json_feed_is_one_by_its_specification(told):
    request = FeedRequest("json", base="https://desk.example/", address="https://d.example/f")
    body = json.loads(make_feed(told, request, now=NOW).body)
    assert body["version"] == "https://jsonfeed.org/version/1.1"
    assert {k: type(v) for k, v in body.items()} == TOP_FIELDS
    assert body["items"]
    for item in body["items"]:
        assert {k: type(v) for k, v in item.items()} == ITEM_FIELDS
        assert datetime.fromisoformat(item["date_published"]).tzinfo is not None
    ids = [item["id"] for item in body["items"]]
    assert len(set(ids)) == len(ids)


def test_entries_keep_their_ids_however_the_feed_is_asked_for(told):
    ids = [i["id"] for i in items(told)]
    wanted = IncidentFilter(outcome="killed")
    linked = [i["id"] for i in items(told, wanted=wanted, base="https://desk.example")]
    assert set(linked) <= set(ids)
    assert [i["id"] for i in items(told, limit=1)] == ids[:1]


def test_the_feed_begins_after_a_row_or_a_moment_and_ends_with_one(told):
    changes = list(told.changes())
    middle = changes[len(changes) // 2]
    moment = datetime.fromisoformat(middle.at)
    after = [i["id"] for i in items(told, since=middle.seq)]
    assert len(after) == sum(change.seq > middle.seq for change in changes)
    later = [i["id"] for i in items(told, since=moment)]
    upto = [i["id"] for i in items(told, as_of=moment)]
    assert set(upto).isdisjoint(later)
    assert set(upto) | set(later) == {i["id"] for i in items(told)}
    just_before = moment - timedelta(microseconds=1)
    assert len(items(told, as_of=just_before)) == sum(c.at < middle.at for c in changes)


def test_as_of_a_time_nothing_is_told_of_what_came_later(told):
    incident = ambush(told)
    moment = datetime.fromisoformat(list(told.changes())[-1].at)
    decide.reject(told, incident, "amal", "a doublet")
    assert any("Since then" in i["content_text"] for i in items(told))
    earlier = items(told, as_of=moment)
    assert not any("rejected" in i["content_text"] for i in earlier)


def test_the_change_by_which_an_incident_leaves_the_filter_is_told(told):
    incident = ambush(told)
    wanted = IncidentFilter(outcome="killed", at_least=5)
    seen = len(items(told, wanted=wanted))
    decide.set_value(told, incident, "killed", "2", "amal", "the ministry corrected itself")
    listed = items(told, wanted=wanted)
    assert len(listed) == seen + 1
    assert listed[0]["title"].startswith("Toll lowered from 14 to 2")
    assert "no longer among what this feed follows" in listed[0]["content_text"]
    decide.set_value(told, incident, "killed", "3", "amal", "again")
    assert len(items(told, wanted=wanted)) == seen + 1


def test_a_rejected_incident_is_told_of_although_it_is_not_listed_any_more(told):
    decide.reject(told, ambush(told), "amal haddad", "Nadim Farhan never was there")
    first, *older = items(told)
    assert first["title"].startswith("Rejected: ")
    assert "haddad" not in json.dumps(first).casefold()
    assert "farhan" not in json.dumps(first).casefold()
    assert all("It counts for nothing" in i["content_text"] for i in older if "Armed" in i["title"])


def test_what_is_known_to_be_sensitive_now_was_always_told_vaguely(told):
    assert any("Tartus" in i["title"] for i in items(told))
    decide.set_value(told, ambush(told), "event_type", "sexual-violence", "amal", "read again")
    shown = [i for i in items(told) if ambush(told) in i["id"]]
    assert shown
    assert not any("near Tartus" in json.dumps(i) for i in shown)
    internal = items(told, profile=Profile("internal"))
    assert any("near Tartus" in i["title"] for i in internal)


def test_young_incidents_are_held_back_until_they_are_old_enough(told):
    held = FeedRequest(profile=Profile("public", hold_hours=24))
    young = datetime(2024, 12, 26, 12, tzinfo=UTC)
    assert make_feed(told, held, now=young).entries == 0
    old = young + timedelta(hours=24)
    assert make_feed(told, held, now=old).entries > 0
    assert feed_etag(told, held, young) != feed_etag(told, held, old)


def test_an_empty_feed_is_a_feed(ledger):
    for wanted in (IncidentFilter(), IncidentFilter(place="Nowhere")):
        made = make_feed(ledger, FeedRequest(wanted=wanted), now=NOW)
        read = feedparser.parse(made.body)
        assert not read.bozo
        assert read.feed.id.startswith("tag:")
        assert (read.entries, made.entries) == ([], 0)
        assert items(ledger, wanted=wanted) == []


def test_equal_content_is_equal_bytes_and_news_has_another_tag(told):
    request = FeedRequest()
    first = make_feed(told, request, now=NOW)
    again = make_feed(told, request, now=NOW + timedelta(days=1))
    assert first == again
    assert first.etag == feed_etag(told, request)
    assert first.etag != feed_etag(told, FeedRequest(profile=Profile("internal")))
    decide.confirm(told, ambush(told), "amal", "read")
    news = make_feed(told, request, now=NOW)
    assert news.etag != first.etag
    assert news.last_modified > first.last_modified


def test_what_is_searched_for_is_not_written_into_the_feed(told):
    wanted = IncidentFilter(text="Nadim Farhan")
    assert b"Farhan" not in make_feed(told, FeedRequest(wanted=wanted), now=NOW).body


@pytest.mark.parametrize(
    "url",
    ["desk", "ftp://desk.example/", "javascript:alert(1)", "https://", "https://a b/", "https://u:p@d/",
     "https://d/?token=s3cret", "https://d/#x"],
)  # fmt: skip
def test_a_base_that_is_no_address_is_refused(url):
    with pytest.raises(ExportError) as caught:
        read_base(url)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("format_", ["atom", "json"])
def test_no_byte_of_a_public_feed_has_a_private_name(ledger, format_):
    for report in private_reports():
        keep_coded(ledger, CODER, report, RECEIPT)
    killing = next(iter(ledger.incidents(IncidentFilter(place="Idlib"))))
    decide.set_value(ledger, killing.id, "killed", "2", "Salim Khuri", "Rana Wadifeh said so")
    decide.reject(ledger, killing.id, "Salim Khuri", "Nadim Farhan is alive")
    request = FeedRequest(format_, limit=None, base="https://desk.example")
    public = make_feed(ledger, request, now=NOW)
    told = "".join(fold_words(public.body.decode()))
    assert public.entries >= 5
    assert [name for name in (*NAMES_HERE, "kaframal") if name in told] == []
    internal = make_feed(ledger, FeedRequest(format_, profile=Profile("internal")), now=NOW)
    shown = "".join(fold_words(internal.body.decode()))
    assert {"nadimqasemfarhan", "kaframal"} <= {n for n in (*NAMES_HERE, "kaframal") if n in shown}
