"""Once: answers about a whole Doc, worked out once and kept while the Doc lives.

Reads   a list of mentions on a Doc.
Writes  nothing on the Doc, so that it can be saved and sent to another process.

Questions asked anew for every trigger must not read all mentions each time, or the
work grows with the square of the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from spacy.tokens import Doc

from marsad.coding.mentions import Mention

_T = TypeVar("_T")
_KEPT: WeakKeyDictionary[Doc, dict[str, tuple[object, int, object]]] = WeakKeyDictionary()


def once(doc: Doc, question: str, source: Sequence[object], answer: Callable[[], _T]) -> _T:
    """The answer to `question`, from `answer()` the first time and after `source` changed.

    A change is another list, or another length; mentions altered in place go unseen,
    so ask only once the component that makes them is done.
    """
    kept = _KEPT.setdefault(doc, {})
    known = kept.get(question)
    if known is None or known[0] is not source or known[1] != len(source):
        known = kept[question] = (source, len(source), answer())
    return cast(_T, known[2])


def lower_text(doc: Doc) -> str:
    """The text in lower case: spaCy puts a Doc's text together anew at every look."""
    return once(doc, "lower text", (), lambda: doc.text.lower())


def mentions_within(doc: Doc, name: str, first: int, last: int) -> range:
    """Indexes into `doc._.<name>` (in text order) of the mentions that start in doc[first:last]."""
    mentions: Sequence[Mention] = doc._.get(name)
    starts = once(doc, f"starts of {name}", mentions, lambda: [m["start"] for m in mentions])
    return range(bisect_left(starts, first), bisect_left(starts, last))


def trigger_at_head(doc: Doc) -> dict[int, int]:
    """Index into doc._.triggers by the token of the trigger's head."""
    triggers = doc._.triggers
    return once(
        doc, "trigger heads", triggers, lambda: {t["head"]: i for i, t in enumerate(triggers)}
    )
