"""Filters in addresses: written and read back, or refused with the parameter's name."""

from __future__ import annotations

import string
from contextlib import suppress
from datetime import date
from typing import get_args
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from marsad.cli.incident_filter import _ANNOTATIONS
from marsad.errors import DeskError
from marsad.records import EventType, IncidentFilter, Outcome, Status
from marsad.web.filter_query import MAX_LIMIT, NAMES, read_filter, write_query


def degrees(most: int) -> st.SearchStrategy[float]:
    return st.floats(-most, most, allow_nan=False).map(lambda n: round(n, 6))


# Words as people type them: something, with nothing around it.
WORDS = st.text(string.printable + "أمل é&=+%#", min_size=1, max_size=40).map(
    lambda text: text.strip() or "x"
)
FILTERS = st.builds(
    IncidentFilter,
    since=st.none() | st.dates(max_value=date(2020, 1, 1)),
    until=st.none() | st.dates(min_value=date(2020, 1, 1)),
    near=st.none() | st.tuples(degrees(90), degrees(180), st.integers(1, 20_000).map(float)),
    polygon=st.just(()) | st.lists(st.tuples(degrees(180), degrees(90)), min_size=3).map(tuple),
    loose=st.booleans(),
    place=st.none() | WORDS,
    country=st.none() | st.sampled_from(["SYR", "COD", "FRA"]),
    types=st.lists(st.sampled_from(get_args(EventType)), unique=True).map(tuple),
    actor=st.none() | WORDS,
    outcome=st.sampled_from(get_args(Outcome)),
    at_least=st.integers(1, 10**6),
    status=st.lists(st.sampled_from(get_args(Status)), unique=True).map(tuple),
    text=st.none() | WORDS,
    reviewed=st.none() | st.booleans(),
    order=st.sampled_from(["date", "-date", "toll", "changed"]),
    limit=st.none() | st.integers(1, MAX_LIMIT),
    offset=st.integers(0, 10**6),
)


def read(query: str) -> IncidentFilter:
    return read_filter(QueryParams(query))


@given(FILTERS)
def test_what_is_written_is_read_back(wanted):
    assert read(write_query(wanted)) == wanted


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=30)))
def test_any_query_is_read_or_refused_plainly(given_query):
    with suppress(DeskError):
        read_filter(QueryParams(given_query))


def test_the_empty_filter_is_the_empty_query():
    assert write_query(IncidentFilter()) == ""
    assert read("since=&kind=&text=+&page=2") == IncidentFilter()


def test_parameters_are_named_as_the_options_of_the_command_line():
    assert set(_ANNOTATIONS) - {"saved"} <= set(NAMES)


def test_others_stand_behind_the_filter():
    query = write_query(IncidentFilter(country="SYR"), policy="ucdp-best", as_of="")
    assert parse_qsl(query) == [("country", "SYR"), ("policy", "ucdp-best")]


def test_a_count_without_an_outcome_is_of_the_killed():
    assert read("at_least=10").outcome == "killed"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("since=yesterday", "since: 'yesterday' is not a date"),
        ("since=2024-02-01&until=2024-01-01", "before it starts"),
        ("country=Atlantis", "country: 'Atlantis'"),
        ("box=1,2,3", "box: '1,2,3' is not 4 numbers"),
        ("box=1,2,3,nan", "box"),
        ("box=0,50,1,40", "south"),
        ("near=91,0,5", "near"),
        ("near=1,1,1e999", "near"),
        ("polygon=1,1 2,2", "it needs three"),
        ("polygon=" + "+".join(["1,1"] * 501), "at most 500"),
        ("kind=war", "kind: 'war' is not one of"),
        ("status=true", "status"),
        ("order=random", "order"),
        ("at_least=-1", "at_least"),
        ("at_least=٣", "at_least"),
        ("limit=1001", "from 1 to 1000"),
        ("offset=1e9", "offset"),
        ("reviewed=maybe", "1 or 0"),
        ("text=" + "x" * 501, "at most 500"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(query, said):
    with pytest.raises(DeskError) as refused:
        read(query)
    assert said in str(refused.value)
