from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marsad.records import Report
from marsad.reports import courtesy
from marsad.reports.failure import ReadFailure
from marsad.reports.feed import read_feed
from marsad.reports.receive import receive
from marsad.reports.received import Received
from tests.reports import pages

SENTENCE = "Three people were killed in Goma on Monday, police said. "
LONG = SENTENCE * 14


def rss(*items: str) -> bytes:
    return (
        '<?xml version="1.0"?><!-- made today --><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Kivu News</title>'
        + "".join(f"<item>{item}</item>" for item in items)
        + "</channel></rss>"
    ).encode()


WHOLE = (
    "<title>Killed in Goma</title><link>https://kivu.example/a?utm_source=rss</link>"
    "<dc:creator>Jane Doe</dc:creator><pubDate>Tue, 05 Mar 2024 14:05:00 +0300</pubDate>"
    "<description>Three people…</description>"
    f"<content:encoded><![CDATA[<p>{LONG}</p><p>{SENTENCE}</p>]]></content:encoded>"
)


def teaser(link: str) -> str:
    return f"<title>T</title><link>{link}</link><description>{SENTENCE}</description>"


def read(data: bytes, **hints: Any) -> list[Received]:
    return list(read_feed(data, "f.xml", **hints))


def report(item: Received) -> Report:
    assert isinstance(item.result, Report), str(item.result)
    return item.result


def test_entry_with_its_content_is_a_report():
    (item,) = read(rss(WHOLE))
    found = report(item)
    assert found.title == "Killed in Goma"
    assert found.text == f"{LONG.strip()}\n\n{SENTENCE.strip()}"
    assert found.published == datetime(2024, 3, 5, 14, 5, tzinfo=timezone(timedelta(hours=3)))
    assert (found.authors, found.outlet) == (("Jane Doe",), "kivu.example")
    assert item.origin == "f.xml#1"
    assert item.raw is not None
    assert item.raw.startswith(b"<p>Three people")


def test_atom_entry_is_a_report():
    (item,) = read(
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:1</id><title>T</title>'
        b"<updated>2024-03-05T10:00:00Z</updated><link href='https://kivu.example/e'/>"
        b"<content type='html'>&lt;p&gt;" + LONG.encode() + b"&lt;/p&gt;</content></entry></feed>"
    )
    assert report(item).published == datetime(2024, 3, 5, 10, tzinfo=UTC)
    assert report(item).url == "https://kivu.example/e"


def test_rdf_entry_is_a_report():
    (item,) = read(
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        b'xmlns="http://purl.org/rss/1.0/"><item><title>T</title>'
        b"<description>" + LONG.encode() + b"</description></item></rdf:RDF>"
    )
    assert report(item).text == LONG.strip()


def test_text_without_markup_is_unescaped():
    (item,) = read(rss(f"<description>{LONG} R&amp;amp;D staff fled.</description>"))
    assert report(item).text.endswith("R&D staff fled.")


def test_same_entry_has_the_same_id_and_another_has_another():
    other = WHOLE.replace("/a?", "/b?")
    tracked = WHOLE.replace("utm_source=rss", "utm_source=mail")
    ids = [report(item).id for item in read(rss(WHOLE, other, tracked))]
    assert ids[0] == ids[2] != ids[1]


def test_feed_cannot_name_the_page_of_another(site):
    page = site.put("/a", pages.GRAPH)
    (fetched,) = receive(page)
    forged = WHOLE.replace("https://kivu.example/a?utm_source=rss", page)
    (item,) = read(rss(forged))
    assert report(item).id != report(fetched).id


@pytest.mark.parametrize("end", ["…", "[...]", "Read more »", "... Continue reading →"])
def test_text_that_was_cut_is_a_teaser(end):
    (item,) = read(rss(f"<description>{LONG}{end}</description>"))
    assert "only a teaser" in str(item.result)


