"""What every response carries, and what never gets in."""

import http.client
import logging
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from fastapi import APIRouter

from marsad.errors import LedgerUnavailable
from marsad.web.app import make_app
from marsad.web.desk import Desk
from marsad.web.door import SECURITY_HEADERS, SMALL_BODY_BYTES
from marsad.web.static_files import static_url
from tests.web.conftest import NAMES, TestClient


@pytest.fixture
def visitor(client_as):
    return client_as("anonymous")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/sign-in", 200),
        ("/account", 303),
        ("/nothing/here", 404),
        ("/static/desk.css", 200),
        ("/static/none.css", 404),
        ("/api/v1/nothing", 404),
        ("/welcome/none", 404),
    ],
)
def test_every_answer_carries_the_headers(visitor, path, status):
    answer = visitor.get(path)
    assert answer.status_code == status
    for name, value in SECURITY_HEADERS.items():
        assert answer.headers[name] == value
    assert "server" not in answer.headers


def test_pages_allow_no_script_or_style_of_their_own(visitor):
    policy = visitor.get("/sign-in").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for directive in (
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
    ):
        assert directive in policy.split("; ")


def test_a_fault_is_a_page_without_a_trace(desk, caplog):
    app = make_app(desk)
    router = APIRouter()

    @router.get("/broken")
    def fail() -> None:
        raise ZeroDivisionError("a secret stands here")

    app.include_router(router)
    client = TestClient(app, base_url="http://localhost")
    with caplog.at_level(logging.ERROR, "marsad.web"):
        answer = client.get("/broken?q=searched")
    assert answer.status_code == 500
    assert "fault of ours" in answer.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "a secret stands here" in caplog.text
    assert "searched" not in caplog.text


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (LedgerUnavailable("the ledger /srv/secret is locked"), 503, "Nothing was changed"),
        (RuntimeError("a secret stands here"), 500, "fault of ours"),
    ],
)
def test_where_who_asks_cannot_be_looked_up_it_is_said_plainly(
    client_as, desk, monkeypatch, caplog, error, status, said
):
    def fail(*_):
        raise error

    viewer = client_as("viewer")
    monkeypatch.setattr(desk.sessions, "find", fail)
    answer = viewer.get("/account")
    assert answer.status_code == status
    assert said in answer.text
    assert "secret" not in answer.text
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "secret" in caplog.text


def test_errors_are_pages_and_under_api_json(visitor):
    assert "Nothing is here" in visitor.get("/nothing").text
    answer = visitor.get("/api/v1/nothing")
    assert answer.json()["status"] == 404
    wrong = visitor.put("/sign-in")
    assert wrong.status_code == 405
    assert wrong.headers["Allow"]
    assert "<h1>" in wrong.text


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8765",
        "localhost.evil.example",
        "evil.example#localhost",
        "localhost:80:80",
        "localhost@evil.example",
        "10.0.0.7",
        "[::2]",
        "",
    ],
)
def test_another_host_is_not_served(visitor, host):
    answer = visitor.get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert "<form" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("host", ["localhost", "localhost:8765", "127.0.0.1:1", "[::1]:8765"])
def test_the_own_machine_is_served(visitor, host):
    assert visitor.get("/sign-in", headers={"Host": host}).status_code == 200


def test_the_address_given_is_served_and_beyond_this_machine_numbers_too(desk):
    desk = Desk(desk.ledger, desk.settings, base_url="https://desk.example.org", any_address=True)
    assert [desk.serves(n) for n in ("desk.example.org", "10.0.0.7", "other.example.org")] == [
        True,
        True,
        False,
    ]


def test_a_large_body_is_refused_from_who_may_not_send_one(client_as):
    body = b"x" * (SMALL_BODY_BYTES + 1)
    for role, path in (("anonymous", "/sign-in"), ("anonymous", "/intake"), ("viewer", "/intake")):
        assert client_as(role).post(path, content=body).status_code == 413


