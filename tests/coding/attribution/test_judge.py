"""The wide sense of attribution: which readings are stances, and whose."""

import pytest

from marsad.coding.attribution.finder import find_all_attributions
from marsad.coding.attribution.stances import is_party


def pairs(base_nlp, text):
    doc = base_nlp(text)
    return [
        (doc[m["start"] : m["end"]].text, doc[m["cue"][0] : m["cue"][1]].text)
        for m in find_all_attributions(doc)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # speech, judgement, belief, wish, knowledge
        ("The envoy criticised the blockade.", ("The envoy", "criticised")),
        ("Voters doubt that the truce will hold.", ("Voters", "doubt")),
        ("The widow hopes the court will hear her.", ("The widow", "hopes")),
        ("The minister declined to comment on the raid.", ("The minister", "declined")),
        ("Farmers know that the road is mined.", ("Farmers", "know")),
        ("The unions expressed doubts about the pact.", ("The unions", "expressed")),
        # adjectives and participles
        ("The bishop was critical of the offensive.", ("The bishop", "critical")),
        ("Traders were thrilled with the ceasefire.", ("Traders", "thrilled")),
        # nouns with an owner
        (
            "The general's assertion that the siege is over angered many.",
            ("The general's", "assertion"),
        ),
        # polls, and numbers that stand for people
        (
            "In a national poll, the coalition leads by nine points.",
            ("a national poll", "In"),
        ),
        ("A majority of residents support the curfew.", ("A majority of residents", "support")),
        # a participle shares the subject of its clause
        (
            "The mayor left early while urging people to stay calm.",
            ("The mayor", "urging"),
        ),
    ],
)
def test_a_stance_is_read_with_its_holder(base_nlp, text, expected):
    found = pairs(base_nlp, text)
    assert any(
        source.startswith(expected[0].removesuffix("'s")) and cue == expected[1]
        for source, cue in found
    ), found


@pytest.mark.parametrize(
    "text",
    [
        "The truck carried flour to the camp.",
        "The river flooded two villages on Monday.",
        "Soldiers crossed the bridge and occupied the mill.",
        "The bridge was built by the engineers in March.",
    ],
)
def test_deeds_are_no_stances(base_nlp, text):
    assert pairs(base_nlp, text) == []


def test_only_the_outermost_speaker_is_given(base_nlp):
    found = pairs(base_nlp, "The guide said that the villagers believe the army will return.")
    assert found == [("The guide", "said")]


def test_what_the_quoted_think_is_theirs_to_say(base_nlp):
    found = pairs(base_nlp, '"I think we want peace and I hope they know it," the elder said.')
    assert found == [("the elder", "said")]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("lobbyists", True), ("soldiers", True), ("numbers", False), ("water", False)],
)
def test_nouns_for_people_are_known_by_list_or_ending(word, expected):
    assert is_party(word) is expected
