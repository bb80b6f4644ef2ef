import pytest

from marsad.publish.digest.direction import isolate
from marsad.publish.digest.text import COLUMNS, render_text
from marsad.publish.digest.wording import period_words, subject
from tests.publish.digest.sample import ARABIC, empty_digest, make_digest


def test_lines_fit_and_everything_is_told():
    text = render_text(make_digest(), "https://desk.example.org/unsubscribe/t")
    long = [line for line in text.splitlines() if len(line) > COLUMNS and " " in line.strip()]
    assert long == []
    for words in (
        "killed: at least 14; up to 20 by known upper bounds; 1 incident open above; 14 of the",
        "earlier minimum by −3",
        "killed: we said 6, now 14 or more",
        "killed: 6 -> 14 or more",
        "because of: report of Harbour Wire",
        "and 43 new incidents more, not listed here",
        "against it:",
        "documented minimum",
        "GeoNames",
        "https://desk.example.org/unsubscribe/t",
    ):
        assert words in text.replace("\n  ", " "), words


def test_every_word_from_right_to_left_is_isolated():
    text = render_text(make_digest())
    assert ARABIC in text
    depth, bare = 0, ""
    for sign in text:
        depth += (sign == "\u2068") - (sign == "\u2069")
        assert depth >= 0
        bare += sign if depth == 0 else ""
    assert depth == 0
    assert "صحيفة" not in bare
    assert isolate("Homs, Syria") == "Homs, Syria"


def test_a_period_without_news_says_so():
    text = render_text(empty_digest())
    assert "Nothing new, nothing changed and nothing to correct" in text
    assert "nothing new" in subject(empty_digest())


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2024-12-01T00:00:00Z", "2024-12-07T23:59:59.999999Z", "1 to 7 Dec 2024"),
        ("2024-12-01T00:00:00Z", "2024-12-02T00:00:00Z", "1 Dec 2024"),
        ("2024-11-25T00:00:00Z", "2024-12-02T00:00:00Z", "25 Nov 2024 to 1 Dec 2024"),
        (
            "2024-12-01T06:00:00Z",
            "2024-12-02T06:30:00Z",
            "1 Dec 2024 06:00 to 2 Dec 2024 06:30 UTC",
        ),
    ],
)
def test_a_period_is_said_in_days_where_it_is_of_days(since, until, words):
    assert period_words(since, until) == words
