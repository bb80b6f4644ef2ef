"""Marked text: who counts signs from a piece's start finds their place in the report."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.publish.marked_text import mark_text
from marsad.publish.privacy import withhold_names
from marsad.publish.safe_text import neutralise
from marsad.records import Claim, Report, Source

SIGNS = st.text(
    alphabet=st.one_of(
        st.characters(blacklist_categories=["Cs"]),
        st.sampled_from("\n\t\r\u202e\u200b\u200f\x07\ufeff👩‍👧é\u0301ابت🇸🇾"),
    ),
    max_size=80,
)


def make_report(text):
    return Report(id="r", text=text, published=date(2025, 3, 1))


def make_claim(report, start, end):
    return Claim(
        id=f"claim-{start}-{end}",
        report_id="r",
        event_type="attack",
        trigger=report.quote(start, end),
        modality="asserted",
        attribution=(Source(source="it", kind="media"),),
        confidence=1.0,
    )


@given(SIGNS, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=5))
def test_pieces_cover_the_text_and_count_as_many_signs_as_they_stand_for(text, spans):
    report = make_report(text)
    inside = [(s, s + n) for s, n in spans if s + n <= len(text)]
    lines = mark_text(report, [make_claim(report, s, e) for s, e in inside])
    pieces = [piece for line in lines for piece in line.pieces]
    for piece in pieces:
        if not piece.is_opaque:
            assert len(piece.shown) == piece.end - piece.start
            assert piece.shown == neutralise(text[piece.start : piece.end])
    covered = {i for p in pieces for i in range(p.start, p.end)}
    assert all(
        sign.isspace() or i in covered or not sign.isprintable() for i, sign in enumerate(text)
    )


@given(SIGNS)
def test_no_sign_that_turns_or_hides_text_is_shown(text):
    shown = "".join(p.shown for line in mark_text(make_report(text)) for p in line.pieces)
    assert not set(shown) & set("\u202e\u202a\u2066\u200b\u200f\ufeff\x07\x1b")


def test_overlapping_claims_share_the_words_that_they_share():
    report = make_report("one two three four")
    claims = [make_claim(report, 0, 13), make_claim(report, 4, 18)]
    (line,) = mark_text(report, claims)
    assert [(p.shown, p.claims) for p in line.pieces] == [
        ("one ", (1,)),
        ("two three", (1, 2)),
        (" four", (2,)),
    ]
    assert [p.anchors for p in line.pieces] == [("e0-13",), ("e4-18",), ()]


def test_a_withheld_name_stands_for_its_words_and_keeps_their_place():
    report = make_report("Then Ana Diaz spoke.")
    (line,) = mark_text(report, [make_claim(report, 9, 13)], withhold_names({"Ana Diaz"}))
    hidden = [p for p in line.pieces if p.is_withheld]
    assert "".join(p.shown for p in hidden) == "[name withheld]"
    assert (hidden[0].start, hidden[-1].end) == (5, 13)
    assert all(p.is_opaque for p in hidden)


@pytest.mark.parametrize("most", [0, 5, 9])
def test_a_long_text_is_shown_in_part(most):
    lines = mark_text(make_report("line one\nline two\n"), most=most)
    shown = "\n".join("".join(p.shown for p in line.pieces) for line in lines)
    assert shown == "line one\nline two\n"[:most].strip("\n")
