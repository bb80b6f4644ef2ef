"""Who is told what: names and protected places are not found in any byte that should lack them."""

from __future__ import annotations

import gzip
import io
import zipfile
from urllib.parse import quote

import pytest

from marsad.publish.exports.formats import FORMAT_NAMES
from tests.web.api.conftest import PRIVATE, PROTECTED, REPORTS, items
from tests.web.api.test_incidents import reject


def addresses(api) -> list[str]:
    """Every address that tells of the incidents with private names."""
    wanted = "&".join(f"kind={kind}" for kind in NAMED)
    incidents = [i["id"] for i in items(api, f"/api/v1/incidents?{wanted}")]
    claims = [c["id"] for i in incidents for c in items(api, f"/api/v1/claims?incident={i}")]
    return [
        "/api/v1/incidents",
        *(f"/api/v1/incidents/{i}" for i in incidents),
        *(f"/api/v1/incidents/{i}/history" for i in incidents),
        *(f"/api/v1/claims?incident={i}" for i in incidents),
        *(f"/api/v1/claims/{c}" for c in claims),
        "/api/v1/reports",
        *(f"/api/v1/reports/{quote(report['id'], safe='')}" for report in REPORTS),
        "/api/v1/changes",
        "/api/v1/judgements?all=true",
        "/api/v1/totals",
        "/api/v1/export?format=csv",
    ]


NAMED = {"air-strike": "Nadim Qasem Farhan", "abduction": "Lamia Sabbagh"}


@pytest.fixture
def decided(api) -> None:
    """Decisions whose reasons name the victim of what they are about."""
    for kind, name in NAMED.items():
        incident = items(api, f"/api/v1/incidents?kind={kind}")[0]["id"]
        answer = api.post(
            "/api/v1/judgements",
            json={
                "kind": "confirm",
                "record": incident,
                "reason": f"the family of {name} was asked",
            },
        )
        assert answer.status_code == 201
        assert names_in(answer.text) == []


@pytest.mark.parametrize("role", ["viewer", "admin"])
def test_no_address_names_a_private_person_unless_asked(api, program, decided, role):
    client = program(role)
    for address in addresses(api):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert names_in(answer.text) == [], address


def test_names_are_told_to_who_asks(api):
    strike = items(api, "/api/v1/incidents?kind=air-strike")[0]["id"]
    assert "Nadim" in api.get(f"/api/v1/incidents/{strike}?names=true").text
    assert "Nadim" in api.get("/api/v1/reports/market-strike?names=true").text


def test_offsets_hold_in_a_veiled_report(api):
    plain = api.get("/api/v1/reports/market-strike?names=true").json()
    veiled = api.get("/api/v1/reports/market-strike").json()
    text = veiled["report"]["text"]
    assert len(text) == len(plain["report"]["text"])
    quotes = list(evidence_in(veiled))
    assert len(quotes) > 5
    assert [e["quote"] for e in quotes] == [text[e["start"] : e["end"]] for e in quotes]


def test_the_public_gets_no_name_and_no_protected_place(api, public):
    for address in ("/api/v1/incidents", "/api/v1/incidents?names=true", "/api/v1/totals"):
        answer = public.get(address)
        assert answer.status_code == 200
        assert_public(answer.content)
    for incident in items(api, "/api/v1/incidents"):
        for query in ("", "?names=true"):
            answer = public.get(f"/api/v1/incidents/{incident['id']}{query}")
            assert answer.status_code == 200
            assert_public(answer.content)


@pytest.mark.parametrize("format", FORMAT_NAMES)
def test_the_publics_exports_hold_no_name(public, format):
    answer = public.get(f"/api/v1/export?format={format}")
    assert answer.status_code == 200
    assert len(answer.content) > 100
    assert_public(answer.content)


def test_the_public_cannot_find_by_search_what_it_is_not_told(public):
    for query in (
        "text=Nadim",
        "actor=Lamia",
        "as_of=2030-01-01",
        "filter=any",
        "kind=abduction&place=Binnish",
        "kind=abduction&near=35.95,36.7,5",
    ):
        answer = public.get(f"/api/v1/incidents?{query}")
        assert answer.status_code == 400, query
    here = public.get("/api/v1/incidents?near=35.95,36.7,20").json()
    assert "abduction" not in {i["event_type"] for i in here["items"]}
    assert here["total"] is None


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/reports",
        "/api/v1/reports/market-strike",
        "/api/v1/claims?report=market-strike",
        "/api/v1/changes",
        "/api/v1/judgements",
        "/api/v1/export?format=csv&profile=internal",
        "/api/v1/totals?near=35.95,36.7,20",
    ],
)
def test_the_public_is_refused_the_rest(public, address):
    answer = public.get(address)
    assert answer.status_code in (400, 401)
    assert answer.headers["content-type"] == "application/problem+json"
    assert_public(answer.content)


def test_without_a_public_view_a_program_needs_a_token(program):
    answer = program("anonymous").get("/api/v1/incidents")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["status"] == 401


def test_a_program_without_a_token_is_told_that_it_needs_one_to_decide(public):
    for path in ("/api/v1/judgements", "/api/v1/judgements/7/undo", "/api/v1/reports"):
        answer = public.post(path, json={"reason": "x"})
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_token_that_is_nobodys_is_not_taken_for_none(public):
    public.headers["Authorization"] = "Bearer marsad_nobodys"
    assert public.get("/api/v1/incidents").status_code == 401


def test_a_viewer_is_not_told_where_a_report_was_read_from(program):
    assert program("viewer").get("/api/v1/reports").json()["items"][0]["origin"] is None
    assert program("coder").get("/api/v1/reports").json()["items"][0]["origin"]


def test_a_viewer_decides_nothing_and_sends_nothing(api, program):
    viewer = program("viewer")
    incident = items(api, "/api/v1/incidents")[0]["id"]
    number = reject(api, incident)
    for path, body in (
        ("/api/v1/judgements", {"kind": "confirm", "record": incident, "reason": "seen"}),
        (f"/api/v1/judgements/{number}/undo", {"reason": "a slip"}),
        ("/api/v1/reports", {"text": "Gunmen killed six soldiers near Homs."}),
    ):
        assert viewer.post(path, json=body).status_code == 403
    assert api.get(f"/api/v1/judgements/{number}").json()["undone"] is False


def names_in(text: str) -> list[str]:
    return [name for name in PRIVATE if name.lower() in text.lower()]


def evidence_in(value):
    if isinstance(value, dict):
        if "quote" in value and value["report_id"] == "market-strike":
            yield value
        for inner in value.values():
            yield from evidence_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from evidence_in(inner)


def assert_public(content: bytes) -> None:
    whole = content + b"".join(unpacked(content))
    text = whole.decode("utf-8", "ignore").lower()
    found = [w for w in (*PRIVATE, PROTECTED) if w.lower() in text]
    assert found == []


def unpacked(content: bytes):
    """What a zip or gzip holds."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    if content[:2] == b"\x1f\x8b":
        yield gzip.decompress(content)
