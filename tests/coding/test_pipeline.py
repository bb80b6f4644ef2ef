import pytest

from marsad.coding.mentions import ReportContext
from marsad.coding.pipeline import load_pipeline, read_docs
from marsad.errors import SettingsError


def read(nlp, text, dateline_end=0):
    context: ReportContext = {"id": "r", "published": "2024-05-09", "dateline_end": dateline_end}
    return next(read_docs(nlp, [(text, context)]))


def test_sentences_without_events_are_not_parsed(nlp):
    doc = read(
        nlp,
        "The mayor opened a fair. Children sang. Bakers sold bread. Bands played. Rain fell. "
        "Buses ran late. A bomb killed four people in Quetta. The fair goes on. Bands will play. "
        "Bakers will sell bread. Children will sing again.",
    )
    parsed = [any(token.dep for token in sentence) for sentence in doc.sents]
    assert parsed[6]
    assert not all(parsed)


@pytest.mark.parametrize("text", ["'Free' Money Headed to Town. It’s good.", "Don’t go. “No.”", ""])
def test_every_token_of_an_unparsed_text_is_linked(nlp, text):
    doc = read(nlp, text)
    for token in doc:
        assert not token.dep
        assert token.left_edge.i <= token.i <= token.right_edge.i
        assert token.sent.start <= token.head.i < token.sent.end


def test_the_dateline_is_no_part_of_the_lead(nlp):
    text = "BEIRUT, Lebanon - Gunmen killed two men in Homs."
    doc = read(nlp, text, dateline_end=18)
    assert [s.text for s in doc.sents][-1] == "Gunmen killed two men in Homs."


def test_the_pipeline_declares_what_it_needs(nlp):
    problems = nlp.analyze_pipes()["problems"]
    assert {name: needs for name, needs in problems.items() if needs} == {}


def test_a_model_that_is_not_there_is_named():
    with pytest.raises(SettingsError, match="en_nowhere"):
        load_pipeline("en_nowhere")
