"""Countries: the other codes of ISO 3166-1 that some formats ask for.

Reads   country_codes.tsv beside it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def _codes() -> dict[str, tuple[str, int]]:
    text = files("marsad.publish.exports").joinpath("country_codes.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: (row[1], int(row[2])) for row in rows}


def country_number(alpha3: str | None) -> int | None:
    """The numeric code, None if there is none."""
    found = _codes().get(alpha3 or "")
    return found[1] if found else None


def country_alpha2(alpha3: str | None) -> str | None:
    """The two-letter code, None if there is none."""
    found = _codes().get(alpha3 or "")
    return found[0] if found else None
