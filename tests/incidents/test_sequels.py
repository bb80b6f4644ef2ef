"""Arrests that end an incident are none of their own."""

import pytest

from marsad.incidents.group import group_claims
from marsad.records import Evidence


def said(words, at=5000):
    return (Evidence(report_id="r1", start=at, end=at + len(words), quote=words),)


@pytest.mark.parametrize(
    "words",
    [
        "Another militant was detained in the operation, it said.",
        "Police arrested four of the attackers, a spokesman said.",
        "A man has been arrested over the incident.",
        "Two suspects were taken into custody.",
    ],
)
def test_an_arrest_of_those_who_did_it_is_no_incident(make_claim, figure, town, day, words):
    clash = make_claim("armed-clash", place=town("Sake", -1.5, 29), when=day("2024-03-18"))
    arrest = make_claim("arrest", figures=(figure("detained", 4),), evidence=said(words))
    assert [[c.id for c in g.claims] for g in group_claims([clash, arrest], [])] == [[clash.id]]


def test_arrests_in_numbers_or_of_others_or_elsewhere_are(make_claim, figure, town, day):
    clash = make_claim("armed-clash", place=town("Sake", -1.5, 29), when=day("2024-03-18"))
    many = make_claim(
        "arrest",
        figures=(figure("detained", 300),),
        evidence=said("Police detained 300 people after the attack."),
    )
    others = make_claim(
        "arrest",
        figures=(figure("detained", 3),),
        evidence=said("Police arrested three journalists."),
    )
    for arrest in (many, others):
        assert len(group_claims([clash, arrest], [])) == 2


def test_an_arrest_on_another_day_told_as_such_is(make_claim, figure, town, day):
    clash = make_claim("armed-clash", place=town("Sake", -1.5, 29), when=day("2024-03-18"))
    words = "Two suspects were held on Friday."
    on_friday = day("2024-03-22").model_copy(update={"evidence": said(words)[0]})
    arrest = make_claim(
        "arrest", figures=(figure("detained", 2),), evidence=said(words), when=on_friday
    )
    assert len(group_claims([clash, arrest], [])) == 2


def test_an_arrest_that_leads_the_report_is(make_claim, figure, day):
    arrest = make_claim(
        "arrest",
        figures=(figure("detained", 4),),
        evidence=said("Police arrested four men over the attack.", at=0),
        when=day("2024-03-20"),
    )
    assert len(group_claims([arrest], [])) == 1
