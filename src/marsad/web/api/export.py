"""Export: the account in the formats that the field already uses.

Reads   the ledger, through `workflow.export`.
Writes  one file, whole: it is sent when it is done, so that a part is never taken for all.
Never   tells what the profile withholds; internal is for who is signed in and asks for it.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from marsad.errors import ExportError
from marsad.publish.exports.formats import FORMAT_NAMES, load_format
from marsad.publish.exports.protect import Profile
from marsad.web.api.answers import ReaderDep
from marsad.web.api.asked import (
    read_moment,
    read_policy,
    read_wanted,
    require_known,
)
from marsad.web.api.parameters import FILTER, describe_parameters
from marsad.web.api.problems import describe, fail
from marsad.web.desk import DeskDep
from marsad.web.public_view import INTERNAL, PUBLIC, is_place_asked, public_filter
from marsad.workflow.export import ExportRequest, export_to_files, export_to_stream

router = APIRouter(prefix="/export", tags=["export"])

_KNOWN = ("format", *FILTER, "limit", "offset", "policy", "as_of", "profile")
_IN_MEMORY_BYTES = 4 * 1024 * 1024
_CHUNK_BYTES = 64 * 1024


@router.get(
    "",
    response_class=Response,
    responses={
        200: {"description": "The file", "content": {"*/*": {}}},
        **describe(400, 401, 422, 429, 503),
    },
    openapi_extra=describe_parameters(
        "format", *FILTER, "export_limit", "export_offset", "policy", "as_of", "profile"
    ),
)
def export(request: Request, desk: DeskDep, person: ReaderDep) -> Response:
    """All incidents of a filter as one file, without names unless the profile is internal."""
    query = request.query_params
    require_known(query, _KNOWN)
    name = query.get("format", "").strip()
    if name not in FORMAT_NAMES:
        raise fail(400, f"format: {name[:40]!r} is not one of {', '.join(FORMAT_NAMES)}.")
    wanted, moment = read_wanted(query, desk, person), read_moment(query, "as_of")
    profile = _read_profile(query.get("profile", "").strip())
    if person is None:
        if not profile.is_public or moment is not None or is_place_asked(wanted):
            raise fail(
                400, "the internal profile, as_of, place and areas are for who is signed in."
            )
        wanted = public_filter(wanted)
    asked = ExportRequest((name,), wanted, read_policy(query), moment, profile)
    format_ = load_format(name)
    if not desk.exports.acquire(blocking=False):
        raise fail(429, "so many exports are being made that this one has to wait. Try again soon.")
    file = tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES)  # noqa: SIM115 - closed when sent
    try:
        if format_.to_stream is not None:
            _write_text(desk, asked, file)
        else:
            _write_file(desk, asked, format_.file_name, file)
    except ExportError as error:
        file.close()
        raise fail(422, str(error)) from error
    except BaseException:
        file.close()
        raise
    finally:
        desk.exports.release()
    length = file.tell()
    file.seek(0)
    ending = "".join(Path(format_.file_name).suffixes)
    called = f"marsad-{name}-{datetime.now(UTC):%Y-%m-%d}-{profile.name}{ending}"
    headers = {
        "Content-Disposition": f'attachment; filename="{called}"',
        "Content-Length": str(length),
        "Cache-Control": "no-store",
        "Vary": "Authorization, Cookie",
    }
    return StreamingResponse(_chunks(file), media_type=format_.media_type, headers=headers)


def _read_profile(given: str) -> Profile:
    match given:
        case "" | "public":
            return PUBLIC
        case "internal":
            return INTERNAL
    raise fail(400, f"profile: {given[:40]!r} is neither public nor internal.")


def _write_text(desk: DeskDep, asked: ExportRequest, file: IO[bytes]) -> None:
    stream = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    export_to_stream(desk.ledger, asked, stream)
    stream.detach()


def _write_file(desk: DeskDep, asked: ExportRequest, name: str, file: IO[bytes]) -> None:
    with tempfile.TemporaryDirectory(prefix="marsad-export-") as folder:
        path = Path(folder) / name
        export_to_files(desk.ledger, asked, path)
        with path.open("rb") as made:
            while chunk := made.read(_CHUNK_BYTES):
                file.write(chunk)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk
