"""The words by which sources dispute claims, from data/dispute_words.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def load_dispute_words() -> dict[str, frozenset[str]]:
    """Lower-case words by use: shown, told, old, new, made, fake, doing, negators."""
    raw = files("marsad.codebook").joinpath("data/dispute_words.toml").read_bytes()
    return {
        use: frozenset(table["words"]) for use, table in tomllib.loads(raw.decode("utf-8")).items()
    }
