"""Whole reports: no incident from what is no event, and the right kind for what is one."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from marsad.records import Report
from marsad.workflow import Coder

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def read_cases(name: str) -> Iterator[tuple[str, str]]:
    kind = ""
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.startswith("== "):
            kind = line[3:]
        elif line and not line.startswith("#"):
            yield kind, line


def kinds_of(coder: Coder, text: str) -> list[str]:
    report = Report(id="r", text=text, published=date(2024, 12, 26), outlet="Paper", language="en")
    return sorted(incident.event_type for incident in coder.code(report).incidents)


@pytest.mark.parametrize(("kind", "text"), list(read_cases("reports_of_no_event.txt")))
def test_a_report_of_no_event_makes_no_incident(coder: Coder, kind: str, text: str) -> None:
    assert kinds_of(coder, text) == [], kind


@pytest.mark.parametrize(("kinds", "text"), list(read_cases("reports_of_events.txt")))
def test_a_report_of_events_makes_incidents_of_their_kinds(
    coder: Coder, kinds: str, text: str
) -> None:
    assert kinds_of(coder, text) == sorted(kinds.split())
