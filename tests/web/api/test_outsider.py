"""What who is not signed in could find out by asking cleverly, at a desk with a public view."""

from __future__ import annotations

import base64
from urllib.parse import parse_qs, urlsplit

import pytest

from marsad.records import IncidentFilter, LedgerIncident
from marsad.web.desk import FILES_AT_ONCE, Desk
from marsad.workflow import decide
from marsad.workflow.add_claim import ClaimDraft, Words, add_claim
from tests.web.api.conftest import PROTECTED, items, walk
from tests.web.conftest import TestClient

BY = "Dana Haddad"


def told_by(desk: Desk, report: str) -> LedgerIncident:
    (incident,) = (i for i in desk.ledger.incidents(IncidentFilter()) if report in i.reports)
    return incident


def near(incident: LedgerIncident, kilometres: int = 3) -> str:
    place = incident.place
    assert place is not None
    return f"near={place.latitude},{place.longitude},{kilometres}"


@pytest.fixture
def taken(api_desk) -> LedgerIncident:
    """An abduction that a person calls a clash: that it is sensitive, its claim alone tells."""
    (incident,) = api_desk.ledger.incidents(IncidentFilter(place=PROTECTED))
    decide.set_value(api_desk.ledger, incident.id, "event_type", "armed-clash", BY, "shots")
    found: LedgerIncident = api_desk.ledger.incident(incident.id)
    assert found.event_type == "armed-clash"
    return found


@pytest.fixture
def amended(api_desk) -> LedgerIncident:
    """A strike to which a person added the claim that somebody was abducted there."""
    strike = told_by(api_desk, "market-strike")
    report = api_desk.ledger.reports(["market-strike"])["market-strike"]
    claims = api_desk.ledger.claims(strike.claims).values()
    claim = next(c for c in claims if c.report_id == "market-strike")
    words = Words(claim.trigger.start, claim.trigger.end, claim.trigger.quote)
    draft = ClaimDraft(
        report="market-strike",
        version=report.seq,
        event_type="abduction",
        trigger=words,
        same_as=(claim.id,),
    )
    add_claim(api_desk.ledger, draft, BY, "read in the report")
    found: LedgerIncident = api_desk.ledger.incident(strike.id)
    assert found.event_type == "air-strike"
    assert len(found.claims) > len(strike.claims)
    return found


@pytest.fixture(params=["taken", "amended"])
def protected(request) -> LedgerIncident:
    found: LedgerIncident = request.getfixturevalue(request.param)
    return found


def test_no_page_or_picture_tells_by_place_where_it_is(public: TestClient, protected):
    where = near(protected)
    assert "made vague" in public.get(f"/incidents/{protected.id}").text
    assert protected.id not in public.get(f"/?{where}").text
    assert public.get(f"/timeline?{where}").json()["incidents"] == []
    assert public.get(f"/map?{where}").json()["features"] == []
    place = protected.place
    assert place is not None
    here = f"latitude={place.latitude}&longitude={place.longitude}&precision={place.precision}"
    assert protected.id not in public.get(f"/map/here?{here}").text
    drawn = public.get(f"/map?zoom=12&until={protected.when.end}").json()["features"]
    points = [feature["geometry"]["coordinates"] for feature in drawn]
    assert [round(place.longitude or 0, 5), round(place.latitude or 0, 5)] not in points


def test_no_page_of_the_api_tells_it_either_nor_where_one_goes_on(public: TestClient, protected):
    around = near(protected, 60)
    others = items(public, f"/api/v1/incidents?{around}")
    for page in walk(public, f"/api/v1/incidents?{around}&limit=1&order=date"):
        assert len(page["items"]) == min(1, len(others))
        assert protected.id not in {item["id"] for item in page["items"]}
        if page["next"] is not None:
            (cursor,) = parse_qs(urlsplit(page["next"]).query)["cursor"]
            assert protected.id.encode() not in base64.urlsafe_b64decode(cursor + "===")
    assert protected.id in {item["id"] for item in items(public, "/api/v1/incidents")}


def test_ids_of_reports_and_claims_lead_the_public_nowhere(public, api, api_desk, taken):
    known = (taken.claims[0], taken.claims[0][:10], "market-strike")
    for given in known:
        answer = public.get(f"/incidents/{given}")
        unknown = public.get("/incidents/claim-0000000000000000")
        assert answer.status_code == unknown.status_code == 404
        told = public.get(f"/api/v1/incidents/{given}")
        assert told.status_code == 404
        assert "claim" not in told.text.replace(given, "")
        assert "report" not in told.text.replace(given, "")
    assert "is no incident but a claim" in api.get(f"/api/v1/incidents/{taken.claims[0]}").text
    shortened = public.get(f"/incidents/{taken.id[:15]}")
    assert shortened.headers["location"].startswith(f"/incidents/{taken.id}")


def test_only_so_many_exports_are_made_at_once(public: TestClient, api_desk):
    for _ in range(FILES_AT_ONCE):
        assert api_desk.exports.acquire(blocking=False)
    assert public.get("/api/v1/export?format=csv").status_code == 429
    api_desk.exports.release()
    for format in ("csv", "xlsx", "csv"):  # each gives its turn back
        assert public.get(f"/api/v1/export?format={format}").status_code == 200
