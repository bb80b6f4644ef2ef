"""Make text that others wrote harmless to show: in a terminal, in a log line, on a page.

Reads   any string.
Writes  a string without control characters, terminal escapes or direction overrides.
Never   changes what is stored: only what is shown passes through here.
"""

from __future__ import annotations

import re

# C0 and C1 controls (among them ESC and CSI, which drive a terminal) and lone surrogates, which
# no encoding can write. Tab and the line ends are left to the callers.
_HARMFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Direction overrides, embeddings and isolates can make shown text lie about its order; zero-width
# and tag characters can hide text in it. ZWNJ and ZWJ stay: Persian and emoji need them.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"\s+")

REPLACEMENT = "\ufffd"


def neutralise(text: str) -> str:
    """`text` with controls shown as U+FFFD and invisible direction marks left out.

    Line ends and tabs are kept.
    """
    return _INVISIBLE.sub("", _HARMFUL.sub(REPLACEMENT, text.replace("\r\n", "\n")))


def one_line(text: str) -> str:
    """`text` neutralised and on one line: every run of white space is one space."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACES.sub(" ", neutralise(text)).strip()


def shorten(text: str, limit: int) -> str:
    """`text` cut to at most `limit` characters at a word's end, with an ellipsis if cut."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    if space > limit // 2:
        cut = cut[:space]
    return cut.rstrip(" ,;:-–—") + "…"
