"""Passwords: hash them slowly, compare them in constant time.

Reads   a password as it was typed.
Writes  a line with the scheme, its costs, the salt and the hash.
Never   keeps a password, or says how near a wrong one came.

scrypt with the first of the costs that OWASP's Password Storage Cheat Sheet gives.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata
from base64 import b64decode, b64encode
from threading import BoundedSemaphore

from marsad.errors import PeopleError

# N = 2**17, r = 8, p = 1: 128 MiB and about a third of a second for one hash.
LOG_N = 17
BLOCK = 8
LANES = 1
_MEMORY = 256 * 1024 * 1024
# So many at once, whoever knocks: each takes 128 MiB.
_TURNS = BoundedSemaphore(2)

# NIST SP 800-63B: length is what counts; no rules about kinds of signs.
MIN_SIGNS = 12
MAX_SIGNS = 256
# Below this, twelve signs are a pattern such as "aaaaaaaaaaaa" or "121212121212".
MIN_DIFFERENT = 5


def check_new_password(password: str, name: str) -> None:
    """Refuse a password that is easily guessed.

    Raises:
        PeopleError: it is too short, too long, too simple, or has the person's name in it.
    """
    folded = _fold(password).casefold()
    if len(password) < MIN_SIGNS:
        raise PeopleError(
            f"the password has {len(password)} signs; it needs {MIN_SIGNS}. "
            f"Several words in a row are easy to keep in mind."
        )
    if len(password) > MAX_SIGNS:
        raise PeopleError(f"the password is longer than {MAX_SIGNS} signs.")
    if len(set(folded)) < MIN_DIFFERENT:
        raise PeopleError("the password repeats the same few signs. Take several words in a row.")
    if len(name) > 2 and _fold(name).casefold() in folded and len(password) < len(name) + MIN_SIGNS:
        raise PeopleError("the password is little more than the name. Take several other words.")


def hash_password(password: str) -> str:
    """One line that `matches` can compare with; another one each time."""
    salt = os.urandom(16)
    digest = _scrypt(password, salt, LOG_N, BLOCK, LANES)
    return f"scrypt${LOG_N}${BLOCK}${LANES}${_write(salt)}${_write(digest)}"


def matches(password: str, stored: str | None) -> bool:
    """Whether it is that password. Takes as long when `stored` is None: then it is not."""
    if stored is None:
        _scrypt(password, b"nobody of this name", LOG_N, BLOCK, LANES)
        return False
    _, log_n, block, lanes, salt, digest = stored.split("$")
    made = _scrypt(password, b64decode(salt), int(log_n), int(block), int(lanes))
    return hmac.compare_digest(made, b64decode(digest))


def _scrypt(password: str, salt: bytes, log_n: int, block: int, lanes: int) -> bytes:
    typed = _fold(password[: MAX_SIGNS + 1]).encode("utf-8", "surrogatepass")
    with _TURNS:
        return hashlib.scrypt(
            typed, salt=salt, n=2**log_n, r=block, p=lanes, maxmem=_MEMORY, dklen=32
        )


def _fold(password: str) -> str:
    # The same word typed on two systems may come composed or not.
    return unicodedata.normalize("NFKC", password)


def _write(data: bytes) -> str:
    return b64encode(data).decode("ascii")
