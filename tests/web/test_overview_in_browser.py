"""The overview in a real browser: drawing on the map, brushing the timeline, back, widths, axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.axe import overflow, serious_violations
from tests.web.hostile import keep_hostile


def ready(page):
    """Wait until the map shows what the server gave it."""
    expect(page.locator("#map-says")).to_contain_text("on the map", timeout=15_000)
    page.wait_for_selector("#map canvas")
    return page


def count(page) -> int:
    first = page.inner_text("#sums-title").split()[0]
    return 0 if first == "No" else int(first)


def spot(page, share_x, share_y):
    """A point of the map's canvas, by its share of the width and height."""
    page.locator("#map canvas").scroll_into_view_if_needed()
    box = page.locator("#map canvas").bounding_box()
    return box["x"] + share_x * box["width"], box["y"] + share_y * box["height"]


def test_a_box_drawn_with_the_mouse_becomes_the_filter_and_back_undoes_it(open_page):
    page = ready(open_page("coder", "/"))
    assert count(page) == 6
    page.get_by_role("button", name="Draw a box").click()
    page.mouse.move(*spot(page, 0.05, 0.05))
    page.mouse.down()
    page.mouse.move(*spot(page, 0.5, 0.98), steps=4)
    page.mouse.up()
    page.wait_for_url("**/?box=*")
    expect(page.locator("#sums-title")).not_to_have_text("6 incidents")
    found = count(page)
    assert 0 < found < 6
    assert page.get_by_label("Box: west, south, east, north").input_value()
    page.reload()
    ready(page)
    assert count(page) == found
    page.go_back()
    ready(page)
    assert (count(page), page.url.partition("?")[2]) == (6, "")
    assert page.get_by_label("Box: west, south, east, north").input_value() == ""


def test_an_area_drawn_corner_by_corner_is_cleared_by_a_button(open_page):
    page = ready(open_page("coder", "/"))
    page.get_by_role("button", name="Draw an area").click()
    for corner in ((0.02, 0.02), (0.55, 0.02), (0.3, 0.95)):
        page.mouse.click(*spot(page, *corner))
        page.wait_for_timeout(50)
    page.get_by_role("button", name="Done").click()
    page.wait_for_url("**/?polygon=*")
    page.get_by_text("in an area of 3 corners").wait_for()
    page.get_by_role("button", name="Clear the area").click()
    expect(page.locator("#sums-title")).to_have_text("6 incidents")
    assert "polygon" not in page.url


def test_a_finger_draws_a_box(open_page):
    page = ready(open_page("coder", "/", width=390, height=844, has_touch=True))
    page.get_by_role("button", name="Draw a box").tap()
    (x1, y1), (x2, y2) = spot(page, 0.1, 0.1), spot(page, 0.6, 0.9)
    touch = page.context.new_cdp_session(page)
    for kind, points in (
        ("touchStart", [{"x": x1, "y": y1}]),
        ("touchMove", [{"x": (x1 + x2) / 2, "y": (y1 + y2) / 2}]),
        ("touchMove", [{"x": x2, "y": y2}]),
        ("touchEnd", []),
    ):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait_for_url("**/?box=*")


def test_the_same_by_keyboard(open_page):
    page = ready(open_page("coder", "/"))
    page.locator("#map canvas").focus()
    page.keyboard.press("+")
    page.wait_for_timeout(600)
    page.get_by_role("button", name="What is in view").press("Enter")
    page.wait_for_url("**/?box=*")
    page.get_by_label("From").fill("2024-12-01")
    page.get_by_label("From").press("Enter")
    page.wait_for_url("**/?since=2024-12-01&box=*")
    page.get_by_role("button", name="Draw a box").press("Enter")
    page.keyboard.press("Escape")
    assert page.get_by_role("button", name="Draw a box").get_attribute("aria-pressed") == "false"


def test_days_brushed_on_the_timeline_become_the_filter(open_page):
    page = ready(open_page("coder", "/"))
    over = page.locator("#timeline .u-over")
    over.scroll_into_view_if_needed()
    box = over.bounding_box()
    page.mouse.move(box["x"] + 0.8 * box["width"], box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + 40, steps=4)
    page.mouse.up()
    page.wait_for_url("**/?since=2024-12-*&until=2024-12-25")
    expect(page.locator("#sums-title")).to_have_text("5 incidents")
    page.get_by_role("button", name="All dates").click()
    expect(page.locator("#sums-title")).to_have_text("6 incidents")


def test_a_condition_is_taken_out_with_its_fields(open_page):
    page = ready(open_page("coder", "/?country=SYR&outcome=killed&at_least=2"))
    page.locator(".condition", has_text="2 or more killed").click()
    page.wait_for_url("**/?country=SYR")
    assert page.locator("[name=at_least]").input_value() == ""
    assert page.locator("[name=outcome]").input_value() == ""


def test_what_the_map_shows_can_be_read_and_opened_as_a_list(open_page):
    page = ready(open_page("coder", "/?outcome=killed"))
    page.get_by_text("What the map shows, as a list").click()
    lines = page.locator("#map-list li")
    lines.first.wait_for()
    assert "at least 14 killed" in page.inner_text("#map-list")
    lines.first.get_by_role("button").press("Enter")
    popup = page.locator(".maplibregl-popup")
    popup.get_by_role("link").first.wait_for()
    assert "Known" in popup.inner_text()


def test_without_a_script_the_form_and_the_list_work(open_page):
    page = open_page("coder", "/", java_script_enabled=False)
    page.get_by_label("At least").fill("6")
    page.get_by_label("people").select_option("killed")
    page.get_by_role("button", name="Show").click()
    assert page.url.endswith("/?outcome=killed&at_least=6")
    assert count(page) == 1
    page.get_by_role("link", name="Armed clash").click()
    assert "Armed clash" in page.inner_text("h1")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light")])
def test_it_is_accessible_and_fits_its_window(open_page, width, scheme):
    page = ready(open_page("coder", "/?country=SYR", width=width, color_scheme=scheme))
    assert overflow(page) == 0
    assert serious_violations(page) == []


def test_hostile_words_stay_words(open_page, served):
    keep_hostile(served.desk.ledger)
    page = ready(open_page("coder", "/?country=COD", width=390))
    assert page.title() == "Overview · marsad"
    assert overflow(page) == 0
    page.get_by_text("What the map shows, as a list").click()
    page.locator("#map-list button").first.click()
    page.locator(".maplibregl-popup a").first.wait_for()
    assert page.title() == "Overview · marsad"


def test_a_page_of_nothing_is_no_empty_frame(open_page):
    page = open_page("coder", "/?country=SDN")
    page.get_by_text("Nothing matches").wait_for()
    expect(page.locator("[data-timeline]")).to_be_hidden()
    assert serious_violations(page) == []
