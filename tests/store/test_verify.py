import importlib
import pkgutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Integer, delete, insert, select, update

from marsad import store
from marsad.errors import LedgerError
from marsad.store.account_schema import ACCOUNT, ACCOUNT_STATE
from marsad.store.database import Database
from marsad.store.indexes import is_ours
from marsad.store.ledger import Ledger
from marsad.store.schema import CHAINED, CLAIMS, LEDGER_HEAD, METADATA, RAW_DOCUMENTS, REPORTS
from marsad.store.verify import Fault, verify
from tests.store.sample import CODER, RECEIPT, make_coded, make_decision


@pytest.fixture
def filled(ledger):
    for number in (3, 4, 5):
        ledger.keep(make_coded(number), CODER, RECEIPT)
    ledger.keep_decision(make_decision())
    return ledger.database


def find_fault(database) -> Fault:
    """What verify finds; it must find something."""
    found = verify(database).fault
    assert found is not None
    return found


def tamper(database, statement):
    """Change the database as somebody with its password could."""
    with database.writing() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        else:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.execute(statement)


def test_an_untouched_ledger_is_clean(filled):
    verdict = verify(filled)
    assert verdict.fault is None
    assert verdict.rows == 16
    assert verdict.evidence == 9


def test_an_account_that_lags_is_stale_and_no_tampering(filled):
    verdict = verify(filled)
    assert verdict.fault is None
    assert "up to row 0, the ledger has 16" in str(verdict.stale)
    with Ledger(filled).writing() as writer:
        writer.account.built_to = writer.seq
    assert verify(filled).stale is None


def test_an_account_of_rows_that_are_not_there_is_stale(filled):
    with Ledger(filled).writing() as writer:
        writer.account.built_to = writer.seq
        writer.account.put_telling("t1", "r3", 1, 77, "{}", [])
    assert "row 77" in str(verify(filled).stale)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        (table, column)
        for table in CHAINED
        for column in table.columns
        if not isinstance(column.type, Integer) and column.name not in {"raw_hash", "failure"}
    ],
    ids=lambda part: part.name,
)
def test_one_changed_character_in_any_column_names_the_row(filled, table, column):
    with filled.reading() as connection:
        rows = select(table.c.seq, column).order_by(table.c.seq)
        seq, value = connection.execute(rows).all()[-1]
    changed = value[:-2] + ("1" if value[-2] == "0" else "0") + value[-1]
    tamper(filled, update(table).where(table.c.seq == seq).values({column.name: changed}))
    fault = find_fault(filled)
    assert (fault.table, fault.seq) == (table.name, seq)


@pytest.mark.parametrize("table", CHAINED, ids=lambda table: table.name)
def test_a_row_taken_out_is_missed(filled, table):
    with filled.reading() as connection:
        seq = connection.scalars(select(table.c.seq).order_by(table.c.seq)).first()
    if filled.is_sqlite:
        with filled.engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql(f"DELETE FROM {table.name} WHERE seq={seq}")
            connection.exec_driver_sql("BEGIN")
    else:
        tamper(filled, delete(table).where(table.c.seq == seq))
    fault = find_fault(filled)
    assert f"row {seq}" in str(fault)


def test_rows_cut_off_the_end_are_missed(filled):
    with filled.reading() as connection:
        last = connection.scalar(select(LEDGER_HEAD.c.seq))
    tamper(filled, delete(METADATA.tables["judgements"]).where(
        METADATA.tables["judgements"].c.seq == last))  # fmt: skip
    fault = find_fault(filled)
    assert f"row {last} is missing" in fault.what


def test_a_row_put_in_is_noticed(filled):
    with filled.reading() as connection:
        row = dict(connection.execute(select(CLAIMS)).mappings().first())
        last = connection.scalar(select(LEDGER_HEAD.c.seq))
    tamper(filled, insert(CLAIMS).values(**(row | {"seq": last + 1})))
    assert find_fault(filled).seq == last + 1


def test_changed_raw_bytes_are_noticed(filled):
    tamper(filled, update(RAW_DOCUMENTS).values(content=b"<p>Raw</p>"))
    fault = find_fault(filled)
    assert fault.table == "raw_documents"
    assert "report row 1" in fault.what


def test_text_that_is_no_text_any_more_names_the_row(make_url):
    database = Database(make_url("sqlite"))
    Ledger(database).keep(make_coded(), CODER, RECEIPT)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE reports SET body = CAST(X'ff7b' AS TEXT)")
    fault = find_fault(database)
    assert (fault.table, fault.seq) == ("reports", 1)
    database.close()


@pytest.fixture(scope="module")
def closed_file(tmp_path_factory) -> bytes:
    """The bytes of a SQLite ledger, all in one file."""
    path = tmp_path_factory.mktemp("flip") / "ledger.sqlite"
    database = Database(f"sqlite:///{path}")
    for number in (3, 4):
        Ledger(database).keep(make_coded(number), CODER, RECEIPT)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    database.close()
    return bytes(path.read_bytes())


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(where=st.floats(0, 1, exclude_max=True), mask=st.integers(1, 255))
def test_a_flipped_byte_of_the_file_is_noticed_or_changes_nothing(
    closed_file, tmp_path, where, mask
):
    flipped = bytearray(closed_file)
    flipped[int(where * len(flipped))] ^= mask
    path = tmp_path / "flipped.sqlite"
    path.write_bytes(flipped)
    for leftover in ("-wal", "-shm"):
        Path(f"{path}{leftover}").unlink(missing_ok=True)
    try:
        database = Database(f"sqlite:///{path}", create=False)
    except LedgerError:
        return
    try:
        if verify(database).fault is None:
            readings = [r.coded for r in Ledger(database).readings()]
            assert readings == [make_coded(3), make_coded(4)]
    except LedgerError:
        return
    finally:
        database.close()


def test_the_tables_of_the_migrations_are_those_of_the_schema(database):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    _load_all_tables()
    with database.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": is_ours}
        )
        assert compare_metadata(context, METADATA) == []


def _load_all_tables():
    for module in pkgutil.iter_modules(store.__path__):
        importlib.import_module(f"{store.__name__}.{module.name}")


def test_every_ledger_table_is_in_the_chain():
    _load_all_tables()
    account = {table.name for table in (*ACCOUNT, ACCOUNT_STATE)}
    mutable = {table.name for table in METADATA.sorted_tables if table.info.get("mutable")}
    assert not mutable & ({table.name for table in CHAINED} | account)
    outside = set(METADATA.tables) - {table.name for table in CHAINED} - account - mutable
    assert outside == {RAW_DOCUMENTS.name, LEDGER_HEAD.name}
    assert REPORTS in CHAINED
