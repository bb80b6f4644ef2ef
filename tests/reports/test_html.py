from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from marsad.errors import UnreadableReport, UnsupportedLanguage
from marsad.records import Caption, Report
from marsad.reports.html import read_html
from marsad.reports.read import read_report
from tests.reports import pages

FULL = {
    "obscure class names": pages.OBSCURE,
    "no metadata": pages.NO_METADATA,
    "tables": pages.TABLES,
    "AMP": pages.AMP,
    "WordPress": pages.WORDPRESS,
    "JSON-LD graph": pages.GRAPH,
    "broken markup": pages.BROKEN,
}
EXAMPLE = Path(__file__).parents[2] / "examples" / "tartus-ambush.html"


def read(markup: str, **hints: Any) -> Report:
    return read_report(markup.encode(), name="page.html", **hints)


@pytest.mark.parametrize("template", FULL)
def test_text_is_the_story_and_nothing_else(template):
    assert read(FULL[template]).text == pages.STORY


@pytest.mark.parametrize("template", FULL)
def test_title_is_the_headline(template):
    assert read(FULL[template]).title == pages.TITLE


@pytest.mark.parametrize("template", [name for name in FULL if name != "broken markup"])
def test_publication_keeps_its_time_and_zone(template):
    assert read(FULL[template]).published == datetime(2024, 3, 5, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "template", [name for name in FULL if name not in ("broken markup", "tables")]
)
def test_both_authors_are_found(template):
    assert read(FULL[template]).authors == ("Paul Mbeki", "Ruth Okello")


@pytest.mark.parametrize("template", ["obscure class names", "AMP", "WordPress", "JSON-LD graph"])
def test_caption_stands_apart_with_its_credit(template):
    assert read(FULL[template]).captions == (
        Caption(text=pages.CAPTION, credit="Ruth Okello/Reuters"),
    )


@pytest.mark.parametrize("template", ["obscure class names", "AMP", "WordPress", "JSON-LD graph"])
def test_outlet_is_named(template):
    assert read(FULL[template]).outlet == "Lake Kivu News"


@pytest.mark.parametrize("template", FULL)
def test_dateline_city_is_read(template):
    assert read(FULL[template]).dateline == "Goma"


def test_live_page_keeps_every_entry_and_no_clock():
    text = read(pages.LIVE).text
    assert all(paragraph in text for paragraph in pages.PARAGRAPHS)
    assert "1 hour ago" not in text
    assert "14:05" not in text


def test_standfirst_is_text():
    page = pages.GRAPH.replace(
        "</h1>", '</h1><p class="standfirst">A chief and the army give different tolls for it.</p>'
    )
    assert read(page).text == (
        "A chief and the army give different tolls for it.\n\n" + pages.STORY
    )


def test_host_stands_for_an_outlet_that_is_not_named():
    assert read(pages.TABLES, url="https://www.kivu.example/a").outlet == "kivu.example"


def test_hints_are_believed_over_the_page():
    report = read(pages.GRAPH, published="2023-01-02", language="en")
    assert str(report.published) == "2023-01-02"


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><form><h1>Sign in</h1><p>Forgot your password?</p></form></body></html>",
        "<html><head><title>Page not found</title></head><body><h1>404</h1></body></html>",
        "<html><body>"
        + "".join(
            f"<div><a href=/{i}><h3>Headline {i} of the day</h3></a></div>" for i in range(30)
        )
        + "</body></html>",
        "<html></html>",
        "<!doctype html>",
    ],
)
def test_page_without_article_is_refused_in_one_line(page):
    with pytest.raises(UnreadableReport, match=r"^page\.html: no article text found") as caught:
        read(page)
    assert "\n" not in str(caught.value)


def test_feed_is_refused_with_advice():
    with pytest.raises(UnreadableReport, match="a feed, not a page"):
        read('<?xml version="1.0"?><rss><channel><title>News</title></channel></rss>')


def test_arabic_page_is_named_as_arabic_whatever_it_declares():
    story = "قتل تسعة مدنيين على الأقل في هجوم شنته ميليشيا على قرية في شرق البلاد فجر اليوم."
    page = f"<html lang=en><body><p>{story}</p></body></html>"
    with pytest.raises(UnsupportedLanguage, match=r"Arabic \(ar\).*--language en"):
        read(page)


def test_deeply_nested_page_is_read_or_refused_but_does_not_crash():
    page = "<html><body>" + "<div>" * 3000 + pages.tagged() + "</body></html>"
    result = read_html(page)
    assert result is None or "Kasugho" in result.story.text


def test_example_page_is_read_without_its_furniture():
    report = read_report(EXAMPLE.read_bytes(), name="example")
    assert (
        report.title == "Ambush on Syria's coast kills 14 interior ministry men as protests spread"
    )
    assert report.outlet == "The Orontes Post"
    assert report.authors == ("Hala Barakat", "Tom Whitlock")
    assert report.published == datetime.fromisoformat("2024-12-26T18:40:00+03:00")
    assert report.dateline == "Beirut"
    assert report.captions[0].credit == "Nabil Sarraf/Orontes Post"
    paragraphs = report.text.split("\n\n")
    assert paragraphs[0].startswith("A team sent to detain")
    assert paragraphs[-1].endswith("whoever resists will be fought”.")
    for furniture in (
        "cookies",
        "Advertisement",
        "min read",
        "inbox",
        "Idlib",
        "Reader1",
        "covers",
    ):
        assert furniture not in report.text


def test_half_a_character_in_a_pages_metadata_does_not_reach_the_ledger():
    whole, half = r"\ud83d\ude00", r"\udc00"
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", '
        f'"headline": "{half} Two killed", "author": {{"name": "Ana Diaz {whole}{half}"}}}}'
        "</script>"
    )
    page = f"<html><head>{head}</head><body><article><p>{pages.STORY}</p></article></body></html>"
    report = read(page)
    assert report.authors == ("Ana Diaz \N{GRINNING FACE}\ufffd",)
    report.model_dump_json().encode("utf-8")
