"""The bytes of one page or text become one report.

Reads   HTML, plain text, pages saved as text.
Writes  a `Report`.
Never   opens a file or a socket.
"""

from __future__ import annotations

import re
from datetime import date

from marsad.errors import UnreadableReport
from marsad.records import Report, content_id
from marsad.reports.addresses import identify, undirected
from marsad.reports.dateline import find_dateline
from marsad.reports.decode import decode
from marsad.reports.furniture import is_prose
from marsad.reports.html import read_html
from marsad.reports.jsonl import read_date
from marsad.reports.language import detect_language, normalise_code, require_supported
from marsad.reports.length import require_readable
from marsad.reports.metadata import PageMeta, outlet_from_url
from marsad.reports.plaintext import PageText, read_page
from marsad.settings import MAX_REPORT_BYTES

_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|article|main|div|section|p|h1|meta|script|title|table|span)\b",
    re.IGNORECASE,
)
FEED_ROOTS = frozenset({"rss", "feed", "rdf:rdf"})
SITEMAP_ROOTS = frozenset({"urlset", "sitemapindex"})
SNIFF_CHARS = 4000
# The longest news report has some hundred lines; more is a table, a log or a book.
MAX_LINES = 50_000


def read_report(
    data: bytes,
    *,
    name: str,
    url: str | None = None,
    published: str | date | None = None,
    language: str | None = None,
    max_bytes: int = MAX_REPORT_BYTES,
    charset: str | None = None,
) -> Report:
    """The report in the bytes of one page or text.

    `name` stands in error messages. `published` and `language`, when given, are
    believed over the page. `charset` is what the server declared.

    Raises:
        UnreadableReport: empty, too large, binary, or no article text found.
        UnsupportedLanguage: not in a language marsad codes.
    """
    if len(data) > max_bytes:
        raise UnreadableReport(too_large(name, max_bytes))
    if not data.strip():
        raise UnreadableReport(f"{name}: empty. Give a news page, a text or JSON lines.")
    given = read_date(published, name)
    text = decode(data, name=name, declared=charset)
    root = _root_name(text[: 2 * SNIFF_CHARS])
    if root in FEED_ROOTS or root in SITEMAP_ROOTS:
        kind = "feed" if root in FEED_ROOTS else "site map"
        raise UnreadableReport(f"{name}: a {kind}, not a page. Give the address of one article.")
    if _MARKUP.search(text[:SNIFF_CHARS]):
        page = read_html(text)
        if page is None or not _is_article(page.story):
            raise UnreadableReport(_no_article(name))
        return _make_report(page.story, page.meta, name, url, given, language)
    if text.count("\n") > MAX_LINES:
        raise UnreadableReport(
            f"{name}: more than {MAX_LINES:,} lines. Give one report, or many as JSON lines."
        )
    story = read_page(text)
    if not _has_words(story):
        raise UnreadableReport(_no_article(name))
    return _make_report(story, PageMeta(outlet=outlet_from_url(url)), name, url, given, language)


def is_feed(data: bytes) -> bool:
    """Whether bytes begin as a feed does."""
    try:
        return _root_name(decode(data[: 2 * SNIFF_CHARS], name="")) in FEED_ROOTS
    except UnreadableReport:
        return False


def _root_name(text: str) -> str | None:
    """The name of an XML document's first element, past declarations and comments."""
    text = text.lstrip()
    while text.startswith(("<?", "<!")):
        if text.startswith("<?"):
            end = "?>"
        elif text.startswith("<!--"):
            end = "-->"
        else:  # a document type, which may hold declarations of its own
            end = "]>" if "[" in text.partition(">")[0] else ">"
        text = text.partition(end)[2].lstrip()
    match = re.match(r"<([\w:.-]{1,40})", text)
    return match[1].lower() if match else None


def _make_report(
    story: PageText,
    meta: PageMeta,
    name: str,
    url: str | None,
    published: date | None,
    language: str | None,
) -> Report:
    text = story.text
    require_readable(text, name=name)
    code = normalise_code(language) or detect_language(text, meta.language)
    require_supported(code, name=name)
    found = find_dateline(text)
    when = published or meta.published or story.published or (found.filed if found else None)
    address = url or meta.url
    title = meta.title or story.title
    return Report(
        id=identify(url) or content_id("report", undirected(address), title, str(when or ""), text),
        url=address,
        outlet=meta.outlet or story.outlet or outlet_from_url(address),
        title=title,
        authors=meta.authors or story.authors,
        published=when,
        dateline=found.city if found else None,
        language=code,
        text=text,
        captions=tuple(story.captions),
    )


def _is_article(story: PageText) -> bool:
    """A page holds an article if eight words of running text were found on it."""
    return sum(len(paragraph.split()) for paragraph in story.paragraphs if is_prose(paragraph)) >= 8


def _has_words(story: PageText) -> bool:
    """A given text may be short, but it must have three words on a line."""
    return any(len(re.findall(r"[^\W\d_]{2,}", paragraph)) >= 3 for paragraph in story.paragraphs)


def _no_article(name: str) -> str:
    return f"{name}: no article text found. Give the page of one news article, or its text."


def too_large(name: str, max_bytes: int) -> str:
    """The message for an input beyond the limit."""
    return f"{name}: larger than {max_bytes:,} bytes. Split it, or raise MARSAD_MAX_REPORT_BYTES."
