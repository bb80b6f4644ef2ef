"""Reports into the ledger: what is told, that nothing is taken in twice, what is refused."""

import json
import os
import pty
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from marsad import cli


def flat(text):
    return " ".join(text.split())


def test_an_ingest_makes_the_ledger_and_tells_what_it_did(run, ledger_path, report_file):
    done = run("ingest", str(report_file))
    assert done.code == 0
    assert done.err == ""
    text = flat(done.out)
    assert "3 reports: 3 new 2 new incidents" in text
    assert str(ledger_path) in done.out.replace("\n", "")
    assert "Next: marsad show" in text


def test_the_same_reports_again_change_nothing(run, ledger, report_file):
    before = run("changes", "--since", "0", "-f", "jsonl").out
    done = run("ingest", str(report_file))
    assert done.code == 0
    assert "3 reports: 3 already known no new incidents, 0 changed" in flat(done.out)
    assert run("changes", "--since", "0", "-f", "jsonl").out == before


def test_a_changed_text_under_a_known_id_is_a_new_version(run, ledger, tmp_path):
    path = tmp_path / "again.jsonl"
    path.write_text(
        json.dumps(
            {
                "id": "wire-monday",
                "published": "2024-03-05",
                "text": "Gunmen ambushed an army convoy near Homs on Monday, killing seven "
                "soldiers, the defence ministry said.",
            }
        ),
        "utf-8",
    )
    assert "1 report: 1 new version" in flat(run("ingest", str(path)).out)


def test_a_table_is_read_by_its_column_map(run, ledger_path, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(
        "key,Story so far,Day\n"
        'x1,"Gunmen killed four soldiers near Homs on Monday, police said.",2024-03-05\n',
        "utf-8",
    )
    done = run("ingest", str(path), "--columns", "id=key,text=Story so far,published=Day")
    assert done.code == 0
    assert run("show", "x1", "-f", "json").json["incident"]["when"]["start"] == "2024-03-04"


@pytest.mark.parametrize("columns", ["Body", "novel=Body", "text=A,text=B", ""])
def test_a_column_map_that_says_nothing_is_refused(run, ledger_path, report_file, columns):
    done = run("ingest", str(report_file), "--columns", columns)
    assert done.code == 2
    assert "column map" in done.err
    assert not ledger_path.exists()


def test_a_bad_report_among_good_ones_is_named(run, ledger_path, report_file, tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text(report_file.read_text("utf-8") + "{not json\n", "utf-8")
    done = run("ingest", str(bad))
    assert done.code == 1
    assert "4 reports: 3 new, 1 failed" in flat(done.out)
    assert f"{bad}" in done.err
    assert "4" in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("source", ["no-such-file.html", ""])
def test_nothing_to_take_in_is_exit_code_2(run, ledger_path, source, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    done = run("ingest", source)
    assert done.code == 2
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("database", "words"),
    [
        ("sqlite:///{folder}", "is a folder"),
        ("sqlite:///{folder}/text.sqlite", "is not a SQLite file"),
        ("sqlite:////proc/none/ledger.sqlite", "cannot be made"),
        ("mysql://host/name", "mysql"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_line(
    run, monkeypatch, tmp_path, report_file, database, words
):
    (tmp_path / "text.sqlite").write_text("this is no database, " * 100, "utf-8")
    monkeypatch.setenv("MARSAD_DATABASE", database.format(folder=tmp_path))
    done = run("ingest", str(report_file))
    assert (done.code, done.out) == (2, "")
    assert words in done.err
    assert len(done.err.splitlines()) == 1


def test_ctrl_c_keeps_what_is_confirmed_and_running_again_goes_on(
    run, ledger_path, tmp_path, report_file
):
    """Fifty reports, stopped in the middle: none is lost, none is there twice."""
    lines = [
        {"id": f"r{n}", "published": "2024-03-05", "text": f"Gunmen killed {n} men near Homs."}
        for n in range(1, 51)
    ]
    many = tmp_path / "many.jsonl"
    many.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "marsad", "ingest", str(many)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "MARSAD_DATABASE": f"sqlite:///{ledger_path}"},
    )
    for _ in range(600):
        if _count_reports(ledger_path) > 4:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "is kept. Run the same command again" in err
    assert "Traceback" not in err
    kept = int(flat(out).split(" report")[0])
    assert 4 < kept < 50
    done = run("ingest", str(many))
    # One more is known where the signal came between keeping a report and counting it.
    assert any(
        f"50 reports: {50 - n} new, {n} already known" in flat(done.out) for n in (kept, kept + 1)
    )
    assert run("verify").code == 0


def _count_reports(path):
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT count(*) FROM reports").fetchone()[0]
    except sqlite3.OperationalError:  # there is no ledger yet
        return 0


def test_a_person_who_watches_sees_a_line_of_progress(ledger_path, report_file, monkeypatch):
    reader, writer = pty.openpty()
    monkeypatch.setenv("TERM", "xterm")
    with os.fdopen(writer, "w", encoding="utf-8") as terminal, monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", terminal)
        assert cli.run(["ingest", str(report_file)]) == 0
    shown = os.read(reader, 100_000).decode("utf-8", "replace")
    os.close(reader)
    assert "reports" in shown
    assert "read" in shown


def test_a_report_is_read_anew_only_when_the_coder_is_another(run, ledger):
    done = run("recode", "--all")
    assert done.code == 0
    assert "read these reports already" in done.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["recode"], "--report ID, or --all"),
        (["recode", "--all", "--report", "x"], "--report ID, or --all"),
        (["recode", "--report", "no-such-report"], "no-such-report"),
    ],
)
def test_recode_says_what_it_needs(run, ledger, arguments, words):
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err
