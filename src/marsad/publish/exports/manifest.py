"""Manifest: what an export is, so that whoever has it can tell where it came from.

Reads   the files as they were written, and what was asked for.
Writes  plain JSON values: hashes, filters, policy, profile, ledger, losses, totals.
Never   calls a sum a count of the dead: it is a documented minimum.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from marsad.codebook.sensitive import load_sensitive_kinds
from marsad.publish.exports.columns import FIGURES_ARE
from marsad.publish.exports.content import ExportIncident
from marsad.publish.exports.format import Context, Format, Written
from marsad.publish.exports.protect import PUBLIC_QUOTE_SIGNS, Profile
from marsad.publish.wording import OUTCOME_ORDER
from marsad.records import Policy

MANIFEST_NAME = "manifest.json"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class LedgerState:
    """Which ledger, at which row: the hash of the last row stands for all before it."""

    rows: int
    head: str
    coders: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. `filters` and `as_of` are plain JSON values."""

    filters: dict[str, Any]
    policy: Policy
    as_of: str | None
    profile: Profile


@dataclass(slots=True)
class Tale:
    """What came of it, summed up as the incidents pass."""

    policy: Policy
    incidents: int = 0
    held: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    least: Counter[str] = field(default_factory=Counter)
    contested: Counter[str] = field(default_factory=Counter)

    def add(self, incident: ExportIncident) -> None:
        """Count one incident."""
        self.incidents += 1
        self.statuses[incident.status] += 1
        for outcome in OUTCOME_ORDER:
            total = incident.total(outcome, self.policy)
            if total is not None:
                self.least[outcome] += total.low
                if incident.status == "contested":
                    self.contested[outcome] += total.low


@dataclass(frozen=True, slots=True)
class FileNote:
    """A file of the export: under which name it will stand, where it lies now."""

    name: str
    path: Path
    format: Format
    policy: Policy
    written: Written


def make_manifest(
    asked: Asked,
    tale: Tale,
    ledger: LedgerState,
    files: Iterable[FileNote],
    context: Context,
    others: Iterable[tuple[str, Path]] = (),
) -> str:
    """The manifest as JSON text. `others` are files that are no export, such as a data package."""
    body = {
        "marsad": context.version,
        "made_at": context.made_at.isoformat(timespec="seconds"),
        "incidents": tale.incidents,
        "by_status": dict(sorted(tale.statuses.items())),
        "totals": _totals(tale),
        "filters": asked.filters,
        "as_of": asked.as_of,
        "policy": asked.policy,
        "profile": _profile(asked.profile, tale),
        "ledger": {"rows": ledger.rows, "head": ledger.head},
        "coders": [{"version": version, "config": config} for version, config in ledger.coders],
        "files": [_file(note) for note in files]
        + [{"name": name, **_fingerprint(path)} for name, path in others],
    }
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def _totals(tale: Tale) -> dict[str, Any]:
    return {
        "label": FIGURES_ARE,
        "meaning": "the sum of the low bounds: at least so many are told of; no count of all",
        "policy": tale.policy,
        **{
            outcome: {"at_least": tale.least[outcome], "of_them_contested": tale.contested[outcome]}
            for outcome in OUTCOME_ORDER
            if outcome in tale.least
        },
    }


def _profile(profile: Profile, tale: Tale) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": profile.name,
        "hold_hours": profile.hold_hours,
        "held_back": tale.held,
    }
    if profile.is_public:
        told |= {
            "withheld": "names of victims, witnesses and private persons, on best effort",
            "quotes_up_to_signs": PUBLIC_QUOTE_SIGNS,
            "coarse_places": dict(load_sensitive_kinds()),
        }
    return told


def _file(note: FileNote) -> dict[str, Any]:
    return {
        "name": note.name,
        "format": note.format.name,
        "media_type": note.format.media_type,
        **_fingerprint(note.path),
        "rows": note.written.rows,
        "policy": note.policy,
        "left_out": dict(note.written.left_out),
        "loses": [{"what": loss.what, "becomes": loss.becomes} for loss in note.format.losses],
    }


def _fingerprint(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "sha256": hash_file(path)}


def hash_file(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def make_datapackage(files: Iterable[FileNote], made_at: datetime) -> str:
    """A Frictionless Data Package that describes the files."""
    body = {
        "profile": "data-package",
        "name": "marsad-export",
        "title": "Incidents of political violence, and who says so",
        "description": f"Numbers are a {FIGURES_ARE} and its range; manifest.json tells the rest.",
        "created": made_at.isoformat(timespec="seconds"),
        "resources": [_resource(note) for note in files],
    }
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def _resource(note: FileNote) -> dict[str, Any]:
    known = _fingerprint(note.path)
    resource: dict[str, Any] = {
        "name": note.format.name,
        "path": note.name,
        "mediatype": note.format.media_type,
        "bytes": known["bytes"],
        "hash": f"sha256:{known['sha256']}",
    }
    if not note.format.columns:
        return resource | {"profile": "data-resource", "type": "file"}
    fields = [
        {"name": column.name, "type": column.kind, "description": column.meaning}
        for column in note.format.columns
    ]
    return resource | {
        "profile": "tabular-data-resource",
        "type": "table",
        "format": "csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }
