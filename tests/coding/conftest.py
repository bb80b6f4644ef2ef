"""One parsed pipeline for all coding tests (the pinned model, loaded once)."""

import pytest
import spacy
from spacy.language import Language

from marsad.coding import extensions, sentences  # noqa: F401 - registers
from marsad.coding.pipeline import load_pipeline
from marsad.places.gazetteer import open_gazetteer
from marsad.settings import DEFAULT_MODEL, load_settings


@pytest.fixture(scope="session")
def base_nlp() -> Language:
    """The bare model with marsad's sentence boundaries, no other marsad part."""
    nlp = spacy.load(DEFAULT_MODEL)
    nlp.add_pipe("marsad_sentences", first=True)
    return nlp


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline, with the gazetteer (built once if it is not there)."""
    settings = load_settings()
    open_gazetteer(settings.gazetteer_path).close()
    return load_pipeline(DEFAULT_MODEL, gazetteer=settings.gazetteer_path)
