import pytest

from marsad.records import Report
from marsad.workflow import Coder


@pytest.fixture(scope="module")
def coder():
    return Coder()


def kinds(coder, text):
    report = Report(id="r", text=text, language="en", published="2024-12-26")
    return [claim.event_type for claim in coder.code(report).claims]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels captured Goma on Tuesday.",
        "The rebels captured the city of Goma on Tuesday.",
        "M23 rebels seized Goma and Bukavu on Tuesday, residents said.",
        "The capture of Aleppo by the rebels came on Sunday.",
        "Kadugli was captured by the paramilitaries on Monday.",
    ],
)
def test_a_town_is_taken_and_not_abducted(coder, text):
    assert set(kinds(coder, text)) == {"territory-change"}


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen captured a doctor near Goma on Monday.",
        "Rebels seized two aid workers in Goma on Tuesday.",
        "The capture of the commander in Aleppo was announced on Sunday.",
    ],
)
def test_people_taken_in_a_town_are_abducted_or_arrested(coder, text):
    assert not {"territory-change"} & set(kinds(coder, text))
