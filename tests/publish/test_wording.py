from datetime import date
from typing import get_args

import pytest

from marsad import records
from marsad.publish import wording
from marsad.records import UNNAMED_OUTLET, Place, When


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (
            Place(name="Tartus", geonameid=1, admin1="Tartus", country="SYR", precision="town"),
            "Tartus, Syria · town",
        ),
        (
            Place(name="Sirwah", geonameid=1, admin1="Marib", country="YEM", precision="town",
                  relation="near"),
            "near Sirwah, Marib, Yemen · town",
        ),
        (Place(name="Syria", geonameid=1, country="SYR", precision="country"), "Syria · country"),
        (
            Place(name="Al Nowhere", precision="town"),
            "Al Nowhere · town · not in the gazetteer",
        ),
        (Place(name="X", geonameid=1, country="ZZZ", precision="town"), "X, ZZZ · town"),
    ],
)  # fmt: skip
def test_place_says_no_more_than_its_precision(place, words):
    assert wording.place_words(place) == words


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2024-12-25", "2024-12-25", "day", "Wednesday 25 December 2024"),
        ("2024-11-01", "2024-11-30", "month", "November 2024"),
        ("2024-11-21", "2024-11-30", "week", "between 21 and 30 November 2024"),
        ("2024-12-30", "2025-01-05", "week", "between 30 December 2024 and 5 January 2025"),
        ("2023-01-01", "2023-12-31", "year", "2023"),
        ("2024-02-01", "2024-02-29", "month", "February 2024"),
        ("9999-12-01", "9999-12-31", "month", "December 9999"),
    ],
)
def test_dates_read_as_people_say_them(start, end, precision, words):
    when = When(start=date.fromisoformat(start), end=date.fromisoformat(end), precision=precision)
    assert wording.when_words(when) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (14, 14, "14"),
        (14, None, "14 or more"),
        (3, 7, "3 to 7"),
        (0, 0, "0"),
        (12000, 12000, "12,000"),
    ],
)
def test_bounds_are_spoken(low, high, words):
    assert wording.range_words(low, high) == words


@pytest.mark.parametrize(
    ("names", "ends_with_outlet", "words"),
    [
        (["A", "B", "the paper"], True, "A, cited by B, in the paper"),
        (["the paper"], True, "the paper"),
        (["the ministry", UNNAMED_OUTLET], True, "the ministry"),
        (["the ministry"], False, "the ministry"),
    ],
)  # fmt: skip
def test_chain_names_the_claimant_first(names, ends_with_outlet, words):
    assert wording.chain_words(names, ends_with_outlet=ends_with_outlet) == words


@pytest.mark.parametrize(
    ("codes", "labels"),
    [
        (records.Status, wording.STATUS_LABELS),
        (records.Modality, wording.MODALITY_LABELS),
        (records.ActorKind, wording.KIND_LABELS),
        (records.DisputeAbout, wording.DISPUTE_LABELS),
    ],
)
def test_every_code_has_its_words(codes, labels):
    assert set(get_args(codes)) == set(labels)


def test_every_outcome_has_its_place_in_the_order():
    assert set(get_args(records.Outcome)) == set(wording.OUTCOME_ORDER)
