"""Train the choice of an event's place: `python -m training.event_place [--data FILE]`.

Reads   sentences annotated with the places of one verb each (see event_place.md).
Writes  the weights that `marsad.coding.toponyms.choice` adds up.

A conditional logit: the options of a sentence (each place, each list of places, no place at
all) share one softmax, and the right one's likelihood is raised, less an L2 penalty. The result
is the same on every run with the same data, spaCy model, gazetteer and numpy.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from rich.console import Console
from scipy.optimize import minimize

from evaluation.base import DataError, Reader, Row, data_folder, read_rows
from evaluation.metrics import count_spans
from marsad.coding.mentions import Trigger
from marsad.coding.toponyms import choice
from marsad.coding.toponyms.choice_features import Weights

if TYPE_CHECKING:
    from spacy.tokens import Doc

FILE = "event_location_dev.jsonl"
WEIGHTS = Path(__file__).resolve().parents[1] / "src/marsad/codebook/data/places_event_weights.tsv"
HEADER = """\
# Weights of the features that tell an event's place from the other places of its sentence, and
# from no place: model, feature, weight. 'parsed' is used where the sentence has a parse, 'surface'
# elsewhere. Written by `python -m training.event_place`; training/event_place.md tells of the
# data, what it is worth and how well it does. Not to be edited by hand.
"""
FOLDS = 5
# The penalty and the least number of options with a feature were chosen by cross-validation.
PENALTY = 4.0
LEAST_COUNT = 3
# One annotator's batch marks a place in 12 % of its sentences, where the others mark one in 57 %,
# though most of its sentences name where it happened: half as much is learnt from it.
DOUBTED = {"Masdar_RA": 0.5}
# Smaller weights change no choice.
LEAST_WEIGHT = 0.02
MAX_ITERATIONS = 400

Array = npt.NDArray[np.float64]
Span = tuple[int, int]


@dataclass(frozen=True)
class Example:
    """One verb in its sentence: the options, as features, and which of them are right."""

    text: str
    doc: Doc
    trigger: Trigger
    gold: tuple[Span, ...]
    options: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    weight: float = 1.0


def read_examples(path: Path) -> dict[str, list[Example]]:
    """The usable rows of the data, as parsed text and ("surface") as text without a parse.

    A row whose marked place is a stray click (under two characters) is left out.

    Raises:
        DataError: the file is missing or not in the set's format.
    """
    rows = [(row, _gold(row)) for row in read_rows(path)]
    usable = [(row, gold) for row, gold in rows if gold is not None]
    docs = Reader().docs([row for row, _ in usable], parse_all=True)
    examples: dict[str, list[Example]] = {"parsed": [], "surface": []}
    for (row, gold), doc in zip(usable, docs, strict=True):
        if doc is not None:
            examples["parsed"].append(_example(row, gold, doc))
            examples["surface"].append(_example(row, gold, _unparsed(doc)))
    return examples


def _gold(row: Row) -> tuple[Span, ...] | None:
    marked = row["gold"]["locations"]
    spans = tuple(
        (place["start"], place["end"])
        for place in marked
        if place["end"] > place["start"] + 1 and place["text"].strip()
    )
    return None if marked and not spans else spans


def _unparsed(doc: Doc) -> Doc:
    from spacy.tokens import Doc

    bare = Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        sent_starts=[bool(token.is_sent_start) for token in doc],
    )
    bare._.toponyms = doc._.toponyms
    return bare


def _example(row: Row, gold: tuple[Span, ...], doc: Doc) -> Example:
    verb = row["gold"]["verb"][0]
    span = doc.char_span(verb["start"], verb["end"], alignment_mode="expand")
    if span is None:
        raise DataError(f"row {row['id']!r}: its verb lies outside its text")
    trigger: Trigger = {
        "start": span.start,
        "end": span.end,
        "head": span.root.i,
        "event_type": "attack",
        "entry": span.root.lower_,
        "role": "event",
        "strength": "strong",
    }
    here = choice.locations(doc, trigger)
    options = choice.options(doc, trigger, here) if here else []
    return Example(
        row["text"],
        doc,
        trigger,
        gold,
        tuple(option.features for option in options),
        tuple(is_exact(doc, gold, option.places) for option in options),
        DOUBTED.get(row["gold"].get("source", ""), 1.0),
    )


def is_exact(doc: Doc, gold: Sequence[Span], places: Iterable[int]) -> bool:
    """Whether the places overlap the gold spans one to one, none over and none short."""
    toponyms = [doc._.toponyms[i] for i in places]
    spans = [
        (doc[t["start"]].idx, doc[t["end"] - 1].idx + len(doc[t["end"] - 1])) for t in toponyms
    ]
    counts = count_spans(gold, spans)
    return not counts.fp and not counts.fn


def fit(examples: Sequence[Example]) -> Weights:
    """The weights that make the right options likeliest, rounded to hundredths.

    Sentences with one option teach nothing, nor do those whose right places the gazetteer or
    the finder of names does not know: they are left out.
    """
    taught = [e for e in examples if len(e.options) > 1 and any(e.right)]
    counts = Counter(name for e in taught for option in e.options for name in set(option))
    names = sorted(name for name, count in counts.items() if count >= LEAST_COUNT)
    column = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((sum(len(e.options) for e in taught), len(names)))
    options = [option for e in taught for option in e.options]
    for number, option in enumerate(options):
        matrix[number, [column[name] for name in option if name in column]] = 1.0
    right = np.array([float(mark) for e in taught for mark in e.right])
    sizes = np.array([len(e.options) for e in taught])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    group = np.repeat(np.arange(len(taught)), sizes)
    worth = np.array([e.weight for e in taught])

    def loss(weights: Array) -> tuple[float, Array]:
        scores = matrix @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        whole = np.add.reduceat(powers, starts)
        hit = np.add.reduceat(powers * right, starts)
        excess = powers / whole[group] - powers * right / hit[group]
        slope = matrix.T @ (worth[group] * excess)
        penalty = 0.5 * PENALTY * float(weights @ weights)
        return penalty - float(worth @ np.log(hit / whole)), slope + PENALTY * weights

    found = minimize(
        loss,
        np.zeros(len(names)),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": MAX_ITERATIONS},
    ).x
    return {
        name: round(float(weight), 2)
        for name, weight in zip(names, found, strict=True)
        if abs(weight) >= LEAST_WEIGHT
    }


def cross_validate(examples: Sequence[Example]) -> float:
    """The share of exact answers where each fold is answered by weights fitted on the others.

    Rows of one sentence stand in one fold. Answers are what the coder gives for a lone sentence.
    """
    folds = [zlib.crc32(e.text.strip().encode()) % FOLDS for e in examples]
    exact = 0
    for fold in range(FOLDS):
        weights = fit([e for e, own in zip(examples, folds, strict=True) if own != fold])
        for example, own in zip(examples, folds, strict=True):
            exact += own == fold and is_exact(example.doc, example.gold, answer(example, weights))
    return exact / len(examples)


def answer(example: Example, weights: Weights) -> list[int]:
    """What the coder takes for the places of a lone sentence's verb."""
    doc, trigger = example.doc, example.trigger
    return choice.own_places(doc, trigger, weights=weights) or choice.own_places(
        doc, trigger, choice.FALLBACK, weights=weights
    )


