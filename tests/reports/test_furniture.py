from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reports.furniture import classify_line, strip_edges


@pytest.mark.parametrize(
    "line",
    [
        "4 min read",
        "Reading time: 3 minutes",
        "Share on Facebook",
        "Facebook | Twitter | WhatsApp",
        "Follow us on Telegram and WhatsApp.",
        "Sign up to our newsletter to get the latest delivered to your inbox.",
        "We use cookies to improve your experience on this site.",
        "Advertisement",
        "Click here to join our channel.",
        "© 2024 The Sahel Post. All rights reserved.",
        "Tags: bandits, police, Kano",
        "READ ALSO: Ten hurt in market fire",
        "2 hours ago",
        "Be the first to comment",
        "(Reporting by Ann Poe; Editing by Jo Roe)",
        "This news has been read 177 times in total",
        "Download our app here.",
        "1,234 views",
        "• • •",
    ],
)
def test_furniture_is_known_by_its_form(line):
    assert classify_line(line) == "furniture"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Related Stories", "box"),
        ("NEWSLETTER", "box"),
        ("Most Read", "box"),
        ("Recommended for you", "box"),
        ("12 Comments", "end"),
        ("Leave a Reply", "end"),
        ("About the author", "end"),
        ("Middle East", "section"),
        ("Home / World / Africa", "section"),
    ],
)
def test_headings_are_told_by_what_follows_them(line, kind):
    assert classify_line(line) == kind


@pytest.mark.parametrize(
    "line",
    [
        "More than 20 people were killed in the north.",
        "Top commanders were among the dead.",
        "Follow-up strikes hit rescuers who had come to help.",
        "Share prices fell after the attack on the pipeline.",
        "Comments by the minister set off the protest in the capital.",
        "Breaking through the gate, the men opened fire.",
        "Email records show that the general knew of the raid.",
        "Images of the dead were shared on social media.",
        "Live rounds were fired at the crowd, witnesses said.",
        "Related violence has killed a thousand people this year.",
        "Police sources in the capital confirmed the arrest.",
        "The latest attack killed four.",
        "He was shot.",
    ],
)
def test_sentences_that_begin_like_furniture_stay(line):
    assert classify_line(line) in ("prose", "text")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Four men were killed, police said. Read more", "Four men were killed, police said."),
        ("Four men were killed, police said. — AFP", "Four men were killed, police said."),
        ("Four men were killed, police said.AGENCIES", "Four men were killed, police said."),
        ("Four men were killed, he told AFP.", "Four men were killed, he told AFP."),
        ("The men told Reuters", "The men told Reuters"),
    ],
)
def test_furniture_glued_to_a_sentence_is_cut(line, text):
    assert strip_edges(line) == text


@given(st.text(max_size=300))
def test_every_line_has_a_kind(line):
    assert classify_line(line)
