"""The actor codebook: complete, unambiguous where it must be, neutral in its names."""

import pytest

from marsad.codebook.actors import (
    ACTOR_KINDS,
    SOURCE_OF_KIND,
    actors_by_id,
    load_actors,
    load_demonyms,
    load_frames,
    load_modifiers,
    load_nations,
    load_nouns,
    load_state_bodies,
    state_bodies_by_words,
)

CHARGED = ("terrorist", "extremist", "regime", "thug", "infidel", "saboteur", "bandit", "martyred")


def test_codebook_lists_parties_of_every_kind_that_can_be_a_named_party():
    kinds = {actor.kind for actor in load_actors()}
    assert {"military", "police", "armed-group", "militia", "criminal", "monitor"} <= kinds
    assert {"medical", "media", "international", "intelligence"} <= kinds


def test_no_canonical_name_carries_a_verdict():
    bad = [a.name for a in load_actors() if any(word in a.name.lower() for word in CHARGED)]
    assert bad == []


def test_neutral_descriptions_replace_charged_nouns():
    for word in ("terrorists", "subversives", "saboteurs", "martyrs", "thugs", "regime"):
        noun = load_nouns().parties[word]
        assert noun.neutral is not None
        assert not any(charged in noun.neutral for charged in CHARGED)


def test_every_actor_lists_its_own_name_among_its_aliases():
    assert all(actor.name in actor.aliases for actor in load_actors())


def test_years_of_existence_are_in_order():
    for actor in load_actors():
        if actor.first_year and actor.last_year:
            assert actor.first_year <= actor.last_year, actor.id


def test_countries_are_three_capitals():
    codes = {a.country for a in load_actors() if a.country} | {n.iso3 for n in load_nations()}
    assert all(len(code) == 3 and code.isupper() for code in codes)


@pytest.mark.parametrize(
    ("actor_id", "kind", "alias"),
    [
        ("rsf", "militia", "Rapid Support Forces"),
        ("farc", "armed-group", "FARC"),
        ("sohr", "monitor", "Syrian Observatory for Human Rights"),
        ("al-shabaab", "armed-group", "Harakat al-Shabaab"),
        ("mmr-military", "military", "Tatmadaw"),
        ("cjng", "criminal", "CJNG"),
        ("reuters", "media", "Reuters"),
        ("gaza-health-ministry", "medical", "Gaza's health ministry"),
    ],
)
def test_well_known_parties_are_listed(actor_id, kind, alias):
    actor = actors_by_id()[actor_id]
    assert actor.kind == kind
    assert alias in actor.aliases


def test_a_state_body_of_any_nation_has_a_stable_id_and_a_name():
    chad = next(n for n in load_nations() if n.iso3 == "TCD")
    ministry = state_bodies_by_words()["interior ministry"].of(chad)
    assert (ministry.id, ministry.name) == ("tcd-interior-ministry", "Chadian interior ministry")


def test_a_listed_row_stands_for_the_generated_state_body():
    israel = next(n for n in load_nations() if n.iso3 == "ISR")
    assert "IDF" in state_bodies_by_words()["troops"].of(israel).aliases


def test_words_of_state_bodies_are_unambiguous():
    words = [word for body in load_state_bodies() for word in body.words]
    assert len(words) == len(set(words))


def test_every_kind_has_a_voice():
    assert set(SOURCE_OF_KIND) == ACTOR_KINDS


def test_demonyms_name_the_nation():
    assert load_demonyms()["algerians"].iso3 == "DZA"


def test_modifiers_and_frames_load():
    assert load_modifiers()["rebel"].kind == "armed-group"
    assert "clash" in load_frames()["symmetric"]
