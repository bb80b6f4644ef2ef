"""Intake: what is sent is shown first, kept as shown, and leads nowhere inside."""

import io
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from marsad.records import IncidentFilter
from marsad.reports.address_guard import AddressGuard
from marsad.store.verify import verify
from marsad.web.intake_jobs import HELD_SECONDS, JOBS_A_PERSON, Jobs
from marsad.workflow import Coder
from tests.web.axe import overflow, serious_violations
from tests.web.conftest import EXAMPLES, NAMES

PAGE = EXAMPLES / "tartus-ambush.html"
TEXT = "Gunmen killed nine farmers in an attack near Beni on Tuesday, a doctor said."


@pytest.fixture(scope="module")
def coder():
    return Coder()


@pytest.fixture(autouse=True)
def loaded(desk, coder):
    """The desk's coder, loaded once for all these tests."""
    desk.__dict__["_coder"] = coder


def send(client, *, files=(), **fields):
    sent = [("files", (name, io.BytesIO(data))) for name, data in files]
    return client.post("/intake", data=fields, files=sent or None)


def look(client, response):
    """The job's page, when all was read."""
    assert response.status_code == 303, response.text
    where = response.headers["location"]
    until = time.monotonic() + 60
    while time.monotonic() < until:
        page = client.get(where)
        assert page.status_code == 200
        if "Reading…" not in page.text:
            return where, page.text
        time.sleep(0.05)
    raise AssertionError("it was not read in time")


def keep(client, where, *positions):
    answer = client.post(f"{where}/keep", data={"item": [str(p) for p in positions]})
    assert answer.status_code == 303
    return client.get(where).text


def reports(desk):
    return {r.coded.report.id: r for r in desk.ledger.readings()}


def test_what_is_pasted_is_shown_and_not_kept_before_one_says_so(client, desk):
    before = desk.ledger.end()
    where, page = look(client, send(client, text=TEXT, published="2025-03-05", outlet="Ridge FM"))
    assert "Attack on the unarmed" in page
    assert "Tuesday 4 March 2025" in page
    assert "killed: farmers" in page
    assert "Ridge FM" in page
    assert desk.ledger.end() == before
    kept = keep(client, where, 0)
    assert "kept" in kept
    (new,) = [r for r in reports(desk).values() if r.coded.report.outlet == "Ridge FM"]
    assert new.coded.report.text == TEXT
    assert new.origin == f"pasted text, sent by {NAMES['coder']}"
    assert re.search(r'/incidents/incident-[0-9a-f]{16}"', kept)
    assert verify(desk.ledger.database).fault is None


def test_the_example_page_says_that_it_is_there_already(client, desk):
    before = desk.ledger.end()
    where, page = look(client, send(client, files=[(PAGE.name, PAGE.read_bytes())]))
    assert "there already, with what was read in it" in page
    assert 'value="0"' in page
    assert "checked" not in page.partition('value="0"')[2].partition(">")[0]
    assert "was there already; nothing was changed" in keep(client, where, 0)
    assert desk.ledger.end() == before


def test_a_copy_is_named_with_the_report_that_it_repeats(client, desk):
    (known,) = [r for r in reports(desk).values() if "Orontes" in (r.coded.report.outlet or "")]
    copied = known.coded.report.text
    fields = {"outlet": "Another Daily", "title": "The ambush", "published": "2024-12-27"}
    _, page = look(client, send(client, text=copied, **fields))
    assert "is there already" in page
    assert f"/reports/{known.coded.report.id}" in page
    assert "Will count for" in page


def test_one_bad_file_never_stops_the_others(client, desk):
    files = [
        ("empty.html", b""),
        (
            "broken.jsonl",
            b'{"text": "Police shot three marchers dead in Beni on Monday."}\n{oops\n',
        ),
        ("picture.html", bytes(range(256)) * 40),
        ("../../etc/passwd.txt", TEXT.encode()),
    ]
    where, page = look(client, send(client, files=files))
    assert "empty.html: empty" in page
    assert "broken.jsonl, line 2" in page
    assert "picture.html" in page
    assert "2 reports read, 3 failed" in page
    assert "../" not in page
    before = set(reports(desk))
    keep(client, where, *range(5))
    origins = {reports(desk)[key].origin for key in set(reports(desk)) - before}
    assert origins == {
        f"broken.jsonl#1, sent by {NAMES['coder']}",
        f"passwd.txt, sent by {NAMES['coder']}",
    }


def test_it_is_kept_once_however_often_it_is_pressed(client, desk):
    where, _ = look(client, send(client, text=TEXT, published="2025-03-05"))
    keep(client, where, 0)
    end = desk.ledger.end()
    keep(client, where, 0)
    assert desk.ledger.end() == end


def test_only_who_sent_it_sees_and_keeps_it(client_as, desk):
    coder, other = client_as("coder"), client_as("admin")
    where, _ = look(coder, send(coder, text=TEXT))
    before = desk.ledger.end()
    assert other.get(where).status_code == 404
    assert other.post(f"{where}/keep", data={"item": "0"}).status_code == 404
    assert other.post(f"{where}/drop").status_code == 303
    assert desk.ledger.end() == before
    assert coder.get(where).status_code == 200
    assert coder.post(f"{where}/drop").status_code == 303
    assert coder.get(where).status_code == 404


@pytest.mark.parametrize("fields", [{}, {"text": "  "}, {"address": " ".join(["http://x.y"] * 11)}])
def test_nothing_and_too_much_are_refused_with_what_was_typed(client, fields):
    answer = send(client, title="My <title>", **fields)
    assert answer.status_code == 422
    assert 'value="My &lt;title&gt;"' in answer.text


