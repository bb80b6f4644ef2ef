"""An incident's page in a real browser: from a number to its words, deciding, widths, axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.axe import overflow, serious_violations
from tests.web.hostile import keep_hostile


@pytest.fixture
def ambush(served):
    return max(served.desk.ledger.incidents(), key=lambda incident: len(incident.reports)).id


def test_a_figure_is_followed_to_its_words_in_the_report(open_page, ambush):
    page = open_page("coder", f"/incidents/{ambush}")
    head = page.get_by_role("rowheader", name="members of the interior ministry's forces")
    row = page.locator("tr", has=head)
    evidence = row.locator("xpath=following-sibling::tr[1]")
    evidence.locator("summary").press("Enter")
    expect(evidence.locator("mark.read").first).to_be_visible()
    evidence.get_by_role("link").first.click()
    page.wait_for_url("**/reports/*#claim-*")
    assert page.evaluate("document.querySelector(location.hash) !== null")


def test_two_incidents_are_made_one_and_it_is_undone(open_page, served):
    ledger = served.desk.ledger
    one, other = [i for i in ledger.incidents() if i.event_type == "peaceful-protest"][:2]
    page = open_page("coder", f"/incidents/{one.id}")
    page.get_by_text("It is one with another incident").click()
    page.get_by_label("The other’s id").fill(other.id[9:16])
    form = page.locator("form", has=page.get_by_label("The other’s id"))
    form.get_by_label("Why").fill("told twice")
    form.get_by_role("button", name="Make them one").click()
    page.get_by_text("made one").first.wait_for()
    assert "merged" in page.locator("#history").inner_text()
    assert len(list(ledger.incidents())) == 5
    page.goto(f"/incidents/{other.id}")
    item = page.locator(".decided li", has_text="told twice")
    item.get_by_role("button", name="Undo").click()
    page.get_by_text("is taken back").first.wait_for()
    assert len(list(ledger.incidents())) == 6


def test_a_value_is_corrected_with_a_reason_and_the_history_tells(open_page, ambush):
    page = open_page("coder", f"/incidents/{ambush}")
    page.get_by_text("Correct a value").click()
    page.get_by_label("Which").select_option("killed")
    page.get_by_label("New value").fill("15")
    form = page.locator("form", has=page.get_by_label("New value"))
    form.get_by_label("Why").fill("the hospital's list")
    form.get_by_role("button", name="Set it").click()
    page.wait_for_url("**/incidents/*done=*")
    history = page.locator("#history")
    assert "the hospital's list" in history.inner_text()
    expect(page.locator(".tallies tbody tr").first).to_contain_text("15")


def test_the_account_as_it_stood_is_one_click_away(open_page, ambush):
    page = open_page("viewer", f"/incidents/{ambush}")
    page.locator(".history a").first.click()
    page.get_by_text("As the account stood at").wait_for()
    page.get_by_role("link", name="As it stands now").click()
    expect(page.get_by_text("As the account stood at")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light"), (390, "dark")])
def test_it_is_accessible_and_fits_its_window(open_page, ambush, width, scheme):
    page = open_page("coder", f"/incidents/{ambush}", width=width, color_scheme=scheme)
    expect(page.locator("#small-map")).to_be_visible(timeout=15_000)
    for summary in page.locator(".evidence > summary").all()[:4]:
        summary.click()
    assert overflow(page) == 0
    assert serious_violations(page) == []


def test_the_small_map_pins_no_district(open_page, ambush):
    page = open_page("coder", f"/incidents/{ambush}")
    assert page.locator("#small-map").get_attribute("data-precision") == "district"
    assert page.get_by_text("somewhere within about 30 km").count() == 1


def test_hostile_words_stay_words(open_page, served):
    incident = keep_hostile(served.desk.ledger)
    for path in (f"/incidents/{incident}", f"/incidents/{incident}?names=1"):
        page = open_page("coder", path, width=390)
        for summary in page.locator("summary").all():
            if summary.is_visible():
                summary.click()
        assert page.title() != "taken"
        assert overflow(page) == 0


def test_the_public_page_is_accessible(open_page, served, ambush):
    served.desk.public = True
    page = open_page(None, f"/incidents/{ambush}")
    assert serious_violations(page) == []
    page.goto("/")
    expect(page.locator("#map-says")).to_contain_text("on the map", timeout=15_000)
    assert serious_violations(page) == []
