"""Real mail servers on this machine: one that takes mail, one that misbehaves as it is told."""

from __future__ import annotations

import asyncio
import datetime as dt
import email
import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Inbox:
    """What a server took, and what it answers: by address, a reply, or replies one a try."""

    rcpt: dict[str, list[str]] = field(default_factory=dict)
    data: list[str] = field(default_factory=list)
    mail_from: str = "250 OK"
    hang_at: int | None = None
    hanging: threading.Event = field(default_factory=threading.Event)
    envelopes: list[tuple[list[str], bytes]] = field(default_factory=list)
    secure: list[bool] = field(default_factory=list)

    @property
    def messages(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=default) for _, raw in self.envelopes]

    @property
    def receivers(self) -> list[str]:
        return sorted(to for receivers, _ in self.envelopes for to in receivers)

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.mail_from.startswith("250"):
            envelope.mail_from = address
        return self.mail_from

    async def handle_RCPT(self, server, session, envelope, address, options):
        replies = self.rcpt.get(address, [])
        reply = replies.pop(0) if replies else "250 OK"
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server, session, envelope):
        reply = self.data.pop(0) if self.data else "250 OK"
        if reply.startswith("250"):
            self.envelopes.append((list(envelope.rcpt_tos), envelope.content))
            self.secure.append(session.ssl is not None)
        if self.hang_at is not None and len(self.envelopes) == self.hang_at:
            self.hanging.set()
            await asyncio.sleep(60)
        return reply


@contextmanager
def mail_server(inbox: Inbox, **options: Any) -> Iterator[int]:
    """A server that hands what it takes to the inbox; gives its port."""
    port = free_port()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = Controller(inbox, hostname="127.0.0.1", port=port, **options)
        server.start()
        try:
            yield port
        finally:
            server.stop(no_assert=True)


def password_check(user: bytes, password: bytes) -> Callable[..., AuthResult]:
    def check(server, session, envelope, mechanism, given):
        good = (given.login, given.password) == (user, password)
        return AuthResult(success=good, handled=False)

    return check


@contextmanager
def rude_server(talk: Callable[[socket.socket, int], None]) -> Iterator[int]:
    """A server whose every connection is `talk`ed to, with its number, and then closed."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        number = 0
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line:
                line.settimeout(10)
                with suppress(OSError):
                    talk(line, number)
            number += 1

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


def answer_until_data(line: socket.socket) -> Any:
    """Speak as a server does until DATA was asked for; gives the stream to read on from."""
    stream = line.makefile("rb")
    line.sendall(b"220 rude\r\n")
    for command in stream:
        verb = command[:4].upper()
        if verb == b"DATA":
            line.sendall(b"354 go on\r\n")
            return stream
        line.sendall(b"221 bye\r\n" if verb == b"QUIT" else b"250 OK\r\n")
        if verb == b"QUIT":
            return stream
    return stream


def make_certificate(folder: Path, host: str = "127.0.0.1") -> ssl.SSLContext:
    """A certificate for this machine in folder/cert.pem, and the server's side of TLS."""
    import ipaddress

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test authority")])
    now = dt.datetime.now(dt.UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context
