"""What bounds an answer from a stranger's server: in time, and once it is unpacked.

Reads   a response while it arrives.
Writes  its body in small parts.
Never   unpacks more at once than a part, whatever a few bytes would become; waits for a
        server beyond the deadline, however little it sends to keep the line open.
"""

from __future__ import annotations

import socket
import time
import zlib
from collections.abc import Iterator
from threading import Timer
from types import TracebackType
from typing import Any

import httpx

from marsad.errors import FetchError

PART_BYTES = 64 * 1024
# zlib finds out by itself whether it has gzip's head or its own.
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_PACKED = ("gzip", "x-gzip", "deflate")


class Deadline:
    """`with Deadline(seconds) as deadline`: connections that it saw are cut off at its end.

    A timeout between two bytes does not bound the whole: a server may send one byte in each.
    `trace` goes into a request's extensions.
    """

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._seen: list[socket.socket] = []
        self._timer = Timer(seconds, self._cut)
        self._timer.daemon = True

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self._until

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Take note of a connection when it is made."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            connected = info["return_value"].get_extra_info("socket")
            if isinstance(connected, socket.socket):
                self._seen.append(connected)
            if self.is_over:
                self._cut()

    def _cut(self) -> None:
        for connected in list(self._seen):
            try:
                # Not an SSLSocket's own: that one is no work for two threads.
                socket.socket.shutdown(connected, socket.SHUT_RDWR)
            except OSError:
                continue  # it is closed already

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()


def read_parts(response: httpx.Response, url: str, deadline: Deadline) -> Iterator[bytes]:
    """The body up to the deadline, unpacked, in parts that are never much larger than what arrives.

    Raises:
        FetchError: it is packed in an unknown way, more than once, or damaged.
    """
    codings = [
        coding
        for coding in response.headers.get("content-encoding", "")
        .lower()
        .replace(" ", "")
        .split(",")
        if coding not in ("", "identity")
    ]
    if not codings:
        yield from response.iter_bytes()
        return
    # Packed twice, a thousand bytes become a gigabyte before anybody can count them.
    if len(codings) > 1 or codings[0] not in _PACKED:
        raise FetchError(
            f"{url}: is packed in a way that is not read ({', '.join(codings)[:80]}). "
            f"Save the page and give the file."
        )
    try:
        yield from _unpack(response.iter_raw())
    except zlib.error as error:
        if deadline.is_over:
            return
        raise FetchError(
            f"{url}: its compressed bytes are damaged, or end too early. Try again."
        ) from error


def _unpack(arriving: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = None
    for raw in arriving:
        if unpacker is None:
            unpacker = zlib.decompressobj(_window(raw))
        part = unpacker.decompress(raw, PART_BYTES)
        yield part
        while unpacker.unconsumed_tail:
            part = unpacker.decompress(unpacker.unconsumed_tail, PART_BYTES)
            yield part
    if unpacker is not None and not unpacker.eof:
        raise zlib.error("it ends too early")


def _window(start: bytes) -> int:
    """Some servers send "deflate" without zlib's head, as the name says and the RFC does not."""
    is_gzip = start[:1] == b"\x1f"
    is_zlib = len(start) > 1 and start[0] & 15 == 8 and (start[0] * 256 + start[1]) % 31 == 0
    return _GZIP_OR_ZLIB if is_gzip or is_zlib else -zlib.MAX_WBITS
