"""Publication: the day that relative times count from, or the year where the day is not known.

Reads   doc._.report["published"], the text's full dates.
Writes  nothing.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from spacy.tokens import Doc

from marsad.coding.times.words import load_time_words, words_pattern

_YEARS = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?![\d,.]\d)")


def published_day(doc: Doc) -> date | None:
    """The publication day, None when the report gives none that can be read."""
    report: dict[str, Any] = doc._.report or {}
    try:
        return date.fromisoformat(str(report.get("published") or "")[:10])
    except ValueError:
        return None


def common_year(text: str) -> date | None:
    """The end of the year that all full dates of a text without a publication date agree on.

    Without full dates, the latest year the text names.
    """
    years = {match.group(1) for match in _full_dates().finditer(text)}
    if len(years) == 1:
        return date(int(years.pop()), 12, 31)
    named = _YEARS.findall(text)
    return date(int(max(named)), 12, 31) if named and not years else None


@cache
def _full_dates() -> re.Pattern[str]:
    months = words_pattern(load_time_words().months)
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    return re.compile(
        rf"\b(?:{months}\s+{day}|{day}\s+(?:of\s+)?{months}),?\s+((?:19|20)\d\d)\b", re.IGNORECASE
    )
