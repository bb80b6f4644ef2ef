"""Fetch one web page.

Reads   an http(s) URL.
Writes  its bytes, where they finally came from, and what the server says they are.
Never   waits or reads without limit; never runs scripts, sends cookies or retries.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import urljoin, urlsplit

import httpx

from marsad.errors import FetchError
from marsad.reports.address_guard import AddressGuard
from marsad.reports.answer_body import Deadline, read_parts
from marsad.settings import MAX_REPORT_BYTES

USER_AGENT = f"marsad/{version('marsad')} (reads single news pages for incident recording)"
CONNECT_SECONDS, READ_SECONDS, TOTAL_SECONDS = 10.0, 20.0, 60.0
MAX_REDIRECTS = 5
TEXT_TYPES = re.compile(
    r"text/(?:html|plain|markdown|xml|csv|tab-separated-values)"
    r"|application/(?:(?:xhtml|rss|atom|rdf)\+xml|xml|json|x-ndjson|jsonl|jsonlines|x-jsonlines"
    r"|csv|octet-stream)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Fetched:
    """A page as the server sent it. `url` is the address after redirects."""

    data: bytes
    url: str
    content_type: str
    charset: str | None
    status: int = 200


def fetch(
    url: str,
    *,
    max_bytes: int = MAX_REPORT_BYTES,
    guard: Callable[[str], None] | None = None,
    transport: httpx.BaseTransport | None = None,
    any_answer: bool = False,
) -> Fetched:
    """The page at `url`.

    `guard` is called with the URL of every request, redirects too, and may
    raise to forbid it; an `AddressGuard` also decides what is connected to.
    `max_bytes` bounds the body after decompression. `any_answer` takes an error
    status, and any type, as an answer too; its body is left out.

    Raises:
        FetchError: no http(s) URL, no answer in time, an error status, too many
            redirects, too large, or no text.
    """
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.1",
    }
    if transport is None and isinstance(guard, AddressGuard):
        transport = guard.transport()
    with (
        httpx.Client(timeout=timeout, headers=headers, transport=transport) as client,
        Deadline(TOTAL_SECONDS) as deadline,
    ):
        return _follow(client, url, max_bytes, guard, deadline, any_answer)


def _follow(
    client: httpx.Client,
    url: str,
    max_bytes: int,
    guard: Callable[[str], None] | None,
    deadline: Deadline,
    any_answer: bool,
) -> Fetched:
    """The answer to `url`, or where it leads to."""
    target = url
    extensions = {"trace": deadline.trace}
    for _ in range(MAX_REDIRECTS + 1):
        check_url(target, url)
        if guard is not None:
            guard(target)
        try:
            with client.stream("GET", target, extensions=extensions) as response:
                onward = response.headers.get("location") if response.is_redirect else None
                if onward and not deadline.is_over:
                    target = urljoin(target, onward)
                    continue
                if any_answer and response.status_code != 200:
                    return Fetched(b"", target, "", None, response.status_code)
                return _read_response(response, url, max_bytes, deadline, any_answer)
        except httpx.TimeoutException as error:
            raise FetchError(
                f"{url}: no answer in time. Try again, or save the page and give the file."
            ) from error
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            if deadline.is_over:
                raise _too_slow(url) from error
            raise FetchError(
                f"{url}: cannot be fetched ({_reason(error)}). Check the address and the network."
            ) from error
    raise FetchError(f"{url}: more than {MAX_REDIRECTS} redirects. Give the final address.")


def check_url(target: str, url: str) -> None:
    """Refuse what is no http(s) address; `url` is what it was reached from.

    Raises:
        FetchError: says so.
    """
    try:
        parts = urlsplit(target)
        host = parts.hostname
    except ValueError as error:
        raise FetchError(f"{url}: not a web address ({error}).") from error
    if parts.scheme not in ("http", "https") or not host:
        raise FetchError(f"{url}: leads to {target!r}; only http and https addresses are read.")


def _read_response(
    response: httpx.Response, url: str, max_bytes: int, deadline: Deadline, any_type: bool
) -> Fetched:
    if response.status_code != 200:
        raise FetchError(
            f"{url}: the server answered {response.status_code} {response.reason_phrase}. "
            f"Open it in a browser, save the page and give the file."
        )
    content_type = response.headers.get("content-type", "").split(";")[0].strip()
    if content_type and not any_type and not TEXT_TYPES.fullmatch(content_type):
        raise FetchError(f"{url}: is {content_type}, not a web page or text.")
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > max_bytes:
        raise FetchError(_too_large(url, max_bytes))
    chunks: list[bytes] = []
    size = 0
    for chunk in read_parts(response, url, deadline):
        size += len(chunk)
        if size > max_bytes:
            raise FetchError(_too_large(url, max_bytes))
        if deadline.is_over:
            break
        chunks.append(chunk)
    # A body that was cut off looks whole where nothing told its length.
    if deadline.is_over:
        raise _too_slow(url)
    return Fetched(b"".join(chunks), str(response.url), content_type, response.charset_encoding)


def _too_slow(url: str) -> FetchError:
    return FetchError(
        f"{url}: still sending after {TOTAL_SECONDS:.0f} seconds. Save the page and give the file."
    )


def _too_large(url: str, max_bytes: int) -> str:
    return (
        f"{url}: larger than {max_bytes:,} bytes. "
        f"Give the page of one article, or raise MARSAD_MAX_REPORT_BYTES."
    )


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__
