"""Old events told beside the news, agreements that stand, and other worlds."""

import pytest

from marsad.coding.pipeline import read_docs


def modalities(nlp, text, word):
    doc = next(read_docs(nlp, [(text, {"id": "r1", "published": "2024-05-09"})]))
    return [
        reading["modality"]
        for trigger, reading in zip(doc._.triggers, doc._.modalities, strict=True)
        if word in doc[trigger["start"] : trigger["end"]].text
    ]


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        # what is told of a past event is past
        (
            "Friday was the tenth anniversary of the bombing that killed nine people in Jos.",
            "killed",
            "historical",
        ),
        ("On Tuesday a bombing that killed nine people shook Jos.", "killed", "asserted"),
        ("Sunday was ten years since the massacre at the Goma hotel.", "massacre", "historical"),
        (
            "Widows lit candles on Sunday, twenty years after soldiers killed 40 men in Moura.",
            "killed",
            "historical",
        ),
        # a court's matter in a description
        (
            "Judges in Accra refused the appeal of a man jailed for stabbing two nurses.",
            "jailed",
            "historical",
        ),
        (
            "A jury in Lyon found a guard guilty on Tuesday of murdering a prisoner.",
            "murdering",
            "historical",
        ),
        (
            "The army has been accused of burning homes and killing herders in the hills.",
            "killing",
            "historical",
        ),
        (
            "Elders accused the army of burning homes and killing nine men on Tuesday.",
            "killing",
            "alleged",
        ),
        # old dates beside fresh news
        (
            "Rebels shelled Goma on Tuesday. Gunmen had attacked Bunia in January.",
            "attacked",
            "historical",
        ),
        ("Gunmen attacked Bunia in January.", "attacked", "asserted"),
        (
            "Shells hit Goma on Tuesday. Both have fired since 8 January, a day after gunmen"
            " attacked towns near Bunia.",
            "attacked",
            "historical",
        ),
        (
            "Shells hit Goma on Tuesday. On Monday, a day after the talks, gunmen attacked Bunia.",
            "attacked",
            "asserted",
        ),
        ("The army took the hills in the 1973 war.", "took", "historical"),
        # named again
        (
            "Unrest has spread since the January arrest of a bishop. The arrest angered many.",
            "arrest",
            "historical",
        ),
        # kinds of event
        ("Assaults including rapes and kidnappings are common there.", "rapes", "historical"),
        ("Police said rapes and kidnappings took place on Monday in Jos.", "rapes", "asserted"),
        ("Kidnappings for ransom have become common in the north.", "Kidnap", "historical"),
        # agreements
        ("The army accused rebels of breaking the ceasefire in Goma.", "ceasefire", "historical"),
        (
            "The group will talk once a ceasefire is reached in Goma.",
            "ceasefire",
            "hypothetical",
        ),
        ("The two sides agreed a ceasefire in Goma on Tuesday.", "ceasefire", "asserted"),
        ("A ceasefire took effect in Goma on Tuesday.", "ceasefire", "asserted"),
    ],
)
def test_what_stands_beside_the_news_is_no_news(nlp, text, word, modality):
    found = modalities(nlp, text, word)
    assert found
    assert set(found) == {modality}


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        (
            "In the film, robbers seize a bank. A clerk is shot dead by their leader.",
            "shot",
            "hypothetical",
        ),
        (
            "The thriller follows a priest. He is kidnapped by guerrillas.",
            "kidnapped",
            "hypothetical",
        ),
        (
            "In the film, robbers seize a bank. On Tuesday its director was shot dead in Lima.",
            "shot",
            "asserted",
        ),
        (
            "The besiegers had catapults. An assault was repulsed, and the knights rode out.",
            "repulsed",
            "historical",
        ),
        (
            "Police said that gunmen killed an archer dressed as one of the knights of old.",
            "killed",
            "asserted",
        ),
    ],
)
def test_plots_and_old_sieges_are_no_events(nlp, text, word, modality):
    assert set(modalities(nlp, text, word)) == {modality}


def test_the_toll_of_a_war_goes_on_in_the_next_verb(nlp):
    text = "Thousands have been killed in the insurgency and many villagers have fled their homes."
    assert set(modalities(nlp, text, "fled")) == {"historical"}


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The rebels accused the army of staging the attack.", "denied"),
        ("Police accused the rebels of staging an attack in Kaya.", "alleged"),
        ("The rebels staged the attack on Tuesday.", "asserted"),
    ],
)
def test_staging_the_attack_told_before_is_a_denial_of_it(nlp, text, modality):
    assert modalities(nlp, text, "attack") == [modality]
