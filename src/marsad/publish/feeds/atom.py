"""Atom (RFC 4287): a feed for feed readers.

Reads   a FeedHead and its entries, newest first.
Writes  UTF-8 XML.
Never   writes the time of making: equal content is equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable

from feedgen.feed import FeedGenerator

from marsad.publish.feeds.body import html_body
from marsad.publish.feeds.content import Entry, FeedHead

MEDIA_TYPE = "application/atom+xml"


def render_atom(head: FeedHead, entries: Iterable[Entry]) -> bytes:
    """The feed as XML."""
    feed = FeedGenerator()
    feed.id(head.id)
    feed.title(head.title)
    feed.subtitle(head.description)
    feed.updated(head.updated)
    feed.author(name="marsad")
    feed.generator("marsad", version=head.version)
    feed.language("en")
    if head.address is not None:
        feed.link(href=head.address, rel="self", type=MEDIA_TYPE)
    if head.home is not None:
        feed.link(href=head.home, rel="alternate", type="text/html")
    for entry in entries:
        _add(feed, entry)
    text: bytes = feed.atom_str(pretty=True)
    return text


def _add(feed: FeedGenerator, entry: Entry) -> None:
    item = feed.add_entry(order="append")
    item.id(entry.id)
    item.title(entry.title)
    item.summary(entry.summary)
    item.content(html_body(entry), type="html")
    item.published(entry.published)
    item.updated(entry.updated)
    for tag in entry.tags:
        item.category(term=tag)
    if entry.url is not None:
        item.link(href=entry.url, rel="alternate", type="text/html")
