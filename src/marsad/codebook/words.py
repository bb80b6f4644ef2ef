"""The list of common English words (SCOWL), loaded when first asked for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

# Function words and contractions that word lists leave out or that must never be capitalised.
_FUNCTION_WORDS = frozenset({"a", "i", "n't", "'s", "'re", "'ll", "'ve", "'d", "'m"})


@cache
def load_common_words() -> frozenset[str]:
    """Lower-case English words that are not names (about 40,000)."""
    text = files("marsad.codebook").joinpath("data/common_words.txt").read_text("utf-8")
    words = {line for line in text.splitlines() if line and not line.startswith("#")}
    return frozenset(words) | _FUNCTION_WORDS
