"""Event-location sentences: which of the named places an event verb happened at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation import baseline
from evaluation.base import Mark, Measure, Reader, Row, Verdict
from evaluation.metrics import count_spans, hit
from marsad.coding.mentions import Trigger

if TYPE_CHECKING:
    from spacy.tokens import Doc

Span = tuple[int, int]


@dataclass(frozen=True)
class Choice:
    """The places chosen for a verb, and the one that merely stands nearest to it."""

    chosen: tuple[Span, ...] = ()
    nearest: tuple[Span, ...] = ()


class EventLocation:
    """Scores the choice of place for one given verb a sentence.

    The verb's gold span is handed to the coder as a trigger. A row whose gold
    place is a stray click of the annotator (under two characters) is left out.
    """

    name = "event_location"
    files = ("event_location_dev.jsonl",)
    measures = (
        Measure("event place", "exact places of the verb", "share", goal=0.82),
        Measure("event place", "exact, where a place is marked", "share"),
        Measure("event place", "any right place, where one is marked", "share"),
        Measure("event place", "none given, where none is marked", "share"),
        Measure("event place", "places F1, overlap", "f1"),
        Measure("event place", "nearest place: exact", "share"),
        Measure("event place", "nearest place: exact, where marked", "share"),
    )

    def read(self, rows: Sequence[Row], reader: Reader) -> Iterator[Choice | None]:
        """What the coder chooses, and the nearest place name it knows of."""
        for row, doc in zip(rows, reader.docs(rows, parse_all=True), strict=True):
            if doc is None:
                yield None
                continue
            try:
                verb = row["gold"]["verb"][0]
                yield self._choose(doc, int(verb["start"]), int(verb["end"]))
            except (KeyError, TypeError, ValueError, IndexError):
                yield None

    @staticmethod
    def _choose(doc: Doc, start: int, end: int) -> Choice | None:
        from marsad.coding.toponyms.choice import places_of

        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            return None
        trigger: Trigger = {
            "start": span.start,
            "end": span.end,
            "head": span.root.i,
            "event_type": "attack",
            "entry": span.root.lemma_.lower(),
            "role": "event",
            "strength": "strong",
        }
        spans = [(doc[t["start"]].idx, _end(doc, t["end"])) for t in doc._.toponyms]
        places = [i for i, t in enumerate(doc._.toponyms) if t["role"] == "location"]
        near = sorted(places, key=lambda i: abs(doc._.toponyms[i]["start"] - span.root.i))[:1]
        chosen = places_of(doc, trigger).indexes
        return Choice(tuple(spans[i] for i in chosen), tuple(spans[i] for i in near))

    def guess(self, row: Row) -> Choice:
        """The listed name nearest to the verb."""
        verb = row["gold"]["verb"][0]
        spans = [span for span, _ in baseline.find_names(row["text"])]
        near = sorted(spans, key=lambda s: min(abs(s[0] - verb["end"]), abs(s[1] - verb["start"])))
        return Choice(tuple(near[:1]), tuple(near[:1]))

    def judge(self, row: Row, answer: Choice | None) -> Verdict:
        """The chosen spans must overlap the marked ones one to one, none over, none short."""
        found = answer or Choice()
        text, marked = row["text"], row["gold"]["locations"]
        gold = [
            (place["start"], place["end"])
            for place in marked
            if place["end"] > place["start"] + 1 and place["text"].strip()
        ]
        if marked and not gold:
            raise ValueError("the marked place is a stray click")
        counts = count_spans(gold, found.chosen)
        nearest = count_spans(gold, found.nearest)
        exact, near = not counts.fp and not counts.fn, not nearest.fp and not nearest.fn
        marks: dict[str, Mark] = {
            "exact places of the verb": hit(exact),
            "nearest place: exact": hit(near),
            "places F1, overlap": counts,
        }
        if gold:
            marks["exact, where a place is marked"] = hit(exact)
            marks["any right place, where one is marked"] = hit(counts.tp > 0)
            marks["nearest place: exact, where marked"] = hit(near)
        else:
            marks["none given, where none is marked"] = hit(exact)
        verb = row["gold"]["verb"][0]["text"]
        return Verdict(
            marks,
            counts.fp + counts.fn,
            f"{verb!r} at " + (", ".join(text[a:b] for a, b in gold) or "no place"),
            f"{verb!r} at " + (", ".join(text[a:b] for a, b in found.chosen) or "no place"),
        )


def _end(doc: Doc, token_end: int) -> int:
    last = doc[token_end - 1]
    return last.idx + len(last)
