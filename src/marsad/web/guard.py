"""The guard: who asks, whether they may, and whether a form is ours.

Reads   the session cookie, or the bearer token of a program; the form's token.
Writes  nothing.
Never   lets a request through that changes something on a cookie's word alone.

    ViewerDep, CoderDep, AdminDep   a route takes one; it gives the Person
    ReaderDep                       the Person, or None for the public view, where that is on
    FormDep                         the form, read within our limits
"""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator, Callable
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.types import Scope

from marsad.store.people import Person, Role
from marsad.web.cookies import form_token, read_cookie
from marsad.web.desk import Desk, get_desk

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
API_PREFIX = "/api/"
# Addresses that a mail program may POST to without having read a page (RFC 8058): the token in
# them is the proof.
ONE_CLICK_PREFIXES = ("/unsubscribe/",)
MAX_FIELDS = 500
MAX_FILES = 200

_FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


class SignInNeeded(Exception):  # noqa: N818 - it leads to a page, it is no fault
    """Nobody is signed in, and the page is not for everybody. `where` leads back to it."""

    def __init__(self, where: str) -> None:
        self.where = where


def person_of(request: Request) -> Person | None:
    """Who asks; None for nobody. Looked up once for a request; not for the event loop's thread.

    A program's token counts under /api/ and /feeds/ only, and there alone: a request with a
    token is never also somebody's session.
    """
    state = request.state
    if not hasattr(state, "person"):
        state.person = _find_person(request)
    found: Person | None = state.person
    return found


def has_bearer(request: Request) -> bool:
    """Whether a program asks, with a token of its own."""
    takes = request.url.path.startswith((API_PREFIX, "/feeds/"))
    return takes and request.headers.get("authorization", "")[:7].lower() == "bearer "


def _find_person(request: Request) -> Person | None:
    desk = get_desk(request)
    if has_bearer(request):
        return desk.sessions.find_token(request.headers["authorization"][7:].strip())
    token = read_cookie(request, desk, "session")
    return desk.sessions.find(token) if token else None


def _need(role: Role) -> Callable[[Request], Person]:
    def require(request: Request) -> Person:
        person = person_of(request)
        if person is None:
            raise SignInNeeded(way_back(request))
        if not person.may(role):
            raise HTTPException(
                403, f"This needs the role {role}; you are signed in as {person.role}."
            )
        return person

    return require


def _read_public(request: Request) -> Person | None:
    person = person_of(request)
    if person is None and not get_desk(request).public:
        raise SignInNeeded(way_back(request))
    return person


ViewerDep = Annotated[Person, Depends(_need("viewer"))]
CoderDep = Annotated[Person, Depends(_need("coder"))]
AdminDep = Annotated[Person, Depends(_need("admin"))]
ReaderDep = Annotated[Person | None, Depends(_read_public)]


async def read_form(request: Request) -> FormData:
    """The form that was sent, read within our limits; read once for a request."""
    return await request.form(
        max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=max_text_bytes(get_desk(request))
    )


FormDep = Annotated[FormData, Depends(read_form)]


def max_text_bytes(desk: Desk) -> int:
    """The longest text field of a form: one report."""
    return desk.settings.max_report_bytes


async def check_form(request: Request) -> AsyncIterator[None]:
    """Refuse a request that changes something and was not sent from a page of ours.

    Asked of every route; files that came with the form are let go at its end. The token must
    be the one that our page was given: as the header X-CSRF-Token, or the form's field `csrf`.
    Programs with a token of their own have no cookie that a foreign page could ride on.
    """
    try:
        await _require_own_form(request)
        yield
    finally:
        await request.close()


async def _require_own_form(request: Request) -> None:
    if request.method in SAFE_METHODS or has_bearer(request):
        return
    if request.url.path.startswith(ONE_CLICK_PREFIXES):
        return
    desk = get_desk(request)
    if is_foreign(request, desk):
        raise HTTPException(403, "This was sent from another site's page, so it was not done.")
    session = read_cookie(request, desk, "session")
    if request.url.path.startswith(API_PREFIX) and not session:
        return  # a program without a token: nobody, whom the route refuses
    secret = session or read_cookie(request, desk, "form")
    given = request.headers.get("x-csrf-token", "")
    if not given and request.headers.get("content-type", "").startswith(_FORM_TYPES):
        field = (await read_form(request)).get("csrf")
        given = field if isinstance(field, str) else ""
    # A session that ended meanwhile leaves the form's cookie as the proof.
    if not secret or not hmac.compare_digest(form_token(secret).encode(), given.encode()):
        raise HTTPException(
            403,
            "The page this was sent from is out of date, so it was not done. "
            "Open the page again and repeat it.",
        )


def is_foreign(request: Request, desk: Desk) -> bool:
    """Whether the browser says that another site's page sent this."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("origin")
    if origin is None:
        return False
    own = {request.headers.get("host", "").lower(), urlsplit(desk.base_url).netloc.lower()}
    return origin.partition("://")[2].lower() not in own - {""}


def route_of(scope: Scope) -> str:
    """What was asked for, as a log may have it: the route, such as "GET /welcome/{token}".

    Never the address: links that open things are in it, what somebody searched for, and line
    ends that would begin a line of the log.
    """
    path = getattr(scope.get("route"), "path", "an address that leads nowhere")
    return f"{scope['method']} {path}"


def way_back(request: Request) -> str:
    """The path to return to after signing in; none for what was not a page."""
    if request.method not in SAFE_METHODS:
        return ""
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")


def safe_next(given: str) -> str:
    """The path, if it leads to a page of ours; else the overview.

    "//other.example" and "/\\other.example" lead elsewhere, control characters to anything.
    """
    fits = given.startswith("/") and not given.startswith(("//", "/\\"))
    if not fits or any(ord(sign) < 33 or sign == "\\" or ord(sign) == 127 for sign in given):
        return "/"
    return quote(given, safe="/?&=%:,;@!$'()*+~-._#[]")
