"""What the tutorial tells of the example reports is so."""

import re
from pathlib import Path

from marsad import cli

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


def test_the_tutorials_incident_is_the_ambush_of_four_reports(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("MARSAD_DATABASE", f"sqlite:///{tmp_path}/ledger.sqlite")
    monkeypatch.setenv("COLUMNS", "100")
    sources = [str(EXAMPLES / "tartus-ambush.html"), str(EXAMPLES / "tartus-reports.jsonl")]
    assert cli.run(["ingest", *sources]) == 0
    page = (ROOT / "docs/tutorial.md").read_text("utf-8")
    (shown,) = set(re.findall(r"marsad (?:show|history|judge set) ([0-9a-f]{7})\b", page))
    capsys.readouterr()
    assert cli.run(["show", shown]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "Armed clash — near Tartus" in text
    assert "4 reports" in text
    told = text[text.index("How the figures were told") :]
    assert told.index("killed 6") < told.index("security official") < told.index("killed 14")
    assert "copied in" in text
