"""Fetching pages nobody asked for one by one: by the site's rules, and not in a rush.

Reads   robots.txt (RFC 9309) of each host, once.
Writes  pages, through `fetch`.
Never   fetches what a site asks robots to leave, or twice within a second from one host.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from marsad.errors import FetchError
from marsad.reports import fetch as fetching
from marsad.settings import MAX_REPORT_BYTES

WAIT_SECONDS = 1.0
# A site may ask for more; beyond this a person should fetch its pages over a day.
MAX_WAIT_SECONDS = 30.0
MAX_ROBOTS_BYTES = 512 * 1024  # RFC 9309 asks readers to take at least 500 KiB
ROBOT = "marsad"


class Courtesy:
    """The rules of the hosts met in one run, and when each was last asked."""

    def __init__(
        self,
        *,
        max_bytes: int = MAX_REPORT_BYTES,
        guard: Callable[[str], None] | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_bytes = max_bytes
        self._guard = guard
        self._sleep = sleep
        self._clock = clock
        self._rules: dict[str, Protego | str] = {}
        self._asked: dict[str, float] = {}

    def fetch(self, url: str) -> fetching.Fetched:
        """The page at `url`, after the wait its host is due.

        Raises:
            FetchError: robots.txt forbids it or cannot be read, or `fetch` fails.
        """
        try:
            site = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        except ValueError as error:
            raise FetchError(f"{url}: not a web address ({error}).") from error
        if site not in self._rules:
            self._rules[site] = self._read_rules(site, url)
        rules = self._rules[site]
        if isinstance(rules, str):
            raise FetchError(f"{url}: {rules}")
        if not rules.can_fetch(url, ROBOT):
            raise FetchError(
                f"{url}: the site asks robots not to fetch this page (robots.txt). "
                f"Give its address yourself, or save the page."
            )
        wait = min(max(rules.crawl_delay(ROBOT) or 0.0, WAIT_SECONDS), MAX_WAIT_SECONDS)
        self._wait(site, wait)
        return fetching.fetch(url, max_bytes=self._max_bytes, guard=self._guard)

    def _wait(self, site: str, seconds: float) -> None:
        due = self._asked.get(site, float("-inf")) + seconds - self._clock()
        if due > 0:
            self._sleep(due)
        self._asked[site] = self._clock()

    def _read_rules(self, site: str, url: str) -> Protego | str:
        """The site's rules, or why nothing may be fetched (RFC 9309, 2.3.1)."""
        fetching.check_url(url, url)
        try:
            answer = fetching.fetch(
                f"{site}/robots.txt", max_bytes=MAX_ROBOTS_BYTES, guard=self._guard, any_answer=True
            )
        except FetchError as error:
            return f"the site's robots.txt cannot be read, so no page is fetched ({error})"
        if answer.status == 200:
            return Protego.parse(answer.data.decode("utf-8", "replace"))
        if 400 <= answer.status < 500:
            return Protego.parse("")
        return f"the site answered {answer.status} for robots.txt. Try again later."
