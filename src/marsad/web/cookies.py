"""Cookies: the session's, the one of forms before signing in, the one of known browsers.

Reads   and
Writes  three cookies, none that a script can read, none that other sites' requests carry.
Never   keeps in a cookie what the server could look up.

Over https their names begin with `__Host-`: a browser takes such a cookie only from this
very host and by https, so that no neighbouring host can plant one. Plain http, which is
served on the own machine only, has no such cookies; there they have bare names.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import Literal

from fastapi import Request, Response

from marsad.store.sessions import LONGEST_DAYS
from marsad.web.desk import Desk

CookieName = Literal["session", "form", "known"]
_DAY = 24 * 60 * 60
_LASTS: dict[CookieName, int | None] = {
    "session": LONGEST_DAYS * _DAY,
    "form": None,
    "known": 365 * _DAY,
}


def read_cookie(request: Request, desk: Desk, name: CookieName) -> str:
    """The cookie's value; empty when there is none."""
    return request.cookies.get(_full_name(desk, name), "")


def set_cookie(response: Response, desk: Desk, name: CookieName, value: str) -> None:
    """Give the browser a cookie."""
    response.set_cookie(
        _full_name(desk, name),
        value,
        max_age=_LASTS[name],
        path="/",
        secure=desk.is_https,
        httponly=True,
        # Lax: a link in a mail opens the page signed in; a foreign form's POST carries none.
        samesite="lax" if name == "session" else "strict",
    )


def drop_cookie(response: Response, desk: Desk, name: CookieName) -> None:
    """Take the cookie away."""
    response.delete_cookie(
        _full_name(desk, name), path="/", secure=desk.is_https, httponly=True, samesite="lax"
    )


def form_token(secret: str) -> str:
    """The token that forms carry, from the session's or the form cookie's secret.

    Who cannot read the cookie cannot make it; and it opens no session.
    """
    return hmac.new(secret.encode(), b"marsad form", sha256).hexdigest()


def known_browser(mark: bytes, nonce: str | None = None) -> str:
    """The cookie of a browser that a person signed in with; void after a change of password."""
    number = nonce or secrets.token_urlsafe(12)
    proof = hmac.new(mark, f"marsad browser {number}".encode(), sha256).hexdigest()
    return f"{number}.{proof}"


def read_known_browser(value: str, mark: bytes) -> str | None:
    """The number of the browser, if the cookie is this person's."""
    number, dot, _ = value.partition(".")
    if not dot or not value.isascii() or not number:
        return None
    return number if hmac.compare_digest(known_browser(mark, number), value) else None


def _full_name(desk: Desk, name: CookieName) -> str:
    return f"__Host-marsad-{name}" if desk.is_https else f"marsad-{name}"
