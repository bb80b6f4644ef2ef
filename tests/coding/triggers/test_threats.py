"""Threats, orders and refusals: kinds that are told and make no incident."""

import pytest

from marsad.coding.triggers.finder import find_triggers


def kinds(nlp, text):
    return [t["event_type"] for t in find_triggers(nlp(text))]


@pytest.mark.parametrize(
    "text",
    [
        "The president threatened further action against the breakaway republic.",
        "The militia issued an ultimatum to the governor.",
        "Fighters vowed revenge for the death of their commander.",
        "The general warned of grave consequences if the border stays closed.",
        "The movement threatened to resume terrorist operations.",
    ],
)
def test_a_warning_of_force_is_a_threat(base_nlp, text):
    assert "threat" in kinds(base_nlp, text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Iran vowed to bomb the port.", "remote-explosive"),
        ("The rebels threatened to attack the dam.", "attack"),
        ("The army threatened to shell the hills.", "shelling"),
        ("The president threatened to cut off electricity to the enclave.", "restriction"),
    ],
)
def test_a_threatened_act_with_a_kind_of_its_own_is_that_kind(base_nlp, text, kind):
    assert kinds(base_nlp, text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Inflation threatens the economy.",
        "The storm threatened to destroy the harvest.",
        "Unions threatened a strike over pay.",
        "The species is threatened with extinction.",
    ],
)
def test_other_dangers_are_no_threat(base_nlp, text):
    assert "threat" not in kinds(base_nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "The government banned all rallies before the vote.",
        "The regime outlawed the main opposition party.",
        "Soldiers sealed off the town and shut the border.",
        "Authorities shut down the internet across the region.",
        "The junta ordered the weekly to suspend publication.",
        "The navy tightened the blockade of the coast.",
    ],
)
def test_orders_of_those_in_power_are_restrictions(base_nlp, text):
    assert "restriction" in kinds(base_nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "The city banned plastic bags.",
        "The club banned the player after a drug test.",
        "The minister banned smoking in bars.",
        "The king lifted the ban on political parties.",
    ],
)
def test_rules_of_health_trade_and_sport_are_none(base_nlp, text):
    assert "restriction" not in kinds(base_nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "Detainees went on hunger strike to demand their release.",
        "A general strike called by the opposition against the junta emptied the streets.",
        "The party will boycott the election.",
        "Villagers began a campaign of civil disobedience.",
    ],
)
def test_refusals_for_a_political_end_are_non_cooperation(base_nlp, text):
    assert "non-cooperation" in kinds(base_nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "Rail workers began a strike over pay.",
        "Fans called for a boycott of the film.",
        "The athletes may boycott the Olympics.",
    ],
)
def test_strikes_over_pay_and_boycotts_of_shows_are_not(base_nlp, text):
    assert "non-cooperation" not in kinds(base_nlp, text)
