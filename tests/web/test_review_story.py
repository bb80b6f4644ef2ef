"""One evening at the desk: sign in, paste, keep, follow a figure, merge, undo, read the history."""

import json

import pytest

from marsad.store.database import Database
from marsad.store.ledger import Ledger
from marsad.store.people import People, read_role
from marsad.store.verify import verify
from tests.web.conftest import EXAMPLES, NAMES, PASSWORD
from tests.web.pair import REPORTS


@pytest.fixture
def desk_ledger(tmp_path):
    """An empty ledger, and one person of each role."""
    path = tmp_path / "ledger.sqlite"
    empty = Database(f"sqlite:///{path}")
    for role, name in NAMES.items():
        People(empty).add_with_password(name, read_role(role), PASSWORD)
    empty.close()
    return path


def test_an_evening_at_the_desk(open_page, served):
    page = open_page(None, "/review")
    page.fill("[name=name]", NAMES["coder"])
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/review")
    assert "Nothing waits for review" in page.locator("main").inner_text()

    # Paste the example, look at it, keep it.
    page.click("nav >> text=Intake")
    page.fill("textarea", (EXAMPLES / "tartus-ambush.html").read_text())
    page.click("text=Read it")
    page.locator(".intake-acts").wait_for(timeout=60_000)
    ledger: Ledger = served.desk.ledger
    assert ledger.end()[0] == 0
    page.click("text=Keep what is ticked")
    page.locator(".tag", has_text="kept").wait_for()
    page.locator(".intake-item a", has_text="Armed clash —").click()

    # Follow a figure to its sentence.
    page.wait_for_url("**/incidents/incident-*")
    page.locator(".evidence summary").first.click()
    page.locator(".evidence[open] a[href*='#claim-']").first.click()
    page.wait_for_url("**/reports/*#claim-*")
    card = page.locator(".claim:target")
    assert "killed: 14" in card.inner_text()
    card.locator("text=in the text").click()
    page.wait_for_url("**#e*")

    # Two reports of what may be one ambush.
    page.click("nav >> text=Intake")
    rows = "\n".join(json.dumps(row) for row in REPORTS[:2])
    page.set_input_files(
        "input[name=files]",
        {"name": "two.jsonl", "mimeType": "application/json", "buffer": rows.encode()},
    )
    page.click("text=Read it")
    page.locator(".intake-acts").wait_for(timeout=60_000)
    page.click("text=Keep what is ticked")
    page.locator(".tag", has_text="kept").first.wait_for()
    page.click("nav >> text=Review")
    page.locator(".queue a", has_text="may be one").first.click()
    page.fill("[name=reason]", "the same road on one night")
    page.click("text=Merge: they are one")
    page.locator(".note-good", has_text="made one").wait_for()

    # Undo it, and read how it came about.
    (decision,) = ledger.decisions()
    page.click(".note-good >> text=Undo")
    page.locator(".note-warn", has_text="taken back").wait_for()
    incident = next(i for i in ledger.incidents() if "road-a" in i.reports)
    assert incident.reports == ("road-a",)
    page.goto(f"/incidents/{incident.id}")
    history = page.locator("#history").inner_text()
    assert "the same road on one night" in history
    assert decision.made_by == NAMES["coder"]
    assert verify(ledger.database).fault is None
