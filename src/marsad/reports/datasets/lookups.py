"""Lookups: what readers of data sets must be told by rooms that they do not know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from marsad.records import DisputeAbout


def _no_country(words: str) -> str | None:
    return None


def _no_dispute(words: str) -> DisputeAbout | None:
    return None


@dataclass(frozen=True)
class Lookups:
    """How exports write cells, countries and disputes, to be read back.

    `country_of` gives the ISO 3166-1 alpha-3 code for a code, number or English name.
    `day_first` settles 03/04/2024; None leaves it open.
    """

    read_cell: Callable[[str], str] = str
    country_of: Callable[[str], str | None] = _no_country
    dispute_of: Callable[[str], DisputeAbout | None] = _no_dispute
    day_first: bool | None = None
