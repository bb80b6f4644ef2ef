"""What a page says about itself: JSON-LD, OpenGraph, meta tags, <time>, bylines.

Reads   a parsed HTML page.
Writes  `PageMeta`; a field the page does not give stays None.
Never   takes a related story's data for the page's own: JSON-LD nodes are
        matched with the page's headline.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from marsad.reports.bylines import read_byline, split_names
from marsad.reports.dates import find_date, parse_published

ARTICLE_TYPES = frozenset(
    """newsarticle article reportagenewsarticle backgroundnewsarticle analysisnewsarticle
    opinionnewsarticle liveblogposting blogposting reviewnewsarticle askpublicnewsarticle
    advertisercontentarticle report socialmediaposting webpage""".split()
)
MAX_JSON_LD_NODES = 3000
_DATE_METAS = """article:published_time og:article:published_time datepublished date pubdate
    publishdate publish-date publish_date published_time article.published dc.date.issued dc.date
    dcterms.created dcterms.date parsely-pub-date sailthru.date og:pubdate article.created
    originalpublicationdate cxenseparse:recs:publishtime cxenseparse:publishtime
    rnews:datepublished""".split()
_AUTHOR_METAS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "byl",
    "twitter:data1",
)
_OUTLET_METAS = (
    "og:site_name",
    "application-name",
    "publisher",
    "dc.publisher",
    "al:ios:app_name",
    "cre",
)


@dataclass
class PageMeta:
    """The page's own account of itself."""

    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: datetime | date | None = None
    language: str | None = None
    url: str | None = None
    body: str | None = None


def read_metadata(tree: HtmlElement) -> PageMeta:
    """Read everything the page declares; visible signs are used where it declares nothing."""
    metas = _read_metas(tree)
    headings = [clean(heading.text_content()) for heading in tree.iter("h1")]
    headings = [heading for heading in headings if heading]
    shown = metas.get("og:title") or metas.get("twitter:title")
    node = _choose_node(list(_json_ld_nodes(tree)), [*headings, *([shown] if shown else [])])
    outlet = _name_of(node.get("publisher")) or next(
        (metas[key] for key in _OUTLET_METAS if metas.get(key)), None
    )
    page_title = clean(tree.findtext(".//title") or "")
    named = _string(node.get("headline")) or shown or (headings[0] if headings else page_title)
    title = drop_outlet(named, outlet)
    if title and len(headings) == 1 and headings[0].startswith(title.rstrip("….")):
        title = headings[0]  # JSON-LD cuts long headlines short
    if outlet is None and title and page_title.startswith(title):
        match = re.fullmatch(r"\s*[|–—-]\s*([^|–—]{2,40})", page_title[len(title) :])
        outlet = match[1].strip() if match else None
    return PageMeta(
        title=title or None,
        outlet=outlet,
        authors=_read_authors(tree, node, metas, outlet),
        published=_read_published(tree, node, metas),
        language=_string(node.get("inLanguage")) or tree.get("lang") or metas.get("og:locale"),
        url=_canonical(tree, metas),
        body=_string(node.get("articleBody"), keep_lines=True),
    )


def clean(text: str) -> str:
    """White space squeezed and left-over entities resolved (pages escape twice)."""
    return " ".join(html.unescape(text).split()) if "&" in text else " ".join(text.split())


def drop_outlet(title: str, outlet: str | None) -> str:
    """'Headline | Outlet' without the outlet."""
    if outlet:
        for mark in (" | ", " - ", " – ", " — ", " :: ", " » "):
            if title.casefold().endswith(mark + outlet.casefold()):
                return title[: -len(mark + outlet)].strip()
    return title


def outlet_from_url(url: str | None) -> str | None:
    """The host name, which at least tells sources apart; an archive's copy gives the original's."""
    if not url:
        return None
    archived = re.match(r"https?://web\.archive\.org/web/\w+/(.+)", url)
    target = archived[1] if archived else url
    try:
        host = urlsplit(target if "//" in target else f"//{target}").hostname
    except ValueError:
        return None
    return re.sub(r"^(?:www\d?|m|amp|mobile)\.", "", host) if host and "." in host else None


def _read_metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = meta.get("content")
        if key and content and content.strip():
            metas.setdefault(key.strip().casefold(), clean(content))
    return metas


def _json_ld_nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """All JSON-LD objects of the page, references within it resolved one level."""
    roots: list[Any] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            loaded = _load_json(script.text or "")
            if loaded is not None:
                roots.append(loaded)
    nodes: list[dict[str, Any]] = []
    stack = roots[::-1]
    while stack and len(nodes) < MAX_JSON_LD_NODES:
        item = stack.pop()
        if isinstance(item, dict):
            nodes.append(item)
            stack += [value for value in item.values() if isinstance(value, dict | list)][::-1]
        elif isinstance(item, list):
            stack += item[:500][::-1]
    named = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1
    }
    for node in nodes:
        if len(node) > 1:
            yield {key: _resolve(value, named) for key, value in node.items()}


def _resolve(value: Any, named: dict[str, dict[str, Any]]) -> Any:
    if isinstance(value, dict) and set(value) == {"@id"} and isinstance(value["@id"], str):
        return named.get(value["@id"], value)
    if isinstance(value, list):
        return [_resolve(item, named) if isinstance(item, dict) else item for item in value]
    return value