def test_teaser_of_a_feed_given_as_a_file_is_a_failure_that_gives_the_link():
    (item,) = read(rss(teaser("https://kivu.example/a")))
    assert "links of a feed given as a file are not followed" in str(item.result)
    assert str(item.result).endswith("https://kivu.example/a")


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "file:///etc/passwd", "/a"])
def test_teaser_without_a_web_address_is_a_failure(link):
    (item,) = read(rss(teaser(link)))
    assert "no link to the report" in str(item.result)


def test_teaser_of_a_fetched_feed_is_fetched_by_its_link(site, monkeypatch):
    monkeypatch.setattr(courtesy, "WAIT_SECONDS", 0.0)
    page = site.put("/a", pages.GRAPH)
    gone = site.url + "/gone"
    feed = site.put("/feed", rss(teaser(page), teaser(gone), WHOLE), "application/rss+xml")
    first, second, third = receive(feed)
    assert report(first).text == pages.STORY
    assert (first.origin, first.raw) == (page, pages.GRAPH.encode())
    assert "answered 404" in str(second.result)
    assert report(third).title == "Killed in Goma"
    assert site.paths == ["/feed", "/robots.txt", "/a", "/gone"]


def test_date_of_the_entry_fills_in_for_a_page_without_one(site, monkeypatch):
    monkeypatch.setattr(courtesy, "WAIT_SECONDS", 0.0)
    page = site.put("/a", f"<html><body><h1>Killed</h1><p>{LONG}</p></body></html>")
    entry = teaser(page) + "<pubDate>Tue, 05 Mar 2024 14:05:00 GMT</pubDate>"
    (item,) = receive(site.put("/feed", rss(entry), "text/xml"))
    assert report(item).published == datetime(2024, 3, 5, 14, 5, tzinfo=UTC)


def test_guard_sees_each_address(site):
    seen: list[str] = []
    page = site.put("/a", pages.GRAPH)
    feed = site.put("/feed", rss(teaser(page)), "application/xml")
    list(receive(feed, guard=seen.append))
    assert seen == [feed, site.url + "/robots.txt", page]


def test_entity_from_outside_is_not_resolved(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the secret word")
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
    data = rss(f"<title>&x;</title><description>{LONG} &x;</description>")
    (item,) = read(data.replace(b"<rss", doctype.encode() + b"<rss", 1))
    assert "secret" not in report(item).text
    assert "secret" not in (report(item).title or "")


def test_malformed_feed_gives_the_entries_it_has():
    data = rss(WHOLE, WHOLE.replace("/a?", "/b?"))[: -len("</item></channel></rss>")]
    assert len([report(item) for item in read(data.replace(b"</title>", b"&</title>"))]) == 2


def test_publication_date_of_the_user_is_believed():
    (item,) = read(rss(WHOLE), published="2024-01-01")
    assert report(item).published == date(2024, 1, 1)


@pytest.mark.parametrize("data", [b"<rss/>", b"<feed>", b"<rss><channel></rss>"])
def test_feed_without_entries_is_one_failure(data):
    (item,) = read(data)
    assert "a feed without entries" in str(item.result)


@pytest.mark.parametrize("name", ["f.xml", "f.rss", "f.txt"])
def test_feed_is_known_by_how_it_begins(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(rss(WHOLE))
    (item,) = receive(str(path))
    assert report(item).title == "Killed in Goma"


def test_text_that_is_long_and_foreign_is_named():
    (item,) = read(
        rss("<description>" + "Al menos tres personas murieron en la ciudad. " * 20
            + "</description>")
    )  # fmt: skip
    assert "Spanish" in str(item.result)


TAGS = ["<item>", "</item>", "<title>", "<link>", "<description>", "<![CDATA[", "]]>", "&x;", "<",
        "<content:encoded>", "<pubDate>", "9 Foo", LONG, "\x00", "é"]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(TAGS), max_size=25))
def test_broken_feeds_never_raise(parts):
    for item in read(b"<rss><channel>" + "".join(parts).encode(), language="en"):
        assert isinstance(item.result, Report | ReadFailure)
