"""Servers that send a page without end, or one that grows when it is unpacked."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from marsad.errors import FetchError
from marsad.reports import fetch as fetching
from marsad.reports.fetch import fetch

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
MIB = 1024 * 1024


@contextmanager
def sending(send: Callable[[socket.socket], None]) -> Iterator[str]:
    """The address of a server that answers one request so."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            with suppress(OSError), listening.accept()[0] as line:
                line.recv(65_536)
                send(line)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        thread.join(10)


def pack(data: bytes, bits: int = 31) -> bytes:
    packer = zlib.compressobj(9, wbits=bits)
    return packer.compress(data) + packer.flush()


def drip(line: socket.socket, begin: bytes, parts: Iterator[bytes]) -> None:
    line.sendall(begin)
    for part in parts:
        line.sendall(part)
        time.sleep(0.05)


def headers() -> Iterator[bytes]:
    yield from (b"X-Slow: %d\r\n" % number for number in range(80))


def empty_blocks() -> Iterator[bytes]:
    packer = zlib.compressobj(wbits=31)
    yield packer.flush(zlib.Z_FULL_FLUSH)
    yield from [b"\x00\x00\x00\xff\xff"] * 80  # stored blocks without a byte in them


@pytest.mark.parametrize(
    ("begin", "parts"),
    [
        (HEAD, headers),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n", empty_blocks),
        (HEAD + b"\r\n", lambda: iter([b"<p>"] * 80)),
    ],
    ids=["headers", "packed", "body"],
)
def test_a_server_that_keeps_the_line_open_is_left_in_time(monkeypatch, begin, parts):
    monkeypatch.setattr(fetching, "TOTAL_SECONDS", 0.5)
    began = time.monotonic()
    with sending(lambda line: drip(line, begin, parts())) as url:
        with pytest.raises(FetchError, match="still sending"):
            fetch(url)
        assert time.monotonic() - began < 2.5


def test_a_body_that_was_cut_off_is_not_taken_for_whole(monkeypatch):
    monkeypatch.setattr(fetching, "TOTAL_SECONDS", 0.3)

    def send(line: socket.socket) -> None:
        line.sendall(HEAD + b"\r\n<p>Seven people were")
        time.sleep(1)

    with sending(send) as url, pytest.raises(FetchError, match="still sending"):
        fetch(url)


@pytest.mark.parametrize("coding", ["gzip, gzip", "gzip,deflate", "br", "gzip, identity, gzip"])
def test_what_is_packed_twice_is_not_unpacked(coding):
    body = pack(pack(b"0" * MIB))
    head = HEAD + b"Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
    with (
        sending(lambda line: line.sendall(head % (coding.encode(), len(body)) + body)) as url,
        pytest.raises(FetchError, match="packed in a way that is not read"),
    ):
        fetch(url)


def test_what_grows_when_it_is_unpacked_is_let_go_before_it_is_large():
    body = pack(b"0" * (60 * MIB))  # 60 kB: it arrives at once
    head = HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
    tracemalloc.start()
    try:
        with (
            sending(lambda line: line.sendall(head + body)) as url,
            pytest.raises(FetchError, match="larger than"),
        ):
            fetch(url, max_bytes=MIB)
        assert tracemalloc.get_traced_memory()[1] < 12 * MIB
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("coding", "bits"), [("gzip", 31), ("x-gzip", 31), ("deflate", 15), ("deflate", -15)]
)
def test_a_packed_page_is_unpacked(coding, bits):
    text = b"<p>" + b"Shelling of the road went on. " * 9000
    body = pack(text, bits)
    head = HEAD + b"Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
    with sending(lambda line: line.sendall(head % (coding.encode(), len(body)) + body)) as url:
        assert fetch(url).data == text


def test_damaged_bytes_are_told_of():
    body = bytearray(gzip.compress(b"<p>Seven people" * 50))
    body[20:40] = b"\xff" * 20
    head = HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
    with (
        sending(lambda line: line.sendall(head + bytes(body))) as url,
        pytest.raises(FetchError, match="damaged"),
    ):
        fetch(url)
