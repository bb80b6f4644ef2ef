"""Bytes to characters: byte-order marks, declared charsets, and a refusal of what is no text.

Reads   bytes, and what the server or the page declares about them.
Writes  a string.
Never   fails on a single bad byte: it is replaced, as a browser would.
"""

from __future__ import annotations

import codecs
import re

from marsad.errors import UnreadableReport

# What a file of the wrong kind begins with, and what to do about it.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF file; save its text or the web page instead"),
    (b"{\\rtf", "a rich text file; save it as plain text first"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"PK\x03\x04", "a zip archive or office document; unpack it or save it as text first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ\x00", "an xz archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it first"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as text first"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x7fELF", "a program"),
)
BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A text has almost no control characters; a compressed or binary file has about one in nine.
MAX_CONTROL_SHARE = 0.02
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)


def decode(data: bytes, *, name: str, declared: str | None = None) -> str:
    """The text of `data`, without byte-order mark and control characters.

    A byte-order mark wins, then UTF-8 if the bytes are UTF-8, then the declared
    charset (the server's, else the page's own), then Windows-1252.

    Raises:
        UnreadableReport: the bytes are a known binary format or mostly no text.
    """
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            raise UnreadableReport(f"{name}: this is {what}.")
    text = _decode(data, declared)
    sample = text[:65536]
    controls = len(_CONTROLS.findall(sample)) + sample.count("\ufffd")
    if controls > MAX_CONTROL_SHARE * max(len(sample), 50):
        raise UnreadableReport(
            f"{name}: binary data, not text. Give an HTML page, a text file or JSON lines."
        )
    return _CONTROLS.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def decode_alone(data: bytes) -> str:
    """A piece of a longer text: UTF-8 if it is that, else Windows-1252; nothing is taken out."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_broken(data)


def _decode(data: bytes, declared: str | None) -> str:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    wide = guess_utf16(data)
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    match = _DECLARED.search(data[:4096])
    page = (match[1] or match[2]).decode("ascii", "replace") if match else None
    for label in (declared, page):
        text = _decode_as(data, label)
        if text is not None:
            return text
    return _decode_broken(data)


def _decode_as(data: bytes, label: str | None) -> str | None:
    """`data` in a declared charset; None if it is unknown, no text codec, or does not fit."""
    if not label:
        return None
    try:
        codec = codecs.lookup(label.strip())
        # Browsers read Latin-1 and ASCII as Windows-1252, and so do the pages that declare them.
        name = "cp1252" if codec.name in ("iso8859-1", "ascii") else codec.name
        return data.decode(name)
    except (LookupError, ValueError):
        return None


def _decode_broken(data: bytes) -> str:
    """UTF-8 with a few broken bytes, or else Windows-1252."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(1 for char in text if char > "\x7f") - broken
    if sound > broken:
        return text
    return data.decode("cp1252", "replace")


def guess_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark, or None: every second byte of Latin text is zero."""
    sample = data[:2000]
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None
