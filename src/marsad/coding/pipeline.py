"""The reading pipeline: report text in, annotated Doc out.

Reads   text and what the page says around it.
Writes  everything the coding components assign.

Cheap before dear: the text is tokenised and cut into sentences by rule, a
gate decides which sentences may matter, and only those go through the tagger,
parser and entity recogniser. Work grows with relevant sentences, not bytes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from marsad.coding import extensions  # noqa: F401 - registers doc._ attributes
from marsad.coding.casing import restore_case
from marsad.coding.mentions import ReportContext
from marsad.coding.relevance import relevant_sentences
from marsad.coding.sentences import forget_bounds, mark_sentences
from marsad.errors import SettingsError

COMPONENTS = (
    "marsad_triggers",
    "marsad_toponyms",
    "marsad_actors",
    "marsad_times",
    "marsad_casualties",
    "marsad_attribution",
    "marsad_modality",
    "marsad_claims",
)
_T = TypeVar("_T")
_COPIED: list[int | str] = ["TAG", "POS", "LEMMA", "MORPH", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE"]
# Reports parsed together: enough to fill the model's batches, little enough to
# keep the first result quick and memory flat.
BATCH_REPORTS = 32


def load_pipeline(model: str, *, gazetteer: Path | None = None) -> Language:
    """The installed spaCy pipeline `model` with all marsad components after it.

    Raises:
        SettingsError: `model` is not installed, or lacks a parser or tagger.
    """
    try:
        nlp = spacy.load(model)
    except OSError as error:
        raise SettingsError(
            f"the spaCy pipeline {model!r} is not installed. "
            f"Install it, or unset MARSAD_MODEL to use the default."
        ) from error
    missing = {"parser", "tagger"} - set(nlp.pipe_names)
    if missing:
        raise SettingsError(
            f"the spaCy pipeline {model!r} has no {' and no '.join(sorted(missing))}; "
            f"marsad needs both. Choose an English pipeline that has them."
        )
    for component in COMPONENTS:
        config = {}
        if component == "marsad_toponyms" and gazetteer is not None:
            config["gazetteer"] = str(gazetteer)
        nlp.add_pipe(component, config=config)
    return nlp


def read_docs(
    nlp: Language, texts: Iterable[tuple[str, ReportContext]], *, batch: int = BATCH_REPORTS
) -> Iterator[Doc]:
    """Annotate texts in order, `batch` reports at a time.

    `nlp` is from `load_pipeline`. Each text comes with what its page says; the
    Docs come out in the same order, with `doc._.report` set.
    """
    parts = [nlp.get_pipe(name) for name in COMPONENTS]
    for group in _batched(texts, batch):
        docs = [_prepare(nlp, text, context) for text, context in group]
        for doc in _parse_relevant(nlp, docs):
            for part in parts:
                doc = part(doc)
            yield doc


def _batched(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    iterator = iter(items)
    while group := list(itertools.islice(iterator, size)):
        yield group


def _prepare(nlp: Language, text: str, context: ReportContext) -> Doc:
    doc = nlp.make_doc(text)
    mark_sentences(doc)
    doc._.report = dict(context)
    _part_dateline(doc, context.get("dateline_end", 0))
    return doc


def _part_dateline(doc: Doc, end: int) -> None:
    """Start a sentence after the dateline, so that the parser does not read it into the lead."""
    if not end:
        return
    token = next((t for t in doc if t.idx >= end and not t.is_space), None)
    if token is not None:
        token.is_sent_start = True


def _parse_relevant(nlp: Language, docs: list[Doc]) -> Iterator[Doc]:
    """Run the model over the relevant sentences of each doc and copy its readings back."""
    selections = [_select_tokens(doc) for doc in docs]
    excerpts = [_excerpt(doc, chosen) for doc, chosen in zip(docs, selections, strict=True)]
    parsed = nlp.pipe((e for e in excerpts if len(e)), disable=list(COMPONENTS))
    for doc, chosen, excerpt in zip(docs, selections, excerpts, strict=True):
        _copy_back(next(parsed) if len(excerpt) else excerpt, doc, chosen)
        yield doc


def _select_tokens(doc: Doc) -> list[int]:
    """Indexes of the tokens in sentences that may matter."""
    chosen: list[int] = []
    for sentence, relevant in zip(doc.sents, relevant_sentences(doc), strict=True):
        if relevant:
            chosen.extend(range(sentence.start, sentence.end))
    return chosen


def _excerpt(doc: Doc, chosen: list[int]) -> Doc:
    """A Doc of the chosen tokens alone, with restored case where the text is all capitals."""
    tokens = [doc[i] for i in chosen]
    return Doc(
        doc.vocab,
        words=restore_case([t.text for t in tokens], [bool(t.is_sent_start) for t in tokens]),
        spaces=[bool(t.whitespace_) for t in tokens],
        sent_starts=[bool(t.is_sent_start) for t in tokens],
    )


def _copy_back(parsed: Doc, doc: Doc, chosen: list[int]) -> None:
    """Write the readings of `parsed` onto the tokens of `doc` it was made of.

    HEAD is stored relative, and sentences stay whole, so it needs no change. spaCy
    takes tokens without a label for having no head and runs their sentences into
    the one before, so the sentence starts are written again at the end.
    """
    starts = np.array([[1 if token.is_sent_start else -1] for token in doc], dtype="int64")
    values = np.zeros((len(doc), len(_COPIED)), dtype="uint64")
    if chosen:
        values[chosen] = parsed.to_array(_COPIED)
        doc.from_array(_COPIED, values)  # type: ignore[arg-type]
    elif len(doc):
        # spaCy links a Doc's tokens only if one has a label, and reads wild memory in the
        # children of tokens never linked: so label them, link, and take the labels off.
        values[:, _COPIED.index("DEP")] = doc.vocab.strings.add("dep")
        doc.from_array(_COPIED, values)  # type: ignore[arg-type]
        doc.from_array(["DEP"], np.zeros((len(doc), 1), dtype="uint64"))  # type: ignore[arg-type]
    if len(doc):
        doc.from_array(["SENT_START"], starts.astype("uint64"))  # type: ignore[arg-type]
    forget_bounds(doc)
