"""What an entry of a feed says of a change, and what it never says."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.publish.exports.content import Count
from marsad.publish.exports.protect import guard_text, protect
from marsad.publish.exports.withholding import fold_words
from marsad.publish.feeds.atom import render_atom
from marsad.publish.feeds.body import html_body, text_body
from marsad.publish.feeds.content import FeedHead, Turn
from marsad.publish.feeds.json_feed import render_json_feed
from marsad.publish.feeds.tell import tell
from marsad.publish.feeds.words import FSI, PDI
from marsad.records import Cause, Change, Place, Review, ValueChange
from tests.publish.exports.sample import INTERNAL, PUBLIC, SECRETS, TOWN, make_item, make_tallies

AT = "2024-05-08T09:00:00.000000Z"
LATER = "2024-05-10T09:00:00.000000Z"
HEAD = FeedHead(
    id="tag:marsad.invalid,2024:aa/feed/bb",
    title="Feed",
    description="What changed",
    updated=datetime(2024, 5, 8, 9, tzinfo=UTC),
    version="0.1.0",
)
REPORT = Cause(kind="report", name="wire-nadim-farhan", by="Harbour Wire")
REVIEW = Review(kind="reject", by="Amal Haddad", at=AT, reason="Nadim Farhan called me", seq=9)
REJECTED = Cause(
    kind="decision", name="9", by="Amal Haddad", why="Nadim Farhan called me", decision="reject"
)
TOLL = ValueChange(
    field="killed",
    before={"low": 6, "best": 6, "high": 6},
    after={"low": 14, "best": 14, "high": None},
    why="killed rose from 6 to 14: his neighbour Rana Wadifeh, in Harbour Wire of 7 May 2024",
)
_SAME = object()


def make_turn(profile=PUBLIC, *, before=None, after=None, latest=_SAME, **values):
    """A change from one item to another; None is no incident, as with new and withdrawn ones."""
    sensitive = False
    shown = [i and protect(i, profile, sensitive=sensitive) for i in (before, after)]
    last = shown[1] if latest is _SAME else latest and protect(latest, profile)
    subject = after or before
    given = {
        "seq": 41,
        "at": AT,
        "incident": subject.incident.id,
        "kind": "changed",
        "cause": REPORT,
    }
    change = Change.model_validate(given | values)
    return Turn(
        change=change,
        before=(shown[0],) if shown[0] else (),
        after=shown[1],
        latest=last,
        latest_at=LATER,
        raw_after=after and after.incident,
        text=guard_text(subject, profile),
        is_public=profile.is_public,
        leaves=False,
        published="7 May 2024",
    )


def entry_of(turn, base=None):
    return tell(turn, "aa", base)


def item(best=14, high=None, low=None, **changes):
    tallies = make_tallies(best if low is None else low, best, high)
    return make_item(tallies=tallies, **changes)


def test_a_title_says_what_changed_of_what_and_how_well_it_is_supported():
    calm = {"status": "corroborated", "disputes": ()}
    turn = make_turn(before=item(6, 6, **calm), after=item(14, **calm), values=(TOLL,))
    assert entry_of(turn).title == (
        "Toll raised from 6 to 14: Attack on the unarmed in Idlib, Syria, 6 May 2024 (corroborated)"
    )


@pytest.mark.parametrize(
    ("before", "after", "values", "lead"),
    [
        (None, {}, {"kind": "new"}, "New: "),
        ({"best": 14}, {"best": 6, "high": 6}, {}, "Toll lowered from 14 to 6: "),
        ({"best": 5, "high": 5}, {"best": 5}, {}, "Toll now 5 or more, before 5: "),
        (
            {"status": "corroborated", "disputes": ()},
            {},
            {"values": [{"field": "status", "before": "corroborated", "after": "contested"}]},
            "Now contested: ",
        ),
        ({}, {"event_type": "shelling"}, {}, "Now told as "),
        (
            {},
            {"place": TOWN.model_copy(update={"name": "Sarmin"})},
            {},
            "Place now in Sarmin, Syria, before in Idlib, Syria: ",
        ),
        ({}, {}, {"kind": "merged", "others": ["incident-b"]}, "Merged with another incident: "),
        ({}, None, {"kind": "withdrawn", "others": ["incident-b"]}, "Now part of another incident"),
        ({}, None, {"kind": "withdrawn"}, "Withdrawn: "),
        (None, {}, {"kind": "split", "others": ["incident-b"]}, "Held apart from another incident"),
        (
            {},
            {},
            {"values": [{"field": "reports", "before": ["a"], "after": ["a", "b"]}]},
            "Told by 1 more report: ",
        ),
    ],
)
def test_a_title_begins_with_what_a_reader_must_see(before, after, values, lead):
    made = {"before": before, "after": after}
    given_items = {k: None if v is None else item(**v) for k, v in made.items()}
    assert entry_of(make_turn(**given_items, **values)).title.startswith(lead)


def test_a_contested_incident_is_never_told_of_without_saying_so():
    entry = entry_of(make_turn(before=item(6, 6), after=item(14), values=(TOLL,)))
    assert entry.title.endswith("(contested: whether it happened)")
    assert "contested" in html_body(entry)
    assert "contested" in text_body(entry)
    assert "a source disputes this incident" in entry.summary
    assert "contested" in entry.tags


def test_numbers_are_a_documented_minimum_and_say_who_gives_them():
    entry = entry_of(make_turn(INTERNAL, before=item(6, 6), after=item(14), values=(TOLL,)))
    assert "Documented minimum: 14 killed" in entry.summary
    assert (
        "Killed: 6 → 14 or more – according to his neighbour Rana Wadifeh, in Harbour Wire"
        in text_body(entry)
    )
    assert entry.cause == "Because of a report by Harbour Wire of 7 May 2024."


def test_a_rejected_or_withdrawn_incident_counts_for_nothing():
    rejected = item(14, status="discounted", review=REVIEW)
    entry = entry_of(make_turn(before=item(14), after=rejected, cause=REJECTED))
    assert "Documented minimum" not in text_body(entry)
    assert "It counts for nothing." in text_body(entry)
    gone = entry_of(make_turn(before=item(14), kind="withdrawn"))
    assert "It counts for nothing." in text_body(gone)
    assert "Documented minimum" not in text_body(gone)


def test_an_older_entry_says_how_its_incident_is_known_now():
    entry = entry_of(make_turn(after=item(14), latest=item(6, 6), kind="new"))
    assert entry.since_then.endswith(
        "Documented minimum: 6 killed; a source disputes this incident."
    )
    assert (entry.published, entry.updated) == tuple(map(datetime.fromisoformat, (AT, LATER)))
    gone = entry_of(make_turn(after=item(14), latest=None, kind="new"))
    assert "withdrawn" in gone.since_then


def test_an_entry_whose_incident_stands_as_it_did_is_not_updated():
    entry = entry_of(make_turn(after=item(14), kind="new"))
    assert (entry.since_then, entry.updated) == ("", entry.published)


def test_no_private_name_is_in_a_public_entry():
    values = (
        TOLL,
        ValueChange(
            field="killed: Nadim Qasem Farhan",
            after={"low": 1, "best": 1, "high": 1},
            why="killed: Nadim Qasem Farhan 1: Rana Wadifeh, in Harbour Wire of 7 May 2024",
        ),
        ValueChange(
            field="participants",
            after=["recipient: Nadim Qasem Farhan", "recipient: Salim Khuri"],
            why="as first told",
        ),
        ValueChange(field="disputes", after=["occurrence: the army / Rana Wadifeh"], why="x"),
    )
    turn = make_turn(after=item(14), kind="new", values=values)
    entry = entry_of(turn)
    for body in (render_atom(HEAD, [entry]), render_json_feed(HEAD, [entry])):
        bare = "".join(fold_words(body.decode()))
        assert [name for name in SECRETS if name in bare] == []
    shown = "".join(fold_words(str(asdict(entry_of(replace(turn, **_internal(values)))))))
    assert "nadimqasemfarhan" in shown  # else the test could not fail


def _internal(values):
    turn = make_turn(INTERNAL, after=item(14), kind="new", values=values)
    return {"after": turn.after, "text": turn.text, "is_public": False}


def test_reviewers_and_their_reasons_stay_with_the_team():
    rejected = item(14, status="discounted", review=REVIEW)
    why = "rejected by Amal Haddad: Nadim Farhan called me"
    values = (
        ValueChange(field="status", before="contested", after="discounted", why=why),
        ValueChange(field="review", after=REVIEW.model_dump(mode="json"), why=why),
    )
    told = {"before": item(14), "after": rejected, "cause": REJECTED, "values": values}
    public, internal = (entry_of(make_turn(p, **told)) for p in (PUBLIC, INTERNAL))
    assert "Haddad" not in str(public)
    assert "called me" not in str(public)
    assert public.cause == "Because of a reviewer's decision: it was rejected."
    assert "Amal Haddad" in internal.cause
    assert "called me" in internal.cause


def test_a_number_that_a_reviewer_set_does_not_name_the_reviewer():
    tallies = tuple(
        t.model_copy(update={"sources": ("reviewer: Amal Haddad",)})
        for t in make_tallies(15, 15, 15)
    )
    value = ValueChange(
        field="killed",
        before={"low": 14, "best": 14, "high": None},
        after={"low": 15, "best": 15, "high": 15},
        why="killed rose from 14 to 15: set by Amal Haddad",
    )
    told = {"before": item(14), "after": make_item(tallies=tallies), "values": (value,)}
    assert "Killed: 14 or more → 15 – set by a reviewer" in text_body(entry_of(make_turn(**told)))
    assert "set by Amal Haddad" in text_body(entry_of(make_turn(INTERNAL, **told)))


def test_there_are_links_only_with_a_base():
    turn = make_turn(after=item(14), kind="new")
    assert "http" not in html_body(entry_of(turn))
    linked = entry_of(turn, "https://desk.example")
    assert linked.url == f"https://desk.example/incidents/{turn.change.incident}"
    assert f'<a href="{linked.url}">' in html_body(linked)


def test_words_from_right_to_left_do_not_move_the_numbers_beside_them():
    arabic = Place(name="تدمر", precision="town", country="SYR")
    entry = entry_of(make_turn(INTERNAL, after=item(14, place=arabic), kind="new"))
    assert f"in {FSI}تدمر{PDI}, Syria, 6 May 2024" in entry.title
    assert "in <bdi>تدمر</bdi>, Syria, 6 May 2024" in html_body(entry)


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "]]><x>", "&amp;<!--", "a\u202eb\x00\x1b[31m\ufffe", "\ud800"],
)
def test_hostile_names_are_text_in_both_formats(name):
    place = Place(name=name, precision="town", country="SYR")
    entry = entry_of(make_turn(INTERNAL, after=item(14, place=place), kind="new"))
    read = feedparser.parse(render_atom(HEAD, [entry]))
    assert not read.bozo
    body = json.loads(render_json_feed(HEAD, [entry]))["items"][0]
    assert "<script" not in body["content_html"]
    assert "<x>" not in body["content_html"]
    for text in (body["title"], read.entries[0].title):
        assert not {"\u202e", "\x00", "\x1b"} & set(text)


@given(st.text(min_size=1), st.text(), st.integers(0, 10**7))
def test_any_words_give_a_feed_that_can_be_read(name, why, best):
    place = Place(name=name, precision="town")
    value = ValueChange(field=f"killed: {name}", after={"low": best}, why=why)
    entry = entry_of(make_turn(INTERNAL, after=item(best, place=place), values=(value,)))
    read = feedparser.parse(render_atom(HEAD, [entry]))
    assert not read.bozo
    assert [e.id for e in read.entries] == [entry.id]
    assert json.loads(render_json_feed(HEAD, [entry]))["items"][0]["title"] == entry.title


def test_a_count_of_another_outcome_is_called_by_its_name():
    hurt = protect(make_item(), INTERNAL)
    counts = {p: (Count("injured", None, 3, 3, 3),) for p in hurt.counts}
    turn = replace(
        make_turn(INTERNAL, after=item(14), kind="new"), after=replace(hurt, counts=counts)
    )
    assert ", 3 injured (" in entry_of(turn).title


def test_sentences_isolate_what_runs_from_right_to_left():
    why = "killed rose from 6 to 14: وزارة الداخلية, 25"
    value = TOLL.model_copy(update={"why": why})
    entry = entry_of(make_turn(INTERNAL, before=item(6, 6), after=item(14), values=(value,)))
    assert f"according to {FSI}وزارة الداخلية{PDI}, 25" in text_body(entry)
    assert "according to <bdi>وزارة الداخلية</bdi>, 25" in html_body(entry)
