"""Bars of the timeline: every incident in one bar, or told as what no bar can show."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from marsad.store.overview import DaySum
from marsad.web.timeline import MOST_BARS, make_timeline


def day(start, end=None, incidents=1, killed=1):
    return DaySum(start, end or start, incidents, (killed, killed), (0, 0))


DAYS = st.dates() | st.dates(date(2024, 1, 1), date(2024, 6, 1))


@st.composite
def day_sums(draw):
    start = draw(DAYS | st.none())
    count, killed = draw(st.integers(1, 9)), draw(st.integers(0, 99))
    if start is None:
        return DaySum(None, None, count, (killed, killed), (0, 0))
    reach = draw(st.sampled_from([0, 0, 1, 6, 30, 365]))
    end = min(start.toordinal() + reach, date.max.toordinal())
    return day(start.isoformat(), date.fromordinal(end).isoformat(), count, killed)


@given(days=st.lists(day_sums(), max_size=20), since=DAYS | st.none(), until=DAYS | st.none())
def test_every_incident_is_in_a_bar_or_told_as_left_out(days, since, until):
    if since and until and until < since:
        since, until = until, since
    line = make_timeline(days, since, until)
    tolls = [bar.toll for bar in line.bars] + [line.wide, line.undated]
    assert sum(toll.incidents for toll in tolls) == sum(d.incidents for d in days)
    assert sum(toll.killed for toll in tolls) == sum(d.killed[0] for d in days)


@given(days=st.lists(day_sums(), max_size=20))
def test_bars_follow_each_other_and_fit_on_a_screen(days):
    bars = make_timeline(days).bars
    for one, other in pairwise(bars):
        assert other.start - one.end == timedelta(days=1)
    if bars and make_timeline(days).step != "year":
        assert len(bars) <= MOST_BARS + 2


def test_a_month_is_not_drawn_on_its_first_day():
    line = make_timeline([day("2024-03-01", "2024-03-31"), day("2024-03-05")])
    assert line.step == "day"
    assert (line.wide.incidents, [bar.toll.incidents for bar in line.bars]) == (1, [0, 0, 0, 0, 1])


def test_a_month_is_drawn_where_the_bars_are_months():
    line = make_timeline([day("2024-03-01", "2024-03-31"), day("2014-03-05")])
    assert (line.step, line.wide.incidents) == ("month", 0)


def test_a_night_is_drawn_where_it_began():
    line = make_timeline([day("2024-03-04", "2024-03-05")])
    assert [bar.toll.incidents for bar in line.bars] == [1]


def test_one_that_reaches_into_the_days_asked_for_from_before_is_told_apart():
    line = make_timeline(
        [day("2024-02-10", "2024-03-10"), day("2024-03-05")], date(2024, 3, 1), date(2024, 3, 31)
    )
    assert (line.bars[0].start, line.wide.incidents) == (date(2024, 3, 1), 1)
