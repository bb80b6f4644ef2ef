"""One full gazetteer for all tests that need real places, built once a machine."""

import tempfile
from functools import cache
from pathlib import Path

from marsad.places.gazetteer import Gazetteer, open_gazetteer


@cache
def shared_gazetteer() -> Gazetteer:
    """The packaged gazetteer, kept in the temporary folder between runs."""
    folder = Path(tempfile.gettempdir()) / "marsad-tests"
    return open_gazetteer(folder / "gazetteer.sqlite")
