"""`marsad users`: who may use the desk, as what; one-time links and programs' tokens."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from marsad.cli.application import app
from marsad.cli.ledger import open_settings_ledger
from marsad.cli.serve import DEFAULT_PORT
from marsad.cli.voice import say

if TYPE_CHECKING:
    from marsad.store.people import Account

users_app = typer.Typer(no_args_is_help=True, help="Manage who may use the desk.")
app.add_typer(users_app, name="users")


class RoleName(StrEnum):
    """What a person may do."""

    viewer = "viewer"
    coder = "coder"
    admin = "admin"


def _argument(metavar: str, help: str) -> typer.models.ArgumentInfo:
    made: typer.models.ArgumentInfo = typer.Argument(metavar=metavar, help=help, show_default=False)
    return made


NameArgument = Annotated[str, _argument("NAME", "The person's name, as decisions are signed.")]


@users_app.command("add")
def add_user(
    name: NameArgument,
    role: Annotated[
        RoleName, typer.Option(help="viewer reads, coder also decides, admin also manages people.")
    ] = RoleName.viewer,
    prompt: Annotated[
        bool, typer.Option("--prompt", help="Ask for a password here; no link is made.")
    ] = False,
) -> None:
    """Make an account, and a one-time link by which the person sets a password."""
    from marsad.store.people import People

    with open_settings_ledger(create=True) as ledger:
        people = People(ledger.database)
        if prompt:
            password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
            person = people.add_with_password(name, role.value, password)
            say(f"marsad: {person.name} may sign in as {person.role}")
            return
        token = people.add(name, role.value)
    say(f"marsad: {name} will be {role.value}. They set a password at this link, once:")
    print(_link(token))


@users_app.command("link")
def make_link(name: NameArgument) -> None:
    """Make a new one-time link to set a password, when the first was lost or the password was."""
    from marsad.store.people import People

    with open_settings_ledger() as ledger:
        token = People(ledger.database).make_link(name)
    say(f"marsad: {name} sets a new password at this link, once; links made before are void:")
    print(_link(token))


@users_app.command("list")
def list_users() -> None:
    """List the accounts: name, role, when last seen, sessions and tokens."""
    from marsad.store.people import People

    with open_settings_ledger() as ledger:
        accounts = People(ledger.database).accounts()
    if not accounts:
        say("marsad: there are no people yet. 'marsad users add NAME --role admin' makes one")
        return
    print(_render(accounts), end="")


@users_app.command("role")
def change_role(
    name: NameArgument, role: Annotated[RoleName, _argument("ROLE", "viewer, coder or admin.")]
) -> None:
    """Change a person's role. They are signed out and sign in again with the new one."""
    from marsad.store.people import People

    with open_settings_ledger() as ledger:
        People(ledger.database).give_role(name, role.value)
    say(f"marsad: {name} is {role.value} now")


@users_app.command("remove")
def remove_user(name: NameArgument) -> None:
    """Remove an account with its sessions and tokens. What it decided stays on file."""
    from marsad.store.people import People

    with open_settings_ledger() as ledger:
        People(ledger.database).remove(name)
    say(f"marsad: {name} can no longer sign in; what they decided stays on file")


@users_app.command("token")
def make_token(
    name: NameArgument,
    label: Annotated[
        str, typer.Option(metavar="TEXT", help="What it is for, such as the program's name.")
    ],
    role: Annotated[
        RoleName, typer.Option(help="What the token may do; no more than its owner.")
    ] = RoleName.viewer,
) -> None:
    """Make a token by which a program uses the interface in a person's name."""
    from marsad.store.sessions import Sessions

    with open_settings_ledger() as ledger:
        token = Sessions(ledger.database).make_token(name, label, role.value)
    say(f"marsad: a token of {name} for {label!r}; it is shown this once:")
    print(token)


@users_app.command("tokens")
def list_tokens(name: NameArgument) -> None:
    """List a person's tokens: id, role, when made and last used, what for."""
    from marsad.publish.safe_text import one_line
    from marsad.store.sessions import Sessions

    with open_settings_ledger() as ledger:
        tokens = Sessions(ledger.database).tokens_of(name)
    if not tokens:
        say(f"marsad: {name} has no tokens")
    for token in tokens:
        used = f"used {token.used_on}" if token.used_on else "never used"
        print(f"{token.id}  {token.role:<6}  {token.created_at[:10]}  {used:<15}  ", end="")
        print(one_line(token.label))


@users_app.command("revoke")
def revoke_token(
    name: NameArgument, token: Annotated[str, _argument("ID", "The token's id, as listed.")]
) -> None:
    """Revoke a token: no program can use it any more."""
    from marsad.errors import PeopleError
    from marsad.store.sessions import Sessions

    with open_settings_ledger() as ledger:
        if not Sessions(ledger.database).revoke_token(name, token):
            raise PeopleError(
                f"{name} has no token {token!r}. 'marsad users tokens NAME' lists their ids."
            )
    say("marsad: the token is revoked")


def _link(token: str) -> str:
    from marsad.settings import load_settings

    base = load_settings().desk_url or f"http://127.0.0.1:{DEFAULT_PORT}"
    return f"{base}/welcome/{token}"


def _render(accounts: list[Account]) -> str:
    from marsad.publish.safe_text import one_line

    rows = [("NAME", "ROLE", "SEEN", "SESSIONS", "TOKENS")]
    for account in accounts:
        seen = account.seen_on or ("never" if account.has_password else "no password yet")
        name = one_line(account.name)
        rows.append((name, account.role, seen, str(account.sessions), str(account.tokens)))
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    lines = ("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows)
    return "".join(f"{line.rstrip()}\n" for line in lines)
