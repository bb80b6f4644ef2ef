"""What a person types for an incident's value, read into the value."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, get_args

from pydantic import ValidationError

from marsad.errors import DecisionError
from marsad.records import SETTABLE, EventType, Outcome, Place, When

_RANGE = re.compile(r"(\d{1,9})(?:\s*[-–]\s*(\d{1,9})|(\+))?")
_PLACE = re.compile(
    r"(?P<name>[^@]+?)\s*@\s*(?P<lat>[-+]?\d+(?:\.\d+)?)\s*,\s*(?P<lon>[-+]?\d+(?:\.\d+)?)"
    r"(?:\s*/\s*(?P<precision>\w+))?(?:\s*/\s*(?P<country>[A-Z]{3}))?"
)


def read_value(field: str, text: str) -> Any:
    """The value that `text` gives `field`, as plain JSON.

    A casualty field: "14", "9-14", "14+" (14 or more). `when`: a day, or two with ".."
    between. `place`: "NAME@LATITUDE,LONGITUDE", then "/PRECISION" and "/COUNTRY" if
    known. `event_type`: a code of the codebook.

    Raises:
        DecisionError: no such field, or text that it cannot have.
    """
    text = text.strip()
    if field in get_args(Outcome):
        return _read_count(field, text)
    match field:
        case "event_type":
            if text not in get_args(EventType):
                raise DecisionError(
                    f"{text!r} is no kind of incident. 'marsad codebook events' lists them."
                )
            return text
        case "when":
            return _read_when(text)
        case "place":
            return _read_place(text)
    known = ", ".join((*SETTABLE, *get_args(Outcome)))
    raise DecisionError(f"an incident has no value {field!r} to set. These can be: {known}.")


def _read_count(field: str, text: str) -> dict[str, int | None]:
    found = _RANGE.fullmatch(text)
    if not found:
        raise DecisionError(
            f"{text!r} is no number of people {field}. Write 14, 9-14, or 14+ for 14 or more."
        )
    low = int(found[1])
    high = int(found[2]) if found[2] else (None if found[3] else low)
    if high is not None and high < low:
        raise DecisionError(f"{text!r} ends lower than it starts. Write {high}-{low}.")
    return {"low": low, "best": low if high is None else (low + high) // 2, "high": high}


def _read_when(text: str) -> dict[str, Any]:
    first, _, last = (part.strip() for part in text.partition(".."))
    try:
        start = date.fromisoformat(first)
        end = date.fromisoformat(last) if last else start
        days = (end - start).days
        precision = "day" if days == 0 else "week" if days < 8 else "month" if days < 32 else "year"
        return When(start=start, end=end, precision=precision).model_dump(mode="json")
    except (ValueError, ValidationError) as error:
        raise DecisionError(
            f"{text!r} is no day or interval. Write 2024-12-25, or 2024-11-21..2024-11-30."
        ) from error


def _read_place(text: str) -> dict[str, Any]:
    found = _PLACE.fullmatch(text)
    if not found:
        raise DecisionError(
            f"{text!r} is no place with its point. Write "
            f"NAME@LATITUDE,LONGITUDE/PRECISION/COUNTRY, as in 'Goma@-1.68,29.22/town/COD'."
        )
    try:
        place = Place(
            name=found["name"].strip(),
            latitude=float(found["lat"]),
            longitude=float(found["lon"]),
            precision=found["precision"] or "town",
            country=found["country"],
        )
    except ValidationError as error:
        what = error.errors()[0]
        raise DecisionError(
            f"the place {text!r} cannot be: {what['loc'][0]}: {what['msg']}."
        ) from error
    return place.model_dump(mode="json")
