"""What the public may read of an incident, and what only its own team."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from time import monotonic

import pytest

from marsad.publish.exports.protect import Profile, is_held
from marsad.publish.exports.withholding import Withholding, fold_words
from marsad.records import Participant, Place, Source, When
from tests.publish.exports.sample import (
    INTERNAL,
    PUBLIC,
    SECRETS,
    TOWN,
    make_claim,
    make_item,
    make_report,
    tell,
)


def bare(value):
    """All letters of a value, folded, so that a name is found however it is spelt."""
    return "".join(fold_words(str(value)))


def test_no_private_name_is_in_what_the_public_gets():
    told = bare(asdict(tell(make_item(), PUBLIC)))
    assert [name for name in SECRETS if name in told] == []


def test_the_team_gets_every_name_and_the_whole_quote():
    told = tell(make_item(), INTERNAL)
    assert [p.name for p in told.recipients] == ["Nadim Qasem Farhan", "Salim Khuri"]
    assert told.claims[0].quote.endswith("Salim Khuri was wounded.")
    assert told.reports[0].id == "wire-nadim-farhan"


def test_what_is_no_private_name_stays():
    told = tell(make_item(), PUBLIC)
    assert [p.name for p in told.actors] == ["gunmen"]
    assert [s.name for s in told.sources] == ["witness [name withheld]", "the army"]
    assert told.where.name == "Idlib"
    assert told.reports[0].outlet == "Harbour Wire"
    assert told.reports[0].url == "https://wire.example/"


def test_a_public_quote_is_short():
    report = make_report(id="long", text="Gunmen " + "and again " * 60 + "shot dead many. The army")
    claim = make_claim_of(report)
    item = replace(make_item(), claims={"claim-1": claim}, reports={"long": report}, read={})
    assert len(tell(item, PUBLIC).claims[0].quote) <= 160
    assert len(tell(item, INTERNAL).claims[0].quote) > 500


def make_claim_of(report):
    start = report.text.index("shot")
    whole = report.quote(0, report.text.index(" The army"))
    claim = make_item().claims["claim-1"]
    return claim.model_copy(
        update={
            "report_id": report.id,
            "trigger": report.quote(start, start + 9),
            "evidence": (whole,),
            "figures": (),
        }
    )


@pytest.mark.parametrize("kind", ["sexual-violence", "abduction", "arrest"])
def test_a_sensitive_incident_has_no_village_no_quote_and_no_title(kind):
    village = TOWN.model_copy(update={"name": "Khirbet Amal"})
    base = make_item(event_type=kind, place=village)
    claim = base.claims["claim-1"].model_copy(update={"place": village})
    other = Participant(role="recipient", name="women of Khirbet Amal", kind="civilian")
    claim = claim.model_copy(update={"participants": (other,)})
    told = tell(replace(base, claims={"claim-1": claim}), PUBLIC)
    assert "amal" not in bare(asdict(told))
    assert told.where.name == "Idlib"
    assert told.where.precision == "district"
    assert (told.where.latitude, told.where.longitude) != (TOWN.latitude, TOWN.longitude)
    assert abs(told.where.latitude - TOWN.latitude) <= 0.1001
    assert [c.quote for c in told.claims] == [None]
    assert (told.reports[0].title, told.reports[0].url) == (None, None)


def test_every_place_in_a_cell_has_the_same_coarse_point():
    points = {
        (told.where.latitude, told.where.longitude)
        for latitude, longitude in ((35.81, 36.61), (35.99, 36.79), (35.9, 36.7))
        for place in [TOWN.model_copy(update={"latitude": latitude, "longitude": longitude})]
        for told in [tell(make_item(event_type="arrest", place=place), PUBLIC)]
    }
    assert points == {(35.9, 36.7)}


def test_an_incident_with_a_sensitive_claim_is_sensitive():
    item = make_item()
    claim = item.claims["claim-1"].model_copy(update={"event_type": "sexual-violence"})
    told = tell(replace(item, claims={**item.claims, "claim-1": claim}), PUBLIC)
    assert told.where.coarse


def test_a_contested_claim_says_so():
    told = tell(make_item(), PUBLIC)
    assert told.status == "contested"
    assert [claim.disputed for claim in told.claims] == [True, True]


def withholding(*names, kind="civilian", role="recipient"):
    parties = tuple(Participant(role=role, name=name, kind=kind) for name in names)
    report = make_report(id="r", text="Gunmen shot dead many, Nadim Qasem Farhan. The army")
    speaker = Source(source="a", kind="ngo")
    claim = make_claim(report, participants=parties, attribution=(speaker,), figures=())
    return Withholding([claim], [])


@pytest.mark.parametrize(
    "text",
    [
        "Nadim Qasem Farhan",
        "NADIM FARHAN",
        "Nadím Fárhan's house",
        "the Farhan family",
        "Nadim Qasem\n Farhan",
        "nadim-qasem-farhan",
    ],
)
def test_a_name_is_found_in_every_form(text):
    assert "arhan" not in withholding("Nadim Qasem Farhan").text(text).casefold()


@pytest.mark.parametrize("text", ["Farhana market", "the fare", "Qasem Street", "Nadim Street"])
def test_other_words_stay(text):
    assert withholding("Nadim Qasem Farhan").text(text) == text


def test_an_address_with_a_name_written_together_is_cut_to_its_site():
    hide = withholding("Nadim Qasem Farhan")
    assert hide.url("https://a.example/who/nadimfarhan") == "https://a.example/"
    assert hide.url("https://a.example/who/else") == "https://a.example/who/else"


@pytest.mark.parametrize(
    ("name", "kind", "role", "hidden"),
    [
        ("Nadim Qasem Farhan", "civilian", "recipient", True),
        ("Nadim Qasem Farhan", "government", "recipient", True),  # whoever suffers is a victim
        ("Nadim Qasem Farhan", "government", "actor", False),  # acts in public
        ("Nadim", "civilian", "recipient", True),
        ("نديم فرحان", "civilian", "recipient", True),
        ("a shopkeeper", "civilian", "recipient", False),
        ("Abbas", "civilian", "recipient", True),
        ("Kurds", "civilian", "recipient", False),
        ("Iraqis", "civilian", "recipient", False),
        ("residents of Homs", "civilian", "recipient", False),
        ("Red Crescent", "aid-worker", "recipient", False),
        ("ISIS", "other", "actor", False),
    ],
)
def test_who_is_named(name, kind, role, hidden):
    party = Participant(role=role, name=name, kind=kind)
    shown = withholding(name, kind=kind, role=role).party(party)
    assert (name not in shown) == hidden


def test_a_shown_officials_family_name_is_not_withheld():
    report = make_report(id="r")
    official = Source(source="Governor Omar Farhan", kind="official", cue="said")
    claim = make_claim(report, attribution=(official,))
    hide = Withholding([claim], [])
    assert hide.text("Farhan told reporters of Nadim Farhan") == (
        "Farhan told reporters of [name withheld]"
    )


@pytest.mark.parametrize(
    ("end", "hours", "held"),
    [
        (date(2024, 5, 31), 24, True),  # its day ended 12 hours ago
        (date(2024, 5, 31), 12, False),
        (date(2024, 5, 30), 24, False),
        (date(2024, 5, 31), 0, False),
    ],
)
def test_young_incidents_are_held_back(end, hours, held):
    when = When(start=date(2024, 5, 1), end=end, precision="month")
    incident = make_item(when=when).incident
    noon = datetime(2024, 6, 1, 12, tzinfo=UTC)
    assert is_held(incident, Profile("public", hours), noon) == held


def test_an_incident_of_unknown_age_is_held_back():
    incident = make_item(when=None, first_published=None).incident
    assert is_held(incident, Profile("public", 1), datetime(2030, 1, 1, tzinfo=UTC))


def test_hostile_text_is_made_harmless():
    place = Place(name="Id\x1b[31mlib\u202e", precision="town", admin1="A\x00b", country="SYR")
    told = tell(make_item(place=place), INTERNAL)
    assert "\x1b" not in told.where.name
    assert "\u202e" not in told.where.name
    assert "\x00" not in told.where.admin1


@pytest.mark.parametrize("kind", ["witness", "other", "medical"])
def test_two_witnesses_named_together_are_both_withheld(kind):
    speaker = Source(source="Sheikh Omar Darzani and Sheikh Amin Zeitoun, custodians", kind=kind)
    hide = Withholding([make_claim(make_report(id="r"), attribution=(speaker,))], [])
    assert "Darzani" not in hide.source(speaker)
    said = "Sheikh Amin Zeitoun and Omar Darzani, custodians of the shrine, confirmed it"
    assert hide.text(said) == (
        "Sheikh [name withheld] and [name withheld], custodians of the shrine, confirmed it"
    )


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("On Friday Omar Darzani was shot", "On Friday [name withheld] was shot"),
        ("Doctors named him as Abd al-Karim Zeitoun.", "Doctors named him as [name withheld]"),
        (
            "They fired on Bissell Avenue on New Monday",
            "They fired on Bissell Avenue on New Monday",
        ),
        ("Governor Amin Khuri said so in Idlib", "Governor Amin Khuri said so in Idlib"),
        ("Syrian security forces in Saudi Arabia", "Syrian security forces in Saudi Arabia"),
        ("The Harbour Wire told of it", "The Harbour Wire told of it"),
    ],
)
def test_a_quote_keeps_only_names_that_are_shown(said, shown):
    report = make_report(id="r")
    official = Source(source="Governor Amin Khuri", kind="official", cue="said")
    claim = make_claim(report, attribution=(official,), participants=(), figures=())
    assert Withholding([claim], [report]).quote(said).rstrip(".") == shown.rstrip(".")


def test_a_victim_whom_nobody_coded_is_withheld_from_the_quote():
    report = make_report(id="r", text="Gunmen shot dead Xavier Dawud in the night. The army")
    claim = make_claim(report, participants=(), figures=())
    item = replace(make_item(), claims={"claim-1": claim}, reports={"r": report}, read={})
    assert "Dawud" in tell(item, INTERNAL).claims[0].quote
    assert tell(item, PUBLIC).claims[0].quote == "Gunmen shot dead [name withheld] in the night."


def test_a_word_without_end_is_read_in_no_time():
    """A page of the desk waits for it, and a hostile report may hold one."""
    began = monotonic()
    withholding = Withholding([], [])
    assert withholding.quote("A-" * 20_000) == "A-" * 20_000
    assert monotonic() - began < 2
    assert withholding.quote("al-Omar Daher, taken") == "al-[name withheld], taken"
