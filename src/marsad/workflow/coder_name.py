"""The names of coder and rules: the hash of everything that decides what comes out.

Two coders of one name read alike, so a report that one has read need not be read again;
an account made by the same rules need not be made again.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from marsad.places.gazetteer import open_gazetteer
from marsad.settings import Settings
from marsad.store.ledger import CoderName

_READING = ("coding", "places", "codebook")
_JUDGING = ("incidents", "codebook")
_SUFFIXES = (".py", ".toml", ".tsv", ".txt", ".json", ".npz")


def name_coder(settings: Settings, model: str) -> CoderName:
    """The name of the coder that these settings and this spaCy pipeline make.

    Raises:
        GazetteerError: the gazetteer cannot be opened or built.
    """
    gazetteer = open_gazetteer(settings.gazetteer_path)
    try:
        places = sorted(gazetteer.metadata().items())
    finally:
        gazetteer.close()
    parts = [_hash_rooms(_READING), model, _version(model), _version("spacy")]
    parts += [f"{key}={value}" for key, value in places]
    digest = hashlib.sha256("\0".join(parts).encode())
    return CoderName(f"marsad {_version('marsad')} with {model}", digest.hexdigest())


def name_reader(room: str, version: str) -> CoderName:
    """The name of a reader of rows: its version, and the hash of its code and of the codebook."""
    return CoderName(version, _hash_rooms((room, "codebook")))


def name_rules() -> str:
    """The hash of the rules by which claims become an account."""
    return _hash_rooms(_JUDGING)


@cache
def _hash_rooms(rooms: tuple[str, ...]) -> str:
    """Of the code, word lists and weights in these rooms, whatever folder they lie in."""
    digest = hashlib.sha256()
    for room in rooms:
        for name, content in _read_files(resources.files(f"marsad.{room}"), room):
            digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()


def _read_files(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        name = f"{path}/{entry.name}"
        if entry.is_dir():
            found += _read_files(entry, name)
        elif entry.name.endswith(_SUFFIXES):
            found.append((name, entry.read_bytes()))
    return found


def _version(package: str) -> str:
    try:
        return metadata.version(package.replace("_", "-"))
    except metadata.PackageNotFoundError:
        return "unknown"
