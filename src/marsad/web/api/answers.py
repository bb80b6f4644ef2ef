"""Answers: what every address of the API gives back, and who may ask it.

Reads   the request's head, how far the account is built.
Writes  JSON with an ETag, or 304; links to the next page (RFC 8288).
Never   gives an old answer for new data: the tag changes with the ledger, the account's rules,
        the query and the role.

A tag begins with the row of the ledger that the account was built to, so that `If-Match` on
a decision can be held against what became of its incidents since then.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from importlib.metadata import version
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request, Response
from pydantic import TypeAdapter

from marsad.publish.exports.content import ExportIncident
from marsad.records import Record
from marsad.store.columns import read_mark
from marsad.store.people import Person
from marsad.web.api.asked import query_without
from marsad.web.api.problems import fail
from marsad.web.desk import Desk, get_desk
from marsad.web.guard import SignInNeeded, has_bearer, person_of, way_back

_TAG = re.compile(r'(?:W/)?"(?P<row>\d{1,18})-[0-9a-f]{24}"', re.ASCII)
_ROLE_OF_NOBODY = "public"
_PUBLIC = TypeAdapter(ExportIncident)


@dataclass(frozen=True)
class Stand:
    """What an answer is made from: the account's row and a tag that changes with it.

    Read before the answer is made, so that the tag is never younger than what it stands on.
    """

    row: int
    tag: str


def read_stand(request: Request, desk: Desk, person: Person | None, *more: str) -> Stand:
    """How the account stands for this request; `more` is what else the answer depends on."""
    with desk.ledger.database.reading() as connection:
        mark = read_mark(connection)
    parts = [
        version("marsad"),
        desk.ledger.end(),
        mark.rules,
        mark.built_to,
        person.role if person else _ROLE_OF_NOBODY,
        request.url.path,
        request.url.query,
        more,
    ]
    digest = hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:24]
    return Stand(mark.built_to, f'"{mark.built_to}-{digest}"')


def is_known(request: Request, stand: Stand) -> bool:
    """Whether the client holds this answer already."""
    given = request.headers.get("if-none-match", "")
    return any(tag.strip().removeprefix("W/") == stand.tag for tag in given.split(","))


def not_modified(stand: Stand) -> Response:
    """The answer to who has it already."""
    return Response(status_code=304, headers=_headers(stand))


def answer(
    content: Record | ExportIncident, stand: Stand, *, links: dict[str, str] | None = None
) -> Response:
    """A record, or what the public may be told of an incident, as JSON."""
    headers = _headers(stand)
    if links:
        headers["Link"] = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items())
    if isinstance(content, Record):
        body: str | bytes = content.model_dump_json()
    else:
        body = _PUBLIC.dump_json(content)
    return Response(body, media_type="application/json", headers=headers)


def seen_row(request: Request) -> int | None:
    """The row up to which the client has looked, by its If-Match; None where it gives none.

    Of several tags the youngest counts. "*" is met by anything that is there.
    """
    given = request.headers.get("if-match", "").strip()
    if given in ("", "*"):
        return None
    found = [_TAG.fullmatch(tag.strip()) for tag in given[:2000].split(",")]
    rows = [int(match["row"]) for match in found if match]
    if not rows:
        raise fail(
            412,
            f"If-Match: {given[:80]!r} is no ETag of this API. Give the one of the incident that "
            f"you looked at.",
        )
    return max(rows)


def next_url(request: Request, **changed: str | int) -> str:
    """This address with another place in the list."""
    pairs = query_without(request.query_params, "offset", "cursor", *changed)
    query = urlencode([*pairs, *((name, str(value)) for name, value in changed.items())])
    return f"{request.url.path}?{query}"


def page_links(request: Request, following: str | None) -> dict[str, str]:
    """The links of a page: where the list begins, and where it goes on."""
    first = urlencode(query_without(request.query_params, "offset", "cursor"))
    links = {"first": f"{request.url.path}?{first}" if first else request.url.path}
    return links if following is None else links | {"next": following}


def _headers(stand: Stand) -> dict[str, str]:
    return {
        "ETag": stand.tag,
        "Cache-Control": "private, no-cache",
        "Vary": "Authorization, Cookie",
    }


def _read_person(request: Request) -> Person | None:
    person = person_of(request)
    # A token that is nobody's is not to be taken for no token: what it gets would look whole.
    if person is None and (has_bearer(request) or not get_desk(request).public):
        raise SignInNeeded(way_back(request))
    return person


ReaderDep = Annotated[Person | None, Depends(_read_person)]
