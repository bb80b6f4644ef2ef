"""The bytes of a web archive, whether plain, one gzip file, or a gzip member each record.

Reads   a binary stream.
Writes  the bytes as they were before compression.
Never   holds more than a little beyond what was asked for.
"""

from __future__ import annotations

import zlib

from marsad.reports.tablelines import ByteStream

CHUNK_BYTES = 65_536
# One chunk of a hostile member could become 64 MB; it is taken in pieces.
PIECE_BYTES = 1 << 18
_RECORD_END = b"\r\n\r\n"
_MEMBER = b"\x1f\x8b\x08"
_GZIP = 31  # zlib's window size that means gzip


class Damaged(Exception):  # noqa: N818 - a signal between this module and the archive's reader
    """The gzip member being read is damaged. Reading goes on at the next one."""


class WarcBytes:
    """A stream that is read by lines and lengths, and skips damaged gzip members."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        head = stream.read(CHUNK_BYTES)
        self._is_gzip = head.startswith(_MEMBER[:2])
        self._packed = head if self._is_gzip else b""
        self._plain = bytearray(b"" if self._is_gzip else head)
        self._member = zlib.decompressobj(_GZIP)
        self._inside = False  # a member has begun and not ended
        self._damage_ahead = False

    def readline(self, limit: int) -> bytes:
        """The next line with its end, or `limit` bytes of it; empty at the end.

        Raises:
            Damaged: the bytes before the next sound member are lost.
        """
        if self._damage_ahead:
            self._damage_ahead = False
            raise Damaged
        searched = 0
        while (end := self._plain.find(b"\n", searched)) < 0 and len(self._plain) < limit:
            searched = len(self._plain)
            if not self._fill():
                break
        return self._take(min(end + 1 if end >= 0 else len(self._plain), limit))

    def read(self, size: int) -> bytes:
        """The next `size` bytes, fewer only at the end.

        Raises:
            Damaged: as `readline`.
        """
        while len(self._plain) < size and self._fill():
            pass
        return self._take(min(size, len(self._plain)))

    def skip(self, size: int) -> None:
        """Pass over `size` bytes.

        Raises:
            Damaged: as `readline`.
        """
        while size > 0:
            part = self.read(min(size, PIECE_BYTES))
            if not part:
                return
            size -= len(part)

    def at_record_end(self) -> bool:
        """Whether a record may end here: before two empty lines, another record, or the end."""
        try:
            while len(self._plain) < len(_RECORD_END) and self._fill():
                pass
        except Damaged:  # the record before is sound: it is told with the next
            self._damage_ahead = True
            return True
        if self._plain.startswith(_RECORD_END):
            return True
        rest = self._plain[:16].lstrip(b"\r\n")
        return not rest or rest.startswith(b"WARC/")

    def push_back(self, data: bytes) -> None:
        """Read `data` again before the rest."""
        self._plain[:0] = data

    def _take(self, size: int) -> bytes:
        data = bytes(self._plain[:size])
        del self._plain[:size]
        return data

    def _fill(self) -> bool:
        """Add some bytes to the plain ones; False at the end."""
        if not self._is_gzip:
            chunk = self._stream.read(CHUNK_BYTES)
            self._plain += chunk
            return bool(chunk)
        while True:
            self._packed = self._packed or self._stream.read(CHUNK_BYTES)
            if not self._packed and not self._inside:
                return False
            added = self._unpack()
            if added:
                self._plain += added
                return True

    def _unpack(self) -> bytes:
        """Some bytes of the present member, from the packed ones at hand."""
        at_end = not self._packed
        try:
            added = self._member.decompress(self._packed, PIECE_BYTES)
        except zlib.error:
            self._drop_member(self._packed[1:])
            raise Damaged from None
        self._inside = True
        if self._member.eof:
            # Some writers fill up with zeros between members.
            self._packed = self._member.unused_data.lstrip(b"\x00")
            self._member = zlib.decompressobj(_GZIP)
            self._inside = False
        else:
            self._packed = self._member.unconsumed_tail
            if at_end and not added:
                self._drop_member(b"")
                raise Damaged
        return added

    def _drop_member(self, packed: bytes) -> None:
        """Go to where the next member may begin."""
        self._plain.clear()
        self._member = zlib.decompressobj(_GZIP)
        self._inside = False
        while (begin := packed.find(_MEMBER)) < 0:
            chunk = self._stream.read(CHUNK_BYTES)
            packed = packed[-2:] + chunk
            if not chunk:
                self._packed = b""
                return
        self._packed = packed[begin:]
