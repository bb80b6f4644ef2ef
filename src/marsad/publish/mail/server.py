"""The mail server: which one, how it is spoken to, and what its answers mean.

Reads   a URL: `smtp://user:password@host:587` or `smtps://user:password@host`.
Writes  to a socket, one message for one address at a time.
Never   sends over a line that others can read, unless told to; names a password; or sends a
        message again whose fate is not known.

A message is handed over when its last line, a dot, has been written to the line. Until then
the server cannot have taken it, so a lost connection may be tried again; after that nobody
knows, unless the server answers.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from marsad.errors import MailError, SettingsError
from marsad.hosts import is_loopback
from marsad.publish.safe_text import one_line, shorten

TIMEOUT_SECONDS = 60.0
_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")
_DOT = re.compile(rb"(?m)^\.")
_ENHANCED = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
Security = Literal["starttls", "tls", "none"]
Fate = Literal["sent", "no-mailbox", "refused", "deferred", "lost", "unknown", "withdrawn"]


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in. `security` "none" only for this machine, or where told to."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        """Without the password."""
        return f"MailServer({self.host}:{self.port}, {self.security})"


@dataclass(frozen=True)
class Answer:
    """What became of a message. `reply` is the server's, without addresses.

    `no-mailbox`: there is no such mailbox, for good. `refused`: not this message, for good.
    `deferred`: not now. `lost`: the line broke before it was handed over. `unknown`: it broke
    after. `withdrawn`: we did not hand it over.
    """

    fate: Fate
    reply: str = ""


def read_server(url: str) -> MailServer:
    """The server that MARSAD_SMTP_URL names.

    Raises:
        SettingsError: it names none, or asks for what there is not.
    """
    example = "give smtp://user:password@host:587 or smtps://user:password@host"
    parts, host, port = _split(url)
    # What was given is not shown: it may hold a password.
    if parts is None or not host or parts.scheme not in ("smtp", "smtps"):
        raise SettingsError(f"MARSAD_SMTP_URL names no mail server; {example}.")
    if parts.path not in ("", "/") or parts.fragment:
        raise SettingsError(
            "MARSAD_SMTP_URL has more than a server in it. Signs such as / # @ in a password "
            "are written %2F %23 %40."
        )
    asked = parse_qs(parts.query).get("tls", [""])[-1]
    if asked not in ("", "required", "off") or (parts.query and not asked):
        raise SettingsError("MARSAD_SMTP_URL: the only option is ?tls=required or ?tls=off.")
    security: Security = "starttls"
    if parts.scheme == "smtps":
        security = "tls"
    elif asked == "off" or (asked != "required" and is_loopback(host)):
        security = "none"
    standard = 465 if security == "tls" else (25 if is_loopback(host) else 587)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(host, port or standard, security, user, password)


def _split(url: str) -> tuple[SplitResult | None, str, int | None]:
    try:
        parts = urlsplit(url.strip())
        return parts, parts.hostname or "", parts.port
    except ValueError:
        return None, "", None


class Postman:
    """Hands messages to a server, over one connection for as long as it lasts."""

    def __init__(self, server: MailServer, *, timeout: float = TIMEOUT_SECONDS) -> None:
        self.server = server
        self._timeout = timeout
        self._line: smtplib.SMTP | None = None

    def connect(self) -> None:
        """Open the connection, if there is none.

        Raises:
            MailError: the server refuses us, or its line is not safe.
            ConnectionError: it cannot be reached, or hung up; it may be there later.
        """
        if self._line is not None:
            return
        where = f"the mail server {self.server.host}:{self.server.port}"
        try:
            self._line = self._open(where)
        except ssl.SSLError as error:
            raise MailError(
                f"{where} shows a certificate that cannot be trusted, or speaks no TLS "
                f"({error.reason or error}). Nothing was sent. SSL_CERT_FILE may name your own "
                f"authority's certificate."
            ) from error
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            words = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise ConnectionError(f"{where} cannot be reached: {one_line(words)}") from error

    def _open(self, where: str) -> smtplib.SMTP:
        server, context = self.server, ssl.create_default_context()
        line: smtplib.SMTP | None = None
        try:
            if server.security == "tls":
                line = smtplib.SMTP_SSL(timeout=self._timeout, context=context)
            else:
                line = smtplib.SMTP(timeout=self._timeout)
            # What starttls checks the certificate against.
            line._host = server.host  # type: ignore[attr-defined]
            code, words = line.connect(server.host, server.port)
            if code != 220:
                raise smtplib.SMTPConnectError(code, words)
            line.ehlo_or_helo_if_needed()
            if server.security == "starttls":
                self._start_tls(line, context, where)
            if server.user:
                line.login(server.user, server.password)
        except smtplib.SMTPNotSupportedError as error:
            _drop(line)
            raise MailError(
                f"{where} takes no password. Leave it out of MARSAD_SMTP_URL."
            ) from error
        except smtplib.SMTPResponseException as error:
            _drop(line)
            said = f"{error.smtp_code} {_words(error.smtp_error)}"
            if 400 <= error.smtp_code < 500:
                raise ConnectionError(f"{where} has no time for us now: {said}") from error
            what = "user name or password" if _is_auth(error) else "connection"
            raise MailError(
                f"{where} refuses our {what}: {said}. Nothing was sent. MARSAD_SMTP_URL says "
                f"where and as whom."
            ) from error
        except BaseException:
            _drop(line)
            raise
        return line

    def _start_tls(self, line: smtplib.SMTP, context: ssl.SSLContext, where: str) -> None:
        if not line.has_extn("starttls"):
            raise MailError(
                f"{where} offers no STARTTLS, so others could read the mail and the password on "
                f"its way. Nothing was sent. Take smtps://, or allow it with ?tls=off."
            )
        line.starttls(context=context)
        line.ehlo()

    def hand_in(
        self, sender: str, receiver: str, message: bytes, *, ready: Callable[[], bool]
    ) -> Answer:
        """Hand in one message for one address.

        `ready` is asked when the server has taken the address and before it gets the message:
        the last moment to note that it will. When it says no, nothing is handed in.

        Raises:
            MailError: the server will have no mail from us at all.
        """
        assert self._line is not None, "connect first"
        line = self._line
        handed = False
        try:
            code, words = line.mail(sender)
            if code >= 500:
                said = f"{code} {_words(words)}"
                raise MailError(
                    f"the mail server {self.server.host} takes no mail from {sender}: {said}. "
                    f"MARSAD_MAIL_FROM says whom it comes from."
                )
            if code < 400:
                code, words = line.rcpt(receiver)
                if code >= 500:
                    return self._again(_refusal(code, words))
            if code >= 400:
                return self._again(Answer("deferred", f"{code} {_words(words)}"))
            if not ready():
                return self._again(Answer("withdrawn"))
            code, words = line.docmd("DATA")
            if code == 354:
                line.send(_DOT.sub(b"..", message))
                if not message.endswith(b"\r\n"):
                    line.send(b"\r\n")
                handed = True
                line.send(b".\r\n")
                code, words = line.getreply()
            if code == 250:
                return Answer("sent", f"{code} {_words(words)}")
            return self._again(
                Answer("refused" if code >= 500 else "deferred", f"{code} {_words(words)}")
            )
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            fate: Fate = "unknown" if handed else "lost"
            return Answer(fate, f"the connection was lost ({_words(str(error))})")
        except BaseException:
            self.close()
            raise

    def _again(self, answer: Answer) -> Answer:
        """The answer, with the connection ready for the next message."""
        try:
            if answer.reply.startswith("421") or self._line is None or self._line.rset()[0] != 250:
                self.close()
        except (OSError, smtplib.SMTPException):
            self.close()
        return answer

    def close(self) -> None:
        """Hang up."""
        line, self._line = self._line, None
        _drop(line)


def _drop(line: smtplib.SMTP | None) -> None:
    if line is None:
        return
    with suppress(OSError, smtplib.SMTPException):
        if line.sock is not None:
            line.sock.settimeout(2.0)
        line.quit()
    with suppress(OSError):
        line.close()


def _refusal(code: int, words: bytes) -> Answer:
    """Whether there is no such mailbox, or the server only will not take this.

    A server that lets nobody pass through it (5.7.1) says nothing of the mailbox.
    """
    text = _words(words)
    status = _ENHANCED.match(text)
    if status:
        gone = status[2] == "1" and status[3] in ("1", "2", "3", "6", "10")
        gone = gone or (status[2], status[3]) == ("2", "1")
    else:
        gone = code in (550, 551, 553)
    return Answer("no-mailbox" if gone else "refused", f"{code} {text}")


def _is_auth(error: smtplib.SMTPResponseException) -> bool:
    return isinstance(error, smtplib.SMTPAuthenticationError)


def _words(said: bytes | str) -> str:
    """A server's words on one line, short, without addresses."""
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return shorten(_ADDRESS.sub("[address]", one_line(text)), 200)
