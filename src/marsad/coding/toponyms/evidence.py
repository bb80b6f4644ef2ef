"""Evidence: what speaks for and against a run of words being a place, in one table.

The unit is a natural log of odds; `toponym_roles` adds the terms up.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from marsad.places.schema import PlaceEntry

EVIDENCE: Mapping[str, float] = {
    # what the gazetteer knows
    "country": 3.0,
    "division": 1.6,
    "region": 1.4,
    "site": 0.6,
    "million": 2.0,
    "100k": 1.1,
    "10k": 0.3,
    "1k": -0.4,
    "hamlet": -0.7,
    "several_words": 1.3,
    "only_alternate": -0.6,
    "only_article_free": -0.9,
    # what the entity labels say of exactly this run, and of a longer one
    "GPE": 2.2,
    "LOC": 1.8,
    "FAC": 1.0,
    "NORP": -0.5,
    "PERSON": -1.0,
    "ORG": -0.6,
    "other_label": -0.8,
    "inside_PERSON": -2.8,
    "inside_ORG": -1.6,
    "inside_place": 0.6,
    "wide_inside_ORG": -0.3,  # "the Ohio Supreme Court": states and countries name their bodies
    "no_label": -0.6,
    # what stands around
    "taken": 1.7,
    "target": 0.9,
    "listed": 2.4,
    "strong_preposition": 1.4,
    "preposition": 0.4,
    "type_noun_before": 2.5,
    "type_noun_after": 1.8,
    "type_noun_inside": 2.0,
    "container_after": 2.5,
    "compass_before": 1.0,
    "article_before": -1.4,
    "title_before": -4.0,
    "first_name_before": -3.5,
    "capital_before": -1.8,
    "capital_after": -1.8,
    "office_after": 0.8,
    "speech_after": -1.2,
    "initial_after": -2.5,
    "local_noun_after": 1.4,  # "Dayton firefighters"
    "heads_dateline": 3.0,
    "named_elsewhere": 2.0,  # the report calls it a place in another sentence
    # what the word is elsewhere
    "common_word": -3.0,
    "first_name": -1.0,
    "surname": -1.5,
    "person_in_report": -3.0,
    "sentence_start": -0.3,
    "shouting": -0.2,
    "shouted_word": -4.5,
}


def probability(belief: float) -> float:
    """A log of odds as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, belief))))


def standing(entry: PlaceEntry) -> float:
    """How well known a place is."""
    if entry.is_country:
        return EVIDENCE["country"]
    if entry.feature == "ADM1":
        return EVIDENCE["division"]
    if not entry.feature.startswith(("PPL", "ADM")):
        return EVIDENCE["site"] if entry.precision == "site" else EVIDENCE["region"]
    for name, people in (("million", 1_000_000), ("100k", 100_000), ("10k", 10_000), ("1k", 1000)):
        if entry.population >= people:
            return EVIDENCE[name]
    return EVIDENCE["hamlet"]
