"""Error pages: what went wrong, in the desk's own style, for people and for programs.

Reads   an exception.
Writes  a page; a part of one for htmx; problem+json under /api/.
Never   shows a traceback, a path on the server, or whether a secret thing exists.
"""

from __future__ import annotations

import logging
from urllib.parse import quote, urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from marsad.errors import (
    DecisionError,
    DeskError,
    FetchError,
    FilterError,
    LedgerError,
    LedgerUnavailable,
    MarsadError,
    PeopleError,
    ReportError,
    UnknownRecord,
)
from marsad.publish.safe_text import one_line
from marsad.web.api.problems import problem
from marsad.web.guard import API_PREFIX, SignInNeeded, route_of, safe_next
from marsad.web.render import page

_HEADINGS = {
    400: "This cannot be understood",
    403: "This is not open to you",
    404: "Nothing is here",
    405: "This cannot be done here",
    409: "This cannot be done now",
    413: "This is too large",
    422: "Something is missing or not as it should be",
    429: "Too much at once",
    500: "This failed",
    503: "The ledger cannot be reached",
}
_WORDS = {
    404: "There is no page at this address. It may have been mistyped.",
    405: "This address does not take that kind of request.",
}
# The first that fits. A LedgerError may tell of files and servers: only the log hears that.
_STATUS: tuple[tuple[type[MarsadError], int], ...] = (
    (DeskError, 400),
    (UnknownRecord, 404),
    (FilterError, 404),
    (DecisionError, 409),
    (PeopleError, 422),
    (ReportError, 422),
    (FetchError, 422),
    (LedgerUnavailable, 503),
)
_HIDDEN = {503: "The ledger is busy or cannot be reached. Nothing was changed; try again."}

log = logging.getLogger("marsad.web")


def add_error_pages(app: FastAPI) -> None:
    """Let the application answer errors with these pages."""
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(SignInNeeded, _on_sign_in)
    app.add_exception_handler(MarsadError, _on_marsad)


def fault_page(
    request: Request, status: int, words: str, headers: dict[str, str] | None = None
) -> Response:
    """The page of an error."""
    heading = _HEADINGS.get(status, "This did not work")
    if request.url.path.startswith(API_PREFIX):
        return problem(status, words or heading, headers)
    try:
        name = "parts/error.html" if request.headers.get("hx-request") else "error.html"
        return page(
            request,
            name,
            status=status,
            headers=headers,
            heading=heading,
            words=words,
            status_code=status,
        )
    except LedgerError:  # who asks cannot be looked up: a page without them
        return Response(
            f"{heading}. {words}\n", status_code=status, headers=headers, media_type="text/plain"
        )


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    standard = error.detail in ("Not Found", "Method Not Allowed")
    words = _WORDS.get(error.status_code, "") if standard else error.detail
    headers = dict(error.headers) if error.headers else None
    return fault_page(request, error.status_code, words, headers)


def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    told = [
        f"{'.'.join(str(part) for part in fault['loc'][1:]) or fault['loc'][0]}: {fault['msg']}"
        for fault in error.errors()[:5]
    ]
    return fault_page(request, 422, one_line("; ".join(told)) + ".")


def _on_sign_in(request: Request, error: Exception) -> Response:
    assert isinstance(error, SignInNeeded)
    if request.url.path.startswith(API_PREFIX):
        return fault_page(
            request,
            401,
            "Give a token of yours: Authorization: Bearer TOKEN.",
            {"WWW-Authenticate": 'Bearer realm="marsad"'},
        )
    if request.headers.get("hx-request"):
        # Back to the page, not to the part of it that was asked for.
        where = _path_of(request.headers.get("hx-current-url", ""))
        return Response(status_code=401, headers={"HX-Redirect": _sign_in(where)})
    return RedirectResponse(_sign_in(error.where), status_code=303)


def _path_of(address: str) -> str:
    try:
        shown = urlsplit(address)
    except ValueError:  # "http://[": no browser sends that
        return "/"
    return f"{shown.path}?{shown.query}" if shown.query else shown.path


def _sign_in(where: str) -> str:
    back = safe_next(where)
    return "/sign-in" if back == "/" else f"/sign-in?next={quote(back, safe='')}"


def _on_marsad(request: Request, error: Exception) -> Response:
    assert isinstance(error, MarsadError)
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    if status >= 500:
        log.error("%s: %s", route_of(request.scope), one_line(str(error)))
        words = _HIDDEN.get(status, "The desk could not do this; its log says why.")
        return fault_page(request, status, words)
    return fault_page(request, status, one_line(str(error)))
