"""Claims and judgements of a short text, read by the whole pipeline."""

from types import SimpleNamespace

import pytest

from marsad.coding.mentions import ReportContext
from marsad.coding.pipeline import read_docs
from marsad.incidents.assemble import assemble_incidents
from marsad.records import Claim, Judgement

PUBLISHED = "2024-05-09"  # a Thursday


@pytest.fixture(scope="session")
def read(nlp):
    """A function from text to its claims, judgements, reasons and incidents."""

    def run(text, published=PUBLISHED):
        context: ReportContext = {"id": "r1", "outlet": "The Daily", "published": published}
        doc = next(read_docs(nlp, [(text, context)]))
        claims = [Claim.model_validate(claim) for claim in doc._.claims]
        judgements = [Judgement.model_validate(judgement) for judgement in doc._.judgements]
        return SimpleNamespace(
            claims=claims,
            judgements=judgements,
            reasons=doc._.reasons,
            incidents=assemble_incidents(claims, judgements),
        )

    return run