# An escape that stands for half a character: no ledger could keep it.
_HALF_PAIR = re.compile(
    r"\\u[dD][89aAbB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89aAbB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)


def _load_json(text: str) -> Any:
    stripped = re.sub(
        r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$",
        "",
        text,
    ).strip()
    for candidate in (stripped, re.sub(r",\s*([}\]])", r"\1", stripped)):
        try:
            return json.loads(_HALF_PAIR.sub("\ufffd", candidate), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _choose_node(nodes: list[dict[str, Any]], titles: list[str]) -> dict[str, Any]:
    """The node that describes this page's article; an empty one if there is none."""
    best: tuple[float, dict[str, Any]] = (0.0, {})
    wanted = {title.casefold()[:60] for title in titles}
    for index, node in enumerate(nodes):
        kinds = {str(kind).casefold() for kind in _as_list(node.get("@type"))}
        if not kinds & ARTICLE_TYPES:
            continue
        headline = _string(node.get("headline")) or _string(node.get("name")) or ""
        score = 1.0 - 0.001 * index
        score += 2.0 * bool(
            headline
            and (
                headline.casefold()[:60] in wanted or any(headline.casefold() in t for t in wanted)
            )
        )
        score += (
            1.0 * ("datePublished" in node)
            + 0.5 * ("articleBody" in node)
            + 0.5 * ("author" in node)
        )
        score -= 1.5 * (kinds == {"webpage"})
        if score > best[0]:
            best = (score, node)
    return best[1]


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _string(value: Any, *, keep_lines: bool = False) -> str | None:
    for item in _as_list(value):
        if isinstance(item, dict):
            item = item.get("@value") or item.get("name") or item.get("alternateName")
        if isinstance(item, str) and item.strip():
            return html.unescape(item).strip() if keep_lines else clean(item)
    return None


def _name_of(value: Any) -> str | None:
    for item in _as_list(value):
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, list) and name:
            name = name[0]
        if isinstance(name, str) and name.strip() and not name.startswith("http"):
            return clean(name)
    return None


def _read_authors(
    tree: HtmlElement, node: dict[str, Any], metas: dict[str, str], outlet: str | None
) -> tuple[str, ...]:
    """The fullest list among JSON-LD, meta tags and visible bylines, in that order of trust."""
    declared: list[str] = []
    for item in _as_list(node.get("author") or node.get("creator")):
        name = _name_of(item)
        declared += split_names(name) if name else ()
    groups = [tuple(dict.fromkeys(declared))]
    for key in _AUTHOR_METAS:
        tagged = metas.get(key, "")
        if tagged and not re.search(r"^(?:http|@|/)|\d|\bmin", tagged):
            groups.append(split_names(tagged))
    groups.append(_visible_authors(tree))
    people = [group for group in groups if group and group != (outlet,)]
    if not people:
        return next((group for group in groups if group), ())
    first = people[0]
    # A later list counts only if it holds all the names of the first, and more.
    fuller = [group for group in people[1:] if len(group) > len(first) and set(first) <= set(group)]
    return fuller[0] if fuller else first


def _visible_authors(tree: HtmlElement) -> tuple[str, ...]:
    names: list[str] = []
    for element in tree.iter("a", "span", "div", "p", "address", "li", "cite", "h4", "h5"):
        marks = " ".join(element.get(key) or "" for key in ("class", "rel", "itemprop")).casefold()
        if not re.search(
            r"\b(?:author|byline|contributor)s?(?:\b|[-_]{1,2}(?:name|link|text|list)s?\b)", marks
        ):
            continue
        if re.search(r"bio|box|image|avatar|follow|social|date|desc|related", marks):
            continue
        text = clean(element.text_content())
        if not text or len(text) > 160:
            continue
        found = read_byline(text) or (
            split_names(text) if re.search(r"author|name", marks) and len(text) < 60 else ()
        )
        names += [name for name in found if name not in names and len(name.split()) >= 2]
        if len(names) >= 12:
            break
    return tuple(names)


def _read_published(
    tree: HtmlElement, node: dict[str, Any], metas: dict[str, str]
) -> datetime | date | None:
    """The first date the page declares; a fuller form of the same day is preferred."""
    raw = [_string(node.get("datePublished")), _string(node.get("dateCreated"))]
    raw += [metas.get(key) for key in _DATE_METAS]
    for element in tree.iter("time", "span", "div", "p", "abbr"):
        marks = f"{element.get('itemprop') or ''} {element.get('class') or ''}".casefold()
        if element.get("itemprop", "").casefold() == "datepublished":
            raw.append(element.get("datetime") or element.get("content") or element.text_content())
        elif element.tag == "time" and "updat" not in marks and "modif" not in marks:
            raw.append(element.get("datetime") or element.text_content())
    found = [parsed for value in raw if value for parsed in [parse_published(value)] if parsed]
    if not found:
        return _visible_date(tree)
    first = found[0]
    day = first.date() if isinstance(first, datetime) else first
    same = [f for f in found if isinstance(f, datetime) and f.date() == day]
    return next((f for f in same if f.tzinfo), None) or (same[0] if same else first)


def _visible_date(tree: HtmlElement) -> datetime | date | None:
    """A printed date in an element that is called one."""
    for element in tree.iter("span", "div", "p", "li", "em", "small", "td"):
        marks = f"{element.get('class') or ''} {element.get('id') or ''}".casefold()
        if not re.search(r"date|time|publish|posted|meta|byline|timestamp", marks):
            continue
        text = clean(element.text_content())
        found = find_date(text) if 6 <= len(text) <= 160 else None
        if found is not None and not re.search(r"updat|modif", text[: found.start].casefold()):
            return found.value
    return None


def _canonical(tree: HtmlElement, metas: dict[str, str]) -> str | None:
    for link in tree.iter("link"):
        if (link.get("rel") or "").casefold() == "canonical" and (
            link.get("href") or ""
        ).startswith("http"):
            return str(link.get("href"))
    shown = metas.get("og:url")
    return shown if shown and shown.startswith("http") else None
