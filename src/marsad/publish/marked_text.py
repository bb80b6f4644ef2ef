"""Marked text: a report's words in lines and pieces, each with the claims read from it.

Reads   a report, its claims and what is to be withheld.
Writes  lines of pieces for a page to lay out.
Never   lets a piece hold more or fewer signs than it stands for: who counts signs from the
        start of a piece finds their place in the report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from marsad.publish.highlight import Highlight, Piece, cut_pieces
from marsad.publish.page_text import PASSAGE, evidence_of
from marsad.publish.privacy import SHOW_ALL, WITHHELD, NamePolicy
from marsad.publish.safe_text import neutralise
from marsad.records import Claim, Report

# Signs that are not shown, or shown as another: they stand in pieces of their own.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


@dataclass(frozen=True)
class MarkedPiece:
    """A run of the text. `shown` is the text itself, but where `is_opaque`: another stands for it.

    `kinds` are what was read from it, that of the narrowest evidence first; `claims` the
    numbers of all claims that it is evidence of, `own` of those that read it as that first
    kind; `around` of claims in whose sentence it stands. `anchors` are names of evidences
    that begin here.
    """

    start: int
    end: int
    shown: str
    kinds: tuple[str, ...] = ()
    claims: tuple[int, ...] = ()
    own: tuple[int, ...] = ()
    around: tuple[int, ...] = ()
    anchors: tuple[str, ...] = ()
    is_opaque: bool = False
    is_withheld: bool = False


@dataclass
class MarkedLine:
    """A line of the text."""

    pieces: list[MarkedPiece] = field(default_factory=list)


def mark_text(
    report: Report, claims: Sequence[Claim] = (), policy: NamePolicy = SHOW_ALL, most: int = -1
) -> list[MarkedLine]:
    """The text in lines, empty ones left out, its claims numbered from 1 in their order.

    `most`: no more than so many code points of it; -1 for all.
    """
    text = report.text if most < 0 else report.text[:most]
    withheld = list(policy.spans(text))
    unseen = [match.span() for match in _UNSEEN.finditer(text)]
    breaks = [(index, index + 1) for index, sign in enumerate(text) if sign == "\n"]
    cuts = {edge for span in (*withheld, *unseen, *breaks) for edge in span}
    lines = [MarkedLine()]
    for piece in cut_pieces(len(text), _spans(claims), cuts):
        raw = text[piece.start : piece.end]
        if raw == "\n":
            lines.append(MarkedLine())
        elif raw:
            lines[-1].pieces.append(_mark(piece, raw, withheld))
    return [line for line in lines if any(p.shown.strip() or p.anchors for p in line.pieces)]


def _spans(claims: Iterable[Claim]) -> Iterator[Highlight]:
    for number, claim in enumerate(claims, start=1):
        for kind, evidence in evidence_of(claim):
            yield Highlight(evidence.start, evidence.end, kind, number, claim.id)


def _mark(piece: Piece, raw: str, withheld: list[tuple[int, int]]) -> MarkedPiece:
    hidden = next((span for span in withheld if span[0] <= piece.start < span[1]), None)
    shown = neutralise(raw)
    if hidden is not None:
        shown = WITHHELD if piece.start == hidden[0] else ""
    marks = [span for span in piece.spans if span.kind != PASSAGE]
    kinds = tuple(dict.fromkeys(span.kind for span in marks))
    anchors = dict.fromkeys(f"e{s.start}-{s.end}" for s in sorted(piece.starts))
    return MarkedPiece(
        piece.start,
        piece.end,
        shown,
        kinds=kinds,
        claims=_numbers(marks),
        own=_numbers([s for s in marks if s.kind == kinds[0]]) if kinds else (),
        around=_numbers([s for s in piece.spans if s.kind == PASSAGE]),
        anchors=tuple(anchors),
        is_opaque=hidden is not None or len(shown) != len(raw),
        is_withheld=hidden is not None,
    )


def _numbers(spans: Iterable[Highlight]) -> tuple[int, ...]:
    return tuple(sorted({span.incident for span in spans}))
