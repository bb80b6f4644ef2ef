"""Addresses: mail addresses and web addresses as they are typed, read or refused.

Reads   text that anybody may have typed, into a form on the web too.
Writes  an address that is safe in a header and in SMTP.
Never   lets through a line end, a second address or a display name with them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import urlsplit

from marsad.errors import SettingsError, SubscriberError

# RFC 5321, 4.5.3.1.
MAX_ADDRESS_SIGNS = 254
MAX_LOCAL_SIGNS = 64
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


@dataclass(frozen=True)
class Sender:
    """Whom mail comes from: the address, and the name that is shown with it, or ""."""

    address: str
    name: str = ""


def read_address(typed: str) -> str:
    """A mail address with its domain in ASCII, small letters: `ana@xn--….example`.

    Raises:
        SubscriberError: it is none that can be written to.
    """
    address = typed.strip(" \t")
    shown = ascii(address[:80])
    if any(unicodedata.category(sign)[0] == "C" or sign.isspace() for sign in address):
        raise SubscriberError(f"{shown} holds a space or a control character; give one address.")
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain:
        raise SubscriberError(f"{shown} is no mail address; write it like name@example.org.")
    if not local.isascii():
        raise SubscriberError(
            f"{shown} has letters before the @ that few mail servers take; give an address in "
            f"ASCII before the @. (After the @ any script will do.)"
        )
    if len(local) > MAX_LOCAL_SIGNS or not _LOCAL.fullmatch(local):
        raise SubscriberError(
            f"{shown} is no mail address: what stands before the @ cannot be one's name there. "
            f"Give the bare address, like name@example.org."
        )
    read = f"{local}@{_read_domain(domain, shown)}"
    if len(read) > MAX_ADDRESS_SIGNS:
        raise SubscriberError(f"{shown} … is longer than {MAX_ADDRESS_SIGNS} signs.")
    return read


def _read_domain(domain: str, shown: str) -> str:
    try:
        plain = unicodedata.normalize("NFKC", domain).encode("idna").decode("ascii").lower()
    except UnicodeError as error:
        raise SubscriberError(f"{shown}: {domain!a} is no domain name.") from error
    labels = plain.split(".")
    if len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit():
        raise SubscriberError(f"{shown}: {domain!a} is no domain name, like example.org.")
    return plain


def read_sender(text: str) -> Sender:
    """`Desk <desk@example.org>` or a bare address, as MARSAD_MAIL_FROM has it.

    Raises:
        SettingsError: it holds no one address.
    """
    name, address = parseaddr(text)
    clean = " ".join(name.split())
    if any(unicodedata.category(sign)[0] == "C" for sign in text) or not address:
        raise SettingsError(f"MARSAD_MAIL_FROM is {text[:80]!a}; write 'Desk <desk@example.org>'.")
    try:
        return Sender(read_address(address), clean)
    except SubscriberError as error:
        raise SettingsError(f"MARSAD_MAIL_FROM: {error}") from error


def read_base_url(text: str, name: str = "MARSAD_DESK_URL") -> str:
    """The address of the desk's pages without a slash at its end.

    Raises:
        SettingsError: it is no http or https address.
    """
    clean = text.strip()
    try:
        parts = urlsplit(clean)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        host = None
    bad = any(unicodedata.category(c)[0] == "C" or c.isspace() or c in "<>\"'" for c in clean)
    if bad or not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        raise SettingsError(
            f"{name} is {text[:80]!a}, which is no address of a web site; give it like "
            f"https://desk.example.org."
        )
    return clean.rstrip("/")
