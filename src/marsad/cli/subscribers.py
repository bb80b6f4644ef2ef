"""`marsad subscribers`: who gets the newsletter."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.application import app
from marsad.cli.digest import UrlOption
from marsad.cli.ledger import OutputOption, open_settings_ledger
from marsad.cli.voice import EXIT_PARTLY, complain, say

if TYPE_CHECKING:
    from marsad.store.subscribers import Subscriber

subscribers_app = typer.Typer(no_args_is_help=True, help="Say who gets the newsletter.")
app.add_typer(subscribers_app, name="subscribers")


class SubscribersFormat(StrEnum):
    """What `marsad subscribers list` prints."""

    text = "text"
    jsonl = "jsonl"


class StateName(StrEnum):
    """How far a subscriber is."""

    pending = "pending"
    confirmed = "confirmed"
    removed = "removed"
    bounced = "bounced"


AddressArgument = Annotated[str, typer.Argument(metavar="ADDRESS", show_default=False)]
NewsletterOption = Annotated[
    str | None,
    typer.Option(
        "--filter",
        metavar="NAME",
        help="The newsletter of this saved filter; without it that of all incidents.",
        show_default=False,
    ),
]


@subscribers_app.command("add")
def add_subscriber(
    address: AddressArgument,
    saved: NewsletterOption = None,
    asked_again: Annotated[
        bool,
        typer.Option("--asked-again", help="Its owner asked anew after it was removed."),
    ] = False,
    show: Annotated[
        bool,
        typer.Option("--print", help="Print what the mail would say; send none."),
    ] = False,
    url: UrlOption = None,
) -> None:
    """Take in an address and mail it the question to confirm; it gets nothing until it does."""
    from marsad.settings import load_settings
    from marsad.workflow.newsletter import (
        ask_subscriber,
        confirmation_words,
        list_words,
        mail_confirmation,
        read_mail_settings,
        read_url,
    )

    settings = load_settings()
    base = read_url(settings, url)
    mail = None if show else read_mail_settings(settings, url)
    with open_settings_ledger(create=True) as ledger:
        asked = ask_subscriber(ledger, address, saved, again=asked_again)
        of = list_words(asked.subscriber.filter)
        if asked.token is None:
            say(f"marsad: {asked.subscriber.address} {_as_it_is(asked.subscriber)} ({of})")
            return
        if mail is not None:
            mail_confirmation(ledger, asked, mail)
    if mail is None:
        print(confirmation_words(asked, base), end="")
    else:
        say(f"marsad: asked {asked.subscriber.address} to confirm ({of})")


def _as_it_is(subscriber: Subscriber) -> str:
    if subscriber.state == "confirmed":
        return "has confirmed already"
    return "was asked to confirm minutes ago; it can be asked again in ten"


@subscribers_app.command("confirm")
def confirm(
    token: Annotated[
        str,
        typer.Argument(
            metavar="TOKEN",
            help="The code in the mail, or the end of its link.",
            show_default=False,
        ),
    ],
) -> None:
    """Confirm by the code of the mail: from now on the newsletter is sent there."""
    from marsad.workflow.newsletter import confirm_subscriber, list_words

    with open_settings_ledger() as ledger:
        subscriber = confirm_subscriber(ledger, token)
    say(f"marsad: {subscriber.address} gets the newsletter of {list_words(subscriber.filter)}")


@subscribers_app.command("remove")
def remove(
    given: Annotated[
        str,
        typer.Argument(
            metavar="ADDRESS|TOKEN",
            help="An address, or the code of a newsletter's unsubscribe link.",
            show_default=False,
        ),
    ],
    saved: Annotated[
        str | None,
        typer.Option(
            "--filter",
            metavar="NAME",
            help="From this filter's newsletter alone; without it from all.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Remove an address; it is forgotten, and not written to again unless it asks anew."""
    from marsad.workflow.newsletter import list_words, read_list, remove_subscriber

    with open_settings_ledger() as ledger:
        name = None if saved is None else read_list(ledger, saved)
        removed = remove_subscriber(ledger, given, name)
    if not removed:
        complain("that address gets no newsletter")
        raise typer.Exit(EXIT_PARTLY)
    for subscriber in removed:
        say(f"marsad: removed from the newsletter of {list_words(subscriber.filter)}; forgotten")


@subscribers_app.command("list")
def list_subscribers(
    saved: NewsletterOption = None,
    state: Annotated[
        StateName | None,
        typer.Option(help="pending, confirmed, removed or bounced.", show_default=False),
    ] = None,
    output_format: Annotated[
        SubscribersFormat, typer.Option("--format", "-f", help="text for a person; jsonl to keep.")
    ] = SubscribersFormat.text,
    output: OutputOption = None,
) -> None:
    """List the subscribers: address, newsletter, state, and since when. Of all newsletters."""
    from marsad.batch import open_output
    from marsad.store.subscribers import Subscribers
    from marsad.workflow.newsletter import read_list

    with open_settings_ledger() as ledger:
        name = None if saved is None else read_list(ledger, saved)
        found = Subscribers(ledger.database).all(name, state.value if state else None)
    with open_output(output, plain=output_format is SubscribersFormat.text) as stream:
        if output_format is SubscribersFormat.jsonl:
            for one in found:
                stream.write(json.dumps(_plain(one), ensure_ascii=False) + "\n")
            return
        stream.writelines(f"{line}\n" for line in _table(found))


def _plain(one: Subscriber) -> dict[str, str | None]:
    return {
        "id": one.id,
        "address": one.address,
        "filter": one.filter or None,
        "state": one.state,
        "since": one.changed_at,
    }


def _table(found: list[Subscriber]) -> list[str]:
    shown = [
        (one.address, one.filter or "all incidents", one.state, one.changed_at[:10])
        for one in found
        if one.address is not None
    ]
    widths = [max((len(row[i]) for row in shown), default=0) for i in range(3)]
    lines = [
        f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]:<{widths[2]}}  {row[3]}"
        for row in shown
    ]
    states = [one.state for one in found]
    counts = [f"{states.count(s.value)} {s.value}" for s in StateName if s.value in states]
    return [*lines, f"{', '.join(counts) or 'nobody'}."]
