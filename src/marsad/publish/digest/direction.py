"""Direction: keep words written from right to left from turning the words around them.

Reads   one value, such as an outlet's name.
Writes  the same between isolation marks (Unicode UAX #9), where it needs them.
Never   changes the value's own letters.
"""

from __future__ import annotations

import unicodedata

_FSI, _PDI = "\u2068", "\u2069"
_LEFTWARD = frozenset({"R", "AL", "AN"})


def isolate(words: str) -> str:
    """`words`, in isolation marks where a sign of them is written from right to left."""
    if words.isascii() or not any(unicodedata.bidirectional(s) in _LEFTWARD for s in words):
        return words
    return f"{_FSI}{words}{_PDI}"
