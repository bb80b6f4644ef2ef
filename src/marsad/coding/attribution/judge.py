"""The judge: which of all possible readings annotators would call an attribution.

Reads   attribution_weights.tsv, the parse around each reading.
Writes  nothing; returns the readings kept.

A logistic model over words and labels, trained on the training part of PolNeAR
(v1.0; every verb, noun and adjective with a subject and a complement was a
candidate, one whose source and cue overlap an annotated pair was positive). It
serves the wide sense of attribution only: claims rest on the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from marsad.coding.attribution.reading import Page, Reading

# Log-odds above which a reading is kept: the best F1 on 200 documents held out of training.
THRESHOLD = -0.6
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})


def judge_readings(page: Page, readings: list[Reading]) -> list[Reading]:
    """The readings whose weights sum to at least `THRESHOLD`, order kept."""
    weights = load_weights()
    return [
        reading
        for reading in readings
        if sum(weights.get(f, 0.0) for f in set(features(page, reading))) >= THRESHOLD
    ]


@cache
def load_weights() -> Mapping[str, float]:
    """Feature -> weight."""
    text = (files("marsad.codebook") / "data" / "attribution_weights.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return {name: float(weight) for name, weight in rows}


def features(page: Page, reading: Reading) -> Iterator[str]:
    """Names of the features that hold of a reading."""
    doc = page.doc
    cue, head = doc[reading.cue[0]], doc[reading.head]
    lemma, frame, klass = cue.lemma_.lower(), reading.frame or "-", reading.sense.klass
    source = _source_type(head)
    quoted = page.quote_around(cue.i) is not None
    length = sum(end - start for start, end in reading.content)
    yield "bias"
    yield f"lemma={lemma}"
    yield f"lemma,frame={lemma},{frame}"
    yield f"lemma,source={lemma},{source}"
    yield f"lemma,quoted={lemma},{quoted}"
    yield f"frame={frame}"
    yield f"pos={cue.pos_}"
    yield f"tag={cue.tag_}"
    yield f"dep={cue.dep_}"
    yield f"dep,above={cue.dep_},{cue.head.pos_}"
    yield f"above={cue.head.lemma_.lower()}"
    yield f"source={source}"
    yield f"head={head.lemma_.lower()}"
    yield f"quoted={quoted}"
    yield f"quoted,source={quoted},{source}"
    yield f"frame,source={frame},{source}"
    yield f"class,frame={klass},{frame}"
    yield f"class,quoted={klass},{quoted}"
    yield f"class,source={klass},{source}"
    yield f"length={min(6, length.bit_length())}"
    yield f"distance={min(6, abs(cue.i - head.i).bit_length())}"
    yield f"inserted={reading.inserted}"
    yield f"direct={reading.direct}"
    yield f"suffix={cue.lower_[-3:]}"
    yield f"shape={cue.shape_[:2]}"
    first = reading.content[0][0]
    yield f"opens={doc[first].lower_}"
    touched = any(page.quote_around(s) or page.quote_around(e - 1) for s, e in reading.content)
    yield f"touches={bool(touched)}"
    if cue.i:
        yield f"before={doc[cue.i - 1].lower_}"
    if cue.i + 1 < len(doc):
        yield f"after={doc[cue.i + 1].lower_}"
    yield from _child_features(cue, lemma, frame)


def _source_type(head: Token) -> str:
    if head.pos_ == "PRON":
        return head.lower_
    if head.ent_type_ in _NAMES:
        return head.ent_type_
    return "name" if head.pos_ == "PROPN" else "noun"


def _child_features(cue: Token, lemma: str, frame: str) -> Iterator[str]:
    own = False
    for kid in cue.children:
        label = kid.dep_
        own = own or label in {"nsubj", "nsubjpass"}
        if label in {"aux", "neg", "mark", "advmod", "auxpass"}:
            yield f"{label}={kid.lower_}"
        elif label in {"xcomp", "ccomp"}:
            yield f"{label}={kid.lemma_.lower()}"
            yield f"lemma,{label}={lemma}"
        elif label in {"prep", "prt"}:
            yield f"lemma,{label}={lemma},{kid.lower_}"
        elif label == "dobj":
            kind = kid.ent_type_ or kid.pos_
            yield f"object={kid.lemma_.lower()}"
            yield f"object kind={kind}"
            yield f"frame,object kind={frame},{kind}"
            yield f"lemma,object={lemma},{kid.lemma_.lower()}"
    yield f"own subject={own}"
    yield f"own,dep={own},{cue.dep_}"
    yield f"own,frame={own},{frame}"
