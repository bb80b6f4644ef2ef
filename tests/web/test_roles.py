"""Who may what: every route of the desk, asked as everybody.

A new route must be put into the table below, or the first test fails.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from marsad.web.app import make_app
from marsad.web.cookies import form_token
from tests.web.conftest import NAMES, TestClient

# The least that may use it. "reader": a viewer, or with a public view everybody.
TABLE = {
    "GET /static/{name:path}": "anybody",
    "GET /sign-in": "anybody",
    "POST /sign-in": "anybody",
    "POST /sign-out": "anybody",
    "GET /welcome/{token}": "anybody",
    "POST /welcome/{token}": "anybody",
    "GET /account": "viewer",
    "POST /account/password": "viewer",
    "POST /account/tokens": "viewer",
    "POST /account/tokens/revoke": "viewer",
    "POST /account/sessions/end": "viewer",
    "GET /people": "admin",
    "POST /people/add": "admin",
    "POST /people/link": "admin",
    "POST /people/role": "admin",
    "POST /people/remove": "admin",
    "POST /people/revoke": "admin",
    "GET /feeds/{file}": "reader",
    "GET /subscribe/confirm/{token}": "anybody",
    "POST /subscribe/confirm/{token}": "anybody",
    "GET /unsubscribe/{token}": "anybody",
    "POST /unsubscribe/{token}": "anybody",
    "GET /api/v1/incidents": "reader",
    "GET /api/v1/incidents/{incident_id}": "reader",
    "GET /api/v1/incidents/{incident_id}/history": "viewer",
    "GET /api/v1/reports": "viewer",
    "GET /api/v1/reports/{report_id:path}": "viewer",
    "POST /api/v1/reports": "coder",
    "GET /api/v1/claims": "viewer",
    "GET /api/v1/claims/{claim_id}": "viewer",
    "GET /api/v1/changes": "viewer",
    "GET /api/v1/judgements": "viewer",
    "GET /api/v1/judgements/{number}": "viewer",
    "POST /api/v1/judgements": "coder",
    "POST /api/v1/judgements/{number}/undo": "coder",
    "GET /api/v1/totals": "reader",
    "GET /api/v1/export": "reader",
    "GET /api/v1/openapi.json": "reader",
    "GET /api/v1/docs": "reader",
    "GET /": "reader",
    "GET /incidents/{incident_id}": "reader",
    "GET /intake": "coder",
    "POST /intake": "coder",
    "GET /intake/{token}": "coder",
    "POST /intake/{token}/keep": "coder",
    "POST /intake/{token}/drop": "coder",
    "GET /timeline": "reader",
    "GET /map": "reader",
    "GET /map/here": "reader",
    "GET /download": "reader",
    "GET /reports/{report_id:path}": "viewer",
    "POST /reports/{report_id:path}/claims": "coder",
    "POST /decisions": "coder",
    "POST /decisions/{seq}/undo": "coder",
    "GET /review": "coder",
    "GET /review/blind": "coder",
    "POST /review/blind": "coder",
    "GET /review/agreement": "coder",
}
RANKS = ["anybody", "reader", "viewer", "coder", "admin"]
# What each of those who ask is at most.
ASKERS = {
    "anonymous": "anybody",
    "the public": "reader",
    "viewer": "viewer",
    "coder": "coder",
    "admin": "admin",
}


def walk(router, prefix: str = "") -> Iterator[str]:
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from walk(inner, prefix + route.include_context.prefix)
        else:
            for method in sorted(route.methods):
                yield f"{method} {prefix}{route.path}"


def test_every_route_is_in_the_table(desk):
    routes = list(walk(make_app(desk)))
    assert sorted(routes) == sorted(set(routes))
    assert set(routes) == set(TABLE)


@pytest.mark.parametrize("asker", ASKERS)
def test_every_route_lets_in_whom_it_should_and_nobody_else(desk, asker):
    desk.public = asker == "the public"
    app = make_app(desk)
    rank = RANKS.index(ASKERS[asker])
    wrong = []
    for route, least in TABLE.items():
        status, where = ask(app, desk, asker, route)
        out = status in (401, 403) or where.startswith("/sign-in")
        # Signing out leads to the sign-in page, and a wrong password is answered with 401.
        if route in ("POST /sign-out", "POST /sign-in"):
            out = status == 403
        if out != (RANKS.index(least) > rank) or status >= 500:
            wrong.append(f"{route} as {asker}: {status} {where}")
    assert wrong == []


def ask(app, desk, asker: str, route: str) -> tuple[int, str]:
    """The status, and where it leads."""
    method, _, path = route.partition(" ")
    for part in path.split("/"):
        if part.startswith("{"):
            path = path.replace(part, "1")
    client = TestClient(
        app, base_url="http://localhost", follow_redirects=False, raise_server_exceptions=False
    )
    token = desk.sessions.start(NAMES[asker]) if asker in NAMES else "a form's secret"
    client.cookies.set("marsad-session" if asker in NAMES else "marsad-form", token)
    answer = client.request(method, path, headers={"X-CSRF-Token": form_token(token)})
    return answer.status_code, answer.headers.get("location", "")
