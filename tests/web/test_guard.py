"""Forms that are not ours are refused, and so are sessions that are not theirs."""

import pytest

from marsad.web.cookies import form_token
from marsad.web.guard import safe_next
from tests.web.conftest import NAMES, PASSWORD

SIGN_IN = {"name": NAMES["coder"], "password": PASSWORD}
LABEL = {"label": "cron", "role": "viewer"}


def test_a_form_without_our_token_changes_nothing(client_as, desk):
    coder = client_as("coder")
    del coder.headers["X-CSRF-Token"]
    for csrf in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": "ünï"}):
        assert coder.post("/account/tokens", data=LABEL | csrf).status_code == 403
    assert desk.sessions.tokens_of(NAMES["coder"]) == []


def test_the_token_counts_as_a_field_and_as_a_header(client_as, desk):
    coder = client_as("coder")
    token = coder.headers.pop("X-CSRF-Token")
    assert coder.post("/account/tokens", data=LABEL | {"csrf": token}).status_code == 200
    assert (
        coder.post("/account/tokens", data=LABEL, headers={"X-CSRF-Token": token}).status_code
        == 200
    )
    assert len(desk.sessions.tokens_of(NAMES["coder"])) == 2


def test_the_token_of_another_session_is_not_ours(client_as, desk):
    one, other = client_as("coder"), client_as("coder")
    one.headers["X-CSRF-Token"] = other.headers["X-CSRF-Token"]
    assert one.post("/account/tokens", data=LABEL).status_code == 403


def test_a_file_in_place_of_the_token_is_no_token(client_as):
    coder = client_as("coder")
    del coder.headers["X-CSRF-Token"]
    answer = coder.post("/account/tokens", data=LABEL, files={"csrf": b"x"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
    ],
)
def test_another_sites_page_cannot_send_even_with_the_token(client_as, headers):
    answer = client_as("coder").post("/account/tokens", data=LABEL, headers=headers)
    assert answer.status_code == 403


def test_our_own_page_can_send(client_as):
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    answer = client_as("coder").post("/account/tokens", data=LABEL, headers=headers)
    assert answer.status_code == 200


def test_signing_in_needs_the_token_of_its_form(client_as):
    visitor = client_as("anonymous")
    del visitor.headers["X-CSRF-Token"]
    assert visitor.post("/sign-in", data=SIGN_IN).status_code == 403
    page = visitor.get("/sign-in").text
    token = page.split('name="csrf" value="')[1].split('"')[0]
    assert visitor.post("/sign-in", data=SIGN_IN | {"csrf": token}).status_code == 303


def test_a_session_that_was_there_before_is_not_the_one_after(client_as, desk):
    planted = desk.sessions.start(NAMES["viewer"])
    visitor = client_as("anonymous")
    visitor.cookies.set("marsad-session", planted)
    visitor.headers["X-CSRF-Token"] = form_token(planted)
    answer = visitor.post("/sign-in", data=SIGN_IN)
    assert answer.status_code == 303
    given = answer.cookies["marsad-session"]
    assert given != planted
    assert desk.sessions.find(planted) is None
    assert desk.sessions.find(given).name == NAMES["coder"]


def test_a_made_up_session_stays_worthless_after_signing_in(client_as, desk):
    visitor = client_as("anonymous")
    visitor.cookies.set("marsad-session", "made-up")
    visitor.headers["X-CSRF-Token"] = form_token("made-up")
    assert visitor.post("/sign-in", data=SIGN_IN).cookies["marsad-session"] != "made-up"
    assert desk.sessions.find("made-up") is None


def test_signing_out_ends_the_session_on_the_server(client_as, desk):
    coder = client_as("coder")
    kept = coder.cookies["marsad-session"]
    assert coder.post("/sign-out").status_code == 303
    assert desk.sessions.find(kept) is None
    coder.cookies.set("marsad-session", kept)
    assert coder.get("/account").status_code == 303


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/review?kind=air-strike&x=1", "/review?kind=air-strike&x=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("/\tevil", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
        ("/incidents/حادث", "/incidents/%D8%AD%D8%A7%D8%AF%D8%AB"),
    ],
)
def test_the_way_back_stays_on_the_desk(asked, led):
    assert safe_next(asked) == led


def test_a_program_needs_no_form_token_and_is_nobody_elsewhere(client_as, desk):
    token = desk.sessions.make_token(NAMES["coder"], "cron", "coder")
    program = client_as("anonymous")
    program.cookies.clear()
    program.headers = {"Authorization": f"Bearer {token}"}
    assert program.get("/account").status_code == 303
    assert program.get("/people").status_code == 303


def test_a_wrong_bearer_token_is_not_helped_by_a_cookie(client_as):
    coder = client_as("coder")
    answer = coder.get("/api/v1/incidents", headers={"Authorization": "Bearer wrong"})
    assert answer.status_code in (401, 404)  # 404 where no interface is served


@pytest.mark.parametrize(
    ("page", "led"),
    [
        ("http://localhost/review?kind=riot", "/sign-in?next=%2Freview%3Fkind%3Driot"),
        ("http://evil.example//evil.example", "/sign-in"),
        ("", "/sign-in"),
    ],
)
def test_htmx_is_led_to_sign_in_and_back_to_its_page(client_as, page, led):
    headers = {"HX-Request": "true", "HX-Current-URL": page}
    answer = client_as("anonymous").get("/account", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == led
