from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from marsad.publish.highlight import Highlight, cut_pieces

spans = st.lists(
    st.builds(
        lambda start, length, kind: Highlight(start, start + length, kind, 1, "i1"),
        st.integers(0, 60),
        st.integers(1, 30),
        st.sampled_from(["what", "who"]),
    ),
    max_size=12,
)


@given(st.integers(1, 60), spans, st.lists(st.integers(0, 70), max_size=5))
def test_pieces_cover_the_text_once_and_know_their_spans(length, highlights, cuts):
    pieces = list(cut_pieces(length, highlights, cuts))
    assert pieces[0].start == 0
    assert pieces[-1].end == length
    assert all(a.end == b.start for a, b in pairwise(pieces))
    for piece in pieces:
        covering = {
            span
            for span in highlights
            if span.end <= length and span.start <= piece.start and piece.end <= span.end
        }
        assert set(piece.spans) == covering
        widths = [span.end - span.start for span in piece.spans]
        assert widths == sorted(widths)


def test_nested_spans_put_the_narrowest_first():
    outer = Highlight(0, 10, "many", 1, "i1")
    inner = Highlight(4, 6, "who", 1, "i1")
    middle = next(piece for piece in cut_pieces(10, [outer, inner]) if piece.start == 4)
    assert [span.kind for span in middle.spans] == ["who", "many"]
    assert middle.starts == (inner,)
    assert middle.ends == (inner,)


def test_an_empty_text_has_one_empty_or_no_piece():
    assert [piece.spans for piece in cut_pieces(0, [])] in ([], [()])
