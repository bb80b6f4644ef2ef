import os
import sqlite3
import subprocess
import sys

import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import event

from marsad.errors import ForeignLedger, LedgerError, LedgerUnavailable
from marsad.store import database as opening
from marsad.store.database import Database
from marsad.store.ledger import Ledger
from marsad.store.verify import verify
from tests.store.sample import CODER, RECEIPT, make_coded


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("nonsense", "no database URL"),
        ("mysql://host/name", "'mysql'"),
        ("sqlite://", "has no file"),
        ("sqlite:///:memory:", "has no file"),
    ],
)
def test_a_url_that_cannot_be_used_is_refused(url, reason):
    with pytest.raises(LedgerError, match=reason):
        Database(url)


def test_a_folder_is_no_ledger(tmp_path):
    with pytest.raises(LedgerError, match="is a folder"):
        Database(f"sqlite:///{tmp_path}")


def test_folders_on_the_way_are_made(tmp_path):
    Database(f"sqlite:///{tmp_path}/a/b/ledger.sqlite").close()
    assert (tmp_path / "a" / "b" / "ledger.sqlite").is_file()


def test_a_missing_ledger_is_not_made_by_looking(tmp_path):
    path = tmp_path / "ledger.sqlite"
    with pytest.raises(LedgerUnavailable, match="marsad ingest"):
        Database(f"sqlite:///{path}", create=False)
    assert not path.exists()


def test_an_empty_database_is_not_made_a_ledger_by_looking(url):
    if url.startswith("sqlite"):
        sqlite3.connect(url.removeprefix("sqlite:///")).close()
    with pytest.raises(LedgerUnavailable, match="marsad ingest"):
        Database(url, create=False)


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Not a database at all, but a page of notes.\n" * 40)
    with pytest.raises(ForeignLedger, match="not a SQLite file"):
        Database(f"sqlite:///{path}")
    assert path.read_text().startswith("Not a database")


def test_somebody_elses_database_is_left_alone(url):
    _execute(url, "CREATE TABLE customers (id INTEGER)")
    with pytest.raises(ForeignLedger, match="customers"):
        Database(url)


def test_a_ledger_of_a_newer_marsad_is_left_alone(url):
    Database(url).close()
    _execute(url, "UPDATE alembic_version SET version_num = '999'")
    with pytest.raises(ForeignLedger, match=r"newer marsad.*999"):
        Database(url)


def test_a_locked_ledger_says_so_and_loses_nothing(url):
    database = Database(url, lock_seconds=0.2)
    ledger = Ledger(database)
    ledger.keep(make_coded(3), CODER, RECEIPT)
    with Database(url).writing() as other:
        other.exec_driver_sql("UPDATE ledger_head SET seq = seq")
        with pytest.raises(LedgerUnavailable, match="in use by another program"):
            ledger.keep(make_coded(4), CODER, RECEIPT)
    assert verify(database).fault is None
    assert len(list(ledger.readings())) == 1
    ledger.keep(make_coded(4), CODER, RECEIPT)
    assert len(list(ledger.readings())) == 2


def test_a_full_disk_says_so_and_writes_nothing_half(make_url):
    database = Database(make_url("sqlite"))
    ledger = Ledger(database)
    ledger.keep(make_coded(3), CODER, RECEIPT)
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    @event.listens_for(database.engine, "begin")
    def _bound(connection):
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

    big = make_coded(4)
    huge = big.report.model_copy(update={"title": "x" * 500_000})
    with pytest.raises(LedgerUnavailable, match="disk is full"):
        ledger.keep(big.model_copy(update={"report": huge}), CODER, RECEIPT)
    event.remove(database.engine, "begin", _bound)
    assert verify(database).fault is None
    assert len(list(ledger.readings())) == 1


def test_a_ledger_that_cannot_be_written_says_so(make_url):
    url = make_url("sqlite")
    Ledger(Database(url)).keep(make_coded(3), CODER, RECEIPT)
    database = Database(url)

    @event.listens_for(database.engine, "connect")
    def _only_read(dbapi, _):
        dbapi.execute("PRAGMA query_only=ON")

    database.engine.dispose()  # connections made from here on only read
    with pytest.raises(LedgerUnavailable, match="can only be read"):
        Ledger(database).keep(make_coded(4), CODER, RECEIPT)
    assert len(list(Ledger(database).readings())) == 1


def test_a_server_without_postgis_says_what_to_install(make_url, monkeypatch):
    monkeypatch.setattr("marsad.store.indexes.POSTGIS", "no_such_extension")
    with pytest.raises(LedgerUnavailable, match="apt-get install postgresql-15-postgis-3"):
        Database(make_url("postgresql", template="template0"))


