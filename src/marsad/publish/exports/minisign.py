"""Minisign: sign a manifest so that readers know that it is whole and from whom it is.

Reads   minisign's secret keys, with a password or without, public keys and signatures.
Writes  signatures in its prehashed form, which `minisign -V` checks.
Never   lets a secret key or a password into a message, a representation or a file.

The format is that of https://jedisct1.github.io/minisign/: Ed25519 over the file, or over its
BLAKE2b-512 hash, and over the signature with its trusted comment.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from marsad.errors import SigningError

SIGNATURE_SUFFIX = ".minisig"
# Keys and signatures are some hundred bytes; whatever is longer is something else.
MAX_BYTES = 16_384
# minisign asks for 1 GiB; a key that asks for much more is made to exhaust its reader.
MAX_SCRYPT_BYTES = 1 << 30
MAX_SCRYPT_WORK = 1 << 27
_LEGACY, _PREHASHED = b"Ed", b"ED"
_NO_KDF, _SCRYPT = b"\0\0", b"Sc"
_SECRET_BYTES, _PUBLIC_BYTES, _SIGNATURE_BYTES = 158, 42, 74
_ID = slice(2, 10)
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass(frozen=True)
class SecretKey:
    """A secret key that is ready to sign. `key_id` is as minisign shows it."""

    key_id: bytes
    _key: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> PublicKey:
        """The public key that checks what this one signs."""
        raw = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return PublicKey(self.key_id, raw)

    def sign(self, content: bytes, comment: str) -> str:
        """The text of a signature file. `comment` is signed too; it is one line."""
        signature = self._key.sign(_prehash(content))
        trusted = _CONTROL.sub(" ", comment)
        whole = self._key.sign(signature + trusted.encode())
        return (
            f"{_UNTRUSTED}signature from marsad, key {self.public.name}\n"
            f"{_base64(_PREHASHED + self.key_id + signature)}\n"
            f"{_TRUSTED}{trusted}\n"
            f"{_base64(whole)}\n"
        )


@dataclass(frozen=True)
class PublicKey:
    """A public key."""

    key_id: bytes
    raw: bytes

    @property
    def name(self) -> str:
        """The key's id as minisign shows it: 16 hexadecimal digits."""
        return key_name(self.key_id)


@dataclass(frozen=True)
class Signature:
    """A signature file, not checked yet. `comment` may be believed only once it is."""

    key_id: bytes
    prehashed: bool
    signature: bytes
    comment: str
    whole: bytes

    def check(self, content: bytes, key: PublicKey) -> str | None:
        """Why the signature does not hold for the content and this key; None when it does."""
        if self.key_id != key.key_id:
            return f"it was made with the key {key_name(self.key_id)}, not with {key.name}"
        public = Ed25519PublicKey.from_public_bytes(key.raw)
        try:
            public.verify(self.signature, _prehash(content) if self.prehashed else content)
        except InvalidSignature:
            return "the file is not what was signed"
        try:
            public.verify(self.whole, self.signature + self.comment.encode())
        except InvalidSignature:
            return "its trusted comment is not what was signed"
        return None


def key_name(key_id: bytes) -> str:
    """A key's id as minisign shows it."""
    return f"{int.from_bytes(key_id, 'little'):016X}"


def needs_password(text: str) -> bool:
    """Whether a secret key is kept under a password.

    Raises:
        SigningError: it is no secret key of minisign.
    """
    return _secret_bytes(text)[2:4] == _SCRYPT


def read_secret_key(text: str, password: str = "") -> SecretKey:
    """A secret key from the text of its file.

    Raises:
        SigningError: it is none, or the password is wrong.
    """
    raw = _secret_bytes(text)
    salt, limits, kept = raw[6:38], raw[38:54], raw[54:158]
    is_locked = raw[2:4] == _SCRYPT
    if is_locked:
        kept = _unlock(kept, password, salt, limits)
    key_id, seed, public, check = kept[:8], kept[8:40], kept[40:72], kept[72:104]
    right = hashlib.blake2b(raw[:2] + kept[:72], digest_size=32).digest()
    # minisign leaves the sum of a key without a password empty.
    if not hmac.compare_digest(check, right) and (is_locked or any(check)):
        raise SigningError(
            "the password of the signing key is wrong."
            if is_locked
            else "the signing key is damaged: its checksum does not fit."
        )
    key = SecretKey(key_id, Ed25519PrivateKey.from_private_bytes(seed))
    if key.public.raw != public:
        raise SigningError("the signing key is damaged: its two halves do not belong together.")
    return key


