"""The gazetteer as commands need it: built on first use, with a bar for who watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from marsad.cli.voice import say, show_percent

if TYPE_CHECKING:
    from marsad.places.gazetteer import Gazetteer


def ready_gazetteer() -> Gazetteer:
    """The gazetteer of the settings, open."""
    from marsad.places.gazetteer import open_gazetteer
    from marsad.settings import load_settings

    path = load_settings().gazetteer_path
    if path.exists():
        return open_gazetteer(path)
    say(f"marsad: building the gazetteer in {path.parent}, once")
    with show_percent("reading places") as progress:
        return open_gazetteer(path, progress)
