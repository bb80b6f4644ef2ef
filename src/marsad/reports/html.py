"""HTML news pages.

Reads   decoded HTML of any quality.
Writes  `HtmlPage`: the story in paragraphs, captions, and what the page declares.
Never   keeps what is not the story: navigation, share boxes, offers, related links.

The story's body is found by trafilatura; what it loses (captions, authors, time
and zone) and what it lets through is our own work. A second, plain reading by
paragraph density stands in where trafilatura finds less than half of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree, html
from lxml.html import HtmlElement

from marsad.records import Caption
from marsad.reports.captions import split_credit
from marsad.reports.furniture import is_prose
from marsad.reports.metadata import PageMeta, clean, read_metadata
from marsad.reports.plaintext import PageText, read_page

# Below this share of the other reading's prose, a reading has missed the story.
MISSED_SHARE = 0.55
MIN_PARAGRAPH_CHARS = 40
# An element with more of the page's paragraphs than this is the story, whatever its class says.
STORY_SHARE = 0.35
JUNK_TAGS = """script style noscript nav footer aside form button select iframe svg template dialog
    object embed amp-ad amp-embed amp-sidebar video audio""".split()
JUNK_WORDS = frozenset(
    """share sharing sharer sharebar sharebox social socials newsletter newsletters subscribe
    subscription signup related recommended recommendation recommendations recirculation
    recirc promo promos promotion cookie cookies consent gdpr onetrust comments commentlist
    disqus respond advert adverts advertisement advertising ads adslot adunit ad adbox
    sponsored sponsor taboola outbrain mgid breadcrumb breadcrumbs nav navbar navigation menu
    sidebar footer popular trending mostread tags taglist bio authorbox paywall modal popup
    pagination pager toolbar readmore alsoread readnext followus relatedposts relatedarticles
    sharedaddy jprelatedposts addtoany donate donation banner masthead copyright
    disclaimer""".split()
)
JUNK_PHRASES = re.compile(
    r"most-?(?:read|popular|viewed)|read-?(?:more|next|also)|also-?read|more-?(?:from|on|stories|news)"
    r"|author-?(?:box|bio|info)|about-?(?:the-)?author|you-?may|latest-?(?:news|stories)|up-?next"
    r"|skip-?(?:to|link)|sign-?up|in-?read|inline-?promo|sticky-"
)
CAPTION_WORDS = re.compile(
    r"(?:^|[-_\s])(?:wp-)?(?:fig|image|img|photo|media|picture)?-?_?_?caption(?:s|-text|__text|-body)?(?:$|[-_\s])"
)
CREDIT_WORDS = re.compile(
    r"credit|copyright|photographer|(?:image|photo|caption)[-_]*(?:source|author|by)|attribution"
)
STANDFIRST_WORDS = re.compile(
    r"standfirst|sub-?(?:title|heading|headline|head)\b|\bdek\b|\bdeck\b|\blede?\b"
    r"|article-?_*(?:intro|lead|summary|excerpt|teaser|perex)|\bexcerpt\b|\bperex\b"
)
BLOCK_TAGS = frozenset(
    "p h2 h3 h4 h5 h6 li blockquote pre div section article main td dd dt figcaption center".split()
)


@dataclass
class HtmlPage:
    """A page read: its declared data, its story, its captions."""

    meta: PageMeta
    story: PageText


def read_html(markup: str) -> HtmlPage | None:
    """Read a page; None when it holds no article text (or is no HTML at all)."""
    tree = parse_html(markup)
    if tree is None:
        return None
    meta = read_metadata(tree)
    _drop_junk(tree)
    captions = _take_captions(tree)
    standfirst = _find_standfirst(tree, meta.title)
    plain = _read_densest(tree)
    lines = _choose(_read_trafilatura(tree), plain)
    if meta.body and _prose_length(lines) < MISSED_SHARE * len(meta.body):
        lines = [
            clean(line)
            for line in re.split(r"\n+", re.sub(r"<[^>]+>", "\n", meta.body))
            if line.strip()
        ]
    if standfirst and not any(standfirst in line or line in standfirst for line in lines[:4]):
        lines.insert(0, standfirst)
    shown = {caption.text.casefold() for caption in captions} | {
        f"{caption.text} {caption.credit}".casefold() for caption in captions
    }
    # A page cut off in a tag leaves the tag's beginning in its last line.
    lines = [re.sub(r"</?\w*$", "", line) for line in lines if line.casefold() not in shown]
    visible = read_page("\n\n".join(_lines_of(tree)), title=meta.title)
    story = read_page("\n\n".join(lines), title=meta.title or visible.title)
    _fill_in(meta, visible)
    if standfirst and standfirst not in story.text and standfirst in lines:
        story.paragraphs.insert(0, standfirst)
    for caption in [*captions, *visible.captions]:
        if all(caption.text != other.text for other in story.captions):
            story.captions.append(caption)
    return HtmlPage(meta, story) if story.paragraphs else None


def _fill_in(meta: PageMeta, visible: PageText) -> None:
    """Take from the page as a reader sees it what it does not declare to machines."""
    meta.title = meta.title or visible.title
    meta.authors = meta.authors or visible.authors
    meta.published = meta.published or visible.published
    if meta.outlet is None:
        meta.outlet = visible.outlet


def parse_html(markup: str) -> HtmlElement | None:
    """The tree of a page, however broken; None if nothing can be made of it."""
    text = re.sub(
        r"^\s*<\?xml[^>]*\?>", "", markup
    )  # lxml refuses str with an encoding declaration
    try:
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
        tree = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree, HtmlElement) else None


def _drop_junk(tree: HtmlElement) -> None:
    """Remove elements that by tag, role or name are no part of a story."""
    for tag in JUNK_TAGS:
        for element in list(tree.iter(tag)):
            if tag not in ("form", "aside", "footer") or not _holds_story(element, tree):
                _remove(element)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in (
            "html",
            "body",
            "main",
            "article",
            "head",
        ):
            continue
        if _is_junk(element) and not _holds_story(element, tree):
            _remove(element)


def _is_junk(element: HtmlElement) -> bool:
    if element.get("role") in (
        "navigation",
        "complementary",
        "banner",
        "contentinfo",
        "search",
        "dialog",
        "alertdialog",
    ):
        return True
    if element.get("hidden") is not None or re.search(
        r"display\s*:\s*none", element.get("style") or ""
    ):
        return True
    names = " ".join(element.get(key) or "" for key in ("class", "id", "data-component"))
    if not names.strip():
        return False
    spread = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", names).casefold()
    if JUNK_PHRASES.search(spread):
        return True
    return any(word in JUNK_WORDS for word in re.split(r"[^a-z]+", spread))


def _holds_story(element: HtmlElement, tree: HtmlElement) -> bool:
    inside = _paragraph_length(element)
    return inside > MIN_PARAGRAPH_CHARS and inside > STORY_SHARE * _paragraph_length(tree)


def _paragraph_length(element: HtmlElement) -> int:
    lengths = [len(p.text_content()) for p in element.iter("p")]
    total = sum(length for length in lengths if length >= MIN_PARAGRAPH_CHARS)
    return total or len(element.text_content())


def _remove(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _take_captions(tree: HtmlElement) -> list[Caption]:
    """The captions of the page's pictures; they are taken out of the tree."""
    captions: list[Caption] = []
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        named = CAPTION_WORDS.search((element.get("class") or "").casefold()) is not None
        if element.tag != "figcaption" and not (
            named and element.tag in ("p", "div", "span", "dd", "td", "small", "em")
        ):
            continue
        if _paragraph_length(element) > 900:
            continue
        caption = _read_caption(element)
        if caption and caption.text and all(caption.text != other.text for other in captions):
            captions.append(caption)
        _remove(element)
    for figure in list(tree.iter("figure", "amp-img", "picture")):
        if not _holds_story(figure, tree) and not figure.findall(".//blockquote"):
            _remove(figure)
    return captions


