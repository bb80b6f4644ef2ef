"""Which addresses may be fetched when a stranger names them (SSRF).

Reads   URLs, and what their host names resolve to.
Writes  a `FetchError` for one that leads into the machine or the network behind it.
Never   trusts a second look-up: the address that was checked is the one connected to.

A host name may answer with a public address when it is checked and with a private
one when it is used (DNS rebinding), so the check stands in the transport, which
resolves once and connects by number. TLS still verifies the name.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from urllib.parse import urlsplit

import httpx

from marsad.errors import FetchError

USUAL_PORTS = frozenset({80, 443})
# Each address that does not answer takes a while, and a stranger says how many there are.
MOST_TRIED = 4
# IPv6 prefixes that carry an IPv4 address, which is what the packet reaches: NAT64 (RFC 6052).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Tunnels (6to4, Teredo) and local NAT64: no news site is reached by them.
_TUNNELS = tuple(
    ipaddress.ip_network(net) for net in ("2002::/16", "2001::/32", "64:ff9b:1::/48", "::/96")
)

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Iterable[str]]


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host as the system finds them, each once.

    Raises:
        OSError: there are none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def guard_links(origin: str, *, resolver: Resolver = resolve) -> Callable[[str], None] | None:
    """What checks the links of a page that its user fetched from `origin` without a guard.

    A stranger's page must not lead into the network of who reads it; one of that
    network may lead there, so for it there is no check (None). Unlike `AddressGuard`
    this leaves proxies, ports and the connection alone, and a name that is not
    known here to the proxy.
    """
    if _leads_inside(origin, resolver):
        return None

    def check(url: str) -> None:
        if _leads_inside(url, resolver):
            raise FetchError(
                f"{url}: an address that is not on the public internet, linked to from "
                f"{origin}; it is not fetched. Give it yourself if you mean to read it."
            )

    return check


def _leads_inside(url: str, resolver: Resolver) -> bool:
    try:
        parts = urlsplit(url)
        found = list(resolver(parts.hostname or "", parts.port or 80))
        addresses = [ipaddress.ip_address(answer) for answer in found]
    except (OSError, ValueError, UnicodeError):
        return False
    return not all(is_public(address) for address in addresses)


class AddressGuard:
    """Refuses what is not on the public internet.

    Called with a URL it checks what the URL alone shows; `transport()` gives what
    fetches must go through, where each host is resolved, checked and pinned.
    `fetch` takes both from the guard it is given. `ports` are those allowed.
    """

    def __init__(
        self, *, ports: Collection[int] = USUAL_PORTS, resolver: Resolver = resolve
    ) -> None:
        self.ports = frozenset(ports)
        self._resolver = resolver

    def __call__(self, url: str) -> None:
        """Check the scheme, the port, a password, and an address given by number.

        Raises:
            FetchError: says which of them is refused.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise FetchError(f"{url}: not a web address ({error}).") from error
        if parts.scheme not in ("http", "https") or not host:
            raise FetchError(f"{url}: only http and https addresses are read.")
        if "@" in parts.netloc:
            raise FetchError(f"{url}: an address with a user name or password is not read.")
        port = port if port is not None else {"http": 80, "https": 443}[parts.scheme]
        if port not in self.ports:
            allowed = ", ".join(str(number) for number in sorted(self.ports))
            raise FetchError(f"{url}: port {port} is not allowed, only {allowed}.")
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return
        if not is_public(address):
            raise FetchError(_refusal(host))

    def transport(self) -> httpx.BaseTransport:
        """A transport that connects only to addresses it has checked."""
        return _PinnedTransport(self)

    def find_addresses(self, host: str, port: int) -> list[str]:
        """The addresses that `host` may be connected to by, the best first.

        Raises:
            FetchError: the host is unknown, or any of its addresses is not public.
        """
        try:
            answers = list(self._resolver(host, port))
            addresses = [ipaddress.ip_address(answer.partition("%")[0]) for answer in answers]
        except (OSError, ValueError, UnicodeError) as error:
            raise FetchError(f"{host}: no such host. Check the address.") from error
        if not addresses:
            raise FetchError(f"{host}: no such host. Check the address.")
        # A name with one inner address among public ones is set up to lead inside.
        if not all(is_public(address) for address in addresses):
            raise FetchError(_refusal(host))
        return [str(address) for address in addresses]


def is_public(address: IpAddress) -> bool:
    """Whether an address is of the public internet, also when IPv6 wraps an IPv4 one."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            return False
        inner = address.ipv4_mapped
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if any(address in net for net in _TUNNELS) or address.is_site_local:
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


class _PinnedTransport(httpx.BaseTransport):
    """Sends each request to the checked address, under the name it was made for."""

    def __init__(self, guard: AddressGuard) -> None:
        self._guard = guard
        self._inner = httpx.HTTPTransport(trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._guard(str(request.url))
        host = request.url.host
        port = request.url.port or {"http": 80, "https": 443}[request.url.scheme]
        addresses = self._guard.find_addresses(host, port)[:MOST_TRIED]
        for address in addresses[:-1]:
            with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                return self._send(request, address)
        return self._send(request, addresses[-1])

    def _send(self, request: httpx.Request, address: str) -> httpx.Response:
        name = request.url.raw_host.decode("ascii")
        return self._inner.handle_request(
            httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,  # Host among them, under the name asked for
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": name},
            )
        )

    def close(self) -> None:
        self._inner.close()


def _refusal(host: str) -> str:
    return f"{host}: leads to an address that is not on the public internet; it is not fetched."
