"""A real PostgreSQL of our own, and a ledger on each kind of database."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from marsad.store.database import Database
from marsad.store.ledger import Ledger

BACKENDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a server started for these tests, without the database's name."""
    binaries = _find_binaries()
    folder = Path(tempfile.mkdtemp(prefix="marsad-postgres-"))
    user = None
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user = "postgres"
        shutil.chown(folder, user, user)
    data = folder / "data"
    port = _free_port()

    def run(*command: object) -> None:
        words = [str(word) for word in command]
        subprocess.run(words, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    initdb = [binaries / "initdb", "-D", data, "-U", "marsad", "-A", "trust", "--no-sync"]
    run(*initdb, "--encoding=UTF8", "--locale=C.UTF-8")
    options = f"-p {port} -k {folder} -h 127.0.0.1 -c fsync=off"
    control = [binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
    run(*control, "-o", options, "start")
    server = f"postgresql://marsad@127.0.0.1:{port}"
    with psycopg.connect(f"{server}/template1", autocommit=True) as connection:
        connection.execute("CREATE EXTENSION postgis")  # copied, not made anew for each test
    try:
        yield server
    finally:
        run(*control, "-m", "fast", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def make_url(request, tmp_path):
    """A function that gives the URL of a new, empty database of the kind named."""
    count = 0

    def make(backend: str, template: str = "template1") -> str:
        nonlocal count
        count += 1
        if backend == "sqlite":
            return f"sqlite:///{tmp_path / f'ledger{count}.sqlite'}"
        server = request.getfixturevalue("postgres_server")
        name = f"t{abs(hash(request.node.nodeid)) % 10**12}_{count}"
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE {template}')
        return f"{server}/{name}"

    return make


@pytest.fixture(params=BACKENDS)
def url(request, make_url):
    """A new, empty database, once of each kind."""
    return make_url(request.param)


@pytest.fixture
def database(url) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()


@pytest.fixture
def ledger(database) -> Ledger:
    return Ledger(database)


def _find_binaries() -> Path:
    named = shutil.which("pg_ctl")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")) or (
        [Path(named)] if named else []
    )
    assert found, "no PostgreSQL server here: apt-get install postgresql-15"
    return found[-1].resolve().parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
