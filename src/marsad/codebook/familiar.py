"""Words that tell no event from another: of well-known names, and of any report of violence.

Reads   the codebook's tables of actors, nations, divisions, datelines and lexicons, once.
Writes  nothing; returns the words of those names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from marsad.codebook.actors import load_actors, load_nations

_WORD = re.compile(r"[^\W\d_][\w'’-]+")


@cache
def load_familiar_words() -> frozenset[str]:
    """Lower-case words of names that much of the world's news has in common."""
    return frozenset(
        word.lower() for name in _familiar_names() for word in _WORD.findall(name) if len(word) > 2
    )


def _familiar_names() -> Iterator[str]:
    for actor in load_actors():
        yield from (actor.name, *actor.aliases)
    for nation in load_nations():
        yield from (*nation.names, *nation.adjectives, *nation.capitals)
    for row in _rows("reports_datelines.tsv"):
        yield row[1]
    for row in _rows("places_admin1.tsv"):
        yield row[2]
    yield from _likeness_words()["familiar"]


@cache
def _likeness_words() -> dict[str, Any]:
    text = files("marsad.codebook").joinpath("data", "likeness_words.toml").read_text("utf-8")
    return tomllib.loads(text)


def load_name_parts(kind: str) -> frozenset[str]:
    """The words of one list of likeness_words.toml: offices, bodies, particles or suffixes."""
    return frozenset(_likeness_words()[kind])


@cache
def load_settings() -> dict[str, str]:
    """What is hit and by what means: each word, or pair of words, with the one it stands for."""
    table: dict[str, list[str]] = _likeness_words()["settings"]
    return {word: name for name, words in table.items() for word in (name, *words)}


def _rows(filename: str) -> Iterator[list[str]]:
    text = files("marsad.codebook").joinpath("data", filename).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


# Lexicons whose words every report of violence shares: events, harm, those harmed or harming.
_LEXICONS = ("triggers.tsv", "casualty_words.tsv", "casualty_people.tsv", "actor_nouns.tsv")


@cache
def load_plain_words() -> frozenset[str]:
    """Lower-case words that any report of violence may hold: frequent English and our lexicons."""
    words = {row[0] for row in _rows("frequent_words.txt")}
    for lexicon in _LEXICONS:
        for row in _rows(lexicon):
            words.update(_WORD.findall(" ".join(row[:2]).lower()))
    return frozenset(words)