def _read_caption(element: HtmlElement) -> Caption | None:
    credits: list[str] = []
    for part in list(element.iter()):
        if (
            part is not element
            and isinstance(part.tag, str)
            and CREDIT_WORDS.search((part.get("class") or "").casefold())
        ):
            if part.getparent() is None:
                continue
            credits.append(clean(part.text_content()))
            part.drop_tree()
    text = clean(_spaced_text(element))
    if not text and not credits:
        return None
    body, credit = split_credit(text)
    if credits and credits[0]:
        label, named = split_credit(credits[0])
        given = named or label
        return Caption(text=text if credit is None else body, credit=given or credit)
    return Caption(text=body, credit=credit)


def _spaced_text(element: HtmlElement) -> str:
    """The text of an element, block children set apart by a space."""
    return (
        " ".join(text for text in element.itertext() if text.strip())
        if len(element)
        else element.text_content()
    )


def _find_standfirst(tree: HtmlElement, title: str | None) -> str | None:
    """The sentence under the headline, by its name or as the h2 that follows the h1."""
    for element in tree.iter("p", "h2", "h3", "div", "span"):
        marks = f"{element.get('class') or ''} {element.get('itemprop') or ''}".casefold()
        previous = element.getprevious()
        follows = element.tag == "h2" and previous is not None and previous.tag == "h1"
        if (
            not follows
            and not STANDFIRST_WORDS.search(marks)
            and "alternativeheadline" not in marks
        ):
            continue
        text = clean(element.text_content())
        if 7 <= len(text.split()) <= 80 and text != title and element.find(".//p") is None:
            return text
    return None


