"""What somebody who means harm sends to the desk's door."""

from __future__ import annotations

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from marsad.errors import ExportError
from marsad.records import IncidentFilter
from marsad.store import passwords
from marsad.store.saved_filters import SavedFilters
from marsad.web.app import make_app
from marsad.web.desk import FILES_AT_ONCE
from marsad.web.pages import download
from marsad.web.pages.sign_in import GUESSES_AT_ONCE
from marsad.workflow import export
from marsad.workflow.export import ExportRequest
from tests.web.conftest import NAMES, PASSWORD, TestClient


@pytest.mark.parametrize("header", ["http://[", "http://[::1", "http://desk]/", "null", "://", "x"])
def test_an_address_that_is_none_is_refused_like_any_other(client_as, header):
    visitor = client_as("anonymous")
    assert visitor.post("/sign-in", headers={"Origin": header}).status_code == 403
    sent = {"HX-Request": "true", "HX-Current-URL": header}
    assert visitor.get("/account", headers=sent).headers["hx-redirect"].startswith("/sign-in")


def test_a_failure_leaves_no_link_and_no_forged_line_in_the_log(desk, caplog, monkeypatch):
    def fail(*_: object) -> None:
        raise RuntimeError("broken")

    link = desk.people.make_link(NAMES["viewer"])
    monkeypatch.setattr(type(desk.people), "open_link", fail)
    client = TestClient(make_app(desk), base_url="http://localhost")
    with caplog.at_level(logging.ERROR, "marsad.web"):
        for given in (link, "x%0aERROR%20forged", "x%1b[2J"):
            assert client.get(f"/welcome/{given}").status_code == 500
    told = [record.getMessage() for record in caplog.records]
    assert told == ["GET /welcome/{token} failed"] * 3
    assert link not in caplog.text


def test_a_flood_of_guesses_leaves_the_desk_to_who_is_signed_in(desk, monkeypatch):
    """Each guess takes a thread as long as its hash takes; there are sixteen."""
    go_on = Event()

    def slow(*_: object) -> bytes:
        go_on.wait(30)
        return b""

    monkeypatch.setattr(passwords, "_scrypt", slow)
    app = make_app(desk)
    session = desk.sessions.start(NAMES["viewer"])

    def guess(number: int) -> int:
        visitor = TestClient(app, base_url="http://localhost")
        token = visitor.get("/sign-in").text.split('name="csrf" value="')[1].split('"')[0]
        form = {"name": f"Nobody {number}", "password": "wrong", "csrf": token}
        status: int = visitor.post("/sign-in", data=form).status_code
        return status

    count = 18
    with ThreadPoolExecutor(count) as pool:
        try:
            answers = [pool.submit(guess, number) for number in range(count)]
            until = time.monotonic() + 15
            while sum(a.done() for a in answers) < count - GUESSES_AT_ONCE:
                assert time.monotonic() < until, "too many wait"
                time.sleep(0.02)
            refused = [a for a in answers if a.done()]
            assert {a.result() for a in refused} == {429}
            reader = TestClient(app, base_url="http://localhost")
            reader.cookies.set("marsad-session", session)
            assert reader.get("/").status_code == 200
        finally:
            go_on.set()
    # Who was turned away is not counted as having guessed.
    assert {a.result() for a in answers if a not in refused} == {401}


@pytest.mark.parametrize("wanted", [{"place": "Tartus"}, {"box": (35.0, 34.0, 37.0, 36.0)}])
def test_a_feed_of_a_place_is_not_public_whatever_its_kinds(desk, client_as, wanted):
    """By a claim of another kind an incident in it may be one whose place is protected."""
    desk.public = True
    saved = IncidentFilter(types=("armed-clash",), **wanted)
    SavedFilters(desk.ledger.database).add("here", saved)
    assert client_as("anonymous").get("/feeds/here.atom").status_code == 404
    assert client_as("viewer").get("/feeds/here.atom").status_code == 200


def test_numbers_without_end_are_refused_and_no_fault(client):
    endless = "9" * 5000
    for number in (endless[:30], endless, "0", "-1"):
        assert client.post(f"/decisions/{number}/undo", data={"reason": "x"}).status_code == 422
    sent = client.post("/intake", data={"text": "Gunmen killed two people in Homs, police said."})
    kept = client.post(f"{sent.headers['location']}/keep", data={"item": [endless, "²", "0x0"]})
    assert kept.status_code == 303


class TestStalledDownloads:
    """Who asks for files and takes none must not keep the ledger from everybody else."""

    @pytest.fixture(autouse=True)
    def small_parts(self, monkeypatch):
        monkeypatch.setattr(export, "PAGE", 1)
        monkeypatch.setattr(download, "CHUNK_SIGNS", 10)
        monkeypatch.setattr(download, "CHUNKS_AHEAD", 1)
        monkeypatch.setattr(download, "LOOK_SECONDS", 0.02)

    def test_only_so_many_are_made_at_once(self, desk, client_as):
        for _ in range(FILES_AT_ONCE):
            assert desk.exports.acquire(blocking=False)
        refused = client_as("viewer").get("/download?format=csv")
        assert refused.status_code == 429
        assert refused.headers["Retry-After"]
        assert "downloading just now" in refused.text
        desk.exports.release()
        for _ in range(3):  # each gives its turn back
            assert client_as("viewer").get("/download?format=csv").status_code == 200

    def test_who_takes_nothing_is_left_and_never_gets_half_a_file_for_whole(
        self, desk, monkeypatch
    ):
        monkeypatch.setattr(download, "STALL_SECONDS", 0.2)
        ended = Event()
        asked = ExportRequest(("csv",), wanted=IncidentFilter())
        chunks = download.stream_export(desk.ledger, asked, ended.set)
        assert ended.wait(10)
        with pytest.raises(ExportError, match="for too long"):
            list(chunks)


def test_who_changes_a_password_hears_of_tokens_that_still_open_the_desk(desk, client_as):
    """Whoever had the account for a moment may have made one."""
    desk.sessions.make_token(NAMES["viewer"], "a spreadsheet", "viewer")
    form = {"password": PASSWORD, "new": "five loud rivers run south", "again": ""}
    form["again"] = form["new"]
    told = client_as("viewer").post("/account/password", data=form).text
    assert "A token of yours still opens" in told
