"""PolNeAR: source, cue and content of attributions in political news."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evaluation import baseline
from evaluation.base import Mark, Measure, Reader, Row, Verdict
from evaluation.metrics import Counts, match_best

if TYPE_CHECKING:
    from spacy.tokens import Doc

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Attribution:
    """Who says what with which word, as character spans."""

    source: Spans
    cue: Spans
    content: Spans


def _overlap(a: Spans, b: Spans) -> int:
    """Characters two sets of spans share."""
    return sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)


def _size(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


class Polnear:
    """Scores attributions that have an explicit source, in PolNeAR's wide sense.

    The coder is asked for belief, wish and attitude as well as speech
    (`find_all_attributions`), since the gold has them; claims rest on a
    narrower sense. Found attributions on the cue of a gold attribution
    without a source are left out on both sides.
    """

    name = "polnear"
    files = ("polnear_dev.jsonl",)
    measures = (
        Measure("attribution", "source F1, overlap", "f1", goal=0.80),
        Measure("attribution", "cue F1, overlap", "f1"),
        Measure("attribution", "content F1, half or more shared", "f1"),
        Measure("attribution", "source and cue and content F1, overlap", "f1"),
    )

    def read(self, rows: Sequence[Row], reader: Reader) -> Iterator[list[Attribution] | None]:
        """All attributions of each article, every sentence parsed."""
        for doc in reader.docs(rows, parse_all=True):
            yield None if doc is None else self._attributions(doc)

    @staticmethod
    def _attributions(doc: Doc) -> list[Attribution]:
        from marsad.coding.attribution.finder import find_all_attributions

        def span(start: int, end: int) -> tuple[int, int]:
            return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])

        return [
            Attribution(
                (span(m["start"], m["end"]),),
                (span(m["cue"][0], m["cue"][1]),),
                tuple(span(low, high) for low, high in m["content"] if high > low),
            )
            for m in find_all_attributions(doc)
            if m["cue"][1] > m["cue"][0]
        ]

    def guess(self, row: Row) -> list[Attribution]:
        """ "X said ..." and "..., said X"."""
        return [Attribution((s,), (c,), (t,)) for s, c, t in baseline.find_speech(row["text"])]

    def judge(self, row: Row, answer: list[Attribution] | None) -> Verdict:
        """Spans that overlap, matched one to one."""
        golds = [_gold(a) for a in row["gold"]["attributions"]]
        sourceless = [g.cue for g in golds if not g.source]
        gold = [g for g in golds if g.source and g.cue]
        cues = [g.cue for g in gold]
        found = [
            f
            for f in answer or []
            if any(_overlap(f.cue, c) for c in cues)
            or not any(_overlap(f.cue, c) for c in sourceless)
        ]

        def matched(likeness: Any) -> list[tuple[int, int]]:
            return match_best(gold, found, likeness)

        # Among sources that overlap, the one with the same cue is the partner.
        sources = matched(
            lambda g, f: (
                _overlap(g.source, f.source)
                and 1000 * bool(_overlap(g.cue, f.cue)) + _overlap(g.source, f.source)
            )
        )
        whole = matched(
            lambda g, f: min(
                _overlap(g.source, f.source), _overlap(g.cue, f.cue), _overlap(g.content, f.content)
            )
        )
        pairs = {
            "source F1, overlap": sources,
            "cue F1, overlap": matched(lambda g, f: _overlap(g.cue, f.cue)),
            "content F1, half or more shared": matched(_content_likeness),
            "source and cue and content F1, overlap": whole,
        }
        marks: dict[str, Mark] = {
            name: Counts(len(hits), len(found) - len(hits), len(gold) - len(hits))
            for name, hits in pairs.items()
        }
        text = row["text"]
        missed = [g for i, g in enumerate(gold) if i not in {i for i, _ in sources}]
        extra = [f for j, f in enumerate(found) if j not in {j for _, j in sources}]
        return Verdict(
            marks,
            len(missed) + len(extra),
            "missed: " + "; ".join(_show(a, text) for a in missed),
            "not gold: " + "; ".join(_show(a, text) for a in extra),
            f"{len(gold)} gold, {len(found)} found, {len(sources)} sources in common",
        )


def _content_likeness(gold: Attribution, found: Attribution) -> float:
    """Share of common characters in all content characters of both; 0 below a half."""
    shared = _overlap(gold.content, found.content)
    union = _size(gold.content) + _size(found.content) - shared
    return shared / union if union and 2 * shared >= union else 0.0


def _gold(attribution: Row) -> Attribution:
    def spans(role: str) -> Spans:
        return tuple(
            (int(start), int(end))
            for part in attribution.get(role) or []
            for start, end in part["spans"]
        )

    return Attribution(spans("source"), spans("cue"), spans("content"))


def _show(attribution: Attribution, text: str) -> str:
    parts = (
        " ".join(text[a:b] for a, b in spans) for spans in (attribution.source, attribution.cue)
    )
    return " / ".join(" ".join(part.split()) for part in parts)
