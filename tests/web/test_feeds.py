"""Feeds as readers ask for them, and the links of newsletters."""

from datetime import UTC, datetime

import feedparser
import pytest

from marsad.records import IncidentFilter
from marsad.store.digests import Digests, SentDigest
from marsad.store.saved_filters import SavedFilters
from marsad.store.subscribers import Subscribers
from tests.web.conftest import NAMES

NOW = datetime.now(UTC)


class TestFeeds:
    def test_atom_and_json_hold_the_incidents_with_links_to_the_desk(self, client_as):
        viewer = client_as("viewer")
        atom = viewer.get("/feeds/all.atom")
        assert atom.headers["Content-Type"].startswith("application/atom+xml")
        entries = feedparser.parse(atom.content).entries
        assert entries
        assert entries[0].link.startswith("http://localhost/incidents/")
        told = viewer.get("/feeds/all.json")
        assert told.headers["Content-Type"].startswith("application/feed+json")
        assert len(told.json()["items"]) == len(entries)

    def test_a_saved_filter_has_its_feed(self, client_as, desk):
        saved = SavedFilters(desk.ledger.database)
        saved.add("coast-2031", IncidentFilter(since="2031-01-01"))
        viewer = client_as("viewer")
        told = viewer.get("/feeds/coast-2031.json").json()
        assert told["items"] == []
        assert "coast-2031" in told["title"]

    def test_who_has_the_newest_is_told_so(self, client_as):
        viewer = client_as("viewer")
        got = viewer.get("/feeds/all.atom")
        for headers in (
            {"If-None-Match": got.headers["ETag"]},
            {"If-Modified-Since": got.headers["Last-Modified"]},
        ):
            again = viewer.get("/feeds/all.atom", headers=headers)
            assert again.status_code == 304
            assert again.content == b""
        for headers in ({"If-None-Match": '"other"'}, {"If-Modified-Since": "yesterday"}):
            assert viewer.get("/feeds/all.atom", headers=headers).status_code == 200

    def test_a_program_reads_with_its_token(self, client_as, desk):
        token = desk.sessions.make_token(NAMES["viewer"], "reader", "viewer")
        program = client_as("anonymous")
        assert program.get("/feeds/all.atom").status_code == 303
        headers = {"Authorization": f"Bearer {token}"}
        assert program.get("/feeds/all.atom", headers=headers).status_code == 200

    def test_the_public_gets_the_public_profile_whatever_it_asks(self, client_as, desk):
        desk.public = True
        viewer, public = client_as("viewer"), client_as("anonymous")
        assert viewer.get("/feeds/all.json").json() == public.get("/feeds/all.json?names=1").json()
        inner = viewer.get("/feeds/all.json?names=1")
        assert inner.headers["ETag"] != viewer.get("/feeds/all.json").headers["ETag"]

    @pytest.mark.parametrize(
        "wanted",
        [{"text": "a name"}, {"actor": "A Name"}, {"place": "Tartus"}, {"near": (34.9, 35.9, 5)}],
    )
    def test_the_public_does_not_even_hear_of_a_filter_that_could_tell_too_much(
        self, client_as, desk, wanted
    ):
        desk.public = True
        saved = SavedFilters(desk.ledger.database)
        saved.add("watched", IncidentFilter(**wanted))
        saved.add("killed", IncidentFilter(outcome="killed"))
        public = client_as("anonymous")
        refused = public.get("/feeds/watched.atom")
        assert refused.status_code == 404
        assert refused.text == public.get("/feeds/watches.atom").text.replace("watches", "watched")
        assert public.get("/feeds/killed.atom").status_code == 200
        assert client_as("viewer").get("/feeds/watched.atom").status_code == 200

    @pytest.mark.parametrize("file", ["all", "all.rss", ".atom", "unknown.atom", "..%2fx.atom"])
    def test_what_is_no_feed_is_not_found(self, client_as, file):
        assert client_as("viewer").get(f"/feeds/{file}").status_code == 404


class TestNewsletter:
    @pytest.fixture
    def subscribers(self, desk):
        return Subscribers(desk.ledger.database)

    def test_confirming_asks_first(self, client_as, subscribers):
        asked = subscribers.ask("reader@example.org", now=NOW)
        path = f"/subscribe/confirm/{asked.token}"
        visitor = client_as("anonymous")
        page = visitor.get(path)
        assert "all incidents" in page.text
        assert "reader@example.org" not in page.text
        assert subscribers.count("") == 0
        assert visitor.post(path).status_code == 200
        assert subscribers.count("") == 1
        assert visitor.post(path).status_code == 404

    def test_confirming_needs_the_forms_token(self, client_as, subscribers):
        asked = subscribers.ask("reader@example.org", now=NOW)
        visitor = client_as("anonymous")
        del visitor.headers["X-CSRF-Token"]
        assert visitor.post(f"/subscribe/confirm/{asked.token}").status_code == 403

    def test_one_click_of_a_mail_program_is_enough_and_a_look_is_not(
        self, client_as, desk, subscribers
    ):
        token = send_newsletter(desk, subscribers)
        program = client_as("anonymous")
        del program.headers["X-CSRF-Token"]
        program.cookies.clear()
        assert "reader@example.org" not in program.get(f"/unsubscribe/{token}").text
        assert subscribers.count("") == 1
        for _ in range(2):
            answer = program.post(
                f"/unsubscribe/{token}",
                data={"List-Unsubscribe": "One-Click"},
                headers={"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"},
            )
            assert answer.status_code == 200
        assert subscribers.count("") == 0

    def test_a_made_up_token_is_told_nothing(self, client_as):
        visitor = client_as("anonymous")
        for path in ("/unsubscribe/made-up", "/subscribe/confirm/made-up"):
            assert visitor.get(path).status_code == 404
            assert visitor.post(path).status_code == 404


def send_newsletter(desk, subscribers) -> str:
    """The token of a newsletter that was handed over to one subscriber."""
    asked = subscribers.ask("reader@example.org", now=NOW)
    person = subscribers.confirm(asked.token, NOW)
    digests = Digests(desk.ledger.database)
    digest = digests.keep(SentDigest("d1", "", "public", "a", "b", "c", {"rows": [0, 1]}, {}))
    digests.claim(digest, person.id, "sender", NOW)
    assert digests.hand_over(digest, person.id, "sender", "a token", NOW)
    return "a%20token"
