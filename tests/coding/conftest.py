"""One parsed pipeline for all coding tests (the pinned model, loaded once)."""

import pytest
import spacy
from spacy.language import Language

from marsad.coding import extensions, sentences  # noqa: F401 - registers
from marsad.settings import DEFAULT_MODEL


@pytest.fixture(scope="session")
def base_nlp() -> Language:
    """The bare model with marsad's sentence boundaries, no other marsad part."""
    nlp = spacy.load(DEFAULT_MODEL)
    nlp.add_pipe("marsad_sentences", first=True)
    return nlp
