"""Verify an export: whether its files are those that its manifest names, and who signed it.

Reads   a manifest, the files beside it, and its signature.
Writes  nothing.
Never   reads a file outside the manifest's folder, or believes a signature without a key.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from marsad.errors import ExportError, SigningError
from marsad.publish.exports.manifest import MANIFEST_NAME, hash_file
from marsad.publish.exports.minisign import (
    SIGNATURE_SUFFIX,
    PublicKey,
    key_name,
    read_public_key,
    read_signature,
    read_small,
)

# A manifest names a few files; whatever is longer is something else.
MAX_MANIFEST_BYTES = 4 << 20
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class ExportVerdict:
    """What was found. `faults` are reasons not to trust the export, empty when it is as made.

    `signed_by` is the key whose signature holds, `comment` what was signed with it.
    `unchecked` is the key that a signature names, where no key was given to check it.
    `others` are files of the folder that the manifest does not name.
    """

    manifest: Path
    files: int
    faults: tuple[str, ...]
    signed_by: str | None = None
    comment: str | None = None
    unchecked: str | None = None
    others: tuple[str, ...] = ()


def load_public_key(given: str) -> PublicKey:
    """A public key: the path of its file, or the key itself as minisign prints it.

    Raises:
        SigningError: it is neither.
    """
    if given.startswith("RW") and len(given) == 56 and not Path(given).exists():
        return read_public_key(given)
    return read_public_key(read_small(Path(given), "public key"))


def verify_export(given: Path, key: PublicKey | None = None) -> ExportVerdict:
    """Check an export by its folder, its manifest or its one file.

    Raises:
        ExportError: there is no manifest, or it is none.
    """
    path = _find_manifest(given)
    content = _read(path)
    files = _listed(content, path)
    faults = [fault for name, said in files.items() if (fault := _check(path.parent, name, said))]
    signature_path = path.with_name(f"{path.name}{SIGNATURE_SUFFIX}")
    signed_by = comment = unchecked = None
    if not signature_path.exists():
        if key is not None:
            faults.insert(0, f"{path.name} is not signed: there is no {signature_path.name}")
    else:
        try:
            signature = read_signature(read_small(signature_path, "signature"))
        except SigningError as error:
            faults.insert(0, f"{signature_path.name} cannot be used: {error}")
        else:
            if key is None:
                unchecked = key_name(signature.key_id)
            elif (fault := signature.check(content, key)) is not None:
                faults.insert(0, f"the signature of {path.name} does not hold: {fault}")
            else:
                signed_by, comment = key.name, signature.comment
    others = _others(path, signature_path, files) if given.is_dir() else ()
    return ExportVerdict(path, len(files), tuple(faults), signed_by, comment, unchecked, others)


def _find_manifest(given: Path) -> Path:
    if given.is_dir():
        found = given / MANIFEST_NAME
    elif given.name.endswith(MANIFEST_NAME):
        found = given
    else:
        found = given.with_name(f"{given.name}.{MANIFEST_NAME}")
    if not found.is_file():
        raise ExportError(f"there is no manifest at {found}. 'marsad export --output' writes one.")
    return found


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_MANIFEST_BYTES + 1)
    except OSError as error:
        raise ExportError(f"the manifest {path} cannot be read: {error.strerror}.") from error
    if len(content) > MAX_MANIFEST_BYTES:
        raise ExportError(f"{path} is no manifest: it is longer than {MAX_MANIFEST_BYTES:,} bytes.")
    return content


def _listed(content: bytes, path: Path) -> dict[str, dict[str, Any]]:
    """The files that a manifest names, each with what it says of it."""
    try:
        body = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ExportError(f"{path} is no manifest: it is no JSON ({error}).") from error
    files = body.get("files") if isinstance(body, dict) else None
    if not isinstance(files, list) or not files:
        raise ExportError(f"{path} is no manifest of marsad: it names no files.")
    listed: dict[str, dict[str, Any]] = {}
    for file in files:
        name = file.get("name") if isinstance(file, dict) else None
        if not isinstance(name, str) or not _is_beside(name):
            raise ExportError(f"{path} names a file that cannot stand beside it: {name!r}.")
        if name in listed:
            raise ExportError(f"{path} names the file {name!r} twice.")
        if not _SHA256.fullmatch(str(file.get("sha256"))) or type(file.get("bytes")) is not int:
            raise ExportError(f"{path} gives no hash or no size for {name!r}.")
        listed[name] = file
    return listed


def _is_beside(name: str) -> bool:
    """Whether a name is a plain file name: no folder, no way out of the folder."""
    return bool(name) and name not in (".", "..") and not set(name) & set("/\\\0")


def _check(folder: Path, name: str, said: dict[str, Any]) -> str | None:
    """What is wrong with a file; None when it is as the manifest says."""
    path = folder / name
    if not path.is_file():
        return f"{name} is missing"
    try:
        size = path.stat().st_size
        if size != said["bytes"]:
            return f"{name} has {size:,} bytes, the manifest says {said['bytes']:,}"
        if hash_file(path) != said["sha256"]:
            return f"{name} is not what was exported: its SHA-256 is another"
    except OSError as error:
        return f"{name} cannot be read: {error.strerror}"
    return None


def _others(path: Path, signature: Path, files: dict[str, Any]) -> tuple[str, ...]:
    known = {path.name, signature.name, *files}
    return tuple(sorted(p.name for p in path.parent.iterdir() if p.name not in known))
