"""The frame of the pages in a real browser: signing in, people, keys, themes, accessibility."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest

from tests.web.conftest import NAMES, PASSWORD

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
# WCAG 2.2, levels A and AA.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
    return [
        f"{fault['id']} ({fault['impact']}): {fault['nodes'][0]['html'][:120]}"
        for fault in found["violations"]
    ]


def test_from_the_first_link_to_signing_out(open_page, served):
    token = served.desk.people.add("Noor Haddad", "admin")
    page = open_page(None, f"/welcome/{token}")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    page.wait_for_url("**/")
    page.locator("summary", has_text="Noor Haddad").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in")
    page.goto("/people")
    assert "/sign-in?next=" in page.url
    page.get_by_label("Name").fill("noor haddad")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/people")


def test_an_admin_adds_a_person_and_revokes_nothing_unasked(open_page, served):
    page = open_page("admin", "/people")
    page.get_by_label("Name").fill("Basma <b>Ali</b>")
    page.get_by_role("button", name="Make the account").click()
    assert "/welcome/" in page.locator("#secret").inner_text()
    assert page.locator("strong", has_text="Basma <b>Ali</b>").count() == 1
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.locator("li", has_text="Basma").get_by_role("button", name="Remove").click()
    assert served.desk.people.find("Basma <b>Ali</b>")
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("li", has_text="Basma").get_by_role("button", name="Remove").click()
    page.wait_for_selector("text=can no longer sign in")
    assert served.desk.people.find("Basma <b>Ali</b>") is None


def test_the_theme_is_kept_and_drawn_without_a_flash(open_page):
    page = open_page("viewer", "/account", color_scheme="light")
    page.locator("[data-theme-toggle]").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.goto("/account")
    assert 'data-theme="dark"' in page.request.get("/account").text()
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_keys_lead_to_search_help_and_pages(open_page):
    page = open_page("admin", "/account")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("g?")
    assert page.locator("dialog").count() == 0
    page.locator("#search").fill("")
    page.locator("#search").blur()
    page.keyboard.press("?")
    assert "g p" in page.locator("dialog").inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/people")


def test_times_are_the_readers_with_the_original_beside(open_page):
    page = open_page("viewer", "/account", timezone_id="Asia/Damascus", locale="en-GB")
    time = page.locator("time[data-local]").first
    assert "GMT+3" in time.inner_text()
    assert time.get_attribute("title").endswith("UTC")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("role", "path"),
    [(None, "/sign-in"), ("admin", "/people"), ("coder", "/account"), (None, "/welcome/none")],
)
def test_pages_hold_to_wcag(open_page, served, role, path, scheme):
    if role == "coder":
        served.desk.sessions.make_token(NAMES["coder"], "export", "viewer")
    page = open_page(role, path if "none" not in path else "/sign-in", color_scheme=scheme)
    if "none" in path:
        token = served.desk.people.make_link(NAMES["coder"])
        page.goto(f"/welcome/{token}")
    assert violations(page) == []


def test_an_error_page_holds_to_wcag(open_page):
    page = open_page("viewer", "/nothing/here")
    assert violations(page) == []
    open_page.faults.clear()  # the browser's word that the page was not found


def test_the_public_finds_no_search_that_would_tell_of_names(open_page, served):
    served.desk.public = True
    page = open_page(None, "/")
    assert page.get_by_role("search").count() == 0
    assert page.get_by_role("link", name="Sign in").count() == 1
    assert page.locator("meta[name=csrf-token]").count() == 0


@pytest.mark.parametrize("path", ["/people", "/account"])
def test_nothing_is_wider_than_a_phone(open_page, served, path):
    served.desk.people.add("A name of sixty letters that goes on and on and never stops", "coder")
    page = open_page("admin", path, width=360, height=740)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_first_key_reaches_the_link_past_the_head(open_page):
    page = open_page("admin", "/people")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_page_cannot_be_framed(open_page, served, tmp_path):
    import http.server
    import threading

    class Frame(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = f'<iframe src="{served.url}/sign-in"></iframe>'.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Frame)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = open_page(None, "/sign-in")
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    page.wait_for_timeout(300)
    assert not any("Sign in" in (frame.title() or "") for frame in page.frames[1:])
    server.shutdown()
    server.server_close()
    open_page.faults.clear()  # the other page, and the browser's word about the refused frame
