import pytest
from rich.cells import cell_len

from marsad.publish.terminal import render_text
from marsad.publish.wording import event_label
from marsad.records import CodedReport, Report
from tests.publish import sample


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("columns", [10, 60, 80, 100, 300])
def test_no_line_is_wider_than_the_screen(columns):
    limit = max(50, min(columns, 100))
    lines = render_text(sample.CODED, columns=columns).splitlines()
    assert max(cell_len(line) for line in lines) <= limit


def test_a_person_finds_what_where_when_and_who_says_so():
    text = flat(render_text(sample.CODED, columns=100))
    assert f"1. {event_label('armed-clash')} — near Sirwah, Marib, Yemen · town" in text
    assert "Tuesday 12 November 2024" in text
    assert "gunmen (unidentified armed men) → soldiers (military)" in text
    assert "as reported by defence ministry; A monitoring group" in text
    assert "defence ministry: 9 or more" in text
    assert "A monitoring group: 12" in text
    assert f"[threatened] {event_label('attack')} — Rebels, in The Sample Gazette" in text


def test_a_dispute_gives_both_sides_their_words():
    text = flat(render_text(sample.CODED, columns=100))
    assert "DISPUTED • claim: a witness [name withheld], in The Sample Gazette [alleged]" in text
    assert "against it, whether it happened: The governor, in The Sample Gazette [denied]" in text
    assert "“The governor denied that live rounds were used" in text


def test_without_colour_there_is_no_escape():
    assert "\x1b" not in render_text(sample.CODED)


def test_colour_adds_nothing_but_escapes():
    import re

    coloured = render_text(sample.CODED, colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == render_text(sample.CODED).split()


def test_private_names_stay_out_until_asked_for():
    assert "Farhan" not in render_text(sample.CODED)
    assert "--names shows them" in flat(render_text(sample.CODED))
    assert "Farhan" in render_text(sample.CODED, names=True)


def test_hostile_words_of_a_report_do_not_reach_the_terminal():
    report = Report(
        id="r",
        title="\x1b]0;owned\x07 [bold]markup[/bold] \u202eevil",
        outlet="\x9b31m",
        url="https://x.example/\x1b[2J",
        text="nothing",
    )
    text = render_text(CodedReport(report=report))
    assert not set(text) & {"\x1b", "\x07", "\x9b", "\u202e"}
    assert "[bold]markup[/bold]" in text


def test_a_report_without_claims_says_so():
    text = render_text(CodedReport(report=Report(id="r", text="The match ended 2-1.")))
    assert "No claim of political violence found" in text


def test_a_report_without_a_date_says_what_that_costs():
    undated = sample.CODED.model_copy(
        update={"report": sample.REPORT.model_copy(update={"published": None, "title": None})}
    )
    text = flat(render_text(undated))
    assert "give --published" in text
    assert "Report report-sample" in text
    assert "give --published" not in flat(render_text(sample.CODED))


def test_reasons_are_told():
    text = flat(render_text(sample.CODED, explanations={"claim-vow": ["a vow is no deed"]}))
    assert "why: a vow is no deed" in text
