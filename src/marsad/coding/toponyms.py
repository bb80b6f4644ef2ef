"""To be written."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("marsad_toponyms")
def make_toponyms(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Pass the doc on."""
    return lambda doc: doc
