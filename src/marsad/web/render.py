"""Render: from a template and its context to a page.

Reads   `templates/`; who asks.
Writes  HTML, with every value escaped.
Never   writes a script, style or handler into a page: the policy of the pages forbids them.

    page(request, "name.html", title=…)      a page
    page(request, "parts/x.html", …)         a part of one, for htmx

Every template has: `person` (None for nobody), `public` (whether this is the public view),
`csrf` (the form's token), `path` (the page's own), `static(name)`, and the filters `plain`
(one line without controls and direction marks), `prose` (the same, lines kept), `link`
(the address if it is http or https, else nothing), `short` (cut at so many signs), `clock`
(a stored time, to be put into <time data-local>).
"""

from __future__ import annotations

import secrets
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from marsad.publish.safe_text import neutralise, one_line, shorten
from marsad.web.cookies import form_token, read_cookie, set_cookie
from marsad.web.desk import get_desk
from marsad.web.guard import has_bearer, person_of
from marsad.web.static_files import static_url

TEMPLATES = Path(str(resources.files("marsad.web"))) / "templates"


@cache
def environment() -> Environment:
    """The templates' environment; undefined names are faults, all values are escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["static"] = static_url
    made.filters.update(
        plain=one_line, prose=neutralise, short=shorten, link=web_address, clock=clock
    )
    return made


def page(
    request: Request,
    template: str,
    /,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> Response:
    """A page, or a part of one, from its template."""
    desk = get_desk(request)
    token = _FormToken(request)
    person = None if has_bearer(request) else person_of(request)
    html = (
        environment()
        .get_template(template)
        .render(
            request=request,
            person=person,
            public=person is None and desk.public,
            csrf=token,
            path=request.url.path,
            **context,
        )
    )
    response = HTMLResponse(html, status_code=status, headers=headers)
    # Pages tell of people; none is to be found in a shared cache, or by the back button after
    # signing out.
    response.headers.setdefault("Cache-Control", "no-store" if person else "no-cache")
    response.headers.setdefault("Vary", "Cookie")
    if token.new_secret:
        set_cookie(response, desk, "form", token.new_secret)
    return response


def web_address(address: str | None) -> str:
    """The address, if it is one that a page may link to; else nothing."""
    if address is None:
        return ""
    bare = one_line(address)
    return bare if bare.lower().startswith(("http://", "https://")) else ""


def clock(moment: str) -> str:
    """A stored time, "2024-12-26T18:30:05.000000Z", as it is shown: "2024-12-26 18:30 UTC"."""
    return f"{moment[:10]} {moment[11:16]} UTC"


class _FormToken:
    """The token of this request's forms. For nobody it is made when a form is written."""

    def __init__(self, request: Request) -> None:
        desk = get_desk(request)
        self._secret = read_cookie(request, desk, "session") or read_cookie(request, desk, "form")
        self.new_secret = ""

    def __html__(self) -> str:
        if not self._secret:
            self._secret = self.new_secret = secrets.token_urlsafe(32)
        return str(Markup.escape(form_token(self._secret)))

    __str__ = __html__
