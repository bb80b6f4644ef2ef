"""An incident's page without a browser: values and their sentences, disputes, history, old ids."""

from __future__ import annotations

import re

import pytest

from marsad.publish.privacy import SHOW_ALL, withhold_names
from marsad.records import Evidence, IncidentFilter
from marsad.web.quotes import MOST_SIGNS, quote_pieces
from marsad.workflow import decide
from tests.web.hostile import SCRIPT, keep_hostile


@pytest.fixture
def ambush(desk):
    """The incident that four reports tell of."""
    return max(desk.ledger.incidents(), key=lambda incident: len(incident.reports))


@pytest.fixture
def disputed(desk):
    return next(desk.ledger.incidents(IncidentFilter(place="Aleppo")))


def test_the_values_with_their_bounds_and_who_says_so(client, ambush):
    text = client.get(f"/incidents/{ambush.id}").text
    assert "Armed clash — near Tartus, Syria · district" in text
    assert "Documented minimum, best and highest under latest-credible" in text
    row = text.split("killed, total")[1][:400]
    assert re.findall(r'class="num[^"]*">(\w+)<', row)[:3] == ["14", "14", "open"]
    assert "4 independent sources, 4 reports" in text


def test_a_number_leads_to_the_sentence_it_was_read_from(client, ambush, desk):
    text = client.get(f"/incidents/{ambush.id}").text
    linked = re.findall(r'href="/reports/([^"#?]+)#(claim-[0-9a-f]{16})"', text)
    assert linked
    for report, claim in linked:
        assert desk.ledger.claims([claim])[claim].report_id == report
    told = text.split("members of the interior ministry&#39;s forces", 1)[1]
    sentence = told.split('<blockquote class="quote"')[1].split("</blockquote>")[0]
    assert re.search(r'<mark class="read">[^<]*14[^<]*</mark>', sentence)


def test_the_policy_is_switched_by_the_address(client, ambush):
    text = client.get(f"/incidents/{ambush.id}?policy=acled-conservative").text
    assert "under acled-conservative" in text
    assert 'aria-current="true">acled-conservative' in text
    assert client.get(f"/incidents/{ambush.id}?policy=guess").status_code == 400


def test_copies_stand_apart_from_independent_voices(client, ambush):
    text = client.get(f"/incidents/{ambush.id}").text
    assert "copied in" in text
    assert "Copies: they count as no further voice" in text
    told, folded = text.split('id="words-title"')[1].split('<details class="copied">')
    assert "in Northern Wire" in told
    assert "in Harbour Gazette" not in told
    assert "in Harbour Gazette" in folded


def test_who_says_what_in_a_dispute(client, disputed):
    text = client.get(f"/incidents/{disputed.id}").text.split('id="disputes-title"')[1]
    says, against = text.split("Against it: when it happened")[:2]
    assert "People, in The Orontes Post" in says
    assert "interior ministry, in The Orontes Post" in against


def test_the_history_tells_what_each_report_changed_and_leads_back_there(client, ambush, desk):
    text = client.get(f"/incidents/{ambush.id}").text.split('id="history"')[1]
    changes = list(desk.ledger.changes(incident=ambush.id))
    assert text.count("<li><p>") >= len(changes)
    assert "6 → 14" in text or "rose from 6 to 14" in text
    then = client.get(f"/incidents/{ambush.id}?as_of={changes[0].at}").text
    assert "As the account stood at" in then
    assert "1 report" in then


def test_before_it_was_known_it_is_not_shown(client, ambush):
    answer = client.get(f"/incidents/{ambush.id}?as_of=2001-01-01")
    assert answer.status_code == 404
    assert "did not stand" in answer.text
    assert client.get(f"/incidents/{ambush.id}?as_of=soon").status_code == 400


def test_an_old_id_and_the_beginning_of_one_lead_to_the_incident(client, desk, ambush, disputed):
    answer = client.get(f"/incidents/{ambush.id[9:16]}?policy=ucdp-best")
    assert answer.headers["location"] == f"/incidents/{ambush.id}?policy=ucdp-best"
    decide.merge(desk.ledger, [ambush.id, disputed.id], "r.haddad", "one event")
    whole = desk.ledger.incident(ambush.id)
    gone = disputed.id if whole.id == ambush.id else ambush.id
    answer = client.get(f"/incidents/{gone}")
    assert answer.headers["location"] == f"/incidents/{whole.id}?was={gone}"
    assert "is now part of this incident" in client.get(answer.headers["location"]).text


@pytest.mark.parametrize("given", ["nothing", "incident-ffffffffffffffff", "../secret", "%00", "é"])
def test_what_is_no_incident_is_not_found(client, given):
    assert client.get(f"/incidents/{given}").status_code == 404


