"""PLOVER records: marsad's own with all they carry, and those of others."""

import json

import pytest

from marsad.reports.datasets.row import RowGroup
from tests.reports.datasets.shared import errors, one, read

RECORD = {
    "id": "p-1",
    "date": "2024-05-06",
    "event": ["ASSAULT"],
    "mode": ["drone"],
    "actor": [{"sector": "MIL", "entity_text": "Ruritanian army", "code": "RUR"}],
    "recipient": [{"sector": "CVL", "entity_text": "farmers"}],
    "event_loc": {"resolved_place": "Saraqib", "country": "Syria", "resolution": 4},
    "size": {"dead": 3},
    "text": "A drone killed three farmers at Saraqib.",
    "cite_info": {"publication": "Radio Zarkal"},
}


def line(**changes: object) -> str:
    return json.dumps(RECORD | changes) + "\n"


def extra(claim: str, incident: str, citation: str, **more: object) -> str:
    return line(id=claim, cite_info={"citation": citation}, marsad={"incident": incident} | more)


def test_another_programs_record_is_one_claim_of_its_publication():
    row = one(line(), "plover")
    (claim,) = row.claims
    assert claim.event_type == "air-strike"
    assert [s.source for s in claim.attribution] == ["Radio Zarkal", "Conflict Atlas"]
    assert [(p.role, p.name, p.kind) for p in claim.participants] == [
        ("actor", "Ruritanian army", "military"),
        ("recipient", "farmers", "civilian"),
    ]
    assert claim.place is not None
    assert (claim.place.precision, claim.place.country) == ("town", "SYR")
    assert [(f.outcome, f.low, f.high) for f in claim.figures] == [("killed", 3, 3)]
    assert claim.evidence[0].quote == RECORD["text"]


@pytest.mark.parametrize(
    ("event", "mode", "kind"),
    [("PROTEST", "hunger", "non-cooperation"), ("ASSAULT", "new", "attack"), ("GIFT", "", "other")],
)
def test_modes_and_types_fall_back_on_the_nearest(event, mode, kind):
    assert one(line(event=[event], mode=[mode]), "plover").claims[0].event_type == kind


def test_what_one_report_told_of_one_incident_stays_together_and_no_more():
    data = "".join(
        [
            extra("a", "i-1", "first"),
            extra("b", "i-1", "first"),
            extra("c", "i-1", "second"),
            extra("d", "i-2", "second"),
            line(id="e"),
            line(id="f"),
        ]
    )
    groups = read(data, "plover")
    assert all(isinstance(g, RowGroup) for g in groups)
    rows = [[r.key for r in g.rows] for g in groups if isinstance(g, RowGroup)]
    assert rows == [["a", "b"], ["c"], ["d"], ["e"], ["f"]]


def test_a_claim_that_looks_back_or_denies_stays_so():
    assert one(line(context=["historical"]), "plover").claims[0].modality == "historical"
    assert one(line(context="negation"), "plover").claims[0].modality == "denied"


@pytest.mark.parametrize(
    "broken",
    [
        "not json\n",
        "[1, 2]\n",
        line(event=[]),
        line(date="31/02/2024"),
        line(actor=[7]),
        line(size={"dead": "many"}),
        line(size={"dead": -1}),
        line(event_loc={"resolved_place": "x", "lat": 95, "lon": 1}),
        line(event_loc={"resolved_place": "x", "lat": 5}),
        line(marsad={"figures": [3]}),
        '{"event": ' + "[" * 5000 + "\n",
    ],
)
def test_a_broken_record_stops_no_other(broken):
    groups = read(line(id="a") + broken + line(id="b"), "plover")
    assert [isinstance(g, RowGroup) for g in groups] == [True, False, True] or [
        isinstance(g, RowGroup) for g in groups
    ] == [False, True, True]
    (error,) = errors(line(id="a") + broken + line(id="b"), "plover")
    assert "line 2" in error


def test_a_table_is_no_plover():
    (error,) = errors("id,event\n1,x\n2,y\n", "plover")
    assert "first line is no JSON object" in error


def test_halves_of_surrogate_pairs_and_controls_are_left_out():
    row = one(line(text="Three were \ud800killed\x00 there."), "plover")
    assert row.claims[0].evidence[0].quote == "Three were killed there."


def test_an_outlet_beside_the_claimants_it_cites_is_no_second_voice():
    cited = [
        {"source": "Zarkal Monitor", "kind": "monitor"},
        {"source": "Vorimex", "kind": "media"},
    ]
    own = [{"source": "Vorimex", "kind": "media"}]
    data = extra("a", "i", "r", speakers=cited) + extra("b", "i", "r", speakers=own)
    chains = [[s.source for s in c.attribution] for c in one(data, "plover").claims]
    assert chains == [["Zarkal Monitor", "Vorimex", "Conflict Atlas"], ["Vorimex"]]
    alone = one(extra("b", "i", "r", speakers=own), "plover").claims[0]
    assert [s.source for s in alone.attribution] == ["Vorimex", "Conflict Atlas"]
