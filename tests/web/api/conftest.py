"""A ledger with names that are not to be told, and programs of every role that ask it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from marsad import cli
from marsad.settings import load_settings
from marsad.store.database import Database
from marsad.store.ledger import Ledger
from marsad.store.people import read_role
from marsad.web.app import make_app
from marsad.web.desk import Desk
from tests.web.conftest import NAMES, TestClient

# Words that must not be found in what the public, or who did not ask for names, is told.
PRIVATE = ("Nadim", "Farhan", "Lamia", "Sabbagh")
# The village of an abduction: a sensitive place.
PROTECTED = "Binnish"
REPORTS = (
    {
        "id": "market-strike",
        "outlet": "Harbour Wire",
        "url": "https://wire.example/idlib/market",
        "title": "Nine civilians killed in air strike on Idlib market",
        "published": "2024-03-12",
        "text": "An air strike on a market in Idlib killed nine civilians on Sunday, rescue "
        "workers said. Among the dead was Nadim Qasem Farhan, 43, a baker.",
    },
    {
        "id": "market-strike-later",
        "outlet": "Hill Gazette",
        "title": "Toll of Idlib market strike rises to 11",
        "published": "2024-03-13",
        "text": "The death toll of Sunday's air strike on a market in Idlib has risen to 11 "
        "civilians, rescue workers said on Wednesday.",
    },
    {
        "id": "https://gazette.example/2024/binnish?x=1/2",
        "outlet": "Hill Gazette",
        "title": "Gunmen abduct nurse in Binnish",
        "published": "2024-03-20",
        "text": "Gunmen abducted the nurse Lamia Sabbagh in Binnish on Tuesday, her family said.",
    },
)


@pytest.fixture(scope="session")
def made_api_ledger(tmp_path_factory: pytest.TempPathFactory, made_desk_ledger: Path) -> Path:
    """The desk's ledger with these reports besides, made once."""
    folder = tmp_path_factory.mktemp("api")
    path = folder / "made.sqlite"
    for part in made_desk_ledger.parent.glob(f"{made_desk_ledger.name}*"):
        shutil.copy(part, folder / part.name)
    source = folder / "more.jsonl"
    source.write_text("".join(json.dumps(report) + "\n" for report in REPORTS), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARSAD_DATABASE", f"sqlite:///{path}")
        assert cli.run(["ingest", str(source)]) == 0
    return path


@pytest.fixture
def ledger_url(tmp_path: Path, made_api_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A copy of that ledger for one test, which the commands use too."""
    for part in made_api_ledger.parent.glob("made.sqlite*"):
        shutil.copy(part, tmp_path / part.name.replace("made", "ledger"))
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    monkeypatch.setenv("MARSAD_DATABASE", url)
    return url


@pytest.fixture
def api_desk(ledger_url: str) -> Iterator[Desk]:
    """The desk of that ledger, without a public view."""
    desk = Desk(Ledger(Database(ledger_url, create=False)), load_settings())
    yield desk
    desk.ledger.database.close()


@pytest.fixture
def program(api_desk: Desk) -> Iterator[Callable[[str], TestClient]]:
    """A function that gives a program with a token of a role, or without one."""
    app = make_app(api_desk)
    opened: list[TestClient] = []

    def make(role: str = "coder") -> TestClient:
        client = TestClient(app, base_url="http://localhost", follow_redirects=False)
        opened.append(client)
        if role != "anonymous":
            token = api_desk.sessions.make_token(NAMES[role], "tests", read_role(role))
            client.headers["Authorization"] = f"Bearer {token}"
        return client

    yield make
    for client in opened:
        client.close()


@pytest.fixture
def api(program) -> TestClient:
    """A coder's program."""
    client: TestClient = program("coder")
    return client


@pytest.fixture
def public(api_desk, program) -> TestClient:
    """A program without a token at a desk with a public view."""
    api_desk.public = True
    client: TestClient = program("anonymous")
    return client


def walk(client: TestClient, address: str) -> Iterator[dict[str, Any]]:
    """The pages of a list, one after the other."""
    following: str | None = address
    while following is not None:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        yield page
        following = page["next"]


def items(client: TestClient, address: str) -> list[dict[str, Any]]:
    """All items of a list."""
    return [item for page in walk(client, address) for item in page["items"]]
