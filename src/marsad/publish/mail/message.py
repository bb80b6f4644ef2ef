"""Messages: a digest or a question to confirm, as mail for one address.

Reads   the parts of a digest, and who it is for.
Writes  bytes as they go over the line.
Never   names another receiver than the one, or lets a text into a header that could add one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from urllib.parse import quote

from marsad.publish.mail.addresses import Sender
from marsad.publish.safe_text import one_line

# Everything in ASCII on the line: any server takes it.
_POLICY = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True)
class Copy:
    """For whom a copy is, and how they leave. `base_url` is where the desk serves its pages."""

    address: str
    token: str
    base_url: str | None

    def unsubscribe_url(self, sender: Sender) -> str:
        """Where they unsubscribe: a page of the desk, or else a mail to the sender."""
        if self.base_url:
            return f"{self.base_url}/unsubscribe/{self.token}"
        return f"mailto:{sender.address}?subject={quote(f'unsubscribe {self.token}')}"


def confirm_url(base_url: str, token: str) -> str:
    """The page of the desk on which somebody confirms."""
    return f"{base_url}/subscribe/confirm/{token}"


def message_id(digest_id: str, subscriber_id: str, sender: Sender) -> str:
    """The same for the same digest and subscriber, whenever it is made."""
    name = hashlib.sha256(f"{digest_id}\n{subscriber_id}".encode()).hexdigest()[:32]
    return f"<{name}.digest@{_domain(sender)}>"


def make_digest_message(
    subject: str,
    html: str,
    text: str,
    pictures: Mapping[str, bytes],
    copy: Copy,
    sender: Sender,
    *,
    digest_id: str,
    subscriber_id: str,
    list_name: str,
    now: datetime,
    placeholder: str,
) -> bytes:
    """One subscriber's copy; `placeholder` in HTML and text becomes their way out."""
    message = _message(subject, copy.address, sender, now)
    message["Message-ID"] = message_id(digest_id, subscriber_id, sender)
    message["List-Id"] = f"<{_list_label(list_name)}.digest.{_domain(sender)}>"
    mail_out = f"mailto:{sender.address}?subject={quote(f'unsubscribe {copy.token}')}"
    page = copy.unsubscribe_url(sender)
    ways = [f"<{mail_out}>"]
    if page.startswith("https://"):
        ways.insert(0, f"<{page}>")
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["List-Unsubscribe"] = ", ".join(ways)
    message["Precedence"] = "bulk"
    message.set_content(text.replace(placeholder, page), cte="quoted-printable")
    own = html.replace(placeholder, escape(page))
    names = {name: f"{name}.{digest_id}@{_domain(sender)}" for name in pictures}
    for name, content_id in names.items():
        own = own.replace(f"cid:{name}", f"cid:{content_id}")
    message.add_alternative(own, subtype="html", cte="quoted-printable")
    related = message.get_payload(1)
    assert isinstance(related, EmailMessage)
    for name, picture in pictures.items():
        related.add_related(
            picture,
            "image",
            "png",
            cid=f"<{names[name]}>",
            filename=f"{name}.png",
            disposition="inline",
        )
    return message.as_bytes(policy=_POLICY)


def make_confirmation(
    address: str,
    sender: Sender,
    token: str,
    *,
    base_url: str | None,
    list_words: str,
    days: int,
    now: datetime,
) -> bytes:
    """The mail that asks whether somebody really wants the newsletter; it says nothing else."""
    message = _message("Please confirm your subscription", address, sender, now)
    digest = hashlib.sha256(token.encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{digest}.confirm@{_domain(sender)}>"
    message.set_content(
        confirmation_text(token, base_url=base_url, list_words=list_words, days=days),
        cte="quoted-printable",
    )
    return message.as_bytes(policy=_POLICY)


def confirmation_text(token: str, *, base_url: str | None, list_words: str, days: int) -> str:
    """What the mail that asks to confirm says."""
    how = (
        f"To confirm, open this page:\n\n{confirm_url(base_url, token)}\n"
        if base_url
        else f"To confirm, answer this mail and leave this code in it:\n\n{token}\n"
    )
    return (
        f"Somebody, probably you, asked that this address get the newsletter of\n"
        f"{list_words}.\n\n{how}\n"
        f"It works once, within {days} days. If you did not ask, do nothing: you will get\n"
        f"no newsletter, and nobody is told.\n"
    )


def _message(subject: str, address: str, sender: Sender, now: datetime) -> EmailMessage:
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(sender.name, addr_spec=sender.address)
    message["To"] = Address(addr_spec=address)
    message["Subject"] = one_line(subject)
    message["Date"] = now
    message["Auto-Submitted"] = "auto-generated"
    return message


def _domain(sender: Sender) -> str:
    return sender.address.rpartition("@")[2]


def _list_label(name: str) -> str:
    """A filter's name as a label of a List-Id: ASCII, or a number made from it."""
    if not name:
        return "all"
    if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,62}", name):
        return name
    return "f" + hashlib.sha256(name.encode()).hexdigest()[:16]