def test_a_coder_may_send_reports_where_they_are_taken_and_nowhere_else(client_as, desk):
    body = b"x" * (SMALL_BODY_BYTES + 1)
    coder = client_as("coder")
    assert coder.post("/intake", content=body).status_code != 413
    assert coder.post("/decisions", content=body).status_code == 413
    desk.settings = replace(desk.settings, max_report_bytes=SMALL_BODY_BYTES // 8)
    assert client_as("coder").post("/intake", content=body).status_code == 413


def test_a_body_that_does_not_say_its_length_is_counted(client_as):
    def drip():
        for _ in range(40):
            yield b"name=" + b"x" * 4000 + b"&"

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    visitor = client_as("anonymous")
    del visitor.headers["X-CSRF-Token"]
    assert visitor.post("/sign-in", content=drip(), headers=headers).status_code == 413


def test_head_is_get_without_a_body(visitor):
    got, head = visitor.get("/static/desk.css"), visitor.head("/static/desk.css")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == got.headers["content-length"]
    assert visitor.head("/account").status_code == 303


def test_cookies_are_for_https_alone_where_there_is_https(desk):
    secure = Desk(desk.ledger, desk.settings, base_url="https://desk.example.org")
    client = TestClient(make_app(secure), base_url="https://desk.example.org")
    answer = client.get("/sign-in")
    assert answer.headers["Strict-Transport-Security"]
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-marsad-form=")
    assert {"HttpOnly", "Secure", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_no_cookie_can_be_read_by_a_script(client_as):
    visitor = client_as("anonymous")
    form = {"name": NAMES["viewer"], "password": "four quiet rivers run north"}
    answer = visitor.post("/sign-in", data=form)
    cookies = answer.headers.get_list("set-cookie")
    assert {c.split("=")[0] for c in cookies} == {"marsad-session", "marsad-form", "marsad-known"}
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "samesite=" in cookie.lower()
    assert "no-store" in visitor.get("/account").headers["Cache-Control"]


def test_the_last_hop_is_believed_only_behind_a_proxy(desk, monkeypatch):
    seen = []
    begin = type(desk.attempts).begin

    def spy(self, counted, now=None):
        seen.append(next(one.value for one in counted if one.kind == "address"))
        return begin(self, counted, now)

    monkeypatch.setattr(type(desk.attempts), "begin", spy)
    for behind in (False, True):
        told = Desk(desk.ledger, desk.settings, behind_proxy=behind)
        client = TestClient(make_app(told), base_url="http://localhost")
        token = client.get("/sign-in").text.split('name="csrf" value="')[1].split('"')[0]
        client.post(
            "/sign-in",
            data={"name": "x", "password": "y", "csrf": token},
            headers={"X-Forwarded-For": "6.6.6.6, 192.0.2.7"},
        )
    assert seen == ["testclient", "192.0.2.7"]


class TestStatic:
    def test_with_its_hash_a_file_is_kept_and_without_it_asked_for_again(self, visitor):
        hashed = visitor.get(static_url("desk.css"))
        assert "immutable" in hashed.headers["Cache-Control"]
        bare = visitor.get("/static/desk.css")
        assert bare.headers["Cache-Control"] == "no-cache"
        again = visitor.get("/static/desk.css", headers={"If-None-Match": bare.headers["ETag"]})
        assert again.status_code == 304
        assert again.content == b""

    def test_an_old_hash_is_not_kept(self, visitor):
        assert visitor.get("/static/desk.css?v=000000000000").headers["Cache-Control"] == "no-cache"

    def test_modules_and_the_base_map_have_their_types(self, visitor):
        types = {
            "vendor/maplibre-gl.mjs": "text/javascript",
            "vendor/maplibre-gl.css": "text/css",
            "basemap/countries-50m.json": "application/json",
            "icon.svg": "image/svg+xml",
        }
        for name, kind in types.items():
            answer = visitor.get(f"/static/{name}")
            assert answer.status_code == 200
            assert answer.headers["Content-Type"].startswith(kind)

    @pytest.mark.parametrize(
        "path",
        [
            "/static/../app.py",
            "/static/%2e%2e/app.py",
            "/static/..%2fapp.py",
            "/static/....//app.py",
            "/static//etc/passwd",
            "/static/%2fetc%2fpasswd",
            "/static/vendor/..%5c..%5capp.py",
            "/static/desk.css%00.py",
            "/static/vendor/README.md",
            "/static/",
            "/static",
        ],
    )
    def test_nothing_else_is_served(self, served, path):
        address = urlsplit(served.url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port)
        connection.request("GET", path)  # as it is: other clients tidy the path
        assert connection.getresponse().status == 404
        connection.close()