def _read_trafilatura(tree: HtmlElement) -> list[str]:
    """The body as trafilatura sees it, a line a paragraph."""
    from trafilatura import extract  # 0.25 s to import

    text = extract(
        etree.tostring(tree, encoding="unicode", method="html"),
        output_format="txt",
        include_comments=False,
        include_tables=False,
        deduplicate=False,
    )
    return [
        clean(re.sub(r"^\s*[-•]\s+", "", line)) for line in (text or "").split("\n") if line.strip()
    ]


def _read_densest(tree: HtmlElement) -> list[str]:
    """The lines of the element whose children hold most running text."""
    scores: dict[HtmlElement, float] = {}
    for element in tree.iter("p", "div", "td", "li", "pre", "span"):
        own = _own_text(element) if element.tag != "p" else clean(element.text_content())
        if len(own) < MIN_PARAGRAPH_CHARS or _link_share(element) > 0.5:
            continue
        weight = float(len(own))
        parent = element if element.tag in ("div", "td") else element.getparent()
        for share in (1.0, 0.5, 0.25):
            if parent is None or parent.tag in ("html",):
                break
            scores[parent] = scores.get(parent, 0.0) + weight * share
            parent = parent.getparent()
    if not scores:
        return []
    best = max(scores, key=lambda element: scores[element])
    return _lines_of(best)


def _own_text(element: HtmlElement) -> str:
    """Text directly in an element or its inline children."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in BLOCK_TAGS:
            parts.append(child.text_content() if child.tag != "br" else " ")
        parts.append(child.tail or "")
    return clean("".join(parts))


def _link_share(element: HtmlElement) -> float:
    total = len(element.text_content()) or 1
    return sum(len(a.text_content()) for a in element.iter("a")) / total


def _lines_of(element: HtmlElement) -> list[str]:
    """An element's text, a line for each block and each double line break."""
    lines: list[str] = []
    buffer: list[str] = []

    def flush() -> None:
        lines.extend(clean(part) for part in "".join(buffer).split("\n") if part.strip())
        buffer.clear()

    def walk(node: HtmlElement, depth: int) -> None:
        block = node.tag in BLOCK_TAGS
        if block:
            flush()
        buffer.append((node.text or "").replace("\n", " "))
        for child in node:
            if child.tag == "br":
                buffer.append("\n")
            elif isinstance(child.tag, str) and child.tag != "head" and depth < 200:
                walk(child, depth + 1)
            buffer.append((child.tail or "").replace("\n", " "))
        if block:
            flush()

    walk(element, 0)
    flush()
    return lines


def _prose_length(lines: list[str]) -> int:
    return sum(len(line) for line in lines if is_prose(line))


def _choose(first: list[str], second: list[str]) -> list[str]:
    """The first reading, unless it holds much less prose than the second."""
    return second if _prose_length(first) < MISSED_SHARE * _prose_length(second) else first
