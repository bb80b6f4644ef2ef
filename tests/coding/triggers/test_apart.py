"""News that is set apart: recognised, and no event."""

import pytest

from marsad.coding.triggers.finder import mark_triggers


def apart(nlp, text):
    doc = mark_triggers(nlp(text))
    return [(doc[m["start"] : m["end"]].text, m["kind"]) for m in doc._.set_apart]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A passenger plane crashed into a hillside, killing all 31 aboard.", "accident"),
        ("Propane tanks exploded in a barn near the river.", "accident"),
        ("The ferry capsized with ninety people on board.", "accident"),
        ("A strong quake shook the coast before dawn.", "natural-disaster"),
        ("Flash floods swept away two villages.", "natural-disaster"),
        ("Customs officers seized 40 kilos of cocaine at the port.", "crime"),
        ("Coast guards stopped a boat smuggling migrants.", "crime"),
        ("The ministry expelled three diplomats and recalled its ambassador.", "diplomacy"),
        ("The union imposed new sanctions on the generals.", "diplomacy"),
    ],
)
def test_news_that_is_no_violence_is_named_and_evokes_no_event(base_nlp, text, kind):
    doc = mark_triggers(base_nlp(text))
    assert kind in {m["kind"] for m in doc._.set_apart}
    assert doc._.triggers == []


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen shot dead four villagers on Monday.",
        "A car bomb exploded outside the ministry.",
        "Shelling caused a building to collapse, killing six.",
    ],
)
def test_violence_keeps_its_triggers(base_nlp, text):
    assert mark_triggers(base_nlp(text))._.triggers


def test_a_passing_mention_far_down_says_nothing_of_the_report(base_nlp):
    filler = "Fighters attacked the village of Dorra on Monday and killed five people. " * 6
    assert apart(base_nlp, filler + "The region was hit by an earthquake last year.") == []


def test_people_and_things_count_only_where_nothing_happened(base_nlp):
    assert apart(base_nlp, "The ambassador spoke to firefighters.") == [
        ("ambassador", "diplomacy"),
        ("firefighters", "accident"),
    ]
    assert apart(base_nlp, "Gunmen shot dead the ambassador beside two firefighters.") == []


def test_what_the_report_comes_back_to_counts_wherever_it_stands(base_nlp):
    filler = "The council met on Monday in the old town hall. " * 6
    told = "The quake was felt widely. The quake cut the road. Another quake followed."
    assert [kind for _, kind in apart(base_nlp, filler + told)] == ["natural-disaster"]
