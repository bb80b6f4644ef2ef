"""A ledger made by the real commands, once; each test works on a copy of its file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from marsad import cli

REPORTS = (
    {
        "id": "wire-monday",
        "outlet": "Harbour Wire",
        "url": "https://wire.example/ambush",
        "title": "Six soldiers killed in ambush near Homs",
        "published": "2024-03-05",
        "text": "Gunmen ambushed an army convoy of fuel tankers near Homs on Monday, killing six "
        "soldiers, the defence ministry said. The tankers of the Shayrat depot were passing the "
        "old cement works when the ambush began; sappers are still searching the pistachio "
        "orchards behind it.",
    },
    {
        "id": "gazette-toll",
        "outlet": "Hill Gazette",
        "title": "Toll of ambush on fuel convoy near Homs rises to 14",
        "published": "2024-03-06",
        "text": "The death toll from Monday's ambush on an army convoy of fuel tankers near Homs "
        "has risen to 14 soldiers, a hospital doctor said on Wednesday. Sappers had cleared the "
        "pistachio orchards behind the old cement works, where the tankers of the Shayrat depot "
        "were ambushed, he said.",
    },
    {
        "id": "market-strike",
        "outlet": "Harbour Wire",
        "title": "Nine civilians killed in air strike on Idlib market",
        "published": "2024-03-12",
        "text": "An air strike on a market in Idlib killed nine civilians on Sunday, rescue "
        "workers said. Among the dead was Nadim Qasem Farhan, 43, a baker.",
    },
)


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def report_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "reports.jsonl"
    path.write_text("".join(json.dumps(report) + "\n" for report in REPORTS), "utf-8")
    return path


@pytest.fixture(scope="session")
def made_ledger(tmp_path_factory: pytest.TempPathFactory, report_file: Path) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "made.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARSAD_DATABASE", f"sqlite:///{path}")
        assert cli.run(["ingest", str(report_file)]) == 0
    return path


@pytest.fixture
def ledger_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the commands of this test look for a ledger; nothing is there."""
    path = tmp_path / "ledger.sqlite"
    monkeypatch.setenv("MARSAD_DATABASE", f"sqlite:///{path}")
    monkeypatch.setenv("MARSAD_REVIEWER", "")
    monkeypatch.setenv("COLUMNS", "100")
    return path


@pytest.fixture
def ledger(ledger_path: Path, made_ledger: Path) -> Path:
    """A ledger with the reports of this file."""
    for part in made_ledger.parent.glob(f"{made_ledger.name}*"):
        shutil.copy(part, ledger_path.with_name(part.name.replace("made", "ledger")))
    return ledger_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_command(*arguments: str) -> Ran:
        capsys.readouterr()
        code = cli.run(list(arguments))
        return Ran(code, *capsys.readouterr())

    return run_command


@pytest.fixture
def ambush(ledger: Path, run: Run) -> str:
    """The id of the ambush."""
    return incident_near(run, "Homs")


@pytest.fixture
def strike(ledger: Path, run: Run) -> str:
    """The id of the air strike."""
    return incident_near(run, "Idlib")


def incident_near(run: Run, place: str) -> str:
    found = [i["id"] for i in run("incidents", "-f", "json").json if place in i["place"]["name"]]
    assert len(found) == 1, f"{len(found)} incidents at {place}"
    return str(found[0])
