"""Values of an incident in few words: for a table's cell, for a line of a history.

Reads   records, and the plain JSON that a change keeps of them.
Writes  short phrases, on one line, without control characters.
Never   fails on a value that it does not know: it shows it as JSON.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Callable
from datetime import datetime
from typing import Any, get_args

from pydantic import ValidationError

from marsad.publish.privacy import SHOW_ALL, WITHHELD, NamePolicy, is_private
from marsad.publish.safe_text import one_line, shorten
from marsad.publish.screen import count_words
from marsad.publish.wording import (
    DISPUTE_LABELS,
    STATUS_LABELS,
    country_name,
    event_label,
    number,
    place_words,
    range_words,
    when_words,
)
from marsad.records import (
    EventType,
    Outcome,
    Participant,
    Place,
    Policy,
    Review,
    Tally,
    When,
)

MAX_VALUE_SIGNS = 200
_EVENT_TYPES = get_args(EventType)


def total_of(tallies: tuple[Tally, ...], outcome: Outcome, policy: Policy) -> Tally | None:
    """The total for an outcome under a policy; None where nobody gives a number."""
    found = (t for t in tallies if (t.outcome, t.group, t.policy) == (outcome, None, policy))
    return next(found, None)


def bounds_words(low: int, high: int | None) -> str:
    """Low and high for a narrow column: "6–14", "6+", "" for one number."""
    if high is None:
        return f"{number(low)}+"
    return "" if low == high else f"{number(low)}–{number(high)}"


def day_words(when: When | None) -> str:
    """The day for a column that is read downwards: "2024-12-25", "2024-12", "2024".

    Other intervals by their first day and last: "2024-12-20…25".
    """
    if when is None:
        return "undated"
    start, end = when.start, when.end
    if start == end:
        return start.isoformat()
    whole_end = end.day == monthrange(end.year, end.month)[1]
    if start.day == 1 and whole_end and start.year == end.year:
        if start.month == end.month:
            return f"{start:%Y-%m}"
        if (start.month, end.month) == (1, 12):
            return f"{start:%Y}"
    return f"{start.isoformat()} to {end:%m-%d}" if start.year == end.year else f"{start} to {end}"


def short_place_words(place: Place | None, policy: NamePolicy = SHOW_ALL) -> str:
    """The place with its country and precision: "near Tartus, Syria · town"."""
    if place is None:
        return "place not stated"
    parts = [place.name, country_name(place.country) if place.country else ""]
    words = ", ".join(dict.fromkeys(part for part in parts if part))
    if place.relation and place.relation != "in":
        words = f"{place.relation} {words}"
    return one_line(policy.text(f"{words} · {place.precision}"))


def moment_words(stamp: str) -> str:
    """A time of the ledger to the second: "2024-12-27 10:12:03 UTC"."""
    try:
        moment = datetime.fromisoformat(stamp)
    except ValueError:
        return one_line(stamp)
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def field_words(field: str) -> str:
    """What a field is called: "event_type" is "kind", "killed: civilians" "killed, civilians"."""
    named = {"event_type": "kind", "when": "date", "participants": "who"}
    words = named.get(field, field)
    return one_line(words.replace("_", " ").replace(": ", ", "))


def value_words(field: str, value: Any, policy: NamePolicy = SHOW_ALL) -> str:
    """A value that a change keeps, in words; "not known" for none."""
    return shorten(one_line(_plain(field, value, policy)), MAX_VALUE_SIGNS)


def _plain(field: str, value: Any, policy: NamePolicy) -> str:
    if value is None or value == [] or value == "":
        return "none" if value == [] else "not known"
    if isinstance(value, list) and field == "reports":
        return count_words(len(value), "report")
    if isinstance(value, list):
        return "; ".join(dict.fromkeys(_plain(field, item, policy) for item in value))
    if isinstance(value, dict):
        return _object_words(value, policy)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return number(value)
    text = str(value)
    if field == "event_type" and text in _EVENT_TYPES:
        return event_label(text)  # type: ignore[arg-type]
    labels: dict[str, str] = {key: label for key, (label, _) in STATUS_LABELS.items()}
    if field == "status":
        return labels.get(text, text)
    return policy.text(text)


def _object_words(value: dict[str, Any], policy: NamePolicy) -> str:
    for reader in _READERS:
        words = reader(value, policy)
        if words is not None:
            return words
    return policy.text(json.dumps(value, ensure_ascii=False))


def _tally_words(value: dict[str, Any], policy: NamePolicy) -> str | None:
    if not {"low", "high"} <= value.keys():
        return None
    low, high, best = value["low"], value["high"], value.get("best")
    if not isinstance(low, int) or not isinstance(high, int | None):
        return None
    words = range_words(low, high)
    if isinstance(best, int) and not low == best == high:
        words = f"{number(best)} ({words})"
    said = [value.get("outcome"), value.get("group")]
    label = ", ".join(policy.text(str(part)) for part in said if part)
    return f"{label}: {words}" if label else words


def _place_words(value: dict[str, Any], policy: NamePolicy) -> str | None:
    try:
        place = Place.model_validate(value)
    except ValidationError:
        return None
    return policy.text(place_words(place))


def _when_words(value: dict[str, Any], policy: NamePolicy) -> str | None:
    try:
        return when_words(When.model_validate(value))
    except ValidationError:
        return None


def _party_words(value: dict[str, Any], policy: NamePolicy) -> str | None:
    try:
        party = Participant.model_validate(value)
    except ValidationError:
        return None
    return policy.party(party)


def _dispute_words(value: dict[str, Any], policy: NamePolicy) -> str | None:
    about, named = value.get("about"), value.get("sources", [])
    if not isinstance(about, str) or about not in DISPUTE_LABELS or not isinstance(named, list):
        return None
    sources = " and ".join(policy.text(str(source)) for source in named)
    words = DISPUTE_LABELS[about]
    return f"{words} ({sources})" if sources else words


def _review_words(value: dict[str, Any], policy: NamePolicy) -> str | None:
    try:
        review = Review.model_validate(value)
    except ValidationError:
        return None
    return f"{review.kind}ed by {review.by}"


_READERS: tuple[Callable[[dict[str, Any], NamePolicy], str | None], ...] = (
    _tally_words,
    _place_words,
    _when_words,
    _party_words,
    _dispute_words,
    _review_words,
)


def shown_party(party: Participant, policy: NamePolicy, *, names: bool) -> str:
    """A participant for a list: a private person's name only with `names`."""
    if not names and is_private(party):
        return WITHHELD
    return one_line(policy.text(party.name))
