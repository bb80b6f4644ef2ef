"""How long a text may be for the coder to read it.

Reads   a text.
Writes  nothing: it passes, or is refused.
Never   cuts a text: half a report would be coded as if it were whole.
"""

from __future__ import annotations

import re

from marsad.errors import UnreadableReport

# spaCy reads at most a million characters at once. The longest news report has some 100,000.
MAX_CHARS = 1_000_000
# spaCy's tokenizer takes quotation marks and brackets off a word one by one, in time that grows
# with the square of their number: 5,000 take seconds. Rules of dashes and the like cost nothing.
MAX_RUN_CHARS = 1000
_RUN = re.compile(rf"[^\w\s.=*#~-]{{{MAX_RUN_CHARS + 1}}}")


def require_readable(text: str, *, name: str) -> None:
    """Refuse a text that is too long, or not made of words.

    Raises:
        UnreadableReport: says which, and what to do.
    """
    if len(text) > MAX_CHARS:
        raise UnreadableReport(
            f"{name}: {len(text):,} characters of text, more than {MAX_CHARS:,}. "
            f"Give one report, or many as JSON lines."
        )
    run = _RUN.search(text) if len(text) > MAX_RUN_CHARS else None
    if run is not None:
        raise UnreadableReport(
            f"{name}: more than {MAX_RUN_CHARS:,} signs in a row that are no words, from character "
            f"{run.start()} on. Take out what is no text."
        )
