"""Forms: fields as text, and what a page says back to who sent one.

Reads   a form.
Writes  nothing.
Never   takes a file for a text.
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says after a form was sent.

    `kind` is good, bad or warn. `secret` is shown this once: a link or a token.
    """

    kind: str
    words: str
    secret: str = ""


def text_of(form: FormData, field: str) -> str:
    """The field's text; empty when it is missing or a file."""
    value = form.get(field, "")
    return value if isinstance(value, str) else ""
