from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from marsad.errors import FetchError
from marsad.reports import address_guard
from marsad.reports.address_guard import AddressGuard, guard_links
from marsad.reports.fetch import fetch

PUBLIC = "93.184.215.14"


def guard_for(*addresses: str, ports: tuple[int, ...] = (80, 443)) -> AddressGuard:
    return AddressGuard(ports=ports, resolver=lambda host, port: addresses)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
    ],
)
def test_host_that_resolves_to_no_public_address_is_refused(address):
    with pytest.raises(FetchError, match="not on the public internet"):
        guard_for(address).find_addresses("kivu.example", 80)


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:21f:cb07::1", "64:ff9b::5db8:d70e"])
def test_public_address_is_taken(address):
    assert guard_for(address).find_addresses("kivu.example", 443) == [address]


def test_one_inner_address_among_public_ones_is_enough_to_refuse():
    with pytest.raises(FetchError):
        guard_for(PUBLIC, "10.0.0.1").find_addresses("kivu.example", 80)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://kivu.example/", "only http and https"),
        ("http://kivu.example:22/", "port 22 is not allowed, only 80, 443"),
        ("http://kivu.example:0/", "port 0 is not allowed"),
        ("http://user:secret@kivu.example/", "user name or password"),
        ("http://127.0.0.1/", "not on the public internet"),
        ("http://[::1]/", "not on the public internet"),
        ("http://[::ffff:10.0.0.1]/", "not on the public internet"),
        ("http://kivu.example:99999/", "not a web address"),
    ],
)
def test_address_is_refused_for_what_it_shows(url, words):
    with pytest.raises(FetchError, match=words):
        AddressGuard()(url)


@pytest.mark.parametrize("host", ["2130706433", "0177.0.0.1", "0x7f.1", "127.1", "localhost"])
def test_other_ways_to_write_this_machine_are_refused(host):
    with pytest.raises(FetchError, match=r"not on the public internet|no such host"):
        AddressGuard().find_addresses(host, 80)


def test_unknown_host_is_said():
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(FetchError, match="no such host"):
        AddressGuard(resolver=unknown).find_addresses("no.example", 80)


def test_fetch_connects_to_the_checked_address_under_the_name_asked_for(site, monkeypatch):
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])  # a second look-up would lead elsewhere
    monkeypatch.setattr(address_guard, "is_public", lambda address: True)
    guard = AddressGuard(ports=[site.port], resolver=lambda host, port: next(answers))
    site.put("/a", "<p>x")
    fetched = fetch(f"http://kivu.example:{site.port}/a", guard=guard)
    assert (fetched.data, fetched.url) == (b"<p>x", f"http://kivu.example:{site.port}/a")
    assert site.asked[0][1] == f"kivu.example:{site.port}"


def only(*allowed: str) -> Callable[[object], bool]:
    return lambda address: str(address) in allowed


def test_redirect_to_an_inner_host_is_refused(site, monkeypatch):
    monkeypatch.setattr(address_guard, "is_public", only("127.0.0.1"))
    names = {"kivu.example": ["127.0.0.1"], "inner.example": ["10.0.0.1"]}
    guard = AddressGuard(ports=[site.port], resolver=lambda host, port: names[host])
    site.answer("/a", 302, Location=f"http://inner.example:{site.port}/b")
    with pytest.raises(FetchError, match=r"inner\.example: leads to an address"):
        fetch(f"http://kivu.example:{site.port}/a", guard=guard)
    assert site.paths == ["/a"]


def test_next_address_is_tried_where_one_does_not_answer(site, monkeypatch):
    monkeypatch.setattr(address_guard, "is_public", lambda address: True)
    guard = AddressGuard(ports=[site.port], resolver=lambda host, port: ["127.9.9.9", "127.0.0.1"])
    site.put("/a", "<p>x")
    assert fetch(f"http://kivu.example:{site.port}/a", guard=guard).data == b"<p>x"


def test_proxies_of_the_environment_are_not_used(site, monkeypatch):
    monkeypatch.setattr(address_guard, "is_public", lambda address: True)
    monkeypatch.setenv("HTTP_PROXY", site.url)
    site.put("/a", "<p>x")
    guard = AddressGuard(ports=[site.port], resolver=lambda host, port: ["127.0.0.1"])
    fetch(f"http://kivu.example:{site.port}/a", guard=guard)
    assert site.paths == ["/a"]  # a proxy would be asked for the whole address


NAMES = {"kivu.example": [PUBLIC], "inner.example": ["10.0.0.1"], "trap.example": [PUBLIC, "::1"]}


def look_up(host: str, port: int) -> list[str]:
    if host not in NAMES:
        raise socket.gaierror(-2, "Name or service not known")
    return NAMES[host]


def test_links_of_a_public_page_do_not_lead_inside():
    check = guard_links("https://kivu.example/feed", resolver=look_up)
    assert check is not None
    check("https://kivu.example/a")
    check("https://known-to-the-proxy.example/a")
    for host in ("inner.example", "trap.example"):
        with pytest.raises(FetchError, match="linked to from https://kivu"):
            check(f"http://{host}/reboot")


def test_links_of_an_inner_page_may_lead_inside():
    assert guard_links("http://inner.example/feed", resolver=look_up) is None
