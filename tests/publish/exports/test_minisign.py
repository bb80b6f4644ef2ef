"""Keys and signatures, made and checked by the real minisign program and by us."""

import base64
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.errors import SigningError
from marsad.publish.exports.minisign import (
    needs_password,
    read_public_key,
    read_secret_key,
    read_signature,
)

MINISIGN = shutil.which("minisign") or "minisign"
CONTENT = b'{"files": []}\n'


def minisign(*words: object, password: str = "") -> int:
    """How the program ends."""
    typed = f"{password}\n{password}\n"
    command = [MINISIGN, *map(str, words)]
    return subprocess.run(command, input=typed, text=True, capture_output=True).returncode


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """A folder with a key pair without a password, another's, and a file to sign."""
    folder = tmp_path_factory.mktemp("keys")
    for name in ("own", "other"):
        made = minisign("-G", "-W", "-p", folder / f"{name}.pub", "-s", folder / f"{name}.key")
        assert made == 0, "apt-get install minisign"
    (folder / "file").write_bytes(CONTENT)
    return folder


@pytest.fixture(scope="module")
def locked(keys):
    """A secret key under the password "ночь 14"."""
    path: Path = keys / "locked.key"
    made = minisign("-G", "-p", keys / "locked.pub", "-s", path, password="ночь 14")
    assert made == 0
    return path


def secret(folder, name="own"):
    return read_secret_key((folder / f"{name}.key").read_text())


def public(folder, name="own"):
    return read_public_key((folder / f"{name}.pub").read_text())


def test_minisign_takes_our_signature(keys):
    signed = secret(keys).sign(CONTENT, "timestamp:1\tfile:file\thashed")
    (keys / "file.minisig").write_text(signed)
    assert minisign("-V", "-m", keys / "file", "-p", keys / "own.pub") == 0
    assert minisign("-V", "-m", keys / "file", "-p", keys / "other.pub") != 0
    (keys / "changed").write_bytes(CONTENT + b" ")
    (keys / "changed.minisig").write_text(signed)
    assert minisign("-V", "-m", keys / "changed", "-p", keys / "own.pub") != 0


@pytest.mark.parametrize("option", ["-H", "-l"])
def test_we_take_the_signatures_of_minisign_in_both_forms(keys, option):
    where = keys / f"signature{option}"
    words = ("-S", option, "-m", keys / "file", "-s", keys / "own.key", "-x", where)
    assert minisign(*words, "-t", "seen by the desk") == 0
    signature = read_signature(where.read_text())
    assert signature.prehashed == (option == "-H")
    assert signature.comment == "seen by the desk"
    assert signature.check(CONTENT, public(keys)) is None
    assert "not with" in (signature.check(CONTENT, public(keys, "other")) or "")
    assert signature.check(CONTENT + b" ", public(keys)) == "the file is not what was signed"


def test_a_key_belongs_to_the_public_key_that_minisign_made(keys):
    assert secret(keys).public == public(keys)
    line = (keys / "own.pub").read_text().splitlines()[1]
    assert read_public_key(line) == public(keys)


def test_a_key_under_a_password_is_opened_by_it_alone(keys, locked):
    text = locked.read_text()
    assert needs_password(text)
    assert not needs_password((keys / "own.key").read_text())
    assert read_secret_key(text, "ночь 14").public == public(keys, "locked")
    with pytest.raises(SigningError, match="password of the signing key is wrong") as caught:
        read_secret_key(text, "hunter2")
    assert "hunter2" not in str(caught.value)


@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_a_flipped_bit_of_a_signature_is_noticed(keys, place, bit):
    """But for the comment that nobody signs."""
    text = secret(keys).sign(CONTENT, "timestamp:1\tfile:file\thashed").encode()
    start = text.index(b"\n") + 1
    at = start + place % (len(text) - start - 1)
    flipped = bytearray(text)
    flipped[at] ^= 1 << bit
    try:
        signature = read_signature(flipped.decode("utf-8"))
    except (SigningError, UnicodeDecodeError):
        return
    same = read_signature(text.decode())
    assert signature == same or signature.check(CONTENT, public(keys)) is not None


@given(st.binary(max_size=200), st.text())
def test_whatever_is_signed_can_be_checked(keys, content, comment):
    signature = read_signature(secret(keys).sign(content, comment))
    assert signature.check(content, public(keys)) is None


def test_no_message_or_representation_holds_the_secret(keys):
    text = (keys / "own.key").read_text()
    raw = base64.b64decode(text.splitlines()[1])
    key = secret(keys)
    shown = repr(key) + str(key) + key.sign(CONTENT, "x")
    assert raw[62:94].hex() not in shown
    assert base64.b64encode(raw[62:94]).decode().rstrip("=") not in shown
    damaged = bytearray(raw)
    damaged[70] ^= 1
    with pytest.raises(SigningError, match="do not belong together") as caught:
        read_secret_key(f"untrusted comment: x\n{base64.b64encode(damaged).decode()}\n")
    assert base64.b64encode(damaged).decode()[60:] not in str(caught.value)


def test_a_key_that_would_take_all_memory_is_refused(locked):
    raw = bytearray(base64.b64decode(locked.read_text().splitlines()[1]))
    raw[46:54] = (1 << 40).to_bytes(8, "little")
    with pytest.raises(SigningError, match="MiB of memory"):
        read_secret_key(f"untrusted comment: x\n{base64.b64encode(raw).decode()}\n", "x")


@given(st.text(max_size=300))
def test_what_is_no_key_or_signature_is_said_to_be_none(text):
    for read in (read_secret_key, read_public_key, read_signature):
        with pytest.raises(SigningError):
            read(text)
