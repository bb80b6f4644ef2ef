import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.publish.safe_text import neutralise, one_line, shorten


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "�[31mred�[0m"),
        ("bell\x07", "bell�"),
        ("\x9b2J", "�2J"),  # the one-byte CSI
        ("abc\u202egnp.exe", "abcgnp.exe"),
        ("in\u200bvisible\ufeff", "invisible"),
        ("\ud83d", "�"),
        ("می\u200cروم", "می\u200cروم"),  # Persian needs its zero-width non-joiner
        ("one\r\ntwo\n", "one\ntwo\n"),
    ],
)
def test_what_could_harm_a_terminal_is_neutralised(hostile, shown):
    assert neutralise(hostile) == shown


@given(st.text())
def test_one_line_is_one_printable_line(text):
    shown = one_line(text)
    assert "\n" not in shown
    assert "\x1b" not in shown
    shown.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("short", 10, "short"),
        ("cut at the end of a word", 12, "cut at the…"),
        ("unbreakablewordwithoutspaces", 10, "unbreakab…"),
    ],
)
def test_shorten_cuts_at_words(text, limit, shown):
    assert shorten(text, limit) == shown
    assert len(shown) <= limit
