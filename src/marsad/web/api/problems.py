"""Problems: errors as programs read them (RFC 9457), whatever went wrong.

Reads   a status and words.
Writes  application/problem+json: what was wrong, with which value, what to do.
Never   fails on what it tells of: text that no encoding can write is escaped.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from fastapi import Response
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"

SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "What went wrong (RFC 9457): `detail` says with which value, and what to do.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
}
MEANINGS = {
    400: "A parameter is not understood, or what was sent is no JSON",
    401: "Nobody is named: a token is needed",
    403: "The token's role may not do this",
    404: "Nothing has this id",
    409: "What it is about stands otherwise already",
    412: "What was looked at has changed since",
    413: "More than is taken at once",
    422: "What was sent cannot be done so",
    429: "Too many ask for this just now",
    503: "The ledger is busy or cannot be reached",
}


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """The answer that says what went wrong."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    kept = {"Cache-Control": "no-store"} | (headers or {})
    return Response(json.dumps(body), status_code=status, headers=kept, media_type=MEDIA_TYPE)


def fail(status: int, detail: str) -> HTTPException:
    """What a handler raises; it becomes a problem."""
    return HTTPException(status, detail)


def describe(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems of an operation, for its description."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": MEANINGS[status], "content": content} for status in sorted(statuses)
    }
