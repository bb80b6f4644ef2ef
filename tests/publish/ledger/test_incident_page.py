import re

import pytest
from rich.cells import cell_len

from marsad.publish.ledger.incident_page import render_incident_page
from marsad.records import Dossier, LedgerIncident
from tests.publish.ledger import sample
from tests.publish.ledger.sample import DOSSIER, FORMER_ID


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("columns", [10, 60, 72, 80, 100, 300])
def test_no_line_is_wider_than_the_screen(columns):
    limit = max(50, min(columns, 100))
    text = render_incident_page(DOSSIER, columns=columns)
    assert max(cell_len(line) for line in text.splitlines()) <= limit


def test_each_number_stands_with_who_says_so():
    text = flat(render_incident_page(DOSSIER))
    assert "killed 14 14 14 Valley Observatory" in text
    assert "injured 10 10 open army hospital" in text


def test_the_policy_chooses_the_tally():
    text = flat(render_incident_page(DOSSIER, policy="acled-conservative"))
    assert "killed 6 6 14 Valley Observatory" in text
    assert "under the policy acled-conservative" in text


@pytest.mark.parametrize("columns", [60, 100])
def test_a_figure_that_was_overtaken_says_by_what(columns):
    text = flat(render_incident_page(DOSSIER, columns=columns))
    assert "overtaken by [3]: a later figure of the same source" in text
    told = text[text.index("How the figures were told") :]
    assert told.index("killed 6") < told.index("killed 14")


def test_copies_stand_apart_from_independent_sources():
    text = flat(render_incident_page(DOSSIER))
    assert "Valley Observatory (monitor) [1] [3]; copied in [2]" in text
    assert "army hospital (medical) [3]" in text
    assert "copy of another" in text


@pytest.mark.parametrize("columns", [60, 100])
def test_both_sides_of_a_dispute_have_their_words(columns):
    text = render_incident_page(DOSSIER, columns=columns)
    disputed = text[text.index("Disputed") : text.index("Independent sources")]
    assert "whether it happened" in disputed
    assert "“Rebels killed six" in disputed
    assert "“No ambush took place" in disputed
    if columns == 100:
        (heads,) = [line for line in disputed.splitlines() if "against it" in line]
        assert heads.index("says") < heads.index("against it")


def test_a_decision_says_number_who_and_why():
    text = flat(render_incident_page(DOSSIER))
    assert "41 confirm by Dana, 2031-03-07 08:00:00 UTC: called them" in text
    assert "marsad judge undo" in text


def test_a_neighbour_stands_with_the_sentence_that_explains_it():
    text = flat(render_incident_page(DOSSIER))
    assert "77c0ffe Shelling, artillery or missile attack — تل زهرة, Syria · district" in text
    assert "same town, days may meet, but the kinds differ" in text


def test_reports_have_outlet_day_and_address():
    text = flat(render_incident_page(DOSSIER))
    assert "[1] Six soldiers killed in ambush near Tel Zahra Harbour Wire · 2031-03-04" in text
    assert "https://wire.example/2031/03/ambush" in text


def test_an_old_id_is_followed_with_a_note():
    asked = DOSSIER.model_copy(update={"asked": FORMER_ID})
    assert f"{FORMER_ID} is now part of this incident" in render_incident_page(asked)


def test_what_stood_at_a_time_says_which():
    then = DOSSIER.model_copy(update={"as_of": "2031-03-05T23:59:59.999999Z"})
    assert "As the account stood at 2031-03-05 23:59:59 UTC" in render_incident_page(then)


def test_private_names_stay_out_of_every_section_until_asked_for():
    assert "Farhan" not in render_incident_page(DOSSIER)
    assert "--names shows them" in flat(render_incident_page(DOSSIER))
    assert "Farhan" in render_incident_page(DOSSIER, names=True)


def test_an_incident_of_which_little_is_known_says_so():
    bare = LedgerIncident(id="incident-0", event_type="attack", status="single-source")
    text = flat(render_incident_page(Dossier(incident=bare)))
    assert "place not stated" in text
    assert "date not stated" in text
    assert "Nobody gives a number of casualties" in text


def test_hostile_words_do_not_reach_the_terminal():
    bad = "\x1b]0;owned\x07 [bold]m[/bold] \u202eevil"
    report = sample.FIRST.model_copy(update={"title": bad, "outlet": bad, "url": bad})
    review = sample.INCIDENT.review
    assert review is not None
    hostile = DOSSIER.model_copy(
        update={
            "reports": (report,),
            "incident": sample.INCIDENT.model_copy(
                update={"review": review.model_copy(update={"by": bad, "reason": bad})}
            ),
            "decisions": (sample.DECISION.model_copy(update={"reason": bad, "made_by": bad}),),
            "suggestions": (DOSSIER.suggestions[0].model_copy(update={"why": bad}),),
        }
    )
    text = render_incident_page(hostile, columns=100)
    assert not set(text) & {"\x1b", "\x07", "\u202e"}
    assert "[bold]m[/bold]" in text


def test_colour_adds_nothing_but_escapes():
    coloured = render_incident_page(DOSSIER, colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split() == render_incident_page(DOSSIER).split()
