from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.reports.addresses import identify, normalise_url


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://Kivu.example/a?utm_source=x&utm_medium=y", "https://kivu.example/a"),
        ("https://kivu.example:443/a#comments", "https://kivu.example/a"),
        ("http://kivu.example:8080/a?fbclid=1&id=7", "http://kivu.example:8080/a?id=7"),
        ("https://kivu.example/a?q=a%20b&x=%2F", "https://kivu.example/a?q=a%20b&x=%2F"),
        ("https://kivu.example/#!/story/1", "https://kivu.example/#!/story/1"),
        ("https://kivu.example", "https://kivu.example/"),
        ("https://[2001:db8::1]:443/a", "https://[2001:db8::1]/a"),
        ("mailto:a@kivu.example", "mailto:a@kivu.example"),
        ("https://kivu.example:x/a", "https://kivu.example:x/a"),
    ],
)
def test_what_only_tracks_is_taken_off(url, same):
    assert normalise_url(url) == same


def test_page_has_one_id_under_both_schemes():
    assert identify("http://kivu.example/a") == identify("https://kivu.example/a#x")


@pytest.mark.parametrize("url", [None, "https://kivu.example", "https://kivu.example/", "no url"])
def test_front_page_names_no_report(url):
    assert identify(url) is None


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text):
    once = normalise_url(f"https://{text}")
    assert normalise_url(once) == once
    identify(text)
