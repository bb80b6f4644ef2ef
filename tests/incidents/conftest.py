"""Claims built by hand for the incidents room."""

from datetime import date

import pytest

from marsad.records import Claim, Evidence, Figure, Participant, Place, Source, When, content_id


@pytest.fixture
def make_claim():
    """A factory of claims; every call stands further on in one report."""
    state = {"at": 0}

    def make(event_type="attack", **values):
        state["at"] += 100
        at = state["at"]
        words = Evidence(report_id="r1", start=at, end=at + 6, quote="attack")
        sources = values.pop("sources", ("Daily",))
        chain = tuple(Source(source=name, kind="other") for name in sources)
        band = Participant(role="actor", name=f"band{at}", kind="armed-group")
        people = Participant(role="recipient", name=f"people{at}", kind="civilian")
        values.setdefault("participants", (band, people))  # an event needs somebody or some place
        return Claim(
            id=content_id("claim", at),
            report_id=values.pop("report_id", "r1"),
            event_type=event_type,
            trigger=words,
            modality=values.pop("modality", "asserted"),
            attribution=chain,
            confidence=0.9,
            **values,
        )

    return make


@pytest.fixture
def figure():
    """A factory of figures; `high` defaults to `low`."""

    def make(outcome, low, high="same", **values):
        return Figure(
            outcome=outcome,
            low=low,
            high=low if high == "same" else high,
            qualifier=values.pop("qualifier", "exact" if high == "same" else "at-least"),
            evidence=Evidence(report_id="r1", start=0, end=1, quote="x"),
            **values,
        )

    return make


@pytest.fixture
def town():
    """A factory of towns."""

    def make(name, latitude, longitude, **values):
        return Place(
            name=name,
            geonameid=values.pop("geonameid", abs(hash((latitude, longitude))) % 10**6),
            latitude=latitude,
            longitude=longitude,
            country=values.pop("country", "SYR"),
            precision=values.pop("precision", "town"),
            **values,
        )

    return make


@pytest.fixture
def day():
    """A factory of single days."""

    def make(text):
        moment = date.fromisoformat(text)
        return When(start=moment, end=moment, precision="day")

    return make


@pytest.fixture
def party():
    """A factory of participants."""

    def make(role, name, kind="armed-group", actor_id=None):
        return Participant(role=role, name=name, kind=kind, actor_id=actor_id)

    return make
