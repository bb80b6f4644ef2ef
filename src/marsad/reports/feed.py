"""Feeds (RSS, Atom, RDF): one report an entry.

Reads   the bytes of a feed, also malformed; the pages its entries link to, if it came
        from an address.
Writes  a report or a failure for each entry, in the feed's order.
Never   takes a teaser for a report, resolves entities from outside, or opens an
        entry's link when the feed was given as a file.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import feedparser

from marsad.errors import FetchError, ReportError, UnreadableReport
from marsad.records import Report, content_id
from marsad.reports.address_guard import guard_links
from marsad.reports.addresses import normalise_url
from marsad.reports.bylines import split_names
from marsad.reports.courtesy import Courtesy
from marsad.reports.dateline import find_dateline
from marsad.reports.dates import parse_published
from marsad.reports.html import read_html
from marsad.reports.jsonl import read_date
from marsad.reports.language import detect_language, normalise_code, require_supported
from marsad.reports.length import require_readable
from marsad.reports.metadata import clean, outlet_from_url
from marsad.reports.page import read_report
from marsad.reports.received import Received, failed, received
from marsad.settings import MAX_REPORT_BYTES

# A report of fewer words is a teaser, unless the feed says that it is the content; then a few
# sentences may be all there is. Teasers in feeds are cut at some 55 words.
MIN_SUMMARY_WORDS = 120
MIN_CONTENT_WORDS = 60
# What a text that was cut ends with.
_CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|\b(?:read|see|view|learn) (?:the )?(?:more|full (?:story|article|text))"
    r"|continue reading|full story)[\s.»>→…\])]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Feed:
    """What all entries of a feed share."""

    name: str
    url: str | None
    published: date | None
    language: str | None
    declared: str | None
    max_bytes: int
    courtesy: Courtesy


def read_feed(
    data: bytes,
    name: str,
    *,
    url: str | None = None,
    charset: str | None = None,
    published: str | date | None = None,
    language: str | None = None,
    max_bytes: int = MAX_REPORT_BYTES,
    guard: Callable[[str], None] | None = None,
    courtesy: Courtesy | None = None,
) -> Iterator[Received]:
    """A report or a failure for each entry.

    `url` is where the feed came from; without it no link is followed. `published`
    is believed over the feed, as over a page. Without a `guard`, the links of a feed
    from the public internet are kept out of the reader's own network.
    """
    try:
        given = read_date(published, name)
    except ReportError as error:
        yield failed(name, error)
        return
    # A stream, never a string: feedparser would open a string as an address or a file.
    headers = {"content-type": f"application/xml; charset={charset}"} if charset else {}
    parsed = feedparser.parse(
        io.BytesIO(data), response_headers={**headers, "content-location": url or ""}
    )
    if not parsed.entries:
        problem = parsed.get("bozo_exception")
        why = f" ({clean(str(problem))[:100]})" if problem and not parsed.version else ""
        yield failed(name, f"{name}: a feed without entries{why}.", raw=data)
        return
    if guard is None and url is not None:
        guard = guard_links(url)
    feed = _Feed(
        name,
        url,
        given,
        language,
        parsed.feed.get("language"),
        max_bytes,
        courtesy or Courtesy(max_bytes=max_bytes, guard=guard),
    )
    for number, entry in enumerate(parsed.entries, 1):
        yield _read_entry(feed, entry, number)


def _read_entry(feed: _Feed, entry: Any, number: int) -> Received:
    where, origin = f"{feed.name}, entry {number}", f"{feed.name}#{number}"
    link = _link(entry)
    markup, words = _fullest(entry)
    if markup is not None:
        raw = markup.encode("utf-8", "replace")
        try:
            return received(_report_of(feed, entry, link, markup, where), origin, raw)
        except ReportError as error:
            return failed(feed.name, error, line=number, origin=origin, raw=raw)
    if link is None:
        return failed(
            feed.name,
            f"{where}: only a teaser ({words} words), and no link to the report.",
            line=number,
            origin=origin,
        )
    if feed.url is None:
        return failed(
            feed.name,
            f"{where}: only a teaser ({words} words), and links of a feed given as a file are not "
            f"followed. Give the feed's address, or the report's: {link[:300]}",
            line=number,
            origin=origin,
        )
    return _fetch_entry(feed, entry, link, number)


def _fetch_entry(feed: _Feed, entry: Any, link: str, number: int) -> Received:
    """The page an entry links to."""
    try:
        fetched = feed.courtesy.fetch(link)
    except FetchError as error:
        return failed(feed.name, error, line=number, origin=link)
    try:
        report = read_report(
            fetched.data,
            name=link,
            url=fetched.url,
            published=feed.published,
            language=feed.language,
            max_bytes=feed.max_bytes,
            charset=fetched.charset,
        )
    except ReportError as error:
        return failed(feed.name, error, line=number, origin=link, raw=fetched.data)
    said = {
        "published": report.published or _published(entry),
        "title": report.title or _title(entry),
        "authors": report.authors or _authors(entry),
    }
    return received(report.model_copy(update=said), link, fetched.data)


def _report_of(feed: _Feed, entry: Any, link: str | None, markup: str, where: str) -> Report:
    """The report that an entry itself holds."""
    text = _text_of(markup, where)
    require_readable(text, name=where)
    code = normalise_code(feed.language) or detect_language(text, feed.declared)
    require_supported(code, name=where)
    found = find_dateline(text)
    when = feed.published or _published(entry) or (found.filed if found else None)
    title = _title(entry)
    named = normalise_url(link) if link else entry.get("id")
    return Report(
        # Not the id of the page at that link: a feed may say anything of another's page.
        id=content_id("report", "feed", named)
        if named
        else content_id("report", None, title, str(when or ""), text),
        url=link,
        outlet=clean(entry.get("publisher") or "") or outlet_from_url(link or feed.url),
        title=title,
        authors=_authors(entry),
        published=when,
        dateline=found.city if found else None,
        language=code,
        text=text,
    )


def _fullest(entry: Any) -> tuple[str | None, int]:
    """The markup of an entry's whole text, or None if it has but a teaser; the words there are."""
    found = [(part.get("value") or "", MIN_CONTENT_WORDS) for part in entry.get("content", ())]
    found.append((entry.get("summary") or "", MIN_SUMMARY_WORDS))
    best, most = None, 0
    for markup, enough in found:
        text = _bare(markup)
        words = len(text.split())
        if words > most:
            best = markup if words >= enough and not _CUT.search(text) else None
            most = words
    return best, most


