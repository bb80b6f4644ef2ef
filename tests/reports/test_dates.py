from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reports.dates import parse_published


def at(hours: float, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone(timedelta(hours=hours)))  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-12-26", date(2024, 12, 26)),
        ("20241226", date(2024, 12, 26)),
        ("2024-12-26T10:30:00+03:00", at(3, 2024, 12, 26, 10, 30)),
        ("2024-12-26 10:30:00 +0300", at(3, 2024, 12, 26, 10, 30)),
        ("2024-12-26T10:30:00.000Z", at(0, 2024, 12, 26, 10, 30)),
        ("2024-12-26T10:30", datetime(2024, 12, 26, 10, 30)),
        ("Thu, 26 Dec 2024 08:00:00 +0000", at(0, 2024, 12, 26, 8)),
        ("1735200000", at(0, 2024, 12, 26, 8)),
        ("Dec. 26, 2024 • 2 min read", date(2024, 12, 26)),
        ("26th of December, 2024", date(2024, 12, 26)),
        ("Thursday, 26 Dec 2024 14:05 GMT", at(0, 2024, 12, 26, 14, 5)),
        ("Updated: 12/26/2024 3:15 PM EST", at(-5, 2024, 12, 26, 15, 15)),
        ("20:09, 26 December 2024", datetime(2024, 12, 26, 20, 9)),
        ("26 Dec 2024, 11.30pm", datetime(2024, 12, 26, 23, 30)),
        ("5 March 2022 06:22 PM UTC+2", at(2, 2022, 3, 5, 18, 22)),
        ("December 26, 2024 10:30 IST", datetime(2024, 12, 26, 10, 30)),  # India, Israel, Ireland
        ("26.12.2024", date(2024, 12, 26)),
        ("26/12/2024", date(2024, 12, 26)),
        ("04/04/2024", date(2024, 4, 4)),
        ("PublishDate: Saturday, March 10, 201818:13", datetime(2018, 3, 10, 18, 13)),
    ],
)
def test_printed_dates_are_read_with_time_and_zone(text, value):
    read = parse_published(text)
    assert read == value
    assert getattr(read, "tzinfo", None) == getattr(value, "tzinfo", None)


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "03/04/2024", "31/02/2024", "May 3 people", "1735", "2 hours ago", "2024"],
)
def test_uncertain_dates_are_not_guessed(text):
    assert parse_published(text) is None


def test_day_first_settles_an_open_date():
    assert parse_published("03/04/2024", day_first=True) == date(2024, 4, 3)
    assert parse_published("03/04/2024", day_first=False) == date(2024, 3, 4)


@given(st.text(max_size=80))
def test_no_string_raises(text):
    parse_published(text)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_iso_dates_come_back(day):
    assert parse_published(day.isoformat()) == day
    assert parse_published(f"Published {day:%d %B %Y}") == day
