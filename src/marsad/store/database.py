"""The database: open, make, bring up to date; tell plainly what is wrong with it.

Reads   a URL: `sqlite:///path` or `postgresql://user@host/name`.
Writes  the tables, by Alembic migrations, when they are not there or old.
Never   touches a database that is not a ledger of ours, or one of a newer marsad.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from marsad.errors import ForeignLedger, LedgerError, LedgerUnavailable

# How long a writer waits for another to finish.
LOCK_SECONDS = 60
# A number of our own, so that two programs that bring one PostgreSQL up to date take turns.
_MIGRATION_LOCK = 7_420_316
_WRITES = "marsad_writes"
# Beyond the five that are kept: enough for all of the desk's threads, each with two.
_MORE_CONNECTIONS = 30
# The revisions of the tables, each with its migration.
REVISIONS = ("001", "002", "003", "004", "005", "006")
NEWEST = REVISIONS[-1]
MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """One ledger database. A connection serves one transaction at a time and is kept for the next.

    A process that was forked must open its own.
    """

    def __init__(
        self, url: str, *, create: bool = True, lock_seconds: float = LOCK_SECONDS
    ) -> None:
        """Open the database at `url`; with `create`, make what is not there yet.

        Raises:
            LedgerUnavailable: it is missing (without `create`), locked, read-only or out of reach.
            ForeignLedger: it is something else, or of a newer marsad.
            LedgerError: the URL cannot be used.
        """
        self.url = _read_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.name = self.url.render_as_string(hide_password=True)
        if self.is_sqlite:
            _check_sqlite_path(self.url, self.name, create=create)
        self.engine = _make_engine(self.url, lock_seconds)
        weakref.finalize(self, self.engine.dispose)
        with self._translated():
            self._prepare(create=create)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the database; nothing can be written."""
        with self._translated(), self.engine.connect() as connection, connection.begin():
            if not self.is_sqlite:
                connection.execute(
                    text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                )
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes: all of it is kept, or none."""
        with self._translated(), self.engine.connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise _explain(error, self.name) from error
        except UnicodeDecodeError as error:
            raise LedgerError(
                f"the ledger {self.name} is damaged: it holds text that is no UTF-8 ({error}). "
                f"'marsad verify' names the first row that is."
            ) from error

    def _prepare(self, *, create: bool) -> None:
        with self.engine.connect() as connection:
            with connection.begin():
                found = _find_revision(connection, self.name)
            if found == NEWEST:
                return
            if found is None and not create:
                raise LedgerUnavailable(
                    f"there is no ledger at {self.name} yet. 'marsad ingest' makes one; "
                    f"MARSAD_DATABASE says where."
                )
        self._migrate()

    def _migrate(self) -> None:
        with self.engine.connect() as connection:
            connection = connection.execution_options(**{_WRITES: True})
            with connection.begin():
                if not self.is_sqlite:
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
                _upgrade(connection)


def _read_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise LedgerError(
            f"the database is {url!r}, which is no database URL. "
            f"Give sqlite:///path/to/file or postgresql://user@host/name."
        ) from error
    match parsed.get_backend_name():
        case "sqlite":
            return parsed
        case "postgresql":
            return parsed.set(drivername="postgresql+psycopg")
        case other:
            raise LedgerError(
                f"the database is of the kind {other!r}. marsad keeps its ledger in sqlite or "
                f"postgresql."
            )


def _check_sqlite_path(url: URL, name: str, *, create: bool) -> None:
    if not url.database or url.database == ":memory:":
        raise LedgerError(
            f"{name} has no file. A ledger must be kept: give sqlite:///path/to/file."
        )
    path = Path(url.database)
    if path.is_dir():
        raise LedgerError(f"{path} is a folder. Give the path of a file in it.")
    if not path.exists():
        if not create:
            raise LedgerUnavailable(
                f"there is no ledger at {path} yet. 'marsad ingest' makes one; "
                f"MARSAD_DATABASE says where."
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LedgerUnavailable(
                f"the folder {path.parent} cannot be made ({error.strerror}). "
                f"Choose another with MARSAD_DATABASE."
            ) from error


def _make_engine(url: URL, lock_seconds: float) -> Engine:
    if url.get_backend_name() == "sqlite":
        engine = create_engine(
            url, connect_args={"timeout": lock_seconds}, max_overflow=_MORE_CONNECTIONS
        )
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    settings = {
        "connect_timeout": 10,
        "application_name": "marsad",
        "options": f"-c lock_timeout={int(lock_seconds * 1000)} -c timezone=UTC",
    }
    # A connection that the server has closed meanwhile is noticed, and another one made.
    return create_engine(
        url, pool_pre_ping=True, connect_args=settings, max_overflow=_MORE_CONNECTIONS
    )


def _set_pragmas(dbapi: object, _record: object) -> None:
    dbapi.isolation_level = None  # type: ignore[attr-defined]  # we say BEGIN ourselves
    cursor = dbapi.cursor()  # type: ignore[attr-defined]
    # FULL: a transaction that was reported as kept survives a power cut.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes its lock at once: one that first reads could find its view outdated.
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _upgrade(connection: Connection) -> None:
    # Loaded only for this: most commands find the tables as they should be.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, NEWEST)


def _find_revision(connection: Connection, name: str) -> str | None:
    """The revision of the tables; None for an empty database."""
    tables = set(inspect(connection).get_table_names())
    if not tables - {"spatial_ref_sys"}:  # PostGIS brings that one
        return None
    if not {"alembic_version", "ledger_head"} <= tables:
        shown = ", ".join(sorted(tables)[:4])
        raise ForeignLedger(
            f"{name} is no marsad ledger: it holds other tables ({shown}). "
            f"Give a database of its own."
        )
    revision = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if revision not in REVISIONS:
        raise ForeignLedger(
            f"{name} was written by a newer marsad (its tables are of revision {revision!r}). "
            f"Update marsad to read it."
        )
    return str(revision)


_SIGNS = (
    ("file is not a database", ForeignLedger, "is not a SQLite file. Give the path of a ledger"),
    ("malformed", LedgerError, "is damaged. 'marsad verify' names the first row that is"),
    ("database is locked", LedgerUnavailable, "is in use by another program. Try again later"),
    ("lock timeout", LedgerUnavailable, "is in use by another program. Try again later"),
    ("readonly database", LedgerUnavailable, "can only be read. Give yourself leave to write"),
    ("is full", LedgerUnavailable, "has no room: the disk is full. Make room and run again"),
    ("unable to open", LedgerUnavailable, "cannot be opened. Look at its path and its rights"),
    ("disk i/o error", LedgerUnavailable, "cannot be read or written: the disk reports an error"),
    ("authentication failed", LedgerUnavailable, "refuses this user or password"),
    ("permission denied", LedgerUnavailable, "gives this user no right to it"),
    ('relation "', LedgerError, "lacks a table that is its own. Restore it from its backup"),
    ("no such table", LedgerError, "lacks a table that is its own. Restore it from its backup"),
    ("does not exist", LedgerUnavailable, "does not exist. Make it with createdb"),
    ("no space left", LedgerUnavailable, "has no room: the disk is full. Make room and run again"),
)


def _explain(error: SQLAlchemyError, name: str) -> LedgerError:
    words = str(error.orig if isinstance(error, DBAPIError) else error).strip()
    for sign, kind, meaning in _SIGNS:
        if sign in words.lower():
            return kind(f"the ledger {name} {meaning}. Nothing was written half. ({_first(words)})")
    if isinstance(error, DBAPIError) and (error.connection_invalidated or "connect" in words):
        return LedgerUnavailable(
            f"the connection to the ledger {name} failed. What was confirmed is kept, nothing is "
            f"half-written; run again to go on. ({_first(words)})"
        )
    return LedgerError(f"the ledger {name} could not do that: {_first(words)}")


def _first(words: str) -> str:
    return words.splitlines()[0] if words else "no reason given"
