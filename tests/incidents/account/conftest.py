"""What the tests of the account share."""

import pytest

from tests.incidents.account.making import Teller


@pytest.fixture
def tell():
    """Makes one member a call; see `Teller.tell`."""
    return Teller().tell
