"""Downloads: all incidents of a view as a file, written while it is being sent.

Reads   the ledger, through the exports.
Writes  CSV or GeoJSON, under the public profile for who is not signed in.
Never   ends a file that is not whole as if it were: the connection breaks off instead. Waits
        without end for a reader who takes nothing.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import TextIO, cast

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from starlette.exceptions import HTTPException

from marsad.errors import DeskError, ExportError
from marsad.store.ledger import Ledger
from marsad.web.desk import DeskDep
from marsad.web.guard import ReaderDep
from marsad.web.public_view import is_place_asked
from marsad.web.view import read_view
from marsad.workflow.export import ExportRequest, export_to_stream

router = APIRouter()

# Name, ending and media type of what a browser can be sent while it is made.
FILES = {
    "csv": ("csv", "text/csv; charset=utf-8"),
    "claims": ("csv", "text/csv; charset=utf-8"),
    "geojson": ("geojson", "application/geo+json"),
}
CHUNK_SIGNS = 64 * 1024
CHUNKS_AHEAD = 8
# How often a writer whose reader has gone looks up from waiting.
LOOK_SECONDS = 0.5
# Who takes no chunk for so long is left: the export holds a connection to the database.
STALL_SECONDS = 60.0
BUSY_SECONDS = 30


@router.get("/download")
def download(request: Request, desk: DeskDep, person: ReaderDep, format: str) -> Response:
    """All incidents of the view in one format; names and places as the profile lets them be."""
    if format not in FILES:
        raise DeskError(f"format: {format[:80]!r} is not one of {', '.join(FILES)}.")
    view = read_view(request, person)
    if view.public and is_place_asked(view.asked):
        # An export tells of incidents with a claim of a sensitive kind too, made vague: that
        # they are found by a village would tell which.
        raise DeskError("downloads by place or area are for who is signed in; take the country.")
    wanted = view.wanted.model_copy(update={"limit": None, "offset": 0})
    asked = ExportRequest((format,), wanted=wanted, profile=view.profile)
    ending, kind = FILES[format]
    name = f"marsad-{datetime.now(UTC):%Y-%m-%d}-{view.profile.name}.{ending}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    if not desk.exports.acquire(blocking=False):
        raise HTTPException(
            429,
            f"Many are downloading just now. Wait {BUSY_SECONDS} seconds, then try again.",
            {"Retry-After": str(BUSY_SECONDS)},
        )
    chunks = stream_export(desk.ledger, asked, desk.exports.release)
    return StreamingResponse(chunks, media_type=kind, headers=headers)


def stream_export(
    ledger: Ledger, asked: ExportRequest, done: Callable[[], None] = lambda: None
) -> Generator[bytes, None, None]:
    """The export in chunks, some ahead of the reader. One who goes away or stalls ends it.

    It begins at once; `done` is called at its end, also if nobody ever takes a chunk.

    Raises:
        MarsadError: what the export raised; the chunks before it are no whole file.
    """
    pipe = _Pipe()

    def work() -> None:
        try:
            export_to_stream(ledger, asked, cast(TextIO, pipe))
            pipe.finish(None)
        except _ReaderGone:
            pass
        except Exception as error:  # told where it is read
            with suppress(_ReaderGone):
                pipe.finish(error)
        finally:
            done()

    worker = Thread(target=work, name="download", daemon=True)
    worker.start()
    return _read(pipe, worker)


def _read(pipe: _Pipe, worker: Thread) -> Generator[bytes, None, None]:
    try:
        yield from pipe.chunks()
    finally:
        pipe.gone.set()
        worker.join()


class _ReaderGone(Exception):  # noqa: N818 - no error: nobody reads on
    """Who downloaded has gone away."""


class _Pipe(io.TextIOBase):
    """What is written in one thread is read in another, not more than some chunks later."""

    def __init__(self) -> None:
        self.gone = Event()
        self.stalled = Event()
        self._queue: Queue[bytes | Exception | None] = Queue(CHUNKS_AHEAD)
        self._held: list[str] = []
        self._signs = 0

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._held.append(text)
        self._signs += len(text)
        if self._signs >= CHUNK_SIGNS:
            self._send()
        return len(text)

    def finish(self, error: Exception | None) -> None:
        """Send what is held, and that this is the end or why it is not."""
        if error is None:
            self._send()
        self._put(error)

    def chunks(self) -> Iterator[bytes]:
        """What was written, until the end."""
        while True:
            try:
                chunk = self._queue.get(timeout=LOOK_SECONDS)
            except Empty:
                if self.stalled.is_set():
                    raise ExportError("who downloads took nothing for too long.") from None
                continue
            if chunk is None:
                return
            if isinstance(chunk, Exception):
                raise chunk
            yield chunk

    def _send(self) -> None:
        text = "".join(self._held)
        self._held, self._signs = [], 0
        if text:
            self._put(text.encode("utf-8"))

    def _put(self, chunk: bytes | Exception | None) -> None:
        until = time.monotonic() + STALL_SECONDS
        while not self.gone.is_set() and time.monotonic() < until:
            try:
                self._queue.put(chunk, timeout=LOOK_SECONDS)
                return
            except Full:
                continue
        self.stalled.set()
        raise _ReaderGone
