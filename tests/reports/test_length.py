"""Tests of marsad.reports.length."""

import pytest

from marsad.errors import UnreadableReport
from marsad.reports.length import MAX_CHARS, MAX_RUN_CHARS, require_readable

SENTENCE = "Gunmen killed three farmers near Goma on Monday. "


@pytest.mark.parametrize(
    "text",
    [
        "",
        SENTENCE,
        SENTENCE + "=" * 5000,
        SENTENCE + "a" * 500_000,
        SENTENCE + "aB3+/" * 20_000,
        SENTENCE + '"' * MAX_RUN_CHARS,
    ],
)
def test_what_the_coder_can_read_passes(text):
    require_readable(text, name="r.txt")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SENTENCE * (MAX_CHARS // len(SENTENCE) + 1), "characters of text, more than 1,000,000"),
        (SENTENCE + '"' * (MAX_RUN_CHARS + 1), "from character 49 on"),
        (SENTENCE + "(" * 300_000, "signs in a row"),
    ],
)
def test_what_it_cannot_is_refused_with_a_reason(text, words):
    with pytest.raises(UnreadableReport, match=words) as caught:
        require_readable(text, name="r.txt")
    assert str(caught.value).startswith("r.txt: ")
