import pytest

from marsad.incidents.disagree import find_disagreements
from marsad.records import Evidence


@pytest.mark.parametrize(
    ("sentence", "disputes"),
    [
        ("Five died, the mayor said.", 1),
        ("Initial reports spoke of five dead, the mayor said.", 0),
        ("A preliminary toll was five, the mayor said.", 0),
    ],
)
def test_a_number_called_a_first_one_disputes_nothing(make_claim, figure, sentence, disputes):
    words = Evidence(report_id="r1", start=500, end=500 + len(sentence), quote=sentence)
    mayor = make_claim(
        sources=("mayor", "Daily"), figures=(figure("killed", 5),), evidence=(words,)
    )
    police = make_claim(sources=("police", "Daily"), figures=(figure("killed", 9),))
    assert len(find_disagreements([mayor, police])) == disputes
