"""The page that started the project, where it is there: what an analyst must get from it."""

from datetime import date
from pathlib import Path

import pytest

from marsad.geodesy import great_circle_km
from marsad.reports.read import read_report
from marsad.workflow import Coder

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
PAGE = SEEDS / "000_738776c30edf6c3b.txt"

pytestmark = pytest.mark.skipif(
    not PAGE.is_file(), reason=f"the seed page is not here ({PAGE}); it is not part of the project"
)
CHRISTMAS = date(2024, 12, 25)
PROTESTS = {"peaceful-protest", "protest-intervention", "excessive-force", "riot"}


@pytest.fixture(scope="module")
def coded():
    return Coder().code(read_report(PAGE.read_bytes(), name=PAGE.name))


@pytest.fixture(scope="module")
def claims(coded):
    return {claim.id: claim for claim in coded.claims}


def incident_at(coded, name, kinds=None):
    found = [
        i
        for i in coded.incidents
        if i.place is not None and name in i.place.name and (kinds is None or i.event_type in kinds)
    ]
    assert len(found) == 1, f"{len(found)} incidents at {name}"
    return found[0]


def tally(incident, outcome, word=None):
    rows = [
        t
        for t in incident.tallies
        if t.outcome == outcome and (word in (t.group or "") if word else t.group is None)
    ]
    assert len(rows) == 1, f"{len(rows)} rows for {outcome} {word}"
    return rows[0]


def test_the_report_is_read_without_furniture(coded):
    report = coded.report
    assert report.outlet == "The New Region"
    assert report.published == date(2024, 12, 26)
    assert report.dateline == "Erbil"
    assert [c.credit for c in report.captions] == ["AFP"]
    assert report.captions[0].text not in report.text
    for furniture in ("min read", "Image of", "NEWSLETTER", "Profile picture", "inbox"):
        assert furniture not in report.text


def test_the_reporters_cities_are_the_place_of_nothing(coded):
    places = {i.place.name for i in coded.incidents if i.place is not None}
    assert places.isdisjoint({"Erbil", "Damascus"})


def test_there_are_six_incidents(coded):
    assert len(coded.incidents) == 6


def test_the_ambush_is_one_incident_with_both_sides_tolls(coded):
    clash = incident_at(coded, "Tartus", {"armed-clash"})
    assert clash.place.country == "SYR"
    assert great_circle_km((clash.place.latitude, clash.place.longitude), (34.89, 35.89)) < 10
    assert (clash.when.start, clash.when.end) == (CHRISTMAS, CHRISTMAS)
    actors = [p.name for p in clash.participants if p.role == "actor"]
    assert any("loyalists" in name for name in actors)
    recipients = [p.name for p in clash.participants if p.role == "recipient"]
    assert any("forces" in name for name in recipients)
    forces = tally(clash, "killed", "forces")
    assert (forces.low, forces.best) == (14, 14)
    assert any("Mohammed Abdulrahman" in source for source in forces.sources)
    assert "The New Region" in forces.sources
    loyalists = tally(clash, "killed", "loyalists")
    assert (loyalists.low, loyalists.high) == (3, None)
    assert loyalists.sources == ("Syrian Observatory for Human Rights",)
    assert tally(clash, "injured").best == 10
    detained = tally(clash, "detained")
    assert detained.high is None
    assert detained.sources == ("Syrian Observatory for Human Rights",)


def test_the_total_adds_sides_and_nothing_twice(coded):
    assert tally(incident_at(coded, "Tartus", {"armed-clash"}), "killed").low == 17


def test_what_is_planned_threatened_or_old_makes_no_incident(coded, claims):
    used = {c for i in coded.incidents for c in i.claims}
    left = [c for c in coded.claims if c.id not in used]
    assert any(c.modality == "planned" and c.event_type == "arrest" for c in left)
    assert any(c.modality == "threatened" for c in left)
    mission = next(c for c in left if c.modality == "planned" and len(c.attribution) > 1)
    assert mission.attribution[0].source == "Syrian Observatory for Human Rights"
    assert not any(claims[c].modality in ("planned", "threatened", "historical") for c in used)


@pytest.mark.parametrize("city", ["Tartus", "Latakia", "Homs", "Qardahah"])
def test_each_city_has_its_own_protest(coded, city):
    protest = incident_at(coded, city, PROTESTS)
    assert (protest.when.start, protest.when.end) == (CHRISTMAS, CHRISTMAS)


def test_the_fire_on_protesters_in_homs_is_counted(coded):
    homs = incident_at(coded, "Homs")
    assert homs.event_type == "excessive-force"
    assert (tally(homs, "killed").low, tally(homs, "killed").high) == (1, None)
    assert tally(homs, "injured").best == 5
    assert tally(homs, "killed").sources == ("Syrian Observatory for Human Rights",)


def test_the_shrine_is_contested_with_its_counterclaims(coded, claims):
    shrine = incident_at(coded, "Aleppo")
    assert shrine.status == "contested"
    assert tally(shrine, "killed").best == 5
    sources = {
        claims[d.counterclaim].attribution[0].source: {
            e.about for e in shrine.disputes if e.counterclaim == d.counterclaim
        }
        for d in shrine.disputes
    }
    assert any("ministry" in source for source in sources)
    assert any("Sheikh" in source for source in sources)
    assert any(d.about == "date" for d in shrine.disputes)
    assert any(d.about == "perpetrator" for d in shrine.disputes)
    assert shrine.when.start < shrine.when.end
    assert shrine.when.start == date(2024, 11, 21)
    video = [c for c in shrine.claims if claims[c].attribution[0].source == "video"]
    assert {claims[c].modality for c in video} == {"alleged"}
    assert tally(shrine, "killed").sources == ("video",)


def test_every_evidence_quotes_the_text(coded):
    text = coded.report.text
    for claim in coded.claims:
        parts = [claim.trigger, *claim.evidence, *(f.evidence for f in claim.figures)]
        parts += [s.evidence for s in claim.attribution if s.evidence]
        parts += [p.evidence for p in claim.participants if p.evidence]
        parts += [x.evidence for x in (claim.place, claim.when) if x and x.evidence]
        assert all(text[e.start : e.end] == e.quote for e in parts)
