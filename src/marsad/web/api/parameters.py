"""Parameters: what the API's addresses take, as its description tells of them.

Reads   the vocabularies of the records.
Writes  OpenAPI parameter objects.
Never   reads a request: `asked` does, and takes no parameter that is not named here.
"""

from __future__ import annotations

from typing import Any, get_args

from marsad.publish.exports.formats import FORMAT_NAMES
from marsad.records import EventType, Order, Outcome, Policy, Status
from marsad.web.filter_query import MAX_LIMIT

DEFAULT_LIMIT = 50
MAX_SIGNS = 500
_DAY = {"type": "string", "format": "date", "examples": ["2024-12-26"]}
_MOMENT = {"type": "string", "maxLength": 40, "examples": ["2024-12-26T18:30:00Z"]}
_WORDS = {"type": "string", "maxLength": MAX_SIGNS}
_YES = {"type": "boolean"}


def _several(values: Any) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string", "enum": list(get_args(values))}}


def _one(values: Any) -> dict[str, Any]:
    return {"type": "string", "enum": list(get_args(values))}


_SCHEMAS: dict[str, tuple[dict[str, Any], str]] = {
    "since": (_DAY, "Happened on this day or later."),
    "until": (_DAY, "Happened on this day or earlier."),
    "place": (_WORDS, "In this place, province or country, by name."),
    "country": (_WORDS, "In this country: SYR or Syria."),
    "box": (_WORDS | {"examples": ["35.5,34.8,36.2,35.2"]}, "In this box, W,S,E,N in degrees."),
    "near": (
        _WORDS | {"examples": ["34.89,35.89,25"]},
        "Within so many kilometres of this point: LAT,LON,KM.",
    ),
    "polygon": (
        {"type": "string", "examples": ["35.5,34.8 36.2,34.8 36.2,35.2"]},
        "In this polygon, corners as LON,LAT with spaces between.",
    ),
    "loose": (_YES, "With an area: also what is known only to a wider one."),
    "kind": (_several(EventType), "Of this kind; may be given several times."),
    "actor": (_WORDS, "With this party: part of its name, or its codebook id."),
    "outcome": (_one(Outcome), "With people so affected."),
    "at_least": (
        {"type": "integer", "minimum": 1, "maximum": 10**9},
        "So many of them or more; killed, if no outcome is given.",
    ),
    "status": (
        _several(Status),
        "So well supported; may be given several times. Without it all but discounted.",
    ),
    "text": (_WORDS, 'With these words in title, names or evidence; "in quotes" together.'),
    "reviewed": (_YES, "Whether a person confirmed or rejected it."),
    "order": (_one(Order), "What comes first; -date, the newest, if not given."),
    "filter": (_WORDS, "A saved filter; parameters beside it take the place of its own."),
    "limit": (
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
        "At most so many on a page.",
    ),
    "offset": (
        {"type": "integer", "minimum": 0, "maximum": 10**9},
        "Leave out so many first. To walk through all, follow `next` instead.",
    ),
    "cursor": (_WORDS, "Where the last page ended, as `next` gives it."),
    "policy": (_one(Policy), "Tallies of this policy only."),
    "as_of": (_MOMENT, "As the account stood then: a time, or a day's end."),
    "names": (_YES, "Private persons by their names."),
    "report": (_WORDS, "Of this report, by its id."),
    "incident": (_WORDS, "Of this incident, by its id."),
    "changed_since": (
        {"type": "string", "maxLength": 40, "examples": ["17", "2024-12-26T18:30:00Z"]},
        "After this row of the ledger, or from this time. From the beginning, if not given.",
    ),
    "changed_until": (_MOMENT, "Up to this time; a day to its end."),
    "all": (_YES, "Also those that were taken back."),
    "by": (_WORDS, "Made by this person."),
    "format": (
        {"type": "string", "enum": list(FORMAT_NAMES)},
        "In which format: see the reference of exports.",
    ),
    "export_limit": (
        {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
        "At most so many; all, if not given.",
    ),
    "export_offset": (
        {"type": "integer", "minimum": 0, "maximum": 10**9},
        "Leave out so many first.",
    ),
    "profile": (
        {"type": "string", "enum": ["public", "internal"], "default": "public"},
        "public withholds private names and makes sensitive places vague; internal tells all.",
    ),
}
# Parameters that mean something else at one address than at others.
_CALLED = {
    "changed_since": "since",
    "changed_until": "until",
    "export_limit": "limit",
    "export_offset": "offset",
}
_NEEDED = frozenset({"format"})
# Which incidents: as the command line's options, with the same names.
FILTER = tuple(
    "since until place country box near polygon loose kind actor outcome at_least status text "
    "reviewed order filter".split()
)
# May be given several times.
REPEATED = frozenset({"kind", "status"})


def describe_parameters(*names: str) -> dict[str, Any]:
    """The query parameters of an operation, as `openapi_extra`."""
    return {"parameters": [_describe(name) for name in names]}


def _describe(name: str) -> dict[str, Any]:
    schema, words = _SCHEMAS[name]
    return {
        "name": _CALLED.get(name, name),
        "in": "query",
        "required": name in _NEEDED,
        "description": words,
        "schema": schema,
    }
