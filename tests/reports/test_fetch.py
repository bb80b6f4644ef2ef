from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest

from marsad.errors import FetchError
from marsad.reports.fetch import fetch

URL = "https://kivu.example/a"


def answering(handler: Callable[[httpx.Request], httpx.Response]) -> httpx.MockTransport:
    return httpx.MockTransport(handler)


def html(_: httpx.Request) -> httpx.Response:
    return httpx.Response(
        200, headers={"content-type": "text/html; charset=cp1252"}, content=b"<p>x"
    )


def test_page_comes_with_its_charset_and_final_address():
    fetched = fetch(URL, transport=answering(html))
    assert (fetched.data, fetched.url, fetched.charset) == (b"<p>x", URL, "cp1252")


def test_request_says_who_asks():
    seen: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["user-agent"])
        return html(request)

    fetch(URL, transport=answering(handler))
    assert seen[0].startswith("marsad/")


def test_redirects_are_followed_and_each_is_shown_to_the_guard():
    def handler(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/a":
            return httpx.Response(302, headers={"location": "/b"})
        return html(request)

    seen: list[str] = []
    assert fetch(URL, transport=answering(handler), guard=seen.append).url.endswith("/b")
    assert seen == [URL, "https://kivu.example/b"]


def endless() -> Iterator[bytes]:
    while True:
        yield b"x" * 1000


@pytest.mark.parametrize(
    ("handler", "message"),
    [
        (lambda _: httpx.Response(404), "answered 404"),
        (lambda _: httpx.Response(302, headers={"location": "/a"}), "more than 5 redirects"),
        (lambda _: httpx.Response(302, headers={"location": "file:///etc/passwd"}), "only http"),
        (lambda _: httpx.Response(200, headers={"content-type": "image/png"}), "is image/png"),
        (lambda _: httpx.Response(200, content=endless()), "larger than 5,000 bytes"),
        (lambda _: httpx.Response(200, headers={"content-length": "9999"}, content=b""), "larger"),
    ],
)
def test_what_is_no_page_is_refused_in_one_line(handler, message):
    with pytest.raises(FetchError, match=message) as caught:
        fetch(URL, max_bytes=5000, transport=answering(handler))
    assert str(caught.value).startswith(URL)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (httpx.ConnectError("refused"), "cannot be fetched"),
        (httpx.ReadTimeout("slow"), "no answer in time"),
    ],
)
def test_network_trouble_is_a_fetch_error(error, message):
    def handler(_: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(FetchError, match=message):
        fetch(URL, transport=answering(handler))


@pytest.mark.parametrize("url", ["ftp://x.example", "http://", "http://[", "https://exa mple\x00/"])
def test_what_is_no_web_address_is_a_fetch_error(url):
    with pytest.raises(FetchError):
        fetch(url, transport=answering(html))
