from __future__ import annotations

from datetime import date, datetime
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.records import Caption
from marsad.reports.plaintext import read_page
from tests.reports import pages

ONE = "Gunmen on motorcycles killed four farmers near Dan Kaura on Friday, police said."
TWO = "The attackers fled towards the forest with a herd of cattle, a spokesman told reporters."
THREE = "Nobody has claimed the attack, the third of its kind in the district this month."
STORY = f"{ONE}\n\n{TWO}\n\n{THREE}"
TITLE = "Four farmers killed by gunmen near Dan Kaura"


def test_page_saved_as_text_is_taken_apart():
    page = read_page(pages.SAVED_AS_TEXT)
    assert page.title == pages.TITLE
    assert page.outlet == "The Kivu Mirror"
    assert page.published == date(2024, 3, 5)
    assert page.captions == [Caption(text=pages.CAPTION, credit="AFP")]
    assert page.text == (
        "A chief and the army give different tolls for the raid on Kasugho\n\n" + pages.STORY
    )


@pytest.mark.parametrize(
    "page",
    [
        STORY,
        f"{TITLE}\n\n{STORY}",
        f"{TITLE}\n\n{TITLE}\n\n{STORY}",
        f"Home / Latest Updates / {TITLE}\n\n{TITLE}\n\n{STORY}",
        f"Like 0\n\n{TITLE}\n\n{STORY}\nStory Code: 2056 Copy text available\nYour Comment *",
        f"The Sahel Post\nWorld\n\n{TITLE}\n\n{STORY[:-1]}.AGENCIES\n\nNext Story\nShare it",
        f"{TITLE}\n\nFour farmers lie under a tree near Dan Kaura / Photo: EFE\n\n{STORY}",
        f"{TITLE}\n- Published\n{ONE}\n{TWO}\n{THREE}\n- Published11 January 2018",
        f"{TITLE}\n\nArticle content\n\n{STORY} (Reporting by Ann Poe; Editing by Jo Roe)",
        f"{TITLE}\n\n{ONE}\n\nRead more: Ten hurt in market fire\n\n{TWO}\n\n{THREE}",
        f"{TITLE}\n\n{ONE}\n\nRELATED\nTen hurt in fire\nFerry sinks\n\n{TWO}\n\n{THREE}",
        f"{TITLE}\n\n{STORY}\n\nLeave a Reply\n\nI knew one of the men, he was a good man.",
        f"{TITLE}\n\n{STORY}\n\n© 2024 The Sahel Post. All rights reserved.",
        f"{TITLE}\n\n{STORY}\n\nShare this: Facebook Twitter\nTags: bandits\nPrevious Post",
        f"{TITLE}\n\n{STORY}\n\nRelated Stories\nFire in Zaria\nPolice said it began in a shop."
        "\nFerry sinks\nDozens are feared dead.",
        f"We use cookies to give you the best experience.\n{TITLE}\n{STORY}",
        f"{TITLE}\n\nSource: sahel.example\n{STORY}\n\nViewed 7 times",
    ],
)
def test_story_is_all_that_is_left_of_a_page(page):
    assert read_page(page).text == STORY


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("December 26, 2024", date(2024, 12, 26)),
        ("Dec. 26, 2024 • 2 min read", date(2024, 12, 26)),
        ("Published: 26/12/2024 | Updated: 27/12/2024", date(2024, 12, 26)),
        ("Thursday 26 December 2024 09:33", datetime(2024, 12, 26, 9, 33)),
        ("03/04/2024", None),  # March or April: no way to tell
    ],
)
def test_date_above_the_story_is_the_publication(head, published):
    assert read_page(f"{TITLE}\n\n{head}\n\n{STORY}").published == published


def test_date_nearest_after_the_headline_wins_over_todays():
    page = f"Saturday July 13, 2024\n\n{TITLE}\n\nBy Agencies\nSeptember 09, 2018\n\n{STORY}"
    assert read_page(page).published == date(2018, 9, 9)


def test_dates_of_other_stories_are_not_the_publication():
    for below in ("March 3, 2024\nApril 4, 2024", "- Published11 January 2018"):
        assert read_page(f"{TITLE}\n\n{STORY}\n\n{below}").published is None


def test_date_and_time_alone_under_the_story_are_the_publication():
    page = read_page(f"{TITLE}\n\n{STORY}\nTuesday 17 March 2020 09:33\nStory Code: 2056")
    assert page.published == datetime(2020, 3, 17, 9, 33)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By CHIDI OKAFOR", ("Chidi Okafor",)),
        ("By Ann Poe and Jo Roe in Kano", ("Ann Poe", "Jo Roe")),
        ("By Ann Poe, Associated Press", ("Ann Poe",)),
        ("By Agencies", ()),
    ],
)
def test_byline_gives_the_authors(line, authors):
    assert read_page(f"{TITLE}\n\n{line}\n\n{STORY}").authors == authors


def test_timeline_lines_with_dates_stay_in_the_text():
    line = "March 3, 2024 - Bomb kills five in Zaria"
    assert line in read_page(f"{TITLE}\n\n{ONE}\n\n{line}\n\n{TWO}").text


def test_lines_wrapped_by_hand_become_paragraphs():
    wrapped = "\n\n   ".join("\n".join(wrap(part, 60)) for part in (ONE, TWO, THREE))
    assert read_page(wrapped).text == STORY


@pytest.mark.parametrize("text", ["Three killed in Goma", "Three people were killed in Goma."])
def test_single_line_is_the_text(text):
    assert read_page(text).text == text


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error(text):
    read_page(text)


@given(st.lists(st.sampled_from(pages.SAVED_AS_TEXT.splitlines()), max_size=25))
def test_shuffled_pages_are_read_without_an_error(lines):
    page = read_page("\n".join(lines))
    assert "inbox" not in page.text


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (
            "The defence ministry said on Tuesday that gunmen had killed nine soldiers\n"
            "in an ambush near Goma.\n\nRebels denied it and said they were far away.\n",
            [
                "The defence ministry said on Tuesday that gunmen had killed nine soldiers "
                "in an ambush near Goma.",
                "Rebels denied it and said they were far away.",
            ],
        ),
        (
            "Police in the northern town said on Monday that gunmen had killed at least\n"
            "12 people at a market.\n",
            [
                "Police in the northern town said on Monday that gunmen had killed at least "
                "12 people at a market."
            ],
        ),
    ],
)
def test_a_short_wrapped_text_keeps_its_sentences_whole(text, paragraphs):
    page = read_page(text)
    assert page.title is None
    assert page.paragraphs == paragraphs


def test_a_headline_stays_apart_from_what_stands_below_it():
    page = read_page(
        "Gunmen kill nine soldiers in ambush on the road to Goma\nby Jane Doe\n"
        "The defence ministry said on Tuesday that gunmen had killed nine soldiers near Goma.\n"
    )
    assert page.title == "Gunmen kill nine soldiers in ambush on the road to Goma"
