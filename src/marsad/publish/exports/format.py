"""Format: what a format can hold, what is lost, and the shape of its writer.

Reads   nothing.
Never   imports a format's module: `formats` does when one is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TextIO

from marsad.publish.exports.columns import Column
from marsad.publish.exports.content import ExportIncident, ProfileName
from marsad.records import Policy


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that the account holds and the format does not, and what becomes of it."""

    what: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Context:
    """What an export is made under. `made_at` is UTC; `bom` marks CSV as UTF-8 for Excel."""

    policy: Policy
    profile: ProfileName
    made_at: datetime
    version: str
    bom: bool = False


@dataclass(slots=True)
class Written:
    """What a writer did: rows by file or table, and how many incidents it left out and why."""

    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


class Writer:
    """Takes incidents one by one. Call `finish` once, after the last, or else `abandon`."""

    written: Written

    def add(self, incident: ExportIncident) -> None:
        """Write one incident."""
        raise NotImplementedError

    def finish(self) -> None:
        """Write what closes the output; most formats have no end mark."""

    def abandon(self) -> None:
        """Let go of open files: the output is not wanted any more."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its file's name in a folder, what it loses, and how it is written.

    Text formats have `to_stream` and can go to standard output; others need a file.
    `policy` is the one that the format's own codebook counts by, if it does. `columns`
    describe a table of ours; tables in others' columns are described by their owners.
    """

    name: str
    file_name: str
    media_type: str
    losses: tuple[Loss, ...]
    to_stream: Callable[[TextIO, Context], Writer] | None = None
    to_path: Callable[[Path, Context], Writer] | None = None
    policy: Policy | None = None
    columns: tuple[Column, ...] = ()
