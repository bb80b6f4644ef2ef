"""Countries: the ISO 3166-1 numeric codes that ACLED uses.

Reads   country_numbers.tsv beside it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def country_numbers() -> dict[str, int]:
    """Numeric codes by alpha-3 code."""
    text = files("marsad.publish.exports").joinpath("country_numbers.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: int(row[1]) for row in rows}
