"""Static files: styles, scripts, vendored libraries, the countries' outlines.

Reads   files below `static/`, and the base map.
Writes  them with an ETag; for a year where the address holds their hash.
Never   leaves its folder, whatever the path says: only names found at the start are served.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from fastapi import APIRouter, Request, Response
from starlette.exceptions import HTTPException

STATIC = Path(str(resources.files("marsad.web"))) / "static"
BASEMAP = Path(str(resources.files("marsad.publish"))) / "basemap"
_HASH_SIGNS = 12
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
}
_PACKED = (".css", ".js", ".mjs", ".json", ".svg")

router = APIRouter()


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    packed: bytes | None
    hash: str
    type: str


@cache
def _paths() -> dict[str, Path]:
    found = {
        path.relative_to(STATIC).as_posix(): path
        for path in STATIC.rglob("*")
        if path.suffix in _TYPES and path.is_file()
    }
    return found | {f"basemap/{path.name}": path for path in BASEMAP.glob("*.json")}


@cache
def _load(name: str) -> _File | None:
    path = _paths().get(name)
    if path is None:
        return None
    content = path.read_bytes()
    packed = gzip.compress(content, mtime=0) if path.suffix in _PACKED else None
    digest = hashlib.sha256(content).hexdigest()[:_HASH_SIGNS]
    return _File(content, packed, digest, _TYPES[path.suffix])


def static_url(name: str) -> str:
    """The address of a static file, with its hash, so that it may be kept for good.

    Raises:
        KeyError: there is no such file.
    """
    file = _load(name)
    if file is None:
        raise KeyError(f"there is no static file {name!r}")
    return f"/static/{name}?v={file.hash}"


@router.get("/static/{name:path}", include_in_schema=False)
def get_static(request: Request, name: str, v: str = "") -> Response:
    """A static file."""
    file = _load(name)
    if file is None:
        raise HTTPException(404, "There is no such file.")
    # Without the hash it may change with the next version: ask again, and hear "not modified".
    kept = "public, max-age=31536000, immutable" if v == file.hash else "no-cache"
    headers = {"ETag": f'"{file.hash}"', "Cache-Control": kept, "Vary": "Accept-Encoding"}
    if file.hash in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    content = file.content
    if file.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        content = file.packed
        headers["Content-Encoding"] = "gzip"
    return Response(content, media_type=file.type, headers=headers)
