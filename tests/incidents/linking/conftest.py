"""Coded reports and tellings built by hand for linking."""

from datetime import date

import pytest

from marsad.incidents.linking.tellings import read_tellings
from marsad.records import (
    Claim,
    CodedReport,
    Figure,
    Incident,
    Participant,
    Place,
    Report,
    Source,
    Tally,
    When,
)

GAZA = Place(
    name="Gaza City",
    geonameid=281133,
    latitude=31.5,
    longitude=34.47,
    admin1="Gaza Strip",
    country="PSE",
    precision="town",
)
IZMIT = Place(
    name="Larnesti",
    geonameid=7,
    latitude=46.2,
    longitude=24.3,
    admin1="Mures",
    country="ROU",
    precision="town",
)
DAY = date(2023, 10, 20)


def on(day):
    return When(start=day, end=day, precision="day")


def code(report_id, text, *parts, published=DAY, title=None):
    """A coded report; each part is (words of its trigger, type, values of the incident)."""
    report = Report(id=report_id, title=title, published=published, language="en", text=text)
    claims, incidents = [], []
    for number, (words, kind, values) in enumerate(parts):
        start = text.index(words)
        sentence = text[text.rfind("\n", 0, start) + 1 :].split("\n")[0]
        at = text.index(sentence)
        actors = tuple(
            Participant(role="actor", name=a, actor_id=a, kind="military")
            for a in values.get("actors", ())
        )
        claim = Claim(
            id=f"claim-{report_id}-{number}",
            report_id=report_id,
            event_type=kind,
            trigger=report.quote(start, start + len(words)),
            modality=values.get("modality", "asserted"),
            attribution=(Source(source="Daily", kind="media"),),
            participants=actors,
            place=values.get("place"),
            when=values.get("when"),
            figures=tuple(
                Figure(
                    outcome=outcome,
                    low=count,
                    high=count,
                    qualifier="exact",
                    cumulative=values.get("running", False),
                    evidence=report.quote(start, start + 1),
                )
                for outcome, count in values.get("counts", {}).items()
            ),
            evidence=(report.quote(at, at + len(sentence)),),
            confidence=0.9,
        )
        claims.append(claim)
        if values.get("modality") == "historical":
            continue
        incidents.append(
            Incident(
                id=f"incident-{report_id}-{number}",
                event_type=kind,
                place=values.get("place"),
                when=values.get("when"),
                participants=actors,
                tallies=tuple(
                    Tally(outcome=o, low=n, best=n, high=n, policy="latest-credible")
                    for o, n in values.get("counts", {}).items()
                ),
                status="single-source",
                claims=(claim.id,),
                reports=(report_id,),
            )
        )
    return CodedReport(report=report, claims=tuple(claims), incidents=tuple(incidents))


@pytest.fixture
def tell():
    """One telling of a report with one incident."""

    def make(report_id, text, words, kind="attack", *, published=DAY, title=None, **values):
        coded = code(report_id, text, (words, kind, values), published=published, title=title)
        (telling,) = read_tellings(coded)
        return telling

    return make
