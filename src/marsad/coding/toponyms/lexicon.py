"""The words around place names: kinds of place, titles, organisations, nationalities.

Reads   codebook/data/places_words.toml, places_countries.tsv, places_demonyms.tsv,
        places_ambiguous.tsv, actors.tsv.
Never   touches a Doc.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from marsad.codebook.words import load_common_words
from marsad.places.build import data_rows

# Initials of this length tell a group; shorter ones are many things.
MIN_INITIALS, MAX_INITIALS = 3, 6
# Who is quoted from anywhere tells nothing of where a report is about.
FAR_READING_KINDS = frozenset({"media", "ngo", "international"})
# A nationality word of one region that is no country; looked up by this name.
Nationality = tuple[str | None, str | None]  # (ISO 3166-1 alpha-2, name of a region)


@dataclass(frozen=True)
class ToponymLexicon:
    """Everything the recognition of toponyms knows by heart. Keys are lower case."""

    type_nouns: Mapping[str, str]  # noun -> hint
    locative: frozenset[str]
    strong_locative: frozenset[str]
    compass: frozenset[str]
    directions: frozenset[str]
    titles: frozenset[str]
    speech: frozenset[str]
    particles: frozenset[str]
    person_nouns: frozenset[str]
    organisation_after: frozenset[str]
    organisation_public: frozenset[str]
    organisation_before: frozenset[str]
    relations: Mapping[tuple[str, ...], str]  # phrase -> relation
    abbreviations: Mapping[str, tuple[str, str]]  # "Ga." -> ("US", "Georgia")
    country_abbreviations: frozenset[str]
    dateline_ends: frozenset[str]
    inside: frozenset[str]
    taking_verbs: frozenset[str]
    target_verbs: frozenset[str]
    target_phrases: frozenset[tuple[str, str]]
    roads: frozenset[str]
    named_sites: frozenset[str]
    local_nouns: frozenset[str]
    institutions: frozenset[str]
    no_places: frozenset[str]
    country_words: Mapping[str, str]  # word -> ISO 3166-1 alpha-3
    group_names: Mapping[str, str]  # "FMLN" -> the one country it fights in, alpha-3
    demonyms: Mapping[str, Nationality]
    first_names: frozenset[str]
    surnames: frozenset[str]
    name_heads: frozenset[str]  # "wadi", "gidan": these begin names of places only
    article_heads: frozenset[str]  # "khan", "tel": these do so before an Arabic article
    common_words: frozenset[str]
    vocabulary: frozenset[str]  # English words, to tell names in text written in capitals


@cache
def toponym_lexicon() -> ToponymLexicon:
    """The lexicon, read once."""
    text = (
        resources.files("marsad.codebook")
        .joinpath("data", "places_words.toml")
        .read_text(encoding="utf-8")
    )
    data = tomllib.loads(text)
    words = {row[0]: frozenset(row[1].split()) for row in data_rows("places_ambiguous.tsv")}
    organisations, persons = data["organisations"], data["persons"]
    return ToponymLexicon(
        type_nouns={noun: kind for kind, nouns in data["type_nouns"].items() for noun in nouns},
        locative=frozenset(data["prepositions"]["locative"]),
        strong_locative=frozenset(data["prepositions"]["strong"]),
        compass=frozenset(data["prepositions"]["compass"]),
        directions=frozenset(data["prepositions"]["directions"]),
        titles=frozenset(persons["titles"]),
        speech=frozenset(data["persons"]["speech"]),
        particles=frozenset(persons["particles"]),
        person_nouns=frozenset(persons["nouns"]),
        organisation_after=frozenset(organisations["after"]),
        organisation_public=frozenset(organisations["public"]),
        organisation_before=frozenset(organisations["before"]),
        relations={
            tuple(phrase.split()): relation
            for relation, phrases in data["relations"].items()
            for phrase in phrases
        },
        abbreviations={
            short: (country, full)
            for country in ("US", "CA", "AU")
            for short, _, full in (item.partition("=") for item in data["abbreviations"][country])
        },
        country_abbreviations=frozenset(data["abbreviations"]["countries"]),
        dateline_ends=frozenset(data["dateline"]["ends"]),
        inside=frozenset(data["prepositions"]["inside"]),
        taking_verbs=frozenset(data["targets"]["taking"]),
        target_verbs=frozenset(data["targets"]["verbs"]),
        target_phrases=frozenset(
            (noun, preposition)
            for phrase in data["targets"]["phrases"]
            for noun, _, preposition in (phrase.partition(" "),)
        ),
        roads=frozenset(data["roads"]["nouns"]),
        named_sites=frozenset(data["named_sites"]["nouns"]),
        local_nouns=frozenset(data["locals"]["nouns"]),
        institutions=frozenset(data["institutions"]["names"]),
        no_places=frozenset(data["institutions"]["never"]) | _articled_groups(),
        country_words={
            word: country for country, words in data["country_words"].items() for word in words
        },
        group_names=_group_names(),
        demonyms=_demonyms(),
        first_names=words["first-names"],
        surnames=words["surnames"],
        name_heads=frozenset(data["name_heads"]["alone"]),
        article_heads=frozenset(data["name_heads"]["with_article"]),
        common_words=words["common"],
        vocabulary=words["vocabulary"] | load_common_words(),
    )


def _group_names() -> dict[str, str]:
    """Armed groups and forces by their initials ("FMLN"), where these mean one country's only."""
    countries: dict[str, set[str]] = {}
    for row in data_rows("actors.tsv"):
        kind, country, names = row[2], row[4], row[5] if len(row) > 5 else ""
        if kind in FAR_READING_KINDS:
            continue
        for name in (row[1], *names.split("|")):
            if MIN_INITIALS <= len(name) <= MAX_INITIALS and name.isupper() and name.isalpha():
                countries.setdefault(name, set()).add(country)
    return {
        name: next(iter(found))
        for name, found in countries.items()
        if len(found) == 1 and len(next(iter(found))) == len("ISO")
    }


def _articled_groups() -> frozenset[str]:
    """Armed groups of one word and an article ("al-Shabab"), whatever village is called so."""
    return frozenset(
        name.lower()
        for row in data_rows("actors.tsv")
        if row[2] in {"armed-group", "militia"}
        for name in (row[1], *row[5].replace("~", "").split("|"))
        if name.lower().startswith(("al-", "al ", "el-")) and len(name.split()) < 3
    )


def _demonyms() -> dict[str, Nationality]:
    """Nationality words with their regular plurals."""
    table: dict[str, Nationality] = {}
    for row in data_rows("places_demonyms.tsv"):
        words, region, country = row[:3]
        for word in words.split("|"):
            _put(table, word, (country or None, region))
    for row in data_rows("places_countries.tsv"):
        for word in filter(None, row[2].split("|")):
            _put(table, word, (row[0], None))
    return table


def _put(table: dict[str, Nationality], word: str, meaning: Nationality) -> None:
    lowered = word.lower()
    # The first country listed keeps a shared word ("Congolese").
    table.setdefault(lowered, meaning)
    if lowered.endswith(("n", "i", "o", "t", "b", "k", "d")):
        table.setdefault(lowered + "s", meaning)
