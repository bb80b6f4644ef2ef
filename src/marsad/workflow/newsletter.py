"""Newsletter: taking in subscribers, and letting them go.

Reads   addresses and tokens that people give, at the command line or on the desk's pages.
Writes  the subscribers; one mail that asks to confirm.
Never   sends a newsletter to somebody who has not confirmed, or tells one person whether
        another is a subscriber: pages say the same whatever came of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from marsad.errors import MailError, SettingsError
from marsad.publish.mail.addresses import Sender, read_address, read_base_url, read_sender
from marsad.publish.mail.message import confirmation_text, make_confirmation
from marsad.publish.mail.server import MailServer, Postman, read_server
from marsad.settings import Settings
from marsad.store.ledger import Ledger
from marsad.store.saved_filters import SavedFilters
from marsad.store.subscribers import TOKEN_DAYS, Asked, Subscriber, Subscribers


@dataclass(frozen=True)
class MailSettings:
    """The server, the sender, and where the desk serves its pages (None: nowhere)."""

    server: MailServer
    sender: Sender
    base_url: str | None


def read_mail_settings(settings: Settings, base_url: str | None = None) -> MailSettings:
    """What mail needs, from the settings; `base_url` before the desk's own.

    Raises:
        SettingsError: something is missing or cannot be used.
    """
    if not settings.smtp_url:
        raise SettingsError(
            "MARSAD_SMTP_URL names no mail server. Set it to smtp://user:password@host:587 or "
            "smtps://user:password@host."
        )
    if not settings.mail_from:
        raise SettingsError(
            "MARSAD_MAIL_FROM does not say whom mail comes from. Set it to "
            "'Desk <desk@example.org>'."
        )
    return MailSettings(
        read_server(settings.smtp_url),
        read_sender(settings.mail_from),
        read_url(settings, base_url),
    )


def read_url(settings: Settings, base_url: str | None = None) -> str | None:
    """Where the desk serves its pages; None for nowhere.

    Raises:
        SettingsError: it is no address of a web site.
    """
    if base_url:
        return read_base_url(base_url, "--url")
    return read_base_url(settings.desk_url) if settings.desk_url else None


def list_words(filter_name: str) -> str:
    """What a newsletter is called."""
    return f"incidents of the filter “{filter_name}”" if filter_name else "all incidents"


def read_list(ledger: Ledger, filter_name: str | None) -> str:
    """The name of a newsletter: of a saved filter, "" for all incidents.

    Raises:
        FilterError: there is no such filter.
    """
    if not filter_name:
        return ""
    return SavedFilters(ledger.database).get(filter_name).name


def ask_subscriber(
    ledger: Ledger,
    typed: str,
    filter_name: str | None = None,
    *,
    again: bool = False,
    now: datetime | None = None,
) -> Asked:
    """Take in an address that is to confirm. Then mail its token, or show it to an operator.

    A page for the public passes `again=True`: who fills it in asks for themselves.

    Raises:
        SubscriberError: no address, or one that was removed and does not ask anew.
        FilterError: there is no such filter.
    """
    address = read_address(typed)
    name = read_list(ledger, filter_name)
    moment = now or datetime.now(UTC)
    return Subscribers(ledger.database).ask(address, name, again=again, now=moment)


def mail_confirmation(ledger: Ledger, asked: Asked, mail: MailSettings) -> None:
    """Send the mail that asks to confirm.

    Raises:
        MailError: it could not be sent. The address may be asked for again at once.
    """
    subscriber, now = asked.subscriber, datetime.now(UTC)
    assert asked.token is not None
    assert subscriber.address is not None
    message = make_confirmation(
        subscriber.address,
        mail.sender,
        asked.token,
        base_url=mail.base_url,
        list_words=list_words(subscriber.filter),
        days=TOKEN_DAYS,
        now=now,
    )
    postman = Postman(mail.server)
    try:
        postman.connect()
        answer = postman.hand_in(
            mail.sender.address, subscriber.address, message, ready=lambda: True
        )
    except ConnectionError as error:
        raise MailError(f"{error}. Nothing was sent; try again later.") from error
    finally:
        postman.close()
    if answer.fate not in ("sent", "unknown"):
        raise MailError(f"the mail that asks to confirm was not taken: {answer.reply}.")
    Subscribers(ledger.database).note_mailed(subscriber.id, now)


def confirmation_words(asked: Asked, base_url: str | None) -> str:
    """What the mail would say, for an operator who passes it on by other ways."""
    assert asked.token is not None
    return confirmation_text(
        asked.token,
        base_url=base_url,
        list_words=list_words(asked.subscriber.filter),
        days=TOKEN_DAYS,
    )


# What the desk's pages call. GET pages only look: mail programs open links by themselves.


def look_up_confirmation(ledger: Ledger, token: str) -> Subscriber | None:
    """Who would be confirmed (GET /subscribe/confirm/TOKEN); None: used, too old or unknown."""
    return Subscribers(ledger.database).peek(token, datetime.now(UTC))


def confirm_subscriber(ledger: Ledger, token: str, now: datetime | None = None) -> Subscriber:
    """Confirm (POST /subscribe/confirm/TOKEN).

    Raises:
        SubscriberError: the token is used, too old or unknown.
    """
    return Subscribers(ledger.database).confirm(token, now or datetime.now(UTC))


def look_up_unsubscription(ledger: Ledger, token: str) -> Subscriber | None:
    """Who would be removed (GET /unsubscribe/TOKEN); None: the token is in no newsletter."""
    return Subscribers(ledger.database).whose(token)


def unsubscribe(ledger: Ledger, token: str, now: datetime | None = None) -> Subscriber:
    """Remove (POST /unsubscribe/TOKEN; mail programs post it themselves, without a session).

    Raises:
        SubscriberError: the token is in no newsletter.
    """
    return Subscribers(ledger.database).unsubscribe(token, now or datetime.now(UTC))


def remove_subscriber(
    ledger: Ledger, given: str, filter_name: str | None = None, now: datetime | None = None
) -> list[Subscriber]:
    """Remove by address, from one filter's newsletter or all, or by a newsletter's token.

    Raises:
        SubscriberError: neither an address nor such a token.
    """
    moment = now or datetime.now(UTC)
    subscribers = Subscribers(ledger.database)
    if "@" not in given:
        return [subscribers.unsubscribe(given, moment)]
    return subscribers.remove(read_address(given), filter_name, moment)
