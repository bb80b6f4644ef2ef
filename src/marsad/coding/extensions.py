"""All spaCy extensions of marsad, registered once on import.

Doc attributes, each a list of plain dictionaries described in `mentions`:
triggers, set_apart, actors, toponyms, times, figures, attributions, modalities; and
`claims` and `judgements` (the way out); and `report` (the page around the text)
and `reasons` (claim id -> sentences), which are dictionaries.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Span

from marsad.coding.mentions import Mention

DOC_LISTS = (
    "triggers",
    "set_apart",
    "actors",
    "toponyms",
    "times",
    "figures",
    "attributions",
    "modalities",
    "claims",
    "judgements",
)


def register_extensions() -> None:
    """Register every Doc extension. Safe to call again."""
    for name in DOC_LISTS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=[])
    for name in ("report", "reasons"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default={})


def put_mentions(doc: Doc, name: str, mentions: Sequence[Mention], labels: Sequence[str]) -> None:
    """Hang `mentions` on `doc._.<name>` and mirror them in `doc.spans["marsad_<name>"]`."""
    doc._.set(name, list(mentions))
    doc.spans[f"marsad_{name}"] = [
        Span(doc, mention["start"], mention["end"], label=label)
        for mention, label in zip(mentions, labels, strict=True)
    ]


register_extensions()
