"""The desk's page of reference says what holds."""

from pathlib import Path

import pytest

from marsad.store.attempts import FORGET_HOURS, LONGEST_WAIT_SECONDS
from marsad.store.passwords import MAX_SIGNS, MIN_SIGNS
from marsad.store.people import LINK_HOURS
from marsad.store.sessions import IDLE_HOURS, LONGEST_DAYS
from marsad.web.app import THREADS
from marsad.web.door import REPORTS_AT_ONCE, SMALL_BODY_BYTES
from marsad.web.filter_query import MAX_CORNERS, MAX_LIMIT, NAMES
from marsad.web.pages.sign_in import FREE_FOR_ADDRESS, FREE_FOR_BROWSER, FREE_FOR_NAME

PAGE = (Path(__file__).parents[2] / "docs/reference/desk.md").read_text("utf-8")


@pytest.mark.parametrize(
    "row",
    [
        f"| a session without use | {IDLE_HOURS} hours |",
        f"| a session in any case | {LONGEST_DAYS} days |",
        f"| a one-time link | once, {LINK_HOURS} hours |",
        f"| a password | {MIN_SIGNS} to {MAX_SIGNS} signs |",
        f"{FREE_FOR_NAME} for a name, {FREE_FOR_BROWSER} for a browser known to the person, "
        f"{FREE_FOR_ADDRESS} for an address",
        f"{LONGEST_WAIT_SECONDS // 60} minutes; forgotten after a day",
        f"| a form | {SMALL_BODY_BYTES // 1024} KiB |",
        f"| {REPORTS_AT_ONCE} times `MARSAD_MAX_REPORT_BYTES` |",
        f"| requests worked on at once | {THREADS} |",
        f"`limit` (at most {MAX_LIMIT})",
        f"at most {MAX_CORNERS} corners",
    ],
)
def test_limits_are_as_documented(row):
    assert row in PAGE
    assert FORGET_HOURS == 24


def test_every_parameter_of_a_filter_is_documented():
    section = PAGE.split("## Filters in addresses")[1].split("\n## ")[0]
    assert [name for name in NAMES if f"`{name}`" not in section] == []