def _secret_bytes(text: str) -> bytes:
    raw = _payload(text, "secret key")
    if len(raw) != _SECRET_BYTES or raw[:2] != _LEGACY or raw[4:6] != b"B2":
        raise SigningError(
            "the signing key is no secret key of minisign ('minisign -G' makes one)."
        )
    if raw[2:4] not in (_NO_KDF, _SCRYPT):
        raise SigningError("the signing key is locked in a way that is not known here.")
    return raw


def _unlock(kept: bytes, password: str, salt: bytes, limits: bytes) -> bytes:
    operations = int.from_bytes(limits[:8], "little")
    memory = int.from_bytes(limits[8:], "little")
    if memory > MAX_SCRYPT_BYTES or operations > MAX_SCRYPT_WORK:
        raise SigningError(
            f"the signing key asks for {memory >> 20:,} MiB of memory and {operations:,} steps to "
            f"unlock; at most {MAX_SCRYPT_BYTES >> 20:,} and {MAX_SCRYPT_WORK:,} are given."
        )
    power, times = _scrypt_cost(operations, memory)
    try:
        stream = hashlib.scrypt(
            password.encode(),
            salt=salt,
            n=1 << power,
            r=8,
            p=times,
            maxmem=MAX_SCRYPT_BYTES + (1 << 24),
            dklen=len(kept),
        )
    except (ValueError, MemoryError) as error:
        raise SigningError(
            "there is too little memory to unlock the signing key (minisign's keys need 1 GiB)."
        ) from error
    return bytes(a ^ b for a, b in zip(kept, stream, strict=True))


def _scrypt_cost(operations: int, memory: int) -> tuple[int, int]:
    """Log2 of N, and p, as libsodium chooses them from its two limits, with r = 8."""
    operations = max(operations, 32_768)
    by_work = operations < memory // 32
    most = operations // 32 if by_work else memory // 1024
    power = 1
    while power < 63 and (1 << power) <= most // 2:
        power += 1
    times = 1 if by_work else max(1, min((operations // 4) >> power, 0x3FFF_FFFF) // 8)
    return power, times


def read_public_key(text: str) -> PublicKey:
    """A public key from the text of its file, or from its one line of letters and digits.

    Raises:
        SigningError: it is none.
    """
    raw = _payload(text, "public key")
    if len(raw) != _PUBLIC_BYTES or raw[:2] != _LEGACY:
        raise SigningError("that is no public key of minisign: it begins with 'RW', 56 signs.")
    return PublicKey(raw[_ID], raw[10:])


def read_signature(text: str) -> Signature:
    """A signature from the text of its file.

    Raises:
        SigningError: it is none.
    """
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    if len(lines) == 4 and lines[2].startswith(_TRUSTED):
        first, whole = _decode(lines[1]), _decode(lines[3])
        if first is not None and whole is not None:
            sound = len(first) == _SIGNATURE_BYTES and len(whole) == 64
            if sound and first[:2] in (_LEGACY, _PREHASHED):
                comment = lines[2].removeprefix(_TRUSTED)
                return Signature(first[_ID], first[:2] == _PREHASHED, first[10:], comment, whole)
    raise SigningError("that is no signature of minisign: it has four lines, two of them comments.")


def read_small(path: Path, what: str) -> str:
    """The text of a key or signature file.

    Raises:
        SigningError: it cannot be read, or is something else by its size.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise SigningError(f"the {what} {path} cannot be read: {error.strerror}.") from error
    if len(content) > MAX_BYTES:
        raise SigningError(f"{path} is no {what}: it is longer than {MAX_BYTES:,} bytes.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SigningError(f"{path} is no {what}: it is no text.") from error


def _payload(text: str, what: str) -> bytes:
    """The bytes of a key: its last line, without the comment before it."""
    lines = [line for line in text.splitlines() if line.strip()]
    raw = _decode(lines[-1].strip()) if 1 <= len(lines) <= 2 else None
    if raw is None:
        raise SigningError(f"that is no {what} of minisign: it has a comment and a line of Base64.")
    return raw


def _decode(line: str) -> bytes | None:
    try:
        return base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        return None


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _prehash(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=64).digest()
