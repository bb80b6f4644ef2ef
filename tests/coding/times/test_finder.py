"""Time expressions: found, dated against the publication day, given a role."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from marsad.coding.mentions import TimeMention
from marsad.coding.times import calendar as cal
from marsad.coding.times.finder import find_times
from marsad.coding.times.words import load_time_phrases, load_time_words

PUBLISHED = "2024-12-26"  # a Thursday


def read_times(nlp: Language, text: str, published: str | None = PUBLISHED) -> list[TimeMention]:
    doc = nlp(text)
    doc._.report = {"published": published}
    return find_times(doc)


def spans(nlp: Language, text: str, published: str | None = PUBLISHED) -> list[tuple[str, str]]:
    return [(time["first"], time["last"]) for time in read_times(nlp, text, published)]


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("Gunmen killed four people on Wednesday.", "2024-12-25", "2024-12-25", "day"),
        ("Gunmen killed four people on Thursday.", "2024-12-26", "2024-12-26", "day"),
        ("The raid came late on Monday.", "2024-12-23", "2024-12-23", "day"),
        ("They were shot early Sunday morning.", "2024-12-22", "2024-12-22", "day"),
        ("Friday's attack shocked the town.", "2024-12-20", "2024-12-20", "day"),
        ("Rebels took it last Thursday.", "2024-12-19", "2024-12-19", "day"),
        ("It was burned on Tuesday of last week.", "2024-12-17", "2024-12-17", "day"),
        ("He was hit Saturday night.", "2024-12-21", "2024-12-21", "day"),
        ("A bomb went off on Sat., Dec. 21.", "2024-12-21", "2024-12-21", "day"),
        ("They died on Tuesday the 24th.", "2024-12-24", "2024-12-24", "day"),
        ("Two were killed yesterday.", "2024-12-25", "2024-12-25", "day"),
        ("Shells fell overnight.", "2024-12-25", "2024-12-26", "day"),
        ("He was stabbed last night.", "2024-12-25", "2024-12-25", "day"),
        ("It happened two days ago.", "2024-12-24", "2024-12-24", "day"),
        ("Both were seized earlier this week.", "2024-12-23", "2024-12-26", "week"),
        ("Fighting flared over the weekend.", "2024-12-21", "2024-12-22", "day"),
        ("A video spread in recent days.", "2024-12-19", "2024-12-26", "week"),
        ("The town fell in late November.", "2024-11-21", "2024-11-30", "week"),
        ("He was shot on December 21, 2024.", "2024-12-21", "2024-12-21", "day"),
        ("He was shot on 21 December.", "2024-12-21", "2024-12-21", "day"),
        ("He was shot on the 14th of May.", "2024-05-14", "2024-05-14", "day"),
        ("Log entry 2024-12-20: two shells.", "2024-12-20", "2024-12-20", "day"),
        ("Recorded on 21/12/2024 by the clinic.", "2024-12-21", "2024-12-21", "day"),
        ("It burned on Dec. 14.", "2024-12-14", "2024-12-14", "day"),
        ("Troops entered on January 3.", "2024-01-03", "2024-01-03", "day"),
        ("Shelling lasted between 10 and 12 December.", "2024-12-10", "2024-12-12", "week"),
        ("Clashes went on from Saturday to Monday.", "2024-12-21", "2024-12-23", "week"),
        ("Clashes went on from Dec. 3-5.", "2024-12-03", "2024-12-05", "week"),
        ("They met on Saturday and Sunday.", "2024-12-21", "2024-12-22", "day"),
        ("A mine exploded on Christmas Day.", "2024-12-25", "2024-12-25", "day"),
        ("Protests began on Monday, Dec. 23.", "2024-12-23", "2024-12-23", "day"),
        ("In the last 24 hours three died.", "2024-12-25", "2024-12-26", "day"),
        ("The cell was broken up last month.", "2024-11-01", "2024-11-30", "month"),
        ("War broke out in the spring of 2011.", "2011-03-01", "2011-05-31", "season"),
        ("He was jailed in early 2022.", "2022-01-01", "2022-04-30", "season"),
        ("She fled in 2014.", "2014-01-01", "2014-12-31", "year"),
        ("Fighting between 1996 and 2001 ruined it.", "1996-01-01", "2001-12-31", "year"),
        ("He was killed three years ago.", "2021-01-01", "2021-12-31", "year"),
    ],
)
def test_an_expression_is_dated_from_the_publication_day(
    base_nlp, text, first, last, precision
) -> None:
    times = read_times(base_nlp, text)
    assert [(t["first"], t["last"], t["precision"]) for t in times] == [(first, last, precision)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Gunmen killed four people on Wednesday.", "event"),
        ("He has been in prison since 2014.", "background"),
        ("The siege has lasted for the past three weeks.", "background"),
        ("The war that began on October 7 goes on.", "background"),
        ("Survivors of the 7 October attacks spoke.", "background"),
        ("Fighting has raged since Monday.", "event"),
        ("The 1994 genocide left deep wounds.", "background"),
        ("They will march on Friday.", "deadline"),
        ("The vote takes place next Sunday.", "deadline"),
        ("They must leave by Friday.", "deadline"),
        ("A hearing is scheduled for Jan. 14.", "deadline"),
        ("He is due in court Monday.", "deadline"),
        ("Published December 26, 2024", "publication"),
        ("Last updated: Dec. 25, 2024", "publication"),
    ],
)
def test_a_time_gets_its_role(base_nlp, text, role) -> None:
    assert [time["role"] for time in read_times(base_nlp, text)] == [role]


@pytest.mark.parametrize(
    "text",
    [
        "Police may march on the palace.",
        "The March of Return drew thousands.",
        "Borders of the 1967 borders plan were redrawn.",
        "The Sunday Times reported the raid.",
        "He sat on the bench and the sun shone.",
        "The Bloody Sunday inquiry ended.",
        "The 23 June Movement denied it.",
        "They met on 9 October Avenue.",
        "The second man was 31 years old.",
        "Some 2014 people fled on foot.",
        "April Jones was hurt.",
        "Aides to May resigned.",
        "The bill was 12/05.",
        "Dated 05/06/2024 by hand.",  # day and month could change places
    ],
)
def test_words_that_look_like_times_are_left_alone(base_nlp, text) -> None:
    assert read_times(base_nlp, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the day before, and after, what was told last
        (
            "Rebels took the town on Monday. The next day they burned it.",
            ["2024-12-23", "2024-12-24"],
        ),
        (
            "On Tuesday, a day after police shot a man, crowds marched.",
            ["2024-12-24", "2024-12-23"],
        ),
        ("He was hit on Sunday. Hours later he died.", ["2024-12-22", "2024-12-22"]),
        ("A mine exploded. The next day he died.", []),  # nothing told to count from
    ],
)
def test_relative_days_count_from_what_was_told(base_nlp, text, expected) -> None:
    assert [first for first, _ in spans(base_nlp, text)] == expected


def test_a_dateline_is_the_anchor_of_a_text_without_a_publication_date(base_nlp) -> None:
    text = "SANTIAGO, 20 MAR 89 (EFE) -- [TEXT] A BOMB EXPLODED LAST NIGHT IN THE CENTRE."
    times = read_times(base_nlp, text, None)
    assert [(t["first"], t["role"]) for t in times] == [
        ("1989-03-20", "publication"),
        ("1989-03-19", "event"),
    ]


def test_without_an_anchor_only_full_dates_are_read(base_nlp) -> None:
    text = "On Wednesday rebels struck. On 3 March 2016 they left."
    assert spans(base_nlp, text, None) == [("2016-03-03", "2016-03-03")]


def test_without_an_anchor_the_year_of_the_full_dates_serves_the_others(base_nlp) -> None:
    text = "On 2 March shells fell. Shelling stopped on 3 March 2016."
    assert spans(base_nlp, text, None)[0] == ("2016-03-02", "2016-03-02")


def test_a_weekday_beside_a_date_chooses_the_year(base_nlp) -> None:
    assert spans(base_nlp, "It began Monday, Jan. 16.") == [("2023-01-16", "2023-01-16")]


def test_a_past_year_end_is_read_across_the_new_year(base_nlp) -> None:
    assert spans(base_nlp, "He was shot on Dec. 30.", "2025-01-04") == [
        ("2024-12-30", "2024-12-30")
    ]


def test_upper_case_text_reads_like_any_other(base_nlp) -> None:
    text = "FIVE SOLDIERS WERE KILLED ON MONDAY AND ON 14 MAY."
    assert [first for first, _ in spans(base_nlp, text)] == ["2024-12-23", "2024-05-14"]


def test_times_are_found_in_sentences_without_a_parse(base_nlp) -> None:
    doc = base_nlp.make_doc("Gunmen killed four on Wednesday. They fled on Thursday.")
    doc = base_nlp.get_pipe("marsad_sentences")(doc)
    doc._.report = {"published": PUBLISHED}
    assert [time["first"] for time in find_times(doc)] == ["2024-12-25", "2024-12-26"]


def test_an_empty_doc_has_no_times(base_nlp) -> None:
    assert find_times(base_nlp.make_doc("")) == []


_PIECES = [
    "May",
    "3",
    "-",
    "on",
    "Monday",
    "2024",
    "last",
    "week",
    "ago",
    "two",
    "the",
    "of",
    ",",
    "Dec.",
    "25",
    "MAR",
    "89",
    "next",
    "year",
    "since",
    "Feb",
    "30",
    "’s",
    "night",
    "\n",
    "0",
    "’",
    "99999999999",
    "٢٠٢٤",
    "🙂",
    "(",
    "a",
    "day",
    "after",
    "hours",
    "later",
    "9999",
]


@settings(max_examples=150, deadline=None)
@given(words=st.lists(st.sampled_from(_PIECES), max_size=14), published=st.dates())
def test_no_text_breaks_the_reader_and_intervals_are_ordered(base_nlp, words, published) -> None:
    doc: Doc = base_nlp.make_doc(" ".join(words))
    doc = base_nlp.get_pipe("marsad_sentences")(doc)
    doc._.report = {"published": published.isoformat()}
    last_end = 0
    for time in find_times(doc):
        assert last_end <= time["start"] < time["end"] <= len(doc)
        last_end = time["end"]
        assert date.fromisoformat(time["first"]) <= date.fromisoformat(time["last"])


@pytest.mark.parametrize(
    ("year", "western", "orthodox"),
    [
        (2016, date(2016, 3, 27), date(2016, 5, 1)),
        (2021, date(2021, 4, 4), date(2021, 5, 2)),
        (2025, date(2025, 4, 20), date(2025, 4, 20)),
    ],
)
def test_easter_days(year, western, orthodox) -> None:
    assert cal.easter(year) == western
    assert cal.orthodox_easter(year) == orthodox


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("nth:11:3:4", date(2024, 11, 28)),
        ("nth:5:0:-1", date(2024, 5, 27)),
        ("12-25", date(2024, 12, 25)),
        ("easter:-2", date(2024, 3, 29)),
    ],
)
def test_holiday_rules(rule, day) -> None:
    assert cal.holiday(rule, 2024) == day


def test_every_word_list_and_phrase_is_lower_case_and_loads() -> None:
    words = load_time_words()
    assert all(word == word.lower() for word in (*words.weekdays, *words.months, *words.holidays))
    assert all(phrase == phrase.lower() for phrase in load_time_phrases())
    assert all(cal.holiday(rule, 2024) for rule in words.holidays.values())
