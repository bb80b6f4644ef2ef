"""Sensitive kinds: incidents whose exact place is not for the public.

Reads   data/sensitive_kinds.toml.
Never   changes what is kept: it says what public exports make vaguer, and why.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import cast, get_args

from marsad.errors import CodebookError
from marsad.records import EventType


@cache
def load_sensitive_kinds() -> dict[EventType, str]:
    """The kinds, each with the reason.

    Raises:
        CodebookError: a kind that is no event type.
    """
    path = files("marsad.codebook").joinpath("data", "sensitive_kinds.toml")
    table: dict[str, str] = tomllib.loads(path.read_text("utf-8"))
    for code in table:
        if code not in get_args(EventType):
            raise CodebookError(f"sensitive_kinds.toml: {code!r} is no event type.")
    return {cast(EventType, code): reason for code, reason in table.items()}
