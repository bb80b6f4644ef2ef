"""`marsad serve`: open the desk, where people read, check and decide on a screen."""

from __future__ import annotations

import errno
import logging
import socket
import threading
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from marsad.cli.application import app
from marsad.cli.ledger import open_settings_ledger
from marsad.cli.voice import complain, say
from marsad.hosts import is_loopback

if TYPE_CHECKING:
    from uvicorn import Server

    from marsad.store.ledger import Ledger
    from marsad.web.desk import Desk

DEFAULT_PORT = 8765
# Requests under way when the desk is told to end have so long to come to theirs.
GRACE_SECONDS = 5


@app.command()
def serve(
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Listen at this address of the machine.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Listen at this port; 0 takes a free one.")
    ] = DEFAULT_PORT,
    public: Annotated[
        bool,
        typer.Option("--public", help="Let everybody read overview and incidents, without names."),
    ] = False,
    url: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="The address that people reach the desk by; default: MARSAD_DESK_URL.",
            show_default=False,
        ),
    ] = None,
    behind_proxy: Annotated[
        bool,
        typer.Option(
            "--behind-proxy",
            help="A proxy with TLS stands before the desk; take from it who asks.",
        ),
    ] = False,
    insecure: Annotated[
        bool,
        typer.Option("--insecure", help="Serve other machines without TLS all the same."),
    ] = False,
) -> None:
    """Open the desk of a monitoring team in the browser.

    It is served to this machine alone, unless --host says otherwise.
    """
    from marsad.settings import load_settings
    from marsad.workflow.standing import describe_lag

    settings = load_settings()
    outside = _read_url(url if url is not None else settings.desk_url)
    _require_safe(host, outside, behind_proxy=behind_proxy, insecure=insecure)
    with open_settings_ledger(create=True) as ledger, _listen(host, port) as listening:
        lag = describe_lag(ledger)
        if lag is not None:
            complain(lag)
        from marsad.web.desk import Desk

        address = outside or _own_address(host, listening.getsockname()[1])
        desk = Desk(
            ledger,
            settings,
            public=public,
            base_url=address,
            any_address=not is_loopback(host),
            behind_proxy=behind_proxy,
        )
        server = _make_server(desk)
        _tell(desk, ledger, _own_address(*listening.getsockname()[:2]))
        threading.Thread(target=desk.warm, name="warm", daemon=True).start()
        server.run(sockets=[listening])


def _tell(desk: Desk, ledger: Ledger, listens: str) -> None:
    say(f"marsad: the desk of {ledger.database.name} is at {desk.base_url} (Ctrl-C closes it)")
    if desk.behind_proxy:
        say(f"marsad: its proxy finds it at {listens}")
    if desk.public:
        say("marsad: everybody who reaches it may read overview and incidents, without names")
    first = desk.people.make_first_link()
    if first is not None:
        say(
            f"marsad: there are no people yet. Make the first account, an admin's, at\n"
            f"    {desk.base_url}/welcome/{first}\n"
            f"marsad: this link works once, for three days; the next start gives a new one"
        )


def _make_server(desk: Desk) -> Server:
    import uvicorn

    from marsad.web.app import make_app

    logging.basicConfig(level=logging.WARNING, format="marsad: %(message)s")
    config = uvicorn.Config(
        make_app(desk),
        log_config=None,
        log_level="warning",
        # Who read what is nobody's business; addresses hold links that open things.
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    return uvicorn.Server(config)


def _read_url(url: str) -> str:
    """The address without a slash at its end; empty for none."""
    bare = url.strip().rstrip("/")
    if not bare:
        return ""
    parts = urlsplit(bare)
    plain = not (parts.path or parts.query or parts.fragment or parts.username)
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise typer.BadParameter(
            f"{url!r} is no address of a desk; write it like https://desk.example.org, without a "
            f"path.",
            param_hint="--url",
        )
    return bare


def _require_safe(host: str, outside: str, *, behind_proxy: bool, insecure: bool) -> None:
    """Refuse what would send passwords in the clear, or believe what anybody may write."""
    parts = urlsplit(outside)
    if behind_proxy and not outside:
        raise typer.BadParameter(
            "behind a proxy the desk must know the address that people write; give --url "
            "https://….",
            param_hint="--behind-proxy",
        )
    if parts.scheme == "https" and not behind_proxy:
        raise typer.BadParameter(
            "the desk does not speak TLS itself: put a proxy before it that does, and give "
            "--behind-proxy.",
            param_hint="--url",
        )
    in_the_clear = (
        not is_loopback(parts.hostname or "")
        if parts.scheme == "http"
        else not outside and not is_loopback(host)
    )
    if in_the_clear and not insecure:
        raise typer.BadParameter(
            f"{outside or host} is reached from other machines, and without TLS everybody on the "
            f"way could read passwords and reports. Put a proxy with TLS before the desk "
            f"(--behind-proxy --url https://…), or say --insecure.",
            param_hint="--url" if outside else "--host",
        )


def _own_address(host: str, port: int) -> str:
    if host in ("0.0.0.0", "::"):
        host = _seen_address()
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def _seen_address() -> str:
    """The address by which other machines see this one; nothing is sent to find it out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        address: str = probe.getsockname()[0]
        return address


_COMPLAINTS = {
    errno.EADDRINUSE: "something listens there already. Give another --port, or 0 for a free one",
    errno.EACCES: "that port is not for you. Give one above 1023",
    errno.EADDRNOTAVAIL: "this machine has no such address",
}


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=256)
    except (OSError, UnicodeError) as error:
        known = _COMPLAINTS.get(getattr(error, "errno", None) or 0)
        why = known or f"that does not work ({error})"
        raise typer.BadParameter(
            f"cannot listen at {host}, port {port}: {why}.", param_hint="--port"
        ) from None
