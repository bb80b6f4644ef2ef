"""Claims from whole sentences, read by the whole pipeline."""

from datetime import date

import pytest

from marsad.coding.mentions import ReportContext
from marsad.coding.pipeline import read_docs
from marsad.records import Claim

PUBLISHED = "2024-05-09"  # a Thursday


@pytest.fixture(scope="module")
def code(nlp):
    def run(text, **given):
        context: ReportContext = {
            "id": "r1",
            "outlet": "The Daily",
            "published": PUBLISHED,
            **given,  # type: ignore[typeddict-item]
        }
        doc = next(read_docs(nlp, [(text, context)]))
        return [Claim.model_validate(claim) for claim in doc._.claims]

    return run


def of_kind(claims, *kinds):
    return [c for c in claims if c.event_type in kinds]


def numbers(claim, outcome):
    return [(f.low, f.high) for f in claim.figures if f.outcome == outcome]


def test_an_ambush_and_its_dead_are_one_claim(code):
    claims = code("Five soldiers were killed in an ambush by rebels near Goma on Tuesday.")
    assert [c.event_type for c in claims] == ["armed-clash"]
    assert numbers(claims[0], "killed") == [(5, 5)]


def test_every_chain_ends_with_the_outlet(code):
    (claim,) = code("Gunmen killed three farmers in Maiduguri on Monday, police said.")
    assert [s.source for s in claim.attribution][-1] == "The Daily"
    assert claim.attribution[0].kind == "police"
    assert claim.attribution[0].cue == "said"


def test_evidence_quotes_the_text_at_its_offsets(code):
    text = "Gunmen killed three farmers in Maiduguri on Monday, police said."
    for claim in code(text):
        parts = [claim.trigger, *claim.evidence, *(f.evidence for f in claim.figures)]
        parts += [p.evidence for p in claim.participants if p.evidence]
        parts += [s.evidence for s in claim.attribution if s.evidence]
        assert all(text[e.start : e.end] == e.quote for e in parts)


def test_two_sources_figures_are_two_claims(code):
    claims = code(
        "Police said that seven people were killed in the blast in Quetta, "
        "while doctors said that nine people were killed."
    )
    told = {c.attribution[0].kind: numbers(c, "killed") for c in claims if c.figures}
    assert told == {"police": [(7, 7)], "medical": [(9, 9)]}


def test_protests_in_three_cities_are_three_claims(code):
    claims = of_kind(
        code(
            "Thousands protested in Cusco, Arequipa and Puno on Wednesday against the government."
        ),
        "peaceful-protest",
    )
    assert [c.place.name for c in claims if c.place] == ["Cusco", "Arequipa", "Puno"]
    assert {c.when.start for c in claims if c.when} == {date(2024, 5, 8)}


def test_the_killing_protested_against_is_not_the_protest(code):
    claims = code("Hundreds marched in Nairobi to protest the killing of a student by police.")
    kinds = {c.event_type for c in claims}
    assert "peaceful-protest" in kinds
    assert any(c.event_type in ("attack", "excessive-force") for c in claims)


def test_an_arrest_over_a_bombing_is_not_the_bombing(code):
    claims = code("Police in Jakarta arrested two men on Monday over the bombing of a church.")
    arrest = of_kind(claims, "arrest")
    assert [numbers(c, "detained") for c in arrest] == [[(2, 2)]]
    assert of_kind(claims, "remote-explosive", "suicide-bombing")


def test_a_plan_is_kept_as_a_plan(code):
    claims = code("The patrol was on a mission to arrest a former officer in Hama, residents said.")
    assert [c.modality for c in of_kind(claims, "arrest")] == ["planned"]


def test_a_threat_is_kept_as_a_threat(code):
    claims = code("The general vowed to bomb the rebel stronghold of Saada.")
    assert {c.modality for c in claims} == {"threatened"}


def test_reinforcements_are_part_of_the_fight_they_serve(code):
    claims = code(
        "Rebels attacked an army post near Kidal, prompting the army to send reinforcements "
        "and killing four soldiers."
    )
    assert not of_kind(claims, "movement")


def test_a_text_without_events_has_no_claims(code):
    assert code("The minister opened a school in Amman and praised its teachers.") == []


def test_an_empty_text_has_no_claims(code):
    assert code("") == []
    assert code("  \n\n ") == []


def test_the_same_text_gives_the_same_ids(code):
    text = "A car bomb killed ten people in Baghdad on Sunday, officials said."
    assert [c.id for c in code(text)] == [c.id for c in code(text)]
