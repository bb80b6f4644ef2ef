"""The attribution lexicon loads, agrees with itself and inflects."""

import pytest

from marsad.coding.attribution.lexicon import (
    inflect,
    noun_cues,
    role_nouns,
    source_kinds,
    verb_cues,
)
from marsad.coding.attribution.speakers import kind_of


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("say", {"say", "says", "said", "saying"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("claim", {"claim", "claims", "claimed", "claiming"}),
        ("announce", {"announce", "announces", "announced", "announcing"}),
        ("admit", {"admit", "admits", "admitted", "admitting"}),
        ("see", {"see", "sees", "saw", "seen", "seeing"}),
    ],
)
def test_a_cue_is_known_in_all_its_forms(lemma, forms):
    assert forms <= set(inflect(lemma))


def test_every_cue_has_a_frame():
    assert all(cue.frames for cues in verb_cues().values() for cue in cues)
    assert all(cue.frames for cue in noun_cues().values())


def test_pictures_and_occurrences_are_apart():
    assert not role_nouns("picture") & role_nouns("occurrence")
    assert role_nouns("unknown role") == frozenset()


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("the health ministry", "medical"),
        ("a defence ministry spokesman", "military"),
        ("the interior minister", "government"),
        ("a spokesman for the rebels", "armed-group"),
        ("local residents", "witness"),
        ("the state news agency", "media"),
        ("a war monitor", "monitor"),
        ("the county sheriff", "police"),
        ("an army doctor", "medical"),
        ("two officials", "official"),
        ("a military source in the capital", "military"),
        ("several sources", "other"),
        ("a video posted on social media", "witness"),
        ("the chess club", None),
    ],
)
def test_kind_of_source_is_read_from_its_words(phrase, kind):
    assert kind_of(phrase.split()) == kind


def test_kinds_are_read_from_the_table():
    assert source_kinds()["civil_defence"] == "medical"
