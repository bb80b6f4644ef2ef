import re
from html.parser import HTMLParser
from typing import Any

import pytest
from lxml import html

from marsad.publish.html_page import page_foot, page_head, render_page, render_section
from marsad.records import CodedReport, Report
from tests.publish import sample


def parse(page: str) -> Any:
    """The page as a tree. Any: the stubs give XPath results seven types at once."""
    return html.document_fromstring(page)


VOID = {"meta", "br", "link", "img", "hr", "input"}


class Nesting(HTMLParser):
    """Notes every tag that is closed out of order."""

    def __init__(self):
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.fixture(scope="module")
def page():
    return render_page(sample.CODED, explanations={"claim-vow": ["a vow is no deed"]})


@pytest.fixture(scope="module")
def tree(page):
    return parse(page)


def body_text(tree) -> str:
    (body,) = tree.xpath('//div[@class="body"]')
    for sup in body.xpath(".//sup"):
        sup.drop_tree()
    return str(body.text_content())


def test_every_tag_is_closed_in_order(page):
    nesting = Nesting()
    nesting.feed(page)
    assert nesting.wrong == []
    assert nesting.open == []


def test_the_text_stands_word_for_word_when_names_are_shown():
    tree = parse(render_page(sample.CODED, names=True))
    assert body_text(tree) == sample.TEXT


def test_private_names_are_withheld_in_text_cards_and_source(page):
    assert "Farhan" not in page
    assert "Huda" not in page


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("what", "ambushed"),
        ("who", "gunmen"),
        ("where", "near Sirwah"),
        ("when", "Tuesday"),
        ("many", "4 others"),
        ("says", "the defence ministry"),
    ],
)
def test_evidence_is_marked_by_kind_and_linked_to_its_incident(tree, kind, words):
    marks = tree.xpath(f'//div[@class="body"]//mark[@class="{kind}"]')
    assert words in [mark.text_content() for mark in marks]
    mark = next(m for m in marks if m.text_content() == words)
    assert mark.getparent().get("href") == "#r1-i1"


def test_every_link_inside_the_page_has_its_target_and_ids_are_unique(tree):
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {href[1:] for href in tree.xpath("//@href") if href.startswith("#")}
    assert targets <= set(ids)


def test_the_page_asks_nothing_of_the_outside(page, tree):
    assert tree.xpath("//script | //link | //img | //iframe | //object | //embed") == []
    assert not re.search(r"url\(|@import", page)
    assert "default-src 'none'" in page


def test_hostile_words_are_shown_and_not_obeyed():
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    report = Report(
        id="r",
        title=hostile,
        outlet=hostile,
        url="javascript:alert(1)//" + hostile,
        language='en" onload="x',
        text=hostile + "\u202e\x1b[31m" + "</style></div>",
    )
    page = render_page(CodedReport(report=report))
    tree = parse(page)
    assert tree.xpath("//script | //img") == []
    assert tree.xpath("//*[@onerror or @onload]") == []
    assert not [href for href in tree.xpath("//@href") if not href.startswith("#")]
    assert hostile in tree.xpath("//h1")[0].text_content()
    assert "\u202e" not in page
    assert "\x1b" not in page


@pytest.mark.parametrize("url", ["https://news.example/a?b=1&c=2", "http://x.example/"])
def test_a_web_address_is_a_link_that_tells_nobody_where_you_came_from(url):
    page = render_page(CodedReport(report=Report(id="r", url=url, text="t")))
    (link,) = parse(page).xpath("//header//a")
    assert link.get("href") == url
    assert "noreferrer" in link.get("rel")


@pytest.mark.parametrize("url", ["data:text/html,x", "file:///etc/passwd", "http://[broken"])
def test_any_other_address_is_only_text(url):
    page = render_page(CodedReport(report=Report(id="r", url=url, text="t")))
    assert parse(page).xpath("//header//p//a") == []


def test_two_reports_on_one_page_keep_their_anchors_apart():
    page = (
        page_head("two")
        + render_section(sample.CODED, 1)
        + render_section(sample.CODED, 2)
        + page_foot()
    )
    ids = list(parse(page).xpath("//@id"))
    assert len(ids) == len(set(ids))


def test_right_to_left_text_takes_its_own_direction(tree):
    assert tree.xpath('//div[@class="body"]/@dir') == ["auto"]
    assert set(tree.xpath("//blockquote/@dir")) == {"auto"}


def test_marks_differ_in_more_than_colour(page):
    kinds = ("what", "who", "where", "when", "many", "says")
    styles = [re.search(rf"mark\.{kind}{{[^}}]*style:(\w+)([^}}]*)}}", page) for kind in kinds]
    assert len({(style[1], "thickness" in style[2]) for style in styles if style}) == len(kinds)


def test_an_empty_report_makes_a_page():
    assert "No incident" in render_page(CodedReport(report=Report(id="r", text="")))
