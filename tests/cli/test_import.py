"""`marsad import`: rows of others beside the reports, told of as they come."""

import os
import signal
import subprocess
import sys
import time

import pytest

ROWS = """event_id_cnty,event_date,event_type,sub_event_type,actor1,inter1,country,location,latitude,longitude,geo_precision,source,notes,fatalities
SYR1,04 March 2024,Battles,Armed clash,Unidentified Armed Group (Syria),3,Syria,Homs,34.724,36.726,2,Radio Zarkal,"On 4 March 2024, gunmen ambushed an army convoy of fuel tankers near Homs, by the old cement works. 14 soldiers were killed.",14
SYR2,31/02/2024,Battles,Armed clash,,,Syria,Homs,34.724,36.726,2,,,3
SYR3,05 March 2024,Sorcery,Hex,,,Syria,Homs,34.724,36.726,1,,"Cattle fell ill.",0
"""  # noqa: E501


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "atlas.csv"
    path.write_text(ROWS, "utf-8")
    return str(path)


def test_rows_stand_beside_the_reports_with_their_own_number(run, ledger, rows):
    done = run("import", rows, "--from", "acled", "--name", "Conflict Atlas")
    assert done.code == 1
    assert "3 rows: 2 new, 1 failed" in done.out
    assert f"{rows}, line 3: '31/02/2024'" in done.err
    assert "'Sorcery / Hex'" in done.err
    found = run("incidents", "--text", "Zarkal", "-f", "json").json
    shown = run("show", found[0]["id"]).out
    assert "Conflict Atlas" in shown
    assert "Radio Zarkal" in shown
    assert "hospital doctor" in shown
    again = run("import", rows, "--from", "acled", "--name", " Conflict  Atlas ")
    assert "2 already known, 1 failed" in again.out


def test_reading_reports_anew_leaves_rows_as_their_data_set_coded_them(run, ledger, rows):
    run("import", rows, "--from", "acled", "--name", "Conflict Atlas")
    before = run("incidents", "-f", "jsonl").out
    run("recode", "--all")
    assert run("incidents", "-f", "jsonl").out == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "csv", "--name", "x"), "--from acled"),
        (("--from", "plover", "--name", "x"), "no JSON object"),
        (("--from", "acled", "--name", "x", "--map", "notes"), "column=field"),
        (("--from", "plover", "--name", "x", "--map", "a=b"), "has none"),
        (("--from", "acled", "--name", "  "), "--name"),
    ],
)
def test_wrong_usage_is_said_and_changes_nothing(run, ledger, rows, arguments, words):
    before = ledger.read_bytes()
    done = run("import", rows, *arguments)
    assert done.code == 2
    assert words in done.err
    assert ledger.read_bytes() == before


def test_a_file_that_is_not_there_is_named(run, ledger):
    done = run("import", "nowhere.csv", "--from", "csv", "--name", "x")
    assert done.code == 2
    assert "nowhere.csv" in done.err


def test_ctrl_c_leaves_what_was_counted_and_one_line(tmp_path):
    header, row, *_ = ROWS.splitlines()
    path = tmp_path / "many.csv"
    path.write_text("\n".join([header, *(row.replace("SYR1", f"S{n}") for n in range(3000))]))
    command = [sys.executable, "-m", "marsad", "import", str(path), "--from", "acled",
               "--name", "Conflict Atlas"]  # fmt: skip
    database = tmp_path / "ledger.sqlite"
    environment = os.environ | {"MARSAD_DATABASE": f"sqlite:///{database}"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        until = time.monotonic() + 60
        while time.monotonic() < until and not (database.exists() and _kept(database)):
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert "Run the same command again" in err
    assert f"{_kept(database)} rows" in out


def _kept(database):
    import sqlite3

    connection = sqlite3.connect(database)
    try:
        return connection.execute("SELECT count(*) FROM reports").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()
