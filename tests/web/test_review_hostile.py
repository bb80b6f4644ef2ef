"""What hostile reports bring to the queue, to intake and to what is said of decisions is text."""

import json
import re

import pytest

from marsad.workflow import Coder, decide
from tests.web.axe import overflow
from tests.web.pair import desk_ledger, made_pair_ledger  # noqa: F401 - fixtures
from tests.web.test_intake import look, send

BAD = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202egnp.exe\u2066{{7*7}}"
TEXT = f"Gunmen killed 14 traders near Beni, North Kivu, on Saturday, {BAD} said. {'W' * 30_000}"


def is_text(page):
    assert "<script>alert" not in page
    assert not re.search(r"<img [^>]*onerror", page)
    assert not set(page) & set("\u202e\u2066")
    return True


@pytest.fixture(scope="module")
def coder():
    return Coder()


@pytest.fixture(autouse=True)
def loaded(desk, coder):
    desk.__dict__["_coder"] = coder


def as_lines(**more):
    row = {"text": TEXT, "title": BAD, "outlet": BAD, "url": f"javascript:alert(3)//{BAD}"}
    return json.dumps(row | {"published": "2025-03-05", "language": "en"} | more).encode()


def test_intake_shows_it_as_text(client, desk):
    lines = as_lines() + b"\n" + as_lines(published=BAD) + b"\n" + as_lines(language=BAD)
    where, page = look(client, send(client, files=[("bad.jsonl", lines)]))
    assert is_text(page)
    assert "1 report read, 2 failed" in page
    assert 'href="javascript' not in page
    assert client.post(f"{where}/keep", data={"item": "0"}).status_code == 303
    assert is_text(client.get(where).text)
    (incident,) = [i for i in desk.ledger.incidents() if _is_bad(desk, i)]
    assert is_text(client.get(f"/review?item=single.{incident.id}").text)
    assert is_text(client.get("/review").text)


def _is_bad(desk, incident):
    return any(
        "script" in (r.report.title or "") for r in desk.ledger.reports(incident.reports).values()
    )


def test_file_names_are_text(client):
    name = f"{BAD.replace('/', '')}.html"
    _, page = look(client, send(client, files=[(name, b"\x00\x01")]))
    assert is_text(page)
    assert "1 failed" in page


def test_reasons_and_refusals_are_text(client, desk):
    incident = next(i for i in desk.ledger.incidents() if "road-a" in i.reports)
    decided = decide.confirm(desk.ledger, incident.id, BAD, BAD)
    assert is_text(client.get(f"/review?done={decided.decision.seq}").text)
    refused = client.post(
        "/decisions", data={"kind": BAD, "incident": BAD, "back": f"/review?x={BAD}"}
    )
    assert refused.status_code == 409
    assert is_text(refused.text)
    for query in (f"item={BAD}", f"done={BAD}", "done=99999999999999999999"):
        assert is_text(client.get(f"/review?{query}").text)
    assert is_text(client.get(f"/review/blind?skip={BAD}").text)


def test_a_long_word_widens_no_preview(open_page, served):
    page = open_page("coder", "/intake", width=390, height=844)
    sent = {"name": "bad.jsonl", "mimeType": "application/json", "buffer": as_lines()}
    page.set_input_files("input[name=files]", sent)
    page.click("text=Read it")
    page.locator(".intake-acts").wait_for(timeout=60_000)
    assert overflow(page) <= 0
    page.click("text=Keep what is ticked")
    page.locator(".tag", has_text="kept").wait_for()
    page.goto("/review")
    assert overflow(page) <= 0
