"""The newsletter in a real browser: as it is meant, with nothing asked from outside."""

import pytest
from playwright.sync_api import sync_playwright

from marsad.publish.digest.parts import render_page
from tests.publish.digest.sample import ARABIC, HOSTILE, empty_digest, make_digest

ARGUMENTS = (
    "--no-sandbox --disable-quic --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("digest") / "digest.html"
    path.write_text(render_page(make_digest()), "utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_the_screen_and_asks_nothing_from_outside(browser, page_file, scheme, width):
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    asked, told = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.goto(page_file.as_uri())
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}
    assert told == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shown = page.locator("img:visible")
    assert shown.count() == 2
    for picture in shown.all():
        assert picture.evaluate("i => i.naturalWidth") == 1200
        assert len(picture.get_attribute("alt")) > 20
    assert page.locator(".preheader").is_hidden()
    ground = page.evaluate("getComputedStyle(document.querySelector('.sheet')).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") == (scheme == "light")
    page.close()


def test_hostile_words_are_words(browser, page_file):
    page = browser.new_page()
    page.goto(page_file.as_uri())
    assert page.locator("script").count() == 0
    assert page.locator("img[onerror]").count() == 0
    assert HOSTILE in page.locator("blockquote").first.inner_text()
    for link in page.locator("a").all():
        assert link.get_attribute("href").startswith("https://")
        assert "noopener" in link.get_attribute("rel")
    page.close()


def test_words_from_right_to_left_stand_by_themselves(browser, page_file):
    page = browser.new_page()
    page.goto(page_file.as_uri())
    quote = page.locator("blockquote").nth(1)
    assert quote.evaluate("q => getComputedStyle(q).direction") == "rtl"
    outlet = page.locator("bdi", has_text=ARABIC).first
    assert outlet.evaluate("b => getComputedStyle(b).unicodeBidi") == "isolate"
    page.close()


def test_both_sides_of_a_dispute_stand_beside_each_other_or_below(browser, page_file):
    def places(width):
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.goto(page_file.as_uri())
        one, other = (page.locator(".side").nth(n).bounding_box() for n in (0, 1))
        page.close()
        return one, other

    one, other = places(1280)
    assert one["y"] == other["y"]
    assert other["x"] > one["x"]
    one, other = places(390)
    assert other["y"] > one["y"]


def test_a_period_without_news_has_no_empty_parts():
    page = render_page(empty_digest())
    assert "Nothing new, nothing changed" in page
    assert "<h2" not in page
    assert "<img" not in page


def test_an_internal_digest_says_that_it_is():
    assert "not for the public" in render_page(make_digest(profile="internal"))
    assert "not for the public" not in render_page(make_digest())