def write_weights(path: Path, models: dict[str, Weights]) -> None:
    """Write the weights of both models, sorted by name."""
    lines = [
        f"{model}\t{name}\t{weight:g}\n"
        for model, weights in models.items()
        for name, weight in sorted(weights.items())
    ]
    path.write_text(HEADER + "".join(lines), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code: 0 done, 2 data not here."""
    parser = argparse.ArgumentParser(prog="python -m training.event_place", description=__doc__)
    parser.add_argument("--data", type=Path, metavar="FILE", help=f"default: {FILE} of the sets")
    parser.add_argument("--out", type=Path, default=WEIGHTS, metavar="FILE")
    parser.add_argument("--score-only", action="store_true", help="cross-validate, write nothing")
    options = parser.parse_args(arguments)
    out, err = Console(), Console(stderr=True, soft_wrap=True)
    folder = data_folder()
    path = options.data or (folder / FILE if folder else Path(FILE))
    try:
        examples = read_examples(path)
    except DataError as error:
        err.print(str(error), markup=False, highlight=False)
        return 2
    for model, own in examples.items():
        share = cross_validate(own)
        out.print(f"{model}: {share:.4f} exact of {len(own)}, {FOLDS}-fold", highlight=False)
    if not options.score_only:
        models = {model: fit(own) for model, own in examples.items()}
        write_weights(options.out, models)
        out.print(f"{sum(map(len, models.values()))} weights written", highlight=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
