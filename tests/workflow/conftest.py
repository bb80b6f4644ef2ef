"""Ledgers on both kinds of database, and one coder for all tests."""

import pytest

from marsad.workflow import Coder
from tests.store.conftest import (  # noqa: F401 - fixtures
    database,
    ledger,
    make_url,
    postgres_server,
    url,
)


@pytest.fixture(scope="session")
def coder():
    return Coder()
