"""JSON Feed 1.1: the same feed for programs, and for readers that take it.

Reads   a FeedHead and its entries, newest first.
Writes  UTF-8 JSON.
Never   writes the time of making: equal content is equal bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from marsad.publish.feeds.body import html_body, text_body
from marsad.publish.feeds.content import Entry, FeedHead

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def render_json_feed(head: FeedHead, entries: Iterable[Entry]) -> bytes:
    """The feed as JSON."""
    body: dict[str, Any] = {
        "version": VERSION,
        "title": head.title,
        "description": head.description,
        "language": "en",
        "authors": [{"name": "marsad"}],
    }
    if head.home is not None:
        body["home_page_url"] = head.home
    if head.address is not None:
        body["feed_url"] = head.address
    body["items"] = [_item(entry) for entry in entries]
    return (json.dumps(body, indent=2, ensure_ascii=False) + "\n").encode()


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": html_body(entry),
        "content_text": text_body(entry),
        "date_published": entry.published.isoformat(timespec="seconds"),
        "date_modified": entry.updated.isoformat(timespec="seconds"),
        "tags": list(entry.tags),
    }
    if entry.url is not None:
        item["url"] = entry.url
    return item
