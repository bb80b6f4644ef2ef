"""A desk on a ledger with the example in it; clients of every role; a real browser."""

from __future__ import annotations

import shutil
import socket
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from marsad import cli
from marsad.settings import load_settings
from marsad.store import passwords
from marsad.store.database import Database
from marsad.store.ledger import Ledger
from marsad.store.people import read_role
from marsad.web.app import make_app
from marsad.web.cookies import form_token
from marsad.web.desk import Desk

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it would rather have a client that nothing else here needs
    from starlette.testclient import TestClient as TestClient

EXAMPLES = Path(__file__).parents[2] / "examples"
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGS = (
    "--no-sandbox --disable-quic --disable-background-networking --disable-component-update "
    "--disable-sync"
).split()
# Names that could not be taken for those of people in reports.
NAMES = {"viewer": "Vera Viewer", "coder": "Cody Coder", "admin": "Ada Admin"}
PASSWORD = "four quiet rivers run north"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch):
    """Hashes that cost next to nothing: what is tested is not scrypt."""
    monkeypatch.setattr(passwords, "LOG_N", 4)


@pytest.fixture(scope="session")
def made_desk_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, ingested once, and one person of each role."""
    path = tmp_path_factory.mktemp("desk") / "made.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARSAD_DATABASE", f"sqlite:///{path}")
        patch.setattr(passwords, "LOG_N", 4)
        sources = [EXAMPLES / "tartus-ambush.html", EXAMPLES / "tartus-reports.jsonl"]
        assert cli.run(["ingest", *map(str, sources)]) == 0
        desk = _open_desk(path)
        for role, name in NAMES.items():
            desk.people.add_with_password(name, read_role(role), PASSWORD)
        desk.ledger.database.close()
    return path


@pytest.fixture
def desk_ledger(tmp_path: Path, made_desk_ledger: Path) -> Path:
    """A copy of that ledger's file for one test."""
    path = tmp_path / "ledger.sqlite"
    for part in made_desk_ledger.parent.glob(f"{made_desk_ledger.name}*"):
        shutil.copy(part, path.with_name(part.name.replace("made", "ledger")))
    return path


@pytest.fixture
def desk(desk_ledger) -> Iterator[Desk]:
    """The desk of that ledger, served on the own machine without a public view."""
    opened = _open_desk(desk_ledger)
    yield opened
    opened.ledger.database.close()


@pytest.fixture
def client_as(desk: Desk) -> Iterator[Callable[[str], TestClient]]:
    """A function that gives a client signed in as "viewer", "coder", "admin", or "anonymous".

    It carries the form's token in a header, as our pages do, and does not follow redirects.
    """
    app = make_app(desk)
    opened: list[TestClient] = []

    def make(role: str = "anonymous") -> TestClient:
        client = TestClient(app, base_url="http://localhost", follow_redirects=False)
        opened.append(client)
        if role == "anonymous":
            client.cookies.set("marsad-form", "a form's secret")
            client.headers["X-CSRF-Token"] = form_token("a form's secret")
        else:
            token = desk.sessions.start(NAMES[role], "tests")
            client.cookies.set("marsad-session", token)
            client.headers["X-CSRF-Token"] = form_token(token)
        return client

    yield make
    for client in opened:
        client.close()


@pytest.fixture
def client(client_as) -> TestClient:
    """A client of a coder."""
    found: TestClient = client_as("coder")
    return found


@dataclass(frozen=True)
class Served:
    """A desk that listens on a port."""

    url: str
    desk: Desk

    def session_cookie(self, role: str) -> SetCookieParam:
        """The cookie of a new session, for Playwright's add_cookies."""
        token = self.desk.sessions.start(NAMES[role], "tests")
        return {"name": "marsad-session", "value": token, "url": self.url}


@pytest.fixture
def served(desk) -> Iterator[Served]:
    """The desk, served by uvicorn on a free port."""
    with serve(desk) as url:
        yield Served(url, desk)


class serve:  # noqa: N801 - used as a function
    """`with serve(desk) as url`: the desk on a free port, in a thread."""

    def __init__(self, desk: Desk) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        config = uvicorn.Config(
            make_app(desk), log_level="warning", access_log=False, server_header=False, ws="none"
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(
            target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True
        )

    def __enter__(self) -> str:
        self.thread.start()
        until = time.monotonic() + 20
        while not self.server.started:
            assert self.thread.is_alive(), "the server did not start"
            assert time.monotonic() < until, "the server did not start in time"
            time.sleep(0.02)
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self.server.should_exit = True
        self.thread.join(20)
        self.socket.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser, served: Served) -> Iterator[Callable[..., Page]]:
    """A function that opens a page of the served desk, signed in as `role` or as nobody.

    At the end of the test no script may have failed, and nothing been asked of other hosts.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def watch(request) -> None:
        if not request.url.startswith((served.url, "data:", "blob:")):
            faults.append(f"asked elsewhere: {request.url}")

    def make(
        role: str | None = "coder", path: str = "/", *, width: int = 1280, height: int = 900, **more
    ) -> Page:
        context = browser.new_context(
            base_url=served.url, viewport={"width": width, "height": height}, **more
        )
        contexts.append(context)
        if role is not None:
            context.add_cookies([served.session_cookie(role)])
        context.set_default_timeout(10_000)
        page: Page = context.new_page()
        page.on("request", watch)
        page.on("pageerror", lambda error: faults.append(f"script failed: {error}"))
        page.on(
            "console",
            lambda said: faults.append(f"console: {said.text}") if said.type == "error" else None,
        )
        page.goto(path)
        return page

    make.faults = faults  # type: ignore[attr-defined]
    yield make
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def browser_page(open_page) -> Page:
    """The overview in a browser, signed in as a coder."""
    opened: Page = open_page("coder")
    return opened


def _open_desk(path: Path) -> Desk:
    return Desk(Ledger(Database(f"sqlite:///{path}", create=False)), load_settings())
