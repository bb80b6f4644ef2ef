from __future__ import annotations

import pytest

from marsad.errors import FetchError
from marsad.reports.courtesy import Courtesy


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def courteous(**options: object) -> tuple[Courtesy, Clock]:
    clock = Clock()
    return Courtesy(sleep=clock.sleep, clock=clock, **options), clock  # type: ignore[arg-type]


def test_page_that_robots_are_asked_to_leave_is_left(site):
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\n", "text/plain")
    private, public = site.put("/private/a", "<p>x"), site.put("/a", "<p>y")
    courtesy, _ = courteous()
    with pytest.raises(FetchError, match="asks robots not to fetch this page"):
        courtesy.fetch(private)
    assert courtesy.fetch(public).data == b"<p>y"
    assert site.paths == ["/robots.txt", "/a"]


def test_rules_for_marsad_by_name_are_kept(site):
    site.put("/robots.txt", "User-agent: marsad\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    courtesy, _ = courteous()
    with pytest.raises(FetchError, match=r"robots\.txt"):
        courtesy.fetch(site.put("/a", "<p>x"))


@pytest.mark.parametrize(("delay", "waited"), [("", 1.0), ("Crawl-delay: 7", 7.0),
                                               ("Crawl-delay: 9000", 30.0)])  # fmt: skip
def test_second_page_of_a_host_waits(site, delay, waited):
    site.put("/robots.txt", f"User-agent: *\n{delay}\n", "text/plain")
    courtesy, clock = courteous()
    courtesy.fetch(site.put("/a", "<p>x"))
    courtesy.fetch(site.put("/b", "<p>x"))
    assert clock.slept == [waited]


def test_site_without_rules_may_be_fetched(site):
    courtesy, _ = courteous()
    assert courtesy.fetch(site.put("/a", "<p>x")).data == b"<p>x"


def test_site_that_fails_to_give_its_rules_is_left_alone(site):
    site.answer("/robots.txt", 503)
    courtesy, _ = courteous()
    for _ in range(2):
        with pytest.raises(FetchError, match=r"answered 503 for robots\.txt"):
            courtesy.fetch(site.put("/a", "<p>x"))
    assert site.paths == ["/robots.txt"]


def test_guard_sees_the_rules_address_too(site):
    seen: list[str] = []
    courtesy, _ = courteous(guard=seen.append)
    page = site.put("/a", "<p>x")
    courtesy.fetch(page)
    assert seen == [site.url + "/robots.txt", page]


@pytest.mark.parametrize("url", ["ftp://kivu.example/a", "http://[::1", "http://"])
def test_what_is_no_web_address_is_a_fetch_error(url):
    with pytest.raises(FetchError):
        courteous()[0].fetch(url)
