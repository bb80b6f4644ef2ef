from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import marsad
from marsad.errors import ReportError, SettingsError, UnreadableReport
from marsad.records import CodedReport, Report
from marsad.reports.failure import ReadFailure
from marsad.workflow import Coder, Failure

SENTENCES = [
    "Gunmen killed three farmers near Goma on Monday, police said.",
    "The army denied it.",
    "“We saw it,” a woman said.",
    "At least 12 people — among them two children — died in the blast in Kabul.",
    "Thousands marched in Lima and Cusco.",
    "قتل شخصان",
    "He vowed to strike back.\n\nThe video was old.",
    "TWO SOLDIERS WERE WOUNDED IN SAN SALVADOR.",
    "\u202eevil\u202c \x00 \U0001f600",
    "1,200 displaced; 3-5 hurt (see p. 4).",
]


@pytest.fixture(scope="module")
def coder():
    return Coder()


def make_report(text, number=0):
    return Report(id=f"r{number}", text=text, language="en", published="2024-05-09")


def test_reports_come_out_in_the_order_they_went_in(coder):
    reports = [make_report(f"A bomb killed {n} people in Quetta.", n) for n in range(2, 12)]
    coded = list(coder.code_many(reports, batch=3))
    assert [c.report.id for c in coded] == [r.id for r in reports]
    assert [c.incidents[0].tallies[0].best for c in coded] == list(range(2, 12))


def test_what_could_not_be_read_stands_in_its_place(coder):
    failure = ReadFailure("b.html", 3, UnreadableReport("b.html: empty"))
    good = make_report("A bomb killed four people in Quetta.")
    first, second, third = coder.code_many([good, failure, good])
    assert isinstance(first, CodedReport)
    assert isinstance(third, CodedReport)
    assert isinstance(second, Failure)
    assert (second.name, second.line) == ("b.html", 3)


def test_a_batch_codes_as_each_report_alone(coder):
    reports = [make_report(text, n) for n, text in enumerate(SENTENCES)]
    assert list(coder.code_many(reports)) == [coder.code(report) for report in reports]


def test_text_that_is_no_unicode_fails_alone_and_says_where(coder):
    good = make_report("A bomb killed four people in Quetta.")
    broken, whole = coder.code_many([make_report("A bomb \ud83d killed four."), good])
    assert isinstance(broken, Failure)
    assert "character 7" in str(broken.error)
    assert isinstance(whole, CodedReport)


def test_every_claim_can_be_explained(coder):
    coded, reasons = coder.code_explained(make_report(SENTENCES[0]))
    assert all(reasons[claim.id] for claim in coded.claims)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(SENTENCES) | st.text(max_size=40), min_size=1, max_size=8))
def test_any_text_is_coded_and_every_quote_is_in_it(coder, pieces):
    text = " ".join(pieces)
    (coded,) = coder.code_many([make_report(text)])
    assert isinstance(coded, CodedReport), coded
    for claim in coded.claims:
        parts = [claim.trigger, *claim.evidence, *(f.evidence for f in claim.figures)]
        parts += [s.evidence for s in claim.attribution if s.evidence]
        parts += [p.evidence for p in claim.participants if p.evidence]
        parts += [x.evidence for x in (claim.place, claim.when) if x and x.evidence]
        assert all(text[e.start : e.end] == e.quote for e in parts)
    known = {claim.id for claim in coded.claims}
    assert all(set(incident.claims) <= known for incident in coded.incidents)


def test_a_model_that_is_not_installed_is_named():
    with pytest.raises(SettingsError, match="no_such_model"):
        Coder(model="no_such_model").code(make_report(SENTENCES[0]))


def test_the_python_api_codes_a_text():
    coded = marsad.code(SENTENCES[0], published="2024-05-08")
    assert coded.incidents[0].tallies[0].best == 3


def test_the_python_api_refuses_a_date_that_is_none():
    with pytest.raises(ReportError, match="last Tuesday"):
        marsad.code(SENTENCES[0], published="last Tuesday")


def test_the_python_api_refuses_an_empty_text():
    with pytest.raises(UnreadableReport, match="empty"):
        marsad.code("  \n")


def test_the_python_api_reads_a_page():
    example = Path(__file__).resolve().parents[2] / "examples" / "tartus-ambush.html"
    (report,) = marsad.read(str(example))
    assert report.dateline == "Beirut"


@pytest.mark.parametrize(
    ("text", "reason"), [("“" * 5000, "no words"), ("word " * 200_001, "more than 1,000,000")]
)
def test_a_text_that_would_hang_the_reader_is_refused_at_every_door(coder, text, reason):
    with pytest.raises(UnreadableReport, match=reason):
        marsad.code(text)
    outcome = list(coder.code_many([make_report(text), make_report(SENTENCES[0])]))
    assert isinstance(outcome[0], Failure)
    assert isinstance(outcome[1], CodedReport)