def test_a_user_who_may_not_add_postgis_is_told_who_may(make_url):
    url = make_url("postgresql", template="template0")
    _execute(url, "CREATE ROLE plain LOGIN")
    _execute(url, "GRANT ALL ON SCHEMA public TO plain")
    theirs = url.replace("marsad@", "plain@")
    with pytest.raises(LedgerUnavailable, match="CREATE EXTENSION postgis"):
        Database(theirs)
    _execute(url, "CREATE EXTENSION postgis")
    Database(theirs).close()
    _execute(url, "DROP OWNED BY plain")
    _execute(url, "DROP ROLE plain")


def test_a_ledger_of_an_older_marsad_is_brought_up_to_date(url, monkeypatch):
    with monkeypatch.context() as older:
        older.setattr("marsad.store.database.NEWEST", "001")
        Database(url).close()
    _execute(url, _OLD_REPORT)
    ledger = Ledger(Database(url))
    assert [hit.stored.report.id for hit in ledger.search_reports("farmers")] == ["old"]


_OLD_REPORT = """
INSERT INTO reports (seq, stored_at, report_id, body_hash, origin, retrieved_at, body,
                     prev_hash, row_hash)
VALUES (1, '', 'old', '', '', '', '{"id": "old", "text": "Farmers fled."}', '', '')
"""


def test_every_revision_has_its_migration():
    scripts = ScriptDirectory(str(opening.MIGRATIONS)).walk_revisions()
    assert tuple(s.revision for s in scripts)[::-1] == opening.REVISIONS


def test_an_unreachable_server_says_so(postgres_server):
    with pytest.raises(LedgerUnavailable, match="connection to the ledger"):
        Database("postgresql://marsad@127.0.0.1:1/ledger")
    with pytest.raises(LedgerUnavailable, match="createdb"):
        Database(f"{postgres_server}/no_such_database")


def test_no_error_shows_a_password(postgres_server):
    server = postgres_server.replace("marsad@", "marsad:hunter2@")
    with pytest.raises(LedgerUnavailable) as caught:
        Database(f"{server}/no_such_database")
    assert "hunter2" not in str(caught.value)


def test_a_connection_dropped_in_a_transaction_writes_nothing_half(make_url):
    url = make_url("postgresql")
    database = Database(url)
    ledger = Ledger(database)
    ledger.keep(make_coded(3), CODER, RECEIPT)
    with pytest.raises(LedgerUnavailable, match="run again to go on"):
        _write_while_the_server_hangs_up(database, url)
    assert verify(database).fault is None
    ledger.keep(make_coded(4), CODER, RECEIPT)
    assert len(list(ledger.readings())) == 2


def _write_while_the_server_hangs_up(database, url):
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE ledger_head SET seq = 1000")
        own = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
        _execute(url, f"SELECT pg_terminate_backend({own})")
        connection.exec_driver_sql("UPDATE ledger_head SET seq = 1001")


_KEEPER = """
import sys
from marsad.store import database as opening
from marsad.store.database import Database
from marsad.store.ledger import Ledger
from tests.store.sample import CODER, RECEIPT, make_coded, make_incident
ledger = Ledger(Database(sys.argv[1]))
for number in range(1, 200):
    if not ledger.has(make_coded(number).report, CODER):
        with ledger.writing() as writer:
            kept = writer.keep(make_coded(number), CODER, RECEIPT)
            telling = (f"t{number}", f"r{number}", kept.report_seq, kept.run_seq, "{}", ["k"])
            writer.account.put_telling(*telling)
            writer.account.put_incident(make_incident(f"i{number}"), "killed")
            writer.account.built_to = writer.seq
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


def test_a_writer_killed_at_any_point_loses_nothing_it_confirmed(url):
    Database(url).close()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    confirmed = 0
    for stop_at in (3, 8, 30):
        keeper = subprocess.Popen(
            [sys.executable, "-c", _KEEPER, url],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert keeper.stdout is not None
        for line in keeper.stdout:
            confirmed = int(line)
            if confirmed >= stop_at:
                break
        keeper.kill()
        keeper.communicate()
        database = Database(url)
        verdict = verify(database)
        assert (verdict.fault, verdict.stale) == (None, None)
        numbers = [r.coded.claims[0].figures[0].low for r in Ledger(database).readings()]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= confirmed
        assert Ledger(database).count_incidents() == len(numbers)
        with Ledger(database).writing() as writer:
            assert len(writer.account.tellings_in_blocks(["k"])) == len(numbers)
        database.close()


def _execute(url: str, statement: str) -> None:
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        connection.execute(statement)
        connection.commit()
        connection.close()
        return
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(statement)
