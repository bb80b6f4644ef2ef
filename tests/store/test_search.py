import pytest

from marsad.records import Caption, CodedReport, Report
from marsad.store.words import MAX_WORDS
from tests.store.generated import QUERIES
from tests.store.sample import CODER, RECEIPT


def keep(ledger, name, text, **values):
    report = Report(id=name, text=text, **values)
    ledger.keep(CodedReport(report=report), CODER, RECEIPT)


def found(ledger, typed, **page):
    return [hit.stored.report.id for hit in ledger.search_reports(typed, **page)]


@pytest.fixture
def shelf(ledger):
    keep(ledger, "en", "Gunmen killed three farmers near Goma.", title="Attack in the east")
    keep(ledger, "ar", "قُتِلَ ثلاثة مدنيين في القصف على المدينة")
    keep(ledger, "cap", "Nothing here.", captions=(Caption(text="Farmers mourn"),))
    return ledger


def test_reports_are_found_by_all_their_words_newest_first(shelf):
    assert found(shelf, "FARMERS") == ["cap", "en"]
    assert found(shelf, "farmers goma") == ["en"]
    assert found(shelf, "attack") == ["en"]
    assert found(shelf, "farmers", limit=1, offset=1) == ["en"]


def test_a_phrase_is_found_together(shelf):
    assert found(shelf, '"three farmers"') == ["en"]
    assert found(shelf, '"farmers three"') == []


@pytest.mark.parametrize("typed", ["قتل", "قصف", "القَصْف", "مدينه"])
def test_arabic_is_found_however_it_is_written(shelf, typed):
    assert found(shelf, typed) == ["ar"]


@pytest.mark.parametrize("typed", QUERIES)
def test_no_query_fails(shelf, typed):
    assert set(found(shelf, typed)) <= {"en", "ar", "cap"}


def test_only_the_latest_version_is_found(shelf):
    keep(shelf, "en", "Gunmen killed four farmers near Goma.")
    assert found(shelf, "three farmers") == []
    assert found(shelf, "four farmers") == ["en"]


def test_the_words_around_the_hit_are_shown(ledger):
    keep(ledger, "long", "filler " * 200 + "the RÉBELS came " + "filler " * 200)
    (hit,) = ledger.search_reports("rebels")
    assert "the RÉBELS came" in hit.snippet
    assert len(hit.snippet) < 200


@pytest.mark.parametrize(
    "text",
    [
        "x" * 3_000_000,
        " ".join(f"w{n}" for n in range(MAX_WORDS * 3)),
        "ab " * 400_000,
        "\x00 \x00",
    ],
    ids=["one-word", "many-words", "many-times", "nothing"],
)
def test_a_monstrous_report_is_kept(ledger, text):
    keep(ledger, "big", text)
    assert ledger.reports(["big"])["big"].report.text == text
