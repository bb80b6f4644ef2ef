"""A desk whose ledger also holds two tellings that may be one incident."""

from __future__ import annotations

import json
import shutil

import pytest

from marsad import cli

REPORTS = [
    {
        "id": "road-a",
        "title": "Traders killed in ambush near Beni",
        "outlet": "Lakes Post",
        "published": "2025-03-05",
        "language": "en",
        "text": "Gunmen killed 14 traders in an ambush on a road near Beni, North Kivu, on "
        "Saturday, an official said. The bodies were mutilated, he said.",
    },
    {
        "id": "road-b",
        "title": "Convoy attacked",
        "outlet": "Forest Radio",
        "published": "2025-03-06",
        "language": "en",
        "text": "At least 16 people were killed on Sunday when gunmen attacked a convoy of traders "
        "near Beni, a witness said.",
    },
    {
        "id": "drone-c",
        "title": "Drone strike in Kherson",
        "outlet": "Steppe News",
        "published": "2025-02-10",
        "language": "en",
        "text": "A Russian drone strike killed 25 people in Kherson on Sunday, the governor said. "
        "Moscow denied its forces carried out the strike.",
    },
]


@pytest.fixture(scope="session")
def made_pair_ledger(tmp_path_factory, made_desk_ledger):
    """The example's ledger with these reports, ingested once."""
    folder = tmp_path_factory.mktemp("pair")
    path = folder / "made.sqlite"
    for part in made_desk_ledger.parent.glob(f"{made_desk_ledger.name}*"):
        shutil.copy(part, folder / part.name)
    rows = folder / "reports.jsonl"
    rows.write_text("\n".join(json.dumps(row) for row in REPORTS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MARSAD_DATABASE", f"sqlite:///{path}")
        assert cli.run(["ingest", str(rows)]) == 0
    return path


@pytest.fixture
def desk_ledger(tmp_path, made_pair_ledger):
    """A copy of that ledger's file for one test."""
    path = tmp_path / "ledger.sqlite"
    for part in made_pair_ledger.parent.glob(f"{made_pair_ledger.name}*"):
        shutil.copy(part, path.with_name(part.name.replace("made", "ledger")))
    return path