def _text_of(markup: str, where: str) -> str:
    """The text of an entry's HTML, without what blogs append."""
    if not re.search(r"<\w", markup):
        return unescape(markup).strip()
    page = read_html(f"<html><body><article>{markup}</article></body></html>")
    text = page.story.text if page is not None else ""
    if not text.strip():
        raise UnreadableReport(f"{where}: no text in the entry's content.")
    return text


def _bare(markup: str) -> str:
    """The words of some HTML, roughly: to count them and to see how they end."""
    return clean(re.sub(r"<[^<>]{0,5000}>", " ", markup))


def _link(entry: Any) -> str | None:
    for link in (entry.get("feedburner_origlink"), entry.get("link")):
        if isinstance(link, str) and re.match(r"https?://", link, re.IGNORECASE):
            return link
    return None


def _title(entry: Any) -> str | None:
    return _bare(entry.get("title") or "") or None


def _authors(entry: Any) -> tuple[str, ...]:
    names = [author.get("name") or "" for author in entry.get("authors", ()) if author]
    return tuple(dict.fromkeys(name for shown in names for name in split_names(shown)))


def _published(entry: Any) -> datetime | date | None:
    """When the entry was published, in its own zone where the string tells; else when updated."""
    for key in ("published", "updated"):
        if key not in entry:
            continue
        value = entry.get(key)
        moment = parse_published(value) if isinstance(value, str) else None
        if moment is not None:
            return moment
        parsed = entry.get(f"{key}_parsed")
        if parsed is not None:
            return datetime.fromtimestamp(timegm(parsed), UTC)
    return None