@pytest.mark.parametrize("field", ["published", "language"])
def test_a_field_that_cannot_be_is_told(client, field):
    _, page = look(client, send(client, text=TEXT, **{field: "<b>soonish"}))
    assert "0 reports read, 1 failed" in page
    assert "<b>soonish" not in page


def test_a_job_is_forgotten_after_its_time_and_a_person_has_few(desk):
    now = [0.0]
    jobs = Jobs(clock=lambda: now[0])
    made = []
    for _ in range(JOBS_A_PERSON + 2):
        job = jobs.start(desk, "Lina", [iter(())])
        while not job.is_done:
            time.sleep(0.01)
        made.append(job)
    assert jobs.of("Lina") == made[: -JOBS_A_PERSON - 1 : -1]
    assert jobs.find(made[-1].token, "Sami") is None
    now[0] = HELD_SECONDS + 1
    assert jobs.find(made[-1].token, "Lina") is None


# Addresses


class Site(BaseHTTPRequestHandler):
    """A news site that also tries to lead elsewhere; it notes what is asked of it."""

    asked: list[str]

    def do_GET(self):
        self.asked.append(self.path)
        if self.path == "/away":
            self.send_response(302)
            self.send_header(
                "Location", f"http://127.0.0.1:{self.connection.getsockname()[1]}/secret"
            )
            self.end_headers()
            return
        body = f"<html><body><article><h1>News</h1><p>{TEXT}</p></article></body></html>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.path == "/huge":
            body = b"<p>" + b"x" * 3_000_000
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Opened(AddressGuard):
    """Takes the tests' own site for one of the public internet, by that name alone."""

    def find_addresses(self, host, port):
        return ["127.0.0.1"] if host == "news.example" else super().find_addresses(host, port)


@pytest.fixture
def site():
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "127.1",
        "2130706433",
        "169.254.169.254",
        "10.0.0.7",
        "192.168.1.1",
        "172.16.3.4",
        "[fe80::1]",
        "[fd00::1]",
        "100.64.0.1",
        "user@127.0.0.1",
    ],
)
def test_addresses_inside_are_never_asked(client, site, host):
    client.app.state.intake_guard = AddressGuard(ports={80, site.server_port})
    _, page = look(client, send(client, address=f"http://{host}:{site.server_port}/x"))
    assert "1 failed" in page
    assert Site.asked == []


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://news.example/x", "gopher://x", "/etc/passwd", "-"]
)
def test_only_web_addresses_are_read(client, address):
    _, page = look(client, send(client, address=address))
    assert "only http and https addresses are read" in page


def test_a_redirect_inside_is_not_followed(client, site):
    client.app.state.intake_guard = Opened(ports={site.server_port})
    _, page = look(client, send(client, address=f"http://news.example:{site.server_port}/away"))
    assert "not on the public internet" in page
    assert Site.asked == ["/away"]


def test_a_name_that_leads_inside_when_it_is_used_is_not_followed(client, site):
    answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1"])
    guard = AddressGuard(ports={site.server_port}, resolver=lambda host, port: [next(answers)])
    next(iter(guard.find_addresses("turning.example", 80)))  # as a check before would see it
    client.app.state.intake_guard = guard
    _, page = look(client, send(client, address=f"http://turning.example:{site.server_port}/x"))
    assert "not on the public internet" in page
    assert Site.asked == []


def test_a_page_of_the_web_is_read_once_and_kept_as_shown(client, desk, site):
    client.app.state.intake_guard = Opened(ports={site.server_port})
    address = f"http://news.example:{site.server_port}/story"
    where, page = look(client, send(client, address=address))
    assert "killed: farmers" in page
    keep(client, where, 0)
    assert Site.asked == ["/story"]
    assert address in {r.origin for r in reports(desk).values()}


def test_a_page_that_is_too_large_is_refused(client, desk, site, monkeypatch):
    monkeypatch.setattr(desk, "settings", _smaller(desk.settings))
    client.app.state.intake_guard = Opened(ports={site.server_port})
    _, page = look(client, send(client, address=f"http://news.example:{site.server_port}/huge"))
    assert "larger than 2,000,000 bytes" in page


def test_a_feed_that_is_sent_leads_nowhere_inside(client, site):
    link = f"http://127.0.0.1:{site.server_port}/secret"
    feed = f"<rss version='2.0'><channel><title>t</title><item><title>a</title><link>{link}</link>"
    feed += "</item></channel></rss>"
    client.app.state.intake_guard = AddressGuard(ports={site.server_port})
    look(client, send(client, files=[("feed.xml", feed.encode())]))
    assert Site.asked == []


def _smaller(settings):
    from dataclasses import replace

    return replace(settings, max_report_bytes=2_000_000)


# In a browser


def test_the_example_is_pasted_kept_and_opened(open_page, served):
    page = open_page("coder", "/intake")
    page.fill("textarea", "Ambush on a road\n\n5 March 2025\n\n" + TEXT)
    page.set_input_files("input[name=files]", [PAGE])
    page.click("text=Read it")
    page.locator(".intake-acts").wait_for(timeout=60_000)
    assert serious_violations(page) == []
    page.click("text=Keep what is ticked")
    page.locator(".tag", has_text="kept").wait_for()
    page.click("text=Attack on the unarmed — near Beni")
    page.wait_for_url("**/incidents/incident-*")
    assert len(list(served.desk.ledger.incidents(IncidentFilter(place="Beni")))) == 1


def test_intake_is_accessible_and_fits_a_phone(open_page):
    page = open_page("coder", "/intake", width=390, height=844, color_scheme="dark")
    assert serious_violations(page) == []
    assert overflow(page) <= 0
    page.fill("textarea", "x" * 5000 + " " + TEXT)
    page.click("text=Read it")
    page.locator(".intake-acts").wait_for(timeout=60_000)
    page.click("summary")
    assert overflow(page) <= 0
