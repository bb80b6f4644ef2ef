from datetime import date

from evaluation.linking import group_reports
from tests.incidents.linking.conftest import IZMIT, code, on

DAY = date(2020, 5, 4)
TEXT = "Gunmen ambushed a patrol at Velna Stream, killing six. Ansgar Tholvik, 24, was killed."
VALUES = {"place": IZMIT, "when": on(DAY), "counts": {"killed": 6}}


def test_reports_of_one_incident_are_put_together_and_others_stay_alone():
    a = code("a", TEXT, ("ambushed", "attack", VALUES), published=DAY)
    b = code("b", f"Later. {TEXT}", ("ambushed", "attack", VALUES), published=DAY)
    other = code("c", "A mine hurt a shepherd.", ("mine", "remote-explosive", {}), published=DAY)
    homes = group_reports([a, None, other, b])
    assert homes[0] == homes[3]
    assert len({home.group for home in homes}) == 3
    assert all(home.steady for home in homes)
