from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.publish.ledger.short_ids import short_id, signs_needed
from marsad.publish.ledger.values import bounds_words, day_words, value_words
from marsad.records import When


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2024-12-25", "2024-12-25", "2024-12-25"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-12-20", "2024-12-25", "2024-12-20 to 12-25"),
        ("2024-12-30", "2025-01-02", "2024-12-30 to 2025-01-02"),
    ],
)
def test_a_day_is_written_as_precisely_as_it_is_known(start, end, words):
    when = When(start=date.fromisoformat(start), end=date.fromisoformat(end), precision="week")
    assert day_words(when) == words


@pytest.mark.parametrize(
    ("low", "high", "words"), [(6, 14, "6–14"), (6, None, "6+"), (6, 6, ""), (0, 12000, "0–12,000")]
)
def test_bounds_are_short(low, high, words):
    assert bounds_words(low, high) == words


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("killed", {"low": 6, "best": 8, "high": 14}, "8 (6 to 14)"),
        ("killed", {"low": 6, "best": 6, "high": None}, "6 (6 or more)"),
        ("killed", None, "not known"),
        ("status", "single-source", "single source"),
        ("event_type", "air-strike", "Air or drone strike"),
        ("disputes", [], "none"),
        ("disputes", [{"about": "date", "sources": ["A", "B"]}], "when it happened (A and B)"),
        ("when", {"start": "2024-12-25", "end": "2024-12-25", "precision": "day"},
         "Wednesday 25 December 2024"),
        ("unheard-of", {"a": 1}, '{"a": 1}'),
    ],
)  # fmt: skip
def test_a_value_is_told_in_words(field, value, words):
    assert value_words(field, value) == words


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner) | st.dictionaries(
        st.sampled_from(["low", "high", "best", "about", "name", "start", "kind", "x"]), inner
    ),
    max_leaves=8,
)  # fmt: skip


@given(st.sampled_from(["killed", "place", "status", "event_type"]), JSON)
def test_no_value_breaks_the_line(field, value):
    words = value_words(field, value)
    assert "\n" not in words
    assert "\x1b" not in words


def test_only_our_own_ids_are_shortened():
    assert short_id("incident-0123456789abcdef") == "0123456"
    assert short_id("my own id") == "my own id"


@given(st.sets(st.integers(0, 2**64 - 1), min_size=1, max_size=50))
def test_shown_ids_are_told_apart(numbers):
    ids = [f"incident-{number:016x}" for number in numbers]
    signs = signs_needed(len(ids), ids)
    assert len({short_id(full, signs) for full in ids}) == len(ids)