def test_a_coder_decides_on_the_page_and_can_take_it_back(client, desk, ambush):
    text = client.get(f"/incidents/{ambush.id}").text
    (seen, *_) = re.findall(r'name="seen" value="(\d+)"', text)
    form = {"incident": ambush.id, "back": f"/incidents/{ambush.id}", "seen": seen}
    answer = client.post("/decisions", data=form | {"kind": "confirm", "reason": "read it all"})
    assert answer.status_code == 303
    text = client.get(answer.headers["location"]).text
    assert "Confirmed" in text
    assert "read it all" in text
    assert re.search(r'action="/decisions/\d+/undo"', text)


def test_a_value_set_by_a_person_says_so(client, desk, ambush):
    decide.set_value(desk.ledger, ambush.id, "place", "Goma@-1.68,29.22/town/COD", "Dana", "why")
    text = client.get(f"/incidents/{ambush.id}").text
    assert "set by <bdi>Dana</bdi>" in text


def test_a_viewer_is_given_nothing_to_decide_with(client_as, ambush):
    text = client_as("viewer").get(f"/incidents/{ambush.id}").text
    assert 'action="/decisions' not in text


def test_private_names_are_withheld_until_asked_for(client, desk):
    incident = keep_hostile(desk.ledger)
    withheld = client.get(f"/incidents/{incident}").text
    shown = client.get(f"/incidents/{incident}?names=1").text
    assert "Names of private persons are withheld" in withheld
    assert "Ana Diaz" not in withheld
    assert "Ana Diaz" in shown
    assert "?names=1#claim-" in shown


def test_hostile_words_are_text(client, desk):
    incident = keep_hostile(desk.ledger)
    for names in ("", "?names=1"):
        text = client.get(f"/incidents/{incident}{names}").text
        assert len(text) < 200_000  # a word of a million signs is not carried along
        assert SCRIPT not in text
        assert "<img" not in text
        assert "<svg onload" not in text
        assert "javascript:" not in text
        assert "\u202e" not in text
        assert "{{7*7}}" in text or "49 4 people" not in text


class TestPublicView:
    """Who is not signed in, where the public view is on."""

    @pytest.fixture
    def public(self, desk, client_as):
        desk.public = True
        return client_as("anonymous")

    def test_it_is_off_unless_turned_on(self, client_as, ambush):
        assert client_as("anonymous").get(f"/incidents/{ambush.id}").status_code == 303

    def test_it_has_no_reports_of_ours_no_history_and_no_names(self, public, ambush):
        text = public.get(f"/incidents/{ambush.id}?names=1&as_of=2001-01-01").text
        assert "Armed clash" in text
        assert "/reports/" not in text
        assert "History" not in text
        assert "Names of victims, witnesses and private persons are withheld" in text

    def test_a_sensitive_place_is_vague_and_nothing_is_quoted(self, public, desk, disputed):
        decide.set_value(desk.ledger, disputed.id, "event_type", "abduction", "Dana", "taken")
        text = public.get(f"/incidents/{disputed.id}").text
        assert "made vague" in text
        assert 'data-precision="district"' in text
        assert f'data-latitude="{disputed.place.latitude}"' not in text
        assert "<blockquote" not in text


class TestQuotes:
    """The words that a value was read from, marked in their sentence."""

    @staticmethod
    def make(text, *marks):
        passage = Evidence(report_id="r", start=100, end=100 + len(text), quote=text)
        found = []
        for words in marks:
            start = 100 + text.index(words)
            found.append(Evidence(report_id="r", start=start, end=start + len(words), quote=words))
        return passage, found

    def test_the_mark_is_where_the_words_are(self):
        passage, marks = self.make("Four farmers were killed.", "Four")
        pieces = quote_pieces(passage, marks, SHOW_ALL)
        assert [(p.text, p.marked) for p in pieces] == [
            ("Four", True),
            (" farmers were killed.", False),
        ]

    def test_a_mark_that_cuts_a_name_does_not_show_half_of_it(self):
        passage, marks = self.make("They shot Ana Diaz in Goma.", "shot Ana", "Diaz in")
        pieces = quote_pieces(passage, marks, withhold_names({"Ana Diaz"}))
        shown = "".join(piece.text for piece in pieces)
        assert "Ana" not in shown
        assert "Diaz" not in shown
        assert shown.count("withheld") == 1

    def test_a_long_passage_is_cut_around_the_mark(self):
        passage, marks = self.make("word " * 2000 + "seven died" + " word" * 2000, "seven died")
        pieces = quote_pieces(passage, marks, SHOW_ALL)
        assert any(p.marked and p.text == "seven died" for p in pieces)
        assert sum(len(p.text) for p in pieces) <= MOST_SIGNS + 2
        assert (pieces[0].text, pieces[-1].text) == ("…", "…")

    def test_a_word_of_a_million_signs_is_cut_too(self):
        passage, marks = self.make("a" * 1_000_000, "a" * 900_000)
        assert sum(len(p.text) for p in quote_pieces(passage, marks, SHOW_ALL)) <= MOST_SIGNS + 2

    def test_a_mark_of_another_report_is_none_here(self):
        passage, marks = self.make("Four died.", "Four")
        other = [mark.model_copy(update={"report_id": "other"}) for mark in marks]
        assert not any(p.marked for p in quote_pieces(passage, other, SHOW_ALL))
